package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"certreissue/store"
)

// TestCommandsBesideStart: while a service starts, which may take minutes, nobody
// else gets at its file: everybody is told so, and nothing has changed.
func TestCommandsBesideStart(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "a.db")
	register := write(t, "register.csv", []byte(guideRegister))
	must(t, "", "import", "certificates", register, "-data", data)
	copied := filepath.Join(t.TempDir(), "copy.db")
	must(t, "", "backup", copied, "-data", data)
	before, err := os.ReadFile(data)
	if err != nil {
		t.Fatal(err)
	}

	p := &program{now: time.Now}
	starting, err := p.announce(data)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(data + ".run"); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("DATA.run: %v, %v", info, err)
	}
	pid := fmt.Sprintf("进程 %d", os.Getpid())
	for _, args := range [][]string{{"import", "certificates", register}, {"export", "applications", filepath.Join(t.TempDir(), "a.xlsx")}, {"staff", "add", "guanli", "-role", "admin"},
		{"staff", "list"}, {"backup", filepath.Join(t.TempDir(), "b.db")}, {"check"}, {"doctor"}, {"compact"}, {"restore", copied}, {"serve", "-addr", "127.0.0.1:0"}, {"demo", "-addr", "127.0.0.1:0"}} {
		code, _, said := command(t, "", append(args, "-data", data)...)
		if code != exitFailed || !strings.Contains(said, pid) || strings.Count(said, "\n") != 1 {
			t.Errorf("%v: exit %d, %q", args, code, said)
		}
	}
	if after, err := os.ReadFile(data); err != nil || string(after) != string(before) {
		t.Errorf("the file has changed, %v", err)
	}
	starting.stop()
	if files, _ := filepath.Glob(data + "*"); len(files) != 1 {
		t.Errorf("left behind: %v", files)
	}
	must(t, "", "staff", "list", "-data", data)
}

// TestStopLeavesAnother: a service that could not start takes nobody's DATA.run
// along.
func TestStopLeavesAnother(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "a.db")
	p := &program{now: time.Now}
	slow, err := p.announce(data)
	if err != nil {
		t.Fatal(err)
	}
	os.Remove(data + ".run") // as if both had looked before either wrote
	quick, err := p.announce(data)
	if err != nil {
		t.Fatal(err)
	}
	st, err := store.Open(data, store.Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	if err := slow.begin(&serving{}, st); err != nil {
		t.Fatal(err)
	}
	quick.stop()
	if running := findService(data); running == nil || running.runFile != slow.runFile {
		t.Errorf("commands find %+v", running)
	}
	slow.stop()
	if running := findService(data); running != nil {
		t.Errorf("commands find %+v after the end", running)
	}
}

// TestCompactingWithCommands: what commands do while a file is compacted, over
// and over, and however they meet, is in the file afterwards or was refused.
func TestCompactingWithCommands(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "a.db")
	must(t, "", "import", "certificates", write(t, "register.csv", []byte(guideRegister)), "-data", data)
	var done sync.Map
	var all sync.WaitGroup
	for worker := range 2 {
		all.Go(func() {
			for n := range 5 {
				name := fmt.Sprintf("name%d.%d", worker, n)
				if code, _, _ := command(t, "name-pass1\n", "staff", "add", name, "-role", "reviewer", "-password-stdin", "-data", data); code == exitDone {
					done.Store(name, true)
				}
			}
		})
	}
	all.Go(func() {
		for range 5 {
			command(t, "", "compact", "-data", data)
		}
	})
	all.Wait()
	list := must(t, "", "staff", "list", "-data", data)
	found := 0
	done.Range(func(name, _ any) bool {
		if found++; !strings.Contains(list, name.(string)) {
			t.Errorf("%s was added and is lost", name)
		}
		return true
	})
	if found == 0 {
		t.Error("nobody could be added")
	}
	must(t, "", "check", "-data", data)
}

// TestRestoreTwice: two restores in a row keep what stood there before each.
func TestRestoreTwice(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "a.db")
	must(t, "", "import", "certificates", write(t, "register.csv", []byte(guideRegister)), "-data", data)
	copied := filepath.Join(t.TempDir(), "copy.db")
	must(t, "", "backup", copied, "-data", data)
	must(t, "guanli-pass1\n", "staff", "add", "guanli", "-role", "admin", "-password-stdin", "-data", data)
	must(t, "", "restore", copied, "-data", data)
	must(t, "", "restore", copied, "-data", data)
	kept, _ := filepath.Glob(data + ".20*")
	original := 0
	for _, path := range kept {
		if strings.Contains(must(t, "", "staff", "list", "-data", path), "guanli") {
			original++
		}
	}
	if len(kept) != 2 || original != 1 {
		t.Errorf("%d of %v hold what stood there first", original, kept)
	}
	if code, _, said := command(t, "", "restore", data, "-data", data); code != exitFailed || !strings.Contains(said, "就是现在的数据文件") {
		t.Errorf("the data file as its own backup: exit %d, %s", code, said)
	}
}

// TestNoEmptyFileBesideKept: where a restore has put a file aside and nothing
// stands in its place, no command makes an empty one, and restoring leads out.
func TestNoEmptyFileBesideKept(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "a.db")
	register := write(t, "register.csv", []byte(guideRegister))
	must(t, "guanli-pass1\n", "staff", "add", "guanli", "-role", "admin", "-password-stdin", "-data", data)
	kept := data + ".20261129-083000"
	if err := os.Rename(data, kept); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"serve", "-addr", "127.0.0.1:0"}, {"demo", "-addr", "127.0.0.1:0"}, {"import", "certificates", register}, {"staff", "add", "b2", "-role", "admin"}} {
		patience, cancel := context.WithTimeout(t.Context(), 20*time.Second)
		code, _, said := commandWithin(t, patience, "", append(args, "-data", data)...)
		cancel()
		if code != exitFailed || !strings.Contains(said, kept) || !strings.Contains(said, "restore") {
			t.Errorf("%v: exit %d, %q", args, code, said)
		}
		if files, _ := filepath.Glob(data + "*"); len(files) != 1 {
			t.Errorf("%v leaves %v", args, files)
		}
	}
	must(t, "", "restore", kept, "-data", data)
	if list := must(t, "", "staff", "list", "-data", data); !strings.Contains(list, "guanli") {
		t.Errorf("staff list: %s", list)
	}
}
