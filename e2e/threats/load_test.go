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
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
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

// TestSlowConnections: five hundred that never finish what they say keep nobody
// from his page.
func TestSlowConnections(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister)
	var slow []net.Conn
	for i := range 500 {
		half := "GET /login HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "
		if i%2 == 0 {
			half = "POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 1000\r\n\r\nid_number="
		}
		slow = append(slow, dial(r, half))
	}
	answers(r)
	// The pages did not come for want of slow ones: some wait longer than a page does.
	open := 0
	for _, c := range slow {
		c.SetReadDeadline(time.Now().Add(time.Millisecond))
		if _, err := c.Read(make([]byte, 1)); errors.Is(err, os.ErrDeadlineExceeded) {
			open++
		}
	}
	if open == 0 {
		t.Error("no slow connection is open any more")
	}
}

// endless is a body of ten gigabytes that counts what is taken of it.
type endless struct{ read atomic.Int64 }

func (e *endless) Read(p []byte) (int, error) {
	if e.read.Load() >= 10<<30 {
		return 0, io.EOF
	}
	for i := range p {
		p[i] = 'a'
	}
	e.read.Add(int64(len(p)))
	return len(p), nil
}

// TestHugeBodies: of a body beyond a route's limit no more than that is read,
// whatever its header says, and it is refused in words.
func TestHugeBodies(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	b := r.Register("测试", rig.LoopNumber)
	clerk := r.Staff("shenhe")
	for _, c := range []struct {
		b          *rig.Browser
		path, kind string
		limit      int64
	}{
		{r.Browser(), "/login", "application/x-www-form-urlencoded", 64 << 10},
		{r.Browser(), "/register", "multipart/form-data; boundary=x", 64 << 10},
		{b, rig.Certificate2015, "multipart/form-data; boundary=x", 21 << 20},
		{clerk, "/office/applications/many", "application/x-www-form-urlencoded", 64 << 10},
		{clerk, "/office/certificates/import", "multipart/form-data; boundary=x", 64 << 10}, // only an admin may send a sheet
	} {
		body := &endless{}
		head := "csrf_token="
		if strings.HasPrefix(c.kind, "multipart") {
			head = "--x\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"a.jpg\"\r\n\r\n"
		}
		request, err := http.NewRequest(http.MethodPost, r.URL+c.path, io.MultiReader(strings.NewReader(head), body))
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", c.kind)
		answer, err := c.b.Client.Do(request)
		// The answer may come while the body is still being sent, or be cut off by it.
		if err == nil {
			if answer.StatusCode != http.StatusRequestEntityTooLarge {
				t.Errorf("%s: status %d", c.path, answer.StatusCode)
			}
			answer.Body.Close()
		}
		// Beside what was read, buffers of the connection may be full.
		if taken := body.read.Load(); taken > c.limit+16<<20 {
			t.Errorf("%s takes %d bytes of ten gigabytes", c.path, taken)
		}
	}
	refuses(r, "ten gigabytes announced", http.StatusRequestEntityTooLarge,
		"POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 10737418240\r\n\r\n"+strings.Repeat("a", 70<<10))
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
	if answer := b.Do(http.MethodPost, "/apply/self", "application/x-www-form-urlencoded", strings.NewReader(fields)); answer.Status != http.StatusUnprocessableEntity && answer.Status != http.StatusBadRequest {
		t.Errorf("100,000 fields: status %d", answer.Status)
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
