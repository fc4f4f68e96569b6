package photo

import (
	"image"
	"math"
	"slices"
)

// The grid has the proportions of an identity photo. At 295 × 413 a cell is
// 4.6 × 4.6 pixels: enough to average sensor noise and JPEG blocks away, and
// still finer than a lock of hair.
const (
	cols = 64
	rows = 90
)

// grid is a picture of any size reduced to cells, so that every measure after
// it speaks of shares of the picture and costs the same.
type grid [rows][cols]cell

// cell holds means over its pixels, 0–255.
type cell struct {
	r, g, b float64
	texture float64 // standard deviation of the brightness
}

// reduce averages img, which is at least as large as the grid.
func reduce(img *image.RGBA) *grid {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	column := make([]int, w)
	for x := range column {
		column[x] = x * cols / w
	}
	type sums struct{ n, r, g, b, y, yy int }
	out := new(grid)
	var line [cols]sums
	for y := range h {
		row := y * rows / h
		pix := img.Pix[y*img.Stride:]
		for x, col := range column {
			p := pix[4*x : 4*x+3 : 4*x+3]
			r, g, b := int(p[0]), int(p[1]), int(p[2])
			luma := (2*r + 5*g + b) >> 3
			s := &line[col]
			s.n++
			s.r += r
			s.g += g
			s.b += b
			s.y += luma
			s.yy += luma * luma
		}
		if y+1 < h && (y+1)*rows/h == row {
			continue
		}
		for col, s := range line {
			n := float64(s.n)
			mean := float64(s.y) / n
			out[row][col] = cell{float64(s.r) / n, float64(s.g) / n, float64(s.b) / n, math.Sqrt(float64(s.yy)/n - mean*mean)}
		}
		line = [cols]sums{}
	}
	return out
}

func (g *grid) at(x, y int) cell { return g[y][x] }

// brightness is an integer-friendly luma, the same that texture is taken from.
func (c cell) brightness() float64 { return (2*c.r + 5*c.g + c.b) / 8 }

func (c cell) lightest() float64 { return max(c.r, c.g, c.b) }
func (c cell) darkest() float64  { return min(c.r, c.g, c.b) }

// chroma is the distance from grey.
func (c cell) chroma() float64 { return c.lightest() - c.darkest() }

// warm reports a tint between red and yellow, such as skin has.
func (c cell) warm() bool { return c.r+2 >= c.g && c.g+2 >= c.b }

// lamplit reports the yellowish tint that lamps give to a white wall; pink is
// warm too, but no lamp makes it.
func (c cell) lamplit() bool { return c.warm() && c.g-c.b+3 >= (c.r-c.g)/2 }

// visible is the difference of colour that an eye sees at a glance in good light.
const visible = 36

// differs reports whether c is so far from the colour of the wall.
func (c cell) differs(wall cell, difference float64) bool {
	return max(math.Abs(c.r-wall.r), math.Abs(c.g-wall.g), math.Abs(c.b-wall.b)) > difference
}

// lights are the brightnesses of cells, the least first.
func lights(cells []cell) []float64 {
	all := make([]float64, len(cells))
	for i, c := range cells {
		all[i] = c.brightness()
	}
	slices.Sort(all)
	return all
}

// mean averages cells, of which there is at least one.
func mean(cells []cell) cell {
	var m cell
	for _, c := range cells {
		m.r += c.r
		m.g += c.g
		m.b += c.b
	}
	n := float64(len(cells))
	return cell{r: m.r / n, g: m.g / n, b: m.b / n}
}
