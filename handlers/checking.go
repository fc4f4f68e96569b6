package handlers

import (
	"bytes"
	"net/http"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/static"
	"certreissue/templates"
)

// checkingSeconds is after how long the page asks again.
const checkingSeconds = 5

// Checking answers everything with a page that asks for patience, before the file is
// open: progress says how far its check is, "" where there is none.
func Checking(progress func() string) http.Handler {
	page := templates.Checking{Page: templates.Page{SystemName: reissue.DefaultSettings().SystemName}, Seconds: checkingSeconds}
	pages, err := templates.New(static.Path)
	return static.Handler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		var body bytes.Buffer
		page := page
		page.Progress = progress()
		if err != nil || pages.Render(&body, page) != nil {
			http.Error(w, visit.SayBroken, http.StatusInternalServerError)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		w.Header().Set("Retry-After", "5")
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = w.Write(body.Bytes())
	}))
}
