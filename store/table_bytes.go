package store

import (
	"bytes"
	"iter"

	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

// rawBytes keeps what is no record as it is, with a checksum, under record numbers.
type rawBytes struct{ name string }

func (r rawBytes) bucket(tx *bolt.Tx) *bolt.Bucket { return tx.Bucket([]byte(r.name)) }

// create makes the bucket where it is missing.
func (r rawBytes) create(tx *bolt.Tx) error { return createBuckets(tx, r.name) }

func (r rawBytes) missing(tx *bolt.Tx) []string { return missingBuckets(tx, r.name) }

// has tells whether there are bytes under a number.
func (r rawBytes) has(tx *bolt.Tx, number uint64) bool { return r.bucket(tx).Get(key(number)) != nil }

// get is a copy of the bytes of a number; reissue.ErrNotFound where there are none,
// and a *RecordError where they are not what was written.
func (r rawBytes) get(tx *bolt.Tx, number uint64) ([]byte, error) {
	k := key(number)
	stored := r.bucket(tx).Get(k)
	if stored == nil {
		return nil, reissue.ErrNotFound
	}
	value, err := unseal(k, stored)
	if err != nil {
		return nil, &RecordError{Table: r.name, Key: k, Err: err}
	}
	return bytes.Clone(value), nil
}

func (r rawBytes) put(tx *bolt.Tx, number uint64, value []byte) error {
	k := key(number)
	return r.bucket(tx).Put(k, seal(k, value))
}

func (r rawBytes) delete(tx *bolt.Tx, number uint64) error { return r.bucket(tx).Delete(key(number)) }

// keys are all keys, as they lie in the file.
func (r rawBytes) keys(tx *bolt.Tx) iter.Seq[[]byte] {
	return func(yield func([]byte) bool) {
		cursor := r.bucket(tx).Cursor()
		for k, _ := cursor.First(); k != nil; k, _ = cursor.Next() {
			if !yield(k) {
				return
			}
		}
	}
}
