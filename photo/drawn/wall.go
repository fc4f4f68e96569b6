package drawn

import (
	"image"
	"image/color"
	"math"

	"certreissue/sample/canvas"
)

// Wall paints what is behind people.
type Wall func(c *canvas.Canvas)

// Painted is a wall of one colour, a little darker towards the corners.
func Painted(paint color.RGBA) Wall {
	return Lit(paint, func(x, y float64) float64 { return 1 - 0.03*((x-0.5)*(x-0.5)+(y-0.5)*(y-0.5)) })
}

// Grey is a wall without a colour, of a brightness.
func Grey(v uint8) Wall { return Painted(grey(v)) }

// Lit is a wall of one colour in a light that depends on the place, both 0–1.
func Lit(paint color.RGBA, light func(x, y float64) float64) Wall {
	return func(c *canvas.Canvas) {
		each(c, func(x, y float64) color.RGBA { return times(paint, light(x, y)) })
	}
}

// Down is a wall that goes from one colour to another.
func Down(from, to color.RGBA) Wall {
	return func(c *canvas.Canvas) {
		each(c, func(_, y float64) color.RGBA { return canvas.Mix(from, to, y) })
	}
}

// Across is Down from left to right; by says how.
func Across(from, to color.RGBA, by func(x float64) float64) Wall {
	return func(c *canvas.Canvas) {
		each(c, func(x, _ float64) color.RGBA { return canvas.Mix(from, to, by(x)) })
	}
}

func linear(x float64) float64 { return x }

// halved leaves one colour for the other in the middle.
func halved(x float64) float64 { return min(max((x-0.5)*60, 0), 1) }

// each gives every pixel a colour, by its place, both 0–1.
func each(c *canvas.Canvas, f func(x, y float64) color.RGBA) {
	w, h := c.Image.Rect.Dx(), c.Image.Rect.Dy()
	for y := range h {
		for x := range w {
			ink := f((float64(x)+0.5)/float64(w), (float64(y)+0.5)/float64(h))
			p := c.Image.Pix[y*c.Image.Stride+4*x:][:4:4]
			p[0], p[1], p[2], p[3] = ink.R, ink.G, ink.B, 255
		}
	}
}

// With hangs or stands things before a wall.
func (w Wall) With(things ...Wall) Wall {
	return func(c *canvas.Canvas) {
		w(c)
		for _, thing := range things {
			thing(c)
		}
	}
}

// box is a rectangle, its sides in shares of the picture.
type box struct{ left, top, right, bottom float32 }

// frame lets a thing draw in 100×100 units of its own.
func (b box) frame(draw func(p *brush)) Wall {
	return func(c *canvas.Canvas) {
		w, h := float32(c.Image.Rect.Dx()), float32(c.Image.Rect.Dy())
		before := c.Place
		c.Place = func(x, y float32) (float32, float32) {
			return (b.left + (b.right-b.left)*x/100) * w, (b.top + (b.bottom-b.top)*y/100) * h
		}
		all := image.NewAlpha(c.Image.Rect)
		for i := range all.Pix {
			all.Pix[i] = 255
		}
		draw(&brush{c, all})
		c.Place = before
	}
}

// brush draws things.
type brush struct {
	*canvas.Canvas
	all *image.Alpha
}

func rectangle(left, top, right, bottom float32) canvas.Shape {
	return polygon(left, top, right, top, right, bottom, left, bottom)
}

// polygon goes round the points x, y, x, y …
func polygon(points ...float32) canvas.Shape {
	return func(p *canvas.Pen) {
		p.Start(points[0], points[1])
		for i := 2; i < len(points); i += 2 {
			p.Line(points[i], points[i+1])
		}
	}
}

func (b *brush) rect(ink color.RGBA, left, top, right, bottom float32) {
	b.Fill(ink, rectangle(left, top, right, bottom))
}

func (b *brush) blur(ink color.RGBA, strength float64, blur int, s canvas.Shape) {
	b.Soft(ink, strength, blur, b.all, s)
}

// solid fills a shape and rounds it by a light from the upper left.
func (b *brush) solid(ink color.RGBA, s canvas.Shape) {
	m := b.Mask(s, 0)
	b.Paint(ink, m)
	r := m.Rect
	w, h := float64(r.Dx()), float64(r.Dy())
	relight(b.Canvas, m, func(x, y int) float64 {
		dx, dy := (float64(x-r.Min.X)/w)-0.38, (float64(y-r.Min.Y)/h)-0.32
		return 26 - 90*(dx*dx+dy*dy) + 5*noise2(float64(x)/1.7, float64(y)/1.7)
	})
}

// rough gives what is under a shape a grain.
func (b *brush) rough(s canvas.Shape, size, amount float64) {
	relight(b.Canvas, b.Mask(s, 0), func(x, y int) float64 { return amount * noise2(float64(x)/size, float64(y)/size) })
}

// Door is one with its frame, panels and handle, in shares of the picture.
func Door(paint color.RGBA, left, top, right, bottom float32) Wall {
	return box{left, top, right, bottom}.frame(func(b *brush) {
		b.blur(grey(90), 0.5, 10, rectangle(-6, -1, 106, 101))
		b.rect(times(paint, 0.7), 0, 0, 100, 100)
		b.rect(paint, 5, 1.5, 95, 100)
		for i := range 2 {
			y := 6 + 46*float32(i)
			b.rect(times(paint, 0.75), 20, y, 80, y+40)
			b.rect(times(paint, 1.1), 23, y+2, 80, y+40)
		}
		b.Fill(color.RGBA{190, 180, 150, 255}, rectangle(82, 50, 92, 54))
		b.rough(rectangle(0, 0, 100, 100), 6, 6)
	})
}

// Cupboard has shelves with books.
func Cupboard(left, top, right, bottom float32) Wall {
	wood := color.RGBA{150, 104, 64, 255}
	return box{left, top, right, bottom}.frame(func(b *brush) {
		b.rect(wood, 0, 0, 100, 100)
		for shelf := range 4 {
			y := 2 + 25*float32(shelf)
			b.rect(times(wood, 0.45), 4, y, 96, y+22)
			for i := range 11 {
				tall := float32(12 + 7*math.Abs(values[shelf*31+i]))
				ink := color.RGBA{level(120 + 90*values[i*7+shelf]), level(100 + 80*values[i*11+shelf+40]), level(110 + 90*values[i*13+shelf+80]), 255}
				b.rect(ink, 6+8*float32(i), y+22-tall, 13+8*float32(i), y+22)
			}
		}
		b.rough(rectangle(0, 0, 100, 100), 3, 8)
	})
}

// Poster hangs on the wall: a picture of bars, lines and a heading.
func Poster(left, top, right, bottom float32) Wall {
	return box{left, top, right, bottom}.frame(func(b *brush) {
		b.blur(grey(100), 0.5, 8, rectangle(1, 1, 103, 102))
		b.rect(color.RGBA{240, 236, 214, 255}, 0, 0, 100, 100)
		b.rect(color.RGBA{40, 90, 160, 255}, 0, 0, 100, 16)
		for i := range 7 {
			high := float32(20 + 22*(1+values[i*5]))
			b.rect(palette[i%len(palette)], 8+12*float32(i), 84-high, 17+12*float32(i), 84)
		}
		for i := range 3 {
			b.rect(grey(110), 8, 88+4*float32(i), 90, 89.5+4*float32(i))
		}
	})
}

// Grid is a wall of tiles or squared paper.
func Grid(ink color.RGBA, step, thick float64) Wall {
	return func(c *canvas.Canvas) {
		relightTo(c, ink, func(x, y float64) float64 {
			near := min(math.Mod(x, step), math.Mod(y, step))
			return min(max(thick-near, 0), 1)
		})
	}
}

// relightTo mixes a colour in, by a share for each pixel.
func relightTo(c *canvas.Canvas, ink color.RGBA, by func(x, y float64) float64) {
	w, h := c.Image.Rect.Dx(), c.Image.Rect.Dy()
	for y := range h {
		for x := range w {
			if share := by(float64(x), float64(y)); share > 0 {
				c.Image.SetRGBA(x, y, canvas.Mix(c.Image.RGBAAt(x, y), ink, share))
			}
		}
	}
}

// Border runs around the picture, so many pixels wide.
func Border(ink color.RGBA, wide float64) Wall {
	return func(c *canvas.Canvas) {
		w, h := float64(c.Image.Rect.Dx()), float64(c.Image.Rect.Dy())
		relightTo(c, ink, func(x, y float64) float64 {
			return min(max(wide-min(x, y, w-1-x, h-1-y), 0), 1)
		})
	}
}

// Window shows sky and trees.
func Window(left, top, right, bottom float32) Wall {
	return box{left, top, right, bottom}.frame(func(b *brush) {
		b.rect(grey(225), -5, -3, 105, 103)
		b.rect(color.RGBA{150, 190, 230, 255}, 0, 0, 100, 100)
		for i := range 14 {
			x := float32(i) * 8
			b.blur(color.RGBA{60, 100, 50, 255}, 0.9, 8, canvas.Ellipse(x, 84+6*float32(values[i]), 12, 22))
		}
		b.rect(grey(235), 47, 0, 53, 100)
		b.rect(grey(235), 0, 46, 100, 50)
	})
}

// Curtain falls in folds.
func Curtain(cloth color.RGBA, fold float64) Wall {
	return Lit(cloth, func(x, y float64) float64 {
		return 0.86 + 0.14*math.Sin(x*fold+0.6*math.Sin(y*3)) + 0.05*noise2(x*fold, y*4)
	})
}

// Shadow is cast on the wall by a head, to one side: its middle and its half axes in shares
// of the picture, its darkness 0–1.
func Shadow(x, y, rx, ry float32, dark float64, blur int) Wall {
	return box{0, 0, 1, 1}.frame(func(b *brush) {
		b.blur(color.RGBA{40, 40, 46, 255}, dark, blur, func(p *canvas.Pen) {
			canvas.Ellipse(x*100, y*100, rx*100, ry*100)(p)
		})
	})
}

// palette are colours of clothes and print.
var palette = []color.RGBA{{190, 40, 44, 255}, {40, 90, 170, 255}, {230, 180, 40, 255}, {50, 130, 80, 255}, {120, 60, 140, 255}, {230, 120, 50, 255}, {60, 60, 66, 255}}
