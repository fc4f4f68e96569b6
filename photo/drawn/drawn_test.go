package drawn

import (
	"bytes"
	"image"
	"image/color"
	"image/jpeg"
	"maps"
	"math"
	"sync"
	"testing"

	"certreissue/face"
)

// TestAll: the table is as long as it is meant to be, its files are of the size that the office
// asks for, and everybody in them is found.
func TestAll(t *testing.T) {
	kinds, names := map[string]int{}, map[string]bool{}
	for _, p := range All() {
		kinds[p.Kind]++
		if names[p.Kind+p.Name] {
			t.Errorf("there are two of %s, %s", p.Kind, p.Name)
		}
		names[p.Kind+p.Name] = true
		if (p.Faults == "") != (p.Kind == Good || p.Kind == Hinted) || p.Hints != "" && p.Kind != Hinted || p.People == 0 != (p.Faults == "nobody") {
			t.Errorf("%s, %s: %d people, faults %q, hints %q", p.Kind, p.Name, p.People, p.Faults, p.Hints)
		}
		t.Run(p.Kind+"/"+p.Name, func(t *testing.T) {
			t.Parallel()
			img := p.Draw()
			if data := JPEG(img); len(data) < 10<<10 || len(data) > 30<<10 || img.Rect != image.Rect(0, 0, Width, Height) {
				t.Errorf("%v in %d bytes", img.Rect, len(data))
			}
			if p.People == 0 {
				return
			}
			found := face.Find(img)
			if len(found) < p.People {
				found = face.Search(img) // whoever is far behind
			}
			if len(found) != p.People || found[p.People-1].Score < 0.7 {
				t.Errorf("found %+v", found)
			}
		})
	}
	if want := map[string]int{Good: 90, Hinted: 56, Background: 66, Nobody: 58, Likeness: 10}; !maps.Equal(kinds, want) {
		t.Errorf("there are %v, want %v", kinds, want)
	}
}

// TestSame: a picture is the same whenever and beside whatever it is drawn, and none is another.
func TestSame(t *testing.T) {
	seen := map[string]string{}
	for i, p := range All() {
		if i%9 > 0 {
			continue
		}
		var twice [2]*image.RGBA
		var both sync.WaitGroup
		for i := range twice {
			both.Go(func() { twice[i] = p.Draw() })
		}
		both.Wait()
		if !bytes.Equal(twice[0].Pix, twice[1].Pix) {
			t.Errorf("%s is two pictures", p.Name)
		}
		if other := seen[string(twice[0].Pix)]; other != "" {
			t.Errorf("%s is %s", p.Name, other)
		}
		seen[string(twice[0].Pix)] = p.Name
	}
}

// TestPlace: a face is where it was asked for, in a picture of any size.
func TestPlace(t *testing.T) {
	for i, c := range []struct {
		width, height int
		at            Place
		tilt          float64
	}{
		{600, 800, Place{300, 340, 260}, 0}, {900, 700, Place{250, 300, 150}, 0}, {900, 700, Place{640, 260, 180}, 15}, {700, 1000, Place{350, 420, 320}, -20},
	} {
		p := Someone(i + 1)
		p.Tilt = c.tilt
		found := face.Find(Scene(c.width, c.height, nil, Placed{p, c.at}))
		if len(found) != 1 {
			t.Errorf("%v: %+v", c.at, found)
			continue
		}
		right, left := found[0].Points[face.RightEye], found[0].Points[face.LeftEye]
		tilt := math.Atan2(left.Y-right.Y, left.X-right.X) * 180 / math.Pi
		apart := math.Hypot(left.X-right.X, left.Y-right.Y) / c.at.Width // some 0.45
		// The head turns about the chin, 78 units of 124 below the eyes.
		sin, cos := math.Sincos(c.tilt * math.Pi / 180)
		x, y := c.at.X+c.at.Width*78/124*sin, c.at.Eyes+c.at.Width*78/124*(1-cos)
		off := math.Hypot((left.X+right.X)/2-x, (left.Y+right.Y)/2-y) / c.at.Width
		if math.Abs(tilt-c.tilt) > 4 || apart < 0.38 || apart > 0.52 || off > 0.06 {
			t.Errorf("%v tilted by %v: tilt %.1f, eyes %.2f apart and %.2f off", c.at, c.tilt, tilt, apart, off)
		}
	}
}

// TestJPEG: what is too simple for the least bytes is padded, and read all the same.
func TestJPEG(t *testing.T) {
	plain := image.NewRGBA(image.Rect(0, 0, Width, Height))
	data := JPEG(plain)
	img, err := jpeg.Decode(bytes.NewReader(data))
	if err != nil || len(data) != 10<<10 || img.Bounds() != plain.Rect {
		t.Errorf("%d bytes, %v", len(data), err)
	}
	noise := Scene(Width, Height, nil)
	for i := range noise.Pix {
		noise.Pix[i] = level(128 + 127*values[i*7919&1023])
	}
	if data := JPEG(noise); len(data) > 30<<10 {
		t.Errorf("noise is %d bytes", len(data))
	}
}

// TestSoften: edges of one pixel spread over three, and what is even stays.
func TestSoften(t *testing.T) {
	img := image.NewRGBA(image.Rect(0, 0, 6, 4))
	for y := range 4 {
		for x := range 6 {
			img.SetRGBA(x, y, grey(uint8(40+x/3*160)))
		}
	}
	soften(img)
	for x, want := range []uint8{40, 40, 80, 160, 200, 200} {
		for y := range 4 {
			if got := img.RGBAAt(x, y); got != (color.RGBA{want, want, want, 255}) {
				t.Errorf("(%d, %d) is %v, want %d", x, y, got, want)
			}
		}
	}
}
