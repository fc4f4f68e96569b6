package face

import (
	"image"
	"math"
)

// square is what the network is shown of a picture, in its pixels.
type square struct{ left, top, side float64 }

// whole is the square around a picture, with the picture in its middle.
func whole(r image.Rectangle) square {
	w, h := float64(r.Dx()), float64(r.Dy())
	side := max(w, h)
	return square{float64(r.Min.X) - (side-w)/2, float64(r.Min.Y) - (side-h)/2, side}
}

// What Search may cost.
const (
	maxSquares = 31 // beside the whole
	minSquare  = 64 // pixels; smaller ones have nothing to show
)

// squares are those that Search looks at beside the whole.
func squares(r image.Rectangle) (list []square) {
	for size := min(r.Dx(), r.Dy()); size >= minSquare; size = (size + 1) / 2 {
		more := cover(r, size)
		if len(list)+len(more) > maxSquares {
			break
		}
		list = append(list, more...)
	}
	return list
}

// cover are squares of size pixels that cover a picture, each at least half over the next: what is
// not larger than half a square lies in one of them. The whole is none of them.
func cover(r image.Rectangle, size int) (list []square) {
	across, down := r.Dx()-size, r.Dy()-size // what is left of the picture beside the first
	if across == 0 && down == 0 {
		return nil
	}
	steps := func(left int) int { return (2*left + size - 1) / size }
	for y := range steps(down) + 1 {
		for x := range steps(across) + 1 {
			list = append(list, square{
				float64(r.Min.X + x*across/max(steps(across), 1)),
				float64(r.Min.Y + y*down/max(steps(down), 1)),
				float64(size),
			})
		}
	}
	return list
}

// cuts reports whether the box of a face reaches out of the square to where the picture goes on:
// another square shows the whole of it.
func (s square) cuts(f Face, r image.Rectangle) bool {
	return f.Min.X < s.left && s.left > float64(r.Min.X) || f.Max.X > s.left+s.side && s.left+s.side < float64(r.Max.X) ||
		f.Min.Y < s.top && s.top > float64(r.Min.Y) || f.Max.Y > s.top+s.side && s.top+s.side < float64(r.Max.Y)
}

// point is the place in the picture of one in the square, of which the side is 1.
func (s square) point(x, y float64) Point { return Point{s.left + x*s.side, s.top + y*s.side} }

// tap is where a line or column of what the network sees comes from: between two of the
// picture's, part of the way to the second. Outside is beyond the picture, and black.
type tap struct {
	first, second int
	part          float32
	outside       bool
}

// taps are those of a square that begins at start, of a picture with lines from low to
// below high.
func taps(start, length float64, low, high int) (list [side]tap) {
	for i := range list {
		at := start + (float64(i)+0.5)*length/side
		base := math.Floor(at - 0.5)
		first := int(base)
		list[i] = tap{max(first, low), min(first+1, high-1), float32(at - 0.5 - base), at < float64(low) || at >= float64(high)}
	}
	return list
}

// show fills w.picture with the square, bilinear.
func (w *work) show(img image.Image, s square) {
	r := img.Bounds()
	at := reader(img)
	columns, lines := taps(s.left, s.side, r.Min.X, r.Max.X), taps(s.top, s.side, r.Min.Y, r.Max.Y)
	for y, line := range lines {
		row := w.picture[(y+1)*padded+1:][:side]
		for x, column := range columns {
			if line.outside || column.outside {
				row[x] = triple{-1, -1, -1}
				continue
			}
			a, b := at(column.first, line.first), at(column.second, line.first)
			c, d := at(column.first, line.second), at(column.second, line.second)
			for i := range row[x] {
				above := a[i] + (b[i]-a[i])*column.part
				below := c[i] + (d[i]-c[i])*column.part
				row[x][i] = (above+(below-above)*line.part)/127.5 - 1
			}
		}
	}
}

// reader reads pixels as 0 to 255 of red, green and blue.
func reader(img image.Image) func(x, y int) triple {
	switch img := img.(type) {
	case *image.RGBA:
		return bytesReader(img.Pix, img.Stride, img.Rect.Min)
	case *image.NRGBA:
		return bytesReader(img.Pix, img.Stride, img.Rect.Min)
	case image.RGBA64Image: // without a value on the heap for each pixel
		return func(x, y int) triple {
			c := img.RGBA64At(x, y)
			return triple{float32(c.R) / 257, float32(c.G) / 257, float32(c.B) / 257}
		}
	}
	return func(x, y int) triple {
		r, g, b, _ := img.At(x, y).RGBA()
		return triple{float32(r) / 257, float32(g) / 257, float32(b) / 257}
	}
}

func bytesReader(pix []uint8, stride int, low image.Point) func(x, y int) triple {
	return func(x, y int) triple {
		c := pix[(y-low.Y)*stride+(x-low.X)*4:][:3]
		return triple{float32(c[0]), float32(c[1]), float32(c[2])}
	}
}
