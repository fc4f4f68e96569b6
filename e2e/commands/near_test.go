package commands

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"certreissue/command"
	"certreissue/e2e/rig"

	bolt "go.etcd.io/bbolt"
)

// refusesToBegin wants a start on a missing file to be refused, to name these files with
// the two ways on, and to make nothing.
func refusesToBegin(t *testing.T, data, installed string, names []string, args ...string) {
	t.Helper()
	begun, stop := context.WithCancel(t.Context())
	defer stop()
	var said strings.Builder
	p := &command.Program{Now: time.Now, Installed: installed, OnReady: func(string) { stop() }}
	code := p.Run(begun, append([]string{"serve", "-addr", "127.0.0.1:0", "-data", data}, args...), strings.NewReader(""), &said, &said)
	speaks(t, "serve", said.String())
	for _, text := range append([]string{data, "-data ", "-new"}, names...) {
		if code != command.ExitFailed || !strings.Contains(said.String(), text) {
			t.Errorf("exit %d, no %q in %q", code, text, said.String())
		}
	}
	for _, path := range []string{data, data + ".run", data + ".spool"} {
		if _, err := os.Lstat(path); err == nil {
			t.Errorf("%s is made", path)
		}
	}
}

// copied puts a copy of a data file under a name, and answers its path.
func copied(t *testing.T, file, folder, name string) string {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestNoEmptyFileByAccident: where others of ours lie near a file that is missing, serve
// names each and makes none, unless a new one is asked for.
func TestNoEmptyFileByAccident(t *testing.T) {
	t.Parallel()
	staffed := rig.StaffedFile(t)
	sampled := filepath.Join(t.TempDir(), "demo.db")
	rig.Start(t, "demo", "-data", sampled).Stop()
	for what, c := range map[string]struct{ from, name, says string }{
		"another file":          {staffed, "省厅.db", ""},
		"made-up data":          {sampled, "demo.db", "（演示数据）"},
		"what was put aside":    {staffed, "office.db.20261129-083000", ""},
		"what another left":     {staffed, "old.db.20261129-083000-2", ""},
		"a part":                {staffed, "office.db.3061784122.part", ""},
		"the one of an upgrade": {staffed, "office.db.before-upgrade", ""},
		"a nightly copy":        {staffed, "office.db.backups/20261129-030000.db", ""},
	} {
		t.Run(what, func(t *testing.T) {
			folder := t.TempDir()
			data := filepath.Join(folder, "office.db")
			path := copied(t, c.from, folder, c.name)
			refusesToBegin(t, data, "", []string{path + c.says})
			r := rig.Start(t, "serve", "-data", data, "-new")
			if r.Stop(); !strings.Contains(r.Out.String(), "已建立数据文件 "+data) {
				t.Errorf("with -new: %s", r.Out)
			}
			// A file that is there is served, whatever lies beside it.
			rig.Start(t, "serve", "-data", data).Stop()
		})
	}

	folder := t.TempDir()
	first, second := copied(t, staffed, folder, "a.db"), copied(t, staffed, folder, "b.db.20261129-083000")
	refusesToBegin(t, filepath.Join(folder, "office.db"), "", []string{first + "、" + second, "-data " + first})
}

// TestNoEmptyFileBesideService: the file of a service that runs counts, too.
func TestNoEmptyFileBesideService(t *testing.T) {
	t.Parallel()
	r := rig.InEarnest(t, rig.LoopRegister)
	refusesToBegin(t, filepath.Join(filepath.Dir(r.Data), "new.db"), "", []string{r.Data})
}

// TestNoEmptyFileElsewhere: a file in one of the default places counts wherever the
// missing one is, and so does a mirror.
func TestNoEmptyFileElsewhere(t *testing.T) {
	staffed := rig.StaffedFile(t)
	data := filepath.Join(t.TempDir(), "office.db")
	installed := copied(t, staffed, t.TempDir(), "certreissue.db")
	refusesToBegin(t, data, installed, []string{installed})
	mirror := t.TempDir()
	rig.Start(t, "serve", "-data", staffed, "-mirror", mirror).Stop()
	refusesToBegin(t, data, "", []string{filepath.Join(mirror, "mirror-")}, "-mirror", mirror)
	working := filepath.Dir(copied(t, staffed, t.TempDir(), "certreissue.db"))
	t.Chdir(working)
	refusesToBegin(t, data, "", []string{filepath.Join(working, "certreissue.db")})
}

// TestOthersDoNotCount: what is no database of ours keeps no file from being made.
func TestOthersDoNotCount(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	foreign, err := bolt.Open(filepath.Join(folder, "etcd.db"), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	err = foreign.Update(func(tx *bolt.Tx) error { _, err := tx.CreateBucket([]byte("keys")); return err })
	if err != nil {
		t.Fatal(err)
	}
	if err := foreign.Close(); err != nil {
		t.Fatal(err)
	}
	for name, content := range map[string]string{"app.db": "SQLite format 3\x00", "empty.db": "", "notes.20261129-083000": "text", "film.part": "half a film", "office.db.2061784122.part": ""} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(folder, "folder.db"), 0o700); err != nil {
		t.Fatal(err)
	}
	r := rig.Start(t, "serve", "-data", filepath.Join(folder, "office.db"))
	r.Says("已建立数据文件")
}
