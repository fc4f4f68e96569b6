package photo

import "slices"

// Where background must be, in cells: beside the head down to the height at
// which shoulders may begin, and above the head. Hair and collars reach into
// these areas on real photos and are left out where they do; only in the upper
// corners nothing but wall is expected.
const (
	sideRows   = 43 // 48 % of the height
	upperRows  = 22
	sideCols   = 13 // 20 % of the width
	aboveRows  = 7  // 8 % of the height
	cornerRows = 11
	cornerCols = 6
	// Beside the neck, at the edges, down to the chin or to where shoulders may begin.
	lowerRows = 51 // 57 % of the height
	lowerCols = 7
	// margin is left between wall and person, where JPEG mixes their colours.
	margin = 2
	// fewest cells make a place worth judging; hair may leave less of one.
	fewest = 40
)

// place is a part of the background, judged on its own so that a shadow at one
// side is not outvoted by the other three.
type place int

const (
	upperLeft place = iota
	upperRight
	left
	right
	above
	lowerLeft
	lowerRight
	places
)

// tint is what is wrong with a background that is not white.
type tint int

const (
	shaded tint = iota // darker than the rest of the wall
	dark
	grey
	yellow
	red
	blue
	green
	purple
)

// backdrop is the verdict on the background, in percent: rounded down, of
// the whole and of the place that has the least.
type backdrop struct {
	near, clear           int // share near white, clearly white
	worstNear, worstClear int
	worst                 place
	tint                  tint // of what is not near white there, or not clearly white
	wall                  cell // mean colour of the whole
}

// backdrop measures the background, down to the row of the chin.
func (g *grid) backdrop(chin int) backdrop {
	walls := g.walls(chin)
	all := slices.Concat(walls[:]...)
	// The lightest tenth of the wall shows what the light made of white; parts
	// much darker than that are shadow or gradient even if pale themselves.
	light := lights(all)[len(all)*9/10]

	d := backdrop{worstNear: 100, worstClear: 100, wall: mean(all)}
	shares := func(cells []cell) (near, clear int) {
		for _, c := range cells {
			if c.nearWhite(light) {
				near++
			}
			if c.clearWhite(light) {
				clear++
			}
		}
		return near * 100 / len(cells), clear * 100 / len(cells)
	}
	d.near, d.clear = shares(all)
	for p, wall := range walls {
		if len(wall) < fewest {
			continue
		}
		near, clear := shares(wall)
		if near < d.worstNear || near == d.worstNear && clear < d.worstClear {
			d.worstNear, d.worst = near, place(p)
		}
		d.worstClear = min(d.worstClear, clear)
	}
	d.tint = tintOf(walls[d.worst], light)
	return d
}

// nearWhite accepts what cameras make of a white wall: somewhat grey, or warm
// under lamps. Blue and green are judged more strictly, as light blue is a
// common colour of photo backgrounds.
func (c cell) nearWhite(light float64) bool {
	tolerance := 18.0
	if c.lamplit() {
		tolerance = 34
	}
	return c.darkest() >= 212 && c.chroma() <= tolerance && c.brightness() >= light-28
}

// clearWhite accepts what everybody calls white.
func (c cell) clearWhite(light float64) bool {
	tolerance := 11.0
	if c.lamplit() {
		tolerance = 17
	}
	return c.darkest() >= 227 && c.chroma() <= tolerance && c.brightness() >= light-15 && c.texture <= rough
}

// walls collects the visible background place by place.
func (g *grid) walls(chin int) [places][]cell {
	var walls [places][]cell
	for row := range sideRows {
		atLeft, atRight := upperLeft, upperRight
		if row >= upperRows {
			atLeft, atRight = left, right
		}
		least := 0
		if row < cornerRows {
			least = cornerCols
		}
		walls[atLeft] = append(walls[atLeft], inward(least, sideCols, func(i int) cell { return g[row][i] })...)
		walls[atRight] = append(walls[atRight], inward(least, sideCols, func(i int) cell { return g[row][cols-1-i] })...)
	}
	for row := sideRows; row < min(lowerRows, chin); row++ {
		walls[lowerLeft] = append(walls[lowerLeft], inward(0, lowerCols, func(i int) cell { return g[row][i] })...)
		walls[lowerRight] = append(walls[lowerRight], inward(0, lowerCols, func(i int) cell { return g[row][cols-1-i] })...)
	}
	for col := sideCols; col < cols-sideCols; col++ {
		walls[above] = append(walls[above], inward(0, aboveRows, func(i int) cell { return g[i][col] })...)
	}
	return walls
}

// inward walks from the edge of the picture until the person begins and returns
// the cells before, at least the first least of them.
func inward(least, depth int, at func(int) cell) []cell {
	cells := make([]cell, 0, depth)
	for i := range depth {
		if at(i).person() || at(i).texture > rough && at(i+1).texture > rough && at(i+2).texture > rough {
			end := max(least, i-margin)
			for len(cells) < end {
				cells = append(cells, at(len(cells)))
			}
			return cells[:end]
		}
		cells = append(cells, at(i))
	}
	return cells
}

// rough is more texture than a noisy wall has. Three such cells in a row are
// hair, however grey it is; the rim of a shadow is one or two.
const rough = 12

// person reports what hair and skin look like and a wall does not: dark, or of
// their reds and browns. A wall that does is caught in the corners.
func (c cell) person() bool {
	dark := c.lightest() < 110
	skin := c.warm() && c.r-c.b > 36 && c.r-c.g > 8
	hair := c.warm() && c.lightest() < 180 && c.r-c.b > 0.12*c.r
	return dark || skin || hair
}

// tintOf names what keeps a wall from being white.
func tintOf(wall []cell, light float64) tint {
	off := slices.DeleteFunc(slices.Clone(wall), func(c cell) bool { return c.nearWhite(light) })
	if len(off) == 0 {
		off = slices.DeleteFunc(slices.Clone(wall), func(c cell) bool { return c.clearWhite(light) })
	}
	if len(off) == 0 {
		return shaded
	}
	m := mean(off)
	switch {
	case m.lightest() < 80:
		return dark
	case m.chroma() < 12 && m.brightness() < light-15:
		return shaded
	case m.chroma() < 12:
		return grey
	case m.r-m.b > (m.g-m.b)/2 && m.g-m.b > (m.r-m.b)/2:
		return yellow
	case m.b >= m.r && m.b >= m.g:
		if m.r-m.g > 10 {
			return purple
		}
		return blue
	case m.g >= m.r:
		return green
	default:
		return red
	}
}
