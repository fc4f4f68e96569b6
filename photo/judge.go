package photo

import (
	"image"
)

// The middle of the picture, in cells: whatever the framing, the person
// covers most of it.
const (
	middleLeft, middleRight = 20, 44
	middleTop, middleBottom = 20, 75
)

// The hints are for the eye of a person and must not disturb good photos:
// each of these bounds lies well outside of what ordinary portraits measure.
const (
	fewestPerson   = 20   // percent of the middle, below which nobody is there
	leastColour    = 4    // mean chroma of the middle; skin alone gives 30
	leastSharpness = 40   // percent; a sharp photo gives 60 and more
	darkFace       = 95   // brightness of the best lit quarter of the face
	brightFace     = 238  // mean brightness of the face: nothing of its shading is left
	lowHead        = 0.25 // of the height is empty above the hair
	smallHead      = 0.28 // of the width is all that the head takes
	farShift       = 0.14 // of the width by which the head is off the middle
)

// judge looks at the pixels of a picture that is at least as large as the grid.
// Where the head is can be told only against a wall that passes; and where nobody
// is, there is nothing more to say.
func judge(img *image.RGBA, l Limits) []Finding {
	g := reduce(img)
	person := trace(cols, rows, visible, g.at) // the cells are about square
	h, headed := headOf(person, g.at)
	chin := rows
	if headed {
		chin = h.chin()
	}
	back := g.backdrop(chin)
	var findings []Finding
	white := back.worstNear >= l.FailBelow
	switch {
	case !white:
		findings = append(findings, backdropFinding(back, Fault, l))
	case back.worstClear < l.ClearFrom:
		findings = append(findings, backdropFinding(back, Hint, l))
	}
	if g.covered(back.wall) < fewestPerson || white && g.headless(person) {
		return append(findings, Finding{Code: Nobody})
	}

	face := usualFace
	if headed && white {
		face = h.face()
		findings = append(findings, h.framing()...)
	}
	if sharp := sharpness(img); sharp < leastSharpness {
		findings = append(findings, measured(Blurred, sharp, leastSharpness))
	}
	if g.colour() < leastColour {
		findings = append(findings, Finding{Code: Colourless, Severity: Hint})
	}
	switch average, lit := g.light(face); {
	case lit < darkFace:
		findings = append(findings, percentage(TooDark, lit/255))
	case average > brightFace:
		findings = append(findings, percentage(TooBright, average/255))
	}
	return findings
}

// middle returns the cells of the middle.
func (g *grid) middle() []cell {
	var cells []cell
	for row := middleTop; row < middleBottom; row++ {
		cells = append(cells, g[row][middleLeft:middleRight]...)
	}
	return cells
}

// covered is the percentage of the middle that is not wall. In the dark all
// differences are smaller.
func (g *grid) covered(wall cell) int {
	cells, n := g.middle(), 0
	difference := visible * max(wall.brightness()/255, 0.2)
	for _, c := range cells {
		if c.differs(wall, difference) {
			n++
		}
	}
	return n * 100 / len(cells)
}

// colour is the mean chroma of the middle.
func (g *grid) colour() float64 {
	sum := 0.0
	cells := g.middle()
	for _, c := range cells {
		sum += c.chroma()
	}
	return sum / float64(len(cells))
}

// usualFace is the area that every portrait has its face in, in cells.
var usualFace = image.Rect(24, 30, 40, 48)

// light is the mean brightness of an area, and that which a quarter of it exceeds:
// what the light makes of a face beside beard, glasses and shade.
func (g *grid) light(area image.Rectangle) (average, lit float64) {
	var cells []cell
	for row := area.Min.Y; row < area.Max.Y; row++ {
		cells = append(cells, g[row][area.Min.X:area.Max.X]...)
	}
	return mean(cells).brightness(), lights(cells)[len(cells)*3/4]
}

// chin is the row at which the head ends, hair included 1.35 times as high as wide.
func (h head) chin() int { return int(h.top*rows + 1.35*h.width*cols) }

// face is the middle of the head below the hair, in cells.
func (h head) face() image.Rectangle {
	at := func(x, y float64) image.Point { // in widths of the head, from the middle of its top
		return image.Pt(int((h.centre+x*h.width)*cols), int(h.top*rows+y*h.width*cols))
	}
	area := image.Rectangle{at(-0.25, 0.45), at(0.25, 1)}.Intersect(image.Rect(0, 0, cols, rows))
	if area.Empty() || h.width > mostHead { // all hair: the face is anywhere
		return usualFace
	}
	return area
}

// framing says what a person should look at in the place of the head.
func (h head) framing() []Finding {
	var findings []Finding
	if h.cut {
		findings = append(findings, Finding{Code: HeadCut, Severity: Hint})
	}
	if h.top > lowHead {
		findings = append(findings, percentage(HeadLow, h.top))
	}
	if h.width < smallHead {
		findings = append(findings, percentage(HeadSmall, h.width))
	}
	if h.shift() > farShift {
		findings = append(findings, percentage(OffCentre, h.shift()))
	}
	return findings
}
