package office

import (
	"image/color"
	"testing"

	"certreissue/handlers/visit"
	"certreissue/photo"
	"certreissue/sample"
)

// TestLookingWaits: while one photo is looked at, the next one waits in the line, or is refused where
// the line is full.
func TestLookingWaits(t *testing.T) {
	p := &Pages{looking: visit.NewSlots(1, 0)}
	jpeg := sample.Portrait(1, false, color.White)
	look := func() error {
		seen, err := p.look(t.Context(), jpeg, photo.DefaultLimits())
		if err == nil && len(seen.Faces) != 1 {
			t.Errorf("%d faces are seen", len(seen.Faces))
		}
		return err
	}
	err := p.looking.Do(t.Context(), func() {
		if look() == nil {
			t.Error("two photos are looked at at once")
		}
	})
	if err != nil || look() != nil {
		t.Errorf("a photo is not looked at: %v", err)
	}
}
