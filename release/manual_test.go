package main

import (
	"net/url"
	"strings"
	"testing"

	"certreissue/about"

	"github.com/PuerkitoBio/goquery"
)

// TestManual: what the office reads in the program is the manual of this source, and
// leads nowhere that is not there.
func TestManual(t *testing.T) {
	page, err := release{root: ".."}.ownManual(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if string(page) != about.Manual {
		t.Error("about/manual.html is of another manual: go run ./release -manual")
	}
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(about.Manual))
	if err != nil {
		t.Fatal(err)
	}
	if n := doc.Find("h1, [style], script, style, [src]").Length(); n > 0 {
		t.Errorf("%d places are not as a page of the office has them", n)
	}
	places := map[string]int{}
	doc.Find("[id]").Each(func(_ int, place *goquery.Selection) { places["#"+place.AttrOr("id", "")]++ })
	for place, n := range places {
		if n > 1 {
			t.Errorf("%s is there %d times", place, n)
		}
	}
	links := doc.Find("a")
	links.Each(func(_ int, link *goquery.Selection) {
		to, err := url.PathUnescape(link.AttrOr("href", ""))
		if err != nil || places[to] == 0 && !strings.HasPrefix(to, "https://") {
			t.Errorf("the manual leads to %q, %v", to, err)
		}
	})
	if links.Length() < 40 {
		t.Errorf("only %d links", links.Length())
	}
}
