package sample

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"math/rand/v2"

	"certreissue/sample/canvas"
)

// The size and the bytes that the office asks for.
const (
	portraitWidth, portraitHeight = 295, 413
	portraitMin, portraitMax      = 10 << 10, 30 << 10
)

// The face is drawn around (0, 0), in units a little larger than a pixel, and
// stands here on the canvas.
const (
	middleX, middleY = portraitWidth / 2.0, 173
	unit             = 1.13
)

var sides = [...]float32{-1, 1}

// portrait is the photo being drawn.
type portrait struct{ *canvas.Canvas }

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
		iris: canvas.Mix(color.RGBA{46, 32, 26, 255}, color.RGBA{88, 60, 42, 255}, r.Float64()), eyes: between(26, 29), cut: r.IntN(cuts),
		glasses: r.IntN(4) == 0, jacket: r.IntN(4) > 0,
	}
	if female {
		l.faceW, l.faceH, l.jaw, l.brow, l.mouth = between(59, 64), between(80, 86), between(0.1, 0.5), between(2.2, 3), between(15, 18)
		l.shoulder, l.hem = between(156, 172), 146
		if r.IntN(3) == 0 {
			l.hem = between(74, 92)
		}
		l.lips = canvas.Mix(l.skin, color.RGBA{186, 62, 72, 255}, 0.62)
	} else {
		l.faceW, l.faceH, l.jaw, l.brow, l.mouth = between(62, 68), between(84, 90), between(0.5, 1), between(3.6, 5), between(17, 20)
		l.shoulder = between(142, 156)
		if r.IntN(2) == 0 {
			tie := pick(ties)
			l.tie = &tie
		}
		l.lips = canvas.Mix(l.skin, color.RGBA{172, 84, 80, 255}, 0.5)
	}
	return l
}

// Portrait draws an identity photo of an invented person, 295 × 413 pixels, in
// the manner of a calm illustration, as a JPEG of 10–30 KB. The same arguments
// give the same bytes. On white it passes the photo check; other backgrounds
// make the samples that do not.
func Portrait(seed int64, female bool, background color.Color) []byte {
	r := rand.New(rand.NewPCG(uint64(seed), 2016))
	c := portrait{canvas.New(portraitWidth, portraitHeight, background)}
	c.Place = func(x, y float32) (float32, float32) { return x*unit + middleX, y*unit + middleY }
	c.person(newLook(r, female))
	c.grain(r)
	return c.encode()
}

// person draws from back to front.
func (c portrait) person(l look) {
	w, h := l.faceW, l.faceH
	if l.hem > 0 {
		c.Fill(canvas.Shade(l.hair, 0.2), func(p *canvas.Pen) {
			p.Start(14-w, -66).Curve(-w-16, -50, -w-22, l.hem*0.7, -w+4, l.hem)
			p.Line(w-4, l.hem).Curve(w+22, l.hem*0.7, w+16, -50, w-14, -66)
		})
	}
	c.bust(l)

	face := c.Mask(func(p *canvas.Pen) {
		chin, cheek := 20+12*l.jaw, h*(0.66+0.08*l.jaw)
		p.Start(-w, -6).Curve(-w, -h*0.7, -w*0.6, -h, 0, -h).Curve(w*0.6, -h, w, -h*0.7, w, -6)
		p.Curve(w, h*0.42, w*0.82, cheek, chin, h*0.95).Curve(chin*0.6, h*1.03, -chin*0.6, h*1.03, -chin, h*0.95)
		p.Curve(-w*0.82, cheek, -w, h*0.42, -w, -6)
	}, 0)
	for _, side := range sides {
		if l.hem > 0 {
			break // covered by hair
		}
		ear := c.Mask(canvas.Ellipse(side*(w+2), 8, 9, 18), 0)
		c.Paint(canvas.Shade(l.skin, 0.1), ear)
		c.Soft(canvas.Shade(l.skin, 0.5), 0.5, 3, ear, canvas.Ellipse(side*(w+1), 9, 4, 10))
	}
	c.Paint(l.skin, face)
	c.Soft(canvas.Light(l.skin, 0.6), 0.6, 20, face, canvas.Ellipse(-14, -24, w*0.55, 34))
	c.Soft(canvas.Shade(l.skin, 0.4), 0.6, 14, face, canvas.Ellipse(w+8, 26, 22, h*0.8))
	c.Soft(canvas.Shade(l.skin, 0.4), 0.4, 12, face, canvas.Ellipse(-w-10, 34, 20, h*0.7))
	c.Soft(canvas.Shade(l.skin, 0.5), 0.35, 10, face, canvas.Ellipse(0, h+8, w*0.7, 16))
	for _, side := range sides {
		c.Soft(color.RGBA{226, 120, 108, 255}, 0.22, 12, face, canvas.Ellipse(side*w*0.58, 30, 17, 12))
		c.eye(l, side, face)
	}
	c.noseAndMouth(l, face)
	c.hairdo(l)
	if l.glasses {
		c.spectacles(l)
	}
}

// bust draws neck and clothes, lit from the upper left like everything else.
func (c portrait) bust(l look) {
	body := c.Mask(func(p *canvas.Pen) {
		p.Start(-28, 104).Curve(-44, 124, -96, 122, -142, l.shoulder).Line(-152, 240)
		p.Line(152, 240).Line(142, l.shoulder).Curve(96, 122, 44, 124, 28, 104)
	}, 0)
	c.Paint(l.coat, body)
	c.Soft(canvas.Light(l.coat, 0.22), 0.8, 16, body, canvas.Ellipse(-78, 150, 50, 20))
	c.Soft(canvas.Shade(l.coat, 0.6), 0.55, 20, body, canvas.Ellipse(128, 210, 60, 60))
	c.Soft(canvas.Shade(l.coat, 0.6), 0.4, 14, body, canvas.Ellipse(-150, 230, 40, 60))

	if l.jacket {
		shirt := c.Mask(func(p *canvas.Pen) { p.Start(-36, 106).Line(-26, 240).Line(26, 240).Line(36, 106) }, 0)
		c.Paint(l.shirt, shirt)
		c.Soft(canvas.Shade(l.shirt, 0.5), 0.5, 8, shirt, canvas.Ellipse(10, 128, 30, 22))
	}
	neck := c.Mask(func(p *canvas.Pen) {
		p.Start(-33, 60).Line(-33, 104).Curve(-26, 122, -10, 136, 0, 138).Curve(10, 136, 26, 122, 33, 104).Line(33, 60)
	}, 0)
	c.Paint(canvas.Shade(l.skin, 0.1), neck)
	c.Soft(canvas.Shade(l.skin, 0.55), 0.75, 9, neck, canvas.Ellipse(5, l.faceH-4, l.faceW*0.72, 22))

	if !l.jacket {
		c.Soft(canvas.Shade(l.coat, 0.6), 0.35, 4, body, func(p *canvas.Pen) {
			p.Start(-44, 112).Curve(-34, 148, -12, 164, 0, 164).Curve(12, 164, 34, 148, 44, 112)
			p.Line(40, 108).Curve(30, 140, 12, 156, 0, 156).Curve(-12, 156, -30, 140, -40, 108)
		})
		c.Fill(canvas.Light(l.coat, 0.12), func(p *canvas.Pen) {
			p.Start(-34, 100).Curve(-28, 128, -10, 143, 0, 143).Curve(10, 143, 28, 128, 34, 100)
			p.Line(44, 108).Curve(34, 142, 12, 158, 0, 158).Curve(-12, 158, -34, 142, -44, 108)
		})
		return
	}
	if l.tie != nil {
		c.Fill(*l.tie, func(p *canvas.Pen) {
			p.Start(-9, 137).Line(9, 137).Line(7, 156).Line(16, 240).Line(-16, 240).Line(-7, 156)
		})
		c.Fill(canvas.Shade(*l.tie, 0.3), func(p *canvas.Pen) { p.Start(-7, 155).Line(7, 155).Line(9, 160).Line(-9, 160) })
	}
	for _, side := range sides {
		c.Fill(canvas.Light(l.shirt, 0.35), func(p *canvas.Pen) {
			p.Start(side*35, 100).Line(side*40, 112).Line(side*18, 158).Line(0, 138).Curve(side*14, 132, side*28, 120, side*35, 100)
		})
		c.Soft(canvas.Shade(l.coat, 0.7), 0.5, 4, body, func(p *canvas.Pen) {
			p.Start(side*42, 116).Line(side*66, 126).Line(side*66, 180).Line(side*16, 250).Line(0, 240)
		})
		c.Fill(canvas.Light(l.coat, 0.07), func(p *canvas.Pen) {
			p.Start(side*38, 108).Line(side*60, 122).Line(side*52, 166).Line(side*60, 174).Line(side*14, 244).Line(side*4, 240)
		})
	}
}

// noseAndMouth draws the nose by its shadows and a mouth about to smile.
func (c portrait) noseAndMouth(l look, face *image.Alpha) {
	c.Soft(canvas.Shade(l.skin, 0.5), 0.5, 4, face, func(p *canvas.Pen) {
		p.Start(5, -2).Curve(8, 14, 11, 24, 13, 31).Line(2, 35).Curve(4, 20, 3, 8, 2, -2)
	})
	c.Soft(canvas.Shade(l.skin, 0.6), 0.6, 3, face, canvas.Ellipse(0, 37, 13, 3.5))
	c.Soft(canvas.Light(l.skin, 0.8), 0.7, 5, face, canvas.Ellipse(-2, 18, 4, 16))
	for _, side := range sides {
		c.Soft(canvas.Shade(l.skin, 0.85), 0.6, 1, face, canvas.Ellipse(side*6, 35, 3, 1.8))
	}
	m := l.mouth
	c.Fill(canvas.Shade(l.lips, 0.14), func(p *canvas.Pen) {
		p.Start(-m, 55.5).Curve(-m*0.5, 52.5, -3, 51, 0, 53).Curve(3, 51, m*0.5, 52.5, m, 55.5).Curve(m*0.4, 60, -m*0.4, 60, -m, 55.5)
	})
	c.Fill(l.lips, func(p *canvas.Pen) {
		p.Start(-m, 55.5).Curve(-m*0.4, 59.5, m*0.4, 59.5, m, 55.5).Curve(m*0.5, 67.5, -m*0.5, 67.5, -m, 55.5)
	})
	c.Soft(canvas.Light(l.lips, 0.5), 0.6, 2, face, canvas.Ellipse(-2, 61.5, m*0.4, 1.8))
	c.Fill(canvas.Shade(l.lips, 0.55), func(p *canvas.Pen) {
		p.Start(-m-1.5, 54.6).Curve(-m*0.4, 60.2, m*0.4, 60.2, m+1.5, 54.6).Curve(m*0.4, 58.8, -m*0.4, 58.8, -m-1.5, 54.6)
	})
	c.Soft(canvas.Shade(l.skin, 0.5), 0.4, 3, face, canvas.Ellipse(0, 71, 11, 2.5))
}

// eye draws an eye with its brow.
func (c portrait) eye(l look, side float32, face *image.Alpha) {
	x, y := side*l.eyes, float32(-6)
	c.Soft(canvas.Shade(l.skin, 0.45), 0.45, 5, face, canvas.Ellipse(x, y-5, 17, 8))
	lid := c.Mask(func(p *canvas.Pen) {
		p.Start(x-13, y+2).Curve(x-7, y-7, x+6, y-7, x+13, y+1).Curve(x+7, y+6, x-7, y+6, x-13, y+2)
	}, 0)
	c.Paint(color.RGBA{246, 243, 240, 255}, lid)
	c.Soft(l.iris, 1, 0, lid, canvas.Ellipse(x, y-0.5, 6.2, 6.2))
	c.Soft(color.RGBA{18, 14, 14, 255}, 1, 0, lid, canvas.Ellipse(x, y-0.5, 3, 3))
	c.Fill(color.RGBA{255, 255, 255, 255}, canvas.Ellipse(x-2, y-2.6, 1.3, 1.3))
	c.Fill(canvas.Shade(l.hair, 0.3), func(p *canvas.Pen) {
		p.Start(x-14, y+2.4).Curve(x-8, y-8, x+6, y-8, x+14, y+0.6).Curve(x+6, y-5, x-7, y-5, x-14, y+2.4)
	})
	b := l.brow
	c.Soft(l.hair, 0.85, 1, face, func(p *canvas.Pen) {
		p.Start(x-side*15, y-14).Curve(x-side*4, y-17-b, x+side*8, y-17-b, x+side*18, y-11)
		p.Curve(x+side*8, y-17, x-side*4, y-16, x-side*15, y-14+b)
	})
}

// hairdo draws the hair that lies before the face, with its sheen.
func (c portrait) hairdo(l look) {
	w, h := l.faceW, l.faceH
	low, wide := min(l.hem*0.5-10, 46), w+4 // how far it comes down at the sides
	if l.hem > 0 {
		wide = w + 11
	}
	hairline := func(p *canvas.Pen) {
		switch l.cut {
		case parted:
			p.Curve(w-7, -h*0.3, w-8, -h*0.48, w*0.58, -h*0.56).Curve(w*0.2, -h*0.6, -w*0.2, -h*0.68, -w*0.42, -h*0.84)
			p.Curve(-w*0.5, -h*0.7, -w*0.7, -h*0.62, -w*0.8, -h*0.5)
		case combedBack:
			p.Curve(w-6, -h*0.3, w-4, -h*0.5, w*0.76, -h*0.6).Curve(w*0.5, -h*0.76, -w*0.5, -h*0.76, -w*0.76, -h*0.6)
		default: // falling over the forehead
			p.Curve(w-6, -h*0.2, w-6, -h*0.3, w*0.82, -h*0.38).Curve(w*0.5, -h*0.46, 0, -h*0.46, -w*0.26, -h*0.58)
			p.Curve(-w*0.4, -h*0.46, -w*0.7, -h*0.42, -w*0.84, -h*0.36)
		}
		p.Curve(-w+6, -h*0.3, -w+6, -h*0.2, -w+3, low)
	}
	c.Soft(canvas.Shade(l.skin, 0.6), 0.4, 4, c.Mask(canvas.Ellipse(0, 0, w, h), 0), func(p *canvas.Pen) {
		p.Start(-w, low+4).Curve(-w, -h*1.1, w, -h*1.1, w, low+4).Line(w-5, low+4)
		hairline(p)
	})
	hair := c.Mask(func(p *canvas.Pen) {
		p.Start(4-wide, low).Curve(-wide-8, -h*0.74, -w*0.84, -h*1.22, -w*0.1, -h*1.22)
		p.Curve(w*0.8, -h*1.24, wide+8, -h*0.74, wide-4, low).Line(w-3, low)
		hairline(p)
	}, 0)
	c.Paint(l.hair, hair)
	c.Soft(canvas.Light(l.hair, 0.3), 0.6, 8, hair, func(p *canvas.Pen) {
		p.Start(-w*0.8, -h*0.7).Curve(-w*0.5, -h*1.1, w*0.1, -h*1.14, w*0.5, -h).Curve(w*0.1, -h*1.04, -w*0.4, -h, -w*0.8, -h*0.7)
	})
	c.Soft(canvas.Shade(l.hair, 0.7), 0.5, 8, hair, canvas.Ellipse(w+4, -20, 16, h*0.7))
	for i := range 9 {
		t, root := float32(i)/4-1, float32(0)
		if l.cut == parted {
			root = -w * 0.4
		}
		c.Soft(canvas.Light(l.hair, 0.35), 0.3, 1, hair, func(p *canvas.Pen) {
			p.Start(root+t*w*0.3-3, -h*1.22).Curve(root/2+t*w*0.7-2, -h*1.08, t*w*0.95, -h*0.9, t*(w+2), -h*0.4)
			p.Curve(t*w*0.95+2, -h*0.9, root/2+t*w*0.7+1, -h*1.08, root+t*w*0.3-2, -h*1.22)
		})
	}
}

// spectacles are thin frames that leave the eyes in sight.
func (c portrait) spectacles(l look) {
	frame := color.RGBA{52, 50, 56, 255}
	for _, side := range sides {
		x := side * l.eyes
		rim, lens := c.Mask(canvas.Ellipse(x, -4, 21, 15), 0), c.Mask(canvas.Ellipse(x, -4, 19.4, 13.4), 0)
		for y := lens.Rect.Min.Y; y < lens.Rect.Max.Y; y++ {
			for x := lens.Rect.Min.X; x < lens.Rect.Max.X; x++ {
				rim.Pix[rim.PixOffset(x, y)] -= lens.AlphaAt(x, y).A
			}
		}
		c.Paint(frame, rim)
		c.Fill(frame, func(p *canvas.Pen) {
			p.Start(x+side*20, -8).Line(side*l.faceW, -10).Line(side*l.faceW, -8).Line(x+side*20, -5.5)
		})
	}
	c.Fill(frame, func(p *canvas.Pen) {
		p.Start(-7, -6).Curve(-3, -9, 3, -9, 7, -6).Line(7, -4).Curve(3, -7, -3, -7, -7, -4)
	})
}

// grain adds the fine noise of a film.
func (c portrait) grain(r *rand.Rand) {
	for i := 0; i < len(c.Image.Pix); i += 4 {
		u := r.Uint32()
		n := int(u&7+u>>3&7+u>>6&7) - 10
		for j := i; j < i+3; j++ {
			c.Image.Pix[j] = uint8(min(max(int(c.Image.Pix[j])+n/3, 0), 255))
		}
	}
}

// encode searches the quality that gives a file of the size the office asks for.
func (c portrait) encode() []byte {
	var out bytes.Buffer
	for _, quality := range []int{90, 82, 95, 72, 60, 100} {
		out.Reset()
		if err := jpeg.Encode(&out, c.Image, &jpeg.Options{Quality: quality}); err != nil {
			panic(err) // a buffer takes everything, and the size is within JPEG's
		}
		if portraitMin <= out.Len() && out.Len() <= portraitMax {
			break
		}
	}
	return out.Bytes()
}
