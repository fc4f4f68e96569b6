package threats

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"certreissue/command"
	"certreissue/e2e/rig"

	"github.com/PuerkitoBio/goquery"
)

// answers fails unless pages are answered.
func answers(r *rig.Running) {
	r.T.Helper()
	b := r.Browser()
	style := b.Get("/login").Is(http.StatusOK).Find("link[rel=stylesheet]").AttrOr("href", "")
	for _, path := range []string{"/healthz", style} {
		b.Get(path).Is(http.StatusOK)
	}
}

// dial opens a bare connection from an address of its own.
func dial(r *rig.Running, write string) net.Conn {
	r.T.Helper()
	c, err := net.Dial("tcp", strings.TrimPrefix(r.URL, "http://"))
	if err != nil {
		r.T.Fatal(err)
	}
	r.T.Cleanup(func() { c.Close() })
	if _, err := io.WriteString(c, write); err != nil {
		r.T.Fatal(err)
	}
	return c
}

// refuses fails unless what is written on a bare connection is answered with a
// status.
func refuses(r *rig.Running, what string, status int, write string) {
	r.T.Helper()
	if answer, err := http.ReadResponse(bufio.NewReader(dial(r, write)), nil); err != nil || answer.StatusCode != status {
		r.T.Errorf("%s: %v, %v", what, answer, err)
	}
}

// floods sends the beginning of a body and then the letter a for as long as it is taken,
// and tells how it was answered, and how many bytes went out until then.
func (h *held) floods(begin string) (status int, sent int64) {
	h.b.T.Helper()
	h.Conn.(*net.TCPConn).SetWriteBuffer(64 << 10)
	answered, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for chunk := begin; ; chunk = strings.Repeat("a", 32<<10) {
			if _, err := fmt.Fprintf(h, "%x\r\n%s\r\n", len(chunk), chunk); err != nil {
				return
			}
			sent += int64(len(chunk))
			select {
			case <-answered:
				return
			default:
			}
			if sent > 10<<30 {
				return
			}
		}
	}()
	status = h.status(time.Minute)
	close(answered)
	h.Close()
	<-ended
	return status, sent
}

// TestHugeBodies: of a body that never ends no more is read than the route allows for
// what it holds, and from whom, whatever its header says, and it is refused in words.
func TestHugeBodies(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	b := r.Register("测试", rig.LoopNumber)
	clerk := r.Staff("shenhe")
	stranger := r.Browser()
	strange, own, office := word("csrf_token", token(stranger.Get("/register"))), word("csrf_token", token(b.Get("/apply/self"))), word("csrf_token", token(clerk.Get("/office")))
	photo, text := fmt.Sprintf(fileHead, "photo"), strings.TrimSuffix(word("phone", ""), "\r\n")
	const form, upload = 64 << 10, 21 << 20
	for _, c := range []struct {
		what              string
		b                 *rig.Browser
		path, kind, begin string
		status            int
		limit             int64
	}{
		{"words", stranger, "/login", inWords, "csrf_token=", 413, form},
		{"a file where there is none", stranger, "/register", inParts, strange + photo, 413, form},
		{"a file without a token", b, "/apply/self", inParts, photo, 403, form},
		{"words before the token", b, "/apply/self", inParts, text, 413, form},
		{"no part at all", b, "/apply/self", inParts, "", 400, form},
		{"a head of a part", b, "/apply/self", inParts, "--x\r\nX-Head: ", 413, form},
		{"a photo", b, rig.Certificate2015, inParts, own + photo, 413, upload},
		{"words after the photo", b, "/apply/self", inParts, own + photo + "a\r\n" + text, 413, form},
		{"words of an application", b, "/apply/self", inWords, "phone=", 413, form},
		{"words of a clerk", clerk, "/office/applications/many", inWords, "csrf_token=", 413, form},
		{"a tracking list", clerk, "/office/handout/mailings", inParts, office + fmt.Sprintf(fileHead, "file"), 413, upload},
		{"what only an admin may send", clerk, "/office/certificates/import", inParts, office + fmt.Sprintf(fileHead, "file"), 403, 0},
	} {
		status, sent := begin(c.b, c.path, c.kind+chunked).floods(c.begin)
		if status != c.status {
			t.Errorf("%s, without end: status %d, want %d", c.what, status, c.status)
		}
		// Beside what was read, buffers of the connection may be full.
		if sent > c.limit+8<<20 {
			t.Errorf("%s, without end: %d bytes are taken", c.what, sent)
		}
	}
	if status := begin(stranger, "/login", inWords+"Content-Length: 10737418240\r\nExpect: 100-continue\r\n").status(soon); status != http.StatusRequestEntityTooLarge {
		t.Errorf("ten gigabytes announced: status %d before the first byte", status)
	}
	answers(r)
}

// TestManyParts: a hundred thousand parts, fields or headers are refused.
func TestManyParts(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	b := r.Register("测试", rig.LoopNumber)
	good := token(b.Get("/apply/self"))
	parts := strings.Repeat("--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nb\r\n", 100_000) +
		"--x\r\nContent-Disposition: form-data; name=\"csrf_token\"\r\n\r\n" + good + "\r\n--x--\r\n"
	b.Do(http.MethodPost, "/apply/self", "multipart/form-data; boundary=x", strings.NewReader(parts)).Is(http.StatusBadRequest)
	fields := url.Values{"csrf_token": {good}}.Encode() + strings.Repeat("&a=b", 100_000)
	if status := begin(b, "/apply/self", fmt.Sprintf(inWords+"Content-Length: %d\r\n", len(fields))).status(soon); status != http.StatusRequestEntityTooLarge {
		t.Errorf("100,000 fields: status %d", status)
	}
	refuses(r, "10,000 headers", http.StatusRequestHeaderFieldsTooLarge, "GET /login HTTP/1.1\r\nHost: 127.0.0.1\r\n"+strings.Repeat("X-A: b\r\n", 10_000))
	answers(r)
}

// TestStopUnderWay: a submission that is under way when the service stops is
// stored if and only if it is answered with 303.
func TestStopUnderWay(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	b := r.Register("测试", rig.LoopNumber)
	const together = 8
	form := b.Get("/apply/self")
	answers := make([]int, together)
	var begun, all sync.WaitGroup
	release := make(chan struct{})
	for i := range together {
		values := url.Values{"csrf_token": {token(form)}}
		for name, value := range rig.ByHand(map[string]string{"specialty": fmt.Sprintf("专业%d", i)}) {
			values.Set(name, value)
		}
		encoded := values.Encode()
		begun.Add(1)
		all.Go(func() {
			body, send := io.Pipe()
			go func() {
				io.WriteString(send, encoded[:10])
				begun.Done()
				<-release
				io.WriteString(send, encoded[10:])
				send.Close()
			}()
			request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, r.URL+"/apply/self", body)
			if err != nil {
				t.Error(err)
				return
			}
			request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			if answer, err := b.Client.Do(request); err == nil {
				answers[i] = answer.StatusCode
				answer.Body.Close()
			} else if errors.Is(err, context.Canceled) {
				t.Error(err)
			}
		})
	}
	begun.Wait()
	time.Sleep(100 * time.Millisecond) // until the server has the beginnings
	stopped := make(chan int)
	go func() { stopped <- r.Stop() }()
	for !strings.Contains(r.Out.String(), "正在停止，请稍候") {
		time.Sleep(10 * time.Millisecond)
	}
	close(release)
	all.Wait()
	if code := <-stopped; code != command.ExitDone {
		t.Errorf("the service ends with %d", code)
	}

	again := rig.Start(t, "demo", "-data", r.Data)
	b.Running = again
	own := ""
	b.Get("/applications").Find("tbody th a").Each(func(_ int, a *goquery.Selection) { own += b.Get(a.AttrOr("href", "")).TextOf("main") })
	for i, status := range answers {
		if stored := strings.Contains(own, fmt.Sprintf("专业%d", i)); stored != (status == http.StatusSeeOther) {
			t.Errorf("submission %d is answered with %d, and stored: %v", i, status, stored)
		}
	}
	if !slices.Contains(answers, http.StatusSeeOther) {
		t.Errorf("none that was under way is answered: %v", answers)
	}
}
