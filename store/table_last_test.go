package store

import (
	"path/filepath"
	"testing"

	bolt "go.etcd.io/bbolt"
)

// TestLastKey: of many pages that one transaction empties there is no last key, and a
// bucket that keeps its first has that.
func TestLastKey(t *testing.T) {
	db, err := bolt.Open(filepath.Join(t.TempDir(), "data.db"), 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.Update(func(tx *bolt.Tx) error {
		bucket, err := tx.CreateBucket([]byte("b"))
		for n := uint64(0); n < 500 && err == nil; n++ {
			err = bucket.Put(key(n), make([]byte, 100))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	db.Update(func(tx *bolt.Tx) error {
		bucket := tx.Bucket([]byte("b"))
		for n := uint64(500); n > 0; n-- {
			if got := lastKey(bucket.Cursor()); id(got) != n-1 {
				t.Fatalf("the last of %d is %d", n, id(got))
			}
			if err := bucket.Delete(key(n - 1)); err != nil {
				t.Fatal(err)
			}
		}
		if got := lastKey(bucket.Cursor()); got != nil {
			t.Errorf("the last of none is %x", got)
		}
		return nil
	})
}
