package main

import (
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"certreissue/idcard"
	"certreissue/mail"
	"certreissue/reissue"

	"github.com/PuerkitoBio/goquery"
)

// faults fails unless the page names exactly these fields, "" for a problem of
// no single field, and the links of the summary lead to one element each, in the
// order of the page.
func (p *page) faults(fields ...string) *page {
	p.t.Helper()
	got := slices.Sorted(maps.Keys(p.problems()))
	slices.Sort(fields)
	if !slices.Equal(got, fields) {
		p.t.Errorf("%s (%d) names %q, want %q: %v", p.path, p.status, got, fields, p.problems())
	}
	for _, field := range got {
		if field != "" && p.Find("[id='"+field+"']").Length() != 1 {
			p.t.Errorf("%s: the problem at %q leads nowhere", p.path, field)
		}
	}
	places := p.Find("main [id]").Map(func(_ int, element *goquery.Selection) string { return "#" + element.AttrOr("id", "") })
	named := p.Find("[role=alert] li a").Map(func(_ int, link *goquery.Selection) string { return link.AttrOr("href", "") })
	if !slices.IsSortedFunc(named, func(a, b string) int { return slices.Index(places, a) - slices.Index(places, b) }) {
		p.t.Errorf("%s names its problems in the order %q, the page has another", p.path, named)
	}
	return p
}

// value is what a field shows.
func (p *page) value(name string) string {
	field := p.Find("[id='" + name + "']").First()
	if goquery.NodeName(field) == "select" {
		option := field.Find("option[selected]").First()
		return option.AttrOr("value", strings.TrimSpace(option.Text()))
	}
	return field.AttrOr("value", "")
}

// shows fails unless the fields show these values.
func (p *page) shows(values map[string]string) *page {
	p.t.Helper()
	for name, want := range values {
		if got := p.value(name); got != want {
			p.t.Errorf("%s (%d): the field %s shows %q, want %q", p.path, p.status, name, got, want)
		}
	}
	return p
}

// is fails unless the page has the status.
func (p *page) is(status int) *page {
	p.t.Helper()
	if p.status != status {
		p.t.Errorf("%s: status %d, want %d: %s", p.path, p.status, status, p.text("main"))
	}
	return p
}

// leads fails unless the answer is a redirect to the address.
func (p *page) leads(address string) *page {
	p.t.Helper()
	if p.status != http.StatusSeeOther || p.header.Get("Location") != address {
		p.t.Errorf("%s: status %d to %q, want 303 to %q: %s", p.path, p.status, p.header.Get("Location"), address, p.text("main"))
	}
	return p
}

// facts are the lines of the page's lists of facts.
func (p *page) facts() map[string]string {
	found := map[string]string{}
	p.Find("dl.pairs div").Each(func(_ int, line *goquery.Selection) {
		found[line.Find("dt").Text()] = strings.TrimSpace(line.Find("dd").Text())
	})
	return found
}

// post sends values of one's own with the page's token, as no browser would.
func (b *browser) post(from *page, path string, values url.Values) *page {
	b.t.Helper()
	values = maps.Clone(values)
	if values == nil {
		values = url.Values{}
	}
	values.Set("csrf_token", from.Find("input[name=csrf_token]").AttrOr("value", ""))
	return b.do(http.MethodPost, path, "application/x-www-form-urlencoded", strings.NewReader(values.Encode()))
}

// at is get without following redirects.
func (b *browser) at(path string) *page {
	b.t.Helper()
	return b.do(http.MethodGet, path, "", nil)
}

// mail waits for the nth mail of a subject.
func (r *running) mail(subject string, n int) mail.Message {
	r.t.Helper()
	for range 200 {
		r.mu.Lock()
		var found []mail.Message
		for _, m := range r.mails {
			if m.Subject == subject {
				found = append(found, m)
			}
		}
		r.mu.Unlock()
		if len(found) >= n {
			return found[n-1]
		}
		time.Sleep(20 * time.Millisecond)
	}
	r.t.Fatalf("there is no mail %d %q", n, subject)
	return mail.Message{}
}

// pass moves the program's clock.
func (r *running) pass(d time.Duration) { r.skew.Add(int64(d)) }

// idNumber makes a valid ID number, a different one for each sequence.
func idNumber(t *testing.T, sequence int) string {
	t.Helper()
	for _, last := range "0123456789X" {
		n, err := idcard.Parse(fmt.Sprintf("11000019850%d%02d%03d%c", 1+sequence/900%9, 1+sequence/1000%28, sequence%1000, last), reissue.Today(time.Now()))
		if err == nil {
			return n.Full()
		}
	}
	t.Fatalf("no ID number for %d", sequence)
	return ""
}

// apply submits step 2 and answers the application's address.
func (b *browser) apply(step2 string, fill map[string]string, photos ...[]byte) string {
	b.t.Helper()
	submitted := b.sends(b.get(step2), "form[enctype]", fill, photos...).has("提交完成")
	return strings.TrimSuffix(submitted.path, "/submitted")
}
