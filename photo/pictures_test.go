package photo_test

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"image/png"
	"math/rand/v2"
	"testing"

	ximage "golang.org/x/image/draw"
)

func decode(t testing.TB, data []byte) *image.RGBA {
	t.Helper()
	img, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	out := image.NewRGBA(img.Bounds())
	draw.Draw(out, out.Rect, img, image.Point{}, draw.Src)
	return out
}

func encodeAt(t testing.TB, img image.Image, quality int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, &jpeg.Options{Quality: quality}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// encode finds the best quality that stays within 30 KB.
func encode(t testing.TB, img image.Image) []byte {
	for quality := 95; ; quality -= 5 {
		if data := encodeAt(t, img, quality); len(data) <= 30<<10 || quality == 20 {
			return data
		}
	}
}

func asPNG(t testing.TB, img image.Image) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// each repaints a copy of img pixel by pixel.
func each(img *image.RGBA, f func(x, y int, c color.RGBA) color.RGBA) *image.RGBA {
	out := image.NewRGBA(img.Rect)
	for y := range img.Rect.Dy() {
		for x := range img.Rect.Dx() {
			out.SetRGBA(x, y, f(x, y, img.RGBAAt(x, y)))
		}
	}
	return out
}

func plain(c color.Color) *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, 295, 413))
	draw.Draw(img, img.Rect, image.NewUniform(c), image.Point{}, draw.Src)
	return img
}

func times(c color.RGBA, f float64) color.RGBA {
	bounded := func(v uint8) uint8 { return uint8(min(float64(v)*f, 255)) }
	return color.RGBA{bounded(c.R), bounded(c.G), bounded(c.B), 255}
}

// lit multiplies the light of every pixel, whose place is given as 0–1.
func lit(img *image.RGBA, f func(x, y float64) float64) *image.RGBA {
	return each(img, func(x, y int, c color.RGBA) color.RGBA { return times(c, f(float64(x)/295, float64(y)/413)) })
}

func noisy(img *image.RGBA, sigma float64) *image.RGBA {
	r := rand.New(rand.NewPCG(1, 2))
	return each(img, func(_, _ int, c color.RGBA) color.RGBA {
		n := r.NormFloat64() * sigma
		add := func(v uint8) uint8 { return uint8(min(max(float64(v)+n, 0), 255)) }
		return color.RGBA{add(c.R), add(c.G), add(c.B), 255}
	})
}

func isWall(c color.RGBA) bool { return min(c.R, c.G, c.B) > 240 }

// shadow casts the head's shadow on the wall to its right.
func shadow(img *image.RGBA, grey uint8) *image.RGBA {
	return each(img, func(x, y int, c color.RGBA) color.RGBA {
		dx, dy := float64(x-190)/78, float64(y-180)/130
		if isWall(c) && dx*dx+dy*dy < 1 {
			return color.RGBA{grey, grey, grey, 255}
		}
		return c
	})
}

// below paints the wall from a line down.
func below(img *image.RGBA, line int, wall color.RGBA) *image.RGBA {
	return each(img, func(_, y int, c color.RGBA) color.RGBA {
		if isWall(c) && y >= line {
			return wall
		}
		return c
	})
}

// sign is a thing before white: an area whose upper corners are rounded, and the
// lower ones too unless it reaches the lower edge.
func sign(t testing.TB, area image.Rectangle, colour color.RGBA, radius int) []byte {
	t.Helper()
	inner := area.Inset(radius)
	if area.Max.Y == 413 {
		inner.Max.Y = 413
	}
	return padded(encode(t, noisy(each(plain(color.White), func(x, y int, c color.RGBA) color.RGBA {
		dx, dy := max(inner.Min.X-x, x-inner.Max.X, 0), max(inner.Min.Y-y, y-inner.Max.Y, 0)
		if image.Pt(x, y).In(area) && dx*dx+dy*dy <= radius*radius {
			return colour
		}
		return c
	}), 3)))
}

// broad is a person whose shoulders reach both edges in the middle of the height.
func broad(t testing.TB, man *image.RGBA, shirt color.RGBA) []byte {
	head := scaled(man, 206, 289)
	return padded(encode(t, noisy(each(plain(color.White), func(x, y int, c color.RGBA) color.RGBA {
		if p := image.Pt(x-44, y-10); p.In(head.Rect) && y < 218 && !isWall(head.RGBAAt(p.X, p.Y)) {
			return head.RGBAAt(p.X, p.Y)
		}
		if y > 200 {
			return shirt
		}
		return c
	}), 3)))
}

// folds makes the wall a curtain.
func folds(img *image.RGBA) *image.RGBA {
	return each(img, func(x, _ int, c color.RGBA) color.RGBA {
		if isWall(c) {
			return times(c, 0.75+0.25*float64(x%30)/30)
		}
		return c
	})
}

// greyHair lets strands of grey hair stand before the wall at the left.
func greyHair(img *image.RGBA) *image.RGBA {
	r := rand.New(rand.NewPCG(3, 4))
	return each(img, func(x, y int, c color.RGBA) color.RGBA {
		if isWall(c) && x > 34 && x < 147 && y > 60 && y < 210 {
			v := uint8(140 + r.IntN(90))
			return color.RGBA{v, v, v, 255}
		}
		return c
	})
}

// whiteHaired turns dark hair into white, but for a shade of the wall.
func whiteHaired(img *image.RGBA) *image.RGBA {
	return each(img, func(x, y int, c color.RGBA) color.RGBA {
		most, least := max(c.R, c.G, c.B), min(c.R, c.G, c.B)
		if most < 150 && most-least < 50 && (y < 170 || y < 330 && (x < 90 || x > 205)) {
			v := uint8(215 + int(most)*35/150)
			return color.RGBA{v, v, v, 255}
		}
		return c
	})
}

// wideHair spreads dark hair to the edges from the ears down.
func wideHair(img *image.RGBA) *image.RGBA {
	return each(img, func(x, y int, c color.RGBA) color.RGBA {
		if isWall(c) && y > 120 && (x-147)*(x-147) < 90*90+(y-120)*110 {
			return color.RGBA{40, 32, 30, 255}
		}
		return c
	})
}

func colourless(img *image.RGBA) *image.RGBA {
	return each(img, func(_, _ int, c color.RGBA) color.RGBA {
		y := color.GrayModel.Convert(c).(color.Gray).Y
		return color.RGBA{y, y, y, 255}
	})
}

// blurred loses what is finer than a dozen pixels.
func blurred(img *image.RGBA) *image.RGBA { return scaled(scaled(img, 26, 36), 295, 413) }

// moved shifts the person; what comes in from above and the sides is wall.
func moved(img *image.RGBA, dx, dy int) *image.RGBA {
	return each(img, func(x, y int, _ color.RGBA) color.RGBA {
		if y-dy < 0 || x-dx < 0 || x-dx > 294 {
			return color.RGBA{253, 253, 253, 255}
		}
		return img.RGBAAt(x-dx, min(y-dy, 412))
	})
}

// small shows the person at a part of the size, standing at the lower edge.
func small(img *image.RGBA, part float64) *image.RGBA {
	out := plain(color.RGBA{253, 253, 253, 255})
	w, h := int(295*part), int(413*part)
	draw.Draw(out, image.Rect((295-w)/2, 413-h, (295+w)/2, 413), scaled(img, w, h), image.Point{}, draw.Src)
	return out
}

func scaled(img *image.RGBA, w, h int) *image.RGBA {
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	ximage.CatmullRom.Scale(out, out.Rect, img, img.Rect, draw.Src, nil)
	return out
}

func huge(t testing.TB) []byte {
	return encodeAt(t, image.NewYCbCr(image.Rect(0, 0, 3000, 4000), image.YCbCrSubsampleRatio420), 90)
}

// insert puts a segment behind SOI.
func insert(data []byte, marker byte, payload []byte) []byte {
	out := append([]byte{}, data[:2]...)
	out = append(out, 0xff, marker)
	out = binary.BigEndian.AppendUint16(out, uint16(len(payload)+2))
	return append(append(out, payload...), data[2:]...)
}

// padTo makes a file longer by a comment; padded just long enough.
func padTo(data []byte, n int) []byte { return insert(data, 0xfe, make([]byte, n-len(data)-4)) }

func padded(data []byte) []byte {
	if len(data) > 10236 {
		return data
	}
	return padTo(data, 10240)
}

func insertBeforeEnd(data []byte, s string) []byte {
	return append(append(bytes.Clone(data[:len(data)-2]), s...), 0xff, 0xd9)
}

// patched sets the byte at an offset from a marker.
func patched(data []byte, marker byte, offset int, value byte) []byte {
	out := bytes.Clone(data)
	out[bytes.Index(out, []byte{0xff, marker})+offset] = value
	return out
}

// resized changes the size in the header alone.
func resized(data []byte, w, h int) []byte {
	out := bytes.Clone(data)
	sof := out[bytes.Index(out, []byte{0xff, 0xc0}):]
	binary.BigEndian.PutUint16(sof[5:], uint16(h))
	binary.BigEndian.PutUint16(sof[7:], uint16(w))
	return out
}

// scans repeats the first bytes of the scan of a file, declared progressive.
func scans(data []byte, n int) []byte {
	start := bytes.Index(data, []byte{0xff, 0xda})
	out := bytes.Clone(data[:start])
	out[bytes.Index(out, []byte{0xff, 0xc0})+1] = 0xc2
	for range n {
		out = append(out, "\xff\xda\x00\x08\x01\x01\x00\x01\x3f\x00"...)
	}
	return append(out, 0xff, 0xd9)
}

// exif is the payload of an APP1 that holds nothing but an orientation.
func exif(orientation uint16) []byte {
	out := []byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01")
	return append(binary.BigEndian.AppendUint16(out, orientation), 0, 0, 0, 0, 0, 0)
}
