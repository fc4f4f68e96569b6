// Package canvas draws soft, shaded shapes: outlines of cubic curves, filled with one
// colour or blurred at their edges.
package canvas

import (
	"image"
	"image/color"
	"image/draw"
	"math"

	"golang.org/x/image/math/f32"
	"golang.org/x/image/vector"
)

// Canvas is the picture being drawn.
type Canvas struct {
	Image *image.RGBA
	// Place says where a point of a shape lies, in pixels; nil where points are pixels.
	Place  func(x, y float32) (float32, float32)
	raster vector.Rasterizer
	line   []uint8
}

// New is a canvas of one colour, in pixels.
func New(width, height int, background color.Color) *Canvas {
	c := &Canvas{Image: image.NewRGBA(image.Rect(0, 0, width, height))}
	draw.Draw(c.Image, c.Image.Rect, image.NewUniform(background), image.Point{}, draw.Src)
	return c
}

// Shape draws an outline.
type Shape func(*Pen)

// Pen notes an outline as a start and cubic curves, three points each.
type Pen struct {
	points []f32.Vec2
	place  func(x, y float32) (float32, float32)
}

// Start is where the outline begins.
func (p *Pen) Start(x, y float32) *Pen {
	if p.place != nil {
		x, y = p.place(x, y)
	}
	p.points = append(p.points, f32.Vec2{x, y})
	return p
}

// Curve goes on to (x, y), past (ax, ay) and (bx, by).
func (p *Pen) Curve(ax, ay, bx, by, x, y float32) *Pen {
	return p.Start(ax, ay).Start(bx, by).Start(x, y)
}

// Line goes straight to (x, y).
func (p *Pen) Line(x, y float32) *Pen {
	p.points = append(p.points, p.points[len(p.points)-1])
	return p.Start(x, y).Start(x, y)
}

// Warp draws s with each point of it moved.
func (p *Pen) Warp(to func(x, y float32) (float32, float32), s Shape) {
	place := p.place
	p.place = func(x, y float32) (float32, float32) {
		x, y = to(x, y)
		if place != nil {
			return place(x, y)
		}
		return x, y
	}
	s(p)
	p.place = place
}

// Ellipse has its middle at (x, y).
func Ellipse(x, y, rx, ry float32) Shape {
	const k = 0.5523 // a quarter of a circle as a cubic curve
	return func(p *Pen) {
		p.Start(x-rx, y).Curve(x-rx, y-k*ry, x-k*rx, y-ry, x, y-ry).Curve(x+k*rx, y-ry, x+rx, y-k*ry, x+rx, y)
		p.Curve(x+rx, y+k*ry, x+k*rx, y+ry, x, y+ry).Curve(x-k*rx, y+ry, x-rx, y+k*ry, x-rx, y)
	}
}

// Mask renders a shape, with room for a blur around it.
func (c *Canvas) Mask(s Shape, room int) *image.Alpha {
	p := Pen{place: c.Place}
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

// Paint lays a colour over the canvas as strongly as the mask says.
func (c *Canvas) Paint(ink color.RGBA, m *image.Alpha) {
	box := m.Rect.Intersect(c.Image.Rect)
	for y := box.Min.Y; y < box.Max.Y; y++ {
		alpha := m.Pix[m.PixOffset(box.Min.X, y):]
		pix := c.Image.Pix[c.Image.PixOffset(box.Min.X, y):]
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

// Fill paints a shape.
func (c *Canvas) Fill(ink color.RGBA, s Shape) { c.Paint(ink, c.Mask(s, 0)) }

// Soft paints the part of s that lies within a mask, its edge blurred over
// about blur pixels.
func (c *Canvas) Soft(ink color.RGBA, strength float64, blur int, within *image.Alpha, s Shape) {
	m := c.Mask(s, blur)
	c.blur(m, blur/2)
	box := m.Rect.Intersect(within.Rect)
	part := m.SubImage(box).(*image.Alpha)
	scale := int(strength * 256)
	for y := box.Min.Y; y < box.Max.Y; y++ {
		to, by := part.Pix[part.PixOffset(box.Min.X, y):], within.Pix[within.PixOffset(box.Min.X, y):]
		for x := range box.Dx() {
			to[x] = uint8(int(to[x]) * int(by[x]) * scale / (255 * 256))
		}
	}
	c.Paint(ink, part)
}

// blur averages a mask over 2r+1 pixels each way, twice: that is nearly a bell.
func (c *Canvas) blur(m *image.Alpha, r int) {
	if r == 0 {
		return
	}
	for range 2 {
		for y := range m.Rect.Dy() {
			c.average(m.Pix[y*m.Stride:], 1, m.Rect.Dx(), r)
		}
		for x := range m.Rect.Dx() {
			c.average(m.Pix[x:], m.Stride, m.Rect.Dy(), r)
		}
	}
}

// average replaces each of n bytes, step apart, by the mean of the 2r+1 around it.
func (c *Canvas) average(pix []uint8, step, n, r int) {
	if len(c.line) < n {
		c.line = make([]uint8, n)
	}
	before := c.line[:n]
	for i := range before {
		before[i] = pix[i*step]
	}
	part := 1<<32/(2*r+1) + 1 // to multiply by: a division takes longer than all the rest
	sum := 0
	for i := -r; i < n; i++ {
		if i+r < n {
			sum += int(before[i+r])
		}
		if i > r {
			sum -= int(before[i-r-1])
		}
		if i >= 0 {
			pix[i*step] = uint8(sum * part >> 32)
		}
	}
}

// Mix moves a colour towards another, by 0–1.
func Mix(a, b color.RGBA, by float64) color.RGBA {
	part := func(a, b uint8) uint8 { return uint8(math.Round(float64(a) + (float64(b)-float64(a))*by)) }
	return color.RGBA{part(a.R, b.R), part(a.G, b.G), part(a.B, b.B), 255}
}

// Shade is a colour in shadow, by 0–1.
func Shade(c color.RGBA, by float64) color.RGBA { return Mix(c, color.RGBA{48, 22, 30, 255}, by) }

// Light is a colour in the light, by 0–1.
func Light(c color.RGBA, by float64) color.RGBA { return Mix(c, color.RGBA{255, 250, 244, 255}, by) }
