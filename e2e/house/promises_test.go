package house

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// sources calls look with every Go file of the product that is no test.
func sources(t *testing.T, look func(room, name string, set *token.FileSet, file *ast.File)) {
	t.Helper()
	for _, room := range rooms(t) {
		entries, err := os.ReadDir(filepath.Join(top, room))
		if err != nil {
			t.Fatal(err)
		}
		for _, entry := range entries {
			if !strings.HasSuffix(entry.Name(), ".go") || strings.HasSuffix(entry.Name(), "_test.go") {
				continue
			}
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, filepath.Join(top, room, entry.Name()), nil, 0)
			if err != nil {
				t.Fatal(err)
			}
			look(room, entry.Name(), set, file)
		}
	}
}

// TestWords: what a package says to people in whole sentences stands in its files
// of words. Names of columns, fields and values, which are rules, stand where they
// are defined; the templates are words altogether, and so are the sample's people.
func TestWords(t *testing.T) {
	sources(t, func(room, name string, set *token.FileSet, file *ast.File) {
		if room == "templates" || room == "sample" || strings.HasPrefix(name, "words") {
			return
		}
		ast.Inspect(file, func(n ast.Node) bool {
			text, ok := n.(*ast.BasicLit)
			if ok && strings.ContainsAny(text.Value, "。！？；") && strings.ContainsFunc(text.Value, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
				t.Errorf("%s/%s:%d says %s", room, name, set.Position(text.Pos()).Line, text.Value)
			}
			return true
		})
	})
}

// TestTablesKnowBuckets: the store's tables, and nobody else, know the file's
// buckets.
func TestTablesKnowBuckets(t *testing.T) {
	bucket := regexp.MustCompile(`^(Bucket|CreateBucket\w*|DeleteBucket|Cursor)$`)
	found := 0
	sources(t, func(room, name string, set *token.FileSet, file *ast.File) {
		ast.Inspect(file, func(n ast.Node) bool {
			call, ok := n.(*ast.SelectorExpr)
			if !ok || !bucket.MatchString(call.Sel.Name) {
				return true
			}
			if found++; room != "store" || !strings.HasPrefix(name, "table") {
				t.Errorf("%s/%s:%d: %s", room, name, set.Position(call.Pos()).Line, call.Sel.Name)
			}
			return true
		})
	})
	if found < 5 {
		t.Errorf("only %d places know buckets: this test sees none", found)
	}
}

// TestCheapHashes: only tests make hashes cheap.
func TestCheapHashes(t *testing.T) {
	found := 0
	sources(t, func(room, name string, set *token.FileSet, file *ast.File) {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				if room == "password" && n.Name.Name == "Cheap" {
					found++
				}
			case *ast.SelectorExpr:
				if of, ok := n.X.(*ast.Ident); ok && of.Name == "password" && n.Sel.Name == "Cheap" {
					t.Errorf("%s/%s:%d makes hashes cheap", room, name, set.Position(n.Pos()).Line)
				}
			case *ast.CallExpr:
				if called, ok := n.Fun.(*ast.Ident); ok && room == "password" && called.Name == "Cheap" {
					t.Errorf("%s/%s:%d makes hashes cheap", room, name, set.Position(n.Pos()).Line)
				}
			}
			return true
		})
	})
	if found != 1 {
		t.Errorf("password.Cheap is declared %d times", found)
	}
}

// TestCitations: what comments and documents cite is in the repository, down to
// the section.
func TestCitations(t *testing.T) {
	cited := regexp.MustCompile(`\b([a-zA-Z][a-zA-Z-]*\.md)(?: §(\d+))?`)
	found := 0
	err := filepath.WalkDir(top, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (path != top && strings.HasPrefix(entry.Name(), ".") || entry.Name() == "testdata") {
			return filepath.SkipDir
		}
		if kind := filepath.Ext(path); entry.IsDir() || kind != ".go" && kind != ".md" && kind != ".js" && kind != ".css" {
			return nil
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, citation := range cited.FindAllStringSubmatch(string(text), -1) {
			found++
			page, err := os.ReadFile(filepath.Join(top, "docs", citation[1]))
			if err != nil {
				page, err = os.ReadFile(filepath.Join(top, citation[1]))
			}
			if err != nil || citation[2] != "" && !strings.Contains(string(page), "\n## "+citation[2]+". ") {
				t.Errorf("%s cites %s", path, citation[0])
			}
		}
		return nil
	})
	if err != nil || found < 20 {
		t.Errorf("%d citations, %v", found, err)
	}
}
