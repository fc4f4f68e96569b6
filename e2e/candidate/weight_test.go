package candidate

import (
	"strings"
	"testing"

	"certreissue/e2e/rig"

	"github.com/PuerkitoBio/goquery"
)

// weight is what a page brings along, by what it is, before it is packed.
func weight(b *rig.Browser, p *rig.Page) map[string]int {
	bytes := map[string]int{"page": len(p.Body)}
	count := func(kind, selector, attribute string) {
		p.Find(selector).Each(func(_ int, e *goquery.Selection) {
			if address := e.AttrOr(attribute, ""); !strings.Contains(address, "cropper") {
				bytes[kind] += len(b.At(address).Is(200).Body)
			}
		})
	}
	count("styles", "link[rel=stylesheet]", "href")
	count("scripts", "script[src]", "src")
	count("pictures", "img", "src")
	count("pictures", "link[rel=icon]", "href")
	return bytes
}

// TestWeight: the first page comes over a slow line in one breath, and no page asks for many scripts.
func TestWeight(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister)
	b := r.Register("测试", rig.LoopNumber)
	visitor := r.Browser()
	const mostPage, mostScripts = 100 << 10, 30 << 10
	for _, size := range []string{"standard", "large"} {
		visitor.At("/text/" + size)
		sum := 0
		first := weight(visitor, visitor.Get("/login"))
		for _, bytes := range first {
			sum += bytes
		}
		if sum > mostPage || first["styles"] == 0 || first["scripts"] == 0 || first["pictures"] == 0 {
			t.Errorf("the first page, %s, has %d bytes: %v", size, sum, first)
		}
	}
	for _, path := range []string{"/apply", "/apply/self", rig.Certificate2015, "/profile", "/password", "/applications"} {
		if scripts := weight(b, b.Get(path))["scripts"]; scripts > mostScripts || scripts == 0 {
			t.Errorf("%s has scripts of %d bytes", path, scripts)
		}
	}
}
