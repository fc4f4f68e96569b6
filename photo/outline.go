package photo

import "math"

// span is what something takes of a row of cells, from the first to before the last.
type span struct{ from, to int }

func (s span) empty() bool        { return s.from >= s.to }
func (s span) holds(col int) bool { return s.from <= col && col < s.to }
func (s span) grown(by int) span  { return span{s.from - by, s.to + by} }
func (s span) over(other span) span {
	switch {
	case s.empty():
		return other
	case other.empty():
		return s
	}
	return span{min(s.from, other.from), max(s.to, other.to)}
}

// outline is what a head takes of each row down to its chin: face, hair, and scarf or hood of
// any colour.
type outline [rows]span

// around is what a row, with the rows beside it, must leave to the head: where it begins, JPEG mixes
// its colours with those of the wall.
func (o *outline) around(row int) span {
	var all span
	for y := max(row-margin, 0); y <= min(row+margin, rows-1); y++ {
		all = all.over(o[y])
	}
	if all.empty() {
		return all
	}
	return all.grown(margin)
}

// How far a head reaches, in widths of the face from its middle.
const (
	crownHalf = 0.35 // where it begins
	faceHalf  = 0.45 // the face itself
	headHalf  = 0.7  // with usual hair
	hairHalf  = 1.0  // with much hair
	lopsided  = 0.25 // how much further a hood reaches on one side
)

// leap is by how many cells a head does not become wider from a row to the next. What begins with an
// edge is no hair.
const leap = 6

// outline walks from the face outwards, row by row, up to where the wall begins. It is bounded
// by what heads are like, since a door or a cupboard beside the head may touch the hair and be
// of its colour.
func (g *grid) outline(h head) outline {
	wall := edgeColour(cols, rows, g.at)
	bare := g.walk(h, func(c cell) bool { return c.stands(wall) })
	hooded := g.walk(h, func(c cell) bool { return c.differs(wall, faintlyVisible) || c.texture > rough })
	if hooded.wraps(bare, h) {
		return hooded
	}
	return bare
}

// stands reports whether c is something that stands before the wall, and no shade on it: dark,
// of another colour, or rough.
func (c cell) stands(wall cell) bool {
	if c.texture > rough {
		return true
	}
	if !c.differs(wall, visible) {
		return false
	}
	share := c.brightness() / max(wall.brightness(), 1)
	shade := cell{r: wall.r * share, g: wall.g * share, b: wall.b * share}
	return c.lightest() < noShade || c.differs(shade, tinted)
}

const (
	rough   = 12  // texture: more than a noisy wall has; hair has it, however grey it is
	noShade = 110 // a shade on a white wall is lighter
	tinted  = 12  // levels by which a colour is not that of the shaded wall
)

// walk finds the outline by what belongs to it, from the crown down to the chin.
func (g *grid) walk(h head, belongs func(cell) bool) outline {
	var o outline
	middle, wide := h.centre*cols, h.face*cols
	half := func(widths float64) span {
		return span{int(middle - widths*wide), int(math.Ceil(middle + widths*wide))}.within(cols)
	}
	face, usual := half(faceHalf), half(headHalf)
	brow := int((h.top + (h.eyes-h.top)/2) * rows)
	last := half(crownHalf)
	for row := max(int(h.top*rows), 0); row < min(int(h.chin*rows), rows); row++ {
		core := face
		if row < brow {
			core = half(crownHalf)
		}
		s := g.joined(row, core, belongs)
		if s.from < usual.from && s.from < last.from-leap {
			s.from = min(last.from, usual.from)
		}
		if s.to > usual.to && s.to > last.to+leap {
			s.to = max(last.to, usual.to)
		}
		o[row], last = s, s
	}
	return o
}

// joined is the part of a row that hangs together with its core; one cell of wall does not end it.
func (g *grid) joined(row int, core span, belongs func(cell) bool) span {
	s := core
	for s.from > 0 && (belongs(g[row][s.from-1]) || s.from > 1 && belongs(g[row][s.from-2])) {
		s.from--
	}
	for s.to < cols && (belongs(g[row][s.to]) || s.to < cols-1 && belongs(g[row][s.to+1])) {
		s.to++
	}
	return s
}

// within cuts a span to the columns there are.
func (s span) within(n int) span { return span{min(max(s.from, 0), n), max(min(s.to, n), 0)} }

// wraps reports whether the outline, which takes shades of the wall too, is that of a hood or of
// white hair: about as wide on both sides, and wider than the bare one on both above the eyes. A
// shadow falls to one side, and a wall that is grey further down is not above.
func (o *outline) wraps(bare outline, h head) bool {
	middle, wide := h.centre*cols, h.face*cols
	top, eyes, chin := max(int(h.top*rows), 0), int(h.eyes*rows), min(int(h.chin*rows), rows)
	above, even := 0, 0
	for row := top; row < chin; row++ {
		switch s := o[row]; {
		case row < eyes:
			if s.from < bare[row].from && s.to > bare[row].to {
				above++
			}
		case math.Abs(middle-float64(s.from)-(float64(s.to)-middle)) < lopsided*wide:
			even++
		}
	}
	return 2*above >= eyes-top && 10*even >= 7*(chin-eyes)
}
