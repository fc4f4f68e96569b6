package sample

import (
	"bytes"
	"crypto/sha256"
	"image/color"
	"testing"

	"certreissue/photo"
)

func TestPortrait(t *testing.T) {
	people := map[[sha256.Size]byte]int64{}
	for seed := range int64(12) {
		for _, female := range []bool{false, true} {
			data := Portrait(seed, female, color.White)
			if !bytes.Equal(data, Portrait(seed, female, color.White)) {
				t.Errorf("seed %d gives two pictures", seed)
			}
			checked, findings := photo.Check(data, photo.DefaultLimits())
			if findings != nil {
				t.Errorf("seed %d, female %v: %v", seed, female, findings)
			}
			if other, ok := people[checked.Digest()]; ok {
				t.Errorf("seeds %d and %d show one person", seed, other)
			}
			people[checked.Digest()] = seed
		}
	}
}

func TestPortraitBackgrounds(t *testing.T) {
	tests := []struct {
		name       string
		background color.Color
		want       photo.Severity
	}{
		{"the blue of passport photos", color.RGBA{67, 142, 219, 255}, photo.Fault},
		{"red", color.RGBA{205, 30, 40, 255}, photo.Fault},
		{"a grey wall", color.Gray{190}, photo.Fault},
		{"a white wall in dim light", color.Gray{216}, photo.Hint},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, findings := photo.Check(Portrait(3, true, tt.background), photo.DefaultLimits())
			if len(findings) != 1 || findings[0].Code != photo.Background || findings[0].Severity != tt.want {
				t.Errorf("got %v", findings)
			}
		})
	}
}

func BenchmarkPortrait(b *testing.B) {
	for b.Loop() {
		Portrait(1, true, color.White)
	}
}
