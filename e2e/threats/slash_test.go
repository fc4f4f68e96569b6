package threats

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"certreissue/e2e/rig"
	"certreissue/handlers"
)

// TestSlashAtTheEnd: the address of every page leads to the page with a slash at its
// end too, with what follows its question mark; nothing else does, and never to another
// machine.
func TestSlashAtTheEnd(t *testing.T) {
	r := rig.Office(t, rig.LoopRegister)
	b := r.Browser()
	leads := func(address, want string) {
		t.Helper()
		p := b.Do(http.MethodGet, address, "", nil)
		if got := p.Header.Get("Location"); p.Status != http.StatusPermanentRedirect || got != want {
			t.Errorf("%s: %d to %q, want %q", address, p.Status, got, want)
		}
	}
	filled := regexp.MustCompile(`\{[^}]+\}`)
	for _, pattern := range handlers.Patterns() {
		method, address, _ := strings.Cut(pattern, " ")
		address = filled.ReplaceAllString(address, "1")
		if method == http.MethodGet && pattern != "GET /{$}" {
			leads(address+"/", address)
		}
	}
	leads("/login/?a=b&c=%2F", "/login?a=b&c=%2F")
	leads("/login//", "/login")
	if p := b.Get("/office/login/"); p.Status != http.StatusPermanentRedirect {
		t.Errorf("/office/login/: %d", p.Status)
	}
	for _, address := range []string{"/nowhere/", "/office/nowhere/", "//evil.example/", "//evil.example/login/", "/%2F/evil.example/", "/%5Cevil.example/", "//login/", "/healthz/x/", "/static/", "/logout/"} {
		p := b.Do(http.MethodGet, address, "", nil)
		if to := p.Header.Get("Location"); p.Status == http.StatusPermanentRedirect || strings.HasPrefix(to, "//") || strings.HasPrefix(to, "/\\") || strings.Contains(to, "://") {
			t.Errorf("%s: %d to %q", address, p.Status, to)
		}
	}
	if p := b.Do(http.MethodPost, "/login/", "application/x-www-form-urlencoded", strings.NewReader("")); p.Status != http.StatusNotFound && p.Status != http.StatusForbidden {
		t.Errorf("a form to /login/: %d", p.Status)
	}
}
