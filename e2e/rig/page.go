package rig

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
)

// Page is an answer, parsed.
type Page struct {
	*goquery.Document
	T      *testing.T
	Status int
	Header http.Header
	Path   string
	Body   []byte
}

// Problems are the fields of the error summary with their sentences.
func (p *Page) Problems() map[string]string {
	found := map[string]string{}
	p.Find("[role=alert] li").Each(func(_ int, item *goquery.Selection) {
		field := strings.TrimPrefix(item.Find("a").AttrOr("href", ""), "#")
		found[field] = strings.TrimSpace(item.Text())
	})
	return found
}

// TextOf is the text of the first element, white space folded.
func (p *Page) TextOf(selector string) string {
	return strings.Join(strings.Fields(p.Find(selector).First().Text()), " ")
}

// Has fails unless the page's main part holds all the texts.
func (p *Page) Has(texts ...string) *Page {
	p.T.Helper()
	main := strings.Join(strings.Fields(p.Find("main").Text()), " ")
	for _, text := range texts {
		if !strings.Contains(main, text) {
			p.T.Errorf("%s (%d) lacks %q:\n%s", p.Path, p.Status, text, main)
		}
	}
	return p
}

// Link is where the link with a text leads.
func (p *Page) Link(text string) string {
	p.T.Helper()
	found := ""
	p.Find("main a").Each(func(_ int, a *goquery.Selection) {
		if found == "" && strings.Contains(a.Text(), text) {
			found = a.AttrOr("href", "")
		}
	})
	if found == "" {
		p.T.Fatalf("%s has no link %q:\n%s", p.Path, text, p.Body)
	}
	return found
}

// The forms of pages by their address.
func FormTo(action string) string { return fmt.Sprintf("form[action=%q]", action) }

// Faults fails unless the page names exactly these fields, "" for a problem of
// no single field, and the links of the summary lead to one element each, in the
// order of the page.
func (p *Page) Faults(fields ...string) *Page {
	p.T.Helper()
	got := slices.Sorted(maps.Keys(p.Problems()))
	slices.Sort(fields)
	if !slices.Equal(got, fields) {
		p.T.Errorf("%s (%d) names %q, want %q: %v", p.Path, p.Status, got, fields, p.Problems())
	}
	for _, field := range got {
		if field != "" && p.Find("[id='"+field+"']").Length() != 1 {
			p.T.Errorf("%s: the problem at %q leads nowhere", p.Path, field)
		}
	}
	places := p.Find("main [id]").Map(func(_ int, element *goquery.Selection) string { return "#" + element.AttrOr("id", "") })
	named := p.Find("[role=alert] li a[href^='#']").Map(func(_ int, link *goquery.Selection) string { return link.AttrOr("href", "") })
	if !slices.IsSortedFunc(named, func(a, b string) int { return slices.Index(places, a) - slices.Index(places, b) }) {
		p.T.Errorf("%s names its problems in the order %q, the page has another", p.Path, named)
	}
	return p
}

// Value is what a field shows, or the list of what the system holds.
func (p *Page) Value(name string) string {
	field := p.Find("[id='" + name + "']").First()
	if goquery.NodeName(field) == "select" {
		option := field.Find("option[selected]").First()
		return option.AttrOr("value", strings.TrimSpace(option.Text()))
	}
	return field.AttrOr("value", strings.TrimSpace(field.Text()))
}

// Shows fails unless the fields show these values.
func (p *Page) Shows(values map[string]string) *Page {
	p.T.Helper()
	for name, want := range values {
		if got := p.Value(name); got != want {
			p.T.Errorf("%s (%d): the field %s shows %q, want %q", p.Path, p.Status, name, got, want)
		}
	}
	return p
}

// Is fails unless the page has the status.
func (p *Page) Is(status int) *Page {
	p.T.Helper()
	if p.Status != status {
		p.T.Errorf("%s: status %d, want %d: %s", p.Path, p.Status, status, p.TextOf("main"))
	}
	return p
}

// Leads fails unless the answer is a redirect to the address.
func (p *Page) Leads(address string) *Page {
	p.T.Helper()
	if p.Status != http.StatusSeeOther || p.Header.Get("Location") != address {
		p.T.Errorf("%s: status %d to %q, want 303 to %q: %s", p.Path, p.Status, p.Header.Get("Location"), address, p.TextOf("main"))
	}
	return p
}

// Facts are the lines of the page's lists of facts.
func (p *Page) Facts() map[string]string {
	found := map[string]string{}
	p.Find("dl.pairs div").Each(func(_ int, line *goquery.Selection) {
		found[line.Find("dt").Text()] = strings.TrimSpace(line.Find("dd").Text())
	})
	return found
}
