package drawn

import (
	"fmt"
	"image"
	"image/color"
)

// skins go from I to VI on Fitzpatrick's scale.
var skins = [...]color.RGBA{{244, 214, 194, 255}, {236, 198, 168, 255}, {218, 174, 140, 255}, {188, 138, 102, 255}, {134, 90, 62, 255}, {80, 54, 42, 255}}

type dye struct {
	name string
	ink  color.RGBA
}

var hairs = [...]dye{
	{"black", color.RGBA{32, 28, 28, 255}}, {"brown", color.RGBA{84, 56, 38, 255}}, {"blond", color.RGBA{206, 168, 106, 255}},
	{"red", color.RGBA{150, 70, 34, 255}}, {"grey", color.RGBA{140, 138, 138, 255}}, {"white", color.RGBA{216, 214, 210, 255}},
}

var shirts = [...]dye{
	{"navy", color.RGBA{40, 50, 86, 255}}, {"white", color.RGBA{236, 236, 236, 255}}, {"red", color.RGBA{190, 40, 44, 255}},
	{"green", color.RGBA{50, 130, 80, 255}}, {"yellow", color.RGBA{230, 190, 60, 255}}, {"black", color.RGBA{34, 34, 38, 255}},
	{"grey", color.RGBA{130, 134, 140, 255}}, {"pale blue", color.RGBA{180, 204, 232, 255}}, {"pink", color.RGBA{230, 160, 180, 255}},
	{"purple", color.RGBA{110, 64, 140, 255}}, {"brown", color.RGBA{116, 84, 60, 255}}, {"orange", color.RGBA{230, 120, 50, 255}},
}

var scarves = [...]dye{
	{"off-white", color.RGBA{228, 222, 212, 255}}, {"grey", color.RGBA{140, 142, 146, 255}}, {"black", color.RGBA{30, 30, 34, 255}},
	{"red", color.RGBA{180, 36, 46, 255}}, {"pink", color.RGBA{232, 160, 180, 255}}, {"blue", color.RGBA{50, 90, 170, 255}},
	{"green", color.RGBA{50, 120, 84, 255}}, {"purple", color.RGBA{110, 70, 150, 255}}, {"beige", color.RGBA{206, 178, 146, 255}},
}

// Someone is one of many, and none like the one before; i is not negative.
func Someone(i int) Person {
	p := Person{
		Skin: skins[i*5%6], Hair: hairs[i%2].ink, Shirt: shirts[i*7%len(shirts)].ink, Woman: i%2 == 1,
		Cut: Cut(i % 5), Glasses: i%6 == 4, Broad: float64(i*3%5-2) / 2, Smile: i%7 == 3,
	}
	if p.Woman {
		p.Style = [...]Style{Long, Bob, Bun, Combed}[i/2%4]
	} else {
		p.Style = [...]Style{Short, Crop, Combed, Fringe}[i/2%4]
	}
	return p
}

// shot is a picture of people before a wall, in usual places.
func shot(kind, name string, wall Wall, p Person) Picture {
	return placed(kind, name, wall, Placed{p, Usual})
}

func placed(kind, name string, wall Wall, people ...Placed) Picture {
	return Picture{Name: name, Kind: kind, People: len(people), Draw: func() *image.RGBA { return Scene(Width, Height, wall, people...) }}
}

// good are photos that have nothing to be said of.
func good() (list []Picture) {
	add := func(name string, wall Wall, p Person) { list = append(list, shot(Good, name, wall, p)) }
	for i, skin := range skins {
		for _, woman := range []bool{false, true} {
			for variant := range 2 {
				n := i*6 + variant*4
				who := "man"
				if woman {
					n, who = n+1, "woman"
				}
				p, hair := Someone(n), hairs[(i+variant*3+n%2)%6]
				if i > 3 && (hair.name == "blond" || hair.name == "red") {
					hair = hairs[0]
				}
				p.Skin, p.Hair, p.Woman, p.Glasses = skin, hair.ink, woman, variant == 1
				p.Old = hair.name == "white" || hair.name == "grey"
				name := fmt.Sprintf("%s of skin %d, hair %s, variant %d", who, i+1, hair.name, variant+1)
				if p.Glasses {
					name += ", glasses"
				}
				add(name, Grey(uint8(240+3*variant)), p)
			}
		}
	}
	for i, d := range scarves {
		p := Someone(2*i + 1)
		p.Scarf, p.Glasses, p.Skin = d.ink, i == 5, skins[i%6]
		add("headscarf, "+d.name, nil, p)
	}
	for i, d := range []dye{scarves[0], scarves[5], scarves[3]} {
		p := Someone(2*i + 1)
		p.Scarf, p.Patterned, p.Skin = d.ink, true, skins[i+1]
		add("headscarf with dots, "+d.name, nil, p)
	}
	for i, d := range []dye{shirts[6], shirts[5], shirts[3]} {
		p := Someone(2 * i)
		p.Hood, p.Shirt = d.ink, times(d.ink, 0.9)
		add("hood, "+d.name, nil, p)
	}
	for i, d := range shirts {
		p := Someone(i + 3)
		p.Shirt, p.Cut = d.ink, Cut(i%3)
		add("shirt, "+d.name, Grey(250), p)
	}
	for i, style := range []Style{Afro, Long, Bun, Bald, Wide, Crop} {
		for _, dark := range []bool{false, true} {
			p, name := Someone(i+5), [...]string{"afro", "long hair over both shoulders", "bun", "bald", "hair falling wide", "hair cut very short"}[i]
			p.Style, p.Skin, p.Hair, p.Woman, p.Old = style, skins[1], hairs[1].ink, style != Bald && style != Crop, false
			if dark {
				p.Skin, p.Hair, name = skins[4+i%2], hairs[0].ink, name+", dark skin"
			}
			add(name, Grey(246), p)
		}
	}
	for i := range 5 {
		p := Someone(2 * i)
		p.Beard, p.Skin, p.Hair, p.Smile = true, skins[i+1], hairs[[...]int{5, 3, 4, 0, 0}[i]].ink, i == 3
		add(fmt.Sprintf("beard %d", i+1), nil, p)
		p = Someone(i + 7)
		p.Old, p.Hair, p.Skin = true, hairs[4+i%2].ink, skins[i+1]
		add(fmt.Sprintf("of old age %d", i+1), nil, p)
	}
	for i, v := range []uint8{255, 252, 248, 244, 240, 236, 232, 228, 224, 220, 218} {
		add(fmt.Sprintf("neutral wall of %d", v), Lit(grey(v), func(_, _ float64) float64 { return 1 }), Someone(i))
	}
	for i, yaw := range []float64{0.12, -0.12} {
		p := Someone(i + 2)
		p.Yaw, p.Tilt = yaw, 4*yaw/0.12
		add(fmt.Sprintf("turned and tilted hardly %d", i+1), nil, p)
	}
	p := Someone(6)
	p.Cap = true
	add("cap", nil, p)
	for i, at := range []Place{{140, 170, 120}, {155, 186, 150}, {147, 160, 112}} {
		list = append(list, placed(Good, fmt.Sprintf("another usual place %d", i+1), nil, Placed{Someone(i + 9), at}))
	}
	return list
}
