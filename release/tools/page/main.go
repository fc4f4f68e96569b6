// Command page turns Markdown on stdin into one HTML page on stdout, with a table of
// its chapters, for people who open it from a folder: it loads nothing. Without a title
// it is the part of a page that others build.
package main

import (
	"bytes"
	_ "embed"
	"flag"
	"html/template"
	"io"
	"log"
	"os"
	"regexp"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

//go:embed page.html
var whole string

//go:embed part.html
var part string

// chapter is a heading of the first three ranks.
type chapter struct {
	ID, Title string
	Rank      int
}

func main() {
	title := flag.String("title", "", "the page's title; none makes a part of a page")
	flag.Parse()
	source, err := io.ReadAll(os.Stdin)
	if err == nil {
		err = write(os.Stdout, *title, source)
	}
	if err != nil {
		log.Fatal(err)
	}
}

func write(to io.Writer, title string, source []byte) error {
	markdown := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.NewCJK(extension.WithEastAsianLineBreaks())), goldmark.WithParserOptions(parser.WithAutoHeadingID()))
	page := markdown.Parser().Parse(text.NewReader(source), parser.WithContext(parser.NewContext(parser.WithIDs(ids{}))))
	var body bytes.Buffer
	if err := markdown.Renderer().Render(&body, source, page); err != nil {
		return err
	}
	layout := whole
	if title == "" {
		layout = part
	}
	list := chapters(page, source)
	return template.Must(template.New("").Parse(layout)).Execute(to, map[string]any{
		"Title": title, "Chapters": list, "Body": template.HTML(linked(unbroken(body.String()), list)),
	})
}

var (
	option = regexp.MustCompile(`([\s>])(-[a-z][a-z-]*)`)
	see    = regexp.MustCompile(`([见照看])“([^”<]+)”`)
)

// unbroken keeps the name of a flag on one line: a hyphen at the end of a line is read as
// something that is typed there.
func unbroken(page string) string { return option.ReplaceAllString(page, "$1<span>$2</span>") }

// linked leads to the chapters by whose names the text tells to see them.
func linked(page string, chapters []chapter) string {
	return see.ReplaceAllStringFunc(page, func(text string) string {
		found := see.FindStringSubmatch(text)
		for _, c := range chapters {
			if c.Title == found[2] {
				return found[1] + `“<a href="#` + c.ID + `">` + c.Title + `</a>”`
			}
		}
		return text
	})
}

func chapters(page ast.Node, source []byte) (list []chapter) {
	for node := page.FirstChild(); node != nil; node = node.NextSibling() {
		if heading, ok := node.(*ast.Heading); ok && heading.Level <= 3 {
			id, _ := heading.AttributeString("id")
			list = append(list, chapter{string(id.([]byte)), string(heading.Lines().Value(source)), heading.Level})
		}
	}
	return list
}

// ids are those that GitHub gives: the heading itself, so that links within the
// manual work in both places.
type ids struct{}

func (ids) Generate(heading []byte, _ ast.NodeKind) []byte {
	return bytes.ReplaceAll(bytes.TrimSpace(heading), []byte(" "), []byte("-"))
}

func (ids) Put([]byte) {}
