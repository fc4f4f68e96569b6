// Package house holds the repository to what its documents say of it: which room
// may know which, and what is promised to the outside.
package house

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"certreissue/docs"
)

const (
	top    = "../.."
	module = "certreissue"
)

// mayImport is the direction of the imports, as docs/design.md has it: what a
// room may know of the others.
func mayImport(t *testing.T) map[string][]string {
	may := map[string][]string{}
	for _, row := range docs.Rows(t, "design.md", "## Rooms") {
		for room := range strings.SplitSeq(strings.ReplaceAll(row[0], "`", ""), ", ") {
			may[room] = strings.FieldsFunc(row[2], func(r rune) bool { return r == ',' || r == ' ' })
		}
	}
	return may
}

// rooms are the folders with Go files of the product.
func rooms(t *testing.T) (list []string) {
	t.Helper()
	err := filepath.WalkDir(top, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() {
			return err
		}
		room, err := filepath.Rel(top, path)
		if err != nil {
			return err
		}
		room = filepath.ToSlash(room)
		if room != "." && (strings.HasPrefix(entry.Name(), ".") || entry.Name() == "testdata") || room == "e2e" || room == "bench" {
			return filepath.SkipDir
		}
		if files, _ := filepath.Glob(filepath.Join(path, "*.go")); len(files) > 0 {
			list = append(list, room)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// TestImports: each room imports those that it may, and no others.
func TestImports(t *testing.T) {
	list, may := rooms(t), mayImport(t)
	for _, room := range list {
		if _, ok := may[room]; !ok {
			t.Errorf("docs/design.md does not describe the room %s", room)
		}
		entries, err := os.ReadDir(filepath.Join(top, room))
		if err != nil {
			t.Fatal(err)
		}
		for _, entry := range entries {
			if !strings.HasSuffix(entry.Name(), ".go") || strings.HasSuffix(entry.Name(), "_test.go") {
				continue
			}
			file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(top, room, entry.Name()), nil, parser.ImportsOnly)
			if err != nil {
				t.Fatal(err)
			}
			for _, spec := range file.Imports {
				path, err := strconv.Unquote(spec.Path.Value)
				if err != nil {
					t.Fatal(err)
				}
				other, ours := strings.CutPrefix(path, module+"/")
				if ours && !slices.Contains(may[room], other) {
					t.Errorf("%s/%s imports %s", room, entry.Name(), other)
				}
			}
		}
	}
	for room := range may {
		if !slices.Contains(list, room) {
			t.Errorf("there is no room %s", room)
		}
	}
}

// TestMainStandsAlone: at the top lies one Go file.
func TestMainStandsAlone(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(top, "*.go"))
	if err != nil || len(files) != 1 || filepath.Base(files[0]) != "main.go" {
		t.Errorf("at the top lie %v, %v", files, err)
	}
}
