package sample

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"math/rand/v2"

	"golang.org/x/image/math/f32"
	"golang.org/x/image/vector"
)

// canvas is the picture being drawn.
type canvas struct {
	img    *image.RGBA
	raster vector.Rasterizer
}

func newCanvas(background color.Color) *canvas {
	c := &canvas{img: image.NewRGBA(image.Rect(0, 0, portraitWidth, portraitHeight))}
	draw.Draw(c.img, c.img.Rect, image.NewUniform(background), image.Point{}, draw.Src)
	return c
}

// The face is drawn around (0, 0), in units a little larger than a pixel, and
// stands here on the canvas.
const (
	middleX, middleY = portraitWidth / 2.0, 173
	unit             = 1.13
)

var sides = [...]float32{-1, 1}

// shape draws an outline.
type shape func(*pen)

// pen notes an outline as a start and cubic curves, three points each.
type pen struct{ points []f32.Vec2 }

func (p *pen) start(x, y float32) *pen {
	p.points = append(p.points, f32.Vec2{x*unit + middleX, y*unit + middleY})
	return p
}

func (p *pen) curve(ax, ay, bx, by, x, y float32) *pen {
	return p.start(ax, ay).start(bx, by).start(x, y)
}

func (p *pen) line(x, y float32) *pen {
	p.points = append(p.points, p.points[len(p.points)-1])
	return p.start(x, y).start(x, y)
}

func ellipse(x, y, rx, ry float32) shape {
	const k = 0.5523 // a quarter of a circle as a cubic curve
	return func(p *pen) {
		p.start(x-rx, y).curve(x-rx, y-k*ry, x-k*rx, y-ry, x, y-ry).curve(x+k*rx, y-ry, x+rx, y-k*ry, x+rx, y)
		p.curve(x+rx, y+k*ry, x+k*rx, y+ry, x, y+ry).curve(x-k*rx, y+ry, x-rx, y+k*ry, x-rx, y)
	}
}

// mask renders a shape, with room for a blur around it.
func (c *canvas) mask(s shape, room int) *image.Alpha {
	var p pen
	s(&p)
	low, high := p.points[0], p.points[0]
	for _, q := range p.points {
		low = f32.Vec2{min(low[0], q[0]), min(low[1], q[1])}
		high = f32.Vec2{max(high[0], q[0]), max(high[1], q[1])}
	}
	box := image.Rect(int(low[0])-1-room, int(low[1])-1-room, int(high[0])+2+room, int(high[1])+2+room)
	at := func(q f32.Vec2) (x, y float32) { return q[0] - float32(box.Min.X), q[1] - float32(box.Min.Y) }
	c.raster.Reset(box.Dx(), box.Dy())
	c.raster.MoveTo(at(p.points[0]))
	for q := p.points[1:]; len(q) > 0; q = q[3:] {
		ax, ay := at(q[0])
		bx, by := at(q[1])
		x, y := at(q[2])
		c.raster.CubeTo(ax, ay, bx, by, x, y)
	}
	c.raster.ClosePath()
	m := image.NewAlpha(box)
	c.raster.Draw(m, box, image.Opaque, image.Point{})
	return m
}

// paint lays a colour over the canvas as strongly as the mask says.
func (c *canvas) paint(ink color.RGBA, m *image.Alpha) {
	box := m.Rect.Intersect(c.img.Rect)
	for y := box.Min.Y; y < box.Max.Y; y++ {
		alpha := m.Pix[m.PixOffset(box.Min.X, y):]
		pix := c.img.Pix[c.img.PixOffset(box.Min.X, y):]
		for x := range box.Dx() {
			if a := int(alpha[x]); a > 0 {
				p := pix[4*x : 4*x+3 : 4*x+3]
				p[0] += uint8((int(ink.R) - int(p[0])) * a / 255)
				p[1] += uint8((int(ink.G) - int(p[1])) * a / 255)
				p[2] += uint8((int(ink.B) - int(p[2])) * a / 255)
			}
		}
	}
}

func (c *canvas) fill(ink color.RGBA, s shape) { c.paint(ink, c.mask(s, 0)) }

// soft paints the part of s that lies within a mask, its edge blurred over
// about blur pixels.
func (c *canvas) soft(ink color.RGBA, strength float64, blur int, within *image.Alpha, s shape) {
	m := c.mask(s, blur)
	if r := blur / 2; r > 0 {
		for range 2 { // twice a box is nearly a bell
			for y := range m.Rect.Dy() {
				average(m.Pix[y*m.Stride:], 1, m.Rect.Dx(), r)
			}
			for x := range m.Rect.Dx() {
				average(m.Pix[x:], m.Stride, m.Rect.Dy(), r)
			}
		}
	}
	box := m.Rect.Intersect(within.Rect)
	part := m.SubImage(box).(*image.Alpha)
	scale := int(strength * 256)
	for y := box.Min.Y; y < box.Max.Y; y++ {
		to, by := part.Pix[part.PixOffset(box.Min.X, y):], within.Pix[within.PixOffset(box.Min.X, y):]
		for x := range box.Dx() {
			to[x] = uint8(int(to[x]) * int(by[x]) * scale / (255 * 256))
		}
	}
	c.paint(ink, part)
}

// average replaces each of n bytes, step apart, by the mean of the 2r+1 around it.
func average(pix []uint8, step, n, r int) {
	var before [2 * portraitHeight]uint8
	for i := range n {
		before[i] = pix[i*step]
	}
	sum := 0
	for i := -r; i < n; i++ {
		if i+r < n {
			sum += int(before[i+r])
		}
		if i > r {
			sum -= int(before[i-r-1])
		}
		if i >= 0 {
			pix[i*step] = uint8(sum / (2*r + 1))
		}
	}
}

// grain adds the fine noise of a film.
func (c *canvas) grain(r *rand.Rand) {
	for i := 0; i < len(c.img.Pix); i += 4 {
		u := r.Uint32()
		n := int(u&7+u>>3&7+u>>6&7) - 10
		for j := i; j < i+3; j++ {
			c.img.Pix[j] = uint8(min(max(int(c.img.Pix[j])+n/3, 0), 255))
		}
	}
}

// mix moves a colour towards another, by 0–1.
func mix(a, b color.RGBA, by float64) color.RGBA {
	part := func(a, b uint8) uint8 { return uint8(math.Round(float64(a) + (float64(b)-float64(a))*by)) }
	return color.RGBA{part(a.R, b.R), part(a.G, b.G), part(a.B, b.B), 255}
}

// shade and light are a colour in shadow and in the light.
func shade(c color.RGBA, by float64) color.RGBA { return mix(c, color.RGBA{48, 22, 30, 255}, by) }
func light(c color.RGBA, by float64) color.RGBA { return mix(c, color.RGBA{255, 250, 244, 255}, by) }
