package drawn

import (
	"fmt"
	"image/color"
)

// background are good photos but for what is behind the person.
func background() (list []Picture) {
	add := func(name string, wall Wall) {
		p := shot(Background, name, wall, Someone(len(list)))
		p.Faults = "background"
		list = append(list, p)
	}
	white := Grey(248)
	black, brown, pine := grey(36), color.RGBA{104, 66, 40, 255}, color.RGBA{190, 146, 96, 255}
	for _, c := range []struct {
		name                     string
		paint                    color.RGBA
		left, top, right, bottom float32
	}{
		{"black door at the left, to the top", black, -0.1, -0.05, 0.2, 1.2},
		{"black door at the right, to the top", black, 0.8, -0.05, 1.1, 1.2},
		{"brown door at the left, touching the hair", brown, -0.1, -0.05, 0.3, 1.2},
		{"brown door at the right, touching the hair", brown, 0.7, -0.05, 1.15, 1.2},
		{"black door at the right, touching the hair, from head height", black, 0.7, 0.2, 1.1, 1.2},
		{"black door at the left from head height", black, -0.1, 0.18, 0.19, 1.2},
		{"brown door at the right from head height", brown, 0.82, 0.2, 1.1, 1.2},
		{"pine door at the left", pine, -0.1, 0.05, 0.22, 1.2},
		{"brown door behind everything", brown, 0.1, 0.02, 0.9, 1.2},
		{"black door behind the head", black, 0.24, 0.04, 0.76, 1.2},
		{"a strip of a brown door at the edge", brown, -0.3, -0.05, 0.09, 1.2},
	} {
		add(c.name, white.With(Door(c.paint, c.left, c.top, c.right, c.bottom)))
	}
	add("cupboard at the left", white.With(Cupboard(-0.1, 0.1, 0.26, 1)))
	add("cupboard at the right", white.With(Cupboard(0.74, 0.05, 1.1, 1)))
	add("cupboard behind everything", Cupboard(-0.02, -0.02, 1.02, 1.02))
	add("poster behind the head", white.With(Poster(0.1, 0.04, 0.9, 0.5)))
	add("poster beside the head", white.With(Poster(0.02, 0.08, 0.3, 0.4)))
	add("poster above the shoulder", white.With(Poster(0.76, 0.2, 1.02, 0.5)))
	add("squared wall", white.With(Grid(color.RGBA{120, 150, 200, 255}, 12, 2.5)))
	add("tiles", Grey(236).With(Grid(grey(140), 40, 4)))
	add("black frame around", white.With(Border(black, 14)))
	add("red frame around", white.With(Border(red, 18)))
	add("window at the left", white.With(Window(0.02, 0.06, 0.26, 0.5)))
	add("window behind the head", white.With(Window(0.08, 0.04, 0.92, 0.6)))
	add("landscape", white.With(box{0, 0, 1, 1}.frame(mountains)))
	add("houses", white.With(box{0, 0, 1, 1}.frame(skyline)))
	for _, d := range []dye{
		{"blue of passports", color.RGBA{67, 142, 219, 255}}, {"dark blue", color.RGBA{30, 50, 120, 255}}, {"red", color.RGBA{200, 20, 30, 255}},
		{"orange", color.RGBA{236, 130, 50, 255}}, {"yellow", color.RGBA{244, 210, 60, 255}}, {"green", color.RGBA{60, 150, 80, 255}},
		{"turquoise", color.RGBA{60, 180, 180, 255}}, {"purple", color.RGBA{120, 70, 160, 255}}, {"pink", color.RGBA{236, 130, 170, 255}},
		{"brown", color.RGBA{130, 90, 60, 255}}, {"black", color.RGBA{16, 16, 18, 255}}, {"grey 120", grey(120)}, {"grey 180", grey(180)},
		{"light blue", color.RGBA{190, 220, 245, 255}}, {"very light blue", color.RGBA{220, 236, 252, 255}}, {"rose", color.RGBA{250, 224, 226, 255}},
		{"light green", color.RGBA{214, 240, 220, 255}}, {"mint", color.RGBA{224, 248, 240, 255}}, {"lavender", color.RGBA{228, 226, 250, 255}},
		{"lemon", color.RGBA{252, 246, 196, 255}}, {"peach", color.RGBA{250, 222, 196, 255}}, {"beige like skin", color.RGBA{235, 205, 170, 255}},
		{"blue of 200–217", color.RGBA{200, 208, 217, 255}}, {"rose of 200–217", color.RGBA{217, 203, 203, 255}}, {"green of 200–217", color.RGBA{202, 217, 204, 255}},
	} {
		add("wall, "+d.name, Painted(d.ink))
	}
	add("white to grey, downwards", Down(grey(250), grey(150)))
	add("grey to white, downwards", Down(grey(150), grey(250)))
	add("white to grey, to the right", Across(grey(250), grey(150), linear))
	add("grey to white, to the right", Across(grey(150), grey(250), linear))
	add("white to light blue, downwards", Down(grey(250), color.RGBA{170, 206, 240, 255}))
	add("graded within 200–217 and below", Across(grey(217), grey(186), linear))
	add("half white, half blue", Across(grey(248), color.RGBA{67, 142, 219, 255}, halved))
	add("half grey, half white", Across(grey(170), grey(248), halved))
	add("hard shadow at the right", white.With(Shadow(0.68, 0.45, 0.26, 0.3, 0.45, 6)))
	add("hard shadow at the left", white.With(Shadow(0.32, 0.45, 0.26, 0.3, 0.5, 6)))
	add("soft dark shadow at the left", white.With(Shadow(0.26, 0.44, 0.26, 0.34, 0.6, 40)))
	add("white curtain in folds", Curtain(grey(236), 44))
	add("blue curtain", Curtain(color.RGBA{80, 110, 170, 255}, 40))
	add("brown curtain", Curtain(color.RGBA{140, 100, 70, 255}, 36))
	// Somebody too far behind to be a second person of the photo is something on the wall.
	for i, width := range []float64{44, 36} {
		p := placed(Background, fmt.Sprintf("somebody far behind, the face %.0f wide", width), nil, Placed{Someone(i + 6), Place{262, 190, width}}, Placed{Someone(i), Place{130, 180, 124}})
		p.Faults = "background"
		list = append(list, p)
	}
	return list
}
