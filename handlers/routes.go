package handlers

import (
	"net/http"

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

	var h http.Handler = mux
	h = s.onlyOpen(h)  // until there is an admin, candidates are told so
	h = s.onlyLocal(h) // a demo answers loopback hosts only
	h = s.headers(h)   // on every answer, refusals included
	h = s.logged(h)    // outermost: one line a request, and no panic gets out
	return h
}

func notFound(*visit.Visit) error { return reissue.ErrNotFound }
