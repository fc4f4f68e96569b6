package threats

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode"

	"certreissue/e2e/rig"
	"certreissue/handlers"
)

// The visitors of the table, in the order of its columns. The other candidate has an
// account, an application and a draft of their own; the one limited to a city works for
// another one than that of everything that the addresses name.
var visitors = []string{"visitor", "candidate", "other", "reviewer", "admin", "auditor", "city"}

func all(status int) []int        { return []int{status, status, status, status, status, status, status} }
func candidates(status int) []int { return []int{303, status, status, 303, 303, 303, 303} }

// owned is what is the candidate's own.
func owned(status int) []int { return []int{303, status, 404, 303, 303, 303, 303} }

func staffs(reviewer, admin, auditor, city int) []int {
	return []int{303, 303, 303, reviewer, admin, auditor, city}
}

// routeTable says what each route answers to each visitor: a GET, or a POST
// with a good token and no values. All that the addresses name is there: the
// application and the certificate are the candidate's, the account and the batch, in
// production, those of the other one.
var routeTable = map[string][]int{
	"GET /{$}":        all(303),
	"GET /login":      {200, 303, 303, 200, 200, 200, 200},
	"POST /login":     all(422),
	"GET /register":   all(200),
	"POST /register":  all(422),
	"GET /forgot":     all(200),
	"POST /forgot":    all(422),
	"GET /reset":      all(404),
	"POST /reset":     all(422),
	"GET /privacy":    all(200),
	"GET /help":       all(200),
	"POST /logout":    all(303),
	"GET /apply":      candidates(200),
	"GET /apply/self": candidates(200),

	"GET /apply/certificates/{id}":       owned(200),
	"POST /apply/certificates/{id}":      owned(422),
	"GET /apply/certificates/{id}/photo": owned(200),
	"POST /apply/photo":                  candidates(422),
	"POST /apply/photo/crop":             candidates(422),
	"POST /apply/self":                   candidates(422),
	"GET /apply/self/photo":              candidates(404),
	"GET /applications":                  candidates(200),
	"GET /applications/{id}":             owned(200),
	"GET /applications/{id}/submitted":   owned(200),
	"GET /applications/{id}/photo":       owned(200),
	"GET /applications/{id}/edit":        owned(200),
	"POST /applications/{id}/edit":       owned(409),
	"GET /applications/{id}/edit/photo":  owned(200),
	"POST /applications/{id}/withdraw":   owned(409),
	"GET /profile":                       candidates(200),
	"POST /profile":                      candidates(422),
	"GET /profile/data":                  candidates(200),
	"POST /profile/data":                 candidates(422),
	"GET /profile/close":                 candidates(200),
	"POST /profile/close":                candidates(422),
	"GET /password":                      candidates(200),
	"POST /password":                     candidates(422),
	"POST /password/sign-out":            candidates(303),

	"GET /office/login":        {200, 200, 200, 303, 303, 303, 303},
	"POST /office/login":       all(422),
	"GET /office/login/code":   all(303),
	"POST /office/login/code":  all(303),
	"GET /office/first-admin":  all(404),
	"POST /office/first-admin": all(404),
	"POST /office/logout":      all(303),
	"GET /office/password":     staffs(200, 200, 200, 200),
	"POST /office/password":    staffs(422, 422, 422, 422),

	"POST /office/password/sign-out":        staffs(303, 303, 303, 303),
	"GET /office/second-factor":             staffs(200, 200, 200, 200),
	"POST /office/second-factor":            staffs(422, 422, 422, 422),
	"GET /office/second-factor/code.svg":    staffs(404, 404, 404, 404),
	"POST /office/second-factor/remove":     staffs(422, 422, 422, 422),
	"POST /office/staff/{id}/second-factor": staffs(403, 409, 403, 403),

	"GET /office":              staffs(200, 200, 200, 200),
	"GET /office/applications": staffs(200, 200, 200, 200),

	"POST /office/applications":              staffs(422, 422, 422, 422),
	"GET /office/applications.xlsx":          staffs(200, 200, 200, 200),
	"GET /office/applications.csv":           staffs(200, 200, 200, 200),
	"GET /office/applications/next":          staffs(303, 303, 303, 303),
	"GET /office/applications/previous":      staffs(303, 303, 303, 303),
	"POST /office/applications/many":         staffs(422, 403, 403, 422),
	"GET /office/applications/many":          staffs(404, 403, 403, 404),
	"GET /office/applications/{id}":          staffs(200, 200, 200, 404),
	"GET /office/applications/{id}/photo":    staffs(200, 200, 200, 404),
	"POST /office/applications/{id}/approve": staffs(409, 403, 403, 404),
	"POST /office/applications/{id}/return":  staffs(409, 403, 403, 404),
	"POST /office/applications/{id}/refuse":  staffs(409, 403, 403, 404),
	"GET /office/settings":                   staffs(403, 200, 403, 403),
	"POST /office/settings":                  staffs(403, 422, 403, 403),
	"POST /office/settings/test-mail":        staffs(403, 422, 403, 403),
	"GET /office/accounts":                   staffs(200, 200, 403, 200),
	"POST /office/accounts":                  staffs(422, 422, 403, 422),
	"GET /office/accounts/{id}":              staffs(200, 200, 403, 404),
	"POST /office/accounts/{id}/reset":       staffs(303, 303, 403, 404),
	"POST /office/accounts/{id}/unlock":      staffs(303, 303, 403, 404),
	"POST /office/accounts/{id}/email":       staffs(422, 422, 403, 404),
	"POST /office/accounts/{id}/attach":      staffs(422, 422, 403, 404),
	"POST /office/accounts/{id}/correct":     staffs(422, 422, 403, 404),
	"POST /office/accounts/{id}/close":       staffs(422, 422, 403, 404),
	"GET /office/accounts/new":               staffs(200, 200, 403, 200),
	"POST /office/accounts/new":              staffs(422, 422, 403, 422),

	"GET /applications/{id}/slip":     owned(200),
	"GET /applications/{id}/code.svg": owned(200),

	"POST /office/applications/{id}/take-back": staffs(409, 403, 403, 404),

	"GET /office/batches":                    staffs(200, 200, 200, 200),
	"GET /office/batches/new":                staffs(200, 403, 403, 200),
	"POST /office/batches":                   staffs(422, 403, 403, 422),
	"GET /office/batches/settings":           staffs(403, 200, 403, 403),
	"POST /office/batches/settings":          staffs(403, 422, 403, 403),
	"GET /office/batches/{id}":               staffs(200, 200, 200, 404),
	"POST /office/batches/{id}/add":          staffs(409, 403, 403, 404),
	"POST /office/batches/{id}/remove":       staffs(409, 403, 403, 404),
	"POST /office/batches/{id}/expect":       staffs(409, 403, 403, 404),
	"POST /office/batches/{id}/lock":         staffs(409, 403, 403, 404),
	"POST /office/batches/{id}/unlock":       staffs(409, 403, 403, 404),
	"POST /office/batches/{id}/report":       staffs(409, 403, 403, 404),
	"POST /office/batches/{id}/undo-report":  staffs(409, 403, 403, 404),
	"POST /office/batches/{id}/arrive":       staffs(409, 403, 403, 404),
	"POST /office/batches/{id}/undo-arrival": staffs(409, 403, 403, 404),
	"POST /office/batches/{id}/dissolve":     staffs(409, 403, 403, 404),
	"GET /office/batches/{id}/roster.xlsx":   staffs(200, 403, 403, 404),
	"GET /office/batches/{id}/photos.zip":    staffs(200, 403, 403, 404),

	"GET /office/handout":                             staffs(200, 200, 200, 200),
	"GET /office/handout/{id}":                        staffs(200, 200, 200, 404),
	"POST /office/handout/{id}/collect":               staffs(409, 403, 403, 404),
	"POST /office/handout/{id}/mail":                  staffs(409, 403, 403, 404),
	"POST /office/handout/{id}/arrive":                staffs(409, 403, 403, 404),
	"POST /office/handout/{id}/undo-arrival":          staffs(409, 403, 403, 404),
	"POST /office/handout/{id}/correct-handout":       staffs(409, 403, 403, 404),
	"POST /office/handout/{id}/correct-mailing":       staffs(409, 403, 403, 404),
	"POST /office/handout/mailings":                   staffs(422, 403, 403, 422),
	"GET /office/handout/mailings/{key}":              staffs(404, 403, 403, 404),
	"GET /office/handout/mailings/{key}/rejected.csv": staffs(404, 403, 403, 404),
	"GET /office/handout/sheet":                       staffs(200, 200, 200, 200),

	"GET /office/forms": staffs(200, 200, 200, 200),

	"GET /office/applications/{id}/code.svg": staffs(200, 200, 200, 404),

	"GET /office/staff":                staffs(403, 200, 403, 403),
	"POST /office/staff":               staffs(403, 422, 403, 403),
	"GET /office/staff/{id}":           staffs(403, 200, 403, 403),
	"POST /office/staff/{id}":          staffs(403, 422, 403, 403),
	"POST /office/staff/{id}/password": staffs(403, 303, 403, 403),
	"POST /office/staff/{id}/unlock":   staffs(403, 303, 403, 403),
	"POST /office/staff/{id}/disable":  staffs(403, 303, 403, 403),
	"POST /office/staff/{id}/enable":   staffs(403, 303, 403, 403),

	"GET /office/audit":        staffs(200, 200, 200, 200),
	"GET /office/audit/verify": staffs(403, 403, 200, 403),

	"GET /office/audit.xlsx": staffs(403, 403, 200, 403),

	"GET /office/audit.csv": staffs(403, 403, 200, 403),

	"GET /office/certificates":                            staffs(200, 200, 200, 200),
	"GET /office/certificates.xlsx":                       staffs(200, 200, 200, 200),
	"GET /office/certificates.csv":                        staffs(200, 200, 200, 200),
	"POST /office/certificates":                           staffs(422, 422, 422, 422),
	"GET /office/certificates/{id}":                       staffs(200, 200, 200, 404),
	"POST /office/certificates/collected":                 staffs(403, 422, 403, 403),
	"POST /office/certificates/{id}/collected":            staffs(403, 422, 403, 403),
	"GET /office/certificates/import":                     staffs(403, 200, 403, 403),
	"POST /office/certificates/import":                    staffs(403, 422, 403, 403),
	"GET /office/certificates/checks/{job}":               staffs(403, 303, 403, 403),
	"GET /office/certificates/checks/{job}/rejected.xlsx": staffs(403, 404, 403, 403),
	"POST /office/certificates/checks/{job}/apply":        staffs(403, 303, 403, 403),
	"GET /office/certificates/imports":                    staffs(200, 200, 200, 200),
	"GET /office/certificates/imports/{id}":               staffs(200, 200, 200, 200),
	"POST /office/certificates/imports/{id}/take-back":    staffs(403, 409, 403, 403),

	"GET /office/exams":              staffs(403, 200, 200, 403),
	"GET /office/exams/new":          staffs(403, 200, 403, 403),
	"POST /office/exams":             staffs(403, 422, 403, 403),
	"GET /office/exams/{id}":         staffs(403, 200, 200, 403),
	"POST /office/exams/{id}":        staffs(403, 409, 403, 403),
	"POST /office/exams/{id}/delete": staffs(403, 409, 403, 403),

	"GET /office/settings/reasons":             staffs(403, 200, 403, 403),
	"POST /office/settings/reasons":            staffs(403, 422, 403, 403),
	"GET /office/settings/cities":              staffs(403, 200, 403, 403),
	"POST /office/settings/cities":             staffs(403, 422, 403, 403),
	"POST /office/settings/cities/{id}":        staffs(403, 422, 403, 403),
	"POST /office/settings/cities/{id}/remove": staffs(403, 422, 403, 403),
	"GET /office/settings/mail":                staffs(403, 200, 403, 403),
	"GET /office/settings/mail/{act}":          staffs(403, 200, 403, 403),
	"POST /office/settings/mail/{act}":         staffs(403, 422, 403, 403),

	"GET /office/mail":             staffs(403, 200, 403, 403),
	"POST /office/mail/retry":      staffs(403, 303, 403, 403),
	"POST /office/mail/release":    staffs(403, 303, 403, 403),
	"POST /office/mail/{id}/retry": staffs(403, 422, 403, 403),

	"GET /office/backup":           staffs(403, 200, 403, 403),
	"POST /office/backup":          staffs(403, 422, 403, 403),
	"POST /office/backup/make":     staffs(403, 303, 403, 403),
	"POST /office/backup/download": staffs(403, 422, 403, 403),
}

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
	case strings.Contains(path, "/accounts/{id}"), strings.HasPrefix(path, "/apply/certificates/"): // of the first one is the application
		path = strings.Replace(path, "{id}", "2", 1)
	case strings.Contains(path, "/staff/{id}"):
		path = strings.Replace(path, "{id}", "5", 1)
	case strings.Contains(path, "/handout/{id}"):
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
