//go:build !windows

package store

import (
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"certreissue/reissue"
)

// TestOwnerKept: what root makes in a file's place, or beside it, is the file's user's,
// who else could not start any more.
func TestOwnerKept(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root makes files for others")
	}
	const user, group, mode = 12345, 23456, 0o640
	path := write(t, smallFile(t, 3))
	if err := os.Chown(path, user, group); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
	s, err := Open(path, Options{Now: func() time.Time { return morning }})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.MakeCopy(t.Context(), reissue.System(), Nightly, nil); err != nil {
		t.Fatal(err)
	}
	spooled, err := s.Spool().File()
	if err != nil {
		t.Fatal(err)
	}
	if err := s.snapshot(path + ".before-upgrade"); err != nil {
		t.Fatal(err)
	}
	if err := s.update(reissue.System(), func(tx *txn) error {
		return setIdentity(tx.Tx, func(i *identity) { i.Purged = true })
	}); err != nil {
		t.Fatal(err)
	}
	whose := func(path string, wantMode fs.FileMode) {
		t.Helper()
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if is := info.Sys().(*syscall.Stat_t); is.Uid != user || is.Gid != group || info.Mode().Perm() != wantMode {
			t.Errorf("%s: %d:%d, mode %o", filepath.Base(path), is.Uid, is.Gid, info.Mode().Perm())
		}
	}
	before, _ := os.Stat(path)
	if _, _, err := s.Compact(t.Context()); err != nil {
		t.Fatal(err)
	}
	if after, _ := os.Stat(path); os.SameFile(before, after) {
		t.Fatal("this test cannot fail: nothing was compacted")
	}
	whose(path, mode)
	whose(s.CopiesFolder(), 0o700)
	whose(filepath.Join(s.CopiesFolder(), names(t, s, Nightly)[0]), 0o600)
	whose(filepath.Dir(spooled.Name()), 0o700)
	whose(path+".before-upgrade", 0o600)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	hold, err := HoldFile(path)
	if err != nil {
		t.Fatal(err)
	}
	defer hold.Release()
	kept, err := hold.Replace(morning, func(to io.Writer) error { _, err := io.WriteString(to, "new"); return err })
	if err != nil {
		t.Fatal(err)
	}
	whose(path, mode)
	whose(kept, mode)
}

// TestOwnerOfNew: a file that root makes or restores in the service's folder, where there
// is none, is the service's.
func TestOwnerOfNew(t *testing.T) {
	if os.Getuid() != 0 {
		t.Skip("only root makes files for others")
	}
	const user, group = 12345, 23456
	folder := t.TempDir()
	if err := os.Chown(folder, user, group); err != nil {
		t.Fatal(err)
	}
	made, restored := filepath.Join(folder, "made.db"), filepath.Join(folder, "restored.db")
	s, err := Open(made, Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	hold, err := HoldFile(restored)
	if err != nil {
		t.Fatal(err)
	}
	defer hold.Release()
	if _, err := hold.Replace(morning, copyOf(made)); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{made, restored} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if is := info.Sys().(*syscall.Stat_t); is.Uid != user || is.Gid != group || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %d:%d, mode %o", filepath.Base(path), is.Uid, is.Gid, info.Mode().Perm())
		}
	}
}
