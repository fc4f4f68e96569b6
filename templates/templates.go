// Package templates turns the data of a page into HTML. Every page is a file that fills the blocks of
// layout.html: "title", "shape" (of the body), "nav" and "main". What a page needs is a struct in
// pages_candidate.go or pages_office.go, named like its file: Login is the data of login.html.
package templates

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"slices"
)

//go:embed *.html
var files embed.FS

// common are the files that every page is built upon.
var common = []string{"layout.html", "parts.html", "fields.html"}

// Set holds every page, parsed. It is safe for concurrent use.
type Set struct {
	pages map[string]*template.Template
}

// New parses all pages. asset gives the address of a static file from its name.
func New(asset func(name string) string) (*Set, error) {
	funcs := template.FuncMap{
		"static":   asset,
		"field":    newField,
		"tone":     tone,
		"menu":     officeMenu,
		"columns":  newColumns,
		"rows":     newRows,
		"shortcut": shortcut,
		"holder":   newHolder,
		"undo":     newUndo,
		"boxes":    newBoxes,
	}
	base, err := template.New("layout.html").Funcs(funcs).ParseFS(files, common...)
	if err != nil {
		return nil, fmt.Errorf("common parts: %w", err)
	}
	names, err := fs.Glob(files, "*.html")
	if err != nil {
		return nil, err
	}
	set := &Set{pages: make(map[string]*template.Template, len(names))}
	for _, name := range names {
		if isCommon(name) {
			continue
		}
		page, err := base.Clone()
		if err != nil {
			return nil, err
		}
		if _, err := page.ParseFS(files, name); err != nil {
			return nil, fmt.Errorf("page %s: %w", name, err)
		}
		set.pages[name] = page
	}
	return set, nil
}

// Render writes the page, such as "login.html", with its data. After an error w holds half a page:
// hand in a buffer, and send it only when Render has returned nil.
func (s *Set) Render(w io.Writer, page string, data any) error {
	t, ok := s.pages[page]
	if !ok {
		return fmt.Errorf("no page %q", page)
	}
	if err := t.ExecuteTemplate(w, "layout.html", data); err != nil {
		return fmt.Errorf("page %s: %w", page, err)
	}
	return nil
}

func isCommon(name string) bool {
	return slices.Contains(common, name)
}
