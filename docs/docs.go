// Package docs hands the tables of the documents beside it to the tests that
// hold documents and code to each other.
package docs

import (
	"embed"
	"strings"
	"testing"
)

//go:embed *.md
var files embed.FS

// Text is a whole document, such as format.md.
func Text(t testing.TB, document string) string {
	t.Helper()
	text, err := files.ReadFile(document)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// Rows are the lines of every table between a heading, such as "## Buckets", and
// the next of any rank: their cells, without spaces and back quotes around, and
// without the two lines of the table's head.
func Rows(t testing.TB, document, heading string) (rows [][]string) {
	t.Helper()
	found, head := false, 0
	for line := range strings.Lines(Text(t, document)) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "#"):
			found = line == heading
		case !found || !strings.HasPrefix(line, "|"):
			head = 0
		case head < 2:
			head++
		default:
			var cells []string
			for cell := range strings.SplitSeq(strings.Trim(line, "|"), "|") {
				cells = append(cells, strings.Trim(strings.TrimSpace(cell), "`"))
			}
			rows = append(rows, cells)
		}
	}
	if len(rows) == 0 {
		t.Fatalf("%s has no table under %q", document, heading)
	}
	return rows
}
