package store

import (
	"bytes"
	"slices"

	bolt "go.etcd.io/bbolt"
)

// A pair is what a bucket keeps under one key.
type pair struct{ key, value []byte }

// load puts records under keys that the table has never had, with those of their
// entries that some indexes are to have. Each bucket gets its keys in their order, which
// costs bbolt a fraction of what any other order costs.
func (t *Table[T]) load(tx *bolt.Tx, records []*T, in func(*Index[T]) bool) error {
	pairs := make([]pair, 0, len(records))
	for _, record := range records {
		k := t.key(record)
		stored, err := encode(k, record)
		if err != nil {
			return err
		}
		pairs = append(pairs, pair{k, stored})
	}
	if last := lastKey(t.bucket(tx).Cursor()); t.numbered && len(pairs) > 0 && bytes.Compare(last, pairs[0].key) >= 0 {
		return &RecordError{Table: t.name, Key: pairs[0].key, Err: errSequence}
	}
	keys := slices.Clone(pairs)
	if err := putInOrder(t.bucket(tx), pairs, t.bucket(tx).Put); err != nil {
		return err
	}
	for _, index := range t.indexes {
		if !in(&index) {
			continue
		}
		pairs = pairs[:0]
		for n, record := range records {
			for _, entry := range index.keys(record) {
				pairs = append(pairs, pair{key: append(entry, keys[n].key...)})
			}
		}
		bucket := t.indexBucket(tx, index.name)
		err := putInOrder(bucket, pairs, func(entry, _ []byte) error { return t.enter(bucket, &index, entry) })
		if err != nil {
			return err
		}
	}
	return nil
}

// indexedAtOnce is how many records one transaction enters into their indexes at most.
var indexedAtOnce = 2000

// reindex enters records into those indexes that lack them, from the one after a key
// on, as many as one transaction should take: last is the key of the last one, nil
// where it was the table's. One that is damaged is in none.
func (t *Table[T]) reindex(tx *bolt.Tx, after []byte) (last []byte, err error) {
	cursor := t.bucket(tx).Cursor()
	k, value := cursor.Seek(after)
	if k != nil && bytes.Equal(k, after) {
		k, value = cursor.Next()
	}
	missing := make([][]pair, len(t.indexes))
	for n := 0; k != nil && n < indexedAtOnce; k, value = cursor.Next() {
		n++
		last = bytes.Clone(k)
		record, err := t.decode(k, value)
		if err != nil {
			continue
		}
		for i, index := range t.indexes {
			for _, entry := range index.keys(record) {
				entry = append(entry, k...)
				if found, _ := t.indexBucket(tx, index.name).Cursor().Seek(entry); !bytes.Equal(found, entry) {
					missing[i] = append(missing[i], pair{key: entry})
				}
			}
		}
	}
	for i, index := range t.indexes {
		bucket := t.indexBucket(tx, index.name)
		if err := putInOrder(bucket, missing[i], bucket.Put); err != nil {
			return nil, err
		}
	}
	if k == nil {
		last = nil
	}
	return last, nil
}

// every index and inTime, all but the deferred ones, are what load is asked for.
func (t *Table[T]) every(*Index[T]) bool        { return true }
func (t *Table[T]) inTime(index *Index[T]) bool { return !index.deferred }

// deferredEntries are a record's entries in the deferred indexes, each behind the place of its
// index: those of all records, put in order, are what enterDeferred takes.
func (t *Table[T]) deferredEntries(record *T) (entries []string) {
	for place, index := range t.indexes {
		if index.deferred {
			for _, entry := range index.keys(record) {
				entries = append(entries, string(byte(place))+string(entry)+string(t.key(record)))
			}
		}
	}
	return entries
}

// enterDeferred puts deferred entries, which may be there already.
func (t *Table[T]) enterDeferred(tx *bolt.Tx, entries []string) error {
	for place, index := range t.indexes {
		var pairs []pair
		for ; len(entries) > 0 && entries[0][0] == byte(place); entries = entries[1:] {
			pairs = append(pairs, pair{key: []byte(entries[0][1:])})
		}
		bucket := t.indexBucket(tx, index.name)
		if err := putInOrder(bucket, pairs, bucket.Put); err != nil {
			return err
		}
	}
	return nil
}

// upcoming is the number that will be drawn next.
func (t *Table[T]) upcoming(tx *bolt.Tx) uint64 { return t.bucket(tx).Sequence() + 1 }

// none tells that the table has no record.
func (t *Table[T]) none(tx *bolt.Tx) bool {
	k, _ := t.bucket(tx).Cursor().First()
	return k == nil
}

// fullPages is how full bbolt leaves the pages of a bucket that grows at its
// end. Elsewhere a page needs room for what comes in between.
const fullPages = 0.95

// putInOrder puts pairs in the order of their keys.
func putInOrder(bucket *bolt.Bucket, pairs []pair, put func(k, value []byte) error) error {
	slices.SortFunc(pairs, func(a, b pair) int { return bytes.Compare(a.key, b.key) })
	last := lastKey(bucket.Cursor())
	if len(pairs) > 0 && bytes.Compare(last, pairs[0].key) < 0 {
		bucket.FillPercent = fullPages
	}
	for _, p := range pairs {
		if err := put(p.key, p.value); err != nil {
			return err
		}
	}
	return nil
}
