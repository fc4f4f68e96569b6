package face

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"testing"
)

// TestPlanes: a picture of brightness and differences of colour is seen as its colours would be,
// wherever it begins and however coarse the differences are.
func TestPlanes(t *testing.T) {
	for _, ratio := range []image.YCbCrSubsampleRatio{
		image.YCbCrSubsampleRatio444, image.YCbCrSubsampleRatio422, image.YCbCrSubsampleRatio420,
		image.YCbCrSubsampleRatio440, image.YCbCrSubsampleRatio411, image.YCbCrSubsampleRatio410,
	} {
		img := image.NewYCbCr(image.Rect(0, 0, 200, 260), ratio)
		for _, plane := range [][]uint8{img.Y, img.Cb, img.Cr} {
			for i := range plane {
				plane[i] = uint8(108 + i*7%40) // of colours that all can be shown
			}
		}
		planes := img.SubImage(image.Rect(3, 5, 190, 251))
		colours := image.NewRGBA(planes.Bounds())
		draw.Draw(colours, colours.Rect, planes, colours.Rect.Min, draw.Src)
		got, want := new(work), new(work)
		got.show(planes, whole(colours.Rect))
		want.show(colours, whole(colours.Rect))
		for i, w := range want.picture {
			for c := range w {
				if d := math.Abs(float64(got.picture[i][c] - w[c])); d > 1.1/127.5 {
					t.Fatalf("%v: pixel %d is %v, want %v", ratio, i, got.picture[i], w)
				}
			}
		}
	}
	for i := range 16 * 16 * 16 {
		y, cb, cr := uint8(i/256*17), uint8(i/16%16*17), uint8(i%16*17)
		r, g, b := color.YCbCrToRGB(y, cb, cr)
		red, green, blue := rgb(float32(y), float32(cb), float32(cr))
		if max(math.Abs(float64(red)-float64(r)), math.Abs(float64(green)-float64(g)), math.Abs(float64(blue)-float64(b))) > 1 {
			t.Fatalf("%d %d %d are %v %v %v, want %d %d %d", y, cb, cr, red, green, blue, r, g, b)
		}
	}
}
