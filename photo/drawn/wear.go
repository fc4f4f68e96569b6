package drawn

import (
	"image"
	"image/color"

	"certreissue/sample/canvas"
)

// cloth paints a fabric with its weave and, where it is patterned, dots.
func (a *artist) cloth(ink color.RGBA, m *image.Alpha) {
	a.Paint(ink, m)
	if a.Patterned {
		dot := canvas.Mix(ink, times(color.RGBA{250, 240, 220, 255}, a.Light), 0.8)
		if luma(ink) > 170 {
			dot = times(color.RGBA{150, 60, 90, 255}, a.Light)
		}
		for i := range 22 {
			for j := range 14 {
				x, y := float32(i)*15-165+float32(j%2)*7, float32(j)*22-110
				a.soft(dot, 1, 1, m, canvas.Ellipse(x, y, 4, 4))
			}
		}
	}
	a.grain(m, 2, 7, noise2)
	a.grain(m, 22, 8, noise2)
}

// scarf covers hair, ears and neck.
func (a *artist) scarf() {
	const inner = 53
	outline := func(p *canvas.Pen) {
		p.Start(-72, 30).Curve(-84, -60, -58, -112, 0, -112).Curve(58, -112, 84, -60, 72, 30)
		p.Curve(76, 80, 92, 120, 128, 152).Curve(90, 190, 30, 206, 0, 206).Curve(-50, 206, -96, 190, -132, 154).Curve(-92, 120, -78, 80, -72, 30)
	}
	whole := a.shape(outline)
	hole := a.shape(func(p *canvas.Pen) {
		p.Start(-inner, 6).Curve(-inner-2, -40, -34, -70, 0, -70).Curve(34, -70, inner+2, -40, inner, 6)
		p.Curve(inner-2, 50, 30, 86, 0, 90).Curve(-30, 86, 2-inner, 50, -inner, 6)
	})
	without(whole, hole)
	a.soft(a.deep, 0.6, 5, hole, func(p *canvas.Pen) { // its shadow on the face
		p.Start(-62, 10).Curve(-62, -90, 62, -90, 62, 10).Curve(56, 60, 34, 96, 0, 98).Curve(-34, 96, -56, 60, -62, 10)
		p.Line(-48, 8).Curve(-44, 48, -26, 80, 0, 84).Curve(26, 80, 44, 48, 48, 8).Curve(46, -40, 30, -62, 0, -62).Curve(-30, -62, -46, -40, -48, 8).Line(-62, 10)
	})
	a.cloth(a.Scarf, whole)
	dark, light := times(a.Scarf, 0.55), canvas.Light(a.Scarf, 0.4*a.Light)
	a.soft(light, 0.6, 14, whole, canvas.Ellipse(-34, -84, 24, 12))
	a.soft(dark, 0.6, 14, whole, canvas.Ellipse(78, -10, 14, 70))
	a.soft(dark, 0.7, 10, whole, canvas.Ellipse(0, 98, 46, 10))
	for i := range 5 { // folds below the chin and around the face
		y := float32(i) * 18
		a.soft(dark, 0.6, 4, whole, func(p *canvas.Pen) {
			p.Start(-100, 110+y).Curve(-40, 130+y, 30, 134+y, 96, 104+y).Curve(30, 142+y, -40, 138+y, -100, 110+y)
		})
	}
	for _, side := range sides {
		a.soft(dark, 0.5, 4, whole, func(p *canvas.Pen) {
			p.Start(side*20, -108).Curve(side*56, -90, side*66, -40, side*62, 30).Curve(side*58, -40, side*50, -84, side*20, -108)
		})
	}
}

// without takes the second mask out of the first.
func without(m, hole *image.Alpha) {
	box := m.Rect.Intersect(hole.Rect)
	for y := box.Min.Y; y < box.Max.Y; y++ {
		for x := box.Min.X; x < box.Max.X; x++ {
			p := &m.Pix[m.PixOffset(x, y)]
			*p = uint8(int(*p) * (255 - int(hole.Pix[hole.PixOffset(x, y)])) / 255)
		}
	}
}

// hood is that of a jacket, drawn up.
func (a *artist) hood() {
	whole := a.shape(func(p *canvas.Pen) {
		p.Start(-84, 120).Curve(-104, 20, -96, -122, 0, -124).Curve(96, -122, 104, 20, 84, 120).Curve(40, 150, -40, 150, -84, 120)
	})
	hole := a.shape(func(p *canvas.Pen) {
		p.Start(-60, 20).Curve(-64, -50, -40, -84, 0, -84).Curve(40, -84, 64, -50, 60, 20).Curve(58, 70, 40, 116, 0, 120).Curve(-40, 116, -58, 70, -60, 20)
	})
	without(whole, hole)
	a.soft(a.deep, 0.5, 10, a.face, canvas.Ellipse(0, -92, 64, 30))
	a.soft(a.deep, 0.4, 10, a.face, canvas.Ellipse(64, 10, 12, 70))
	a.cloth(a.Hood, whole)
	dark := times(a.Hood, 0.5)
	a.soft(dark, 0.6, 16, whole, canvas.Ellipse(90, 0, 18, 90))
	a.soft(canvas.Light(a.Hood, 0.4*a.Light), 0.5, 14, whole, canvas.Ellipse(-50, -84, 26, 18))
	for _, side := range sides {
		a.soft(dark, 0.7, 4, whole, func(p *canvas.Pen) {
			p.Start(0, -90).Curve(side*48, -92, side*74, -40, side*68, 40).Curve(side*66, -40, side*44, -86, 0, -90)
		})
	}
}

// mask is one of those that doctors wear, over nose and mouth.
func (a *artist) mask() {
	outline := a.turn(func(p *canvas.Pen) {
		p.Start(-50, 22).Curve(-30, 14, -10, 12, 0, 13).Curve(10, 12, 30, 14, 50, 22)
		p.Curve(52, 50, 44, 74, 24, 90).Curve(8, 97, -8, 97, -24, 90).Curve(-44, 74, -52, 50, -50, 22)
	}, 6)
	m := a.shape(outline)
	ink := a.Person.Mask
	strings := a.shape(func(p *canvas.Pen) { p.Start(-70, -20).Line(70, -20).Line(70, 100).Line(-70, 100) })
	for _, side := range sides {
		a.soft(ink, 0.9, 1, strings, func(p *canvas.Pen) {
			p.Start(side*48, 24).Line(side*64, 4).Line(side*64, 7).Line(side*48, 28)
		})
		a.soft(ink, 0.9, 1, strings, func(p *canvas.Pen) {
			p.Start(side*42, 72).Line(side*62, 32).Line(side*64, 34).Line(side*44, 76)
		})
	}
	a.cloth(ink, m)
	dark := times(ink, 0.6)
	a.soft(dark, 0.6, 10, m, canvas.Ellipse(46, 56, 14, 40))
	a.soft(dark, 0.4, 10, m, canvas.Ellipse(-50, 60, 8, 36))
	a.soft(dark, 0.5, 10, m, canvas.Ellipse(0, 96, 40, 9))
	a.soft(canvas.Light(ink, 0.5*a.Light), 0.6, 8, m, canvas.Ellipse(-3, 34, 9, 16))
	for i := range 3 {
		y := 42 + 14*float32(i)
		a.soft(dark, 0.6, 2, m, a.turn(func(p *canvas.Pen) {
			p.Start(-50, y-4).Curve(-20, y+3, 20, y+3, 50, y-4).Curve(20, y+6, -20, y+6, -50, y-4)
		}, 6))
	}
}

// glasses have thin frames, dark ones where they are sunglasses.
func (a *artist) glasses() {
	frame := times(color.RGBA{46, 42, 46, 255}, a.Light)
	all := a.shape(canvas.Ellipse(0, 0, 90, 40))
	for _, side := range sides {
		x := side * 29
		rim, lens := a.shape(a.turn(canvas.Ellipse(x, 2, 24, 18), 4)), a.shape(a.turn(canvas.Ellipse(x, 2, 22, 16), 4))
		if a.Sunglasses {
			a.Paint(times(color.RGBA{24, 22, 26, 255}, a.Light), lens)
			a.soft(color.RGBA{120, 124, 132, 255}, 0.6, 6, lens, canvas.Ellipse(x-8, -6, 8, 4))
		} else {
			a.soft(color.RGBA{255, 255, 255, 255}, 0.12*a.Light, 6, lens, canvas.Ellipse(x-6, -4, 12, 8))
		}
		without(rim, lens)
		a.Paint(frame, rim)
		a.soft(frame, 1, 1, all, a.turn(func(p *canvas.Pen) {
			p.Start(side*52, -4).Line(side*66, -6).Line(side*66, -3).Line(side*52, 0)
		}, 0))
	}
	a.soft(frame, 1, 1, all, a.turn(func(p *canvas.Pen) {
		p.Start(-7, 0).Curve(-3, -4, 3, -4, 7, 0).Line(7, 2.4).Curve(3, -1, -3, -1, -7, 2.4)
	}, 12))
}

// cap has a peak that shades the forehead.
func (a *artist) cap() {
	ink := times(color.RGBA{36, 48, 92, 255}, a.Light)
	a.soft(a.deep, 0.6, 10, a.face, canvas.Ellipse(0, -30, 60, 16))
	dome := a.shape(func(p *canvas.Pen) {
		p.Start(-66, -34).Curve(-70, -90, -40, -116, 0, -116).Curve(40, -116, 70, -90, 66, -34).Curve(30, -52, -30, -52, -66, -34)
	})
	a.cloth(ink, dome)
	a.soft(canvas.Light(ink, 0.4*a.Light), 0.5, 12, dome, canvas.Ellipse(-24, -90, 22, 14))
	peak := a.shape(func(p *canvas.Pen) {
		p.Start(-68, -38).Curve(-40, -62, 40, -62, 68, -38).Curve(70, -28, 60, -26, 54, -28).Curve(20, -40, -20, -40, -54, -28).Curve(-60, -26, -70, -28, -68, -38)
	})
	a.cloth(times(ink, 0.7), peak)
}
