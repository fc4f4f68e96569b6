package house

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestReleasesAreKept: of every version that was released a file lies with the store's
// tests, which open it, upgrade it and go back from it.
func TestReleasesAreKept(t *testing.T) {
	changelog, err := os.ReadFile("../../CHANGELOG.md")
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob("../../store/testdata/v*.db")
	if err != nil {
		t.Fatal(err)
	}
	for i := range files {
		files[i] = strings.TrimSuffix(filepath.Base(files[i]), ".db")
	}
	if released := releases(string(changelog)); !slices.Equal(released, files) {
		t.Errorf("released are %q, files are kept of %q: go test ./store -run TestKeep -keep-as VERSION", released, files)
	}
	const example = "# 更新说明\n\n## v1.1.0（准备中，尚未发布）\n\n## v1.0.1（2027-01-08）\n\n## v1.0.0\n"
	if got := releases(example); !slices.Equal(got, []string{"v1.0.0", "v1.0.1"}) {
		t.Errorf("of the example %q are released", got)
	}
}

// releases are the versions of a changelog that are no drafts, sorted by name.
func releases(changelog string) (names []string) {
	for line := range strings.Lines(changelog) {
		heading, is := strings.CutPrefix(strings.TrimSpace(line), "## ")
		if is && !strings.Contains(heading, "尚未发布") {
			name, _, _ := strings.Cut(heading, "（")
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}
