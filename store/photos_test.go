package store

import (
	"testing"

	"certreissue/photo"
	"certreissue/reissue"
)

// TestPhotoLimits: package photo and the rules, which do not know each other, start
// from the same figures of the guide.
func TestPhotoLimits(t *testing.T) {
	settings := reissue.DefaultSettings()
	if got, want := PhotoLimits(&settings), photo.DefaultLimits(); got != want {
		t.Errorf("an office starts with %+v, package photo with %+v", got, want)
	}
}
