package command

import (
	"maps"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"certreissue/docs"
)

// TestContract compares docs/contract.md with the table of commands, and with
// the options that each command's own file takes.
func TestContract(t *testing.T) {
	taken := regexp.MustCompile(`\bf\.(?:String|Int|Bool|Duration|Func)(?:Var)?\((?:&[\w.]+, )?"([a-z-]+)"`)
	described := map[string]bool{}
	for _, row := range docs.Rows(t, "contract.md", "## Commands") {
		for call := range strings.SplitSeq(row[0], "`, `") {
			name, _, _ := strings.Cut(call, " ")
			described[name] = true
			source, err := os.ReadFile(name + ".go")
			if err != nil {
				t.Fatal(err)
			}
			var options []string
			for _, found := range taken.FindAllSubmatch(source, -1) {
				options = append(options, "-"+string(found[1]))
			}
			if told := strings.Fields(strings.ReplaceAll(row[1], "`", "")); !slices.Equal(told, options) {
				t.Errorf("%s: described with %q, takes %q", name, told, options)
			}
		}
	}
	if is := slices.Sorted(maps.Keys(commands)); !slices.Equal(slices.Sorted(maps.Keys(described)), is) {
		t.Errorf("described are %q, commands %q", slices.Sorted(maps.Keys(described)), is)
	}
	manual := docs.Text(t, "operations.md")
	for name := range commands {
		if !regexp.MustCompile("`certreissue " + name + "[` ]").MatchString(manual) {
			t.Errorf("docs/operations.md does not describe %s", name)
		}
		if !strings.Contains(usage, "certreissue "+name) && !strings.Contains(usage, "["+name+"]") {
			t.Errorf("the help does not name %s", name)
		}
	}
}
