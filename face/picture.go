package face

import (
	"image"
	"image/color"
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

// show fills w.picture with the square, bilinear. What is transparent is as package image has it: black
// in images that multiply by it, else as if it were not.
func (w *work) show(img image.Image, s square) {
	r := img.Bounds()
	columns, lines := taps(s.left, s.side, r.Min.X, r.Max.X), taps(s.top, s.side, r.Min.Y, r.Max.Y)
	_, planes := img.(*image.YCbCr)
	for y, line := range lines {
		row := (*[side]triple)(w.picture[(y+1)*padded+1:])
		var next [side]triple
		if line.outside {
			*row = next
		} else {
			readLine(row, img, line.first, &columns)
			readLine(&next, img, line.second, &columns)
		}
		for x := range row {
			a, b := &row[x], &next[x]
			red, green, blue := a[0]+(b[0]-a[0])*line.part, a[1]+(b[1]-a[1])*line.part, a[2]+(b[2]-a[2])*line.part
			if planes && !line.outside && !columns[x].outside {
				red, green, blue = rgb(red, green, blue)
			}
			a[0], a[1], a[2] = red*(1/127.5)-1, green*(1/127.5)-1, blue*(1/127.5)-1
		}
	}
}

// readLine reads line y of a picture at some columns, as 0 to 255 of red, green and blue, or of the
// planes that a picture has instead: it is cheaper to make colours once of what lies between pixels.
func readLine(row *[side]triple, img image.Image, y int, columns *[side]tap) {
	switch img := img.(type) {
	case *image.RGBA:
		readBytes(row, img.Pix[img.PixOffset(img.Rect.Min.X, y):], img.Rect.Min.X, columns)
	case *image.NRGBA:
		readBytes(row, img.Pix[img.PixOffset(img.Rect.Min.X, y):], img.Rect.Min.X, columns)
	case *image.YCbCr:
		readPlanes(row, img, y, columns)
	case image.RGBA64Image: // all of package image are: no value on the heap for a pixel
		for x, c := range columns {
			if row[x] = (triple{}); !c.outside {
				a, b := img.RGBA64At(c.first, y), img.RGBA64At(c.second, y)
				row[x] = c.between(triple{float32(a.R), float32(a.G), float32(a.B)}, triple{float32(b.R), float32(b.G), float32(b.B)}, 1./257)
			}
		}
	default:
		readLine(row, converted{img}, y, columns)
	}
}

// readBytes reads a line that begins with column low, four bytes a pixel.
func readBytes(row *[side]triple, line []uint8, low int, columns *[side]tap) {
	for x := range columns {
		c := &columns[x]
		if row[x] = (triple{}); !c.outside {
			a, b := line[(c.first-low)*4:][:3], line[(c.second-low)*4:][:3]
			row[x] = c.between(triple{float32(a[0]), float32(a[1]), float32(a[2])}, triple{float32(b[0]), float32(b[1]), float32(b[2])}, 1)
		}
	}
}

// readPlanes reads a line of brightness and of both differences of colour.
func readPlanes(row *[side]triple, img *image.YCbCr, y int, columns *[side]tap) {
	low, wide := img.Rect.Min.X, 1 // pixels that share a sample of colour
	switch img.SubsampleRatio {
	case image.YCbCrSubsampleRatio422, image.YCbCrSubsampleRatio420:
		wide = 2
	case image.YCbCrSubsampleRatio411, image.YCbCrSubsampleRatio410:
		wide = 4
	}
	luma, at := img.Y[img.YOffset(low, y):], img.COffset(low, y)
	blue, red := img.Cb[at:], img.Cr[at:]
	for x := range columns {
		c := &columns[x]
		if row[x] = (triple{}); !c.outside {
			i, j := c.first/wide-low/wide, c.second/wide-low/wide
			row[x] = c.between(triple{float32(luma[c.first-low]), float32(blue[i]), float32(red[i])}, triple{float32(luma[c.second-low]), float32(blue[j]), float32(red[j])}, 1)
		}
	}
}

// rgb is the colour of a brightness and two differences (ITU-T T.871).
func rgb(luma, cb, cr float32) (red, green, blue float32) {
	cb, cr = cb-128, cr-128
	return level(luma + 1.402*cr), level(luma - 0.344136*cb - 0.714136*cr), level(luma + 1.772*cb)
}

// level is the nearest number that a pixel can have.
func level(v float32) float32 {
	if v > 255 {
		return 255
	}
	return relu(v)
}

// between is what lies between two pixels, scaled.
func (c *tap) between(a, b triple, scale float32) triple {
	return triple{(a[0] + (b[0]-a[0])*c.part) * scale, (a[1] + (b[1]-a[1])*c.part) * scale, (a[2] + (b[2]-a[2])*c.part) * scale}
}

// converted is an image of a kind that package image does not know.
type converted struct{ image.Image }

func (c converted) RGBA64At(x, y int) color.RGBA64 {
	return color.RGBA64Model.Convert(c.At(x, y)).(color.RGBA64)
}
