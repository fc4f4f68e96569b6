package store

import (
	"bytes"
	"slices"

	bolt "go.etcd.io/bbolt"
)

// A pair is what a bucket keeps under one key.
type pair struct{ key, value []byte }

// load puts records under keys that the table has never had. Each bucket gets
// its keys in their order, which costs bbolt a fraction of what any other order
// costs.
func (t *Table[T]) load(tx *bolt.Tx, records []*T) error {
	pairs := make([]pair, 0, len(records))
	for _, record := range records {
		k := t.key(record)
		stored, err := encode(k, record)
		if err != nil {
			return err
		}
		pairs = append(pairs, pair{k, stored})
	}
	if last, _ := t.bucket(tx).Cursor().Last(); t.numbered && len(pairs) > 0 && bytes.Compare(last, pairs[0].key) >= 0 {
		return &RecordError{Table: t.name, Key: pairs[0].key, Err: errSequence}
	}
	keys := slices.Clone(pairs)
	if err := putInOrder(t.bucket(tx), pairs, t.bucket(tx).Put); err != nil {
		return err
	}
	for _, index := range t.indexes {
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
	last, _ := bucket.Cursor().Last()
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
