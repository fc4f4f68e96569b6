package photo_test

import (
	"bytes"
	"crypto/sha256"
	"image"
	"image/color"
	"slices"
	"strings"
	"testing"

	"certreissue/photo"
	"certreissue/sample"
)

// TestCheck says in words what is in a picture and what becomes of it.
func TestCheck(t *testing.T) {
	man, woman := sample.Portrait(4, false, color.White), sample.Portrait(1, true, color.White)
	on := func(r, g, b uint8) []byte { return sample.Portrait(7, false, color.RGBA{r, g, b, 255}) }
	tests := []struct {
		name   string // what the picture shows
		file   string // as it is called, if that matters
		data   []byte
		faults string // codes, in order
		hints  string
	}{
		// Good photos.
		{name: "a man on white", data: man},
		{name: "a woman with long hair", data: woman},
		{name: "a woman with short hair", data: sample.Portrait(5, true, color.White)},
		{name: "a man with grey hair", data: sample.Portrait(2, false, color.White)},
		{name: "a woman with white hair", data: encode(t, whiteHaired(decode(t, woman)))},
		{name: "a man with white hair", data: encode(t, whiteHaired(decode(t, man)))},
		{name: "grey white 245", data: on(245, 245, 245)},
		{name: "grey white 235", data: on(235, 235, 235)},
		{name: "warm white of a lamp", data: on(252, 247, 239)},
		{name: "cool white of a window", data: on(240, 244, 250)},
		{name: "white with the noise of a cheap camera", data: encode(t, noisy(decode(t, man), 9))},
		{name: "quality 70", data: padded(encodeAt(t, decode(t, man), 70))},
		{name: "quality 40, with blocks and rings", data: padded(encodeAt(t, decode(t, woman), 40))},
		{name: "grey hair standing off into the left margin", data: encode(t, greyHair(decode(t, man)))},
		{name: "dark hair falling wide over both margins", data: encode(t, wideHair(decode(t, woman)))},
		{name: "fair hair falling over one shoulder", data: encode(t, each(decode(t, man), func(x, y int, c color.RGBA) color.RGBA {
			if isWall(c) && x < 147 && y > 110 && x > 100-(y-110)*2/3 {
				return color.RGBA{190, 150, 100, 255}
			}
			return c
		}))},
		{name: "corners a little darker, as lenses do", data: encode(t, lit(decode(t, man), func(x, y float64) float64 {
			return 1 - 0.08*((x-0.5)*(x-0.5)+(y-0.5)*(y-0.5))
		}))},
		{name: "a small head over broad shoulders in pale blue", data: broad(t, decode(t, man), color.RGBA{185, 205, 235, 255})},
		{name: "named .JPEG", file: "王芳.JPEG", data: man},
		{name: "named .jfif by a browser", file: `C:\下载\photo.png\a.jfif`, data: man},
		{name: "without an ending", file: "张三", data: man},
		{name: "a date as ending", file: "张三.2016", data: man},

		// Passes, with something to look at.
		{name: "grey white 216", data: on(216, 216, 216), hints: "background"},
		{name: "light grey 211", data: on(211, 211, 211), hints: "background"},
		{name: "grey 200", data: on(200, 200, 200), hints: "background"},
		{name: "rather warm white", data: on(250, 240, 222), hints: "background"},
		{name: "a breath of blue", data: on(232, 240, 248), hints: "background"},
		{name: "a faint shadow at one side", data: encode(t, shadow(decode(t, man), 229)), hints: "background"},
		{name: "black and white", data: encode(t, colourless(decode(t, man))), hints: "colourless"},
		{name: "out of focus", data: padded(encode(t, blurred(decode(t, man)))), hints: "blurred"},
		{name: "out of focus, with the noise of a cheap camera", data: encode(t, noisy(blurred(decode(t, man)), 5)), hints: "blurred"},
		{name: "a little soft, as after one copy too many", data: padded(encode(t, scaled(scaled(decode(t, man), 110, 154), 295, 413)))},
		{name: "the flash did not reach the face", data: encode(t, each(decode(t, man), func(_, _ int, c color.RGBA) color.RGBA {
			if isWall(c) {
				return c
			}
			return times(c, 0.3)
		})), hints: "dark"},
		{name: "burnt out by the flash", data: encode(t, each(decode(t, man), func(_, _ int, c color.RGBA) color.RGBA { return times(c, 1.5) })), hints: "bright"},
		{name: "a head far too small", data: padded(encode(t, small(decode(t, man), 0.4))), hints: "head-low head-small"},
		{name: "much empty space above", data: encode(t, moved(decode(t, man), 0, 75)), hints: "head-low"},
		{name: "hair cut off by the upper edge", data: encode(t, moved(decode(t, man), 0, -70)), hints: "head-cut"},
		{name: "far to the right", data: encode(t, moved(decode(t, man), 45, 0)), hints: "off-centre"},

		// Backgrounds.
		{name: "blue", data: on(67, 142, 219), faults: "background"},
		{name: "light blue", data: on(190, 220, 245), faults: "background"},
		{name: "very light blue", data: on(222, 236, 250), faults: "background"},
		{name: "red", data: on(200, 20, 30), faults: "background"},
		{name: "pink", data: on(248, 225, 228), faults: "background"},
		{name: "light green", data: on(215, 240, 220), faults: "background"},
		{name: "beige like skin", data: on(235, 205, 170), faults: "background"},
		{name: "lavender", data: on(230, 230, 250), faults: "background"},
		{name: "old rose", data: on(255, 228, 225), faults: "background"},
		{name: "grey 185", data: on(185, 185, 185), faults: "background"},
		{name: "black", data: on(12, 12, 14), faults: "background"},
		{name: "darker to the right", data: encode(t, lit(decode(t, man), func(x, _ float64) float64 { return 1 - 0.3*x })), faults: "background"},
		{name: "darker downwards", data: encode(t, lit(decode(t, man), func(_, y float64) float64 { return 1 - 0.35*y })), faults: "background"},
		{name: "a hard shadow beside the head", data: encode(t, shadow(decode(t, man), 165)), faults: "background"},
		{name: "white above and grey 200 below", data: encode(t, lit(decode(t, man), func(_, y float64) float64 { return 1 - 0.22*y })), faults: "background"},
		{name: "blue beside jaw and neck only", data: encode(t, below(decode(t, man), 206, color.RGBA{150, 190, 240, 255})), faults: "background"},
		{name: "grey beside jaw and neck only", data: encode(t, below(decode(t, woman), 206, color.RGBA{200, 200, 200, 255})), faults: "background"},
		{name: "a wall ruled with thin lines", data: encode(t, each(decode(t, man), func(_, y int, c color.RGBA) color.RGBA {
			if isWall(c) && y%9 == 0 {
				return color.RGBA{175, 175, 175, 255}
			}
			return c
		})), faults: "background"},
		{name: "a curtain in folds", data: encode(t, folds(decode(t, man))), faults: "background"},
		{name: "underexposed, the wall black, but somebody is there", data: padded(encode(t, each(decode(t, man), func(_, _ int, c color.RGBA) color.RGBA { return times(c, 0.2) }))), faults: "background", hints: "dark"},
		{name: "out of focus before blue", data: padded(encode(t, blurred(decode(t, on(67, 142, 219))))), faults: "background", hints: "blurred"},
		{name: "a small ornament on a white wall, and nobody", data: padded(encode(t, noisy(each(plain(color.White), func(x, y int, c color.RGBA) color.RGBA {
			if (x-147)*(x-147)+(y-200)*(y-200) < 30*30 {
				return color.RGBA{90, 60, 40, 255}
			}
			return c
		}), 3))), faults: "nobody"},
		{name: "a black square", data: sign(t, image.Rect(60, 100, 235, 275), color.RGBA{20, 20, 20, 255}, 0), faults: "nobody"},
		{name: "a red disc", data: sign(t, image.Rect(60, 100, 235, 275), color.RGBA{200, 30, 30, 255}, 87), faults: "nobody"},
		{name: "a blue disc", data: sign(t, image.Rect(60, 100, 235, 275), color.RGBA{40, 80, 180, 255}, 87), faults: "nobody"},
		{name: "shoulders without a head", data: sign(t, image.Rect(30, 285, 265, 413), color.RGBA{40, 50, 90, 255}, 60), faults: "nobody"},
		{name: "a green field below a white sky", data: sign(t, image.Rect(0, 245, 295, 413), color.RGBA{90, 160, 60, 255}, 0), faults: "nobody"},
		{name: "nobody before white", data: padded(encode(t, noisy(plain(color.White), 3))), faults: "nobody"},
		{name: "nobody before blue", data: padded(encode(t, noisy(plain(color.RGBA{67, 142, 219, 255}), 3))), faults: "background nobody"},

		// Sizes.
		{name: "600 × 800", data: encodeAt(t, scaled(decode(t, man), 600, 800), 60), faults: "size"},
		{name: "600 × 800 on blue, and too many bytes: all at once", data: encodeAt(t, scaled(decode(t, on(67, 142, 219)), 600, 800), 100), faults: "bytes-many size background"},
		{name: "one pixel too wide", data: encode(t, scaled(decode(t, man), 296, 413)), faults: "size"},
		{name: "lying on its side", data: encode(t, scaled(decode(t, man), 413, 295)), faults: "size"},
		{name: "12 megapixels: not decoded, still measured", data: huge(t), faults: "bytes-many size"},
		{name: "one byte too few", data: padTo(encodeAt(t, decode(t, man), 20), 10239), faults: "bytes-few"},
		{name: "exactly enough bytes", data: padTo(encodeAt(t, decode(t, man), 50), 10240)},
		{name: "exactly as many bytes as allowed", data: padTo(man, 30720)},
		{name: "one byte too many", data: padTo(man, 30721), faults: "bytes-many"},

		// Other kinds of file.
		{name: "empty", data: nil, faults: "empty"},
		{name: "PNG called jpg", file: "a.jpg", data: asPNG(t, decode(t, man)), faults: "kind"},
		{name: "PNG called png", file: "a.png", data: asPNG(t, decode(t, man)), faults: "kind"},
		{name: "JPEG called png", file: "a.PNG", data: man, faults: "name"},
		{name: "JPEG called pdf, on blue", file: "dir/a.pdf ", data: on(67, 142, 219), faults: "name background"},
		{name: "GIF", data: []byte("GIF89a\x01\x00\x01\x00\x80\x00\x00"), faults: "kind"},
		{name: "BMP", data: []byte("BM\x36\x00\x00\x00\x00\x00\x00\x00"), faults: "kind"},
		{name: "WebP", data: []byte("RIFF\x24\x00\x00\x00WEBPVP8 "), faults: "kind"},
		{name: "HEIC of a telephone", data: []byte("\x00\x00\x00\x24ftypheic\x00\x00\x00\x00"), faults: "kind"},
		{name: "PDF", data: []byte("%PDF-1.7\n"), faults: "kind"},
		{name: "ZIP", data: []byte("PK\x03\x04\x14\x00"), faults: "kind"},
		{name: "web page", data: []byte("<!DOCTYPE html><p>登录"), faults: "text"},
		{name: "rubbish", data: []byte{0, 1, 2, 3, 4, 5, 6, 7, 8}, faults: "unknown"},

		// Damage and traps.
		{name: "cut in the middle", data: man[:12000], faults: "broken"},
		{name: "cut before the last byte", data: man[:len(man)-1], faults: "broken"},
		{name: "only the first two bytes", data: man[:2], faults: "bytes-few broken"},
		{name: "only the first bytes", data: man[:3], faults: "bytes-few broken"},
		{name: "header of 65535 × 65535", data: resized(man, 65535, 65535), faults: "size"},
		{name: "header of 0 × 0", data: resized(man, 0, 0), faults: "broken"},
		{name: "header twice as large as its data", data: resized(man, 590, 826), faults: "size broken"},
		{name: "arithmetic coding", data: patched(man, 0xc0, 1, 0xc9), faults: "unsupported"},
		{name: "12 bits", data: patched(man, 0xc0, 4, 12), faults: "unsupported"},
		{name: "EXIF turns it", data: insert(man, 0xe1, exif(6)), faults: "orientation"},
		{name: "EXIF leaves it upright", data: insert(man, 0xe1, exif(1))},
		{name: "EXIF with a value that no viewer knows", data: insert(man, 0xe1, exif(0))},
		{name: "a web page in a comment", data: insert(man, 0xfe, []byte("<script>alert(1)</script>"))},
		{name: "an archive behind the end", data: append(bytes.Clone(man), "PK\x03\x04 <html>"...)},
		{name: "a web page inside the coded data", data: insertBeforeEnd(man, "<ScRiPt>alert(1)</ScRiPt>"), faults: "smuggling"},
		{name: "three thousand scans", data: scans(man, 3000), faults: "unsupported"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			checked, findings := photo.CheckFile(tt.file, tt.data, photo.DefaultLimits())
			faults, hints := codes(t, findings)
			if faults != tt.faults || hints != tt.hints {
				t.Errorf("faults %q, hints %q, want %q, %q", faults, hints, tt.faults, tt.hints)
			}
			if checked.IsZero() != (tt.faults != "") {
				t.Errorf("IsZero is %v with faults %q", checked.IsZero(), tt.faults)
			}
			if kept := checked.Hints(); tt.faults == "" && !slices.Equal(kept, findings) {
				t.Errorf("the photo carries the hints %v", kept)
			}
			stored := checked.JPEG()
			for _, s := range []string{"Exif\x00", "<script", "<html", "PK\x03\x04"} {
				if bytes.Contains(stored, []byte(s)) {
					t.Errorf("stored bytes hold %q", s)
				}
			}
			if tt.faults == "" && !samePixels(decode(t, stored), decode(t, tt.data)) {
				t.Error("stripping changed the picture")
			}
		})
	}
}

// TestPortraits holds the hints to their promise: none on ordinary photos.
func TestPortraits(t *testing.T) {
	for seed := range int64(12) {
		for _, female := range []bool{false, true} {
			if _, findings := photo.Check(sample.Portrait(seed, female, color.White), photo.DefaultLimits()); findings != nil {
				t.Errorf("portrait %d, female %v: %v", seed, female, findings)
			}
		}
	}
}

func TestLimitsAreTheOffices(t *testing.T) {
	l := photo.DefaultLimits()
	l.Width, l.Height = 300, 400
	data := encode(t, scaled(decode(t, sample.Portrait(3, true, color.White)), 300, 400))
	if checked, findings := photo.Check(data, l); checked.IsZero() {
		t.Error("a photo of the office's own size fails:", findings)
	}
	grey := sample.Portrait(3, true, color.Gray{216})
	l = photo.DefaultLimits()
	l.ClearFrom = 0
	if _, findings := photo.Check(grey, l); findings != nil {
		t.Error("with nothing to be clearly white:", findings)
	}
	shaded := encode(t, shadow(decode(t, sample.Portrait(4, false, color.White)), 165))
	l.FailBelow = 20
	if checked, findings := photo.Check(shaded, l); checked.IsZero() {
		t.Error("with a fifth to be near white:", findings)
	}
}

func TestSentences(t *testing.T) {
	man := sample.Portrait(4, false, color.White)
	tests := []struct {
		name string
		data []byte
		want string
	}{
		{"size", encodeAt(t, scaled(decode(t, man), 600, 800), 60), "照片尺寸是 600×800 像素，要求 295×413 像素。"},
		{"megabytes", append(bytes.Clone(man), make([]byte, 4_000_000)...), "文件大小是 3.8 MB，要求在 10 KB 与 30 KB 之间。"},
		{"a near miss, to the byte", padTo(man, 30721), "文件大小是 30,721 字节，要求在 10,240 与 30,720 字节之间。"},
		{"a blue wall", sample.Portrait(4, false, color.RGBA{67, 142, 219, 255}), "照片底色不是白色：整体偏蓝。"},
		{"a shadow at the right", encode(t, shadow(decode(t, man), 165)), "照片底色不是白色：右侧有阴影或明暗不均。"},
		{"HEIC", []byte("\x00\x00\x00\x24ftypheic\x00\x00"), "兼容性最佳"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, findings := photo.Check(tt.data, photo.DefaultLimits())
			if len(findings) == 0 || !strings.Contains(findings[0].Sentence(), tt.want) {
				t.Errorf("got %v, want %s", findings, tt.want)
			}
		})
	}
}

// TestDigest: it is that of the size and of all pixels, which those stored before were made by.
func TestDigest(t *testing.T) {
	man := sample.Portrait(4, false, color.White)
	first, _ := photo.Check(man, photo.DefaultLimits())
	again, _ := photo.Check(insert(man, 0xe1, exif(1)), photo.DefaultLimits())
	pixels := append([]byte{0, 0, 295 >> 8, 295 & 0xff, 0, 0, 413 >> 8, 413 & 0xff}, decode(t, man).Pix...)
	if first.Digest() != sha256.Sum256(pixels) || first.Digest() != again.Digest() {
		t.Error("the digest is not that of the pixels")
	}
}

func samePixels(a, b *image.RGBA) bool { return a.Rect == b.Rect && bytes.Equal(a.Pix, b.Pix) }
