package store

import (
	"bytes"
	"maps"
	"slices"

	bolt "go.etcd.io/bbolt"
)

// salvage takes what can still be read of a damaged file, and verifies, into a new
// one, and learns what is missing there. It hears of the buckets in the order of
// their names: of a table before its indexes.
type salvage struct {
	db      *bolt.DB          // the new file
	byName  map[string]table  // by every bucket of theirs
	singles map[string][]byte // as they are stored
	kept    int
	// gaps are where, by table, not everything can be read, and unread the keys of what
	// does not verify, which may be damaged themselves. missing are the keys that are
	// certain, for an index has them. A table is blind where an index is damaged too.
	gaps      map[string][]gap
	unread    map[string]map[string]bool
	missing   map[string]map[string]bool
	blind     map[string]bool
	met       map[string]bool // buckets
	sequences map[string]uint64

	bucket  string // of what waits to be written
	waiting []pair
	bytes   int
	err     error // of writing; nothing is done after it
}

// gap is a part of a table that cannot be read: keys from low to before high, nil for
// no bound.
type gap struct{ low, high []byte }

func (g gap) holds(k []byte) bool {
	return bytes.Compare(k, g.low) >= 0 && (g.high == nil || bytes.Compare(k, g.high) < 0)
}

func newSalvage(db *bolt.DB) *salvage {
	s := &salvage{db: db, byName: map[string]table{}, singles: map[string][]byte{}, missing: map[string]map[string]bool{},
		unread: map[string]map[string]bool{}, gaps: map[string][]gap{}, blind: map[string]bool{}, met: map[string]bool{}, sequences: map[string]uint64{}}
	for _, t := range tables {
		for _, name := range t.buckets() {
			s.byName[name] = t
		}
	}
	return s
}

// hear takes in what lies under a key of a bucket, or learns of it from an index. ok is
// false where it does not verify.
func (s *salvage) hear(bucket string, k, stored []byte) (ok bool) {
	if s == nil || s.err != nil {
		return true
	}
	t := s.byName[bucket]
	if t != nil && t.label() != bucket {
		if !s.met[t.label()] {
			s.count(t.label(), 0)
			s.miss(t.label(), nil, nil)
		}
		if own := k[max(0, len(k)-t.keyLength()):]; slices.ContainsFunc(s.gaps[t.label()], func(g gap) bool { return g.holds(own) }) {
			mark(s.missing, t.label(), own)
		}
		return true
	}
	if _, err := unseal(k, stored); err != nil {
		mark(s.unread, bucket, k)
		return false
	}
	if bucket == singles {
		s.singles[string(k)] = bytes.Clone(stored)
	} else if t != nil || bucket == photos.name {
		if s.bucket != bucket || len(s.waiting) >= sealedAtOnce || s.bytes >= sealedBytesAtOnce {
			s.flush()
		}
		s.bucket, s.bytes = bucket, s.bytes+len(stored)
		s.waiting = append(s.waiting, pair{bytes.Clone(k), bytes.Clone(stored)})
	}
	return true
}

// miss hears of keys that cannot be read.
func (s *salvage) miss(bucket string, low, high []byte) {
	if s == nil {
		return
	}
	t := s.byName[bucket]
	switch {
	case t == nil:
	case t.label() == bucket:
		s.gaps[bucket] = append(s.gaps[bucket], gap{bytes.Clone(low), bytes.Clone(high)})
	default:
		s.blind[t.label()] = true
	}
}

// count hears of a bucket, and how far its sequence is.
func (s *salvage) count(bucket string, sequence uint64) {
	if s == nil {
		return
	}
	s.met[bucket] = true
	s.sequences[bucket] = sequence
}

func mark(keys map[string]map[string]bool, name string, k []byte) {
	if keys[name] == nil {
		keys[name] = map[string]bool{}
	}
	keys[name][string(k)] = true
}

// flush writes what waits.
func (s *salvage) flush() {
	if s.err != nil || len(s.waiting) == 0 {
		return
	}
	s.err = s.db.Update(func(tx *bolt.Tx) error {
		for _, p := range s.waiting {
			kept, err := s.put(tx, s.bucket, p)
			if err != nil {
				return err
			}
			if kept {
				s.kept++
			} else {
				mark(s.missing, s.bucket, p.key)
			}
		}
		return nil
	})
	s.waiting, s.bytes = s.waiting[:0], 0
}

// put stores a value that verifies, unless there is one; kept is false where it does
// not fit in.
func (s *salvage) put(tx *bolt.Tx, bucket string, p pair) (kept bool, err error) {
	to := tx.Bucket([]byte(bucket))
	if to.Get(p.key) != nil {
		return true, nil
	}
	if t := s.byName[bucket]; t != nil {
		return t.keep(tx, p.key, p.value)
	}
	return true, to.Put(p.key, p.value)
}

// end writes the rest, and takes note of buckets that it never heard of.
func (s *salvage) end() error {
	s.flush()
	for name := range s.byName {
		if !s.met[name] {
			s.miss(name, nil, nil)
		}
	}
	return s.err
}

// keep puts a record that was read elsewhere, with its indexes; kept is false where it
// cannot be read, is of another key, or clashes with one that is there.
func (t *Table[T]) keep(tx *bolt.Tx, k, stored []byte) (kept bool, err error) {
	record, err := t.decode(k, stored)
	if err != nil || !bytes.Equal(t.key(record), k) {
		return false, nil
	}
	for _, index := range t.indexes {
		for _, entry := range index.keys(record) {
			if index.unique && t.first(t.indexBucket(tx, index.name), entry, t.keyLength()) != nil {
				return false, nil
			}
		}
	}
	return true, t.put(tx, record)
}

// farthest is how far behind the last record a sequence can be believed to be.
const farthest = 1 << 20

// renumber lets the next number come after those that were given: the sequence was at
// `at`, which may be damaged.
func (t *Table[T]) renumber(tx *bolt.Tx, at uint64) error {
	bucket := t.bucket(tx)
	last := lastKey(bucket.Cursor())
	if !t.numbered || last == nil {
		return nil
	}
	if at < id(last) || at > id(last)+farthest {
		at = id(last) + numbersSkipped
	}
	return bucket.SetSequence(at)
}

// wanted are the keys of a table that were there and are not in the new file. Where no
// index tells, those that do not verify are, and what the newest copy has in the gaps.
func (s *salvage) wanted(tx *bolt.Tx, t table, copies []*copied) [][]byte {
	name := t.label()
	if s.untold(t) {
		for k := range s.unread[name] {
			mark(s.missing, name, []byte(k))
		}
		if len(copies) > 0 {
			copies[0].db.View(func(copied *bolt.Tx) error {
				cursor := copied.Bucket([]byte(name)).Cursor()
				for _, g := range s.gaps[name] {
					for k, _ := cursor.Seek(g.low); k != nil && g.holds(k); k, _ = cursor.Next() {
						mark(s.missing, name, k)
					}
				}
				return nil
			})
		}
	}
	var keys [][]byte
	for _, k := range slices.Sorted(maps.Keys(s.missing[name])) {
		if len(k) == t.keyLength() && tx.Bucket([]byte(name)).Get([]byte(k)) == nil {
			keys = append(keys, []byte(k))
		}
	}
	return keys
}

// untold tells whether no index says what was in a table.
func (s *salvage) untold(t table) bool { return s.blind[t.label()] || len(t.buckets()) == 1 }

// unsure tells whether there may have been more in a table than is known.
func (s *salvage) unsure(t table) bool { return s.untold(t) && len(s.gaps[t.label()]) > 0 }

// storedIn is what a bucket of an open file has under a key, nil where it has nothing
// that verifies.
func storedIn(s *Store, bucket string, k []byte) (stored []byte) {
	s.db.View(func(tx *bolt.Tx) error {
		value := tx.Bucket([]byte(bucket)).Get(k)
		if _, err := unseal(k, value); err == nil {
			stored = bytes.Clone(value)
		}
		return nil
	})
	return stored
}

// savedSingle is a single of the damaged file, nil where it is not there, or not as it
// was written.
func savedSingle[T any](s *salvage, of single[T]) (*T, error) {
	stored := s.singles[of.name]
	if stored == nil {
		return nil, nil
	}
	record := new(T)
	if err := decoding.Unmarshal(stored[:len(stored)-sumLength], record); err != nil {
		return nil, &RecordError{Table: singles, Key: []byte(of.name), Err: err}
	}
	return record, nil
}

// putStored puts a single as another file has it.
func putStored(tx *bolt.Tx, name string, stored []byte) error {
	return tx.Bucket([]byte(singles)).Put([]byte(name), stored)
}
