package spool

import (
	"errors"
	"os"
	"path/filepath"
	"sync"
	"testing"
)

// TestSpool: the folder is there while something is in it, for its user alone, and
// whoever leaves it as the last takes nobody's place away.
func TestSpool(t *testing.T) {
	f := Of(filepath.Join(t.TempDir(), "data.db"))
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 200 {
				file, err := f.File()
				if err != nil {
					t.Error(err)
					return
				}
				file.Close()
				folder, err := f.Folder()
				if err != nil {
					t.Error(err)
					return
				}
				for _, path := range []string{file.Name(), folder} {
					if err := f.Drop(path); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	all.Wait()
	if _, err := os.Stat(string(f)); err == nil {
		t.Error("the empty folder stays")
	}
	folder, err := f.Folder()
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(string(f)); err != nil || info.Mode().Perm()&0o077 != 0 {
		t.Errorf("the folder: %v, %v", info, err)
	}
	if err := os.WriteFile(filepath.Join(folder, "left"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time there is none
		if err := f.Clear(); err != nil {
			t.Error(err)
		}
	}
	if _, err := os.Stat(string(f)); err == nil {
		t.Error("what a kill has left stays")
	}
}

// TestNothingMade: where nothing can be made in it the folder does not stay either.
func TestNothingMade(t *testing.T) {
	folder := Of(filepath.Join(t.TempDir(), "data.db"))
	if err := folder.within(func() error { return os.ErrPermission }); !errors.Is(err, os.ErrPermission) {
		t.Errorf("%v", err)
	}
	if _, err := os.Stat(string(folder)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder is there: %v", err)
	}
}
