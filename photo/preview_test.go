package photo_test

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"testing"

	"certreissue/photo"
	"certreissue/sample"
)

// TestFitOrShow: of what makes no photo there is something to look at, upright and in the
// colours that it has; not of what cannot be read, or would have to be painted.
func TestFitOrShow(t *testing.T) {
	blue := scaled(decode(t, sample.Portrait(7, false, color.RGBA{67, 142, 219, 255})), 590, 826)
	glass := image.NewNRGBA(blue.Rect)
	sideways := insert(encodeAt(t, turned(blue, 6), 92), 0xe1, exif(6))
	for _, c := range []struct {
		name string
		data []byte
		size image.Point
		red  int // of the wall, at most
	}{
		{"before blue", encodeAt(t, blue, 92), image.Pt(228, 320), 75},
		{"on its side, and EXIF knows", sideways, image.Pt(228, 320), 75},
		{"colours of Display P3", insert(sideways, 0xe2, append([]byte("ICC_PROFILE\x00\x01\x01"), displayP3()...)), image.Pt(228, 320), 50},
		{"a thumbnail", asPNG(t, scaled(blue, 75, 105)), image.Pt(75, 105), 75},
		{"a line", asPNG(t, scaled(blue, 1, 1_500_000)), image.Point{}, 0},
		{"one that passes", sample.Portrait(4, false, color.White), image.Point{}, 0},
		{"glass", asPNG(t, glass), image.Point{}, 0},
		{"cut in the middle", sideways[:9000], image.Point{}, 0},
		{"a web page", []byte("<!DOCTYPE html><p>登录"), image.Point{}, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			checked, findings, preview := photo.FitOrShow(c.data, photo.DefaultLimits())
			if same, said := photo.Fit(c.data, image.Rectangle{}, photo.DefaultLimits()); same.IsZero() != checked.IsZero() || len(said) != len(findings) {
				t.Errorf("findings are %v, of Fit %v", findings, said)
			}
			if c.size == (image.Point{}) {
				if preview != nil {
					t.Errorf("a preview of %d bytes", len(preview))
				}
				return
			}
			img, err := jpeg.Decode(bytes.NewReader(preview))
			if err != nil || img.Bounds().Size() != c.size {
				t.Fatalf("the preview is %v, %v", img, err)
			}
			wall, _, _, _ := img.At(2, 2).RGBA()
			if shirt, _, _, _ := img.At(c.size.X/2, c.size.Y-2).RGBA(); int(wall>>8) > c.red || shirt>>8 < 200 {
				t.Errorf("the wall has %d of red, the white shirt at the lower edge %d", wall>>8, shirt>>8)
			}
		})
	}
}
