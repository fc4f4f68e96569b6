package store

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

// thing is a record with an index of each kind.
type thing struct {
	ID    uint64   `cbor:"1,keyasint"`
	Name  string   `cbor:"2,keyasint,omitempty"` // unique; "" is not indexed
	Group int      `cbor:"3,keyasint,omitempty"`
	Words []string `cbor:"4,keyasint,omitempty"` // many keys
	At    uint64   `cbor:"5,keyasint,omitempty"`
}

var things = Table[thing]{
	name: "things",
	key:  func(x *thing) []byte { return key(x.ID) },
	indexes: []Index[thing]{
		{name: "name", unique: true, keys: func(x *thing) [][]byte {
			if x.Name == "" {
				return nil
			}
			return [][]byte{key(x.Name)}
		}},
		{name: "group", keys: func(x *thing) [][]byte { return [][]byte{key(x.Group, x.Name)} }},
		{name: "words", keys: func(x *thing) (keys [][]byte) {
			for _, word := range x.Words {
				keys = append(keys, key(word))
			}
			return keys
		}},
		{name: "at", keys: func(x *thing) [][]byte { return [][]byte{key(x.At)} }},
	},
}

// inThings runs do in one transaction of a file with the table alone, and then
// checks the table.
func inThings(t *testing.T, do func(tx *bolt.Tx)) {
	t.Helper()
	db, err := bolt.Open(filepath.Join(t.TempDir(), "things.db"), 0o600, &bolt.Options{NoSync: true})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	err = db.Update(func(tx *bolt.Tx) error {
		if err := things.create(tx); err != nil {
			return err
		}
		do(tx)
		things.check(tx, &examination{ctx: context.Background(), report: func(f Finding) { t.Errorf("check: %s", f) }})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func put(t *testing.T, tx *bolt.Tx, list ...thing) {
	t.Helper()
	for _, x := range list {
		if err := things.put(tx, &x); err != nil {
			t.Fatal(err)
		}
	}
}

// having gives the numbers of what an index has under a prefix.
func having(t *testing.T, tx *bolt.Tx, index string, prefix []byte) (ids []uint64) {
	t.Helper()
	list, err := things.having(tx, index, prefix)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range list {
		ids = append(ids, x.ID)
	}
	return ids
}

func TestTablePutChangeDelete(t *testing.T) {
	inThings(t, func(tx *bolt.Tx) {
		put(t, tx, thing{ID: 1, Name: "a", Group: 5, Words: []string{"x", "y"}}, thing{ID: 2, Name: "ab", Group: 5})
		if _, err := things.get(tx, key(uint64(3))); !errors.Is(err, reissue.ErrNotFound) {
			t.Errorf("a record that is not there: %v", err)
		}
		if got := having(t, tx, "words", key("x")); !slices.Equal(got, []uint64{1}) {
			t.Errorf("words: %v", got)
		}
		put(t, tx, thing{ID: 1, Name: "b", Group: 6, Words: []string{"y", "z"}})
		for _, c := range []struct {
			reason, index string
			prefix        []byte
			want          []uint64
		}{
			{"an old key is gone", "words", key("x"), nil},
			{"a kept key is still there", "words", key("y"), []uint64{1}},
			{"a new key is there", "words", key("z"), []uint64{1}},
			{"it left its group", "group", key(5), []uint64{2}},
			{"a closed string is no prefix of a longer one", "name", key("a"), nil},
			{"an open one is", "name", []byte("a"), []uint64{2}},
		} {
			if got := having(t, tx, c.index, c.prefix); !slices.Equal(got, c.want) {
				t.Errorf("%s: %v, want %v", c.reason, got, c.want)
			}
		}
		for range 2 {
			if err := things.delete(tx, key(uint64(1))); err != nil {
				t.Errorf("delete, or delete again: %v", err)
			}
		}
		if got := having(t, tx, "words", nil); got != nil {
			t.Errorf("deleted, but indexed: %v", got)
		}
		if err := things.empty(tx); err != nil || having(t, tx, "name", nil) != nil {
			t.Errorf("emptied: %v", err)
		}
		put(t, tx, thing{ID: 2, Name: "ab"})
	})
}

func TestTableUnique(t *testing.T) {
	inThings(t, func(tx *bolt.Tx) {
		put(t, tx, thing{ID: 1, Name: "a"}, thing{ID: 2}, thing{ID: 3}, thing{ID: 1, Name: "a", Group: 1})
		var second *DuplicateError
		if err := things.put(tx, &thing{ID: 2, Name: "a"}); !errors.As(err, &second) || id(second.Holder) != 1 || second.Index != "things.name" {
			t.Errorf("a second a: %v", err)
		}
		if x, err := things.unique(tx, "name", key("a")); err != nil || x.ID != 1 {
			t.Errorf("unique: %+v, %v", x, err)
		}
		if _, err := things.unique(tx, "name", key("")); !errors.Is(err, reissue.ErrNotFound) {
			t.Errorf("what is not indexed is found: %v", err)
		}
		put(t, tx, thing{ID: 1, Name: ""}, thing{ID: 2, Name: "a"})
	})
}

func TestTableEntries(t *testing.T) {
	inThings(t, func(tx *bolt.Tx) {
		for i := range 9 {
			put(t, tx, thing{ID: uint64(i + 1), Group: i / 3, Name: fmt.Sprint(i)})
		}
		walk := func(prefix, after []byte, backwards bool) (ids []uint64) {
			for _, k := range things.entries(tx, "group", prefix, after, backwards) {
				ids = append(ids, id(k))
			}
			return ids
		}
		entry := func(i int) []byte { return append(key(i/3, fmt.Sprint(i)), key(uint64(i+1))...) }
		for _, c := range []struct {
			reason        string
			prefix, after []byte
			backwards     bool
			want          []uint64
		}{
			{"all", nil, nil, false, []uint64{1, 2, 3, 4, 5, 6, 7, 8, 9}},
			{"all backwards", nil, nil, true, []uint64{9, 8, 7, 6, 5, 4, 3, 2, 1}},
			{"one group", key(1), nil, false, []uint64{4, 5, 6}},
			{"one group backwards", key(1), nil, true, []uint64{6, 5, 4}},
			{"the last group backwards", key(2), nil, true, []uint64{9, 8, 7}},
			{"after one", key(1), entry(3), false, []uint64{5, 6}},
			{"after one backwards", key(1), entry(5), true, []uint64{5, 4}},
			{"after the last", key(1), entry(5), false, nil},
			{"after the first backwards", key(1), entry(3), true, nil},
			{"after one that is gone", key(1), append(entry(3), 0), false, []uint64{5, 6}},
			{"after one that is gone, backwards", key(1), append(entry(4), 0), true, []uint64{5, 4}},
			{"a cursor of another group", key(1), entry(8), false, nil},
			{"a cursor before the group", key(1), entry(0), false, nil},
			{"a cursor behind the group, backwards", key(1), entry(8), true, nil},
			{"no such group", key(7), nil, false, nil},
			{"no such group backwards", key(7), nil, true, nil},
		} {
			if got := walk(c.prefix, c.after, c.backwards); !slices.Equal(got, c.want) {
				t.Errorf("%s: %v, want %v", c.reason, got, c.want)
			}
		}
	})
	inThings(t, func(tx *bolt.Tx) {
		for range things.entries(tx, "group", nil, nil, true) {
			t.Error("an empty index has an entry")
		}
	})
}

func TestTableClear(t *testing.T) {
	inThings(t, func(tx *bolt.Tx) {
		for i := range 25 {
			put(t, tx, thing{ID: uint64(i + 1), At: uint64(i)})
		}
		for _, left := range []int{15, 5, 4, 4} {
			if err := things.clear(tx, "at", 21); err != nil {
				t.Fatal(err)
			}
			if got := having(t, tx, "at", nil); len(got) != left {
				t.Errorf("%d left, want %d", len(got), left)
			}
		}
	})
}

func TestKeysSortAsValues(t *testing.T) {
	ordered := [][]byte{key("", uint64(9)), key("a", uint64(1)), key("a", uint64(2)), key("a", uint64(256)), key("aa", uint64(0)), key("b", reissue.Moment(3)), key("b", reissue.Moment(1<<40))}
	if !slices.IsSortedFunc(ordered, bytes.Compare) {
		t.Errorf("%x", ordered)
	}
}

func TestInvalidTextIsReadable(t *testing.T) {
	inThings(t, func(tx *bolt.Tx) {
		put(t, tx, thing{ID: 1, Name: "\xff"})
		if x, err := things.get(tx, key(uint64(1))); err != nil || x.Name != "\xff" {
			t.Errorf("%+v, %v", x, err)
		}
	})
}

// TestTableRandom does what comes to mind and compares with a map.
func TestTableRandom(t *testing.T) {
	for seed := range uint64(6) {
		r := rand.New(rand.NewPCG(seed, 1))
		inThings(t, func(tx *bolt.Tx) {
			model := map[uint64]thing{}
			for range 600 {
				number := r.Uint64N(40) + 1
				if r.IntN(4) == 0 {
					if err := things.delete(tx, key(number)); err != nil {
						t.Fatal(err)
					}
					delete(model, number)
					continue
				}
				x := thing{ID: number, Name: []string{"", "a", "ab", "b", "王", "王明"}[r.IntN(6)], Group: r.IntN(4), At: r.Uint64N(50)}
				for _, word := range []string{"x", "xy", "y"} {
					if r.IntN(2) == 0 {
						x.Words = append(x.Words, word)
					}
				}
				taken := false
				for _, other := range model {
					taken = taken || other.ID != x.ID && x.Name != "" && other.Name == x.Name
				}
				// A refused put rolls its transaction back, so it is not tried here.
				if !taken {
					put(t, tx, x)
					model[number] = x
				}
			}
			seen := 0
			for x, err := range things.all(tx) {
				if err != nil || fmt.Sprint(*x) != fmt.Sprint(model[x.ID]) {
					t.Errorf("seed %d: %+v, want %+v, %v", seed, x, model[x.ID], err)
				}
				seen++
			}
			if seen != len(model) {
				t.Errorf("seed %d: %d records, want %d", seed, seen, len(model))
			}
		})
	}
}
