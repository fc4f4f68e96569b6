package photo

import (
	"image"
	"image/draw"
	"math"

	"github.com/disintegration/imaging"
)

// stripPixels are about the pixels of a picture that shrink has in hand at a time: 5 MB, however
// wide it is.
const stripPixels = 1_200_000

// shrink averages each k × k pixels of the part r of img into one. The part is cut
// out in strips, because imaging.Crop would hold a large picture a second time, and by
// package draw, because it reads CMYK and palettes without a value on the heap for
// each pixel. What is left over at the right and lower edges, less than one such square,
// is left out.
func shrink(img image.Image, r image.Rectangle, k int) *image.NRGBA {
	if p, ok := img.(printed); ok {
		return p.shrink(r, k)
	}
	out := image.NewNRGBA(image.Rect(0, 0, r.Dx()/k, r.Dy()/k))
	w, h := out.Rect.Dx(), out.Rect.Dy()
	lines := min(max(stripPixels/(k*k*max(w, 1)), 1), h)
	strip := image.NewRGBA(image.Rect(0, 0, w*k, lines*k))
	for y := 0; y < h; y += lines {
		lines := min(lines, h-y)
		strip.Rect.Max.Y = lines * k
		draw.Draw(strip, strip.Rect, img, r.Min.Add(image.Pt(0, y*k)), draw.Src)
		copy(out.Pix[y*out.Stride:], imaging.Resize((*image.NRGBA)(strip), w, lines, imaging.Box).Pix)
	}
	return out
}

// What a picture is shrunk to, in pixels, roughly.
const (
	searched = 300_000 // to look for faces: one of a twentieth of the height is still some thirty pixels
	outlined = 30_000  // to look for a silhouette: noise is averaged away
)

// shrunk is a small copy of a picture.
func shrunk(img image.Image, pixels int) *image.NRGBA {
	r := img.Bounds()
	k := int(math.Sqrt(float64(r.Dx()*r.Dy()) / float64(pixels)))
	return shrink(img, r, max(k, 1))
}

// turn is how a stored picture becomes an upright one: where swap is set its
// axes are exchanged, and after that an axis of the stored picture may run backwards.
type turn struct {
	swap, backX, backY bool
	upright            func(image.Image) *image.NRGBA
}

// turns are the EXIF orientations 1–8. Package imaging turns against the clock.
var turns = [...]turn{
	{upright: imaging.Clone},
	{backX: true, upright: imaging.FlipH},
	{backX: true, backY: true, upright: imaging.Rotate180},
	{backY: true, upright: imaging.FlipV},
	{swap: true, upright: imaging.Transpose},
	{swap: true, backY: true, upright: imaging.Rotate270},
	{swap: true, backX: true, backY: true, upright: imaging.Transverse},
	{swap: true, backX: true, upright: imaging.Rotate90},
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
