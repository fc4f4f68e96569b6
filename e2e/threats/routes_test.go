package threats

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"certreissue/e2e/rig"
	"certreissue/handlers"
)

func TestRoutes(t *testing.T) {
	t.Parallel()
	patterns := patterns()
	for _, pattern := range patterns {
		if routeTable[pattern] == nil {
			t.Errorf("%s is not in the table of this test", pattern)
		}
	}
	if len(patterns) != len(routeTable) {
		t.Errorf("%d routes, the table has %d", len(patterns), len(routeTable))
	}
	r := rig.Office(t, rig.GuideRegister)
	browsers, application := everybody(r)
	foreign := token(r.Browser().Get("/login"))

	for column, name := range visitors {
		b := browsers[name]
		own, office := token(b.Get("/forgot")), token(b.Get("/office"))
		for _, path := range []string{"/nowhere", "/office/nowhere", "/applications/1", "/applications/x", "/captcha/x.png", "/static/", "/static/app.css", "/static/x.js"} {
			fits(b.At(path), name+" "+path, wantStray(name, path))
		}
		fits(b.Do(http.MethodDelete, "/login", "", nil), name+" DELETE", http.StatusNotFound)
		for _, pattern := range patterns {
			method, path := addressOf(pattern, application)
			good := own
			if strings.HasPrefix(path, "/office") {
				good = office
			}
			if method == http.MethodPost {
				for _, forged := range []struct{ token, header, value string }{
					{"", "", ""}, {foreign, "", ""}, {good, "Origin", "https://evil.example"}, {good, "Sec-Fetch-Site", "cross-site"}, {good, "Origin", "null"},
				} {
					fits(forge(b, path, forged.token, forged.header, forged.value), name+" forging "+pattern, http.StatusForbidden)
				}
				fits(b.Do(http.MethodPost, path, "multipart/form-data; boundary=x", strings.NewReader("--x--\r\n")), name+" forging a multipart "+pattern, http.StatusForbidden)
				fits(forge(b, path, good, "", ""), name+" "+pattern, routeTable[pattern][column])
				r.Pass(time.Second) // there are more of them than an address may post at once
				continue
			}
			fits(b.At(path), name+" "+pattern, routeTable[pattern][column])
		}
	}
}

// patterns are all routes; signing out comes last.
func patterns() []string {
	list := handlers.Patterns()
	slices.SortStableFunc(list, func(a, b string) int {
		return strings.Count(a, "logout") - strings.Count(b, "logout")
	})
	return list
}

// everybody are one browser for each column of the table, and the candidate's
// application. The candidate has a draft with a photo, the other one an application in
// a batch that is in production.
func everybody(r *rig.Running) (browsers map[string]*rig.Browser, application string) {
	r.T.Helper()
	rig.Must(r.T, "city-pass1\n", "staff", "add", "city", "-role", "reviewer", "-city", "唐山市", "-password-stdin", "-data", r.Data)
	rig.Must(r.T, "other-pass1\n", "staff", "add", "other", "-role", "reviewer", "-password-stdin", "-data", r.Data)
	candidate := r.Register("测试", rig.LoopNumber)
	application = candidate.Apply(rig.Certificate2015, map[string]string{"phone": "13900000000"}, rig.Portrait())
	candidate.Refused(http.StatusUnprocessableEntity, candidate.Get("/apply/certificates/2"), "form[enctype]", map[string]string{"phone": ""}, rig.Portrait())
	other, reviewer := r.Register("王五", rig.IDNumber(r.T, 1)), r.Staff("shenhe")
	reviewer.Decide(other.Apply("/apply/self", rig.ByHand(nil)), "approve", nil)
	made := reviewer.Sends(reviewer.Get("/office/batches/new"), rig.FormTo("/office/batches"), nil)
	reviewer.Sends(made, rig.FormTo("/office/batches/1/lock"), nil)
	return map[string]*rig.Browser{"visitor": r.Browser(), "candidate": candidate, "other": other, "reviewer": reviewer, "admin": r.Staff("guanli"), "auditor": r.Staff("shenji"),
		"city": r.Staff("city")}, application
}

// addressOf is an address of the route: of the application, of the account of the other
// candidate, of a colleague who does not take part.
func addressOf(pattern, application string) (method, path string) {
	method, path, _ = strings.Cut(pattern, " ")
	switch path = strings.TrimSuffix(path, "{$}"); {
	case strings.Contains(path, "/accounts/{id}/appl"): // of the first one is the application, and a certificate without any
		path = strings.NewReplacer("/accounts/{id}", "/accounts/1", "/certificates/{record}", "/certificates/2", "/applications/{record}", application).Replace(path)
	case strings.Contains(path, "/accounts/{id}"), strings.HasPrefix(path, "/apply/certificates/"): // of the first one is the application
		path = strings.Replace(path, "{id}", "2", 1)
	case strings.Contains(path, "/telephone/{id}"): // the first mail asks to confirm an address
		path = strings.Replace(path, "{id}", "2", 1)
	case strings.Contains(path, "/staff/{id}"):
		path = strings.Replace(path, "{id}", "5", 1)
	case strings.Contains(path, "/handout/{id}"), strings.Contains(path, "/counter/{id}"):
		path = strings.Replace(path, "{id}", strings.TrimPrefix(application, "/applications/"), 1)
	case strings.Contains(path, "/applications/{id}"):
		path = strings.Replace(path, "/applications/{id}", application, 1)
	}
	return method, strings.NewReplacer("{id}", "1", "{job}", "x", "{key}", "x", "{act}", "submit").Replace(path)
}

// wantStray is the answer to an address that is none, or nobody's.
func wantStray(name, path string) int {
	if name != "candidate" && name != "other" && (path == "/applications/1" || path == "/applications/x") {
		return http.StatusSeeOther
	}
	return http.StatusNotFound
}

func token(p *rig.Page) string { return p.Find("[name=csrf_token]").AttrOr("value", "") }

// forge posts nothing but a token, with one header.
func forge(b *rig.Browser, path, token, header, value string) *rig.Page {
	b.T.Helper()
	r, err := http.NewRequest(http.MethodPost, b.URL+path, strings.NewReader(url.Values{"csrf_token": {token}}.Encode()))
	if err != nil {
		b.T.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if header != "" {
		r.Header.Set(header, value)
	}
	return b.Ask(r)
}

// fits fails unless an answer has the status, the headers of every answer, and
// is a page in Chinese, a photo, or leads to one.
func fits(p *rig.Page, what string, status int) {
	p.T.Helper()
	if p.Status != status {
		p.T.Errorf("%s: %s is %d, want %d: %s", what, p.Path, p.Status, status, p.TextOf("main"))
	}
	for name, want := range map[string]string{"X-Frame-Options": "DENY", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store", "Referrer-Policy": "same-origin"} {
		if got := p.Header.Get(name); got != want {
			p.T.Errorf("%s: %s is %q, want %q", what, name, got, want)
		}
	}
	csp := p.Header.Get("Content-Security-Policy")
	if !strings.Contains(csp, "default-src 'self'") || !strings.Contains(csp, "frame-ancestors 'none'") || strings.Contains(csp, "unsafe") {
		p.T.Errorf("%s: the policy is %q", what, csp)
	}
	switch kind := p.Header.Get("Content-Type"); {
	case p.Status == http.StatusSeeOther && strings.HasPrefix(p.Header.Get("Location"), "/"):
	case (kind == "image/jpeg" || kind == "image/svg+xml") && p.Status == http.StatusOK:
		return
	case strings.HasPrefix(p.Header.Get("Content-Disposition"), "attachment") && p.Status == http.StatusOK:
		return
	case kind != "text/html; charset=utf-8":
		p.T.Errorf("%s: a %s: %.100q", what, kind, p.Body)
	case !strings.ContainsFunc(p.TextOf("h1"), func(r rune) bool { return unicode.Is(unicode.Han, r) }) && !strings.HasPrefix(p.TextOf("h1"), "20"):
		p.T.Errorf("%s: titled %q", what, p.TextOf("h1"))
	}
	for _, inside := range []string{".go:", "goroutine", "panic", "<nil>", "bbolt", "strconv", "%!"} {
		if strings.Contains(string(p.Body), inside) {
			p.T.Errorf("%s: the page shows %q", what, inside)
		}
	}
}
