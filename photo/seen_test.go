package photo_test

import (
	"bytes"
	"math"
	"testing"

	"certreissue/photo"
	"certreissue/photo/drawn"
)

// TestLook: what is seen in a photo is where the drawn person is, the larger face first, and is
// judged by the limits of today.
func TestLook(t *testing.T) {
	at, child := drawn.Place{X: 140, Eyes: 160, Width: 110}, drawn.Place{X: 225, Eyes: 330, Width: 70}
	tilted := drawn.Someone(2)
	tilted.Tilt = 20
	limits := photo.DefaultLimits()
	look := func(l photo.Limits, people ...drawn.Placed) photo.Seen {
		t.Helper()
		checked, findings := photo.Check(drawn.JPEG(drawn.Scene(drawn.Width, drawn.Height, nil, people...)), limits)
		if checked.IsZero() {
			t.Fatalf("the picture does not pass: %v", findings)
		}
		seen, err := photo.Look(checked.JPEG(), l)
		if err != nil || seen.Size.X != drawn.Width || seen.Size.Y != drawn.Height {
			t.Errorf("a photo of %v, %v", seen.Size, err)
		}
		return seen
	}

	seen := look(limits, drawn.Placed{Person: drawn.Someone(3), Place: at}, drawn.Placed{Person: drawn.Someone(6), Place: child})
	if len(seen.Faces) != 2 {
		t.Fatalf("%d faces, want two", len(seen.Faces))
	}
	for i, place := range []drawn.Place{at, child} {
		f := seen.Faces[i]
		if off := math.Abs((f.Min.X+f.Max.X)/2 - place.X); off > place.Width/8 || f.Min.Y > place.Eyes || f.Max.Y < place.Eyes+place.Width/2 {
			t.Errorf("face %d is at %v–%v, drawn at %v", i, f.Min, f.Max, place)
		}
	}
	if seen.Crown > seen.Faces[0].Min.Y || seen.Crown < 30 {
		t.Errorf("the hair begins at %.0f", seen.Crown)
	}
	if faults, hints := codes(t, seen.Findings); faults != "" || hints != photo.Several {
		t.Errorf("found are %q, %q", faults, hints)
	}

	seen = look(limits, drawn.Placed{Person: tilted, Place: at})
	if math.Abs(seen.Tilt-20) > 5 {
		t.Errorf("a head tilted by 20° is tilted by %.0f°", seen.Tilt)
	}

	stricter := limits
	stricter.ClearFrom, stricter.FailBelow = 101, 101 // no wall has as much
	if faults, _ := codes(t, look(stricter, drawn.Placed{Person: drawn.Someone(3), Place: at}).Findings); faults != photo.Background {
		t.Errorf("by stricter limits: %q", faults)
	}
}

// TestLookAtNobody: where no face is, nothing is marked; photos may have passed before faces were
// looked for.
func TestLookAtNobody(t *testing.T) {
	seen, err := photo.Look(drawn.JPEG(drawn.Scene(drawn.Width, drawn.Height, nil)), photo.DefaultLimits())
	if faults, _ := codes(t, seen.Findings); err != nil || len(seen.Faces) != 0 || seen.Crown != 0 || faults != photo.Nobody {
		t.Errorf("an empty wall: %+v, %v", seen, err)
	}
	if _, err := photo.Look(bytes.Repeat([]byte{0xff}, 100), photo.DefaultLimits()); err == nil {
		t.Error("what is no picture is looked at")
	}
}
