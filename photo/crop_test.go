package photo

import (
	"image"
	"image/color"
	"image/draw"
	"math"
	"testing"

	"certreissue/face"
	"certreissue/photo/drawn"
)

// TestFitScenes: wherever somebody stands in a room, and however far away, the head is cut out in
// the middle, whole and not small. The wall is full, so that no silhouette helps.
func TestFitScenes(t *testing.T) {
	wall := drawn.Grey(230).With(drawn.Cupboard(-0.02, 0.1, 0.5, 1), drawn.Poster(0.55, 0.05, 0.98, 0.6))
	for i, c := range []struct{ w, h, x, eyes, width float64 }{
		{1200, 900, 300, 300, 60}, {1200, 900, 900, 420, 70}, {900, 1200, 450, 300, 80}, // below 15 % of the height
		{1200, 900, 420, 330, 150}, {900, 1200, 500, 400, 200}, {600, 800, 280, 300, 150},
		{600, 800, 310, 380, 300}, {590, 826, 295, 380, 230}, {900, 900, 430, 420, 330},
	} {
		size := image.Pt(int(c.w), int(c.h))
		img := drawn.Scene(size.X, size.Y, wall, drawn.Placed{Person: drawn.Someone(i), Place: drawn.Place{X: c.x, Eyes: c.eyes, Width: c.width}})
		crop, seen := suggest(shrunk(img, searched), size, 295, 413)
		if seen != features || !crop.In(image.Rectangle{Max: size}) {
			t.Errorf("%+v: %v, by %v", c, crop, seen)
			continue
		}
		middle := (c.x - float64(crop.Min.X)) / float64(crop.Dx())
		eyes := (c.eyes - float64(crop.Min.Y)) / float64(crop.Dy())
		if share := c.width / float64(crop.Dx()); share < 0.33 || share > 0.6 || math.Abs(middle-0.5) > 0.06 || eyes < 0.3 || eyes > 0.55 {
			t.Errorf("%+v: in %v the face takes %.2f of the width, its middle is at %.2f and its eyes at %.2f", c, crop, share, middle, eyes)
		}
	}
}

// somebody is a face from the front, in a box as wide as given, with its corner at (x, 0).
func somebody(x, width, score float64) face.Face {
	at := func(h, v float64) face.Point { return face.Point{X: x + h*width, Y: v * width} }
	return face.Face{Score: score, Min: at(0, 0), Max: at(1, 1), Points: [6]face.Point{at(0.3, 0.3), at(0.7, 0.3), at(0.5, 0.55), at(0.5, 0.75), at(0.05, 0.4), at(0.95, 0.4)}}
}

func TestMainFirst(t *testing.T) {
	small, sure, large := somebody(0, 40, 0.95), somebody(100, 80, 0.9), somebody(200, 200, 0.6)
	if found := mainFirst([]face.Face{small, large, sure}); found[0] != sure || found[1].Score == sure.Score {
		t.Errorf("found %+v", found)
	}
	large.Score = 0.81
	if found := mainFirst([]face.Face{small, sure, large}); found[0] != large {
		t.Errorf("found %+v", found)
	}
}

func TestShaped(t *testing.T) {
	for name, c := range map[string]struct {
		point int
		v     float64
		want  bool
	}{
		"a face":                            {face.Nose, 0.55, true},
		"the nose between the eyes":         {face.Nose, 0.4, false},
		"the nose in the mouth":             {face.Nose, 0.7, false},
		"the mouth under the eyes":          {face.Mouth, 0.66, false},
		"the mouth below the chin":          {face.Mouth, 0.9, false},
		"the mouth as high as it may stand": {face.Mouth, 0.72, true},
	} {
		f := somebody(0, 100, 0.9)
		f.Points[c.point].Y = c.v * 100
		if shaped(f) != c.want {
			t.Errorf("%s: %v", name, shaped(f))
		}
	}
}

// TestCovered paints what is around the mouth of a plain face.
func TestCovered(t *testing.T) {
	fair, dark := color.RGBA{225, 180, 155, 255}, color.RGBA{70, 52, 46, 255}
	for name, c := range map[string]struct {
		skin, mouth color.RGBA
		want        bool
	}{
		"fair":                     {fair, fair, false},
		"lips":                     {fair, color.RGBA{190, 90, 90, 255}, false},
		"a black beard":            {fair, color.RGBA{120, 95, 82, 255}, false},
		"a blue mask":              {fair, color.RGBA{140, 190, 225, 255}, true},
		"a white mask":             {fair, color.RGBA{235, 236, 238, 255}, true},
		"dark":                     {dark, dark, false},
		"a white mask on dark":     {dark, color.RGBA{200, 200, 200, 255}, true},
		"a light, reddish scarf":   {dark, color.RGBA{190, 120, 110, 255}, false},
		"a grey beard of dark men": {dark, color.RGBA{64, 60, 58, 255}, false},
	} {
		img := image.NewRGBA(image.Rect(0, 0, 100, 100))
		draw.Draw(img, img.Rect, image.NewUniform(c.skin), image.Point{}, draw.Src)
		draw.Draw(img, image.Rect(0, 55, 100, 100), image.NewUniform(c.mouth), image.Point{}, draw.Src)
		if covered(planesOf(img), somebody(0, 100, 0.9)) != c.want {
			t.Errorf("%s: covered is %v", name, !c.want)
		}
	}
}

// TestSomeWall: a head that is nowhere, or people everywhere, leave something to be judged.
func TestSomeWall(t *testing.T) {
	g := reduce(image.NewYCbCr(image.Rect(0, 0, 295, 413), image.YCbCrSubsampleRatio420))
	everywhere := []image.Rectangle{image.Rect(-10, -10, 100, 100)}
	for _, h := range []head{{}, usualHead, {top: -1, eyes: -0.5, chin: -0.2, centre: 0.5, face: 0.4}, {top: 0.9, eyes: 1.2, chin: 1.5, centre: 1.4, face: 0.4}, {centre: 0.5, face: 9, eyes: 0.5, chin: 2}} {
		if d := g.backdrop(h, everywhere); d.near.share != 0 {
			t.Errorf("%+v: a black wall is %+v", h, d)
		}
	}
}

// TestPlanes: a grey picture, and one in red, green and blue, give the planes of the same picture.
func TestPlanes(t *testing.T) {
	rgba, grey := image.NewRGBA(image.Rect(0, 0, 65, 91)), image.NewGray(image.Rect(0, 0, 65, 91))
	for i := range grey.Pix {
		v := uint8(i * 7)
		grey.Pix[i] = v
		copy(rgba.Pix[4*i:], []uint8{v, v, v, 255})
	}
	for row, cells := range reduce(planesOf(rgba)) {
		for col, want := range cells {
			if got := reduce(planesOf(grey))[row][col]; math.Abs(got.brightness()-want.brightness()) > 1 || got.chroma() > 1 {
				t.Fatalf("cell %d, %d is %+v, want %+v", row, col, got, want)
			}
			if row > 3 {
				return
			}
		}
	}
	for _, ratio := range []image.YCbCrSubsampleRatio{image.YCbCrSubsampleRatio444, image.YCbCrSubsampleRatio422, image.YCbCrSubsampleRatio420,
		image.YCbCrSubsampleRatio440, image.YCbCrSubsampleRatio411, image.YCbCrSubsampleRatio410} {
		p := image.NewYCbCr(image.Rect(0, 0, 131, 183), ratio)
		for y := range 183 {
			for x := range 131 {
				c := color.YCbCr{Y: 100, Cb: 90, Cr: 160}
				if x >= 64 {
					c.Cb, c.Cr = 160, 90
				}
				p.Y[p.YOffset(x, y)], p.Cb[p.COffset(x, y)], p.Cr[p.COffset(x, y)] = c.Y, c.Cb, c.Cr
			}
		}
		g := reduce(p)
		left, right := colour(100, 90, 160), colour(100, 160, 90)
		for row := range rows {
			if g[row][5].differs(left, 1) || g[row][60].differs(right, 1) {
				t.Fatalf("%v: row %d is %+v and %+v", ratio, row, g[row][5], g[row][60])
			}
		}
	}
}
