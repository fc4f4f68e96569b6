package store

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"certreissue/e2e/tracer"
)

// TestReplaceKeepsEach: two in the same second keep two files, and neither loses
// what stood in the other's place.
func TestReplaceKeepsEach(t *testing.T) {
	t.Parallel()
	hold, path := holding(t)
	original, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	want := string(original)
	var names []string
	for _, text := range []string{"second", "third", "fourth"} {
		kept, err := hold.Replace(morning, func(to io.Writer) error { _, err := io.WriteString(to, text); return err })
		if err != nil {
			t.Fatal(err)
		}
		if content, err := os.ReadFile(kept); err != nil || string(content) != want {
			t.Errorf("%s is not what stood there, %v", kept, err)
		}
		hold.Release()
		if hold, err = HoldFile(path); err != nil {
			t.Fatal(err)
		}
		names, want = append(names, kept), text
	}
	defer hold.Release()
	if content, err := os.ReadFile(path); err != nil || string(content) != want {
		t.Errorf("the file holds %q, %v", content, err)
	}
	dated := path + morning.Format(".20060102-150405")
	if !slices.Equal(names, []string{dated, dated + "-2", dated + "-3"}) {
		t.Errorf("kept as %q", names)
	}
}

// TestReplaceRefused: what is no good leaves everything as it was.
func TestReplaceRefused(t *testing.T) {
	t.Parallel()
	hold, path := holding(t)
	refused := errors.New("refused")
	kept, err := hold.Replace(morning, copyOf(path), func(string) error { return refused })
	if files, _ := filepath.Glob(path + "*"); !errors.Is(err, refused) || kept != "" || len(files) != 1 {
		t.Errorf("%v, kept %q, %v", err, kept, files)
	}
	if opened, err := os.Stat(path); err != nil || !stands(hold.file, path) {
		t.Errorf("the file is another one: %v, %v", opened, err)
	}
}

// TestReplaceNothing: where there was no file, one that somebody makes meanwhile
// stays.
func TestReplaceNothing(t *testing.T) {
	t.Parallel()
	backup, path := newFile(t), filepath.Join(t.TempDir(), "data.db")
	hold, err := HoldFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var fault *FileError
	_, err = hold.Replace(morning, copyOf(backup), func(string) error { return os.WriteFile(path, []byte("somebody's"), 0o600) })
	if content, _ := os.ReadFile(path); !errors.As(err, &fault) || fault.Fault != Busy || string(content) != "somebody's" {
		t.Errorf("a file that was made meanwhile: %v, %q", err, content)
	}
	os.Remove(path)
	if kept, err := hold.Replace(morning, copyOf(backup)); err != nil || kept != "" {
		t.Errorf("kept %q, %v", kept, err)
	}
	logged(t, path)
}

// TestCopyAside: on a disk that knows no second names, what is kept is a copy, and
// only its owner's.
func TestCopyAside(t *testing.T) {
	t.Parallel()
	hold, path := holding(t)
	kept := path + ".20260101-000000"
	if err := hold.copyAside(kept); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(kept); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if logged(t, kept) == 0 {
		t.Error("the copy holds nothing")
	}
	if err := hold.copyAside(kept); err == nil {
		t.Error("another file is written over")
	}
}

const replacing = "CERTREISSUE_TEST_REPLACE"

// TestReplacing is a child that restores a backup over a file.
func TestReplacing(t *testing.T) {
	path := os.Getenv(replacing)
	if path == "" {
		return // a child's work, and nobody is its parent
	}
	runtime.LockOSThread() // strace counts calls by thread
	hold, err := HoldFile(path)
	if err != nil {
		t.Fatal(err)
	}
	kept, err := hold.Replace(morning, copyOf(path+".backup"))
	fmt.Printf("kept=%q failed=%v\n", kept, err != nil)
	os.Exit(0) // before the tests' own files are deleted
}

// replaceCalls are what restoring asks of the disk, beside reading and writing.
var replaceCalls = []string{"link,linkat", "rename,renameat,renameat2", "fsync"}

// interfered runs that child with something happening at the n-th of its calls.
// The file has one row more than the backup.
func interfered(t *testing.T, strace, calls, what string, n int) (path, said string, err error) {
	t.Helper()
	path = newFile(t)
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path+".backup", content, 0o600); err != nil {
		t.Fatal(err)
	}
	note(t, path, Options{})
	child := exec.Command(strace, "-f", "-qq", "-o", os.DevNull, "-e", "trace="+calls, "-e", fmt.Sprintf("inject=%s:%s:when=%d", calls, what, n),
		os.Args[0], "-test.run=^TestReplacing$")
	child.Env = append(os.Environ(), replacing+"="+path)
	out, err := child.CombinedOutput()
	return path, string(out), err
}

// TestReplaceKilled kills a restore before each of its calls. The old file or the
// new one is in the place each time, and the old one is never gone.
func TestReplaceKilled(t *testing.T) {
	t.Parallel()
	strace := tracer.Find(t)
	for _, calls := range append(replaceCalls, "unlink,unlinkat") {
		for n := 1; ; n++ {
			path, said, err := interfered(t, strace, calls, "signal=KILL", n)
			if err == nil {
				if n == 1 {
					t.Errorf("not killed at %s: %s", calls, said)
				}
				break
			}
			old := logged(t, path+".backup") + 1
			found := logged(t, path)
			kept, _ := filepath.Glob(path + keptMark + "*")
			if found != old && (len(kept) != 1 || logged(t, kept[0]) != old) {
				t.Errorf("killed before %s %d: %d rows, kept %v", calls, n, found, kept)
			}
		}
	}
}

// TestReplaceFails lets the disk refuse each of a restore's calls, but the second
// name, for which there is a copy. The old file stands in its place then, and
// nothing lies about.
func TestReplaceFails(t *testing.T) {
	t.Parallel()
	strace := tracer.Find(t)
	for _, calls := range replaceCalls {
		for n := 1; ; n++ {
			path, said, err := interfered(t, strace, calls, "error=EIO", n)
			if err != nil {
				t.Fatalf("%v: %s", err, said)
			}
			if strings.Contains(said, "failed=false") {
				if n == 1 && !strings.HasPrefix(calls, "link") {
					t.Errorf("nothing was refused at %s: %s", calls, said)
				}
				break
			}
			if files, _ := filepath.Glob(path + "*"); len(files) != 2 || !strings.Contains(said, `kept=""`) {
				t.Errorf("%s %d leaves %v: %s", calls, n, files, said)
			}
			if found, old := logged(t, path), logged(t, path+".backup")+1; found != old {
				t.Errorf("%s %d: %d rows, not the old file's %d", calls, n, found, old)
			}
		}
	}
}
