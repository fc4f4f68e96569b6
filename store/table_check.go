package store

import (
	"bytes"

	bolt "go.etcd.io/bbolt"
)

// check compares each index with the records in both directions: every key of
// every record is there, and there are no more entries than keys.
func (t *Table[T]) check(tx *bolt.Tx, report func(Finding)) {
	expected := make([]int, len(t.indexes))
	length := t.keyLength()
	cursor := t.bucket(tx).Cursor()
	for k, value := cursor.First(); k != nil; k, value = cursor.Next() {
		// A damaged length reaches into memory that is not the key's: no more of it
		// is read than a key has.
		if len(k) != length {
			report(findRecord(t.name, k[:min(len(k), length)]))
			continue
		}
		record, err := t.decode(k, value)
		if err != nil {
			report(findRecord(t.name, k))
			continue
		}
		if !bytes.Equal(t.key(record), k) {
			report(findRecord(t.name, k))
		}
		for i, index := range t.indexes {
			for _, entry := range index.keys(record) {
				expected[i]++
				full := append(entry, k...)
				if found, _ := t.indexBucket(tx, index.name).Cursor().Seek(full); !bytes.Equal(found, full) {
					report(findIndexMissing(t.name+"."+index.name, k))
				}
			}
		}
	}
	for i, index := range t.indexes {
		entries := 0
		cursor := t.indexBucket(tx, index.name).Cursor()
		for k, _ := cursor.First(); k != nil; k, _ = cursor.Next() {
			entries++
		}
		if entries != expected[i] {
			report(findIndexExtra(t.name+"."+index.name, entries, expected[i]))
		}
	}
}

// checkInline wants the buckets that lie within a page of another to be leaves,
// which bbolt's check does not look at: a walk through others goes in circles.
func checkInline(tx *bolt.Tx, report func(Finding)) {
	tx.ForEach(func(name []byte, b *bolt.Bucket) error {
		if b.Root() == 0 && b.Stats().InlineBucketInuse == 0 {
			report(findTableBroken(string(name)))
		}
		return nil
	})
}
