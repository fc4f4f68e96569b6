package photo

import (
	"crypto/sha256"
	"encoding/binary"
	"image"
	"image/color"
	"image/draw"
)

// planesOf gives a decoded picture as most JPEGs hold it: a plane of brightness, and two
// of the differences of colour, often coarser (ITU-T T.871). It is what is judged, so
// that nothing is converted of which a mean is enough.
func planesOf(img image.Image) *image.YCbCr {
	r := img.Bounds()
	switch img := img.(type) {
	case *image.YCbCr:
		return img
	case *image.Gray:
		p := image.NewYCbCr(r, image.YCbCrSubsampleRatio420)
		p.Y, p.YStride = img.Pix, img.Stride
		for i := range p.Cb {
			p.Cb[i], p.Cr[i] = 128, 128
		}
		return p
	}
	p := image.NewYCbCr(r, image.YCbCrSubsampleRatio444)
	for y := r.Min.Y; y < r.Max.Y; y++ {
		for x := r.Min.X; x < r.Max.X; x++ {
			c := color.YCbCrModel.Convert(img.At(x, y)).(color.YCbCr)
			p.Y[p.YOffset(x, y)], p.Cb[p.COffset(x, y)], p.Cr[p.COffset(x, y)] = c.Y, c.Cb, c.Cr
		}
	}
	return p
}

// coarseness is how many pixels, across and down, share one sample of colour.
func coarseness(p *image.YCbCr) (wide, high int) {
	switch p.SubsampleRatio {
	case image.YCbCrSubsampleRatio422:
		return 2, 1
	case image.YCbCrSubsampleRatio420:
		return 2, 2
	case image.YCbCrSubsampleRatio440:
		return 1, 2
	case image.YCbCrSubsampleRatio411:
		return 4, 1
	case image.YCbCrSubsampleRatio410:
		return 4, 2
	}
	return 1, 1
}

// colour is the cell of a brightness and two differences of colour.
func colour(y, blue, red float64) cell {
	blue, red = blue-128, red-128
	bounded := func(v float64) float64 { return min(max(v, 0), 255) }
	return cell{r: bounded(y + 1.402*red), g: bounded(y - 0.344136*blue - 0.714136*red), b: bounded(y + 1.772*blue)}
}

// digest hashes size and pixels, four bytes each: red, green, blue, 255.
func digest(img image.Image) [sha256.Size]byte {
	r := img.Bounds()
	h := sha256.New()
	var size [8]byte
	binary.BigEndian.PutUint32(size[:4], uint32(r.Dx()))
	binary.BigEndian.PutUint32(size[4:], uint32(r.Dy()))
	h.Write(size[:])
	strip := image.NewRGBA(image.Rect(0, 0, r.Dx(), 16)) // stays at hand, other than the whole
	for y := r.Min.Y; y < r.Max.Y; y += 16 {
		lines := min(16, r.Max.Y-y)
		draw.Draw(strip, image.Rect(0, 0, r.Dx(), lines), img, image.Pt(r.Min.X, y), draw.Src)
		h.Write(strip.Pix[:lines*strip.Stride])
	}
	return [sha256.Size]byte(h.Sum(nil))
}
