package main

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
)

// chapters are the documents of the manual. Links from one to another become links
// within the page.
var chapters = []string{"docs/operations.md", "docs/proxy.md", "CHANGELOG.md"}

// manual is the operators' page, from the documents for them.
func (r release) manual(ctx context.Context) ([]byte, error) {
	var text strings.Builder
	var links []string
	for _, name := range chapters {
		content, err := os.ReadFile(filepath.Join(r.root, name))
		if err != nil {
			return nil, err
		}
		heading, _, _ := strings.Cut(string(content), "\n")
		link, err := filepath.Rel("docs", name)
		if err != nil {
			return nil, err
		}
		links = append(links, "]("+filepath.ToSlash(link), "](#"+strings.TrimPrefix(heading, "# "))
		text.WriteString(string(content) + "\n")
	}
	page := strings.NewReplacer(links...).Replace(text.String())
	return r.tool(ctx, []byte(page), "./page", "-title", sayTitle+" "+r.build.Version+" 使用手册")
}

var (
	headings  = regexp.MustCompile(`(?m)^#+ `)
	changelog = regexp.MustCompile(`\[([^\]]*)\]\(\.\./CHANGELOG\.md\)`)
)

// ownManual is what the program itself shows of it, within a page that has the first
// heading already. What other versions have changed is not in it: it is read before one
// has them.
func (r release) ownManual(ctx context.Context) ([]byte, error) {
	first, err := os.ReadFile(filepath.Join(r.root, chapters[0]))
	if err != nil {
		return nil, err
	}
	second, err := os.ReadFile(filepath.Join(r.root, chapters[1]))
	if err != nil {
		return nil, err
	}
	_, text, _ := strings.Cut(string(first), "\n")
	text += "\n" + headings.ReplaceAllString(string(second), "#$0")
	heading, _, _ := strings.Cut(string(second), "\n")
	text = strings.ReplaceAll(text, "](proxy.md)", "](#"+strings.TrimPrefix(heading, "# ")+")")
	return r.tool(ctx, []byte(changelog.ReplaceAllString(text, "“$1”")), "./page")
}

func writeManual(ctx context.Context, root string) error {
	page, err := release{root: root}.ownManual(ctx)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(root, "about", "manual.html"), page, 0o644)
}
