package drawn

import (
	"image"
	"image/color"
	"math"

	"certreissue/sample/canvas"
)

// Style is how hair is worn.
type Style int

const (
	Short  Style = iota // parted
	Crop                // a few millimetres
	Combed              // back
	Fringe              // short, falling over the forehead
	Long                // over both shoulders
	Bob                 // to the chin
	Bun                 // combed back, a knot on top
	Afro
	Wide // falling wide beside the head
	Bald
)

// Cut is what is worn below the neck.
type Cut int

const (
	Tee Cut = iota
	Stripes
	Collar // a shirt
	Jacket // over a white shirt
	Tie    // with a jacket
)

// Person is how somebody looks. Colours of the zero value mean that nothing of the kind is worn.
type Person struct {
	Skin, Hair, Shirt        color.RGBA
	Style                    Style
	Cut                      Cut
	Scarf, Hood, Mask        color.RGBA
	Patterned                bool // scarf and mask
	Woman, Old, Beard        bool
	Glasses, Sunglasses, Cap bool
	Tilt                     float64 // degrees, to the right of the picture
	Yaw                      float64 // −1 to 1: from one profile to the other, about 70°
	Light                    float64 // of the light on the wall that falls on the person, 0 for all
	Headless                 bool    // a shirt on a dummy that has no head
	Away                     bool    // seen from behind
	Smile                    bool    // with the teeth seen
	Broad                    float64 // −1 to 1: how broad jaw, mouth and nose are
}

// Place is where a face is, in pixels: the middle of the cheeks, the line of the eyes and
// the distance between the cheeks.
type Place struct{ X, Eyes, Width float64 }

// Usual is the place of a face in a good photo of 295×413.
var Usual = Place{147.5, 176, 132}

var sides = [...]float32{-1, 1}

// Half the width of a face, and its height from the line of the eyes up and down, in the
// units that a person is drawn in. The middle of the line of the eyes is (0, 0).
const (
	half  = 62
	crown = -88
	chin  = 90
)

// artist draws one person on a canvas.
type artist struct {
	*canvas.Canvas
	Person
	unit   float64 // pixels
	seed   uint32
	floor  float32 // the end of the picture or below
	face   *image.Alpha
	shadow color.RGBA // of the skin
	deep   color.RGBA
	bright color.RGBA
}

// Draw draws the person before what is on the canvas.
func (p Person) Draw(c *canvas.Canvas, at Place) {
	if p.Light == 0 {
		p.Light = 1
	}
	for _, ink := range []*color.RGBA{&p.Skin, &p.Hair, &p.Shirt, &p.Scarf, &p.Hood, &p.Mask} {
		*ink = times(*ink, p.Light)
	}
	a := &artist{Canvas: c, Person: p, unit: at.Width / (2 * half), seed: uint32(at.X*7 + at.Eyes*13)}
	fair := luma(p.Skin) / 255
	a.floor = max(420, float32((float64(c.Image.Rect.Max.Y)-at.Eyes)/a.unit)+40)
	a.shadow = canvas.Mix(times(p.Skin, 0.45), color.RGBA{70, 20, 16, 255}, 0.15*fair)
	a.deep = times(p.Skin, 0.22)
	a.bright = canvas.Mix(p.Skin, times(color.RGBA{255, 234, 214, 255}, p.Light), 0.2+0.08*fair)

	sin, cos := math.Sincos(p.Tilt * math.Pi / 180)
	upright := func(x, y float32) (float32, float32) {
		return float32(at.X + float64(x)*a.unit), float32(at.Eyes + float64(y)*a.unit)
	}
	// A head tilts about the neck.
	const pivot = 78
	tilted := func(x, y float32) (float32, float32) {
		dx, dy := float64(x), float64(y)-pivot
		return upright(float32(dx*cos-dy*sin), float32(dx*sin+dy*cos+pivot))
	}
	shoulders := func(x, y float32) (float32, float32) { return upright(x, y-14) }
	before := c.Place
	defer func() { c.Place = before }()

	c.Place = shoulders
	if p.Headless {
		a.bust()
		a.clothes()
		return
	}
	c.Place = tilted
	a.behind()
	c.Place = shoulders
	a.bust()
	a.neck()
	a.clothes()
	c.Place = tilted
	a.head()
	if p.Style == Long && p.Scarf.A == 0 && p.Hood.A == 0 {
		a.tresses()
	}
}

// head draws the head from back to front.
func (a *artist) head() {
	switch {
	case a.Away:
		a.nape()
		return
	case a.turned():
		a.profile()
		return
	}
	if !a.covered() && a.Style != Long && a.Style != Bob && a.Style != Wide && a.Style != Afro {
		a.ears()
	}
	a.contour()
	a.complexion()
	for _, side := range sides {
		a.eye(side)
	}
	a.nose()
	a.mouth()
	if a.Old {
		a.wrinkles()
	}
	if a.Beard {
		a.beard()
	}
	if a.Scarf.A == 0 {
		a.hairdo()
	}
	if a.Person.Mask.A > 0 {
		a.mask()
	}
	if a.Glasses || a.Sunglasses {
		a.glasses()
	}
	switch {
	case a.Scarf.A > 0:
		a.scarf()
	case a.Hood.A > 0:
		a.hood()
	case a.Cap:
		a.cap()
	}
}

// covered reports whether cloth hides the hair.
func (a *artist) covered() bool { return a.Scarf.A > 0 || a.Hood.A > 0 }

// turned reports a face of which one half is not seen.
func (a *artist) turned() bool { return math.Abs(a.Yaw) > 0.8 }

// at turns a point of the front of the head, which stands out by depth, with the head.
func (a *artist) at(x, depth float32) float32 {
	sin, cos := math.Sincos(a.Yaw * 70 * math.Pi / 180)
	const r = 70
	x64 := float64(x)
	z := 0.8*math.Sqrt(max(r*r-x64*x64, 0)) + float64(depth)
	return float32(x64*cos + z*sin - 22*sin)
}

// turn is a shape on the front of the head, turned with it.
func (a *artist) turn(s canvas.Shape, depth float32) canvas.Shape {
	if a.Yaw == 0 {
		return s
	}
	return func(p *canvas.Pen) {
		p.Warp(func(x, y float32) (float32, float32) { return a.at(x, depth), y }, s)
	}
}

// soft paints a part of the face; blur is in the person's units.
func (a *artist) soft(ink color.RGBA, strength, blur float64, within *image.Alpha, s canvas.Shape) {
	a.Soft(ink, strength, int(math.Round(blur*a.unit)), within, s)
}

// feature is soft for what lies on the face, and turns with it.
func (a *artist) feature(ink color.RGBA, strength, blur float64, s canvas.Shape) {
	a.soft(ink, strength, blur, a.face, a.turn(s, 0))
}
