package doctor

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strconv"
	"strings"
	"testing"

	"certreissue/docs"
)

// TestRows: the manual explains every line, and the contract names them, in the order
// in which they come.
func TestRows(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "words.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var subjects []string
	ast.Inspect(file, func(n ast.Node) bool {
		if spec, ok := n.(*ast.ValueSpec); ok && strings.HasPrefix(spec.Names[0].Name, "look") {
			subject, err := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			subjects = append(subjects, subject)
		}
		return true
	})
	var explained []string
	for _, row := range docs.Rows(t, "operations.md", "### 检查运行环境") {
		explained = append(explained, row[0])
	}
	if len(subjects) < 20 || !slices.Equal(subjects, explained) {
		t.Errorf("the lines are about %v, the manual explains %v", subjects, explained)
	}
	if named := strings.Join(subjects, "、"); !strings.Contains(docs.Text(t, "contract.md"), named) {
		t.Errorf("the contract does not name %s", named)
	}
}
