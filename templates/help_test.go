package templates

import (
	"fmt"
	"image"
	_ "image/png"
	"regexp"
	"strings"
	"testing"

	"certreissue/static"
)

var (
	picture = regexp.MustCompile(`<img src="/static/(help-[a-z]+)\.[0-9a-f]+\.png" width="(\d+)" height="(\d+)" loading="lazy" alt="[^"]+">`)
	quoted  = regexp.MustCompile(`“([^”]+)”`)
	tags    = regexp.MustCompile(`<[^>]*>`)
)

// TestHelp: what the help names stands on a page, and its pictures come late, few and
// light, with the room that they need.
func TestHelp(t *testing.T) {
	set, err := New(static.Path)
	if err != nil {
		t.Fatal(err)
	}
	pages := sample()
	help, others := "", ""
	for name, data := range pages {
		text := render(t, set, data)
		switch {
		case name == "candidate/help":
			help = text
		case strings.Contains(name, "candidate/"):
			others += tags.ReplaceAllString(text, "")
		}
	}
	for _, name := range quoted.FindAllStringSubmatch(tags.ReplaceAllString(help, ""), -1) {
		if !strings.Contains(others, name[1]) {
			t.Errorf("no page of a candidate has what the help calls “%s”", name[1])
		}
	}
	found := picture.FindAllStringSubmatch(help, -1)
	if len(found) == 0 || len(found) > 8 || len(found) != strings.Count(help, "<img") {
		t.Errorf("%d pictures are as they should be, of %d", len(found), strings.Count(help, "<img"))
	}
	for _, p := range found {
		file := static.Text(p[1] + ".png")
		size, _, err := image.DecodeConfig(strings.NewReader(file))
		if err != nil || fmt.Sprint(size.Width, size.Height) != p[2]+" "+p[3] || len(file) > 60<<10 {
			t.Errorf("%s: %d x %d, %d bytes, %v, shown as %s x %s", p[1], size.Width, size.Height, len(file), err, p[2], p[3])
		}
	}
}
