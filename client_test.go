package main

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
)

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
		case !named, disabled, kind == "file", kind == "submit", (kind == "checkbox" || kind == "radio") && !checked:
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
	return b.follows(b.send(p, selector, fill, photos...))
}

// follows is where an accepted form leads.
func (b *browser) follows(answer *page) *page {
	b.t.Helper()
	if answer.status != http.StatusSeeOther {
		b.t.Fatalf("%s: status %d, problems %q", answer.path, answer.status, answer.problems())
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
