// Package templates turns the data of a page into HTML. Every page is a file that fills the blocks of
// layout.html: "title", "shape" (of the body), "nav" and "main". What a page needs is a struct that is
// named like its file: OfficeBatch is the data of office/batch.html, Login that of candidate/login.html.
package templates

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"text/template/parse"
)

//go:embed *.html candidate office
var files embed.FS

// common are the files that every page is built upon.
var common = []string{"layout.html", "lists.html", "parts.html", "fields.html", "filing.html", "counter.html"}

// Set holds every page, parsed. It is safe for concurrent use.
type Set struct {
	pages *template.Template
	files map[string]string // the page of a struct's name
}

// New parses all pages. asset gives the address of a static file from its name.
func New(asset func(name string) string) (*Set, error) {
	funcs := template.FuncMap{
		"static":     asset,
		"field":      newField,
		"told":       newTold,
		"ways":       ways,
		"tone":       tone,
		"menu":       officeMenu,
		"columns":    newColumns,
		"rows":       newRows,
		"shortcut":   shortcut,
		"upper":      strings.ToUpper,
		"holder":     newHolder,
		"undo":       newUndo,
		"filterDays": newFilterDays,
		"listed":     newListed,
		"boxes":      newBoxes,
		"part":       newPart,
		"known":      newKnown,
		"whole":      whole,
	}
	pages, err := template.New("layout.html").Funcs(funcs).ParseFS(files, common...)
	if err != nil {
		return nil, fmt.Errorf("common parts: %w", err)
	}
	names, err := pageNames()
	if err != nil {
		return nil, err
	}
	layout := pages.Tree.Copy()
	set := &Set{pages, map[string]string{}}
	for _, name := range names {
		if err := addPage(pages, layout, name); err != nil {
			return nil, fmt.Errorf("page %s: %w", name, err)
		}
		set.files[structOf(name)] = name
	}
	return set, nil
}

// structOf is what the data of a page is called.
func structOf(page string) string {
	var name strings.Builder
	for _, word := range strings.FieldsFunc(strings.TrimPrefix(strings.TrimSuffix(page, ".html"), "candidate/"), func(r rune) bool { return r == '/' || r == '_' }) {
		name.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return name.String()
}

// addPage adds a page under its name: a layout that calls the page's own blocks. All
// pages share the common parts; a clone of those for each would be most of the
// memory that the program holds. So a common part belongs into one kind of place,
// text or an attribute, on every page (TestAnyOrder), and calls no block but through
// the layout.
func addPage(pages *template.Template, layout *parse.Tree, name string) error {
	text, err := files.ReadFile(name)
	if err != nil {
		return err
	}
	blocks := map[string]*parse.Tree{}
	file := parse.New(name)
	file.Mode = parse.SkipFuncCheck // they are known when it is executed
	if _, err := file.Parse(string(text), "", "", blocks); err != nil {
		return err
	}
	if entry, ok := blocks[layout.Name]; ok { // a page that is a document of its own
		blocks[name] = entry
		delete(blocks, layout.Name)
	} else {
		blocks[name] = layout.Copy()
	}
	own := func(block string) string {
		if _, ok := blocks[block]; ok && block != name {
			return block + " of " + name
		}
		return block
	}
	for block, tree := range blocks {
		rename(tree.Root, own)
		if _, err := pages.AddParseTree(own(block), tree); err != nil {
			return err
		}
	}
	return nil
}

// rename gives the templates that a part calls other names.
func rename(part parse.Node, name func(string) string) {
	branch := func(b parse.BranchNode) {
		rename(b.List, name)
		rename(b.ElseList, name)
	}
	switch n := part.(type) {
	case *parse.ListNode:
		if n == nil {
			return
		}
		for _, node := range n.Nodes {
			rename(node, name)
		}
	case *parse.IfNode:
		branch(n.BranchNode)
	case *parse.RangeNode:
		branch(n.BranchNode)
	case *parse.WithNode:
		branch(n.BranchNode)
	case *parse.TemplateNode:
		n.Name = name(n.Name)
	}
}

// Render writes the page that the data is of. After an error w holds half a page: hand in a buffer, and
// send it only when Render has returned nil.
func (s *Set) Render(w io.Writer, data any) error {
	name := reflect.TypeOf(data).Name()
	if err := s.pages.ExecuteTemplate(w, s.files[name], data); err != nil {
		return fmt.Errorf("page of %s: %w", name, err)
	}
	return nil
}

// pageNames are the files that are pages.
func pageNames() (names []string, err error) {
	err = fs.WalkDir(files, ".", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && !entry.IsDir() && !slices.Contains(common, path) {
			names = append(names, path)
		}
		return err
	})
	return names, err
}
