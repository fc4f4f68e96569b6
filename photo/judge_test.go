package photo

import (
	"bytes"
	"image/jpeg"
	"os"
	"testing"
	"time"

	"certreissue/face"
)

// BenchmarkUndetected times a check of a good photo, as BenchmarkCheck does, of which the faces are known.
func BenchmarkUndetected(b *testing.B) {
	man, err := os.ReadFile("../face/testdata/man.jpg")
	if err != nil {
		b.Fatal(err)
	}
	img, err := jpeg.Decode(bytes.NewReader(man))
	if err != nil {
		b.Fatal(err)
	}
	people := peopleIn(planesOf(img), face.Find(img))
	b.ReportAllocs()
	var bare time.Duration
	for b.Loop() {
		p, _ := open(man)
		_, img, err := p.decode()
		if err != nil {
			b.Fatal(err)
		}
		judge(planesOf(img), people, DefaultLimits())
		digest(img)
		start := time.Now()
		if _, err := jpeg.Decode(bytes.NewReader(man)); err != nil {
			b.Fatal(err)
		}
		bare += time.Since(start)
	}
	b.ReportMetric(float64(b.Elapsed()-bare)/float64(bare), "x-decode")
}
