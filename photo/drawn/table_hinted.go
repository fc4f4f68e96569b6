package drawn

import (
	"fmt"
	"image"
	"image/color"

	"golang.org/x/image/draw"
)

// with gives a picture the hints that it should be passed with.
func (p Picture) with(hints string) Picture {
	p.Hints = hints
	return p
}

// after is the picture with something done to it.
func (p Picture) after(work func(img *image.RGBA)) Picture {
	before := p.Draw
	p.Draw = func() *image.RGBA {
		img := before()
		work(img)
		return img
	}
	return p
}

// hinted are photos that pass with something to look at.
func hinted() (list []Picture) {
	add := func(hints, name string, wall Wall, people ...Placed) {
		list = append(list, placed(Hinted, name, wall, people...).with(hints))
	}
	usual := func(p Person) Placed { return Placed{p, Usual} }

	for i, d := range []dye{{"blue", color.RGBA{150, 196, 224, 255}}, {"white", color.RGBA{236, 238, 240, 255}}, {"black", color.RGBA{34, 34, 38, 255}},
		{"pink", color.RGBA{236, 176, 190, 255}}, {"green", color.RGBA{90, 150, 110, 255}}, {"with dots", color.RGBA{60, 80, 150, 255}}} {
		p := Someone(i + 4)
		p.Mask, p.Skin, p.Patterned, p.Glasses = d.ink, skins[i], i == 5, i == 1
		hint := "mouth"
		if d.name == "pink" { // it is too like skin to be told
			hint = ""
		}
		add(hint, "mask, "+d.name, nil, usual(p))
	}
	p := Someone(1)
	p.Scarf, p.Mask, p.Glasses = scarves[2].ink, color.RGBA{236, 238, 240, 255}, false
	add("mouth", "mask and headscarf", nil, usual(p))

	beside := func(width float64) Place { return Place{250, 330 - width*1.5, width} }
	for i, width := range []float64{110, 92, 74} {
		add("several", fmt.Sprintf("somebody behind, the face %.0f wide", width), nil, Placed{Someone(i*3 + 1), beside(width)}, Placed{Someone(i * 2), Place{125, 190, 118}})
	}
	for i := range 3 {
		add("head-low off-centre several", fmt.Sprintf("two side by side %d", i+1), nil, Placed{Someone(i*2 + 3), Place{80, 186, 92}}, Placed{Someone(i*4 + 2), Place{216, 190, 96}})
	}
	add("several", "three, the middle one in front", nil, Placed{Someone(3), Place{50, 170, 72}}, Placed{Someone(8), Place{246, 170, 72}}, Placed{Someone(5), Place{147, 190, 112}})
	p = Someone(7)
	p.Sunglasses = true
	add("dark", "sunglasses", nil, usual(p)) // they hide what is light in a dark face
	add("background", "graded from 232 to 200", Down(grey(232), grey(200)), usual(Someone(8)))

	for i, yaw := range []float64{0.6, -0.6, 0.75, -0.75, 1, -1} {
		for j := range 1 + i%2 {
			p := Someone(i*2 + j)
			p.Yaw, p.Glasses, p.Skin = yaw, false, skins[(i+3*j)%6]
			if p.Style == Long || p.Style == Bob {
				p.Style = Bun
			}
			add("side", fmt.Sprintf("turned by %+.0f°, %d", yaw*70, j+1), nil, usual(p))
		}
	}
	for i, tilt := range []float64{15, -15, 20, -20, 25, -25} {
		p := Someone(i + 2)
		p.Tilt = tilt
		at := Usual
		at.X -= tilt * 1.6 // whoever takes the picture has the face in the middle
		add("tilt", fmt.Sprintf("tilted by %+.0f°", tilt), nil, Placed{p, at})
	}
	for i, c := range []struct {
		hints, name string
		at          Place
	}{
		{"head-large", "a very large head", Place{147, 196, 192}},
		{"", "a large head", Place{150, 190, 176}},
		{"head-large", "a head as wide as the picture", Place{147, 212, 214}},
		{"head-small", "a small head", Place{147, 150, 62}},
		{"head-low head-small", "a tiny head", Place{147, 190, 44}},
		{"off-centre", "far to the right", Place{204, 176, 112}},
		{"off-centre", "far to the left", Place{92, 176, 112}},
		{"head-low", "far down", Place{147, 262, 128}},
		{"head-cut", "cut by the upper edge", Place{147, 78, 128}},
	} {
		p := Someone(i + 5)
		if p.Style == Bun {
			p.Style = Combed
		}
		add(c.hints, c.name, nil, Placed{p, c.at})
	}
	for i, v := range []uint8{217, 214, 210, 206, 202, 200} {
		add("background", fmt.Sprintf("neutral wall of %d", v), Lit(grey(v), func(_, _ float64) float64 { return 1 }), usual(Someone(i+1)))
	}
	for i, skin := range []int{0, 2, 3, 4} {
		p := Someone(i + 4)
		p.Skin, p.Light, p.Glasses = skins[skin], 0.36, false
		add("dark", fmt.Sprintf("against the light, skin %d", skin+1), nil, usual(p))
	}
	for i := range 2 {
		p := Someone(i + 4)
		p.Skin, p.Light, p.Glasses = skins[i], 1.5, false
		list = append(list, shot(Hinted, fmt.Sprintf("burnt out by the flash %d", i+1), Grey(255), p).with("bright"))
		list = append(list, shot(Hinted, fmt.Sprintf("black and white %d", i+1), nil, Someone(i+6)).with("colourless").after(bleach))
		list = append(list, shot(Hinted, fmt.Sprintf("out of focus %d", i+1), nil, Someone(i+8)).with("blurred").after(defocus))
	}
	return list
}

// bleach takes the colours away.
func bleach(img *image.RGBA) {
	for i := 0; i < len(img.Pix); i += 4 {
		y := level(luma(color.RGBA{img.Pix[i], img.Pix[i+1], img.Pix[i+2], 255}))
		img.Pix[i], img.Pix[i+1], img.Pix[i+2] = y, y, y
	}
}

// defocus loses what is finer than a dozen pixels.
func defocus(img *image.RGBA) {
	small := image.NewRGBA(image.Rect(0, 0, img.Rect.Dx()/11, img.Rect.Dy()/11))
	draw.BiLinear.Scale(small, small.Rect, img, img.Rect, draw.Src, nil)
	draw.CatmullRom.Scale(img, img.Rect, small, small.Rect, draw.Src, nil)
}
