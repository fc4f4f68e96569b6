package threats

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"certreissue/e2e/rig"
	"certreissue/handlers/candidate"
	"certreissue/handlers/office"
	"certreissue/handlers/visit"
)

// held is a post of which the client waits for the answer at every step.
type held struct {
	net.Conn
	b       *rig.Browser
	answers *bufio.Reader
}

// begin opens a post with the browser's address and cookies, and sends its head.
func begin(b *rig.Browser, path, headers string) *held {
	b.T.Helper()
	address, err := url.Parse(b.URL + path)
	if err != nil {
		b.T.Fatal(err)
	}
	conn, err := b.Client.Transport.(*http.Transport).DialContext(b.T.Context(), "tcp", address.Host)
	if err != nil {
		b.T.Fatal(err)
	}
	b.T.Cleanup(func() { conn.Close() })
	for _, cookie := range b.Client.Jar.Cookies(address) {
		headers += "Cookie: " + cookie.String() + "\r\n"
	}
	h := &held{conn, b, bufio.NewReader(conn)}
	h.send("POST " + path + " HTTP/1.1\r\nHost: " + address.Host + "\r\n" + headers + "\r\n")
	return h
}

// announce begins a post in parts whose body comes when the server has asked for it.
func announce(b *rig.Browser, path string, length int) *held {
	b.T.Helper()
	return begin(b, path, fmt.Sprintf(inParts+"Content-Length: %d\r\nExpect: 100-continue\r\n", length))
}

// What a post begins with, in parts and in words.
const (
	inParts  = "Content-Type: multipart/form-data; boundary=x\r\n"
	inWords  = "Content-Type: application/x-www-form-urlencoded\r\n"
	chunked  = "Transfer-Encoding: chunked\r\n"
	fileHead = "--x\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"a.jpg\"\r\n\r\n"
)

func word(name, value string) string {
	return fmt.Sprintf("--x\r\nContent-Disposition: form-data; name=%q\r\n\r\n%s\r\n", name, value)
}

func (h *held) send(text string) {
	h.b.T.Helper()
	if _, err := io.WriteString(h, text); err != nil {
		h.b.T.Fatal(err)
	}
}

// status is the next answer: 100 where the server wants the body, 0 where it goes on
// waiting, and -1 where it has hung up.
func (h *held) status(patience time.Duration) int {
	h.b.T.Helper()
	h.SetReadDeadline(time.Now().Add(patience))
	answer, err := http.ReadResponse(h.answers, nil)
	switch {
	case errors.Is(err, os.ErrDeadlineExceeded):
		return 0
	case err != nil:
		return -1
	}
	return answer.StatusCode
}

// soon is how long an answer may take that comes.
const soon = 20 * time.Second

// eachPost goes through the routes that are posted to, with the token that is good there.
func eachPost(b *rig.Browser, application string, do func(pattern, path, good string)) {
	own, office := token(b.Get("/forgot")), token(b.Get("/office"))
	for _, pattern := range patterns() {
		switch method, path := addressOf(pattern, application); {
		case method != http.MethodPost:
		case strings.HasPrefix(path, "/office"):
			do(pattern, path, office)
		default:
			do(pattern, path, own)
		}
	}
}

// TestBodiesAreJudgedFirst posts 20 MB to every route, as everybody, and stops where the
// file begins. Whoever may not send it is answered before: with a bad token, or one that
// comes behind the file, without a session, over what an address may post. Who has the
// wrong role, or comes from elsewhere, is answered before the first byte. Where the
// server goes on reading, the route keeps a file, for somebody who may send it.
func TestBodiesAreJudgedFirst(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	late := r.Register("已超时", rig.IDNumber(t, 2))
	r.Pass(3 * time.Hour)
	browsers, application := everybody(r)
	browsers["late"] = late
	foreign := token(r.Browser().Get("/login"))
	routes := map[string]visit.Route{}
	for _, route := range slices.Concat((&candidate.Pages{}).Routes(), (&office.Pages{}).Routes()) {
		routes[route.Pattern] = route
	}
	read, wrong := map[string]int{}, 0
	for column, name := range append(slices.Clone(visitors), "late") {
		for visitor, home := range map[string]string{"candidate": "/apply", "other": "/apply", "reviewer": "/office", "admin": "/office", "auditor": "/office", "city": "/office"} {
			browsers[visitor].Get(home).Is(http.StatusOK) // or those who wait for their turn would be signed out
		}
		b := browsers[name]
		eachPost(b, application, func(pattern, path, good string) {
			route := routes[pattern]
			visitor := column
			if name == "late" {
				visitor = 0
			}
			outside := route.Access.SignedIn && routeTable[pattern][visitor] == http.StatusSeeOther && (strings.HasPrefix(path, "/office") == (name == "candidate" || name == "other") || visitor == 0)
			wrongRole := routeTable[pattern][visitor] == http.StatusForbidden
			for _, words := range []struct{ what, token string }{{"no token", ""}, {"another's token", word("csrf_token", foreign)}, {"a good token", word("csrf_token", good)}} {
				r.Pass(time.Second)
				what := fmt.Sprintf("%s posts to %s with %s", name, path, words.what)
				h := announce(b, path, 20<<20)
				if first := h.status(soon); wrongRole {
					if first != http.StatusForbidden {
						t.Errorf("%s: %d, want 403 and nothing read", what, first)
					}
					h.Close()
					continue
				} else if first != http.StatusContinue {
					t.Errorf("%s: %d before the first part", what, first)
					h.Close()
					continue
				}
				h.send(words.token + word("phone", "13800000000") + fmt.Sprintf(fileHead, "photo"))
				want := http.StatusForbidden
				switch {
				case words.what != "a good token":
				case outside && (name != "late" || route.Late == nil || strings.HasPrefix(path, "/office")): // where nobody has come late
					want = http.StatusSeeOther
				case route.Upload == nil:
					want = http.StatusRequestEntityTooLarge
				default: // it goes on reading: no answer may come
					want = 0
					read[name]++
				}
				patience := soon
				if want == 0 {
					patience = 50 * time.Millisecond
				}
				if got := h.status(patience); got != want {
					t.Errorf("%s: %d, want %d where the file begins", what, got, want)
					if wrong++; wrong == 3 {
						t.FailNow() // each has taken its time
					}
				}
				h.Close()
			}
		})
	}
	// A candidate sends photos to five routes, three of which keep a draft for who comes
	// too late, and reviewers and admins send them to as many for candidates; lists of
	// tracking and of new numbers are for reviewers, a register for admins.
	if want := map[string]int{"candidate": 5, "other": 5, "late": 3, "reviewer": 7, "city": 7, "admin": 6}; fmt.Sprint(read) != fmt.Sprint(want) {
		t.Errorf("files are read of %v, want %v", read, want)
	}

	b := browsers["candidate"]
	good := token(b.Get("/apply/self"))
	h := announce(b, "/apply/self", 20<<20)
	if h.status(soon); !spools(t, r, h, word("csrf_token", good)) {
		t.Error("this test cannot fail: a good file is not spooled either")
	}
	h = announce(b, "/apply/self", 20<<20)
	if h.status(soon); spools(t, r, h, "") {
		t.Error("a file before the token is spooled")
	}
	if h = announce(b, "/apply/self", 22<<20); h.status(soon) == http.StatusContinue {
		h.send(word("csrf_token", good) + fmt.Sprintf(fileHead, "photo"))
	}
	if got := h.status(soon); got != http.StatusRequestEntityTooLarge {
		t.Errorf("22 MB announced: %d where the file begins", got)
	}
	for forge(b, "/apply/photo", good, "", "").Status != http.StatusTooManyRequests {
	}
	if got := announce(b, "/apply/photo", 20<<20).status(soon); got != http.StatusTooManyRequests {
		t.Errorf("from an address that has posted too much: %d, want 429 and nothing read", got)
	}
	small := forge(b, "/apply/photo", "", "", "")
	if small.Status != http.StatusForbidden {
		t.Errorf("from there a small form with a bad token: %d, want 403", small.Status)
	}
}

// spools sends two megabytes of a file, and tells whether they come to lie on the disk
// before the post is answered or broken off; afterwards they do not.
func spools(t *testing.T, r *rig.Running, h *held, words string) (spooled bool) {
	t.Helper()
	folder := r.Data + ".spool"
	io.WriteString(h, words+fmt.Sprintf(fileHead, "photo")+strings.Repeat("a", 2<<20)) // may be refused on the way
	answered := make(chan struct{})
	go func() { defer close(answered); h.status(time.Minute) }()
	for done := false; !done && !spooled; time.Sleep(5 * time.Millisecond) {
		select {
		case <-answered:
			done = true
		default:
			spooled = len(spooledFiles(t, folder)) > 0
		}
	}
	h.Close()
	<-answered
	for range 1000 {
		if _, err := os.Stat(folder); err != nil {
			return spooled
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Errorf("%s is still there when the post is over", folder)
	return spooled
}
