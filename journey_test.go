package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"certreissue/mail"

	"github.com/PuerkitoBio/goquery"
)

// TestMain lets the test binary be the program, when the program starts itself
// to check a file.
func TestMain(m *testing.M) {
	if os.Getenv(childVariable) != "" {
		p := &program{now: time.Now}
		os.Exit(p.run(context.Background(), os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	// A child that is built with the race detector would stay for a second.
	os.Setenv("GORACE", "atexit_sleep_ms=0")
	os.Exit(m.Run())
}

// command runs one command of the program to its end.
func command(t *testing.T, stdin string, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	p := &program{now: time.Now}
	code = p.run(context.Background(), args, strings.NewReader(stdin), &out, &err)
	return code, out.String(), err.String()
}

// must is command for one that has to succeed.
func must(t *testing.T, stdin string, args ...string) string {
	t.Helper()
	code, out, err := command(t, stdin, args...)
	if code != exitDone {
		t.Fatalf("%v: exit %d\n%s%s", args, code, out, err)
	}
	return out
}

// running is the started program.
type running struct {
	t    *testing.T
	url  string
	data string
	// skew moves the program's clock forward, in nanoseconds.
	skew atomic.Int64
	out  *lockedBuffer

	mu       sync.Mutex
	captchas map[string]string
	mails    []mail.Message
	stop     func() int
	browsers atomic.Int32
}

type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// start starts serve or demo on an address of its own and waits until it
// answers. The test ends it.
func start(t *testing.T, args ...string) *running {
	t.Helper()
	r := &running{t: t, captchas: map[string]string{}, out: &lockedBuffer{}}
	ctx, cancel := context.WithCancel(context.Background())
	ready, ended := make(chan string, 1), make(chan int, 1)
	p := &program{
		now:     func() time.Time { return time.Now().Add(time.Duration(r.skew.Load())) },
		onReady: func(url string) { ready <- url },
		onCaptcha: func(id, answer string) {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.captchas[id] = answer
		},
		onMail: func(m mail.Message) {
			r.mu.Lock()
			defer r.mu.Unlock()
			r.mails = append(r.mails, m)
		},
	}
	go func() { ended <- p.run(ctx, append(args, "-addr", "127.0.0.1:0"), strings.NewReader(""), r.out, r.out) }()
	r.stop = sync.OnceValue(func() int { cancel(); return <-ended })
	t.Cleanup(func() {
		if code := r.stop(); code != exitDone {
			t.Errorf("the program ended with %d:\n%s", code, r.out)
		}
	})
	select {
	case r.url = <-ready:
	case code := <-ended:
		ended <- code
		t.Fatalf("the program ended with %d before it was ready:\n%s", code, r.out)
	case <-time.After(time.Minute):
		t.Fatalf("the program is not ready:\n%s", r.out)
	}
	return r
}

// office is a data file with a register and staff, served as a demo: there the
// captchas' answers and the mails can be heard.
func office(t *testing.T, register string) *running {
	t.Helper()
	sheet := filepath.Join(t.TempDir(), "register.csv")
	if err := os.WriteFile(sheet, []byte(register), 0o600); err != nil {
		t.Fatal(err)
	}
	return officeWith(t, sheet)
}

// officeWith is office with the register in a spreadsheet file.
func officeWith(t *testing.T, sheet string) *running {
	t.Helper()
	data := filepath.Join(t.TempDir(), "office.db")
	file, err := staffed()
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(data, file, 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, "", "import", "certificates", sheet, "-data", data)
	r := start(t, "demo", "-data", data)
	r.data = data
	t.Cleanup(func() {
		r.stop()
		if code, out, errOut := command(t, "", "check", "-data", data); code != exitDone {
			t.Errorf("the file is not sound: exit %d\n%s%s", code, out, errOut)
		}
	})
	return r
}

// staffed is a data file with staff and nothing else. It is made once, since a
// password's hash is slow on purpose.
var staffed = sync.OnceValues(func() ([]byte, error) {
	directory, err := os.MkdirTemp("", "certreissue-test-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(directory)
	data := filepath.Join(directory, "office.db")
	for name, role := range map[string]string{"shenhe": "reviewer", "guanli": "admin", "shenji": "auditor"} {
		var said bytes.Buffer
		p := &program{now: time.Now}
		args := []string{"staff", "add", name, "-role", role, "-password-stdin", "-data", data}
		if code := p.run(context.Background(), args, strings.NewReader(name+"-pass1\n"), &said, &said); code != exitDone {
			return nil, errors.New(said.String())
		}
	}
	return os.ReadFile(data)
})

// browser is somebody at a browser, with cookies of their own.
type browser struct {
	*running
	client *http.Client
}

// browser starts one with an address of its own: the limit on form posts
// counts by address.
func (r *running) browser() *browser {
	jar, _ := cookiejar.New(nil)
	n := byte(r.browsers.Add(1))
	dialer := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 1, n)}}
	transport := &http.Transport{DialContext: dialer.DialContext}
	r.t.Cleanup(transport.CloseIdleConnections)
	return &browser{r, &http.Client{Jar: jar, Timeout: 30 * time.Second, Transport: transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// page is an answer, parsed.
type page struct {
	*goquery.Document
	t      *testing.T
	status int
	header http.Header
	path   string
	body   []byte
}

// get asks for a page and follows redirects.
func (b *browser) get(path string) *page {
	b.t.Helper()
	for range 5 {
		p := b.do(http.MethodGet, path, "", nil)
		if p.status != http.StatusSeeOther {
			return p
		}
		path = p.header.Get("Location")
	}
	b.t.Fatalf("%s redirects for ever", path)
	return nil
}

func (b *browser) do(method, path, kind string, body io.Reader) *page {
	b.t.Helper()
	r, err := http.NewRequest(method, b.url+path, body)
	if err != nil {
		b.t.Fatal(err)
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	return b.ask(r)
}

func (b *browser) ask(r *http.Request) *page {
	b.t.Helper()
	answer, err := b.client.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(content))
	if err != nil {
		b.t.Fatal(err)
	}
	return &page{doc, b.t, answer.StatusCode, answer.Header, r.URL.RequestURI(), content}
}

// form reads a form of the page as a browser would send it untouched, with the
// captcha solved.
func (b *browser) form(p *page, selector string) (action string, values url.Values) {
	b.t.Helper()
	form := p.Find(selector).First()
	if form.Length() == 0 {
		b.t.Fatalf("%s has no form %s:\n%s", p.path, selector, p.body)
	}
	values = url.Values{}
	form.Find("input, select, textarea").Each(func(_ int, field *goquery.Selection) {
		name, named := field.Attr("name")
		_, disabled := field.Attr("disabled")
		kind := field.AttrOr("type", "")
		_, checked := field.Attr("checked")
		switch {
		case !named, disabled, kind == "file", kind == "submit", kind == "checkbox" && !checked:
		case goquery.NodeName(field) == "select":
			option := field.Find("option[selected]").First()
			values.Set(name, option.AttrOr("value", strings.TrimSpace(option.Text())))
		case goquery.NodeName(field) == "textarea":
			values.Set(name, field.Text())
		default:
			values.Add(name, field.AttrOr("value", ""))
		}
	})
	if id := values.Get("captcha_id"); id != "" {
		b.mu.Lock()
		values.Set("captcha", b.captchas[id])
		b.mu.Unlock()
	}
	return form.AttrOr("action", p.path), values
}

// send fills in a form and sends it; a photo goes along as multipart. It does
// not follow the redirect.
func (b *browser) send(p *page, selector string, fill map[string]string, photos ...[]byte) *page {
	b.t.Helper()
	action, values := b.form(p, selector)
	for name, value := range fill {
		values.Set(name, value)
	}
	if len(photos) == 0 {
		return b.do(http.MethodPost, action, "application/x-www-form-urlencoded", strings.NewReader(values.Encode()))
	}
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, list := range values {
		for _, value := range list {
			w.WriteField(name, value)
		}
	}
	for i, photo := range photos {
		part, _ := w.CreateFormFile("photo", fmt.Sprintf("photo%d.jpg", i))
		part.Write(photo)
	}
	w.Close()
	return b.do(http.MethodPost, action, w.FormDataContentType(), &body)
}

// sends is send for what must be accepted; it answers where it leads.
func (b *browser) sends(p *page, selector string, fill map[string]string, photos ...[]byte) *page {
	b.t.Helper()
	answer := b.send(p, selector, fill, photos...)
	if answer.status != http.StatusSeeOther {
		b.t.Fatalf("%s: status %d, problems %q", p.path, answer.status, answer.problems())
	}
	return b.get(answer.header.Get("Location"))
}

// refused is send for what must be refused with a status; it answers the
// refilled form.
func (b *browser) refused(status int, p *page, selector string, fill map[string]string, photos ...[]byte) *page {
	b.t.Helper()
	answer := b.send(p, selector, fill, photos...)
	if answer.status != status {
		b.t.Fatalf("%s with %v: status %d, want %d, problems %q", p.path, fill, answer.status, status, answer.problems())
	}
	return answer
}

// problems are the fields of the error summary with their sentences.
func (p *page) problems() map[string]string {
	found := map[string]string{}
	p.Find("[role=alert] li").Each(func(_ int, item *goquery.Selection) {
		field := strings.TrimPrefix(item.Find("a").AttrOr("href", ""), "#")
		found[field] = strings.TrimSpace(item.Text())
	})
	return found
}

// text is the text of the first element, white space folded.
func (p *page) text(selector string) string {
	return strings.Join(strings.Fields(p.Find(selector).First().Text()), " ")
}

// has fails unless the page's main part holds all the texts.
func (p *page) has(texts ...string) *page {
	p.t.Helper()
	main := strings.Join(strings.Fields(p.Find("main").Text()), " ")
	for _, text := range texts {
		if !strings.Contains(main, text) {
			p.t.Errorf("%s (%d) lacks %q:\n%s", p.path, p.status, text, main)
		}
	}
	return p
}

// link is where the link with a text leads.
func (p *page) link(text string) string {
	p.t.Helper()
	found := ""
	p.Find("main a").Each(func(_ int, a *goquery.Selection) {
		if found == "" && strings.Contains(a.Text(), text) {
			found = a.AttrOr("href", "")
		}
	})
	if found == "" {
		p.t.Fatalf("%s has no link %q:\n%s", p.path, text, p.body)
	}
	return found
}

// The forms of pages by their address.
func formTo(action string) string { return fmt.Sprintf("form[action=%q]", action) }

const candidatePassword = "kaosheng88"

// register makes an account and signs in.
func (r *running) register(name, number string) *browser {
	r.t.Helper()
	b := r.browser()
	b.sends(b.get("/register"), formTo("/register"), map[string]string{"name": name, "id_number": number, "email": "kaosheng@example.com",
		"password": candidatePassword, "password_confirm": candidatePassword, "consent": "1"}).has("注册成功")
	b.login(number, candidatePassword)
	return b
}

func (b *browser) login(number, password string) *page {
	b.t.Helper()
	return b.sends(b.get("/login"), formTo("/login"), map[string]string{"id_number": number, "password": password})
}

func (r *running) staff(name string) *browser {
	r.t.Helper()
	b := r.browser()
	b.sends(b.get("/office/login"), formTo("/office/login"), map[string]string{"username": name, "password": name + "-pass1"})
	return b
}
