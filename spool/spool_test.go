package spool

import (
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"strings"
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

// TestSorter: more texts than lie in memory come back in their order, all of them, and
// nothing stays in the folder, wherever it was left.
func TestSorter(t *testing.T) {
	f := Of(filepath.Join(t.TempDir(), "data.db"))
	for _, many := range []int{0, 1, 3*sortedAtOnce + 1} {
		for _, read := range []int{1, many} {
			s, err := f.Sorter()
			if err != nil {
				t.Fatal(err)
			}
			text := func(n int) string { return fmt.Sprintf("%08d", n) }
			for _, n := range rand.New(rand.NewPCG(1, 1)).Perm(many) {
				if err := s.Add(text(n)); err != nil {
					t.Fatal(err)
				}
			}
			n := 0
			for got, err := range s.Sorted() {
				if err != nil || got != text(n) {
					t.Fatalf("number %d of %d is %q, %v", n, many, got, err)
				}
				if n++; n == read {
					break
				}
			}
			if want := min(read, many); n != want || s.Len != many {
				t.Errorf("%d of %d, want %d of %d", n, s.Len, want, many)
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		}
	}
	if _, err := os.Stat(string(f)); err == nil {
		t.Error("the folder stays")
	}
}

// TestSorterFails: where the folder takes no more it says so, if not at once then before
// anything comes back, and nobody waits for ever.
func TestSorterFails(t *testing.T) {
	f := Of(filepath.Join(t.TempDir(), "data.db"))
	for _, many := range []int{sortedAtOnce * 3 / 2, 10 * sortedAtOnce} {
		s, err := f.Sorter()
		if err != nil {
			t.Fatal(err)
		}
		if err := os.RemoveAll(s.path); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(s.path, nil, 0o600); err != nil {
			t.Fatal(err)
		}
		for n := 0; n < many && err == nil; n++ {
			err = s.Add("text")
		}
		for _, fault := range s.Sorted() {
			err = errors.Join(err, fault)
		}
		if _, ok := errors.AsType[*Fault](err); !ok {
			t.Errorf("of %d texts it said %v", many, err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
}

// TestSorterMemory: however many texts there are, few of them lie in memory.
func TestSorterMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("100 MB of texts are left out of a short run")
	}
	s, err := Of(filepath.Join(t.TempDir(), "data.db")).Sorter()
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	long := strings.Repeat("x", 200)
	for n := range 500_000 {
		if err := s.Add(fmt.Sprint(n, long)); err != nil {
			t.Fatal(err)
		}
	}
	next, stop := iter.Pull2(s.Sorted())
	defer stop()
	next()
	runtime.GC()
	var now runtime.MemStats
	if runtime.ReadMemStats(&now); now.HeapAlloc > 32<<20 {
		t.Errorf("%d MB are held", now.HeapAlloc>>20)
	}
}
