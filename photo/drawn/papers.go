package drawn

import (
	"image/color"
	"math"

	"github.com/skip2/go-qrcode"

	"certreissue/sample/canvas"
)

// qr is a code that can be read.
func qr(b *brush) {
	code, err := qrcode.New("https://example.com/certificates/2026", qrcode.Medium)
	if err != nil {
		panic(err) // the text is short
	}
	dots := code.Bitmap()
	step := 100 / float32(len(dots))
	for y, line := range dots {
		for x, dark := range line {
			if dark {
				b.rect(black, float32(x)*step, float32(y)*step, float32(x+1)*step, float32(y+1)*step)
			}
		}
	}
}

func barcode(b *brush) {
	x := float32(0)
	for i := 0; x < 96; i++ {
		wide := float32(1 + math.Floor(1.5*(1+values[i])))
		b.rect(black, x, 0, x+wide, 84)
		x += wide + float32(1+math.Floor(1.2*(1+values[i+300])))
	}
	b.glyphs(0, 88, 100, 98, 13, 1)
}

// glyphs fills a part of the frame with what looks like written characters.
func (b *brush) glyphs(left, top, right, bottom float32, columns, lines int) {
	w, h := (right-left)/float32(columns), (bottom-top)/float32(lines)
	for line := range lines {
		for column := range columns {
			i := line*columns + column
			if values[(i*3)&1023] > 0.8 {
				continue // a blank
			}
			x, y := left+w*float32(column), top+h*float32(line)
			for stroke := range 5 {
				v := float32(1+values[(i*7+stroke*13)&1023]) / 2
				if stroke%2 == 0 {
					b.rect(black, x+w*0.1, y+h*(0.1+0.6*v), x+w*0.85, y+h*(0.17+0.6*v))
				} else {
					b.rect(black, x+w*(0.15+0.6*v), y+h*0.1, x+w*(0.23+0.6*v), y+h*0.78)
				}
			}
		}
	}
}

func text(b *brush) {
	b.glyphs(20, 4, 80, 11, 6, 1)
	b.glyphs(8, 16, 92, 96, 17, 18)
}

func letter(b *brush) {
	b.blur(grey(120), 0.4, 10, rectangle(2, 2, 102, 101))
	b.rect(color.RGBA{250, 246, 232, 255}, 0, 0, 100, 100)
	b.glyphs(10, 10, 90, 46, 12, 7)
	b.seal(70, 74, 18, 13)
}

// seal is the red round one of an office.
func (b *brush) seal(x, y, rx, ry float32) {
	ink := color.RGBA{200, 40, 40, 255}
	m := b.Mask(canvas.Ellipse(x, y, rx, ry), 0)
	without(m, b.Mask(canvas.Ellipse(x, y, rx*0.9, ry*0.9), 0))
	b.Paint(ink, m)
	b.star(ink, x, y, rx*0.4, ry*0.4)
}

func (b *brush) star(ink color.RGBA, x, y, rx, ry float32) {
	var points []float32
	for i := range 10 {
		r := 1 - 0.62*float32(i%2)
		sin, cos := math.Sincos(float64(i) * math.Pi / 5)
		points = append(points, x+r*rx*float32(sin), y-r*ry*float32(cos))
	}
	b.Fill(ink, polygon(points...))
}

// form is a table with headings and entries.
func form(b *brush) {
	b.glyphs(25, 2, 75, 9, 6, 1)
	for i := range 12 {
		y := 12 + 7.6*float32(i)
		b.rect(grey(60), 4, y, 96, y+0.5)
		if i < 11 {
			b.glyphs(6, y+2, 26, y+6.4, 4, 1)
			b.glyphs(34, y+2, 34+float32(20+20*math.Abs(values[i])), y+6.4, 6, 1)
		}
	}
	for _, x := range []float32{4, 30, 95.4} {
		b.rect(grey(60), x, 12, x+0.6, 95.6)
	}
}

// card is one with a name and a number, and no photo.
func card(b *brush) {
	b.blur(grey(110), 0.5, 8, rectangle(1, 1, 102, 103))
	b.rect(color.RGBA{206, 224, 236, 255}, 0, 0, 100, 100)
	b.rect(color.RGBA{50, 100, 160, 255}, 0, 0, 100, 18)
	b.glyphs(6, 28, 40, 40, 5, 1)
	b.glyphs(6, 46, 66, 58, 9, 1)
	b.glyphs(6, 78, 92, 90, 15, 1)
}

func bars(b *brush) {
	b.rect(black, 4, 4, 5, 96)
	b.rect(black, 4, 95, 98, 96)
	for i := range 7 {
		b.rect(palette[i], 10+12*float32(i), 92-float32(40+40*values[i*5]), 19+12*float32(i), 95)
	}
}

func pie(b *brush) {
	from := 0.0
	for i := range 5 {
		to := from + (0.7+0.5*values[i*9])*1.3
		if i == 4 {
			to = 2 * math.Pi
		}
		points := []float32{50, 50}
		for angle := from; angle <= to+0.01; angle += 0.05 {
			points = append(points, float32(50+44*math.Sin(angle)), float32(50-44*math.Cos(angle)))
		}
		b.Fill(palette[i], polygon(points...))
		from = to
	}
}

func curve(b *brush) {
	for i := range 6 {
		b.rect(grey(210), 4, 16*float32(i)+8, 98, 16*float32(i)+8.4)
	}
	b.rect(black, 4, 4, 5, 96)
	b.rect(black, 4, 95, 98, 96)
	for x := 5.0; x < 97; x += 0.7 {
		for i, ink := range palette[:2] {
			y := 60 - 0.3*x + 16*noise1(x/14+float64(i)*50) + 10*float64(i)
			b.Fill(ink, canvas.Ellipse(float32(x), float32(y), 1, 0.8))
		}
	}
}

func chat(b *brush) {
	b.rect(grey(236), 0, 0, 100, 100)
	b.rect(grey(60), 0, 0, 100, 9)
	for i := range 7 {
		y, wide := 13+12*float32(i), float32(30+18*math.Abs(values[i*3]))
		ink, x, badge := grey(252), float32(14), float32(3)
		if i%3 == 1 {
			ink, x, badge = color.RGBA{150, 220, 110, 255}, 86-wide, 88
		}
		b.rect(ink, x, y, x+wide, y+9)
		b.rect(palette[i], badge, y, badge+9, y+7)
		b.glyphs(x+2, y+2, x+wide-2, y+7, 8, 1)
	}
}

func keyboard(b *brush) {
	b.solid(grey(70), rectangle(0, 0, 100, 100))
	for row := range 5 {
		for column := range 12 {
			x, y := 3+7.9*float32(column), 6+18*float32(row)
			b.solid(grey(200), rectangle(x, y, x+6.6, y+14))
		}
	}
}

func telephone(b *brush) {
	b.solid(black, rectangle(0, 0, 100, 100))
	b.rect(color.RGBA{40, 70, 120, 255}, 5, 6, 95, 94)
	for i := range 20 {
		x, y := 11+21*float32(i%4), 14+15*float32(i/4)
		b.solid(palette[i%7], rectangle(x, y, x+14, y+9))
	}
}

func smiley(b *brush) {
	b.solid(color.RGBA{248, 210, 50, 255}, canvas.Ellipse(50, 50, 46, 46))
	for _, s := range sides {
		b.Fill(black, canvas.Ellipse(50+s*16, 38, 5, 8))
	}
	b.Fill(black, func(p *canvas.Pen) {
		p.Start(24, 60).Curve(32, 84, 68, 84, 76, 60).Curve(66, 78, 34, 78, 24, 60)
	})
}

func logo(b *brush) {
	b.Fill(blue, canvas.Ellipse(50, 50, 46, 46))
	b.star(color.RGBA{250, 220, 60, 255}, 50, 44, 26, 26)
	b.rect(grey(250), 16, 70, 84, 80)
}

func mountains(b *brush) {
	for y := range 100 {
		b.rect(canvas.Mix(color.RGBA{110, 160, 220, 255}, color.RGBA{230, 236, 240, 255}, float64(y)/60), 0, float32(y), 100, float32(y)+1.2)
	}
	for i, ink := range []color.RGBA{{130, 140, 160, 255}, {90, 110, 100, 255}, {70, 110, 60, 255}} {
		points := []float32{-2, 102}
		for x := float32(-2); x <= 102; x += 2 {
			points = append(points, x, float32(46+18*i)+14*float32(noise1(float64(x)/12+float64(i)*40)))
		}
		ridge := polygon(append(points, 102, 102)...)
		b.Fill(ink, ridge)
		b.rough(ridge, 4, 16)
	}
}

func sea(b *brush) {
	for y := range 100 {
		b.rect(canvas.Mix(color.RGBA{90, 60, 120, 255}, color.RGBA{250, 170, 90, 255}, float64(y)/55), 0, float32(y), 100, float32(y)+1.2)
	}
	b.blur(color.RGBA{255, 240, 190, 255}, 1, 4, canvas.Ellipse(50, 48, 9, 7))
	water := rectangle(0, 55, 100, 101)
	b.Fill(color.RGBA{50, 60, 100, 255}, water)
	b.rough(water, 5, 40)
	b.blur(color.RGBA{250, 200, 130, 255}, 0.6, 8, polygon(46, 55, 54, 55, 62, 100, 38, 100))
}

func skyline(b *brush) {
	b.rect(color.RGBA{200, 214, 230, 255}, 0, 0, 100, 100)
	for i := range 9 {
		x, top := float32(i)*11.5, float32(44+26*values[i*3])
		b.solid(grey(level(110+40*values[i])), rectangle(x, top, x+10, 101))
		for j := range 30 {
			wx, wy := x+1.5+3*float32(j%3), top+3+5*float32(j/3)
			if wy < 98 {
				b.rect(color.RGBA{240, 226, 160, 255}, wx, wy, wx+1.6, wy+2.6)
			}
		}
	}
}
