package about

import (
	"os"
	"reflect"
	"strings"
	"testing"
)

const three = `# 更新说明

每个版本。

## v1.1.0

- **审核**：快一倍。

## v1.0.1（2027-01-05）

- **数据**：改正一处。
- **升级时**：没有要注意的。

## v1.0.0

第一个版本。

- **运行**：一个文件。
`

func TestHistory(t *testing.T) {
	want := []Version{{"v1.1.0", []Change{{"审核", "快一倍。"}}}, {"v1.0.1", []Change{{"数据", "改正一处。"}, {"升级时", "没有要注意的。"}}}, {"v1.0.0", []Change{{"运行", "一个文件。"}}}}
	if got := HistoryOf("v1.1.0", three).Versions; !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
	for _, c := range []struct{ told, running, want string }{
		{"v1.0.0", "v1.1.0", "v1.1.0 v1.0.1"},
		{"v1.0.1", "v1.1.0", "v1.1.0"},
		{"v1.0.0", "v1.0.1", "v1.0.1"},
		{"v1.1.0", "v1.1.0", ""},
		{"v1.1.0", "v1.0.0", ""},              // gone back
		{"v1.0.1-test", "v1.1.0", "v1.1.0"},   // a version that was tried
		{"v1.0.0", "(devel)", ""},             // no release
		{"v1.0.0", "v1.2.0", ""},              // one that the history forgot
		{"v1.2.0", "v1.2.0", ""},              // and is told of
		{"v1.0.0", "v1.1.0-20260101-abc", ""}, // a build of a checkout
	} {
		var names []string
		for _, v := range HistoryOf(c.running, three).Since(c.told) {
			names = append(names, v.Name)
		}
		if got := strings.Join(names, " "); got != c.want {
			t.Errorf("from %s to %s: %q, want %q", c.told, c.running, got, c.want)
		}
	}
	if HistoryOf("(devel)", three).Knows() || !HistoryOf("v1.0.1", three).Knows() {
		t.Error("it knows what it has not, or does not what it has")
	}
}

// TestChangelog: each version of CHANGELOG.md says something, and nothing that the desk
// would not read.
func TestChangelog(t *testing.T) {
	changelog, err := os.ReadFile("../CHANGELOG.md")
	if err != nil {
		t.Fatal(err)
	}
	h, read := HistoryOf("", string(changelog)), 0
	for _, v := range h.Versions {
		if !strings.HasPrefix(v.Name, "v") || len(v.Changes) == 0 {
			t.Errorf("version %q has %d changes", v.Name, len(v.Changes))
		}
		read += len(v.Changes)
	}
	if items := strings.Count(string(changelog), "\n- "); items != read || read == 0 {
		t.Errorf("of %d items %d are read", items, read)
	}
}
