package photo_test

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"
	"math"
	"strings"
	"testing"

	"certreissue/photo"
	"certreissue/sample"

	ximage "golang.org/x/image/draw"
)

// scene shows a person as wide as the given share of a picture of a wall, with
// the middle at x, standing at the lower edge.
func scene(t testing.TB, man []byte, w, h int, x, share float64) *image.RGBA {
	portrait := decode(t, man)
	out := image.NewRGBA(image.Rect(0, 0, w, h))
	draw.Draw(out, out.Rect, image.NewUniform(portrait.RGBAAt(2, 2)), image.Point{}, draw.Src)
	pw := int(float64(w) * share)
	ph := pw * 413 / 295
	left := int(float64(w)*x) - pw/2
	ximage.ApproxBiLinear.Scale(out, image.Rect(left, h-ph, left+pw, h), portrait, portrait.Rect, draw.Src, nil)
	return out
}

// turned stores an upright picture so that the orientation turns it back.
func turned(img *image.RGBA, orientation int) *image.RGBA {
	w, h := img.Rect.Dx(), img.Rect.Dy()
	size := img.Rect
	if orientation > 4 {
		size = image.Rect(0, 0, h, w)
	}
	out := image.NewRGBA(size)
	for y := range h {
		for x := range w {
			at := [...]image.Point{{x, y}, {w - 1 - x, y}, {w - 1 - x, h - 1 - y}, {x, h - 1 - y},
				{y, x}, {y, w - 1 - x}, {h - 1 - y, w - 1 - x}, {h - 1 - y, x}}[orientation-1]
			out.SetRGBA(at.X, at.Y, img.RGBAAt(x, y))
		}
	}
	return out
}

// chunk is a part of a PNG.
func chunk(name string, data []byte) []byte {
	out := binary.BigEndian.AppendUint32(nil, uint32(len(data)))
	out = append(append(out, name...), data...)
	return binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(out[4:]))
}

// withChunk puts one behind the header.
func withChunk(png []byte, name string, data []byte) []byte {
	return bytes.Join([][]byte{png[:33], chunk(name, data), png[33:]}, nil)
}

// displayP3 is the profile of telephones, with the tone curve of sRGB as parameters.
func displayP3() []byte {
	return iccProfile([9]float64{0.5151, 0.2412, -0.0011, 0.2919, 0.6922, 0.0419, 0.1572, 0.0666, 0.7841})
}

// sRGB is the profile of everything else.
func sRGB() []byte {
	return iccProfile([9]float64{0.4361, 0.2225, 0.0139, 0.3851, 0.7169, 0.0971, 0.1431, 0.0606, 0.7141})
}

func iccProfile(primaries [9]float64) []byte {
	fixed := func(out []byte, values ...float64) []byte {
		for _, v := range values {
			out = binary.BigEndian.AppendUint32(out, uint32(int32(math.Round(v*65536))))
		}
		return out
	}
	const header = 132 + 6*12
	table := make([]byte, 132, header)
	copy(table[16:], "RGB XYZ ")
	copy(table[36:], "acsp")
	table[131] = 6
	var data []byte
	for i, channel := range "rgb" {
		for _, tag := range []string{"XYZ", "TRC"} {
			start := len(data)
			if tag == "XYZ" {
				data = fixed(append(data, "XYZ \x00\x00\x00\x00"...), primaries[3*i:3*i+3]...)
			} else {
				data = fixed(append(data, "para\x00\x00\x00\x00\x00\x03\x00\x00"...), 2.4, 1/1.055, 0.055/1.055, 1/12.92, 0.04045)
			}
			table = append(table, string(channel)+tag...)
			table = binary.BigEndian.AppendUint32(table, uint32(header+start))
			table = binary.BigEndian.AppendUint32(table, uint32(len(data)-start))
		}
	}
	return append(table, data...)
}

func packed(data []byte) []byte {
	var b bytes.Buffer
	z := zlib.NewWriter(&b)
	_, _ = z.Write(data)
	z.Close()
	return b.Bytes()
}

// TestFit says in words what people have and what becomes of it.
func TestFit(t *testing.T) {
	man, woman := sample.Portrait(4, false, color.White), sample.Portrait(1, true, color.White)
	blue := sample.Portrait(7, false, color.RGBA{67, 142, 219, 255})
	portrait := decode(t, man)
	double := scaled(portrait, 590, 826)
	phone := scene(t, man, 900, 1200, 0.5, 0.8)
	transparent := image.NewNRGBA(portrait.Rect)
	draw.Draw(transparent, portrait.Rect, each(portrait, func(_, _ int, c color.RGBA) color.RGBA {
		if isWall(c) {
			return color.RGBA{}
		}
		return c
	}), image.Point{}, draw.Src)
	deep := image.NewRGBA64(portrait.Rect)
	draw.Draw(deep, deep.Rect, portrait, image.Point{}, draw.Src)
	paletted := image.NewPaletted(double.Rect, color.Palette{color.White, color.RGBA{235, 200, 175, 255}, color.RGBA{40, 34, 36, 255}, color.RGBA{42, 52, 78, 255}, color.RGBA{170, 80, 80, 255}})
	draw.Draw(paletted, paletted.Rect, double, image.Point{}, draw.Src)

	tests := []struct {
		name   string
		data   []byte
		crop   image.Rectangle
		faults string
		hints  string
	}{
		{name: "one that passes", data: man},
		{name: "twice the size", data: encodeAt(t, double, 95)},
		{name: "far too many bytes", data: encodeAt(t, noisy(portrait, 12), 100)},
		{name: "far too few bytes", data: encodeAt(t, portrait, 20)},
		{name: "a PNG", data: asPNG(t, double)},
		{name: "a PNG of 16 bits", data: asPNG(t, deep)},
		{name: "a PNG with a palette", data: asPNG(t, paletted)},
		{name: "a telephone's picture", data: encodeAt(t, phone, 92)},
		{name: "a person small in a wide picture", data: encodeAt(t, scene(t, woman, 1600, 1200, 0.3, 0.3), 92)},
		{name: "a person at the right edge of a tall picture", data: encodeAt(t, scene(t, man, 720, 1280, 0.64, 0.7), 92)},
		{name: "a person before a wall with a switch on it", data: encodeAt(t, each(phone, func(x, y int, c color.RGBA) color.RGBA {
			if x > 840 && x < 870 && y > 150 && y < 195 {
				return color.RGBA{90, 90, 90, 255}
			}
			return c
		}), 92)},
		{name: "grey", data: assemble(t, planesOf(double, 1, ycc), false, ""), hints: "colourless"},
		{name: "progressive", data: assemble(t, planesOf(double, 3, ycc), true, "")},
		{name: "progressive and grey", data: assemble(t, planesOf(double, 1, ycc), true, ""), hints: "colourless"},
		{name: "CMYK of Adobe", data: assemble(t, planesOf(double, 4, inverted), false, adobeCMYK)},
		{name: "CMYK of Adobe, progressive", data: assemble(t, planesOf(double, 4, inverted), true, adobeCMYK)},
		{name: "RGB", data: assemble(t, planesOf(double, 3, func(c color.RGBA) [4]uint8 { return [4]uint8{c.R, c.G, c.B} }), false, adobeCMYK)},
		{name: "colours of Display P3", data: insert(encodeAt(t, double, 92), 0xe2, append([]byte("ICC_PROFILE\x00\x01\x01"), displayP3()...))},
		{name: "EXIF, a comment, and an archive behind the end", data: append(insert(insert(encodeAt(t, double, 92), 0xe1, exif(1)), 0xfe, []byte("<script>")), "PK\x03\x04"...)},
		{name: "on its side, and EXIF knows", data: insert(encodeAt(t, turned(double, 6), 92), 0xe1, exif(6))},
		{name: "a PNG on its side, and EXIF knows", data: withChunk(asPNG(t, turned(double, 8)), "eXIf", exif(8)[6:])},
		{name: "smooth as a drawing of a few colours", data: asPNG(t, flat())},
		{name: "half as large as the photo", data: asPNG(t, scaled(portrait, 150, 210)), hints: "pixels-few"},
		{name: "a crop that somebody chose", data: encodeAt(t, phone, 92), crop: image.Rect(112, 187, 787, 1132)},
		{name: "a crop too wide, put right", data: encodeAt(t, phone, 92), crop: image.Rect(0, 187, 900, 1132)},
		{name: "a crop beside the picture, as if none", data: encodeAt(t, phone, 92), crop: image.Rect(5000, 500, 6000, 1900)},
		{name: "a crop that leaves the picture", data: encodeAt(t, phone, 92), crop: image.Rect(-75, 187, 975, 1500)},

		{name: "before blue", data: encodeAt(t, scaled(decode(t, blue), 590, 826), 92), faults: "background"},
		{name: "before a shadow", data: encodeAt(t, scaled(shadow(portrait, 165), 590, 826), 92), faults: "background"},
		{name: "somebody far away", data: encodeAt(t, scene(t, man, 1600, 1200, 0.5, 0.09), 92), faults: "far"},
		{name: "a wall without anybody", data: encodeAt(t, noisy(scaled(plain(color.White), 1200, 1600), 3), 92), faults: "nobody"},
		{name: "nothing but noise", data: asPNG(t, noisy(scaled(plain(color.Gray{128}), 590, 826), 90)), faults: "background nobody"},
		{name: "a crop of a wall without anybody", data: encodeAt(t, phone, 92), crop: image.Rect(0, 0, 295, 300), faults: "nobody", hints: "pixels-few"},
		{name: "a crop of a few pixels", data: encodeAt(t, phone, 92), crop: image.Rect(500, 500, 520, 530), faults: "pixels-few"},
		{name: "cut out of its background", data: asPNG(t, transparent), faults: "transparent"},
		{name: "a thumbnail", data: asPNG(t, scaled(portrait, 75, 105)), faults: "pixels-few"},
		{name: "25 megapixels", data: resized(man, 5000, 5000), faults: "pixels-many"},
		{name: "what telephones call 24 megapixels, and damaged", data: resized(man, 4284, 5712), faults: "broken"},
		{name: "a header of 65535 × 65535", data: resized(man, 65535, 65535), faults: "pixels-many"},
		{name: "a header of 0 × 0", data: resized(man, 0, 0), faults: "broken"},
		{name: "a PNG header of 65535 × 65535", data: pngHeader(65535, 65535), faults: "pixels-many"},
		{name: "a PNG header of more pixels than can be counted", data: pngHeader(1<<31-1, 1<<31-1), faults: "unsupported"},
		{name: "a PNG header of 0 × 0", data: pngHeader(0, 0), faults: "broken"},
		{name: "a PNG that is all header", data: pngHeader(600, 800), faults: "broken"},
		{name: "a PNG cut in the middle", data: asPNG(t, double)[:9000], faults: "broken"},
		{name: "a JPEG cut in the middle", data: encodeAt(t, double, 92)[:9000], faults: "broken"},
		{name: "21 MB", data: append(bytes.Clone(man), make([]byte, 21<<20)...), faults: "large"},
		{name: "three thousand scans", data: scans(man, 3000), faults: "unsupported"},
		{name: "as many scans as are read, on 24 megapixels", data: progressive(4000, 6000, 64), faults: "unsupported"},
		{name: "12 bits", data: patched(man, 0xc0, 4, 12), faults: "unsupported"},
		{name: "empty", data: nil, faults: "empty"},
		{name: "HEIC", data: []byte("\x00\x00\x00\x24ftypheic\x00\x00\x00\x00"), faults: "kind"},
		{name: "WebP", data: []byte("RIFF\x24\x00\x00\x00WEBPVP8 "), faults: "kind"},
		{name: "web page", data: []byte("<!DOCTYPE html><p>登录"), faults: "text"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			checked, findings := photo.Fit(tt.data, tt.crop, photo.DefaultLimits())
			faults, hints := codes(t, findings)
			if faults != tt.faults || hints != tt.hints || checked.IsZero() != (tt.faults != "") {
				t.Errorf("faults %q, hints %q, want %q, %q", faults, hints, tt.faults, tt.hints)
			}
			if !checked.IsZero() {
				mended(t, checked)
			}
		})
	}
}

// mended holds an outcome of Fit to everything that an office asks for.
func mended(t *testing.T, checked photo.Checked) {
	t.Helper()
	l, file := photo.DefaultLimits(), checked.JPEG()
	config, err := jpeg.DecodeConfig(bytes.NewReader(file))
	if err != nil || config.Width != 295 || config.Height != 413 || config.ColorModel != color.YCbCrModel {
		t.Errorf("the outcome is %+v, %v", config, err)
	}
	if len(file) < l.MinBytes || len(file) > l.MaxBytes {
		t.Errorf("%d bytes", len(file))
	}
	if string(file[6:11]) != "JFIF\x00" || file[13] != 1 || binary.BigEndian.Uint16(file[14:]) != 300 || binary.BigEndian.Uint16(file[16:]) != 300 {
		t.Errorf("the file begins with % x", file[:20])
	}
	for _, s := range []string{"Exif\x00", "ICC_PROFILE", "<script", "PK\x03\x04"} {
		if bytes.Contains(file, []byte(s)) {
			t.Errorf("%q is still there", s)
		}
	}
	again, findings := photo.Check(file, l)
	if again.IsZero() || again.Digest() != checked.Digest() {
		t.Error("it does not pass a second time:", findings)
	}
}

// codes are those of the findings, faults and hints.
func codes(t *testing.T, findings []photo.Finding) (faults, hints string) {
	t.Helper()
	var of [2][]string
	for _, f := range findings {
		of[f.Severity] = append(of[f.Severity], f.Code)
		if s := f.Sentence(); !strings.HasSuffix(s, "。") || strings.ContainsAny(s, "{}") || strings.Contains(s, "：。") {
			t.Errorf("sentence of %s: %s", f.Code, s)
		}
		t.Log(f.Sentence())
	}
	return strings.Join(of[photo.Fault], " "), strings.Join(of[photo.Hint], " ")
}
