package photo_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/disintegration/imaging"

	"certreissue/photo"
	"certreissue/photo/drawn"
)

// alike are what the check takes for people although they are none: faces of a kind.
var alike = []string{"dog", "dog, small", "doll", "doll, small"}

// TestDrawn holds the check to the table of drawn pictures: people of all skins, with and without what
// covers hair and mouth, before all kinds of walls, and what is nobody.
func TestDrawn(t *testing.T) {
	for _, p := range drawn.All() {
		t.Run(p.Kind+"/"+p.Name, func(t *testing.T) {
			t.Parallel()
			file := drawn.JPEG(p.Draw())
			checked, findings := photo.Check(file, photo.DefaultLimits())
			faults, hints := codes(t, findings)
			if p.People == 0 {
				if strings.Contains(faults, photo.Nobody) == slices.Contains(alike, p.Name) {
					t.Errorf("faults %q", faults)
				}
				return
			}
			if found := inOrder(hints); faults != p.Faults || p.Faults == "" && found != p.Hints || checked.IsZero() != (p.Faults != "") {
				t.Errorf("faults %q, hints %q, want %q, %q", faults, found, p.Faults, p.Hints)
			}
		})
	}
}

// TestMirrored: left and right are alike.
func TestMirrored(t *testing.T) {
	for _, p := range drawn.All() {
		if p.People != 1 {
			continue
		}
		t.Run(p.Kind+"/"+p.Name, func(t *testing.T) {
			t.Parallel()
			_, findings := photo.Check(drawn.JPEG(imaging.FlipH(p.Draw())), photo.DefaultLimits())
			if faults, _ := codes(t, findings); faults != p.Faults {
				t.Errorf("faults %q, want %q", faults, p.Faults)
			}
		})
	}
}

func inOrder(codes string) string {
	list := strings.Fields(codes)
	slices.Sort(list)
	return strings.Join(list, " ")
}

// TestConfirmed: who vouches for the person is spared the missing face, and nothing else.
func TestConfirmed(t *testing.T) {
	l := photo.DefaultLimits()
	l.Confirmed = true
	for _, p := range drawn.All() {
		if p.Name != "jacket on a hanger" && p.Name != "plain blue" {
			continue
		}
		checked, findings := photo.Check(drawn.JPEG(p.Draw()), l)
		faults, hints := codes(t, findings)
		want := ""
		if p.Name == "plain blue" {
			want = "background"
		}
		if faults != want || hints != photo.Nobody || checked.IsZero() != (want != "") {
			t.Errorf("%s: faults %q, hints %q", p.Name, faults, hints)
		}
	}
}
