package handlers

import (
	"bytes"
	"errors"
	"io"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

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

// TestAnswerMayTakeLonger: the time that a form has to arrive is not that of its answer.
func TestAnswerMayTakeLonger(t *testing.T) {
	s, _ := openSite(t, visit.Options{})
	longer := func(v *visit.Visit) error {
		select {
		case <-v.R.Context().Done():
			t.Errorf("%s: %v", v.R.Method, v.R.Context().Err())
		case <-time.After(3 * time.Second):
		}
		return v.Redirect("/")
	}
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/login" {
			s.ServeHTTP(w, r)
			return
		}
		s.server.Serve(s.candidate.Realm, visit.Route{Pattern: r.Method + " /", Handle: longer}).ServeHTTP(w, r)
	}))
	server.Config.ReadTimeout = time.Second
	server.Start()
	defer server.Close()
	jar, _ := cookiejar.New(nil)
	client := &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	login, err := client.Get(server.URL + "/login")
	if err != nil {
		t.Fatal(err)
	}
	page, _ := io.ReadAll(login.Body)
	login.Body.Close()
	token := regexp.MustCompile(`name="csrf_token" value="([^"]+)"`).FindSubmatch(page)
	if token == nil {
		t.Fatalf("the login is answered with %d", login.StatusCode)
	}
	for what, ask := range map[string]func() (*http.Response, error){
		"a page": func() (*http.Response, error) { return client.Get(server.URL + "/") },
		"a form": func() (*http.Response, error) {
			return client.PostForm(server.URL+"/", url.Values{"csrf_token": {string(token[1])}})
		},
	} {
		answer, err := ask()
		if err != nil {
			t.Errorf("%s: %v", what, err)
			continue
		}
		answer.Body.Close()
		if answer.StatusCode != http.StatusSeeOther {
			t.Errorf("%s: status %d", what, answer.StatusCode)
		}
	}
}
