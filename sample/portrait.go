package sample

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"
)

// The size and the bytes that the office asks for.
const (
	portraitWidth, portraitHeight = 295, 413
	portraitMin, portraitMax      = 10 << 10, 30 << 10
)

// look is what tells one drawn person from another.
type look struct {
	skin, hair, coat, shirt, lips color.RGBA
	iris                          color.RGBA
	faceW, faceH                  float32 // half the face, pixels
	jaw                           float32 // how full the jaw is, 0–1
	eyes                          float32 // distance of an eye from the middle
	brow, mouth                   float32 // thickness of a brow, half the mouth
	shoulder                      float32 // where the shoulders meet the edges
	hem                           float32 // where long hair ends, 0 for short
	cut                           int     // parted, combed back, or falling over the forehead
	jacket, glasses               bool
	tie                           *color.RGBA
}

var (
	skins  = []color.RGBA{{243, 214, 190, 255}, {236, 202, 174, 255}, {227, 189, 158, 255}, {214, 172, 140, 255}, {240, 208, 188, 255}}
	hairs  = []color.RGBA{{34, 30, 32, 255}, {44, 36, 34, 255}, {58, 44, 38, 255}, {28, 28, 36, 255}, {72, 54, 44, 255}, {92, 90, 92, 255}}
	coats  = []color.RGBA{{42, 52, 78, 255}, {58, 62, 70, 255}, {84, 48, 56, 255}, {46, 78, 84, 255}, {96, 84, 74, 255}, {70, 92, 124, 255}, {52, 70, 58, 255}}
	shirts = []color.RGBA{{232, 236, 244, 255}, {208, 222, 238, 255}, {240, 228, 222, 255}, {222, 228, 220, 255}, {214, 206, 226, 255}}
	ties   = []color.RGBA{{122, 40, 48, 255}, {40, 62, 110, 255}, {70, 78, 92, 255}, {46, 92, 86, 255}}
)

// Cuts of the hair; the third falls over the forehead.
const (
	parted = iota
	combedBack
	cuts = 3
)

// newLook draws the lots of one person.
func newLook(r *rand.Rand, female bool) look {
	pick := func(cs []color.RGBA) color.RGBA { return cs[r.IntN(len(cs))] }
	between := func(a, b float32) float32 { return a + (b-a)*r.Float32() }
	l := look{
		skin: pick(skins), hair: pick(hairs), coat: pick(coats), shirt: pick(shirts),
		iris: mix(color.RGBA{46, 32, 26, 255}, color.RGBA{88, 60, 42, 255}, r.Float64()), eyes: between(26, 29), cut: r.IntN(cuts),
		glasses: r.IntN(4) == 0, jacket: r.IntN(4) > 0,
	}
	if female {
		l.faceW, l.faceH, l.jaw, l.brow, l.mouth = between(59, 64), between(80, 86), between(0.1, 0.5), between(2.2, 3), between(15, 18)
		l.shoulder, l.hem = between(156, 172), 146
		if r.IntN(3) == 0 {
			l.hem = between(74, 92)
		}
		l.lips = mix(l.skin, color.RGBA{186, 62, 72, 255}, 0.62)
	} else {
		l.faceW, l.faceH, l.jaw, l.brow, l.mouth = between(62, 68), between(84, 90), between(0.5, 1), between(3.6, 5), between(17, 20)
		l.shoulder = between(142, 156)
		if r.IntN(2) == 0 {
			tie := pick(ties)
			l.tie = &tie
		}
		l.lips = mix(l.skin, color.RGBA{172, 84, 80, 255}, 0.5)
	}
	return l
}

// Portrait draws an identity photo of an invented person, 295 × 413 pixels, in
// the manner of a calm illustration, as a JPEG of 10–30 KB. The same arguments
// give the same bytes. On white it passes the photo check; other backgrounds
// make the samples that do not.
func Portrait(seed int64, female bool, background color.Color) []byte {
	r := rand.New(rand.NewPCG(uint64(seed), 2016))
	c := newCanvas(background)
	c.person(newLook(r, female))
	c.grain(r)
	return c.encode()
}

// person draws from back to front.
func (c *canvas) person(l look) {
	w, h := l.faceW, l.faceH
	if l.hem > 0 {
		c.fill(shade(l.hair, 0.2), func(p *pen) {
			p.start(14-w, -66).curve(-w-16, -50, -w-22, l.hem*0.7, -w+4, l.hem)
			p.line(w-4, l.hem).curve(w+22, l.hem*0.7, w+16, -50, w-14, -66)
		})
	}
	c.bust(l)

	face := c.mask(func(p *pen) {
		chin, cheek := 20+12*l.jaw, h*(0.66+0.08*l.jaw)
		p.start(-w, -6).curve(-w, -h*0.7, -w*0.6, -h, 0, -h).curve(w*0.6, -h, w, -h*0.7, w, -6)
		p.curve(w, h*0.42, w*0.82, cheek, chin, h*0.95).curve(chin*0.6, h*1.03, -chin*0.6, h*1.03, -chin, h*0.95)
		p.curve(-w*0.82, cheek, -w, h*0.42, -w, -6)
	}, 0)
	for _, side := range sides {
		if l.hem > 0 {
			break // covered by hair
		}
		ear := c.mask(ellipse(side*(w+2), 8, 9, 18), 0)
		c.paint(shade(l.skin, 0.1), ear)
		c.soft(shade(l.skin, 0.5), 0.5, 3, ear, ellipse(side*(w+1), 9, 4, 10))
	}
	c.paint(l.skin, face)
	c.soft(light(l.skin, 0.6), 0.6, 20, face, ellipse(-14, -24, w*0.55, 34))
	c.soft(shade(l.skin, 0.4), 0.6, 14, face, ellipse(w+8, 26, 22, h*0.8))
	c.soft(shade(l.skin, 0.4), 0.4, 12, face, ellipse(-w-10, 34, 20, h*0.7))
	c.soft(shade(l.skin, 0.5), 0.35, 10, face, ellipse(0, h+8, w*0.7, 16))
	for _, side := range sides {
		c.soft(color.RGBA{226, 120, 108, 255}, 0.22, 12, face, ellipse(side*w*0.58, 30, 17, 12))
		c.eye(l, side, face)
	}
	c.noseAndMouth(l, face)
	c.hairdo(l)
	if l.glasses {
		c.spectacles(l)
	}
}

// bust draws neck and clothes, lit from the upper left like everything else.
func (c *canvas) bust(l look) {
	body := c.mask(func(p *pen) {
		p.start(-28, 104).curve(-44, 124, -96, 122, -142, l.shoulder).line(-152, 240)
		p.line(152, 240).line(142, l.shoulder).curve(96, 122, 44, 124, 28, 104)
	}, 0)
	c.paint(l.coat, body)
	c.soft(light(l.coat, 0.22), 0.8, 16, body, ellipse(-78, 150, 50, 20))
	c.soft(shade(l.coat, 0.6), 0.55, 20, body, ellipse(128, 210, 60, 60))
	c.soft(shade(l.coat, 0.6), 0.4, 14, body, ellipse(-150, 230, 40, 60))

	if l.jacket {
		shirt := c.mask(func(p *pen) { p.start(-36, 106).line(-26, 240).line(26, 240).line(36, 106) }, 0)
		c.paint(l.shirt, shirt)
		c.soft(shade(l.shirt, 0.5), 0.5, 8, shirt, ellipse(10, 128, 30, 22))
	}
	neck := c.mask(func(p *pen) {
		p.start(-33, 60).line(-33, 104).curve(-26, 122, -10, 136, 0, 138).curve(10, 136, 26, 122, 33, 104).line(33, 60)
	}, 0)
	c.paint(shade(l.skin, 0.1), neck)
	c.soft(shade(l.skin, 0.55), 0.75, 9, neck, ellipse(5, l.faceH-4, l.faceW*0.72, 22))

	if !l.jacket {
		c.soft(shade(l.coat, 0.6), 0.35, 4, body, func(p *pen) {
			p.start(-44, 112).curve(-34, 148, -12, 164, 0, 164).curve(12, 164, 34, 148, 44, 112)
			p.line(40, 108).curve(30, 140, 12, 156, 0, 156).curve(-12, 156, -30, 140, -40, 108)
		})
		c.fill(light(l.coat, 0.12), func(p *pen) {
			p.start(-34, 100).curve(-28, 128, -10, 143, 0, 143).curve(10, 143, 28, 128, 34, 100)
			p.line(44, 108).curve(34, 142, 12, 158, 0, 158).curve(-12, 158, -34, 142, -44, 108)
		})
		return
	}
	if l.tie != nil {
		c.fill(*l.tie, func(p *pen) {
			p.start(-9, 137).line(9, 137).line(7, 156).line(16, 240).line(-16, 240).line(-7, 156)
		})
		c.fill(shade(*l.tie, 0.3), func(p *pen) { p.start(-7, 155).line(7, 155).line(9, 160).line(-9, 160) })
	}
	for _, side := range sides {
		c.fill(light(l.shirt, 0.35), func(p *pen) {
			p.start(side*35, 100).line(side*40, 112).line(side*18, 158).line(0, 138).curve(side*14, 132, side*28, 120, side*35, 100)
		})
		c.soft(shade(l.coat, 0.7), 0.5, 4, body, func(p *pen) {
			p.start(side*42, 116).line(side*66, 126).line(side*66, 180).line(side*16, 250).line(0, 240)
		})
		c.fill(light(l.coat, 0.07), func(p *pen) {
			p.start(side*38, 108).line(side*60, 122).line(side*52, 166).line(side*60, 174).line(side*14, 244).line(side*4, 240)
		})
	}
}

// noseAndMouth draws the nose by its shadows and a mouth about to smile.
func (c *canvas) noseAndMouth(l look, face *image.Alpha) {
	c.soft(shade(l.skin, 0.5), 0.5, 4, face, func(p *pen) {
		p.start(5, -2).curve(8, 14, 11, 24, 13, 31).line(2, 35).curve(4, 20, 3, 8, 2, -2)
	})
	c.soft(shade(l.skin, 0.6), 0.6, 3, face, ellipse(0, 37, 13, 3.5))
	c.soft(light(l.skin, 0.8), 0.7, 5, face, ellipse(-2, 18, 4, 16))
	for _, side := range sides {
		c.soft(shade(l.skin, 0.85), 0.6, 1, face, ellipse(side*6, 35, 3, 1.8))
	}
	m := l.mouth
	c.fill(shade(l.lips, 0.14), func(p *pen) {
		p.start(-m, 55.5).curve(-m*0.5, 52.5, -3, 51, 0, 53).curve(3, 51, m*0.5, 52.5, m, 55.5).curve(m*0.4, 60, -m*0.4, 60, -m, 55.5)
	})
	c.fill(l.lips, func(p *pen) {
		p.start(-m, 55.5).curve(-m*0.4, 59.5, m*0.4, 59.5, m, 55.5).curve(m*0.5, 67.5, -m*0.5, 67.5, -m, 55.5)
	})
	c.soft(light(l.lips, 0.5), 0.6, 2, face, ellipse(-2, 61.5, m*0.4, 1.8))
	c.fill(shade(l.lips, 0.55), func(p *pen) {
		p.start(-m-1.5, 54.6).curve(-m*0.4, 60.2, m*0.4, 60.2, m+1.5, 54.6).curve(m*0.4, 58.8, -m*0.4, 58.8, -m-1.5, 54.6)
	})
	c.soft(shade(l.skin, 0.5), 0.4, 3, face, ellipse(0, 71, 11, 2.5))
}

// eye draws an eye with its brow.
func (c *canvas) eye(l look, side float32, face *image.Alpha) {
	x, y := side*l.eyes, float32(-6)
	c.soft(shade(l.skin, 0.45), 0.45, 5, face, ellipse(x, y-5, 17, 8))
	lid := c.mask(func(p *pen) {
		p.start(x-13, y+2).curve(x-7, y-7, x+6, y-7, x+13, y+1).curve(x+7, y+6, x-7, y+6, x-13, y+2)
	}, 0)
	c.paint(color.RGBA{246, 243, 240, 255}, lid)
	c.soft(l.iris, 1, 0, lid, ellipse(x, y-0.5, 6.2, 6.2))
	c.soft(color.RGBA{18, 14, 14, 255}, 1, 0, lid, ellipse(x, y-0.5, 3, 3))
	c.fill(color.RGBA{255, 255, 255, 255}, ellipse(x-2, y-2.6, 1.3, 1.3))
	c.fill(shade(l.hair, 0.3), func(p *pen) {
		p.start(x-14, y+2.4).curve(x-8, y-8, x+6, y-8, x+14, y+0.6).curve(x+6, y-5, x-7, y-5, x-14, y+2.4)
	})
	b := l.brow
	c.soft(l.hair, 0.85, 1, face, func(p *pen) {
		p.start(x-side*15, y-14).curve(x-side*4, y-17-b, x+side*8, y-17-b, x+side*18, y-11)
		p.curve(x+side*8, y-17, x-side*4, y-16, x-side*15, y-14+b)
	})
}

// hairdo draws the hair that lies before the face, with its sheen.
func (c *canvas) hairdo(l look) {
	w, h := l.faceW, l.faceH
	low, wide := min(l.hem*0.5-10, 46), w+4 // how far it comes down at the sides
	if l.hem > 0 {
		wide = w + 11
	}
	hairline := func(p *pen) {
		switch l.cut {
		case parted:
			p.curve(w-7, -h*0.3, w-8, -h*0.48, w*0.58, -h*0.56).curve(w*0.2, -h*0.6, -w*0.2, -h*0.68, -w*0.42, -h*0.84)
			p.curve(-w*0.5, -h*0.7, -w*0.7, -h*0.62, -w*0.8, -h*0.5)
		case combedBack:
			p.curve(w-6, -h*0.3, w-4, -h*0.5, w*0.76, -h*0.6).curve(w*0.5, -h*0.76, -w*0.5, -h*0.76, -w*0.76, -h*0.6)
		default: // falling over the forehead
			p.curve(w-6, -h*0.2, w-6, -h*0.3, w*0.82, -h*0.38).curve(w*0.5, -h*0.46, 0, -h*0.46, -w*0.26, -h*0.58)
			p.curve(-w*0.4, -h*0.46, -w*0.7, -h*0.42, -w*0.84, -h*0.36)
		}
		p.curve(-w+6, -h*0.3, -w+6, -h*0.2, -w+3, low)
	}
	c.soft(shade(l.skin, 0.6), 0.4, 4, c.mask(ellipse(0, 0, w, h), 0), func(p *pen) {
		p.start(-w, low+4).curve(-w, -h*1.1, w, -h*1.1, w, low+4).line(w-5, low+4)
		hairline(p)
	})
	hair := c.mask(func(p *pen) {
		p.start(4-wide, low).curve(-wide-8, -h*0.74, -w*0.84, -h*1.22, -w*0.1, -h*1.22)
		p.curve(w*0.8, -h*1.24, wide+8, -h*0.74, wide-4, low).line(w-3, low)
		hairline(p)
	}, 0)
	c.paint(l.hair, hair)
	c.soft(light(l.hair, 0.3), 0.6, 8, hair, func(p *pen) {
		p.start(-w*0.8, -h*0.7).curve(-w*0.5, -h*1.1, w*0.1, -h*1.14, w*0.5, -h).curve(w*0.1, -h*1.04, -w*0.4, -h, -w*0.8, -h*0.7)
	})
	c.soft(shade(l.hair, 0.7), 0.5, 8, hair, ellipse(w+4, -20, 16, h*0.7))
	for i := range 9 {
		t, root := float32(i)/4-1, float32(0)
		if l.cut == parted {
			root = -w * 0.4
		}
		c.soft(light(l.hair, 0.35), 0.3, 1, hair, func(p *pen) {
			p.start(root+t*w*0.3-3, -h*1.22).curve(root/2+t*w*0.7-2, -h*1.08, t*w*0.95, -h*0.9, t*(w+2), -h*0.4)
			p.curve(t*w*0.95+2, -h*0.9, root/2+t*w*0.7+1, -h*1.08, root+t*w*0.3-2, -h*1.22)
		})
	}
}

// spectacles are thin frames that leave the eyes in sight.
func (c *canvas) spectacles(l look) {
	frame := color.RGBA{52, 50, 56, 255}
	for _, side := range sides {
		x := side * l.eyes
		rim, lens := c.mask(ellipse(x, -4, 21, 15), 0), c.mask(ellipse(x, -4, 19.4, 13.4), 0)
		for y := lens.Rect.Min.Y; y < lens.Rect.Max.Y; y++ {
			for x := lens.Rect.Min.X; x < lens.Rect.Max.X; x++ {
				rim.Pix[rim.PixOffset(x, y)] -= lens.AlphaAt(x, y).A
			}
		}
		c.paint(frame, rim)
		c.fill(frame, func(p *pen) {
			p.start(x+side*20, -8).line(side*l.faceW, -10).line(side*l.faceW, -8).line(x+side*20, -5.5)
		})
	}
	c.fill(frame, func(p *pen) { p.start(-7, -6).curve(-3, -9, 3, -9, 7, -6).line(7, -4).curve(3, -7, -3, -7, -7, -4) })
}

// encode searches the quality that gives a file of the size the office asks for.
func (c *canvas) encode() []byte {
	var out bytes.Buffer
	for _, quality := range []int{90, 82, 95, 72, 60, 100} {
		out.Reset()
		if err := jpeg.Encode(&out, c.img, &jpeg.Options{Quality: quality}); err != nil {
			panic(err) // a buffer takes everything, and the size is within JPEG's
		}
		if portraitMin <= out.Len() && out.Len() <= portraitMax {
			break
		}
	}
	return out.Bytes()
}
