package threats

import (
	"errors"
	"fmt"
	"go/ast"
	"go/build/constraint"
	"go/parser"
	source "go/token"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestSecurityNamesTests: each test that SECURITY.md names stands in the file that it
// names and is run there, and a threat without a test says that it is left for later.
func TestSecurityNamesTests(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../SECURITY.md")
	if err != nil {
		t.Fatal(err)
	}
	mapped, err := os.ReadFile("../../docs/compliance.md")
	if err != nil {
		t.Fatal(err)
	}
	page = append(page, strings.ReplaceAll(string(mapped), "](../", "](")...)
	links := regexp.MustCompile(`\[((?:Test|Fuzz)\w+)\]\(([\w/]+_test\.go)\)`)
	named := links.FindAllStringSubmatch(string(page), -1)
	for _, link := range named {
		content, err := os.ReadFile("../../" + link[2])
		if err == nil {
			err = runs(link[2], string(content), link[1])
		}
		if err != nil {
			t.Errorf("%s in %s: %v", link[1], link[2], err)
		}
	}
	_, after, _ := strings.Cut(string(page), "| 威胁 | 做法 | 测试 |\n")
	table, _, _ := strings.Cut(after, "\n\n")
	rows := strings.Split(table, "\n")[1:]
	for _, row := range rows {
		if !links.MatchString(row) && !strings.Contains(row, "待后续") {
			t.Errorf("nothing proves %s", row)
		}
	}
	if len(rows) < 34 || len(named) < 100 {
		t.Errorf("%d threats and %d tests are named", len(rows), len(named))
	}
	// A name without a link, or with one that the pattern does not know, is checked by nobody.
	for _, name := range regexp.MustCompile(`\[?\b(?:Test|Fuzz)[A-Z]\w+\]?(?:\([^)]*\))?`).FindAllString(string(page), -1) {
		if !links.MatchString(name) && !strings.Contains(name, "TestSecurityNamesTests") {
			t.Errorf("%s is no link to a test", name)
		}
	}
}

// systems are those that the program is built for.
var systems = []string{"linux", "windows"}

// runs is why a test that a page names proves nothing: it is not in the file, go does
// not take it for a test or leaves it out, or it ends before it can fail.
func runs(path, content, name string) error {
	file, err := parser.ParseFile(source.NewFileSet(), path, content, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	if base := filepath.Base(path); strings.ContainsAny(base[:1], "_.") || strings.Contains(path, "testdata/") || !built(base, file) {
		return errors.New("the file is left out on every system")
	}
	var found *ast.FuncDecl
	for _, decl := range file.Decls {
		if f, ok := decl.(*ast.FuncDecl); ok && f.Recv == nil && f.Name.Name == name {
			found = f
		}
	}
	if found == nil {
		return errors.New("there is no such function")
	}
	subject, kind := subjectOf(found.Type)
	switch {
	case found.Type.TypeParams != nil || found.Type.Results != nil || found.Type.Params.NumFields() != 1 || kind != map[bool]string{true: "F", false: "T"}[strings.HasPrefix(name, "Fuzz")] || !regexp.MustCompile(`^(Test|Fuzz)[^a-z]`).MatchString(name):
		return errors.New("go runs no such function as a test")
	case skips(found.Body, subject):
		return errors.New("it always skips itself")
	case !uses(found.Body, subject):
		return errors.New("it cannot fail")
	}
	return nil
}

// built tells whether go takes a file for some system.
func built(base string, file *ast.File) bool {
	parts := strings.Split(strings.TrimSuffix(base, "_test.go"), "_")
	for _, system := range systems {
		// What is named after a system is for that one.
		if last := parts[len(parts)-1]; len(parts) > 1 && slices.Contains(systems, last) && last != system {
			continue
		}
		fits := true
		for _, group := range file.Comments {
			for _, comment := range group.List {
				if expr, err := constraint.Parse(comment.Text); err == nil && group.End() < file.Package {
					fits = fits && expr.Eval(func(tag string) bool {
						return tag == system || tag == "unix" && system != "windows" || tag == "amd64" || strings.HasPrefix(tag, "go1.")
					})
				}
			}
		}
		if fits {
			return true
		}
	}
	return false
}

// subjectOf is the first parameter of a function that tests, and its kind: T, F, or ""
// where it is none of these.
func subjectOf(f *ast.FuncType) (name, kind string) {
	if len(f.Params.List) == 0 || len(f.Params.List[0].Names) != 1 {
		return "", ""
	}
	first := f.Params.List[0]
	pointer, ok := first.Type.(*ast.StarExpr)
	if !ok {
		return "", ""
	}
	selector, ok := pointer.X.(*ast.SelectorExpr)
	if !ok || fmt.Sprint(selector.X) != "testing" {
		return "", ""
	}
	return first.Names[0].Name, selector.Sel.Name
}

// skips tells whether a test ends itself in any case: by a statement of its own, and
// not by one in an if or in a function in it.
func skips(body *ast.BlockStmt, subject string) bool {
	for i, statement := range body.List {
		switch s := statement.(type) {
		case *ast.BlockStmt:
			if skips(s, subject) {
				return true
			}
		case *ast.ReturnStmt:
			return i < len(body.List)-1
		case *ast.IfStmt: // one that is always so
			if word, ok := s.Cond.(*ast.Ident); ok && word.Name == "true" && skips(s.Body, subject) {
				return true
			}
		case *ast.ExprStmt:
			call, ok := s.X.(*ast.CallExpr)
			if !ok {
				continue
			}
			if f, ok := call.Fun.(*ast.SelectorExpr); ok && fmt.Sprint(f.X) == subject && slices.Contains([]string{"Skip", "Skipf", "SkipNow"}, f.Sel.Name) {
				return true
			}
		}
	}
	return false
}

// uses tells whether a test can fail: it calls what fails, or gives its subject, or
// that of a part of it, to others that may.
func uses(body *ast.BlockStmt, subject string) (can bool) {
	ast.Inspect(body, func(node ast.Node) bool {
		if part, ok := node.(*ast.FuncLit); ok {
			if name, kind := subjectOf(part.Type); kind != "" {
				can = can || uses(part.Body, name)
			}
		}
		call, ok := node.(*ast.CallExpr)
		if !ok {
			return true
		}
		if f, ok := call.Fun.(*ast.SelectorExpr); ok && slices.Contains([]string{"Error", "Errorf", "Fatal", "Fatalf", "Fail", "FailNow"}, f.Sel.Name) {
			can = true
		}
		for _, argument := range call.Args {
			if word, ok := argument.(*ast.Ident); ok && word.Name == subject {
				can = true
			}
		}
		return !can
	})
	return can
}

// TestSecurityKnowsTests: what runs calls no proof, and what it does.
func TestSecurityKnowsTests(t *testing.T) {
	t.Parallel()
	const good = "package p\n\nimport \"testing\"\n\nfunc TestX(t *testing.T) { t.Error() }\n"
	body := func(body string) string { return strings.Replace(good, "t.Error()", body, 1) }
	for why, c := range map[string]struct {
		path, content, name string
		runs                bool
	}{
		"a test":                        {"a/x_test.go", good, "TestX", true},
		"of one system":                 {"a/x_linux_test.go", "//go:build linux\n\n" + good, "TestX", true},
		"of another one":                {"a/x_test.go", "//go:build windows\n\n" + good, "TestX", true},
		"which may skip":                {"a/x_test.go", body("if testing.Short() { t.Skip() }\nt.Error()"), "TestX", true},
		"whose part skips":              {"a/x_test.go", body("t.Run(\"\", func(t *testing.T) { t.Skip() })\nt.Error()"), "TestX", true},
		"through a helper":              {"a/x_test.go", body("prove(t)"), "TestX", true},
		"through a part's helper":       {"a/x_test.go", body("t.Run(\"\", func(t2 *testing.T) { prove(t2) })"), "TestX", true},
		"with two subjects":             {"a/x_test.go", strings.Replace(good, "t *testing.T", "t *testing.T, n int", 1), "TestX", false},
		"a fuzz test":                   {"a/x_test.go", strings.NewReplacer("TestX", "FuzzX", "testing.T", "testing.F").Replace(good), "FuzzX", true},
		"another name":                  {"a/x_test.go", good, "TestY", false},
		"the beginning of one":          {"a/x_test.go", good, "Test", false},
		"in a comment":                  {"a/x_test.go", "package p\n\n/*\nfunc TestX(t *testing.T) { t.Error() }\n*/\n", "TestX", false},
		"in a text":                     {"a/x_test.go", "package p\n\nvar s = `\nfunc TestX(t *testing.T) { t.Error() }\n`\n", "TestX", false},
		"a method":                      {"a/x_test.go", strings.Replace(good, "func TestX", "func (x) TestX", 1), "TestX", false},
		"of a benchmark":                {"a/x_test.go", strings.Replace(good, "testing.T", "testing.B", 1), "TestX", false},
		"of nothing":                    {"a/x_test.go", strings.Replace(good, "t *testing.T", "", 1), "TestX", false},
		"with a small letter":           {"a/x_test.go", strings.Replace(good, "TestX", "Testx", 1), "Testx", false},
		"left out":                      {"a/x_test.go", "//go:build ignore\n\n" + good, "TestX", false},
		"of no system":                  {"a/x_test.go", "//go:build linux && windows\n\n" + good, "TestX", false},
		"of a system that is not there": {"a/x_linux_test.go", "//go:build windows\n\n" + good, "TestX", false},
		"beside the tests":              {"a/testdata/x_test.go", good, "TestX", false},
		"skipped":                       {"a/x_test.go", body("t.Skip(\"later\")\nt.Error()"), "TestX", false},
		"skipped after its beginning":   {"a/x_test.go", body("t.Parallel()\nt.SkipNow()\nt.Error()"), "TestX", false},
		"skipped in a block":            {"a/x_test.go", body("{ t.Skipf(\"\") }\nt.Error()"), "TestX", false},
		"skipped if it is true":         {"a/x_test.go", body("if true { t.Skip() }\nt.Error()"), "TestX", false},
		"left at once":                  {"a/x_test.go", body("return\nt.Error()"), "TestX", false},
		"empty":                         {"a/x_test.go", body(""), "TestX", false},
		"which only logs":               {"a/x_test.go", body("t.Log(1)"), "TestX", false},
		"which does not compile":        {"a/x_test.go", body("}"), "TestX", false},
	} {
		if err := runs(c.path, c.content, c.name); (err == nil) != c.runs {
			t.Errorf("%s: %v", why, err)
		}
	}
}
