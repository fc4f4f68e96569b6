package store

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"testing"

	bolt "go.etcd.io/bbolt"
)

// TestLoad: a table that was loaded in several lots is what putting the records
// one by one makes it.
func TestLoad(t *testing.T) {
	const lots, each = 5, 200
	made := func(load func(tx *bolt.Tx, lot []*thing)) (dump []string) {
		r := rand.New(rand.NewPCG(3, 4))
		inThings(t, func(tx *bolt.Tx) {
			for lot := range lots {
				var list []*thing
				for n := range each {
					x := &thing{ID: uint64(lot*each + n + 1), Group: r.IntN(9), At: r.Uint64()}
					if n%3 == 0 {
						x.Name = fmt.Sprint(r.Uint64())
					}
					for range r.IntN(4) {
						x.Words = append(x.Words, fmt.Sprint(r.Uint64()))
					}
					list = append(list, x)
				}
				load(tx, list)
			}
			err := tx.ForEach(func(name []byte, b *bolt.Bucket) error {
				return b.ForEach(func(k, v []byte) error {
					dump = append(dump, fmt.Sprintf("%s %x %x", name, k, v))
					return nil
				})
			})
			if err != nil {
				t.Fatal(err)
			}
		})
		return dump
	}
	loaded := made(func(tx *bolt.Tx, lot []*thing) {
		if err := things.load(tx, lot, things.every); err != nil {
			t.Fatal(err)
		}
	})
	single := made(func(tx *bolt.Tx, lot []*thing) {
		for _, x := range lot {
			put(t, tx, *x)
		}
	})
	if fmt.Sprint(loaded) != fmt.Sprint(single) {
		t.Errorf("%d pairs when loaded, %d when put, or others", len(loaded), len(single))
	}
}

func TestLoadDuplicates(t *testing.T) {
	for _, c := range []struct {
		reason string
		lot    []*thing
	}{
		{"of a record that is there", []*thing{{ID: 2, Name: "first"}}},
		{"of one in the same lot", []*thing{{ID: 2, Name: "b"}, {ID: 3, Name: "a"}, {ID: 4, Name: "b"}}},
	} {
		db, err := bolt.Open(t.TempDir()+"/things.db", 0o600, &bolt.Options{NoSync: true})
		if err != nil {
			t.Fatal(err)
		}
		defer db.Close()
		err = db.Update(func(tx *bolt.Tx) error {
			if err := things.create(tx); err != nil {
				return err
			}
			put(t, tx, thing{ID: 1, Name: "first"})
			return things.load(tx, c.lot, things.every)
		})
		var duplicate *DuplicateError
		if !errors.As(err, &duplicate) || duplicate.Index != "things.name" {
			t.Errorf("%s: %v", c.reason, err)
		}
	}
}
