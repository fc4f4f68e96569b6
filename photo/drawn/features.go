package drawn

import (
	"image"
	"image/color"

	"certreissue/sample/canvas"
)

// contour lays down the face's skin.
func (a *artist) contour() {
	const w = half
	jaw, broad := float32(26), float32(50)
	if a.Woman {
		jaw, broad = 18, 45
	}
	jaw, broad = jaw+7*float32(a.Broad), broad+5*float32(a.Broad)
	shift := a.at(0, 0)
	if a.Yaw == 0 {
		shift = 0
	}
	low := shift * 0.6
	top := -shift * 0.2
	a.face = a.shape(func(p *canvas.Pen) {
		p.Start(top-w, 0).Curve(top-w, -58, top-44, crown, top, crown).Curve(top+44, crown, top+w, -58, top+w, 0)
		p.Curve(w+low*0.3, 30, broad+low, 62, low+jaw, 82).Curve(low+jaw*0.6, chin+3, low-jaw*0.6, chin+3, low-jaw, 82)
		p.Curve(low-broad, 62, low*0.3-w, 30, top-w, 0)
	})
	a.Paint(a.Skin, a.face)
}

// shape is a mask without a blur.
func (a *artist) shape(s canvas.Shape) *image.Alpha { return a.Canvas.Mask(s, 0) }

// complexion shades the skin as a light from above the left of the camera does.
func (a *artist) complexion() {
	const w = half
	a.feature(a.bright, 0.75, 26, canvas.Ellipse(-8, -42, 36, 20))
	a.feature(a.bright, 0.55, 14, canvas.Ellipse(-30, 26, 14, 12))
	a.feature(a.bright, 0.4, 14, canvas.Ellipse(28, 26, 11, 11))
	a.feature(a.bright, 0.35, 8, canvas.Ellipse(-2, 78, 9, 5))
	a.soft(a.shadow, 0.6, 20, a.face, canvas.Ellipse(w+8, 24, 16, 76))
	a.soft(a.shadow, 0.45, 18, a.face, canvas.Ellipse(-w-8, 28, 13, 70))
	a.soft(a.shadow, 0.55, 12, a.face, canvas.Ellipse(2, chin+8, 46, 12))
	for _, side := range sides {
		a.feature(canvas.Mix(a.Skin, color.RGBA{205, 70, 60, 255}, 0.55), 0.22, 16, canvas.Ellipse(side*34, 34, 16, 12))
		a.feature(a.shadow, 0.28, 12, canvas.Ellipse(side*44, 56, 9, 18)) // below the cheekbones
		a.feature(a.shadow, 0.45, 9, canvas.Ellipse(side*27, -6, 19, 11)) // sockets
		a.feature(a.shadow, 0.3, 6, canvas.Ellipse(side*25, 11, 12, 3))
		a.feature(a.shadow, 0.35, 7, canvas.Ellipse(side*11, -3, 5, 11))
	}
	a.grain(a.face, 5, 9, noise2)
}

// eye draws an eye with its brow.
func (a *artist) eye(side float32) {
	x := side * (28 + 1.5*float32(a.Broad))
	lidded := a.turn(func(p *canvas.Pen) {
		p.Start(x-13.5, 1.5).Curve(x-7, -7.5, x+6, -7.5, x+13.5, 1).Curve(x+7, 6.5, x-7, 6.5, x-13.5, 1.5)
	}, 0)
	eye := a.shape(lidded)
	a.Paint(a.eyeWhite(), eye)
	iris := color.RGBA{58, 36, 24, 255}
	if luma(a.Skin) > 190 && luma(a.Hair) > 90 {
		iris = color.RGBA{70, 100, 120, 255}
	}
	iris = times(iris, a.Light)
	a.soft(iris, 1, 1, eye, a.turn(canvas.Ellipse(x, -0.5, 6.4, 6.6), 0))
	a.soft(times(color.RGBA{12, 9, 9, 255}, a.Light), 1, 1, eye, a.turn(canvas.Ellipse(x, -0.5, 3, 3), 0))
	a.soft(a.shadow, 0.6, 3, eye, a.turn(canvas.Ellipse(x, -7, 14, 4.5), 0))
	a.soft(times(color.RGBA{255, 255, 255, 255}, a.Light), 0.9, 1, eye, a.turn(canvas.Ellipse(x-2, -2.4, 1.4, 1.4), 0))
	lash := canvas.Mix(times(a.Hair, 0.4), a.deep, 0.6)
	strong := 0.8
	if a.Woman {
		strong = 1
	}
	a.feature(lash, strong, 1.4, func(p *canvas.Pen) {
		p.Start(x-14.5, 2).Curve(x-8, -9, x+6, -9, x+14.5, 1.2).Curve(x+6, -5.6, x-7, -5.6, x-14.5, 2)
	})
	a.feature(a.shadow, 0.55, 2, func(p *canvas.Pen) { // the fold of the lid
		p.Start(x-14, -4).Curve(x-8, -13, x+7, -13, x+15, -4).Curve(x+7, -11, x-8, -11, x-14, -4)
	})
	a.feature(a.shadow, 0.5, 2, func(p *canvas.Pen) {
		p.Start(x-12, 3).Curve(x-5, 8, x+6, 8, x+13, 2.5).Curve(x+6, 6.5, x-5, 6.5, x-12, 3)
	})
	brow, b := canvas.Mix(times(a.Hair, 0.8), a.deep, 0.35), float32(5.4)
	if a.Woman {
		b = 3.6
	}
	a.feature(brow, 0.85, 2, func(p *canvas.Pen) {
		p.Start(x-side*15, -16).Curve(x-side*4, -19-b, x+side*8, -20-b, x+side*20, -13)
		p.Curve(x+side*8, -19.5, x-side*4, -17, x-side*15, -15+b)
	})
}

// nose is seen by its shadows.
func (a *artist) nose() {
	broad := 1 + 0.12*float32(a.Broad)
	out := func(s canvas.Shape) canvas.Shape {
		return a.turn(func(p *canvas.Pen) {
			p.Warp(func(x, y float32) (float32, float32) { return x * broad, y }, s)
		}, 20)
	}
	a.soft(a.shadow, 0.5, 5, a.face, out(func(p *canvas.Pen) {
		p.Start(6, 0).Curve(8, 14, 11, 24, 15, 33).Line(4, 38).Curve(5, 24, 4, 10, 3, 0)
	}))
	a.soft(a.shadow, 0.3, 5, a.face, out(func(p *canvas.Pen) {
		p.Start(-7, 4).Curve(-9, 16, -12, 26, -16, 34).Line(-8, 36).Curve(-6, 24, -6, 12, -5, 4)
	}))
	a.soft(a.bright, 0.8, 5, a.face, out(canvas.Ellipse(-1, 12, 3.4, 20)))
	a.soft(a.bright, 0.8, 6, a.face, out(canvas.Ellipse(-2, 31, 6, 5)))
	a.soft(a.shadow, 0.75, 4, a.face, out(canvas.Ellipse(0, 42, 14, 4)))
	for _, side := range sides {
		a.soft(a.deep, 0.8, 2, a.face, out(canvas.Ellipse(side*7, 39.5, 4, 2.2)))
		a.soft(a.shadow, 0.7, 2, a.face, out(func(p *canvas.Pen) {
			p.Start(side*15, 30).Curve(side*19, 34, side*18, 41, side*12, 42).Curve(side*16, 40, side*16, 35, side*15, 30)
		}))
		a.feature(a.shadow, 0.35, 4, func(p *canvas.Pen) {
			p.Start(side*18, 36).Curve(side*24, 44, side*28, 52, side*30, 60).Curve(side*25, 53, side*22, 46, side*18, 36)
		})
	}
}

// mouth draws lips that are closed.
func (a *artist) mouth() {
	m, full := float32(24), 0.42
	if a.Woman {
		m, full = 22, 0.62
	}
	m += 3 * float32(a.Broad)
	lips := canvas.Mix(times(a.Skin, 0.82), a.lipstick(), full)
	a.feature(a.shadow, 0.3, 3, canvas.Ellipse(0, 50, 4, 5))
	a.feature(canvas.Mix(lips, a.deep, 0.25), 1, 1.5, func(p *canvas.Pen) {
		p.Start(-m, 61).Curve(-m*0.5, 56.5, -4, 54, 0, 56.5).Curve(4, 54, m*0.5, 56.5, m, 61).Curve(m*0.4, 64, -m*0.4, 64, -m, 61)
	})
	a.feature(lips, 1, 1.5, func(p *canvas.Pen) {
		p.Start(-m, 61).Curve(-m*0.4, 62.5, m*0.4, 62.5, m, 61).Curve(m*0.5, 73.5, -m*0.5, 73.5, -m, 61)
	})
	a.feature(a.bright, 0.4, 3, canvas.Ellipse(-2, 67, m*0.4, 2))
	if a.Smile {
		a.smile(m)
		return
	}
	a.feature(canvas.Mix(lips, a.deep, 0.8), 0.95, 1.4, func(p *canvas.Pen) {
		p.Start(-m-1.5, 60.4).Curve(-m*0.4, 64, m*0.4, 64, m+1.5, 60.4).Curve(m*0.4, 61.8, -m*0.4, 61.8, -m-1.5, 60.4)
	})
	a.feature(a.shadow, 0.5, 4, canvas.Ellipse(0, 75.5, 12, 2.5))
}

// smile shows the teeth between the lips.
func (a *artist) smile(m float32) {
	gap := func(p *canvas.Pen) {
		p.Start(-m, 60).Curve(-m*0.4, 61.5, m*0.4, 61.5, m, 60).Curve(m*0.5, 69, -m*0.5, 69, -m, 60)
	}
	a.feature(a.deep, 0.9, 1.4, gap)
	teeth := a.shape(a.turn(gap, 0))
	a.soft(a.eyeWhite(), 0.9, 1, teeth, a.turn(canvas.Ellipse(0, 62, m*0.86, 6), 0))
	for _, side := range sides {
		a.feature(a.shadow, 0.6, 3, func(p *canvas.Pen) {
			p.Start(side*(m+1), 56).Curve(side*(m+5), 58, side*(m+5), 64, side*(m+2), 67).Curve(side*(m+3), 63, side*(m+3), 60, side*(m+1), 56)
		})
	}
}

// wrinkles are those of somebody of seventy.
func (a *artist) wrinkles() {
	line := func(strength float64, x, y, ax, ay, bx, by, toX, toY float32) {
		a.feature(a.shadow, strength, 2, func(p *canvas.Pen) {
			p.Start(x, y).Curve(ax, ay, bx, by, toX, toY).Curve(bx, by+1.6, ax, ay+1.6, x, y)
		})
	}
	for i := range 3 {
		y := -36 - 9*float32(i)
		line(0.5, -30, y+2, -12, y-2, 12, y+1, 32, y)
	}
	for _, side := range sides {
		line(0.8, side*18, 36, side*24, 44, side*29, 52, side*31, 62)
		line(0.6, side*15, 8, side*20, 16, side*32, 16, side*40, 9)
		line(0.6, side*44, 0, side*48, -2, side*52, -4, side*56, -4)
		line(0.6, side*44, 4, side*48, 5, side*52, 6, side*55, 8)
		line(0.6, side*7, -14, side*6, -18, side*6, -22, side*7, -26)
		line(0.5, side*27, 66, side*29, 72, side*29, 76, side*28, 80)
	}
}

// beard covers cheeks, chin and the upper lip, and leaves the lips out.
func (a *artist) beard() {
	hair := canvas.Mix(a.Hair, a.shadow, 0.15)
	a.feature(hair, 0.92, 7, func(p *canvas.Pen) {
		p.Start(-64, 18).Curve(-54, 44, -44, 52, -27, 52).Curve(-12, 44, 12, 44, 27, 52).Curve(44, 52, 54, 44, 64, 18)
		p.Line(64, 100).Line(-64, 100)
	})
	a.grain(a.face, 3, 3, noise2)
	a.mouth()
}

// ears stand beside the head.
func (a *artist) ears() {
	for _, side := range sides {
		if a.Yaw*float64(side) > 0.25 {
			continue
		}
		x := side*(half+1) - float32(a.Yaw)*8
		ear := a.shape(canvas.Ellipse(x, 14, 9, 20))
		a.Paint(canvas.Mix(a.Skin, a.shadow, 0.2), ear)
		a.soft(a.shadow, 0.6, 4, ear, canvas.Ellipse(x-side, 14, 4, 11))
	}
}

func (a *artist) eyeWhite() color.RGBA { return times(color.RGBA{232, 226, 220, 255}, a.Light) }

// lipstick is what lips have more than skin.
func (a *artist) lipstick() color.RGBA {
	return times(color.RGBA{176, 54, 62, 255}, 0.35*a.Light+0.65*luma(a.Skin)/255)
}
