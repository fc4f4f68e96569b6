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

// withSquares has each level with its square 32 bits higher: two sums in one. A cell of the largest
// picture has some 4,000 pixels, and the square of a level 16 bits.
var withSquares = func() (both [256]uint64) {
	for v := range both {
		both[v] = uint64(v*v)<<32 | uint64(v)
	}
	return both
}()

// reduce averages a picture that is at least as large as the grid. It adds the lines of a row of cells
// first, column by column, and then the columns of each cell.
func reduce(p *image.YCbCr) *grid {
	w, h := p.Rect.Dx(), p.Rect.Dy()
	wide, high := coarseness(p)
	luma, blue, red := make([]uint64, w), make([]uint32, (w+wide-1)/wide), make([]uint32, (w+wide-1)/wide)
	out := new(grid)
	for row := range rows {
		top, bottom := row*h/rows, (row+1)*h/rows
		clear(luma)
		for y := top; y < bottom; y++ {
			for x, v := range p.Y[y*p.YStride:][:w] {
				luma[x] += withSquares[v]
			}
		}
		clear(blue)
		clear(red)
		first, last := top/high, (bottom-1)/high
		for y := first; y <= last; y++ {
			for x, v := range p.Cb[y*p.CStride:][:len(blue)] {
				blue[x] += uint32(v)
			}
			for x, v := range p.Cr[y*p.CStride:][:len(red)] {
				red[x] += uint32(v)
			}
		}
		for col := range cols {
			from, to := col*w/cols, (col+1)*w/cols
			both := sum(luma[from:to])
			area := float64((to - from) * (bottom - top))
			mean := float64(uint32(both)) / area
			from, to = from/wide, (to-1)/wide+1
			n := float64((to - from) * (last - first + 1))
			c := colour(mean, float64(sum(blue[from:to]))/n, float64(sum(red[from:to]))/n)
			c.texture = math.Sqrt(max(float64(both>>32)/area-mean*mean, 0))
			out[row][col] = c
		}
	}
	return out
}

func sum[T uint32 | uint64](numbers []T) (all T) {
	for _, n := range numbers {
		all += n
	}
	return all
}

func (g *grid) at(x, y int) cell { return g[y][x] }

// brightness is the luma of JPEG, the same that texture is taken from.
func (c cell) brightness() float64 { return 0.299*c.r + 0.587*c.g + 0.114*c.b }

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
