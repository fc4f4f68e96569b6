package drawn

import (
	"image/color"
	"math"

	"certreissue/sample/canvas"
)

// Things stand in a frame of 100×100 units.

var (
	wood  = color.RGBA{150, 104, 64, 255}
	cream = color.RGBA{236, 214, 176, 255}
	black = grey(30)
	green = color.RGBA{70, 130, 60, 255}
	red   = color.RGBA{196, 40, 44, 255}
	blue  = color.RGBA{50, 90, 170, 255}
)

func hanger(b *brush) {
	b.blur(grey(90), 1, 1, polygon(48, 6, 52, 6, 52, 18, 82, 30, 82, 33, 50, 21, 18, 33, 18, 30, 48, 18))
	jacket := polygon(36, 20, 50, 28, 64, 20, 88, 30, 98, 100, 80, 100, 78, 60, 76, 100, 24, 100, 22, 60, 20, 100, 2, 100, 12, 30)
	b.solid(color.RGBA{52, 60, 88, 255}, jacket)
	b.blur(color.RGBA{20, 24, 40, 255}, 0.8, 3, polygon(49, 40, 51, 40, 51, 100, 49, 100))
	b.solid(color.RGBA{66, 74, 104, 255}, polygon(36, 20, 30, 40, 49, 66, 50, 60, 40, 26))
	b.solid(color.RGBA{66, 74, 104, 255}, polygon(64, 20, 70, 40, 51, 66, 50, 60, 60, 26))
}

func backpack(b *brush) {
	b.solid(times(red, 0.7), canvas.Ellipse(50, 14, 14, 12))
	b.Fill(grey(248), canvas.Ellipse(50, 14, 9, 8))
	b.solid(red, func(p *canvas.Pen) {
		p.Start(14, 96).Curve(8, 60, 12, 12, 50, 12).Curve(88, 12, 92, 60, 86, 96).Line(14, 96)
	})
	b.solid(times(red, 0.8), polygon(24, 56, 76, 56, 78, 92, 22, 92))
	b.blur(black, 0.9, 2, polygon(26, 60, 74, 60, 74, 62, 26, 62))
	b.blur(black, 0.9, 2, polygon(20, 40, 80, 40, 80, 42, 20, 42))
}

func football(b *brush) {
	b.blur(grey(120), 0.5, 16, canvas.Ellipse(52, 96, 40, 5))
	b.solid(grey(226), canvas.Ellipse(50, 50, 44, 44))
	for i := range 6 {
		sin, cos := math.Sincos(float64(i) * math.Pi / 2.5)
		x, y, r := float32(50+30*sin), float32(50-30*cos), float32(9)
		if i == 5 {
			x, y, r = 50, 50, 11
		}
		b.blur(black, 0.95, 2, polygon(x, y-r, x+r, y-r*0.2, x+r*0.6, y+r, x-r*0.6, y+r, x-r, y-r*0.2))
	}
}

func orange(b *brush) {
	b.blur(grey(120), 0.5, 16, canvas.Ellipse(52, 96, 40, 5))
	round := canvas.Ellipse(50, 50, 44, 44)
	b.solid(color.RGBA{232, 140, 40, 255}, round)
	b.rough(round, 2.5, 14)
	b.solid(green, canvas.Ellipse(50, 10, 6, 3))
}

func cup(b *brush) {
	b.solid(blue, canvas.Ellipse(82, 50, 18, 20))
	b.Fill(grey(248), canvas.Ellipse(82, 50, 11, 13))
	b.solid(blue, func(p *canvas.Pen) {
		p.Start(12, 16).Curve(14, 80, 20, 96, 46, 96).Curve(72, 96, 78, 80, 80, 16)
	})
	b.Fill(times(blue, 1.3), canvas.Ellipse(46, 16, 34, 8))
	b.Fill(color.RGBA{70, 40, 24, 255}, canvas.Ellipse(46, 17, 30, 6))
}

func chair(b *brush) {
	for _, x := range []float32{14, 78} {
		b.solid(wood, rectangle(x, 0, x+8, 100))
	}
	for i := range 3 {
		b.solid(times(wood, 1.1), rectangle(14, 6+14*float32(i), 86, 14+14*float32(i)))
	}
	b.solid(times(wood, 0.9), polygon(8, 56, 92, 56, 98, 66, 2, 66))
	b.solid(times(wood, 0.8), rectangle(4, 66, 12, 100))
	b.solid(times(wood, 0.8), rectangle(88, 66, 96, 100))
}

func flower(b *brush) {
	b.solid(green, polygon(49, 40, 52, 40, 55, 100, 50, 100))
	b.solid(green, canvas.Ellipse(66, 76, 14, 5))
	for i := range 9 {
		sin, cos := math.Sincos(float64(i) * 2 * math.Pi / 9)
		b.solid(color.RGBA{228, 90, 140, 255}, canvas.Ellipse(float32(50+20*sin), float32(34-16*cos), 13, 11))
	}
	b.solid(color.RGBA{240, 200, 60, 255}, canvas.Ellipse(50, 34, 11, 9))
	b.rough(canvas.Ellipse(50, 34, 11, 9), 2, 20)
}

func tree(b *brush) {
	b.solid(times(wood, 0.7), polygon(44, 50, 56, 50, 62, 100, 38, 100))
	for i := range 24 {
		x, y := float32(50+30*values[i*3]), float32(32+24*values[i*3+1])
		leaves := canvas.Ellipse(x, y, 15, 11)
		b.solid(times(green, 1+0.25*values[i]), leaves)
		b.rough(leaves, 3, 25)
	}
}

func cat(b *brush) {
	fur := color.RGBA{190, 130, 76, 255}
	b.solid(fur, func(p *canvas.Pen) { p.Start(14, 100).Curve(16, 70, 30, 62, 50, 62).Curve(70, 62, 84, 70, 86, 100) })
	for _, s := range sides {
		b.solid(fur, polygon(50+s*12, 20, 50+s*36, 2, 50+s*36, 36))
		b.solid(color.RGBA{230, 170, 150, 255}, polygon(50+s*20, 18, 50+s*32, 9, 50+s*33, 28))
	}
	head := canvas.Ellipse(50, 42, 37, 28)
	b.solid(fur, head)
	b.rough(head, 2.2, 18)
	for i := range 3 {
		b.blur(times(fur, 0.6), 0.7, 3, polygon(44+5*float32(i), 16, 47+5*float32(i), 16, 46+5*float32(i), 30))
	}
	for _, s := range sides {
		b.Fill(color.RGBA{170, 190, 70, 255}, canvas.Ellipse(50+s*16, 39, 8, 5.5))
		b.Fill(black, canvas.Ellipse(50+s*16, 39, 2, 5))
		b.solid(color.RGBA{236, 214, 190, 255}, canvas.Ellipse(50+s*7, 55, 9, 7))
		for i := range 3 {
			y := 53 + 3*float32(i)
			b.blur(grey(240), 0.9, 0, polygon(50+s*14, y, 50+s*44, y-3+2*float32(i), 50+s*44, y-2.4+2*float32(i)))
		}
	}
	b.Fill(color.RGBA{200, 110, 110, 255}, polygon(46, 49, 54, 49, 50, 53))
}

func dog(b *brush) {
	fur := color.RGBA{120, 84, 54, 255}
	b.solid(fur, func(p *canvas.Pen) { p.Start(16, 100).Curve(20, 74, 34, 68, 50, 68).Curve(66, 68, 80, 74, 84, 100) })
	head := canvas.Ellipse(50, 38, 30, 30)
	b.solid(fur, head)
	b.rough(head, 2.2, 16)
	for _, s := range sides {
		b.solid(times(fur, 0.6), func(p *canvas.Pen) {
			p.Start(50+s*20, 12).Curve(50+s*50, 10, 50+s*46, 60, 50+s*32, 62).Curve(50+s*28, 44, 50+s*28, 30, 50+s*20, 12)
		})
		b.Fill(black, canvas.Ellipse(50+s*12, 32, 4, 3.6))
		b.Fill(grey(240), canvas.Ellipse(50+s*12-1, 31, 1.2, 1))
	}
	b.solid(times(fur, 1.5), canvas.Ellipse(50, 52, 17, 15))
	b.solid(black, canvas.Ellipse(50, 45, 7, 5))
	b.blur(black, 0.8, 2, polygon(49, 50, 51, 50, 51, 58, 60, 62, 50, 60, 40, 62, 49, 58))
	b.solid(color.RGBA{214, 110, 110, 255}, canvas.Ellipse(50, 65, 5, 6))
}

func teddy(b *brush) {
	fur := color.RGBA{166, 116, 70, 255}
	b.solid(fur, canvas.Ellipse(50, 84, 34, 28))
	for _, s := range sides {
		b.solid(fur, canvas.Ellipse(50+s*26, 14, 12, 11))
		b.solid(times(fur, 1.3), canvas.Ellipse(50+s*26, 15, 7, 6))
	}
	head := canvas.Ellipse(50, 36, 34, 30)
	b.solid(fur, head)
	b.rough(head, 2.6, 22)
	b.solid(times(fur, 1.35), canvas.Ellipse(50, 48, 15, 12))
	b.solid(black, canvas.Ellipse(50, 43, 5, 3.4))
	for _, s := range sides {
		b.solid(black, canvas.Ellipse(50+s*13, 31, 3.6, 3.4))
	}
	b.blur(black, 0.8, 2, polygon(49.4, 46, 50.6, 46, 50.6, 52, 56, 54, 50, 53, 44, 54, 49.4, 52))
}

func doll(b *brush) {
	skin := color.RGBA{250, 214, 196, 255}
	b.solid(color.RGBA{230, 190, 60, 255}, canvas.Ellipse(50, 40, 42, 40))
	b.solid(color.RGBA{220, 60, 120, 255}, polygon(34, 74, 66, 74, 84, 100, 16, 100))
	b.Fill(skin, rectangle(44, 68, 56, 78))
	b.solid(skin, canvas.Ellipse(50, 44, 30, 29))
	for _, s := range sides {
		b.Fill(grey(250), canvas.Ellipse(50+s*12, 44, 8, 8))
		b.Fill(color.RGBA{60, 120, 210, 255}, canvas.Ellipse(50+s*12, 45, 5.5, 6.4))
		b.Fill(black, canvas.Ellipse(50+s*12, 45, 2.6, 3.2))
		b.Fill(grey(255), canvas.Ellipse(50+s*12-2, 42.5, 1.6, 1.6))
		b.blur(color.RGBA{240, 130, 130, 255}, 0.6, 8, canvas.Ellipse(50+s*19, 56, 6, 4))
		b.Fill(times(wood, 0.7), polygon(50+s*6, 33, 50+s*18, 33, 50+s*18, 34.2, 50+s*6, 34.2))
	}
	b.Fill(red, canvas.Ellipse(50, 62, 5, 2))
	b.solid(color.RGBA{240, 204, 80, 255}, func(p *canvas.Pen) {
		p.Start(18, 44).Curve(20, 4, 80, 4, 82, 44).Curve(70, 24, 30, 24, 18, 44)
	})
}

// mannequin is a head without features.
func mannequin(b *brush) {
	b.solid(cream, polygon(38, 60, 62, 60, 64, 88, 84, 96, 84, 100, 16, 100, 16, 96, 36, 88))
	b.solid(cream, func(p *canvas.Pen) {
		p.Start(20, 36).Curve(20, -6, 80, -6, 80, 36).Curve(80, 60, 64, 80, 50, 80).Curve(36, 80, 20, 60, 20, 36)
	})
	b.blur(times(cream, 0.75), 0.7, 12, polygon(50, 30, 55, 52, 46, 52))
}

func hand(b *brush) {
	skin := color.RGBA{224, 178, 146, 255}
	for i, top := range []float32{18, 6, 2, 10} {
		x := 26 + 15*float32(i)
		b.solid(skin, func(p *canvas.Pen) {
			p.Start(x, 60).Curve(x-1, 30, x-1, top, x+6, top).Curve(x+13, top, x+13, 30, x+13, 60)
		})
		b.solid(color.RGBA{244, 210, 196, 255}, canvas.Ellipse(x+6, top+6, 4, 4))
	}
	b.solid(skin, func(p *canvas.Pen) {
		p.Start(26, 54).Curve(20, 90, 34, 96, 34, 100).Line(76, 100).Curve(80, 90, 86, 80, 84, 54)
	})
	b.solid(skin, func(p *canvas.Pen) {
		p.Start(34, 88).Curve(10, 74, 2, 60, 4, 52).Curve(12, 44, 20, 64, 32, 70)
	})
	b.blur(times(skin, 0.7), 0.6, 5, polygon(34, 66, 74, 62, 74, 64, 34, 69))
}

func shoe(b *brush) {
	b.blur(grey(110), 0.5, 14, canvas.Ellipse(50, 84, 50, 5))
	b.solid(color.RGBA{60, 40, 32, 255}, func(p *canvas.Pen) {
		p.Start(4, 76).Line(6, 30).Curve(20, 22, 32, 26, 38, 32).Curve(50, 54, 70, 52, 88, 60).Curve(98, 66, 98, 72, 98, 78)
	})
	b.solid(black, rectangle(3, 76, 99, 84))
	for i := range 4 {
		x := 38 + 8*float32(i)
		b.blur(grey(210), 1, 1, polygon(x, 40+4*float32(i), x+6, 46+4*float32(i), x+5, 48+4*float32(i), x-1, 42+4*float32(i)))
	}
}

func car(b *brush) {
	b.blur(grey(100), 0.6, 14, canvas.Ellipse(50, 90, 54, 5))
	b.solid(red, func(p *canvas.Pen) {
		p.Start(0, 82).Curve(-2, 56, 8, 54, 20, 52).Curve(30, 26, 36, 24, 50, 24).Curve(66, 24, 74, 34, 80, 52).Curve(100, 54, 102, 66, 100, 82)
	})
	b.solid(color.RGBA{150, 180, 200, 255}, polygon(28, 50, 36, 32, 50, 31, 50, 50))
	b.solid(color.RGBA{150, 180, 200, 255}, polygon(53, 50, 53, 31, 66, 34, 74, 50))
	for _, x := range []float32{22, 78} {
		b.solid(black, canvas.Ellipse(x, 82, 11, 14))
		b.solid(grey(180), canvas.Ellipse(x, 82, 6, 7.6))
	}
}

func bottle(b *brush) {
	b.solid(color.RGBA{40, 100, 60, 255}, func(p *canvas.Pen) {
		p.Start(40, 0).Line(60, 0).Line(60, 24).Curve(62, 40, 78, 40, 78, 56).Line(78, 100).Line(22, 100).Line(22, 56).Curve(22, 40, 38, 40, 40, 24)
	})
	b.solid(cream, rectangle(22, 62, 78, 88))
	b.solid(red, rectangle(38, -2, 62, 6))
	b.blur(grey(255), 0.6, 5, rectangle(30, 54, 34, 98))
}

func lamp(b *brush) {
	b.solid(grey(120), rectangle(48, 40, 52, 94))
	b.solid(grey(90), canvas.Ellipse(50, 95, 24, 5))
	b.solid(color.RGBA{244, 214, 150, 255}, polygon(32, 4, 68, 4, 88, 46, 12, 46))
}

func clock(b *brush) {
	b.solid(black, canvas.Ellipse(50, 50, 46, 46))
	b.solid(grey(240), canvas.Ellipse(50, 50, 41, 41))
	for i := range 12 {
		sin, cos := math.Sincos(float64(i) * math.Pi / 6)
		b.Fill(black, canvas.Ellipse(float32(50+35*sin), float32(50-35*cos), 1.8, 1.8))
	}
	b.blur(black, 1, 1, polygon(48.6, 52, 51.4, 52, 50.4, 20, 49.6, 20))
	b.blur(black, 1, 1, polygon(48, 48, 50, 52, 70, 64, 71, 62))
}

func umbrella(b *brush) {
	for i := range 4 {
		x := 25 * float32(i)
		b.solid(palette[i], func(p *canvas.Pen) {
			p.Start(50, 4).Curve(x-10, 10, x, 40, x, 50).Curve(x+8, 44, x+17, 44, x+25, 50).Curve(x+25, 40, x+35, 10, 50, 4)
		})
	}
	b.solid(wood, rectangle(49, 50, 52, 92))
}

func house(b *brush) {
	b.solid(color.RGBA{216, 190, 150, 255}, rectangle(10, 44, 90, 100))
	b.solid(color.RGBA{150, 60, 46, 255}, polygon(0, 46, 50, 6, 100, 46))
	for _, x := range []float32{20, 64} {
		b.solid(color.RGBA{120, 160, 190, 255}, rectangle(x, 56, x+16, 72))
	}
	b.solid(times(wood, 0.7), rectangle(42, 64, 58, 100))
}

func apple(b *brush) {
	b.blur(grey(120), 0.5, 14, canvas.Ellipse(52, 96, 36, 5))
	b.solid(red, func(p *canvas.Pen) {
		p.Start(50, 24).Curve(70, 8, 98, 22, 92, 54).Curve(88, 86, 66, 100, 50, 92).Curve(34, 100, 12, 86, 8, 54).Curve(2, 22, 30, 8, 50, 24)
	})
	b.solid(times(wood, 0.6), polygon(49, 26, 52, 26, 56, 6, 53, 6))
	b.solid(green, canvas.Ellipse(66, 12, 12, 5))
}

func fish(b *brush) {
	ink := color.RGBA{90, 140, 170, 255}
	b.solid(times(ink, 0.8), polygon(76, 50, 100, 28, 96, 50, 100, 72))
	body := canvas.Ellipse(44, 50, 42, 24)
	b.solid(ink, body)
	b.rough(body, 4, 20)
	b.solid(grey(240), canvas.Ellipse(18, 44, 5, 5))
	b.solid(black, canvas.Ellipse(18, 44, 2.6, 2.6))
}

// spectacles lie on a table without anybody behind them.
func spectacles(b *brush) {
	for _, s := range sides {
		b.Fill(black, canvas.Ellipse(50+s*24, 50, 20, 16))
		b.Fill(grey(244), canvas.Ellipse(50+s*24, 50, 18, 14))
		b.Fill(black, polygon(50+s*44, 46, 50+s*50, 40, 50+s*50, 43, 50+s*44, 49))
	}
	b.Fill(black, rectangle(46, 46, 54, 49))
}
