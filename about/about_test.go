package about

import (
	"os"
	"os/exec"
	"runtime/debug"
	"strings"
	"testing"
	"time"
)

const (
	hash   = "144852ba65e809ec2422c809d64cb523708ad92e"
	filled = "v1.0.0\n" + hash + "\n2026-11-30T23:42:53+08:00\n"
	empty  = "$Format:%(describe:tags)$\n$Format:%H$\n$Format:%cI$\n"
)

var noon = time.Date(2026, 11, 30, 15, 42, 53, 0, time.UTC)

func TestStamped(t *testing.T) {
	for stamp, want := range map[string]Build{
		filled: {"v1.0.0", hash, noon},
		// Without a tag; by a git that knows no tags in it; by none.
		"\n" + hash + "\n2026-11-30T15:42:53Z\n":                          {"", hash, noon},
		"$Format:%(describe:tags)$\n" + hash + "\n2026-11-30T15:42:53Z\n": {"", hash, noon},
		empty: {},
		"":    {},
	} {
		if got := stamped(stamp); got != want {
			t.Errorf("%q: %+v, want %+v", stamp, got, want)
		}
	}
}

func TestBuiltFrom(t *testing.T) {
	checkout := &debug.BuildInfo{Main: debug.Module{Version: "v0.0.0-20261130154253-144852ba65e8+dirty"}, Settings: []debug.BuildSetting{
		{Key: "vcs.revision", Value: hash}, {Key: "vcs.time", Value: "2026-11-30T15:42:53Z"}, {Key: "vcs.modified", Value: "true"}}}
	copied := &debug.BuildInfo{Main: debug.Module{Version: "(devel)"}}
	for why, c := range map[string]struct {
		stamp string
		info  *debug.BuildInfo
		want  Build
	}{
		"a release":                      {Build{"v1.2.3", hash, noon}.Stamp(), checkout, Build{"v1.2.3", hash, noon}},
		"a release of which git is gone": {Build{Version: "v1.2.3"}.Stamp(), copied, Build{Version: "v1.2.3"}},
		"a checkout":                     {empty, checkout, Build{checkout.Main.Version, hash + Dirty, noon}},
		"a tarball":                      {filled, copied, Build{"v1.0.0", hash, noon}},
		"a tarball of no tag":            {"\n" + hash, copied, Build{Version: "(devel)", Commit: hash}},
		"a copy of files":                {empty, copied, Build{Version: "(devel)"}},
		"no modules":                     {empty, nil, Build{Version: "(devel)"}},
	} {
		if got := builtFrom(c.stamp, c.info); got != c.want {
			t.Errorf("%s: %+v, want %+v", why, got, c.want)
		}
	}
}

// TestArchive: git fills the stamp in.
func TestArchive(t *testing.T) {
	folder := t.TempDir()
	git := func(args ...string) string {
		t.Helper()
		run := exec.Command("git", append([]string{"-C", folder, "-c", "user.name=a", "-c", "user.email=a@b.cn"}, args...)...)
		out, err := run.CombinedOutput()
		if err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
		return string(out)
	}
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("there is no git")
	}
	for name, from := range map[string]string{".gitattributes": "../.gitattributes", "about/stamp.txt": "stamp.txt"} {
		content, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		os.MkdirAll(folder+"/about", 0o700)
		if err := os.WriteFile(folder+"/"+name, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	git("init", "-q")
	git("add", ".")
	git("commit", "-q", "-m", "all", "--date=2026-11-30T15:42:53Z")
	tar := git("archive", "--format=tar", "HEAD", "about/stamp.txt")
	commit := strings.TrimSpace(git("rev-parse", "HEAD"))
	if !strings.Contains(tar, "\n"+commit+"\n") || strings.Contains(tar, "%cI") {
		t.Errorf("the stamp of %s is %q", commit, tar)
	}
}
