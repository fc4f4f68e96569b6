package store

import (
	"fmt"

	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

// A single is one record of its kind in the whole file.
type single[T any] struct{ name string }

const singles = "singles"

// createSingles makes the bucket of the singles in a new file.
func createSingles(tx *bolt.Tx) error { return createBuckets(tx, singles) }

// get decodes the record; reissue.ErrNotFound where it was never written.
func (s single[T]) get(tx *bolt.Tx) (*T, error) {
	bucket := tx.Bucket([]byte(singles))
	if bucket == nil {
		return nil, reissue.ErrNotFound
	}
	value := bucket.Get([]byte(s.name))
	if value == nil {
		return nil, reissue.ErrNotFound
	}
	record := new(T)
	if err := decoding.Unmarshal(value, record); err != nil {
		return nil, fmt.Errorf("%s: %w: %v", s.name, errDamaged, err)
	}
	return record, nil
}

func (s single[T]) put(tx *bolt.Tx, record *T) error {
	value, err := encoding.Marshal(record)
	if err != nil {
		return err
	}
	return tx.Bucket([]byte(singles)).Put([]byte(s.name), value)
}
