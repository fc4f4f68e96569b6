package mutants

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// listed is a package as the go command tells of it.
type listed struct {
	ImportPath, Dir, Export string
	GoFiles                 []string
}

// TestMutantsCompile: what is broken still compiles, so that a test has something to
// notice.
func TestMutantsCompile(t *testing.T) {
	if testing.Short() {
		t.Skip("checks the types of a package for each mutant")
	}
	list := exec.Command("go", "list", "-export", "-deps", "-json=ImportPath,Dir,Export,GoFiles", "./...")
	list.Dir = top
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	exports, rooms := map[string]string{}, map[string]listed{}
	for decoder := json.NewDecoder(bytes.NewReader(out)); ; {
		var p listed
		if err := decoder.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		exports[p.ImportPath], rooms[p.Dir] = p.Export, p
	}
	files := token.NewFileSet()
	imports := importer.ForCompiler(files, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })
	parsed := map[string]*ast.File{}
	parse := func(path string, content any) (*ast.File, error) {
		if file, known := parsed[path]; known && content == nil {
			return file, nil
		}
		file, err := parser.ParseFile(files, path, content, parser.SkipObjectResolution)
		if err == nil && content == nil {
			parsed[path] = file
		}
		return file, err
	}
	for _, m := range all {
		path, err := filepath.Abs(filepath.Join(top, m.file))
		if err != nil {
			t.Fatal(err)
		}
		room, known := rooms[filepath.Dir(path)]
		if filepath.Ext(path) != ".go" || !known {
			continue
		}
		whole, err := os.ReadFile(path)
		if err != nil {
			t.Error(err)
			continue
		}
		var broken []*ast.File
		for _, name := range room.GoFiles {
			var content any
			if name == filepath.Base(path) {
				content = strings.Replace(string(whole), m.old, m.new, 1)
			}
			file, err := parse(filepath.Join(room.Dir, name), content)
			if err != nil {
				t.Errorf("%s: %v", m.what, err)
			}
			broken = append(broken, file)
		}
		if _, err := (&types.Config{Importer: imports}).Check(room.ImportPath, files, broken, nil); err != nil {
			t.Errorf("%s: %v", m.what, err)
		}
	}
}
