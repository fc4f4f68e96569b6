package commands

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"certreissue/command"
	"certreissue/e2e/rig"
)

// TestCompactingWithCommands: what commands do while a file is compacted, over
// and over, and however they meet, is in the file afterwards or was refused.
func TestCompactingWithCommands(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "a.db")
	rig.Must(t, "", "import", "certificates", rig.Write(t, "register.csv", []byte(rig.GuideRegister)), "-data", data)
	var done sync.Map
	var all sync.WaitGroup
	for worker := range 2 {
		all.Go(func() {
			for n := range 5 {
				name := fmt.Sprintf("name%d.%d", worker, n)
				if code, _, _ := rig.Command(t, "name-pass1\n", "staff", "add", name, "-role", "reviewer", "-password-stdin", "-data", data); code == command.ExitDone {
					done.Store(name, true)
				}
			}
		})
	}
	all.Go(func() {
		for range 5 {
			rig.Command(t, "", "compact", "-data", data)
		}
	})
	all.Wait()
	list := rig.Must(t, "", "staff", "list", "-data", data)
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
	rig.Must(t, "", "check", "-data", data)
}

// TestRestoreTwice: two restores in a row keep what stood there before each.
func TestRestoreTwice(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "a.db")
	rig.Must(t, "", "import", "certificates", rig.Write(t, "register.csv", []byte(rig.GuideRegister)), "-data", data)
	copied := filepath.Join(t.TempDir(), "copy.db")
	rig.Must(t, "", "backup", copied, "-data", data)
	rig.Must(t, "guanli-pass1\n", "staff", "add", "guanli", "-role", "admin", "-password-stdin", "-data", data)
	rig.Must(t, "", "restore", copied, "-data", data)
	rig.Must(t, "", "restore", copied, "-data", data)
	kept, _ := filepath.Glob(data + ".20*")
	original := 0
	for _, path := range kept {
		if strings.Contains(rig.Must(t, "", "staff", "list", "-data", path), "guanli") {
			original++
		}
	}
	if len(kept) != 2 || original != 1 {
		t.Errorf("%d of %v hold what stood there first", original, kept)
	}
	if code, _, said := rig.Command(t, "", "restore", data, "-data", data); code != command.ExitFailed || !strings.Contains(said, "就是现在的数据文件") {
		t.Errorf("the data file as its own backup: exit %d, %s", code, said)
	}
}

// TestNoEmptyFileBesideKept: where a restore has put a file aside and nothing
// stands in its place, no command makes an empty one, and restoring leads out.
func TestNoEmptyFileBesideKept(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "a.db")
	register := rig.Write(t, "register.csv", []byte(rig.GuideRegister))
	rig.Must(t, "guanli-pass1\n", "staff", "add", "guanli", "-role", "admin", "-password-stdin", "-data", data)
	kept := data + ".20261129-083000"
	if err := os.Rename(data, kept); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"serve", "-addr", "127.0.0.1:0"}, {"demo", "-addr", "127.0.0.1:0"}, {"import", "certificates", register}, {"staff", "add", "b2", "-role", "admin"}} {
		patience, cancel := context.WithTimeout(t.Context(), time.Minute)
		code, _, said := rig.CommandWithin(t, patience, "", append(args, "-data", data)...)
		cancel()
		if code != command.ExitFailed || !strings.Contains(said, kept) || !strings.Contains(said, "restore") {
			t.Errorf("%v: exit %d, %q", args, code, said)
		}
		if files, _ := filepath.Glob(data + "*"); len(files) != 1 {
			t.Errorf("%v leaves %v", args, files)
		}
	}
	rig.Must(t, "", "restore", kept, "-data", data)
	if list := rig.Must(t, "", "staff", "list", "-data", data); !strings.Contains(list, "guanli") {
		t.Errorf("staff list: %s", list)
	}
}
