package drawn

import (
	"certreissue/sample/canvas"
)

// profile draws a head from its side, the face towards where Yaw says.
func (a *artist) profile() {
	s := float32(1)
	if a.Yaw < 0 {
		s = -1
	}
	a.face = a.shape(func(p *canvas.Pen) {
		p.Start(s*34, -70).Curve(s*46, -52, s*50, -34, s*48, -16).Curve(s*47, -6, s*50, 6, s*58, 18) // forehead, bridge
		p.Curve(s*64, 28, s*70, 34, s*68, 39).Curve(s*64, 44, s*54, 42, s*52, 46)                    // the tip and below
		p.Curve(s*52, 50, s*60, 54, s*56, 60).Curve(s*52, 62, s*60, 66, s*54, 71)                    // lips
		p.Curve(s*48, 74, s*56, 80, s*48, 90).Curve(s*40, 98, s*16, 94, s*-10, 76)                   // chin and jaw
		p.Curve(s*-30, 70, s*-44, 60, s*-60, 30).Curve(s*-92, -20, s*-60, -98, s*-4, -94).Curve(s*16, -92, s*26, -84, s*34, -70)
	})
	a.Paint(a.Skin, a.face)
	a.soft(a.shadow, 0.5, 20, a.face, canvas.Ellipse(s*-10, 84, 40, 16))
	a.soft(a.bright, 0.5, 14, a.face, canvas.Ellipse(s*30, 24, 14, 12))
	a.soft(a.bright, 0.5, 14, a.face, canvas.Ellipse(s*36, -44, 10, 20))
	a.soft(a.shadow, 0.4, 8, a.face, canvas.Ellipse(s*40, -4, 14, 10))
	a.grain(a.face, 5, 9, noise2)
	eye := a.shape(func(p *canvas.Pen) {
		p.Start(s*45, -1).Curve(s*42, -8, s*36, -7, s*28, 0).Curve(s*34, 5, s*40, 5, s*45, -1)
	})
	a.Paint(a.eyeWhite(), eye)
	a.soft(a.deep, 1, 1, eye, canvas.Ellipse(s*42.5, -1, 3.2, 6.4))
	a.soft(a.deep, 0.9, 1.4, a.face, func(p *canvas.Pen) {
		p.Start(s*47, -2).Curve(s*42, -10, s*36, -9, s*27, 0).Curve(s*36, -6.5, s*42, -7, s*47, -2)
	})
	a.soft(canvas.Mix(a.Hair, a.deep, 0.4), 0.85, 2, a.face, func(p *canvas.Pen) {
		p.Start(s*50, -18).Curve(s*44, -25, s*34, -25, s*24, -16).Curve(s*34, -20, s*44, -19, s*50, -15)
	})
	a.soft(a.deep, 0.7, 2, a.face, canvas.Ellipse(s*57, 40, 4, 2))
	a.soft(a.shadow, 0.6, 3, a.face, func(p *canvas.Pen) {
		p.Start(s*54, 28).Curve(s*48, 32, s*47, 40, s*52, 43).Curve(s*50, 40, s*50, 34, s*54, 28)
	})
	a.soft(canvas.Mix(a.Skin, a.lipstick(), 0.6), 0.9, 2, a.face, func(p *canvas.Pen) {
		p.Start(s*62, 53).Line(s*62, 70).Curve(s*50, 70, s*46, 66, s*40, 62).Curve(s*46, 60, s*50, 54, s*62, 53)
	})
	a.soft(a.deep, 0.7, 1.4, a.face, func(p *canvas.Pen) { p.Start(s*60, 60).Line(s*40, 61).Line(s*40, 63).Line(s*60, 62) })
	ear := a.shape(canvas.Ellipse(s*-14, 12, 10, 20))
	if a.covered() {
		return
	}
	hair := a.shape(func(p *canvas.Pen) {
		p.Start(s*38, -66).Curve(s*30, -102, s*-10, -112, s*-40, -100).Curve(s*-84, -84, s*-92, -20, s*-62, 40)
		p.Curve(s*-48, 52, s*-36, 40, s*-28, 24).Curve(s*-24, 0, s*-4, 0, s*2, -22).Curve(s*2, -48, s*20, -50, s*38, -66)
	})
	if a.Style != Bald {
		a.Paint(a.Hair, hair)
		a.soft(canvas.Light(a.Hair, 0.35*a.Light), 0.5, 12, hair, canvas.Ellipse(s*-10, -88, 30, 8))
		a.strands(hair, s*-30, -70, 18)
	}
	a.Paint(canvas.Mix(a.Skin, a.shadow, 0.15), ear)
	a.soft(a.shadow, 0.7, 3, ear, canvas.Ellipse(s*-14, 12, 4, 12))
}
