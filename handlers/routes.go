package handlers

import (
	"net/http"
	"net/url"
	"path"
	"strings"

	"certreissue/handlers/candidate"
	"certreissue/handlers/office"
	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/static"
)

// Patterns lists every route, so that a test can go through all of them and
// fail for one that it does not know.
func Patterns() []string {
	var patterns []string
	for _, list := range [][]visit.Route{(&candidate.Pages{}).Routes(), (&office.Pages{}).Routes()} {
		for _, r := range list {
			patterns = append(patterns, r.Pattern)
		}
	}
	return patterns
}

// routing puts the routes behind what every request passes, in this order.
func (s *Site) routing() http.Handler {
	mux := http.NewServeMux()
	for _, r := range s.candidate.Routes() {
		mux.Handle(r.Pattern, s.server.Serve(s.candidate.Realm, r))
	}
	for _, r := range s.office.Routes() {
		mux.Handle(r.Pattern, s.server.Serve(s.office.Realm, r))
	}
	mux.Handle("GET /captcha/{name}", s.server.Serve(s.candidate.Realm, visit.Route{Pattern: "GET /captcha/{name}", Handle: s.server.ShowCaptcha}))
	mux.HandleFunc("GET /healthz", s.health)
	unknown := s.server.Serve(s.candidate.Realm, visit.Route{Pattern: "/", Handle: notFound})
	mux.Handle("GET "+static.Prefix, static.Handler(unknown))
	mux.Handle("/", unknown)
	mux.Handle("/office/", s.server.Serve(s.office.Realm, visit.Route{Pattern: "/office/", Handle: notFound}))

	h := withoutSlash(mux)
	h = s.onlyOpen(h)  // until there is an admin, candidates are told so
	h = s.onlyLocal(h) // a demo answers loopback hosts only
	h = s.proxied(h)   // who asks for others is counted
	h = s.headers(h)   // on every answer, refusals included
	h = s.logged(h)    // outermost: one line a request, and no panic gets out
	return h
}

// withoutSlash leads from a page's address with a slash at its end to the page:
// people type it, and other systems write it into their links. An address that
// is not in its plain form (//name/) is left alone.
func withoutSlash(mux *http.ServeMux) http.Handler {
	known := map[string]bool{}
	for _, pattern := range Patterns() {
		known[pattern] = strings.HasPrefix(pattern, "GET ")
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		page := strings.TrimRight(r.URL.EscapedPath(), "/")
		if to, err := url.Parse(page); err == nil && page != r.URL.EscapedPath() && to.Path == path.Clean(r.URL.Path) {
			asked := r.Clone(r.Context())
			asked.URL = to
			if _, pattern := mux.Handler(asked); known[pattern] {
				r.Pattern, to.RawQuery = pattern, r.URL.RawQuery
				http.Redirect(w, r, to.String(), http.StatusPermanentRedirect)
				return
			}
		}
		mux.ServeHTTP(w, r)
	})
}

func notFound(*visit.Visit) error { return reissue.ErrNotFound }
