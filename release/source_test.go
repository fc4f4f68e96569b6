package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"certreissue/about"
)

// TestCheckout: of a checkout commit and date are known, and whether it was changed.
func TestCheckout(t *testing.T) {
	if _, err := exec.LookPath("git"); err != nil {
		t.Skip("there is no git")
	}
	top := t.TempDir()
	git := func(args ...string) {
		t.Helper()
		run := exec.Command("git", append([]string{"-c", "user.name=a", "-c", "user.email=a@b.cn"}, args...)...)
		run.Dir, run.Env = top, append(os.Environ(), "GIT_COMMITTER_DATE=2026-12-01T07:42:54+08:00")
		if out, err := run.CombinedOutput(); err != nil {
			t.Fatalf("%v: %v\n%s", args, err, out)
		}
	}
	put := func(name, content string) {
		t.Helper()
		if err := os.WriteFile(filepath.Join(top, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if b, err := checkout(t.Context(), top); err == nil {
		t.Errorf("a folder without git is %+v", b)
	}
	git("init", "-q")
	put("main.go", "package main\n")
	git("add", ".")
	git("commit", "-q", "-m", "all")
	put("certreissue.zip", "of a release before")
	clean, err := checkout(t.Context(), top)
	if err != nil || len(clean.Commit) != 40 || !clean.Date.Equal(asked.Date) || clean.Date.Location() != time.UTC {
		t.Fatalf("%+v, %v", clean, err)
	}
	put("main.go", "package changed\n")
	if b, err := checkout(t.Context(), top); err != nil || b != (about.Build{Commit: clean.Commit + "+dirty", Date: clean.Date}) {
		t.Errorf("changed: %+v, %v", b, err)
	}
	within := filepath.Join(top, "copy")
	if err := os.Mkdir(within, 0o700); err != nil {
		t.Fatal(err)
	}
	if b, err := checkout(t.Context(), within); err == nil {
		t.Errorf("a copy in somebody's checkout is %+v", b)
	}
}

// TestVersions: what is no version is refused before anything is written.
func TestVersions(t *testing.T) {
	for _, version := range []string{"", "1.0.0", "v1.0", "v1.0.0/..", "v1.0.0 -X main.x=y", "latest"} {
		out := filepath.Join(t.TempDir(), "out")
		if err := (release{root: "..", out: out, build: about.Build{Version: version}}).make(t.Context()); err == nil || !strings.Contains(err.Error(), "is no version") {
			t.Errorf("%q: %v", version, err)
		}
		if _, err := os.Stat(out); err == nil {
			t.Errorf("%q leaves a folder", version)
		}
	}
}
