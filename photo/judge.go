package photo

import (
	"image"
	"math"
	"slices"
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
	fewestPerson   = 20  // percent of the middle, below which nobody is there
	leastColour    = 4   // mean chroma of the middle; skin alone gives 30
	leastSharpness = 10  // of the strongest hundredth of edges; a sharp photo gives 30 and more
	darkFace       = 55  // brightness of the face
	brightFace     = 238 // nothing of its shading is left
	lowHead        = 25  // percent of the height empty above the hair
	smallHead      = 28  // percent of the width that the head takes
	shift          = 12  // percent of the width by which the head is off the middle
)

// judge looks at the pixels. What is only a hint is measured when the photo
// can pass, for on a wrong background it would say little. The picture is at
// least as large as the grid.
func judge(img *image.RGBA, l Limits) []Finding {
	g := reduce(img)
	back := g.backdrop()
	var findings []Finding
	if back.worstNear < l.FailBelow {
		findings = append(findings, backdropFinding(back, Fault, l))
	}
	if g.covered(back.wall) < fewestPerson {
		findings = append(findings, Finding{Code: Nobody})
	}
	if len(findings) > 0 {
		return findings
	}

	if back.worstClear < l.ClearFrom {
		findings = append(findings, backdropFinding(back, Hint, l))
	}
	hint := func(when bool, code string, percent float64) {
		if when {
			findings = append(findings, hintFinding(code, percent))
		}
	}
	hint(g.colour() < leastColour, Colourless, 0)
	hint(sharpness(img) < leastSharpness, Blurred, 0)
	face := g.face()
	hint(face < darkFace, TooDark, face/2.55)
	hint(face > brightFace, TooBright, face/2.55)
	if h, ok := g.head(back.wall); ok {
		hint(h.top > lowHead, HeadLow, h.top)
		hint(h.cut, HeadCut, 0)
		hint(h.width < smallHead, HeadSmall, h.width)
		hint(math.Abs(h.shift) > shift, OffCentre, math.Abs(h.shift))
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

// covered is the percentage of the middle that is not wall.
func (g *grid) covered(wall cell) int {
	cells, n := g.middle(), 0
	for _, c := range cells {
		if c.differs(wall) {
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

// face is the brightness of the area that every portrait has its face in.
func (g *grid) face() float64 {
	var cells []cell
	for row := 30; row < 48; row++ {
		cells = append(cells, g[row][24:40]...)
	}
	return mean(cells).brightness()
}

// head is where the head is, in percent of the picture.
type head struct {
	top   float64 // empty height above the hair
	width float64
	shift float64 // of its middle, to the right
	cut   bool    // the hair is broad where it meets the upper edge
}

// head finds the outline of the head against the wall. It sees a head in the
// first rows that differ from the wall, over a quarter of the height.
func (g *grid) head(wall cell) (head, bool) {
	span := func(row int) (from, to int) {
		from, to = cols, cols
		for col, c := range g[row] {
			if c.differs(wall) {
				from, to = min(from, col), col+1
			}
		}
		return from, to
	}
	top := 0
	for ; top < rows*3/4; top++ {
		if from, to := span(top); to-from >= 4 {
			break
		}
	}
	if top >= rows*3/4 {
		return head{}, false
	}
	from, to := span(top)
	h := head{top: float64(top) * 100 / rows, cut: top == 0 && to-from > cols/4}
	var centres []float64
	for row := top + 3; row < top+rows/5; row++ {
		from, to := span(row)
		h.width = max(h.width, float64(to-from)*100/cols)
		centres = append(centres, float64(from+to)*50/cols-50)
	}
	slices.Sort(centres)
	h.shift = centres[len(centres)/2]
	return h, true
}

// sharpness is how strongly brightness bends at the strongest hundredth of the
// pixels of the middle. Motion and lack of focus take the bends away; noise
// adds some, so that a blurred noisy photo goes unnoticed rather than a sharp one noticed.
func sharpness(img *image.RGBA) int {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	luma := func(x, y int) int {
		p := img.Pix[y*img.Stride+4*x:]
		return (2*int(p[0]) + 5*int(p[1]) + int(p[2])) >> 3
	}
	var counts [4 * 256]int
	n := 0
	for y := h / 5; y < h*4/5; y++ {
		for x := w / 4; x < w*3/4; x++ {
			bend := 4*luma(x, y) - luma(x-1, y) - luma(x+1, y) - luma(x, y-1) - luma(x, y+1)
			counts[max(bend, -bend)]++
			n++
		}
	}
	for bend, above := len(counts)-1, 0; bend > 0; bend-- {
		if above += counts[bend]; above*100 >= n {
			return bend
		}
	}
	return 0
}
