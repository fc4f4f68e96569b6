package threats

import (
	"os"
	"regexp"
	"strings"
	"testing"
)

// TestSecurityNamesTests: each test that SECURITY.md names stands in the file
// that it names, and a threat without a test says that it is left for later.
func TestSecurityNamesTests(t *testing.T) {
	t.Parallel()
	page, err := os.ReadFile("../../SECURITY.md")
	if err != nil {
		t.Fatal(err)
	}
	links := regexp.MustCompile(`\[((?:Test|Fuzz)\w+)\]\(([\w/]+_test\.go)\)`)
	named := links.FindAllStringSubmatch(string(page), -1)
	for _, link := range named {
		if source, err := os.ReadFile("../../" + link[2]); err != nil || !strings.Contains(string(source), "\nfunc "+link[1]+"(") {
			t.Errorf("%s does not stand in %s: %v", link[1], link[2], err)
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
}
