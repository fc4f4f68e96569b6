package main

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"certreissue/about"
)

// TestNotices: what the program prints is what its modules and vendored files say.
func TestNotices(t *testing.T) {
	all, err := noticesOf(t.Context(), "..")
	if err != nil {
		t.Fatal(err)
	}
	if all.String() != about.Notices {
		t.Error("about/notices.txt is of other modules or files: go run ./release -notices")
	}
	for _, w := range all {
		if !strings.Contains(about.Notices, "\n"+strings.TrimSpace(w.name+" "+w.version)+"\n") || !strings.Contains(about.Notices, w.text) {
			t.Errorf("no notice of %s", w.name)
		}
	}
	for _, text := range []string{"The FreeType Project LICENSE", "Copyright 2009 The Go Authors", "Copyright 2015-present Chen Fengyuan", "Dan Wheeler and Dropbox"} {
		if !strings.Contains(about.Notices, text) {
			t.Errorf("nowhere stands %q", text)
		}
	}
}

// TestEmbedded: files that modules bring into the program have their notice.
func TestEmbedded(t *testing.T) {
	const names = "{{with $p := .}}{{with .Module}}{{if not .Main}}{{range $p.EmbedFiles}}{{.}}\n{{end}}{{end}}{{end}}{{end}}"
	list, err := output(t.Context(), "..", nil, "go", "list", "-deps", "-f", names, ".")
	if err != nil || len(list) == 0 {
		t.Fatalf("%q, %v", list, err)
	}
	for _, file := range strings.Fields(string(list)) {
		if !strings.Contains(about.Notices, "\n"+path.Base(file)+" ") {
			t.Errorf("no notice of %s", file)
		}
	}
}

// TestVendored: each licence that lies in the source is of a vendored work.
func TestVendored(t *testing.T) {
	var named, found []string
	for _, w := range vendored {
		named = append(named, w.notices...)
	}
	err := fs.WalkDir(os.DirFS(".."), ".", func(name string, _ fs.DirEntry, err error) error {
		if strings.HasSuffix(name, ".license.txt") {
			found = append(found, name)
		}
		return err
	})
	slices.Sort(named)
	if err != nil || !slices.Equal(named, found) {
		t.Errorf("named are %q, there are %q, %v", named, found, err)
	}
}

// TestCollect: a package's notices are those from its folder up to its module's.
func TestCollect(t *testing.T) {
	top := t.TempDir()
	for _, name := range []string{"LICENSE", "NOTICE.rst", "licenses.go", "notice", "a/Licence.txt", "a/b/COPYING.LESSER", "a/b/x.go", "c/LICENSE"} {
		file := filepath.Join(top, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	list, err := collect(nil, filepath.Join(top, "a", "b"), top)
	for i, file := range list {
		list[i], _ = filepath.Rel(top, file)
	}
	if want := []string{"a/b/COPYING.LESSER", "a/Licence.txt", "LICENSE", "NOTICE.rst", "notice"}; err != nil || !slices.Equal(list, want) {
		t.Errorf("%q, %v, want %q", list, err, want)
	}
	if err := (&work{name: "nobody's"}).read(); err == nil {
		t.Error("a module without a notice passes")
	}
}
