package handlers

import (
	"bytes"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"certreissue/store"
)

// openServer gives a server of a new file, which writes its log into the buffer.
func openServer(t *testing.T) (*Server, *bytes.Buffer) {
	t.Helper()
	st, err := store.Open(filepath.Join(t.TempDir(), "data.db"), store.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	log := &bytes.Buffer{}
	s, err := New(st, Options{Log: slog.New(slog.NewTextHandler(log, nil)), Demo: true})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		s.Close()
		st.Close()
	})
	return s, log
}

// TestPanicLeavesNothing: a handler that panics is answered with a page, and what
// was posted to it is not left on the disk.
func TestPanicLeavesNothing(t *testing.T) {
	s, log := openServer(t)
	folder := t.TempDir()
	t.Setenv("TMPDIR", folder)
	entered := false
	h := s.logged(s.serve(route{pattern: "POST /", access: anyone, upload: photoUpload, handle: func(_ *Server, v *visit) error {
		entered = len(v.r.MultipartForm.File["photo"]) == 1
		if files, _ := os.ReadDir(folder); len(files) == 0 {
			t.Error("this test cannot fail: the body lies in memory")
		}
		panic("on purpose")
	}}))

	before := httptest.NewRequest(http.MethodGet, "/", nil)
	before.AddCookie(&http.Cookie{Name: s.candidate.visitor, Value: "visitor"})
	v := s.newVisit(httptest.NewRecorder(), before)
	v.meet()
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	form.WriteField("csrf_token", v.token())
	part, err := form.CreateFormFile("photo", "a.jpg")
	if err != nil {
		t.Fatal(err)
	}
	part.Write(make([]byte, 2<<20))
	form.Close()
	r := httptest.NewRequest(http.MethodPost, "/", &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.AddCookie(&http.Cookie{Name: s.candidate.visitor, Value: "visitor"})
	answer := httptest.NewRecorder()
	h.ServeHTTP(answer, r)

	if !entered || answer.Code != http.StatusInternalServerError || !strings.Contains(log.String(), "panic") {
		t.Errorf("entered %v, status %d, log %s", entered, answer.Code, log)
	}
	if files, err := os.ReadDir(folder); err != nil || len(files) != 0 {
		t.Errorf("left behind: %v, %v", files, err)
	}
}
