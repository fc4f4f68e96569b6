package handlers

import (
	"crypto/rand"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"runtime/debug"
	"strings"
	"time"

	"certreissue/handlers/visit"
	"certreissue/templates"
)

// recorder notes what was answered.
type recorder struct {
	http.ResponseWriter
	status int
}

func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach the connection.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

// logged writes one line a request: the pattern and not the address, so that
// nothing of a person gets into it. A panic, or a fault in the mapped memory of
// a damaged file, becomes a page with the request's number.
func (s *Site) logged(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		debug.SetPanicOnFault(true)
		start := time.Now()
		number := rand.Text()[:8]
		r = r.WithContext(visit.WithRequestNumber(r.Context(), number)) // the router notes its pattern here
		answer := &recorder{ResponseWriter: w, status: http.StatusOK}
		defer func() {
			if caught := recover(); caught != nil {
				if caught == http.ErrAbortHandler {
					panic(caught)
				}
				s.server.Log.Error("panic", "request", number, "pattern", r.Pattern, "value", fmt.Sprintf("%T", caught), "stack", string(debug.Stack()))
				v := s.server.NewVisit(answer, r, s.candidate.Realm)
				s.server.ErrorPage(v, http.StatusInternalServerError, templates.Error{Heading: visit.SayBroken, Sentence: visit.SayBrokenSentence, Advice: visit.SayBrokenAdvice, Request: number})
			}
			s.server.Log.LogAttrs(r.Context(), level(answer.status), "request", slog.String("request", number), slog.String("method", r.Method),
				slog.String("pattern", r.Pattern), slog.Int("status", answer.status), slog.Duration("took", time.Since(start)))
		}()
		next.ServeHTTP(answer, r)
	})
}

// level lets the log tell what went wrong, and what was refused for who asked,
// from where or how often; the rest is everyday.
func level(status int) slog.Level {
	switch {
	case status >= 500:
		return slog.LevelWarn
	case status == http.StatusForbidden, status == http.StatusTooManyRequests:
		return slog.LevelInfo
	}
	return slog.LevelDebug
}

// headers are what a browser is told with every answer.
func (s *Site) headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'")
		h.Set("X-Frame-Options", "DENY") // the old kernels that the guide recommends know no frame-ancestors
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		// Overridden where something may be kept: static files by their hash.
		h.Set("Cache-Control", "no-store")
		if s.server.Secure {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

// proxied counts who asks for others, so that doctor can tell. Whoever watches the
// service asks for nobody else.
func (s *Site) proxied(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/healthz" {
			s.server.NoteForwarded(r)
		}
		next.ServeHTTP(w, r)
	})
}

// onlyLocal keeps a demo from being used through a name that resolves to it
// from outside (DNS rebinding).
func (s *Site) onlyLocal(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if s.server.Demo && !loopbackHost(r.Host) {
			v := s.server.NewVisit(w, r, s.candidate.Realm)
			s.server.ErrorPage(v, http.StatusForbidden, templates.Error{Heading: sayDemoHost, Sentence: sayDemoHostSentence, Advice: sayDemoHostAdvice})
			return
		}
		next.ServeHTTP(w, r)
	})
}

func loopbackHost(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.Trim(host, "[]")
	addr, err := netip.ParseAddr(host)
	return strings.EqualFold(host, "localhost") || err == nil && addr.IsLoopback()
}

// onlyOpen tells candidates that the office has not opened yet, while it has no
// admin.
func (s *Site) onlyOpen(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		path := r.URL.Path
		always := path == "/healthz" || strings.HasPrefix(path, "/office") || strings.HasPrefix(path, "/static/") || strings.HasPrefix(path, "/captcha/") || strings.HasPrefix(path, "/text/")
		if always || s.server.Open() {
			next.ServeHTTP(w, r)
			return
		}
		v := s.server.NewVisit(w, r, s.candidate.Realm)
		w.Header().Set("Retry-After", "300")
		v.Status = http.StatusServiceUnavailable
		if err := v.Render(templates.NotOpen{Page: v.Page()}); err != nil {
			s.server.Fail(v, err)
		}
	})
}

// health is for whoever watches the service.
func (s *Site) health(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	if err := s.server.Store.Ping(); err != nil {
		http.Error(w, "database does not answer", http.StatusServiceUnavailable)
		return
	}
	fmt.Fprint(w, "ok")
}
