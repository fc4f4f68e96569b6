package store

import (
	"archive/zip"
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	bolt "go.etcd.io/bbolt"
)

// faultOf is the fault of opening a file, -1 where it opens.
func faultOf(t *testing.T, path string, options Options) Fault {
	t.Helper()
	s, err := Open(path, options)
	if err == nil {
		s.Abandon()
		return -1
	}
	var fault *FileError
	if !errors.As(err, &fault) {
		t.Fatalf("%v is no *FileError", err)
	}
	if sentence := fault.Sentence(); !strings.Contains(sentence, fault.Path) || strings.Contains(sentence, "%!") {
		t.Errorf("says %q", sentence)
	}
	return fault.Fault
}

func write(t *testing.T, data []byte) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "data.db")
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestOpenRefuses(t *testing.T) {
	var zipped bytes.Buffer
	z := zip.NewWriter(&zipped)
	w, _ := z.Create("a.txt")
	w.Write([]byte(strings.Repeat("text", 5000)))
	z.Close()

	foreign := filepath.Join(t.TempDir(), "foreign.db")
	db, err := bolt.Open(foreign, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	db.Update(func(tx *bolt.Tx) error { _, err := tx.CreateBucket([]byte("things")); return err })
	db.Close()

	for _, c := range []struct {
		reason, path string
		want         Fault
	}{
		{"missing", filepath.Join(t.TempDir(), "nothing.db"), MissingFile},
		{"a directory", t.TempDir(), NotADatabase},
		{"empty", write(t, nil), EmptyFile},
		{"a text", write(t, []byte(strings.Repeat("考生,证书\n", 3000))), NotADatabase},
		{"a short text", write(t, []byte("x")), NotADatabase},
		{"zeros", write(t, make([]byte, 1<<15)), CutFile},
		{"a zip file", write(t, zipped.Bytes()), NotADatabase},
		{"another program's bbolt file", foreign, Foreign},
	} {
		if got := faultOf(t, c.path, Options{}); got != c.want {
			t.Errorf("%s: fault %d, want %d", c.reason, got, c.want)
		}
	}
	if got := faultOf(t, write(t, nil), Options{Create: true}); got != EmptyFile {
		t.Errorf("an empty file is taken for a missing one: %d", got)
	}
}

// smallFile is a file with some applications, as short as bbolt allows.
func smallFile(t *testing.T, some int) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "data.db")
	o := &office{clock: &clock{t: morning}, t: t}
	s, err := Open(path, Options{Create: true, Now: o.now})
	if err != nil {
		t.Fatal(err)
	}
	o.Store = s
	for n := range some {
		o.applied(n)
	}
	o.must(o.Close())
	if _, _, err := compact(t.Context(), path); err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	state, _ := readState(bytes.NewReader(data))
	return data[:state.high*uint64(state.pageSize)]
}

func TestOpenCutFile(t *testing.T) {
	whole := smallFile(t, 12)
	if got := faultOf(t, write(t, whole), Options{}); got != -1 {
		t.Fatalf("whole: fault %d", got)
	}
	for _, length := range []int{1, 15, 16, 17, 79, 80, 81, 511, 4095, 4096, 4097, 8191, 8192, 12288, 16384, len(whole) / 3, len(whole) / 2, len(whole) - 4096, len(whole) - 1} {
		got := faultOf(t, write(t, whole[:length]), Options{})
		if length < 20 && got == NotADatabase {
			continue // too little is left to know
		}
		if got != CutFile {
			t.Errorf("cut to %d of %d bytes: fault %d", length, len(whole), got)
		}
	}
	torn := bytes.Clone(whole)
	copy(torn, make([]byte, 4096))
	if got := faultOf(t, write(t, torn), Options{}); got != -1 && got != Damaged {
		t.Errorf("the first meta page torn: fault %d", got)
	}
	if got := faultOf(t, write(t, torn[:len(torn)/2]), Options{}); got != CutFile {
		t.Errorf("the first meta page torn, and cut: fault %d", got)
	}
}

func TestOpenNewerSchema(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data.db")
	s, err := Open(path, Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	s.db.Update(func(tx *bolt.Tx) error {
		return setIdentity(tx, func(i *identity) { i.Schema = len(migrations) + 1 })
	})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if got := faultOf(t, path, Options{}); got != Newer {
		t.Errorf("fault %d", got)
	}
}

func TestOpenTwice(t *testing.T) {
	if path := os.Getenv("CERTREISSUE_TEST_OPEN"); path != "" {
		os.Exit(10 + int(faultOf(t, path, Options{})))
	}
	t.Parallel() // it waits
	o := open(t)
	synctest.Test(t, func(t *testing.T) {
		start := time.Now()
		if got := faultOf(t, o.Path(), Options{}); got != Busy {
			t.Errorf("opened again: fault %d", got)
		}
		if took := time.Since(start); took > 2*time.Second {
			t.Errorf("busy only after %v", took)
		}
	})
	child := exec.Command(os.Args[0], "-test.run=^TestOpenTwice$")
	child.Env = append(os.Environ(), "CERTREISSUE_TEST_OPEN="+o.Path())
	if err := child.Run(); child.ProcessState.ExitCode() != 10+int(Busy) {
		t.Errorf("opened by another process: %v", err)
	}
}

func TestOpenMakes(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "directory", "data.db")
	o := openWith(t, path, Options{Create: true, Demo: true})
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
	if info, err := os.Stat(filepath.Dir(path)); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("directory's mode %v, %v", info.Mode(), err)
	}
	if entries, _ := os.ReadDir(filepath.Dir(path)); len(entries) != 1 {
		t.Errorf("left behind: %v", entries)
	}
	if !o.IsDemo() || o.WasServed() || o.Unclean() || o.Path() != path || o.Ping() != nil {
		t.Errorf("a new demo file: demo %v, served %v, unclean %v", o.IsDemo(), o.WasServed(), o.Unclean())
	}
}

// TestMarks follows a file through clean and other ends.
func TestMarks(t *testing.T) {
	path := filepath.Join(t.TempDir(), "data.db")
	var s *Store
	reopen := func(reason string, unclean, served bool) {
		t.Helper()
		var err error
		if s, err = Open(path, Options{Create: true}); err != nil {
			t.Fatal(err)
		}
		if s.Unclean() != unclean || s.WasServed() != served {
			t.Errorf("%s: unclean %v, served %v", reason, s.Unclean(), s.WasServed())
		}
	}
	reopen("new", false, false)
	secret := s.Sign("visitor", "x")
	s.MarkServed()
	s.Close()
	reopen("closed", false, true)
	if !bytes.Equal(secret, s.Sign("visitor", "x")) || bytes.Equal(secret, s.Sign("visitor", "y")) || bytes.Equal(s.Sign("a", "b"), s.Sign("ab")) {
		t.Error("signatures do not last, or do not tell texts apart")
	}
	running, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	s.Abandon()
	reopen("abandoned", true, true)
	s.Close()
	reopen("closed after that", false, true)
	s.Close()
	if err := os.WriteFile(path, running, 0o600); err != nil {
		t.Fatal(err)
	}
	reopen("a copy of a running file", true, true)
	s.Close()
	if s, err = Open(path, Options{ReadOnly: true}); err != nil {
		t.Fatal(err)
	}
	other, err := Open(path, Options{ReadOnly: true})
	if err != nil {
		t.Fatalf("a second reader: %v", err)
	}
	other.Close()
	s.Close()
	reopen("only read", false, true)
	s.Close()
}
