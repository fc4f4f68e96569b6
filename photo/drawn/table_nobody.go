package drawn

import (
	"image"
	"image/color"

	"certreissue/sample/canvas"
)

// nobody are pictures without a face. The fault is that; what the check says besides of
// their backgrounds is of no matter.
func nobody() (list []Picture) {
	thing := func(kind, name string, wall Wall) {
		list = append(list, Picture{Name: name, Kind: kind, Faults: "nobody", Draw: func() *image.RGBA { return Scene(Width, Height, wall) }})
	}
	add := func(name string, wall Wall) { thing(Nobody, name, wall) }
	white := Grey(248)
	// Half of the things are as large as a head, half fill the picture.
	middle, large := box{0.2, 0.25, 0.8, 0.68}, box{0.06, 0.12, 0.94, 0.9}
	for _, c := range []struct {
		name string
		at   box
		draw func(*brush)
	}{
		{"jacket on a hanger", large, hanger}, {"backpack", large, backpack}, {"football", middle, football}, {"large football", large, football},
		{"orange", middle, orange}, {"apple", middle, apple}, {"cup", middle, cup}, {"chair", large, chair}, {"flower", large, flower}, {"tree", large, tree}, {"fish", middle, fish},
		{"mannequin without features", large, mannequin}, {"hand", large, hand}, {"shoe", middle, shoe}, {"car", middle, car}, {"bottle", large, bottle},
		{"lamp", large, lamp}, {"clock", middle, clock}, {"umbrella", large, umbrella}, {"house", large, house}, {"spectacles", middle, spectacles},
		{"QR code", box{0.1, 0.2, 0.9, 0.77}, qr}, {"barcode", box{0.1, 0.3, 0.9, 0.6}, barcode}, {"page of text", box{0, 0, 1, 1}, text},
		{"letter with a seal", large, letter}, {"form", box{0, 0, 1, 1}, form}, {"card without a photo", box{0.06, 0.3, 0.94, 0.68}, card},
		{"bars of a chart", large, bars}, {"pie chart", middle, pie}, {"curves", large, curve}, {"chat", box{0, 0, 1, 1}, chat}, {"keyboard", middle, keyboard},
		{"telephone", box{0.25, 0.1, 0.75, 0.9}, telephone}, {"logo", middle, logo}, {"mountains", box{0, 0, 1, 1}, mountains},
		{"sunset at sea", box{0, 0, 1, 1}, sea}, {"town", box{0, 0, 1, 1}, skyline},
	} {
		add(c.name, white.With(c.at.frame(c.draw)))
	}
	for _, c := range []struct {
		name string
		draw func(*brush)
	}{{"cat", cat}, {"dog", dog}, {"teddy bear", teddy}, {"doll", doll}, {"smiley", smiley}} {
		thing(Likeness, c.name, white.With(large.frame(c.draw)))
		thing(Likeness, c.name+", small", white.With(middle.frame(c.draw)))
	}
	add("seal", white.With(middle.frame(func(b *brush) { b.seal(50, 50, 46, 46) })))
	add("star", white.With(middle.frame(func(b *brush) { b.star(red, 50, 50, 48, 48) })))
	add("chessboard", white.With(box{0, 0, 1, 1}.frame(func(b *brush) {
		for i := range 96 {
			if x, y := float32(i%8), float32(i/8); (i%8+i/8)%2 == 0 {
				b.rect(black, x*12.5, y*8.4, x*12.5+12.5, y*8.4+8.4)
			}
		}
	})))
	add("plain white", white)
	add("plain grey", Grey(190))
	add("plain blue", Painted(color.RGBA{67, 142, 219, 255}))
	add("plain skin", Painted(skins[2]))
	add("from white to grey", Down(grey(250), grey(120)))
	add("from red to blue", Across(red, blue, linear))
	add("door", white.With(Door(color.RGBA{104, 66, 40, 255}, 0.2, 0.06, 0.8, 1.1)))
	add("cupboard", Cupboard(-0.02, -0.02, 1.02, 1.02))
	add("poster", white.With(Poster(0.1, 0.1, 0.9, 0.8)))
	add("window", white.With(Window(0.1, 0.1, 0.9, 0.8)))
	add("curtain", Curtain(color.RGBA{170, 120, 110, 255}, 40))
	add("noise", func(c *canvas.Canvas) {
		each(c, func(x, y float64) color.RGBA {
			return grey(level(128 + 120*noise2(x*Width, y*Height)))
		})
	})
	add("blurred colours", func(c *canvas.Canvas) {
		each(c, func(x, y float64) color.RGBA {
			return color.RGBA{level(150 + 90*noise2(x*4, y*5)), level(140 + 90*noise2(x*4+30, y*5)), level(140 + 90*noise2(x*4, y*5+40)), 255}
		})
	})

	person := func(name string, p Person) {
		pic := shot(Nobody, name, nil, p)
		pic.People, pic.Faults = 0, "nobody"
		list = append(list, pic)
	}
	suit := Someone(4)
	suit.Headless, suit.Cut = true, Tie
	person("suit without a head", suit)
	suit.Cut, suit.Shirt = Tee, red
	person("shirt without a head", suit)
	for i := range 3 {
		p := Someone(i + 3)
		p.Away = true
		person([...]string{"man from behind", "woman from behind", "somebody from behind"}[i], p)
	}
	return list
}
