package handlers

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"certreissue/handlers/visit"
	"certreissue/password"
	"certreissue/reissue"
)

// TestForgotTakesAsLong: the answer comes after the same time whether there is a
// mail to write or not. Here nothing takes time but what waits.
func TestForgotTakesAsLong(t *testing.T) {
	const known, unknown = "110101199003071233", "110101199003074610"
	synctest.Test(t, func(t *testing.T) {
		right := ""
		s, _ := openSite(t, visit.Options{PublicURL: "http://127.0.0.1", CanMail: func() bool { return true }, OnCaptcha: func(_, answer string) { right = answer }})
		person, err := reissue.ParsePerson("", known, reissue.Today(time.Now()))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.server.Store.Register(reissue.Account{Person: person, Name: "甲乙", Email: "a@example.com", Password: password.Hash("certreissue-1")}); err != nil {
			t.Fatal(err)
		}
		for _, number := range []string{known, unknown} {
			page := httptest.NewRecorder()
			s.ServeHTTP(page, httptest.NewRequest(http.MethodGet, "http://127.0.0.1/forgot", nil))
			values := url.Values{"id_number": {number}, "captcha": {right}}
			for _, name := range []string{"csrf_token", "captcha_id"} {
				found := regexp.MustCompile(`name="` + name + `" value="([^"]+)"`).FindStringSubmatch(page.Body.String())
				if found == nil {
					t.Fatalf("the page has no %s:\n%s", name, page.Body)
				}
				values.Set(name, found[1])
			}
			post := httptest.NewRequest(http.MethodPost, "http://127.0.0.1/forgot", strings.NewReader(values.Encode()))
			post.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			for _, cookie := range page.Result().Cookies() {
				post.AddCookie(cookie)
			}
			begun, answer := time.Now(), httptest.NewRecorder()
			s.ServeHTTP(answer, post)
			if waited := time.Since(begun); waited != 250*time.Millisecond {
				t.Errorf("%s is answered after %v", number, waited)
			}
			if to := answer.Header().Get("Location"); to != "/forgot?sent=1" {
				t.Errorf("%s is answered with %d, to %q:\n%s", number, answer.Code, to, answer.Body)
			}
		}
		if _, err := s.server.Store.NextMail("http://127.0.0.1"); err != nil {
			t.Errorf("no mail waits: %v", err)
		}
	})
}
