package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// work is a module or a vendored file, of somebody else.
type work struct {
	name, version, purl string
	notices             []string // the files with what its makers want to be passed on
	text                string   // what is in them
}

// standard is what all Go programs have in them.
const standard = "Go"

// works are all that the program is made of besides its own code.
type works []work

// noticeFile matches the names of files that are passed on, by custom.
var noticeFile = regexp.MustCompile(`(?i)^(licen[cs]es?|copying|notice|patents|unlicense)([.-].*)?$`)

// chosen are texts that a notice offers to choose from, and that we have chosen.
var chosen = map[string]string{"github.com/golang/freetype": "licenses/ftl.txt"}

// told are notices of what lies in a module without one, as it says of itself; files
// of ours.
var told = map[string]string{"github.com/mojocn/base64Captcha": "release/fonts.notice.txt"}

// noticesOf finds the works in the program, of all targets together, by name.
func noticesOf(ctx context.Context, root string) (works, error) {
	all, err := linkedWorks(ctx, root)
	if err != nil {
		return nil, err
	}
	goroot, err := output(ctx, root, nil, "go", "env", "GOROOT")
	if err != nil {
		return nil, err
	}
	library := strings.TrimSpace(string(goroot))
	all = append(all, work{name: standard, notices: []string{filepath.Join(library, "LICENSE"), filepath.Join(library, "PATENTS")}})
	for _, w := range vendored {
		w.notices = []string{filepath.Join(root, w.notices[0])}
		all = append(all, w)
	}
	slices.SortFunc(all, func(a, b work) int { return strings.Compare(a.name, b.name) })
	for i := range all {
		if err := all[i].read(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// linkedWorks are the modules that packages of the program come from.
func linkedWorks(ctx context.Context, root string) (all works, err error) {
	modules := map[string]work{}
	for _, t := range targets {
		// A package's folder, and its module's path, version and folder.
		const line = "{{with $p := .}}{{with .Module}}{{if not .Main}}{{$p.Dir}}\t{{.Path}}\t{{.Version}}\t{{.Dir}}{{end}}{{end}}{{end}}"
		list, err := output(ctx, root, []string{"GOOS=" + t.os, "GOARCH=" + t.arch, "CGO_ENABLED=0", "GOWORK=off"}, "go", "list", "-deps", "-f", line, ".")
		if err != nil {
			return nil, err
		}
		for line := range strings.SplitSeq(strings.TrimSpace(string(list)), "\n") {
			of := strings.Split(line, "\t")
			folder, path, version, top := of[0], of[1], of[2], of[3]
			w, known := modules[path]
			if !known {
				w = work{name: path, version: version, purl: "pkg:golang/" + strings.ToLower(path) + "@" + version}
				if text, choice := chosen[path]; choice {
					w.notices = append(w.notices, filepath.Join(top, text))
				}
			}
			if w.notices, err = collect(w.notices, folder, top); err != nil {
				return nil, err
			}
			modules[path] = w
		}
	}
	for path, w := range modules {
		slices.Sort(w.notices)
		w.notices = slices.Compact(w.notices)
		if text, is := told[path]; is {
			w.notices = append(w.notices, filepath.Join(root, text))
		}
		all = append(all, w)
	}
	return all, nil
}

// collect adds the notices in a package's folder and in those around it, up to its
// module's.
func collect(list []string, folder, top string) ([]string, error) {
	for {
		entries, err := os.ReadDir(folder)
		if err != nil {
			return nil, err
		}
		for _, entry := range entries {
			if !entry.IsDir() && noticeFile.MatchString(entry.Name()) && filepath.Ext(entry.Name()) != ".go" {
				list = append(list, filepath.Join(folder, entry.Name()))
			}
		}
		if folder == top {
			return list, nil
		}
		folder = filepath.Dir(folder)
	}
}

// read puts the notices together. A text that is there twice is taken once.
func (w *work) read() error {
	if len(w.notices) == 0 {
		return fmt.Errorf("%s has no notice", w.name)
	}
	var texts []string
	for _, path := range w.notices {
		content, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		text := strings.TrimSpace(strings.ReplaceAll(string(content), "\r\n", "\n"))
		if !slices.Contains(texts, text) {
			texts = append(texts, text)
		}
	}
	w.text = strings.Join(texts, "\n\n")
	return nil
}

// String is about/notices.txt: works with the same notice together.
func (all works) String() string {
	var b strings.Builder
	b.WriteString(sayNotices)
	rule := strings.Repeat("=", 78)
	for i, w := range all {
		same := func(other work) bool { return other.text == w.text }
		if slices.IndexFunc(all, same) < i {
			continue
		}
		fmt.Fprintf(&b, "\n%s\n", rule)
		for _, other := range all {
			if same(other) {
				fmt.Fprintln(&b, strings.TrimSpace(other.name+" "+other.version))
			}
		}
		fmt.Fprintf(&b, "%s\n\n%s\n", rule, w.text)
	}
	return b.String()
}

func writeNotices(ctx context.Context, root string) error {
	all, err := noticesOf(ctx, root)
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(root, "about", "notices.txt"), []byte(all.String()), 0o644)
}
