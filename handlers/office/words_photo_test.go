package office

import (
	"strings"
	"testing"

	"certreissue/photo"
	"certreissue/photo/drawn"
)

// TestFindingWords: all that the check finds in a photo has words of the office, with its
// figures and without advice; and each face a box, of nobody none.
func TestFindingWords(t *testing.T) {
	tried, said := map[string]bool{}, map[string]string{}
	for _, p := range drawn.All() {
		kind := p.Kind + p.Faults + p.Hints
		if tried[kind] {
			continue
		}
		tried[kind] = true
		seen, err := photo.Look(drawn.JPEG(p.Draw()), photo.DefaultLimits())
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range seen.Findings {
			said[f.Code] = sayFinding(f, &seen)
			s := said[f.Code]
			if s == "" || strings.Contains(s, "。") || strings.Contains(s, "%s") || strings.Contains(s, "%!") || !strings.Contains(s, f.Detail) || !strings.Contains(s, f.Figure) {
				t.Errorf("%s: %+v is said as %q", p.Name, f, s)
			}
		}
		d := drawingOf(&seen)
		if len(d.Boxes) != len(seen.Faces) || (d.Eyes == nil) != (len(seen.Faces) == 0) || (d.Crown == nil) != (d.Eyes == nil) {
			t.Errorf("%s: %d faces are drawn as %+v", p.Name, len(seen.Faces), d)
		}
	}
	for _, c := range []struct{ code, words string }{{photo.Tilted, "头部倾斜 1"}, {photo.Background, "背景"}, {photo.HeadSmall, "头部偏小，占宽度的 "}, {photo.Nobody, "未检测到人脸"}} {
		if !strings.Contains(said[c.code], c.words) {
			t.Errorf("%s is said as %q", c.code, said[c.code])
		}
	}
}
