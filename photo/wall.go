package photo

import (
	"image"
	"slices"
)

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
	fewest = 30

	leastEven = 217.5 // brightness from which on an even wall is clearly white
	evenWall  = 12    // levels by which a wall that is grey alike everywhere varies, and is off grey
	lined     = 25    // texture of what has a line across it
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

// backdrop is the verdict on the background.
type backdrop struct {
	near, clear part // near white, and clearly white, in the place that has the least of it
	allNear     int  // the share of the whole
	allClear    int
	light       float64 // brightness of the lightest tenth
}

// part is a place with a share of it, in percent, rounded down, and what is wrong with the rest.
type part struct {
	place place
	share int
	tint  tint
}

// backdrop measures the background of the head h; others are the places of other people.
func (g *grid) backdrop(h head, others []image.Rectangle) backdrop {
	walls := g.walls(h, others)
	w := whitenessOf(slices.Concat(walls[:]...))
	d := backdrop{light: w.light}
	d.near, d.allNear = least(walls, w.near, w.light)
	d.clear, d.allClear = least(walls, w.clear, w.light)
	return d
}

// least finds the place in which the smallest share of cells is as it should, and that share of all.
func least(walls [places][]cell, good func(cell) bool, light float64) (found part, all int) {
	found.share = 100
	cells := 0
	for p, wall := range walls {
		n := 0
		for _, c := range wall {
			if good(c) {
				n++
			}
		}
		cells += len(wall)
		all += n
		if len(wall) >= fewest && n*100/len(wall) < found.share {
			found = part{place: place(p), share: n * 100 / len(wall)}
		}
	}
	found.tint = tintOf(walls[found.place], good, light)
	return found, all * 100 / cells
}

// whiteness is what is white on a wall. The lightest tenth shows what the light made of white: parts
// much darker than that are shadow or gradient even if pale themselves.
type whiteness struct {
	light               float64 // brightness of the lightest tenth
	darkNear, darkClear float64 // the darkest colours that are near white, and clearly white
}

// whitenessOf looks at all of a wall. One that is grey alike everywhere is what cameras make of a white one.
func whitenessOf(wall []cell) whiteness {
	bright := lights(wall)
	w := whiteness{light: bright[len(bright)*9/10], darkNear: 212, darkClear: 222}
	if w.light-bright[len(bright)/20] < evenWall && mean(wall).chroma() < evenWall {
		if w.darkNear = 195; mean(wall).brightness() > leastEven {
			w.darkClear = leastEven - evenWall
		}
	}
	return w
}

// near accepts what cameras make of a white wall: somewhat grey, or warm
// under lamps. Blue and green are judged more strictly, as light blue is a
// common colour of photo backgrounds.
func (w whiteness) near(c cell) bool {
	tolerance := 18.0
	if c.lamplit() {
		tolerance = 34
	}
	return c.darkest() >= w.darkNear && c.chroma() <= tolerance && c.brightness() >= w.light-28 && c.texture <= lined
}

// clear accepts what everybody calls white.
func (w whiteness) clear(c cell) bool {
	tolerance := 11.0
	if c.lamplit() {
		tolerance = 17
	}
	return c.darkest() >= w.darkClear && c.chroma() <= tolerance && c.brightness() >= w.light-20 && c.texture <= rough
}

// walls collects the visible background place by place: what is neither the head h nor another
// person, nor below the chin. The upper corners are wall whatever is found, so that there is some.
func (g *grid) walls(h head, others []image.Rectangle) [places][]cell {
	var walls [places][]cell
	for p := range walls {
		walls[p] = make([]cell, 0, sideCols*upperRows)
	}
	chin := max(int(h.chin*rows), cornerRows)
	outline := g.outline(h)
	take := func(p place, row, from, to int) {
		if row >= chin {
			return
		}
		hidden := outline.around(row)
		for col := from; col < to; col++ {
			corner := row < cornerRows && (col < cornerCols || col >= cols-cornerCols)
			other := slices.ContainsFunc(others, func(r image.Rectangle) bool { return image.Pt(col, row).In(r) })
			if corner || !other && !hidden.holds(col) {
				walls[p] = append(walls[p], g[row][col])
			}
		}
	}
	for row := range sideRows {
		atLeft, atRight := upperLeft, upperRight
		if row >= upperRows {
			atLeft, atRight = left, right
		}
		take(atLeft, row, 0, sideCols)
		take(atRight, row, cols-sideCols, cols)
	}
	for row := sideRows; row < lowerRows; row++ {
		take(lowerLeft, row, 0, lowerCols)
		take(lowerRight, row, cols-lowerCols, cols)
	}
	for row := range aboveRows {
		take(above, row, sideCols, cols-sideCols)
	}
	return walls
}

// tintOf names what keeps a wall from being as it should.
func tintOf(wall []cell, good func(cell) bool, light float64) tint {
	off := slices.DeleteFunc(slices.Clone(wall), good)
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
