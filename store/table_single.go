package store

import (
	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

// A single is one record of its kind in the whole file.
type single[T any] struct{ name string }

const singles = "singles"

// createSingles makes the bucket of the singles in a new file.
func createSingles(tx *bolt.Tx) error { return createBuckets(tx, singles) }

// get decodes the record; reissue.ErrNotFound where it was never written, and a
// *RecordError where it is not what was written.
func (s single[T]) get(tx *bolt.Tx) (*T, error) {
	bucket := tx.Bucket([]byte(singles))
	if bucket == nil {
		return nil, reissue.ErrNotFound
	}
	k := []byte(s.name)
	stored := bucket.Get(k)
	if stored == nil {
		return nil, reissue.ErrNotFound
	}
	value, err := unseal(k, stored)
	if err != nil && hasNoSums(bucket) {
		value, err = stored, nil
	}
	record := new(T)
	if err == nil {
		err = decoding.Unmarshal(value, record)
	}
	if err != nil {
		return nil, &RecordError{Table: singles, Key: k, Err: err}
	}
	return record, nil
}

// hasNoSums tells by the identity whether the file is from before the schema with
// checksums: it is looked into before it is brought to today's.
func hasNoSums(bucket *bolt.Bucket) bool {
	k := []byte(identities.name)
	stored := bucket.Get(k)
	value, err := unseal(k, stored)
	if err != nil {
		value = stored
	}
	var i struct {
		Schema int `cbor:"2,keyasint"`
	}
	return decoding.Unmarshal(value, &i) == nil && i.Schema < firstWithSums
}

func (s single[T]) put(tx *bolt.Tx, record *T) error {
	k := []byte(s.name)
	stored, err := encode(k, record)
	if err != nil {
		return err
	}
	return tx.Bucket([]byte(singles)).Put(k, stored)
}

// checkSingles wants every single to be what was written.
func checkSingles(tx *bolt.Tx, x *examination) {
	cursor := tx.Bucket([]byte(singles)).Cursor()
	for k, stored := cursor.First(); k != nil; k, stored = cursor.Next() {
		if _, err := unseal(k, stored); err != nil {
			x.report(findRecord(singles, k))
		}
	}
}
