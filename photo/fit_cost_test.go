package photo_test

import (
	"bytes"
	"encoding/binary"
	"image"
	"image/color"
	"runtime"
	"slices"
	"testing"
	"time"

	"certreissue/photo"
	"certreissue/sample"
)

// costs gives the memory that f allocates, which is at least what it holds at its
// peak, and the least processor time of a few tries.
func costs(t testing.TB, tries int, f func()) (mb uint64, took time.Duration) {
	took = time.Hour
	for range tries {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		start := processorTime(t)
		f()
		took = min(took, processorTime(t)-start)
		runtime.ReadMemStats(&after)
		mb = (after.TotalAlloc - before.TotalAlloc) >> 20
	}
	return mb, took
}

// decodes is the processor time of decoding an honest photo that many times, in
// which the bounds of these tests are counted: it keeps slow machines out of them.
func decodes(t testing.TB, n int) time.Duration {
	man := sample.Portrait(4, false, color.White)
	_, took := costs(t, 10, func() {
		for range 10 {
			decode(t, man)
		}
	})
	return took * time.Duration(n) / 10
}

// TestFitCosts holds a mend to 64 MB and the time of a thousand decodes, 1.5 s. The
// largest files that are read at all may take more.
func TestFitCosts(t *testing.T) {
	if testing.Short() {
		t.Skip("the largest pictures are left out of a short run")
	}
	type file struct {
		data []byte
		mb   uint64
		most time.Duration
	}
	mend := decodes(t, 1000)
	files := map[string]file{
		"12 megapixels": {encodeAt(t, scene(t, sample.Portrait(4, false, color.White), 3000, 4000, 0.5, 0.8), 88), 64, mend},
		// Progressive and without subsampling: the coefficients alone are 12 bytes a pixel.
		"6 megapixels, as many scans as are read": {progressive(2000, 3000, 48), 128, mend * 3 / 2},
	}
	for name, data := range hostile() {
		files[name] = file{data, 64, mend}
	}
	for name, f := range files {
		t.Run(name, func(t *testing.T) {
			mb, took := costs(t, 1, func() { photo.Fit(f.data, image.Rectangle{}, photo.DefaultLimits()) })
			if mb > f.mb {
				t.Errorf("%d MB", mb)
			}
			if took > f.most {
				t.Errorf("%v of the processor, want at most %v", took, f.most)
			}
		})
	}
}

// whitePNG is a white picture of a few kilobytes, whatever its size: of 16 bits where
// deep is set, and interlaced as Adam7 is.
func whitePNG(t testing.TB, w, h int, deep, interlaced bool) []byte {
	t.Helper()
	depth, passes := 8, [][4]int{{1, 1, 0, 0}} // steps, then first column and line
	if deep {
		depth = 16
	}
	head := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, uint32(w)), uint32(h))
	head = append(head, byte(depth), 2, 0, 0, 0)
	if interlaced {
		head[12] = 1
		passes = [][4]int{{8, 8, 0, 0}, {8, 8, 4, 0}, {4, 8, 0, 4}, {4, 4, 2, 0}, {2, 4, 0, 2}, {2, 2, 1, 0}, {1, 2, 0, 1}}
	}
	var lines bytes.Buffer
	for _, p := range passes {
		line := bytes.Repeat([]byte{0xff}, 1+(w-p[2]+p[0]-1)/p[0]*3*depth/8)
		line[0] = 0 // no filter
		for range (h - p[3] + p[1] - 1) / p[1] {
			lines.Write(line)
		}
	}
	return slices.Concat([]byte("\x89PNG\r\n\x1a\n"), chunk("IHDR", head), chunk("IDAT", packed(lines.Bytes())), chunk("IEND", nil))
}

// TestDensePNG: what a PNG costs is bounded by its header. One that takes more for each
// pixel may have fewer of them; beyond, it is refused for nothing, with a sentence.
func TestDensePNG(t *testing.T) {
	if testing.Short() {
		t.Skip("the largest pictures are left out of a short run")
	}
	most := decodes(t, 1000)
	for _, c := range []struct {
		name             string
		w, h             int
		deep, interlaced bool
		sentence         string // of what is refused before it is decoded
	}{
		{"24 megapixels", 4200, 5800, false, false, ""},
		{"12 of 16 bits", 3000, 4000, true, false, ""},
		{"12 interlaced", 3000, 4000, false, true, ""},
		{"6 of both", 2000, 3000, true, true, ""},
		{"24 of 16 bits", 4200, 5800, true, false, "照片是 4200×5800 像素的 PNG（16 位），这样的最多只能处理 1225 万像素。请用“画图”等看图软件打开，另存为 JPG 后再上传。"},
		{"24 interlaced", 4200, 5800, false, true, "照片是 4200×5800 像素的 PNG（隔行扫描），这样的最多只能处理 1225 万像素。请用“画图”等看图软件打开，另存为 JPG 后再上传。"},
		{"12 of both", 3000, 4000, true, true, "照片是 3000×4000 像素的 PNG（16 位、隔行扫描），这样的最多只能处理 612 万像素。请用“画图”等看图软件打开，另存为 JPG 后再上传。"},
	} {
		t.Run(c.name, func(t *testing.T) {
			data := whitePNG(t, c.w, c.h, c.deep, c.interlaced)
			var findings []photo.Finding
			mb, took := costs(t, 1, func() { _, findings = photo.Fit(data, image.Rectangle{}, photo.DefaultLimits()) })
			bound := uint64(152)
			if c.sentence != "" {
				bound = 1
			}
			if mb > bound || took > most {
				t.Errorf("%d MB and %v of the processor, want at most %d and %v", mb, took, bound, most)
			}
			if refused := len(findings) == 1 && findings[0].Code == photo.DensePixels; refused != (c.sentence != "") || refused && findings[0].Sentence() != c.sentence {
				t.Errorf("found %v: %s", findings, findings[0].Sentence())
			}
		})
	}
}

// FuzzFit is run by
//
//	go test ./photo -run - -fuzz FuzzFit -fuzztime 10m -fuzzminimizetime 1x
//
// as pictures take the fuzzer a minute each to minimise, for nothing.
func FuzzFit(f *testing.F) {
	man := sample.Portrait(4, false, color.White)
	upright := decode(f, man)
	profile := append([]byte("ICC_PROFILE\x00\x01\x01"), displayP3()...)
	for _, data := range [][]byte{
		nil, man, man[:5000], asPNG(f, scaled(upright, 150, 210)), whitePNG(f, 300, 420, true, true), pngHeader(600, 800), progressive(295, 413, 3),
		insert(insert(encodeAt(f, turned(upright, 6), 30), 0xe1, exif(6)), 0xe2, profile),
		withChunk(withChunk(asPNG(f, flat()), "iCCP", append([]byte("P3\x00\x00"), packed(displayP3())...)), "eXIf", exif(8)[6:]),
		assemble(f, planesOf(scaled(upright, 150, 210), 4, inverted), true, adobeCMYK),
	} {
		f.Add(data, 0, 0, 0, 0)
		f.Add(data, 10, 20, 310, 440)
	}
	l := photo.DefaultLimits()
	f.Fuzz(func(t *testing.T, data []byte, x0, y0, x1, y1 int) {
		checked, findings := photo.Fit(data, image.Rect(x0, y0, x1, y1), l)
		faults, _ := codes(t, findings)
		if checked.IsZero() != (faults != "") {
			t.Errorf("IsZero is %v with the faults %q", checked.IsZero(), faults)
		}
		if !checked.IsZero() {
			if again, _ := photo.Check(checked.JPEG(), l); !bytes.Equal(again.JPEG(), checked.JPEG()) {
				t.Error("the outcome is not what Check would make of it")
			}
		}
	})
}

// BenchmarkFit mends pictures as people have them:
//
//	go test ./photo -run - -bench Fit -benchmem
func BenchmarkFit(b *testing.B) {
	man := sample.Portrait(4, false, color.White)
	room := scene(b, man, 3000, 4000, 0.5, 0.8)
	for name, data := range map[string][]byte{
		"600x840":              encodeAt(b, scaled(decode(b, man), 600, 840), 88),
		"12MP":                 encodeAt(b, room, 88),
		"12MP-png":             asPNG(b, room),
		"12MP-progressive-444": assemble(b, planesOf(room, 3, ycc), true, ""),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				photo.Fit(data, image.Rectangle{}, photo.DefaultLimits())
			}
		})
	}
}
