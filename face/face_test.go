package face

import (
	"bytes"
	"cmp"
	"encoding/json"
	"image"
	"image/color"
	"image/jpeg"
	"math"
	"os"
	"slices"
	"sync"
	"testing"
	"time"
	"unsafe"

	"golang.org/x/image/draw"
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
// every kind of anchor, with this processor's product and with that of any.
func TestNetwork(t *testing.T) {
	own := product
	t.Cleanup(func() { product = own })
	testNetwork(t)
	product = multiplyPlainly
	testNetwork(t)
}

func testNetwork(t *testing.T) {
	t.Helper()
	n, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	w := works.Get().(*work)
	for i, pixel := range noise() {
		w.picture[(i/side+1)*padded+1+i%side] = pixel
	}
	n.run(w, float32(math.Inf(-1)))
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
						if math.Abs(float64(got[j]-want[j])) > 0.001 {
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
					if math.Abs(v-want[i][j]) > 0.25 {
						t.Errorf("face %d: %.2f with the score %.3f, want %.2f", i, got, f.Score, want[i])
						break
					}
				}
			}
		})
	}
}

// TestSearch: faces too small for a look at the whole are found, once each, with the surest first.
func TestSearch(t *testing.T) {
	img := drawn(t)["both"]
	if found := Find(img); len(found) != 1 {
		t.Errorf("in the whole are %+v", found)
	}
	found := Search(img)
	if len(found) != 2 || found[0].Score < found[1].Score {
		t.Fatalf("%+v", found)
	}
	slices.SortFunc(found, func(a, b Face) int { return cmp.Compare(a.Min.X, b.Min.X) })
	for i, want := range []struct{ x, y, unit float64 }{{40, 30, 220. / 295}, {400, 100, 120. / 295}} {
		eyes := []Point{found[i].Points[RightEye], found[i].Points[LeftEye]}
		for j, x := range []float64{115, 177} { // of both portraits, y 168
			if dx, dy := eyes[j].X-want.x-x*want.unit, eyes[j].Y-want.y-168*want.unit; math.Hypot(dx, dy) > 6*want.unit {
				t.Errorf("face %d has the eyes %v", i, eyes)
			}
		}
	}
}

// TestSearchOnce: one face is one, however large it is in each square.
func TestSearchOnce(t *testing.T) {
	pictures := drawn(t)
	for _, c := range []struct {
		who   string
		width int
	}{{"woman", 120}, {"man", 90}, {"man", 60}, {"woman", 400}} {
		img := image.NewRGBA(image.Rect(0, 0, 600, 600))
		draw.Draw(img, img.Rect, image.NewUniform(color.RGBA{120, 140, 150, 255}), image.Point{}, draw.Src)
		corner := image.Pt(300-c.width/2, 300-c.width*413/295/2)
		draw.BiLinear.Scale(img, image.Rectangle{corner, image.Pt(600, 600).Sub(corner)}, pictures[c.who], pictures[c.who].Rect, draw.Src, nil)
		if found := Search(img); len(found) != 1 {
			t.Errorf("%s, %d wide: %+v", c.who, c.width, found)
		}
	}
}

// TestBounds: a part of a picture is a picture, counted as its bounds say; and whatever kind of
// image it is, the same is found.
func TestBounds(t *testing.T) {
	both := drawn(t)["both"]
	want := Find(both)
	long := image.NewRGBA(image.Rect(-50, -20, 900, 800))
	at := image.Rect(100, 200, 100+both.Rect.Dx(), 200+both.Rect.Dy())
	draw.Draw(long, at, both, image.Point{}, draw.Src)
	for kind, img := range map[string]image.Image{"RGBA": long.SubImage(at), "NRGBA": nrgba(long).SubImage(at), "without a look at the bytes": bare{long.SubImage(at)}, "RGBA64": rgba64(long).SubImage(at)} {
		found := Find(img)
		if len(found) != len(want) {
			t.Errorf("%s: %+v", kind, found)
			continue
		}
		if dx, dy := found[0].Min.X-want[0].Min.X-100, found[0].Points[Mouth].Y-want[0].Points[Mouth].Y-200; math.Hypot(dx, dy) > 0.01 {
			t.Errorf("%s: %+v, want %+v", kind, found, want)
		}
	}
	for _, r := range []image.Rectangle{{}, image.Rect(0, 0, 1, 1), image.Rect(0, 0, 1, 3000), image.Rect(0, 0, 2000, 70)} {
		if found := Search(image.NewRGBA(r)); len(found) > 0 {
			t.Errorf("%v: %+v", r, found)
		}
	}
}

// bare hides what kind of image it is.
type bare struct{ image.Image }

func nrgba(img image.Image) *image.NRGBA {
	copied := image.NewNRGBA(img.Bounds())
	draw.Draw(copied, copied.Rect, img, copied.Rect.Min, draw.Src)
	return copied
}

func rgba64(img image.Image) *image.RGBA64 {
	copied := image.NewRGBA64(img.Bounds())
	draw.Draw(copied, copied.Rect, img, copied.Rect.Min, draw.Src)
	return copied
}

// TestSquares: what is not larger than half a square lies in one of its size, and there are
// never more than 31.
func TestSquares(t *testing.T) {
	for _, size := range []image.Point{{300, 400}, {295, 413}, {512, 512}, {640, 427}, {1000, 300}, {90, 65}, {4000, 3000}} {
		r := image.Rectangle{Max: size}.Add(image.Pt(7, -9))
		list := squares(r)
		if len(list) == 0 || len(list) > 31 {
			t.Errorf("%v has %d squares", r, len(list))
		}
		sides := map[float64]bool{}
		for _, s := range list {
			sides[s.side] = true
			if s.left < float64(r.Min.X) || s.top < float64(r.Min.Y) || s.left+s.side > float64(r.Max.X) || s.top+s.side > float64(r.Max.Y) {
				t.Errorf("%v reaches out of %v", s, r)
			}
		}
		for side := range sides {
			half := math.Floor(side/2) - 1
			for x := float64(r.Min.X); x+half <= float64(r.Max.X); x += 5 {
				for y := float64(r.Min.Y); y+half <= float64(r.Max.Y); y += 5 {
					f := Face{Min: Point{x, y}, Max: Point{x + half, y + half}}
					if !slices.ContainsFunc(list, func(s square) bool {
						return s.side == side && s.left <= x && s.top <= y && !s.cuts(f, r)
					}) {
						t.Fatalf("%v: no square of %v shows the whole of %v", r, side, f)
					}
				}
			}
		}
	}
	if n := len(squares(image.Rect(0, 0, 100_000, 100))); n > 31 {
		t.Errorf("%d squares", n)
	}
}

// TestCuts: a face at the edge of a square is left to the next, one at the edge of the picture to nobody.
func TestCuts(t *testing.T) {
	r, s := image.Rect(0, 0, 300, 200), square{100, 0, 200}
	for _, c := range []struct {
		f    Face
		cuts bool
	}{
		{Face{Min: Point{120, 20}, Max: Point{180, 80}}, false},
		{Face{Min: Point{90, 20}, Max: Point{150, 80}}, true},
		{Face{Min: Point{250, 20}, Max: Point{310, 80}}, false},
		{Face{Min: Point{120, -20}, Max: Point{180, 40}}, false},
	} {
		if got := s.cuts(c.f, r); got != c.cuts {
			t.Errorf("%v: %v", c.f, got)
		}
	}
	down := square{0, 50, 100}
	for _, f := range []Face{{Min: Point{10, 40}, Max: Point{60, 90}}, {Min: Point{10, 110}, Max: Point{60, 160}}, {Min: Point{60, 60}, Max: Point{110, 110}}} {
		if !down.cuts(f, r) {
			t.Errorf("%v is whole", f)
		}
	}
}

// TestDecode: values count from the anchor, in parts of the square; a face has a size.
func TestDecode(t *testing.T) {
	s := square{100, 200, 1000}
	v := [values]float64{0: 0.01, 1: 0.02, 2: 0.2, 3: 0.1, 14: -0.25, 15: 0.05}
	f, ok := decode(v, 0.5, 0.25, s)
	for i, d := range []float64{f.Min.X - 510, f.Min.Y - 420, f.Max.X - 710, f.Max.Y - 520, f.Points[RightEye].X - 600, f.Points[LeftEar].X - 350, f.Points[LeftEar].Y - 500} {
		if !ok || math.Abs(d) > 1e-9 {
			t.Errorf("%d: %+v", i, f)
		}
	}
	for _, v := range [][values]float64{{2: -0.1, 3: 0.1}, {2: 0.1}, {2: math.NaN(), 3: 0.1}} {
		if f, ok := decode(v, 0.5, 0.5, s); ok {
			t.Errorf("%+v", f)
		}
	}
	if got := [2]float64{sigmoid(enough), sigmoid(2)}; got[0] != 0.5 || math.Abs(got[1]-0.880797) > 1e-6 {
		t.Errorf("scores %v", got)
	}
}

// TestSettle: doubles become one face, the mean by score; others stay.
func TestSettle(t *testing.T) {
	box := func(score, x float64) Face {
		f := Face{Score: score, Min: Point{x, 0}, Max: Point{x + 100, 100}}
		f.Points[LeftEar] = Point{x, 50}
		return f
	}
	found := settle([]Face{box(0.6, 8), box(0.7, 300), box(0.9, 0), box(0.8, 54)})
	if len(found) != 3 || found[0].Score != 0.9 || found[1].Score != 0.8 || found[2].Score != 0.7 {
		t.Fatalf("%+v", found) // 46 of 154 have 0 and 54 in common: less than 0.3
	}
	if f := found[0]; math.Abs(f.Min.X-3.2) > 1e-9 || math.Abs(f.Max.X-103.2) > 1e-9 || math.Abs(f.Points[LeftEar].X-3.2) > 1e-9 || math.Abs(f.Points[LeftEar].Y-50) > 1e-9 {
		t.Errorf("%+v", f)
	}
	if found := settle([]Face{box(0.9, 0), box(0.8, 52)}); len(found) != 1 {
		t.Errorf("%+v", found)
	}
	if settle(nil) != nil {
		t.Error("faces of none")
	}
}

// TestCost: a call allocates little, and little anew.
func TestCost(t *testing.T) {
	if size := unsafe.Sizeof(work{}) + 4*2*uintptr(room(side/2, stages[1].channels)); size > 3<<20 {
		t.Errorf("a run takes %d bytes", size)
	}
	img := drawn(t)["man"]
	if n := testing.AllocsPerRun(5, func() { Find(img) }); n > 30 {
		t.Errorf("%v allocations", n)
	}
}

// TestAtOnce: many calls at a time do not disturb each other.
func TestAtOnce(t *testing.T) {
	pictures := drawn(t)
	want := map[string][]Face{}
	for name, img := range pictures {
		want[name] = Find(img)
	}
	var all sync.WaitGroup
	for name, img := range pictures {
		for range 4 {
			all.Go(func() {
				if found := Find(img); !slices.Equal(found, want[name]) {
					t.Errorf("%s: %+v, want %+v", name, found, want[name])
				}
			})
		}
	}
	all.Wait()
}

// BenchmarkFind times a photo of the office's size, and how often it could be decoded meanwhile.
func BenchmarkFind(b *testing.B) {
	file := portrait(b, "man")
	img := drawn(b)["man"]
	b.ReportAllocs()
	var bare time.Duration
	for b.Loop() {
		Find(img)
		start := time.Now()
		if _, err := jpeg.Decode(bytes.NewReader(file)); err != nil {
			b.Fatal(err)
		}
		bare += time.Since(start)
	}
	b.ReportMetric(float64(b.Elapsed()-bare)/float64(bare), "x-decode")
}

// TestFewScores: where a score is just high enough there are values, and nowhere else is time taken for them.
func TestFewScores(t *testing.T) {
	n, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	shown := func() *work {
		w := works.New().(*work)
		w.show(drawn(t)["man"], whole(drawn(t)["man"].Bounds()))
		return w
	}
	all, some := shown(), shown()
	n.run(all, float32(math.Inf(-1)))
	h := heads[0]
	rows := together / h.size
	var highest []float32 // of the lines
	for y := range h.size {
		highest = append(highest, slices.Max(slices.Concat(all.scores[0].inner(0, y), all.scores[0].inner(1, y))))
	}
	bound := slices.Max(highest)
	n.run(some, bound)
	for y := range h.size {
		want := make([]float32, h.size)
		if y/rows == slices.Index(highest, bound)/rows {
			want = all.values[0].inner(0, y)
		}
		if got := some.values[0].inner(0, y); !slices.Equal(got, want) {
			t.Errorf("line %d has the values %v, want %v", y, got, want)
		}
	}
}
