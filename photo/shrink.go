package photo

import (
	"image"
	"image/draw"
	"math"
)

// shrink averages each k × k pixels of the part r of img into one. It takes a
// strip of k lines at a time, so that a large picture is never held a second time.
// What is left over at the right and lower edges, less than one such square, is
// left out.
func shrink(img image.Image, r image.Rectangle, k int) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, r.Dx()/k, r.Dy()/k))
	w, h := out.Rect.Dx(), out.Rect.Dy()
	strip := image.NewRGBA(image.Rect(0, 0, w*k, k))
	sums := make([][3]uint32, w)
	area := uint32(k * k)
	for y := range h {
		draw.Draw(strip, strip.Rect, img, r.Min.Add(image.Pt(0, y*k)), draw.Src)
		clear(sums)
		for line := range k {
			pix := strip.Pix[line*strip.Stride:][:4*k*w]
			for x := range sums {
				sum := &sums[x]
				for i := 4 * k * x; i < 4*k*(x+1); i += 4 {
					sum[0] += uint32(pix[i])
					sum[1] += uint32(pix[i+1])
					sum[2] += uint32(pix[i+2])
				}
			}
		}
		for x, sum := range sums {
			p := out.Pix[y*out.Stride+4*x:]
			for i, s := range sum {
				p[i] = uint8((s + area/2) / area)
			}
			p[3] = 255
		}
	}
	return out
}

// thumbnailPixels is what a picture is shrunk to, roughly, to look for the person:
// noise is averaged away, and a small head in a wide picture is still some ten
// pixels.
const thumbnailPixels = 30_000

func thumbnail(img image.Image) *image.RGBA {
	r := img.Bounds()
	k := int(math.Sqrt(float64(r.Dx()*r.Dy()) / thumbnailPixels))
	return shrink(img, r, max(k, 1))
}

// turn is how a stored picture becomes an upright one: where swap is set its
// axes are exchanged, and after that an axis of the stored picture may run backwards.
type turn struct{ swap, backX, backY bool }

// turns are the EXIF orientations 1–8.
var turns = [...]turn{
	{}, {backX: true}, {backX: true, backY: true}, {backY: true},
	{swap: true}, {swap: true, backY: true}, {swap: true, backX: true, backY: true}, {swap: true, backX: true},
}

// size turns a size, either way.
func (t turn) size(p image.Point) image.Point {
	if t.swap {
		return image.Pt(p.Y, p.X)
	}
	return p
}

// stored is where a part of the upright picture stands in the stored one.
func (t turn) stored(r image.Rectangle, size image.Point) image.Rectangle {
	r = image.Rectangle{t.size(r.Min), t.size(r.Max)}
	if t.backX {
		r.Min.X, r.Max.X = size.X-r.Max.X, size.X-r.Min.X
	}
	if t.backY {
		r.Min.Y, r.Max.Y = size.Y-r.Max.Y, size.Y-r.Min.Y
	}
	return r
}

// upright turns a stored picture.
func (t turn) upright(img *image.RGBA) *image.RGBA {
	size := img.Rect.Size()
	out := image.NewRGBA(image.Rectangle{Max: t.size(size)})
	for y := range out.Rect.Dy() {
		for x := range out.Rect.Dx() {
			from := t.stored(image.Rect(x, y, x+1, y+1), size).Min
			copy(out.Pix[out.PixOffset(x, y):][:4], img.Pix[img.PixOffset(from.X, from.Y):])
		}
	}
	return out
}
