package handlers

import (
	"bytes"
	"errors"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"certreissue/handlers/visit"
	"certreissue/store"
)

// openSite gives the site of a new file, as a demo that writes its log into the
// buffer.
func openSite(t *testing.T, options visit.Options) (*Site, *bytes.Buffer) {
	t.Helper()
	st, err := store.Open(filepath.Join(t.TempDir(), "data.db"), store.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	log := &bytes.Buffer{}
	options.Demo, options.Log = true, slog.New(slog.NewTextHandler(log, nil))
	s, err := New(st, options)
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
	s, log := openSite(t, visit.Options{})
	folder := string(s.server.Store.Spool())
	entered := false
	h := s.logged(s.server.Serve(s.candidate.Realm, visit.Route{Pattern: "POST /", Upload: &visit.Upload{Limit: 21 << 20}, Handle: func(v *visit.Visit) error {
		entered = len(v.Files["photo"]) == 1
		if files, _ := os.ReadDir(folder); len(files) == 0 {
			t.Error("this test cannot fail: the body lies in memory")
		}
		panic("on purpose")
	}}))

	login := httptest.NewRecorder()
	s.ServeHTTP(login, httptest.NewRequest(http.MethodGet, "http://127.0.0.1/login", nil))
	token := regexp.MustCompile(`name="csrf_token" value="([^"]+)"`).FindStringSubmatch(login.Body.String())
	if token == nil {
		t.Fatalf("the login is answered with %d", login.Code)
	}
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	form.WriteField("csrf_token", token[1])
	part, err := form.CreateFormFile("photo", "a.jpg")
	if err != nil {
		t.Fatal(err)
	}
	part.Write(make([]byte, 2<<20))
	form.Close()
	r := httptest.NewRequest(http.MethodPost, "/", &body)
	r.Header.Set("Content-Type", form.FormDataContentType())
	for _, cookie := range login.Result().Cookies() {
		r.AddCookie(cookie)
	}
	answer := httptest.NewRecorder()
	h.ServeHTTP(answer, r)

	if !entered || answer.Code != http.StatusInternalServerError || !strings.Contains(log.String(), "panic") {
		t.Errorf("entered %v, status %d, log %s", entered, answer.Code, log)
	}
	if files, err := os.ReadDir(folder); err == nil {
		t.Errorf("left behind: %v", files)
	}
}

// TestNotSaved: what the disk did not take is said as it is. Only where nothing stands
// one is asked to send it again.
func TestNotSaved(t *testing.T) {
	s, _ := openSite(t, visit.Options{})
	const undone = "尚未提交"
	for fault, want := range map[store.Fault]string{store.Full: undone, store.Unwritable: undone, store.Unsure: "不能确定是否已保存，请先查看"} {
		h := s.server.Serve(s.candidate.Realm, visit.Route{Pattern: "GET /", Handle: func(*visit.Visit) error {
			return errors.Join(&store.FileError{Path: "a.db", Fault: fault})
		}})
		answer := httptest.NewRecorder()
		h.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/", nil))
		body := answer.Body.String()
		if answer.Code != http.StatusServiceUnavailable || !strings.Contains(body, want) || want != undone && strings.Contains(body, undone) {
			t.Errorf("fault %d: %d, want %q in\n%s", fault, answer.Code, want, body)
		}
		if again := answer.Header().Get("Retry-After") != ""; again != (want == undone) {
			t.Errorf("fault %d: Retry-After is there: %v", fault, again)
		}
	}
}
