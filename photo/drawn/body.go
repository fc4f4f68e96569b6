package drawn

import (
	"image"
	"image/color"

	"certreissue/sample/canvas"
)

// behind draws what of hair and cloth is seen behind neck and shoulders.
func (a *artist) behind() {
	switch {
	case a.Scarf.A > 0:
		a.Fill(times(a.Scarf, 0.6), func(p *canvas.Pen) {
			p.Start(-60, 20).Curve(-74, 70, -66, 110, -70, 150).Line(70, 150).Curve(66, 110, 74, 70, 60, 20)
		})
		return
	case a.Hood.A > 0:
		back := a.shape(func(p *canvas.Pen) {
			p.Start(-96, 150).Curve(-104, 60, -104, -122, 0, -126).Curve(104, -122, 104, 60, 96, 150)
		})
		a.Paint(times(a.Hood, 0.75), back)
		a.grain(back, 3, 7, noise2)
		return
	}
	dark := times(a.Hair, 0.7)
	var hair *image.Alpha
	switch a.Style {
	case Long, Bob:
		hem := float32(104)
		if a.Style == Long {
			hem = 180
		}
		hair = a.shape(func(p *canvas.Pen) {
			p.Start(-58, -70).Curve(-84, -40, -88, hem*0.6, -72, hem).Line(72, hem).Curve(88, hem*0.6, 84, -40, 58, -70)
		})
	case Wide:
		hair = a.shape(func(p *canvas.Pen) {
			p.Start(-52, -86).Curve(-100, -60, -116, 20, -124, 96).Curve(-110, 116, -80, 110, -50, 112)
			p.Line(50, 112).Curve(80, 110, 110, 116, 124, 96).Curve(116, 20, 100, -60, 52, -86)
		})
	case Afro:
		hair = a.shape(canvas.Ellipse(0, -36, 98, 96))
		a.Paint(a.Hair, hair)
		a.grain(hair, 3.4, 22, noise2)
		return
	case Bun:
		hair = a.shape(canvas.Ellipse(2, -112, 26, 22))
		dark = a.Hair
	default:
		return
	}
	a.Paint(dark, hair)
	a.strands(hair, 0, -90, 16)
}

// bust draws the clothes from the shoulders down.
func (a *artist) bust() {
	broad := float32(1)
	if a.Woman {
		broad = 0.9
	}
	body := a.shape(func(p *canvas.Pen) {
		p.Start(-34, 108).Curve(-50, 126, -100*broad, 130, -142*broad, 152).Curve(-176*broad, 168, -184*broad, 200, -190*broad, a.floor)
		p.Line(190*broad, a.floor).Curve(184*broad, 200, 176*broad, 168, 142*broad, 152).Curve(100*broad, 130, 50, 126, 34, 108)
	})
	a.Paint(a.Shirt, body)
	if a.Cut == Stripes {
		stripe := canvas.Mix(a.Shirt, times(color.RGBA{40, 60, 110, 255}, a.Light), 0.75)
		for y := float32(110); y < a.floor; y += 22 {
			a.soft(stripe, 0.9, 1, body, func(p *canvas.Pen) {
				p.Start(-200, y+34).Curve(-80, y, 80, y, 200, y+34).Line(200, y+44).Curve(80, y+10, -80, y+10, -200, y+44)
			})
		}
	}
	a.soft(canvas.Light(a.Shirt, 0.35*a.Light), 0.4, 34, body, canvas.Ellipse(-88, 164, 50, 18))
	a.soft(times(a.Shirt, 0.5), 0.5, 24, body, canvas.Ellipse(140, 230, 44, 70))
	a.soft(times(a.Shirt, 0.5), 0.35, 20, body, canvas.Ellipse(-166, 250, 28, 70))
	for _, side := range sides { // folds from the arms
		a.soft(times(a.Shirt, 0.55), 0.4, 6, body, func(p *canvas.Pen) {
			p.Start(side*112, 174).Curve(side*104, 200, side*100, 230, side*108, 262).Curve(side*96, 230, side*98, 200, side*112, 174)
		})
	}
	a.grain(body, 1.6, 7, noise2)
	a.grain(body, 30, 9, noise2)
}

// neck lies before the clothes and under the collar.
func (a *artist) neck() {
	w := float32(38)
	if a.Woman {
		w = 31
	}
	neck := a.shape(func(p *canvas.Pen) {
		p.Start(-w, 64).Line(-w, 100).Curve(-w-2, 118, -30, 134, 0, 140).Curve(30, 134, w+2, 118, w, 100).Line(w, 64)
	})
	a.Paint(canvas.Mix(a.Skin, a.shadow, 0.2), neck)
	a.soft(a.shadow, 0.85, 12, neck, canvas.Ellipse(4, 94, 48, 22))
	a.soft(a.shadow, 0.5, 10, neck, canvas.Ellipse(w+2, 112, 14, 30))
	a.soft(a.shadow, 0.35, 3, neck, canvas.Ellipse(0, 131, 9, 4))
	a.grain(neck, 4, 7, noise2)
}

// clothes are what lies around the neck.
func (a *artist) clothes() {
	dark := times(a.Shirt, 0.6)
	all := a.shape(func(p *canvas.Pen) { p.Start(-190, 90).Line(190, 90).Line(190, a.floor).Line(-190, a.floor) })
	switch a.Cut {
	case Tee, Stripes:
		a.soft(dark, 0.5, 4, all, func(p *canvas.Pen) {
			p.Start(-42, 116).Curve(-34, 142, -14, 154, 0, 154).Curve(14, 154, 34, 142, 42, 116)
			p.Line(38, 108).Curve(30, 134, 12, 146, 0, 146).Curve(-12, 146, -30, 134, -38, 108)
		})
		a.Fill(canvas.Light(a.Shirt, 0.12*a.Light), func(p *canvas.Pen) {
			p.Start(-37, 104).Curve(-30, 128, -12, 138, 0, 138).Curve(12, 138, 30, 128, 37, 104)
			p.Line(43, 112).Curve(34, 138, 14, 150, 0, 150).Curve(-14, 150, -34, 138, -43, 112)
		})
	case Collar:
		a.collar(a.Shirt)
		a.soft(dark, 0.7, 2, all, func(p *canvas.Pen) { p.Start(-2, 150).Line(1, 150).Line(3, a.floor).Line(0, a.floor) })
		for y := float32(176); y < a.floor; y += 44 {
			a.Fill(canvas.Light(a.Shirt, 0.5*a.Light), canvas.Ellipse(6, y, 3, 3))
		}
	default:
		shirt := times(color.RGBA{236, 238, 242, 255}, a.Light)
		a.Fill(shirt, func(p *canvas.Pen) { p.Start(-36, 112).Line(0, 138).Line(36, 112).Line(26, 300).Line(-26, 300) })
		if a.Cut == Tie {
			tie := times(color.RGBA{110, 32, 44, 255}, a.Light)
			a.Fill(tie, func(p *canvas.Pen) {
				p.Start(-9, 140).Line(9, 140).Line(6, 156).Line(17, 300).Line(-17, 300).Line(-6, 156)
			})
			a.Fill(times(tie, 0.7), func(p *canvas.Pen) { p.Start(-7, 155).Line(7, 155).Line(9, 161).Line(-9, 161) })
		}
		a.collar(shirt)
		for _, side := range sides {
			a.soft(dark, 0.6, 5, all, func(p *canvas.Pen) {
				p.Start(side*42, 116).Line(side*70, 130).Line(side*68, 196).Line(side*14, 300).Line(0, 290)
			})
			a.Fill(canvas.Light(a.Shirt, 0.09*a.Light), func(p *canvas.Pen) {
				p.Start(side*38, 110).Line(side*64, 128).Line(side*56, 178).Line(side*64, 188).Line(side*14, 300).Line(side*4, 296)
			})
		}
	}
}

// collar is that of a shirt.
func (a *artist) collar(shirt color.RGBA) {
	for _, side := range sides {
		wing := a.shape(func(p *canvas.Pen) {
			p.Start(side*37, 100).Line(side*46, 116).Line(side*24, 166).Line(0, 142).Curve(side*14, 136, side*30, 122, side*37, 100)
		})
		a.soft(times(shirt, 0.55), 0.6, 4, a.shape(canvas.Ellipse(0, 140, 80, 60)), func(p *canvas.Pen) {
			p.Start(side*40, 108).Line(side*52, 120).Line(side*27, 174).Line(0, 150)
		})
		a.Paint(canvas.Light(shirt, 0.2*a.Light), wing)
		a.soft(times(shirt, 0.6), 0.4, 5, wing, canvas.Ellipse(side*10, 140, 14, 8))
	}
}
