package store

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

var keepAs = flag.String("keep-as", "", "put a file as this version makes it into testdata, under the name of a schema or a release")

// TestKeep makes the file that a new schema, or a release, leaves for those to come. A
// file that is there stays: it was made by the version of its day.
func TestKeep(t *testing.T) {
	if *keepAs == "" {
		t.Skip("makes a file as of today, for good; run with -keep-as schema-7 or -keep-as v1.0.0")
	}
	file, err := os.OpenFile("testdata/"+*keepAs+".db", os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.Write(smallFile(t, 3)); err != nil {
		t.Fatal(err)
	}
	if err := file.Close(); err != nil {
		t.Fatal(err)
	}
}

// aged calls f with a fresh copy of each file in testdata, which are of every schema and
// release, with three applications, closed cleanly and not.
func aged(t *testing.T, f func(t *testing.T, schema int, path string)) {
	t.Helper()
	kept, err := filepath.Glob("testdata/*.db")
	if err != nil {
		t.Fatal(err)
	}
	schemas := map[int]bool{}
	for _, file := range kept {
		whole, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, killed := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s, killed %v", filepath.Base(file), killed), func(t *testing.T) {
				path, schema := write(t, whole), 0
				meddle(t, path, func(tx *bolt.Tx) error {
					return setIdentity(tx, func(i *identity) { schema, i.InUse = i.Schema, killed })
				})
				schemas[schema] = true
				f(t, schema, path)
			})
		}
	}
	for schema := 1; schema <= len(migrations); schema++ {
		if !schemas[schema] {
			t.Errorf("no file of schema %d is kept", schema)
		}
	}
}

// meddle changes a file as no version of the program would.
func meddle(t *testing.T, path string, f func(*bolt.Tx) error) {
	t.Helper()
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Update(f); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// checked are the findings of a file, which must stay as it is and alone.
func checked(t *testing.T, path string) (found []Finding) {
	t.Helper()
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := CheckFile(t.Context(), path, folder, nil, time.Now, func(finding Finding) { found = append(found, finding) }, nil); err != nil {
		t.Fatal(err)
	}
	if after, err := os.ReadFile(path); err != nil || !bytes.Equal(before, after) {
		t.Errorf("the check changed the file, %v", err)
	}
	if left, _ := os.ReadDir(folder); len(left) != 0 {
		t.Errorf("left behind: %v", left)
	}
	return found
}

// TestEveryAge: a file of any schema is checked as it is, brought to today's by its
// first start, and kept as it was before that.
func TestEveryAge(t *testing.T) {
	aged(t, func(t *testing.T, schema int, path string) {
		if found := checked(t, path); len(found) != 0 {
			t.Errorf("before: %v", found)
		}
		s, err := Open(path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if !s.recordsAre(3) {
			t.Error("records are lost")
		}
		if err := s.Check(t.Context(), func(finding Finding) { t.Errorf("after: %s", finding) }, nil); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		kept := path + ".before-upgrade"
		if schema == len(migrations) {
			if _, err := os.Stat(kept); err == nil {
				t.Error("a file of today's schema is kept as it was")
			}
			return
		}
		if found := checked(t, kept); len(found) != 0 {
			t.Errorf("kept: %v", found)
		}
		meddle(t, kept, func(tx *bolt.Tx) error {
			if i, err := identities.get(tx); err != nil || i.Schema != schema {
				t.Errorf("what is kept is of schema %d, %v", i.Schema, err)
			}
			return nil
		})
	})
}

// TestTableThatNeverWas: a file of an older schema may lack tables; one of today's
// may not.
func TestTableThatNeverWas(t *testing.T) {
	aged(t, func(t *testing.T, schema int, path string) {
		meddle(t, path, func(tx *bolt.Tx) error { return tx.DeleteBucket([]byte("resets.account")) })
		found, want := fmt.Sprint(checked(t, path)), "[]"
		if schema == len(migrations) {
			want = "[缺少表 resets.account]"
		}
		if found != want {
			t.Errorf("found %s, want %s", found, want)
		}
	})
}

// firstWithOffice is the schema from which on the office's records are in their indexes.
const firstWithOffice = 6

// TestNewIndexes: the office's records are entered into the indexes that an older file
// has not, in as many transactions as it takes; its days are counted anew, which had what
// was taken back.
func TestNewIndexes(t *testing.T) {
	indexed := indexedAtOnce
	indexedAtOnce = 2
	t.Cleanup(func() { indexedAtOnce = indexed })
	aged(t, func(t *testing.T, schema int, path string) {
		if schema >= firstWithOffice {
			return
		}
		meddle(t, path, func(tx *bolt.Tx) error {
			return errors.Join(tx.DeleteBucket([]byte("applications.phone")), tx.DeleteBucket([]byte("accounts.name")), tx.DeleteBucket([]byte("mails.account")))
		})
		if schema >= firstWithSums {
			meddle(t, path, func(tx *bolt.Tx) error {
				return days.put(tx, &Day{Date: 20260105, Acts: map[reissue.Act]int{reissue.ActApprove: 1, reissue.ActTakeBack: 1}})
			})
		}
		s, err := Open(path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Check(t.Context(), func(finding Finding) { t.Error(finding) }, nil); err != nil {
			t.Fatal(err)
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
	})
}
