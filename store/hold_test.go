package store

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// persistent opens a file that others are busy with, sooner or later.
func persistent(t *testing.T, path string, options Options) *Store {
	t.Helper()
	for range 100 {
		s, err := Open(path, options)
		var fault *FileError
		if err == nil {
			return s
		}
		if !errors.As(err, &fault) || fault.Fault != Busy {
			t.Fatal(err)
		}
	}
	t.Fatal("always busy")
	return nil
}

// logged is how many rows the log of a file has.
func logged(t *testing.T, path string) uint64 {
	t.Helper()
	s, err := Open(path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	n, _, err := s.ChainHead()
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// note writes one row into the log of a file, as a command would do its work.
func note(t *testing.T, path string, options Options) {
	t.Helper()
	s := persistent(t, path, options)
	if err := errors.Join(s.Downloaded(clerk().Actor()), s.Close()); err != nil {
		t.Error(err)
	}
}

// TestWaitersFindTheFile: whoever waits for a file that is replaced meanwhile
// works on the one that has the name then.
func TestWaitersFindTheFile(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		replace func(t *testing.T, path string, waiting func())
	}{
		{"compacted", func(t *testing.T, path string, waiting func()) {
			s := persistent(t, path, Options{})
			waiting()
			_, _, err := s.Compact(t.Context())
			if err = errors.Join(err, s.Close()); err != nil {
				t.Error(err)
			}
		}},
		{"restored", func(t *testing.T, path string, waiting func()) {
			hold, err := HoldFile(path)
			if err != nil {
				t.Fatal(err)
			}
			waiting()
			if _, err = hold.Replace(morning, copyOf(path)); err != nil {
				t.Error(err)
			}
			hold.Release()
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			path := newFile(t)
			before := logged(t, path)
			var waiters sync.WaitGroup
			test.replace(t, path, func() {
				waiters.Go(func() { note(t, path, Options{}) })
				waiters.Go(func() {
					hold, err := HoldFile(path)
					if err == nil && !stands(hold.file, path) {
						t.Error("the hold is of a file that has lost its name")
					}
					if err == nil {
						hold.Release()
					}
				})
				time.Sleep(4 * lockEvery) // they have the old file open now
			})
			waiters.Wait()
			if n := logged(t, path); n != before+1 {
				t.Errorf("%d rows of %d: work on the old file is lost", n, before+1)
			}
		})
	}
}

// copyOf writes what a file holds now.
func copyOf(path string) func(io.Writer) error {
	return func(to io.Writer) error {
		content, err := os.ReadFile(path)
		if err == nil {
			_, err = to.Write(content)
		}
		return err
	}
}

// TestWorkBesideCompacting lets many work on a file that is compacted over and
// over. Nothing of it is lost.
func TestWorkBesideCompacting(t *testing.T) {
	t.Parallel()
	path := newFile(t)
	before := logged(t, path)
	const workers, each, compactings = 3, 8, 6
	var all sync.WaitGroup
	for range workers {
		all.Go(func() {
			for range each {
				note(t, path, Options{})
			}
		})
	}
	all.Go(func() {
		for range compactings {
			s := persistent(t, path, Options{})
			_, _, err := s.Compact(t.Context())
			if err = errors.Join(err, s.Downloaded(clerk().Actor()), s.Close()); err != nil {
				t.Error(err)
			}
		}
	})
	all.Wait()
	if n, want := logged(t, path), before+workers*each+compactings; n != want {
		t.Errorf("%d rows of %d", n, want)
	}
	if left, _ := filepath.Glob(path + ".*"); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

// asked is a context that calls somebody each time it is asked whether it has
// ended: Compact asks last before it moves the new file into its place.
type asked struct {
	context.Context
	call func()
}

func (a asked) Err() error { a.call(); return a.Context.Err() }

// TestCompactKeepsTheLock: neither before the new file has the name nor after can
// anybody else open what has it.
func TestCompactKeepsTheLock(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("what is open can have its name taken away on Unix only")
	}
	o := open(t)
	locked := func(path string) bool {
		file, err := os.OpenFile(path, os.O_RDWR, 0)
		o.must(err)
		defer file.Close()
		taken, err := lock(file)
		o.must(err)
		return !taken
	}
	looks := 0
	_, _, err := o.Compact(asked{t.Context(), func() {
		looks++
		parts, _ := filepath.Glob(o.Path() + ".*.part")
		if len(parts) != 1 || !locked(parts[0]) || !locked(o.Path()) {
			t.Errorf("before the move somebody else can have the file or one of %v", parts)
		}
	}})
	o.must(err)
	if looks == 0 || !locked(o.Path()) {
		t.Errorf("%d looks; after the move somebody else can have the file", looks)
	}
	o.register(1)
	o.backup()
}

// holding holds a new file.
func holding(t *testing.T) (*Hold, string) {
	t.Helper()
	path := newFile(t)
	hold, err := HoldFile(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { hold.Release() })
	return hold, path
}

func TestHoldKeepsOthersOut(t *testing.T) {
	t.Parallel()
	hold, path := holding(t)
	synctest.Test(t, func(t *testing.T) { // they wait for it a while
		for name, err := range map[string]error{"opening": faulty(Open(path, Options{})), "reading": faulty(Open(path, Options{ReadOnly: true})), "holding": faulty(HoldFile(path))} {
			var fault *FileError
			if !errors.As(err, &fault) || fault.Fault != Busy {
				t.Errorf("%s a held file: %v", name, err)
			}
		}
	})
	if err := hold.Release(); err != nil {
		t.Fatal(err)
	}
	logged(t, path)
	if _, err := HoldFile(t.TempDir()); err == nil {
		t.Error("a folder is held")
	}
}

func faulty[T any](_ T, err error) error { return err }

// TestCreateAtOnce: of several that find no file and make one, all work on the
// same.
func TestCreateAtOnce(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "new", "data.db")
	const people = 8
	var all sync.WaitGroup
	for range people {
		all.Go(func() { note(t, path, Options{Create: true}) })
	}
	all.Wait()
	if n := logged(t, path); n != people {
		t.Errorf("%d rows of %d", n, people)
	}
	if left, _ := filepath.Glob(path + ".*"); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestCreateBesidePart: what another process is making, or left half made, is not
// what a restore has put aside, though its number may begin like a year.
func TestCreateBesidePart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data.db")
	if err := os.WriteFile(path+".2061784122.part", nil, 0o600); err != nil {
		t.Fatal(err)
	}
	o, err := Open(path, Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	o.Close()
}

// TestCreateBesideKept: an empty file would hide what a restore has put aside.
func TestCreateBesideKept(t *testing.T) {
	t.Parallel()
	path := newFile(t)
	kept := path + ".20261129-083000"
	if err := os.Rename(path, kept); err != nil {
		t.Fatal(err)
	}
	_, err := Open(path, Options{Create: true})
	var fault *FileError
	if !errors.As(err, &fault) || fault.Fault != KeptBeside || !strings.Contains(fault.Sentence(), kept) {
		t.Errorf("an empty file is made: %v", err)
	}
	if files, _ := filepath.Glob(path + "*"); len(files) != 1 {
		t.Errorf("left behind: %v", files)
	}
	hold, err := HoldFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := hold.Replace(morning, copyOf(kept)); err != nil {
		t.Fatal(err)
	}
	logged(t, path)
}
