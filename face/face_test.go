package face

import (
	"encoding/json"
	"math"
	"os"
	"testing"
)

func readReference(t *testing.T) (r reference) {
	data, err := os.ReadFile(referenceFile)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &r); err != nil {
		t.Fatal(err)
	}
	return r
}

// TestNetwork holds the network to TensorFlow Lite's, in every part of the picture and for
// every kind of anchor.
func TestNetwork(t *testing.T) {
	n, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	w := works.Get().(*work)
	for i, pixel := range noise() {
		w.picture[(i/side+1)*padded+1+i%side] = pixel
	}
	n.run(w, -surest)
	r := readReference(t)
	anchor, compared := 0, 0
	for i, h := range heads {
		for place := range h.size * h.size {
			for a := range h.anchors {
				if anchor%r.Every == 0 {
					want := r.Raw[compared]
					compared++
					got := [1 + values]float32{w.scores[i].inner(a, place/h.size)[place%h.size]}
					for j := range values {
						got[1+j] = w.values[i].inner(a*values+j, place/h.size)[place%h.size]
					}
					for j := range want {
						if math.Abs(float64(got[j]-want[j])) > 0.002 {
							t.Errorf("anchor %d gives %v, want %v", anchor, got, want)
							break
						}
					}
				}
				anchor++
			}
		}
	}
	if anchor != 896 || compared != len(r.Raw) || compared < 20 {
		t.Errorf("%d anchors, %d compared", anchor, compared)
	}
}

// TestFind holds the whole way from the picture to the faces to MediaPipe's.
func TestFind(t *testing.T) {
	r := readReference(t)
	for name, img := range drawn(t) {
		t.Run(name, func(t *testing.T) {
			want, ok := r.Faces[name]
			if found := Find(img); !ok || len(found) != len(want) {
				t.Fatalf("%+v, want %v", found, want)
			}
			for i, f := range Find(img) {
				got := []float64{f.Min.X, f.Min.Y, f.Max.X, f.Max.Y}
				for _, p := range f.Points {
					got = append(got, p.X, p.Y)
				}
				for j, v := range got {
					if math.Abs(v-want[i][j]) > 1 {
						t.Errorf("face %d: %.2f with the score %.3f, want %.2f", i, got, f.Score, want[i])
						break
					}
				}
			}
		})
	}
}
