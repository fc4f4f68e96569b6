package store

import (
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"certreissue/e2e/tracer"
	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

const syncingBeside = "CERTREISSUE_TEST_SYNCING="

// syncing are the acts that give a file its name.
var syncing = map[string]func(t *testing.T, s *Store, path string) error{
	"a nightly copy": func(t *testing.T, s *Store, _ string) error {
		return s.MakeCopy(t.Context(), reissue.System(), Nightly, nil)
	},
	"a whole file": func(_ *testing.T, _ *Store, path string) error {
		return WriteWhole(path+".whole", func(w io.Writer) error { _, err := io.WriteString(w, "whole"); return err })
	},
	"a compaction": func(t *testing.T, s *Store, _ string) error {
		_, _, err := s.Compact(t.Context())
		return err
	},
	"a restore": func(_ *testing.T, s *Store, path string) error {
		hold, err := HoldFile(path + ".other")
		if err != nil {
			return err
		}
		defer hold.Release()
		_, err = hold.Replace(morning, func(w io.Writer) error { return s.copyTo(w) })
		return err
	},
	"a new file": func(_ *testing.T, _ *Store, path string) error {
		s, err := Open(path+".new", Options{Create: true})
		if err != nil {
			return err
		}
		return s.Close()
	},
}

// TestSyncingChild is no test: it does one of the acts.
func TestSyncingChild(t *testing.T) {
	path, act := os.Getenv(strings.TrimSuffix(syncingBeside, "=")), os.Getenv("CERTREISSUE_TEST_ACT")
	if path == "" {
		t.Skip("the child of TestNamedAfterSync")
	}
	s, err := Open(path, Options{Now: func() time.Time { return morning }})
	if err != nil {
		t.Fatal(err)
	}
	if err := syncing[act](t, s, path); err != nil {
		t.Fatal(err)
	}
}

// fileCall is a call that syncs a file, or names one.
var fileCall = regexp.MustCompile(`(?:(fsync|fdatasync|flock)\(\d+<([^>]*)>|(rename|link)\w*\((?:AT_FDCWD(?:<[^>]*>)?, )?"([^"]*)", (?:AT_FDCWD(?:<[^>]*>)?, )?"([^"]*)")`)

// TestNamedAfterSync: whatever gets its name is on the disk before, and its name
// afterwards; else a power cut leaves an empty file under a good name, or the old one.
func TestNamedAfterSync(t *testing.T) {
	t.Parallel()
	for act := range syncing {
		t.Run(act, func(t *testing.T) {
			t.Parallel()
			strace := tracer.Find(t)
			path := write(t, smallFile(t, 2))
			if err := os.WriteFile(path+".other", nil, 0o600); err != nil {
				t.Fatal(err)
			}
			s, err := Open(path, Options{})
			if err != nil {
				t.Fatal(err)
			}
			// A compaction of a file this small is dropped, unless something was deleted.
			if err := s.db.Update(func(tx *bolt.Tx) error { return setIdentity(tx, func(i *identity) { i.Purged = true }) }); err != nil {
				t.Fatal(err)
			}
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			trace := filepath.Join(t.TempDir(), "trace")
			child := exec.Command(strace, "-f", "-qq", "-y", "-s", "4096", "-o", trace, "-e", "trace=fsync,fdatasync,flock,rename,renameat,renameat2,link,linkat",
				os.Args[0], "-test.run", "^TestSyncingChild$", "-test.count=1")
			child.Env = append(os.Environ(), syncingBeside+path, "CERTREISSUE_TEST_ACT="+act)
			if out, err := child.CombinedOutput(); err != nil {
				t.Fatalf("the traced child: %v\n%s", err, out)
			}
			calls, err := os.ReadFile(trace)
			if err != nil {
				t.Fatal(err)
			}
			synced := map[string]bool{}
			named := 0
			unnamed := map[string]bool{} // folders with a name that may be lost
			for _, line := range strings.Split(string(calls), "\n") {
				c := fileCall.FindStringSubmatch(line)
				switch {
				case c == nil:
				case c[1] == "flock":
					// A nightly copy is on the disk before bbolt opens it, which may sync, too.
					if act == "a nightly copy" && strings.HasSuffix(c[2], partSuffix) && !synced[c[2]] {
						t.Errorf("%s is checked before it is on the disk", c[2])
					}
				case c[1] != "":
					synced[c[2]] = true
					delete(unnamed, c[2])
				default:
					if strings.HasSuffix(c[4], partSuffix) {
						named++
						if !synced[c[4]] {
							t.Errorf("%s has its name before it is on the disk", c[5])
						}
					}
					unnamed[filepath.Dir(c[5])] = true
				}
			}
			if named == 0 {
				t.Errorf("nothing was named:\n%s", calls)
			}
			for folder := range unnamed {
				t.Errorf("a name in %s may be lost", folder)
			}
		})
	}
}
