package photo_test

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"math"
	"strings"
	"testing"

	"certreissue/photo"
	"certreissue/sample"
)

// flat is a person in a few plain colours.
func flat() *image.RGBA {
	return each(scaled(plain(color.White), 590, 826), func(x, y int, c color.RGBA) color.RGBA {
		dx, dy := float64(x-295)/130, float64(y-330)/180
		switch {
		case y > 580:
			return color.RGBA{40, 60, 90, 255}
		case dx*dx+dy*dy < 1 && y < 250:
			return color.RGBA{30, 30, 30, 255}
		case dx*dx+dy*dy < 1 && featured(math.Abs(float64(x-295)), float64(y)):
			return color.RGBA{30, 30, 30, 255}
		case dx*dx+dy*dy < 1:
			return color.RGBA{235, 200, 175, 255}
		}
		return c
	})
}

// featured is where a face of few strokes has brows, eyes, nose and mouth, so far from its middle.
func featured(x, y float64) bool {
	oval := func(cx, cy, rx, ry float64) bool { return (x-cx)*(x-cx)/(rx*rx)+(y-cy)*(y-cy)/(ry*ry) < 1 }
	return oval(52, 290, 30, 6) || oval(52, 325, 20, 12) || oval(8, 395, 7, 5) || oval(0, 440, 40, 9)
}

// pngHeader is a PNG that promises a size and holds nothing.
func pngHeader(w, h uint32) []byte {
	ihdr := binary.BigEndian.AppendUint32(nil, w)
	ihdr = append(binary.BigEndian.AppendUint32(ihdr, h), 8, 2, 0, 0, 0)
	return append([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", ihdr)...)
}

// difference is the mean difference of two pictures in levels.
func difference(a, b *image.RGBA) float64 {
	sum := 0
	for i := range a.Pix {
		sum += max(int(a.Pix[i])-int(b.Pix[i]), int(b.Pix[i])-int(a.Pix[i]))
	}
	return float64(sum) / float64(len(a.Pix))
}

// fitted is what Fit makes of a picture that it must not refuse.
func fitted(t *testing.T, data []byte, crop image.Rectangle) *image.RGBA {
	t.Helper()
	checked, findings := photo.Fit(data, crop, photo.DefaultLimits())
	if checked.IsZero() {
		t.Fatal("refused:", findings)
	}
	return decode(t, checked.JPEG())
}

// TestFitTurns proves each orientation against the upright picture.
func TestFitTurns(t *testing.T) {
	upright := decode(t, sample.Portrait(4, false, color.White))
	for o := 1; o <= 8; o++ {
		data := insert(encodeAt(t, turned(upright, o), 95), 0xe1, exif(uint16(o)))
		if d := difference(fitted(t, data, image.Rectangle{}), upright); d > 2 {
			t.Errorf("orientation %d: the outcome is %.1f levels off", o, d)
		}
	}
}

// TestFitCrops proves that a crop is meant in pixels of the upright picture.
func TestFitCrops(t *testing.T) {
	man := sample.Portrait(4, false, color.White)
	room := scene(t, man, 1400, 1652, 0.3, 590.0/1400)
	there := image.Rect(420-295, 826, 420+295, 1652)
	want := decode(t, man)
	for _, o := range []int{1, 3, 6, 8} {
		data := insert(encodeAt(t, turned(room, o), 95), 0xe1, exif(uint16(o)))
		if d := difference(fitted(t, data, there), want); d > 2 {
			t.Errorf("orientation %d: the outcome is %.1f levels off", o, d)
		}
	}
	if d := difference(fitted(t, encodeAt(t, room, 95), image.Rectangle{}), want); d > 40 {
		t.Errorf("the suggested crop is %.1f levels off the one of the portrait", d)
	}
}

// TestFitSuggests looks at where the head comes to lie.
func TestFitSuggests(t *testing.T) {
	if testing.Short() {
		t.Skip("a dozen large pictures are left out of a short run")
	}
	for _, seed := range []int64{1, 2, 5, 6} {
		for _, x := range []float64{0.3, 0.6} {
			for _, share := range []float64{0.3, 0.5} {
				person := sample.Portrait(seed, seed%2 == 1, color.White)
				for hair, man := range map[string][]byte{"dark": person, "white": encodeAt(t, whiteHaired(decode(t, person)), 95)} {
					data := encodeAt(t, scene(t, man, 1200, 900, x, share), 90)
					if _, findings := photo.Fit(data, image.Rectangle{}, photo.DefaultLimits()); findings != nil {
						t.Errorf("person %d with %s hair at %v, %v wide: %v", seed, hair, x, share, findings)
					}
				}
			}
		}
	}
}

// TestFitLeavesGoodOnesAlone: what passes keeps its pixels, what has the right size
// and passes but for its bytes keeps its frame.
func TestFitLeavesGoodOnesAlone(t *testing.T) {
	man := sample.Portrait(4, false, color.White)
	if !samePixels(fitted(t, insert(man, 0xe1, exif(1)), image.Rectangle{}), decode(t, man)) {
		t.Error("a photo that passes was written anew")
	}
	tagged := insert(man, 0xe2, append([]byte("ICC_PROFILE\x00\x01\x01"), sRGB()...))
	if !samePixels(fitted(t, tagged, image.Rectangle{}), decode(t, man)) {
		t.Error("a photo that passes was written anew for saying that it is in sRGB")
	}
	if d := difference(fitted(t, padTo(man, 40_000), image.Rectangle{}), decode(t, man)); d > 1 {
		t.Errorf("a photo that had but too many bytes is %.1f levels off", d)
	}
}

// TestFitLimits: the size and the bytes are the office's, even where they are far
// from the usual; what cannot be is refused.
func TestFitLimits(t *testing.T) {
	data := encodeAt(t, scaled(decode(t, sample.Portrait(3, true, color.White)), 900, 1260), 90)
	l := photo.DefaultLimits()
	l.Width, l.Height, l.MinBytes, l.MaxBytes = 358, 441, 14<<10, 28<<10
	checked, findings := photo.Fit(data, image.Rectangle{}, l)
	if checked.IsZero() {
		t.Error("another size:", findings)
	}
	l.MinBytes, l.MaxBytes = 100, 2000
	if _, findings = photo.Fit(data, image.Rectangle{}, l); len(findings) != 1 || findings[0].Code != photo.Unfit || !strings.Contains(findings[0].Sentence(), "2 KB") {
		t.Error("2,000 bytes:", findings)
	}
}

// TestFitColours compares patches of cloth: the red of a jacket in Display P3 is
// stronger than sRGB can say, a skin colour moves as computed by hand.
func TestFitColours(t *testing.T) {
	skin := color.RGBA{220, 170, 140, 255} // as stored; in sRGB (229, 168, 135)
	shown := each(decode(t, sample.Portrait(4, false, color.White)), func(x, y int, c color.RGBA) color.RGBA {
		if y > 340 {
			return skin
		}
		return c
	})
	profile := displayP3()
	for name, data := range map[string][]byte{
		"JPEG": insert(encodeAt(t, shown, 95), 0xe2, append([]byte("ICC_PROFILE\x00\x01\x01"), profile...)),
		"PNG":  withChunk(asPNG(t, shown), "iCCP", append([]byte("Display P3\x00\x00"), packed(profile)...)),
	} {
		got := fitted(t, data, image.Rectangle{}).RGBAAt(147, 380)
		if want := (color.RGBA{229, 168, 135, 255}); max(int(got.R)-int(want.R), int(want.R)-int(got.R), int(got.G)-int(want.G), int(want.G)-int(got.G), int(got.B)-int(want.B), int(want.B)-int(got.B)) > 2 {
			t.Errorf("%s: %v became %v, want %v", name, skin, got, want)
		}
	}
	broken := bytes.Clone(profile)
	for i := 132; i < len(broken); i += 7 {
		broken[i] ^= 0x5a
	}
	if d := difference(fitted(t, insert(encodeAt(t, shown, 95), 0xe2, append([]byte("ICC_PROFILE\x00\x01\x01"), broken...)), image.Rectangle{}), shown); d > 2 {
		t.Errorf("a broken profile moved the colours by %.1f", d)
	}
}

// TestSuggest: what is found in a small copy is the part that Fit cuts out, and
// nothing is found where nobody is.
func TestSuggest(t *testing.T) {
	large := scene(t, sample.Portrait(4, false, color.White), 1500, 2000, 0.4, 0.5)
	crop, size, ok := photo.Suggest(encode(t, scaled(large, 450, 600)), photo.DefaultLimits())
	if !ok || size != image.Pt(450, 600) {
		t.Fatalf("a head in a picture of %v: %v", size, ok)
	}
	data := encode(t, large)
	whole := image.Rect(crop.Min.X*1500/450, crop.Min.Y*1500/450, crop.Max.X*1500/450, crop.Max.Y*1500/450)
	if d := difference(fitted(t, data, image.Rectangle{}), fitted(t, data, whole)); d > 6 {
		t.Errorf("cropped to %v, the photo is %.1f levels from that of Fit", whole, d)
	}
	for name, data := range map[string][]byte{"a wall": encode(t, plain(color.White)), "no picture": []byte("GIF89a"), "nothing": nil, "one byte": {0xff}, "the beginning of one": {0xff, 0xd8}, "too large": encode(t, scaled(large, 900, 1200))} {
		if crop, _, ok := photo.Suggest(data, photo.DefaultLimits()); ok {
			t.Errorf("%s: a head at %v", name, crop)
		}
	}
}

// TestTables: what has its colours in tables alone, of any kind, is neither taken as it is nor mended; one
// that tells them by curves too is read by these.
func TestTables(t *testing.T) {
	man := sample.Portrait(4, false, color.White)
	with := func(icc []byte) []byte { return insert(man, 0xe2, append([]byte("ICC_PROFILE\x00\x01\x01"), icc...)) }
	for _, kind := range []string{"mAB ", "mft1", "mft2"} {
		icc := make([]byte, 128+4+12+32)
		copy(icc[16:], "RGB Lab ")
		copy(icc[36:], "acsp")
		copy(icc[131:], "\x01A2B0\x00\x00\x00\x90\x00\x00\x00\x20"+kind)
		_, checked := photo.Check(with(icc), photo.DefaultLimits())
		_, mended := photo.Fit(with(icc), image.Rectangle{}, photo.DefaultLimits())
		for _, findings := range [][]photo.Finding{checked, mended} {
			if len(findings) != 1 || findings[0].Code != photo.Colours || findings[0].Severity != photo.Fault {
				t.Errorf("%s: %v", kind, findings)
			}
		}
		copy(icc[132:], "B2A0") // the other way, which says nothing of a picture
		if checked, findings := photo.Check(with(icc), photo.DefaultLimits()); checked.IsZero() {
			t.Errorf("%s: %v", kind, findings)
		}
	}
}
