package drawn

import (
	"certreissue/sample/canvas"
)

// hairdo draws the hair that lies on the head and before the face.
func (a *artist) hairdo() {
	const w = half
	if a.Style == Bald {
		a.soft(a.bright, 0.8, 12, a.face, canvas.Ellipse(-14, -70, 22, 12))
		return
	}
	top, wide, low := float32(crown-16), float32(w+3), float32(6) // how high, how wide, how far down at the sides
	switch a.Style {
	case Crop:
		top, wide = crown-4, w
	case Long, Bob, Wide:
		wide, low = w+12, 44
	case Bun, Combed:
		top, low = crown-8, 0
	}
	hairline := func(p *canvas.Pen) { // from the right temple to the left
		switch a.Style {
		case Fringe, Bob:
			p.Curve(w-6, -16, w-7, -22, w*0.8, -34).Curve(w*0.4, -44, -w*0.3, -42, -w*0.5, -46)
			p.Curve(-w*0.6, -40, -w*0.8, -34, -w*0.86, -30)
		case Combed, Bun, Crop, Afro:
			p.Curve(w-6, -26, w-5, -40, w*0.78, -52).Curve(w*0.5, -66, -w*0.5, -66, -w*0.78, -52)
		case Long, Wide: // parted in the middle
			p.Curve(w-6, 0, w-9, -34, w*0.62, -52).Curve(w*0.3, -64, 8, -68, 0, -80)
			p.Curve(-8, -68, -w*0.3, -64, -w*0.62, -52).Curve(-w+9, -34, -w+6, 0, 3-w, low)
			return
		default:
			p.Curve(w-7, -26, w-8, -42, w*0.6, -50).Curve(w*0.2, -54, -w*0.2, -58, -w*0.42, -70)
			p.Curve(-w*0.5, -60, -w*0.7, -54, -w*0.8, -44)
		}
		p.Curve(-w+6, -26, -w+6, -16, 3-w, low)
	}
	back := float32(a.Yaw) * -12
	outline := func(p *canvas.Pen) {
		p.Start(4-wide, low).Curve(back-wide-8, -64, back-w*0.86, top-4, back-w*0.1, top)
		p.Curve(back+w*0.8, top-4, back+wide+8, -64, wide-4, low).Line(w-3, low)
		hairline(p)
	}
	if a.Style == Afro {
		outline = func(p *canvas.Pen) {
			p.Start(-70, 10).Curve(-96, -40, -76, -130, 0, -130).Curve(76, -130, 96, -40, 70, 10).Line(w-3, 4)
			hairline(p)
		}
	}
	a.soft(a.shadow, 0.55, 6, a.face, func(p *canvas.Pen) {
		p.Start(-w, low+4).Curve(-w, -100, w, -100, w, low+4).Line(w-6, low+2)
		hairline(p)
	})
	hair := a.shape(outline)
	strength := 1.0
	if a.Style == Crop {
		strength = 0.88
	}
	a.soft(a.Hair, strength, 2, hair, outline)
	a.soft(canvas.Light(a.Hair, 0.35*a.Light), 0.5, 10, hair, func(p *canvas.Pen) {
		p.Start(-w*0.8, -60).Curve(-w*0.5, -94, w*0.1, -98, w*0.5, -86).Curve(w*0.1, -90, -w*0.4, -86, -w*0.8, -60)
	})
	a.soft(times(a.Hair, 0.4), 0.5, 10, hair, canvas.Ellipse(w+5, -20, 14, 58))
	if a.Style == Afro {
		a.grain(hair, 3.4, 22, noise2)
		return
	}
	root := float32(-16)
	if a.Style == Long || a.Style == Wide || a.Style == Bun {
		root = 0
	}
	a.strands(hair, root, top-6, 18)
}

// tresses fall before the shoulders.
func (a *artist) tresses() {
	for _, side := range sides {
		lock := a.shape(func(p *canvas.Pen) {
			p.Start(side*60, 20).Curve(side*76, 60, side*84, 120, side*88, 190).Curve(side*84, 214, side*66, 220, side*52, 200)
			p.Curve(side*56, 150, side*58, 90, side*50, 52).Line(side*58, 34)
		})
		a.Paint(a.Hair, lock)
		a.soft(canvas.Light(a.Hair, 0.3*a.Light), 0.45, 8, lock, canvas.Ellipse(side*70, 120, 6, 46))
		a.soft(times(a.Hair, 0.5), 0.5, 8, lock, canvas.Ellipse(side*52, 130, 6, 70))
		a.strands(lock, side*30, -160, 20)
	}
}

// nape is the head from behind.
func (a *artist) nape() {
	a.ears()
	back := a.shape(func(p *canvas.Pen) {
		p.Start(-66, 10).Curve(-74, -80, -44, -106, 0, -106).Curve(44, -106, 74, -80, 66, 10)
		p.Curve(62, 50, 44, 80, 34, 88).Line(-34, 88).Curve(-44, 80, -62, 50, -66, 10)
	})
	a.Paint(a.Hair, back)
	a.soft(canvas.Light(a.Hair, 0.3*a.Light), 0.5, 12, back, canvas.Ellipse(-16, -70, 30, 16))
	a.strands(back, 0, -60, 18)
}
