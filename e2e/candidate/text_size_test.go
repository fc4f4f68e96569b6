package candidate

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"certreissue/e2e/rig"
)

// isLarge tells in which of its two versions a page is.
func isLarge(p *rig.Page) bool {
	return strings.Contains(p.Find("link[rel=stylesheet]").First().AttrOr("href", ""), "-large.") && p.Find("body.large").Length() == 1
}

// switchOf is where the switch of sizes leads.
func switchOf(p *rig.Page, word string) string {
	return p.Find("header a:contains("+word+")").AttrOr("href", "")
}

// TestTextSize: 大字版 is a preference of the browser, before and after the sign-in, and leads back to
// the page where it was chosen, and nowhere else.
func TestTextSize(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister)
	b := r.Browser()
	page := b.Get("/help?x=1")
	if isLarge(page) {
		t.Fatal("large is the usual version")
	}
	answer := b.At(switchOf(page, "大字版")).Leads("/help?x=1")
	cookie := answer.Header.Get("Set-Cookie")
	for _, want := range []string{"text_size=large", "Path=/", "Max-Age=31536000", "SameSite=Lax"} {
		if !strings.Contains(cookie, want) {
			t.Errorf("the cookie %q lacks %s", cookie, want)
		}
	}
	for _, path := range []string{"/login", "/register", "/forgot", "/reset?token=x", "/privacy", "/nowhere"} {
		if !isLarge(b.Get(path)) {
			t.Errorf("%s is not large", path)
		}
	}
	if office := b.Get("/office/login"); isLarge(office) || office.Find("[data-size]").Length() != 0 {
		t.Error("the office has 大字版")
	}
	b.Get("/privacy").Has("text_size")
	refused := b.Refused(http.StatusUnprocessableEntity, b.Get("/login"), rig.FormTo("/login"), map[string]string{"id_number": "1"})
	if !isLarge(refused) {
		t.Error("a refused form is not large")
	}
	b.At(switchOf(refused, "标准版")).Leads("/login")
	if isLarge(b.Get("/login")) {
		t.Error("标准版 is large")
	}

	for back, want := range map[string]string{"": "/", "/apply?exam=1": "/apply?exam=1", "//evil.example/": "/", "https://evil.example/": "/", `/\evil.example`: "/%5Cevil.example", "https://evil.example//evil.example": "/",
		"javascript:alert(1)": "/", "apply": "/", "/\t/evil.example": "/"} {
		b.At("/text/large?back=" + url.QueryEscape(back)).Leads(want)
	}
	b.At("/text/huge").Is(http.StatusNotFound)
}
