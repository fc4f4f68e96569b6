package rig

import (
	"bytes"
	"fmt"
	"io"
	"maps"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
)

// Browser is somebody at a browser, with cookies of their own.
type Browser struct {
	*Running
	Client *http.Client
}

// Browser starts one with an address of its own: the limit on form posts
// counts by address.
func (r *Running) Browser() *Browser {
	jar, _ := cookiejar.New(nil)
	n := byte(r.browsers.Add(1))
	dialer := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 1, n)}}
	transport := &http.Transport{DialContext: dialer.DialContext}
	r.T.Cleanup(transport.CloseIdleConnections)
	return &Browser{r, &http.Client{Jar: jar, Timeout: 30 * time.Second, Transport: transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
}

// Get asks for a page and follows redirects.
func (b *Browser) Get(path string) *Page {
	b.T.Helper()
	for range 5 {
		p := b.Do(http.MethodGet, path, "", nil)
		if p.Status != http.StatusSeeOther {
			return p
		}
		path = p.Header.Get("Location")
	}
	b.T.Fatalf("%s redirects for ever", path)
	return nil
}

func (b *Browser) Do(method, path, kind string, body io.Reader) *Page {
	b.T.Helper()
	r, err := http.NewRequest(method, b.URL+path, body)
	if err != nil {
		b.T.Fatal(err)
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	return b.Ask(r)
}

func (b *Browser) Ask(r *http.Request) *Page {
	b.T.Helper()
	answer, err := b.Client.Do(r)
	if err != nil {
		b.T.Fatal(err)
	}
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	if err != nil {
		b.T.Fatal(err)
	}
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(content))
	if err != nil {
		b.T.Fatal(err)
	}
	return &Page{doc, b.T, answer.StatusCode, answer.Header, r.URL.RequestURI(), content}
}

// Form reads a form of the page as a browser would send it untouched, with the
// captcha solved.
func (b *Browser) Form(p *Page, selector string) (action string, values url.Values) {
	b.T.Helper()
	form := p.Find(selector).First()
	if form.Length() == 0 {
		b.T.Fatalf("%s has no form %s:\n%s", p.Path, selector, p.Body)
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
		b.Mu.Lock()
		values.Set("captcha", b.Captchas[id])
		b.Mu.Unlock()
	}
	return form.AttrOr("action", p.Path), values
}

// Send fills in a form and sends it; a photo goes along as multipart. It does
// not follow the redirect.
func (b *Browser) Send(p *Page, selector string, fill map[string]string, photos ...[]byte) *Page {
	b.T.Helper()
	action, values := b.Form(p, selector)
	for name, value := range fill {
		values.Set(name, value)
	}
	if len(photos) == 0 {
		return b.Do(http.MethodPost, action, "application/x-www-form-urlencoded", strings.NewReader(values.Encode()))
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
	return b.Do(http.MethodPost, action, w.FormDataContentType(), &body)
}

// Sends is send for what must be accepted; it answers where it leads.
func (b *Browser) Sends(p *Page, selector string, fill map[string]string, photos ...[]byte) *Page {
	b.T.Helper()
	return b.Follows(b.Send(p, selector, fill, photos...))
}

// Follows is where an accepted form leads.
func (b *Browser) Follows(answer *Page) *Page {
	b.T.Helper()
	if answer.Status != http.StatusSeeOther {
		b.T.Fatalf("%s: status %d, problems %q", answer.Path, answer.Status, answer.Problems())
	}
	return b.Get(answer.Header.Get("Location"))
}

// Refused is send for what must be refused with a status; it answers the
// refilled form.
func (b *Browser) Refused(status int, p *Page, selector string, fill map[string]string, photos ...[]byte) *Page {
	b.T.Helper()
	answer := b.Send(p, selector, fill, photos...)
	if answer.Status != status {
		b.T.Fatalf("%s with %v: status %d, want %d, problems %q", p.Path, fill, answer.Status, status, answer.Problems())
	}
	return answer
}

// Post sends values of one's own with the page's token, as no browser would.
func (b *Browser) Post(from *Page, path string, values url.Values) *Page {
	b.T.Helper()
	values = maps.Clone(values)
	if values == nil {
		values = url.Values{}
	}
	values.Set("csrf_token", from.Find("input[name=csrf_token]").AttrOr("value", ""))
	return b.Do(http.MethodPost, path, "application/x-www-form-urlencoded", strings.NewReader(values.Encode()))
}

// At is get without following redirects.
func (b *Browser) At(path string) *Page {
	b.T.Helper()
	return b.Do(http.MethodGet, path, "", nil)
}

// Eventually asks for a page until it holds a text: what a timer does is not
// done at once.
func (b *Browser) Eventually(path, text string) *Page {
	b.T.Helper()
	for range 1200 { // a minute, for busy machines
		if p := b.Get(path); strings.Contains(p.TextOf("main"), text) {
			return p
		}
		time.Sleep(50 * time.Millisecond)
	}
	return b.Get(path).Has(text)
}
