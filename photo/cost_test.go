package photo_test

import (
	"bytes"
	"encoding/binary"
	"go/build"
	"image/color"
	"image/jpeg"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"certreissue/photo"
	"certreissue/sample"
)

// TestStripIsLossless runs over the JPEGs of the Go distribution: colours coded
// as YCbCr, RGB and CMYK, every subsampling, progressive files, restart markers.
func TestStripIsLossless(t *testing.T) {
	files, _ := filepath.Glob(filepath.Join(build.Default.GOROOT, "src/image/testdata/*.jpeg"))
	if len(files) == 0 {
		t.Skip("this Go comes without its test pictures")
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			config, err := jpeg.DecodeConfig(bytes.NewReader(data))
			if err != nil {
				t.Fatal(err)
			}
			anything := photo.Limits{Width: config.Width, Height: config.Height, MaxBytes: 1 << 20, Confirmed: true}
			kept, findings := photo.Check(insert(data, 0xe1, exif(1)), anything)
			if config.ColorModel == color.CMYKModel {
				t.Skip("it is not taken as it is: ", findings)
			}
			if kept.IsZero() {
				t.Fatal(findings)
			}
			if !samePixels(decode(t, data), decode(t, kept.JPEG())) {
				t.Error("colours changed")
			}
			if bytes.Contains(kept.JPEG(), []byte("Exif")) {
				t.Error("EXIF is still there")
			}
		})
	}
}

// TestPrintSize reads the density from the header that stripping writes.
func TestPrintSize(t *testing.T) {
	checked, _ := photo.Check(sample.Portrait(1, false, color.White), photo.DefaultLimits())
	head := checked.JPEG()[:20]
	if string(head[6:11]) != "JFIF\x00" || head[13] != 1 || binary.BigEndian.Uint16(head[14:]) != 300 || binary.BigEndian.Uint16(head[16:]) != 300 {
		t.Errorf("the file begins with % x", head)
	}
}

// hostile files cost their maker little and should cost us little too.
func hostile() map[string][]byte {
	man := sample.Portrait(4, false, color.White)
	repeat := func(s string) []byte {
		return append(append([]byte("\xff\xd8"), bytes.Repeat([]byte(s), 21_000_000/len(s))...), man[2:]...)
	}
	return map[string][]byte{
		"comments":               repeat("\xff\xfe\x00\x02"),
		"tables":                 repeat("\xff\xc4\x00\x14\x00\x01" + strings.Repeat("\x00", 16)),
		"restart markers":        repeat("\xff\xd0"),
		"fill bytes":             repeat("\xff"),
		"quoted fill bytes":      repeat("\xff\x00"),
		"tail":                   append(bytes.Clone(man), make([]byte, 21_000_000)...),
		"data after the picture": insertBeforeEnd(man, strings.Repeat("<", 21_000_000)),
		"many scans, small":      progressive(295, 413, 64),
		"many scans, large":      progressive(1000, 1000, 8),
		"too many scans, large":  progressive(1000, 1000, 64),
		"65535 x 65535":          progressive(65535, 65535, 1),
		"65535 x 15":             progressive(65535, 15, 1),
	}
}

// progressive makes a file of which every scan says in a few bytes that its
// blocks are empty, and makes the decoder visit all of them. From the fourth on the
// scans claim to refine the first, which takes decoders longest.
func progressive(w, h uint16, scans int) []byte {
	out := []byte("\xff\xd8\xff\xdb\x00\x43\x00" + strings.Repeat("\x01", 64) + "\xff\xc2\x00\x11\x08")
	out = binary.BigEndian.AppendUint16(out, h)
	out = binary.BigEndian.AppendUint16(out, w)
	out = append(out, "\x03\x01\x11\x00\x02\x11\x00\x03\x11\x00"...)
	out = append(out, "\xff\xc4\x00\x14\x10\x01"+strings.Repeat("\x00", 15)+"\xe0"...)
	var empty bits
	for blocks := (int(w) + 7) / 8 * ((int(h) + 7) / 8); blocks > 0; blocks -= 1<<15 - 1 {
		empty.write(0) // the only code: a run of 1<<14 empty blocks and as many more as the next 14 bits say
		for range 14 {
			empty.write(1)
		}
	}
	coded := empty.stuffed()
	for i := range scans {
		refines := byte(0)
		if i >= 3 {
			refines = 0x10
		}
		out = append(append(out, "\xff\xda\x00\x08\x01"...), byte(1+i%3))
		out = append(append(out, 0, 1, 63, refines), coded...)
	}
	return append(out, 0xff, 0xd9)
}

// TestHostileFilesCostLittle holds each of them to the bounds of one check: 64 MB,
// and the time of a hundred decodes, 200 ms.
func TestHostileFilesCostLittle(t *testing.T) {
	most := decodes(t, 100)
	for name, data := range hostile() {
		t.Run(name, func(t *testing.T) {
			mb, took := costs(t, 2, func() {
				if checked, findings := photo.Check(data, photo.DefaultLimits()); !checked.IsZero() || len(findings) == 0 {
					t.Error("it passed")
				}
			})
			if mb > 64 {
				t.Errorf("%d MB", mb)
			}
			if took > most {
				t.Errorf("%v of the processor, want at most %v", took, most)
			}
		})
	}
}

// FuzzCheck is run like FuzzFit.
func FuzzCheck(f *testing.F) {
	man := sample.Portrait(4, false, color.White)
	for _, data := range [][]byte{
		nil, man, man[:5000], []byte("GIF89a"), insert(man, 0xe1, exif(6)), resized(man, 0, 65535),
		progressive(295, 413, 3), insertBeforeEnd(man, "<html"), encodeAt(f, scaled(decode(f, man), 70, 95), 30),
	} {
		f.Add("a.jpg", data)
	}
	l := photo.DefaultLimits()
	l.MinBytes = 0
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		photo.Suggest(data, l)
		checked, findings := photo.CheckFile(name, data, l)
		faults := 0
		for _, finding := range findings {
			if finding.Severity == photo.Fault {
				faults++
			}
			if finding.Sentence() == "" {
				t.Errorf("no sentence for %q", finding.Code)
			}
		}
		if checked.IsZero() != (faults > 0) {
			t.Errorf("IsZero is %v with %d faults", checked.IsZero(), faults)
		}
		if checked.IsZero() {
			return
		}
		if _, err := jpeg.Decode(bytes.NewReader(checked.JPEG())); err != nil {
			t.Errorf("what was kept does not decode: %v", err)
		}
		again, findings := photo.Check(checked.JPEG(), l)
		if again.IsZero() || !bytes.Equal(again.JPEG(), checked.JPEG()) || again.Digest() != checked.Digest() {
			t.Errorf("stripping twice differs from once: %v", findings)
		}
	})
}

// BenchmarkCheck times the whole check, and the bare decoding that it cannot do without.
func BenchmarkCheck(b *testing.B) {
	man := sample.Portrait(4, false, color.White)
	l := photo.DefaultLimits()
	b.Run("white", func(b *testing.B) {
		b.ReportAllocs()
		var bare time.Duration
		for b.Loop() {
			if checked, _ := photo.Check(man, l); checked.IsZero() {
				b.Fatal("a good photo failed")
			}
			start := time.Now()
			if _, err := jpeg.Decode(bytes.NewReader(man)); err != nil {
				b.Fatal(err)
			}
			bare += time.Since(start)
		}
		b.ReportMetric(float64(b.Elapsed()-bare)/float64(bare), "x-decode")
	})
	b.Run("wrong-kind", func(b *testing.B) {
		for b.Loop() {
			photo.Check([]byte("%PDF-1.7"), l)
		}
	})
}
