package store

import (
	"bytes"

	bolt "go.etcd.io/bbolt"
)

// check compares each index with the records in both directions: every key of
// every record is there, and there are no more entries than keys.
func (t *Table[T]) check(tx *bolt.Tx, x *examination) {
	expected := make([]int, len(t.indexes))
	length := t.keyLength()
	cursor, buckets := t.bucket(tx).Cursor(), t.buckets()
	for k, value := cursor.First(); k != nil && x.step(buckets...); k, value = cursor.Next() {
		// A damaged length reaches into memory that is not the key's: no more of it
		// is read than a key has.
		if len(k) != length {
			x.report(findRecord(t.name, k[:min(len(k), length)]))
			continue
		}
		record, err := t.decode(k, value)
		if err != nil {
			x.report(findRecord(t.name, k))
			continue
		}
		if !bytes.Equal(t.key(record), k) {
			x.report(findRecord(t.name, k))
		}
		for i, index := range t.indexes {
			for _, entry := range index.keys(record) {
				full := append(entry, k...)
				found, _ := t.indexBucket(tx, index.name).Cursor().Seek(full)
				there := bytes.Equal(found, full)
				if !there && index.deferred && x.deferred != nil && bytes.Compare(k, x.deferred) >= 0 {
					continue // an import has still to enter it
				}
				expected[i]++
				if !there {
					x.report(findIndexMissing(t.name+"."+index.name, k))
				}
			}
		}
	}
	if last := lastKey(t.bucket(tx).Cursor()); t.numbered && len(last) == length && t.bucket(tx).Sequence() < id(last) {
		x.report(findSequence(t.name))
	}
	for i, index := range t.indexes {
		entries := 0
		name := t.name + "." + index.name
		cursor := t.indexBucket(tx, index.name).Cursor()
		for k, _ := cursor.First(); k != nil && x.step(name); k, _ = cursor.Next() {
			entries++
		}
		if entries != expected[i] && x.ctx.Err() == nil {
			x.report(findIndexExtra(name, entries, expected[i]))
		}
	}
}
