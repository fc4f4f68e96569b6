package photo

import (
	"math"
	"slices"
)

// silhouette is a person before a wall, row by row of cells: where the person
// begins and ends, both 0 where there is nothing but wall.
type silhouette struct {
	w, h     int
	from, to []int
}

// trace finds the person in a picture of w × h cells: of all that differs enough from
// the wall, the connected part that covers most of the middle, and what belongs to it.
// Marks on the wall and furniture at the edges stay out of it.
func trace(w, h int, difference float64, at func(x, y int) cell) silhouette {
	s := silhouette{w, h, make([]int, h), make([]int, h)}
	wall := edgeColour(w, h, at)
	solid := make([]bool, w*h)
	for i := range solid {
		solid[i] = at(i%w, i/w).differs(wall, difference)
	}
	all := blobs(solid, w)
	if len(all) == 0 {
		return s
	}
	person := slices.MaxFunc(all, func(a, b blob) int { return a.inMiddle - b.inMiddle })
	for _, p := range all {
		if p.belongsTo(person) {
			s.add(p)
		}
	}
	return s
}

// blob is a connected part of what is not wall.
type blob struct {
	cells    []int // by index
	from, to int   // columns
	inMiddle int   // cells in the middle third
}

// belongsTo reports whether p is as good as connected with other: large,
// and in the same columns. A white shirt tears head and coat apart.
func (p blob) belongsTo(other blob) bool {
	return 10*len(p.cells) >= len(other.cells) && p.from < other.to && other.from < p.to
}

// blobs takes solid, rows of width w, apart; nothing of it is left.
func blobs(solid []bool, w int) []blob {
	var all []blob
	for start := range solid {
		if !solid[start] {
			continue
		}
		solid[start] = false
		p := blob{cells: []int{start}, from: w}
		for next := 0; next < len(p.cells); next++ {
			i := p.cells[next]
			x := i % w
			p.from, p.to = min(p.from, x), max(p.to, x+1)
			if x >= w/3 && x < w-w/3 {
				p.inMiddle++
			}
			visit := func(inside bool, j int) {
				if inside && solid[j] {
					solid[j] = false
					p.cells = append(p.cells, j)
				}
			}
			visit(x > 0, i-1)
			visit(x < w-1, i+1)
			visit(i >= w, i-w)
			visit(i+w < len(solid), i+w)
		}
		all = append(all, p)
	}
	return all
}

// add makes p a part of the person.
func (s *silhouette) add(p blob) {
	for _, i := range p.cells {
		x, y := i%s.w, i/s.w
		if s.to[y] == 0 {
			s.from[y] = x
		}
		s.from[y], s.to[y] = min(s.from[y], x), max(s.to[y], x+1)
	}
}

// edgeColour is the median colour along the upper edge and the upper halves
// of the sides, which hair and shoulders seldom reach.
func edgeColour(w, h int, at func(x, y int) cell) cell {
	var r, g, b []float64
	add := func(x, y int) {
		c := at(x, y)
		r, g, b = append(r, c.r), append(g, c.g), append(b, c.b)
	}
	for x := range w {
		add(x, 0)
	}
	for y := range h / 2 {
		add(0, y)
		add(w-1, y)
	}
	median := func(v []float64) float64 {
		slices.Sort(v)
		return v[len(v)/2]
	}
	return cell{r: median(r), g: median(g), b: median(b)}
}

// faintlyVisible is the difference of white hair from a white wall; noise that is
// averaged over a cell stays below.
const faintlyVisible = 14

// headBefore looks for the head of a person in whom no face is found but who stands out from
// the wall, and then whether white hair makes it larger.
func headBefore(person silhouette, at func(x, y int) cell) (head, bool) {
	found, ok := person.head()
	if haired, also := trace(person.w, person.h, faintlyVisible, at).head(); ok && also && haired.covers(found, float64(person.w)/float64(person.h)) {
		found = haired
	}
	return found, ok
}

// What white hair adds to the face at most, in widths of the face.
const (
	hairAbove  = 0.8
	hairBeside = 0.6
	hairAside  = 0.15
)

// covers reports whether h may be the head of which all but the white hair is
// face; ratio is that of the picture's width to its height.
func (h head) covers(face head, ratio float64) bool {
	above, beside, aside := (face.top-h.top)/ratio, math.Abs(h.width-face.width), math.Abs(h.centre-face.centre)
	return above > 0 && above < hairAbove*face.width && beside < hairBeside*face.width && aside < hairAside*face.width
}

// A head is about 1.3 times as high as wide; where it is 1.25 times as wide as it
// is deep below its top, it is as wide as it ever gets, and the shoulders are
// still far below.
const widthToDepth = 1.25

func (s silhouette) width(y int) int { return s.to[y] - s.from[y] }

// ends are the first row of the person and the one behind the last; a stray hair
// is not the person yet. Without a person both are the height.
func (s silhouette) ends() (top, bottom int) {
	least := max(2, s.w/30)
	for top < s.h && s.width(top) < least {
		top++
	}
	for bottom = s.h; bottom > top && s.width(bottom-1) < least; {
		bottom--
	}
	return top, bottom
}

// head finds the head at the upper end of the silhouette. ok is false when
// there is none, or none that has the shape of a head.
func (s silhouette) head() (found head, ok bool) {
	top, _ := s.ends()
	for y := top + 4; y < s.h; y++ {
		deep := y - top
		if s.width(y) == 0 || float64(s.width(y)) > widthToDepth*float64(deep) {
			continue
		}
		widest := 0 // a little below: what still grows fast is a tuft or a bun
		for below := y; below < min(y+deep/3+2, s.h); below++ {
			widest = max(widest, s.width(below))
		}
		if 4*widest <= 5*s.width(y) {
			return s.measure(top, y), true
		}
	}
	return head{}, false
}

// measure takes width and centre of a head from its lower half.
func (s silhouette) measure(top, bottom int) head {
	var widths, centres []float64
	for y := (top + bottom) / 2; y < bottom; y++ {
		widths = append(widths, float64(s.width(y)))
		centres = append(centres, float64(s.to[y]+s.from[y])/2)
	}
	slices.Sort(widths)
	slices.Sort(centres)
	w := float64(s.w)
	found := head{
		top:    float64(top) / float64(s.h),
		centre: centres[len(centres)/2] / w,
		width:  widths[len(widths)*3/4] / w,
		cut:    top == 0 && s.width(0) > s.w/4,
	}
	high := 1.35 * found.width * w / float64(s.h) // as heads are, hair included
	found.eyes, found.chin = found.top+high/2, found.top+high
	found.face = found.width / headToFace
	return found
}
