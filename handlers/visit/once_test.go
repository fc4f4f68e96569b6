package visit

import (
	"context"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"testing"
	"time"

	"certreissue/store"
)

// TestOnce: whoever hangs up has sent the form all the same, and finds what became of it.
func TestOnce(t *testing.T) {
	st, err := store.Open(filepath.Join(t.TempDir(), "data.db"), store.Options{Create: true, Now: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	s := &Server{Store: st, once: newOnce(st.Now)}
	realm := s.AddRealm(Realm{Path: "/", Session: "session"})
	worked := 0
	var hangUp func()
	route := Route{Pattern: "POST /register"}
	route.Handle = func(v *Visit) error {
		worked++
		if hangUp(); v.R.Context().Err() != nil {
			t.Error("the work ends when its visitor hangs up")
		}
		return v.Redirect("/login")
	}
	send := func(visitor string, words url.Values) string {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		hangUp = cancel
		answer := httptest.NewRecorder()
		v := s.NewVisit(answer, httptest.NewRequest("POST", "/register", nil).WithContext(ctx), realm)
		v.visitor, v.Posted = visitor, words
		if err := s.once.around(route)(v); err != nil {
			t.Error(err)
		}
		return answer.Header().Get("Location")
	}
	words := url.Values{"name": {"a"}, "captcha_id": {"x"}, "csrf_token": {"1"}}
	for _, c := range []struct {
		why     string
		visitor string
		words   url.Values
		worked  int
	}{
		{"the first", "me", words, 1},
		{"again", "me", words, 1},
		{"again, with another token", "me", url.Values{"name": {"a"}, "captcha_id": {"x"}, "csrf_token": {"2"}}, 1},
		{"another captcha", "me", url.Values{"name": {"a"}, "captcha_id": {"y"}}, 2},
		{"somebody else", "you", words, 3},
	} {
		if to := send(c.visitor, c.words); to != "/login" || worked != c.worked {
			t.Errorf("%s leads to %q, worked %d times", c.why, to, worked)
		}
	}
}
