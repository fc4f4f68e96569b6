package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"

	bolt "go.etcd.io/bbolt"
)

// sumLength is what a stored value has behind what it says: the CRC-32C of its key
// and the value, in that order, big-endian. Disks and memory that turn a bit are
// found by it; it is no protection against people.
const sumLength = 4

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

func sumOf(k, value []byte) uint32 {
	return crc32.Update(crc32.Checksum(k, castagnoli), castagnoli, value)
}

// seal is a value as it is stored, in bytes of its own.
func seal(k, value []byte) []byte {
	stored := make([]byte, 0, len(value)+sumLength)
	return binary.BigEndian.AppendUint32(append(stored, value...), sumOf(k, value))
}

// unseal is what a stored value says, within its bytes.
func unseal(k, stored []byte) ([]byte, error) {
	length := len(stored) - sumLength
	if length < 0 {
		return nil, errSum
	}
	value := stored[:length:length]
	if binary.BigEndian.Uint32(stored[length:]) != sumOf(k, value) {
		return nil, errSum
	}
	return value, nil
}

var errSum = errors.New("the checksum is of another value")

// RecordError is a record, or a photo, that is not what was once written. Nothing
// may be shown of it or built upon it.
type RecordError struct {
	Table string
	Key   []byte
	Err   error // what is wrong, for engineers
}

func (e *RecordError) Error() string {
	return fmt.Sprintf("%s %x is damaged: %v", e.Table, e.Key, e.Err)
}

func (e *RecordError) Unwrap() error { return e.Err }

// What one transaction of sealing takes in at most, in values and in bytes.
var sealedAtOnce, sealedBytesAtOnce = 5000, 8 << 20

// sealSingles gives the singles their checksums, all but the identity, whose owner
// puts it after every part.
func sealSingles(tx *bolt.Tx) (err error) {
	for last := []byte{}; last != nil && err == nil; {
		last, err = sealPart(tx, singles, last)
	}
	return err
}

// sealPart gives values of a bucket their checksums, from the key after `after` on,
// as many as one transaction should take: last is the key of the last one, nil where
// it was the bucket's.
func sealPart(tx *bolt.Tx, name string, after []byte) (last []byte, err error) {
	bucket := tx.Bucket([]byte(name))
	cursor := bucket.Cursor()
	k, value := cursor.Seek(after)
	if k != nil && bytes.Equal(k, after) {
		k, value = cursor.Next()
	}
	var pairs []pair
	size := 0
	for ; k != nil && len(pairs) < sealedAtOnce && size < sealedBytesAtOnce; k, value = cursor.Next() {
		pairs = append(pairs, pair{bytes.Clone(k), seal(k, value)})
		size += len(value)
	}
	if k != nil {
		last = pairs[len(pairs)-1].key
	}
	return last, putInOrder(bucket, pairs, bucket.Put)
}

// splitPlace undoes key(name, last).
func splitPlace(place []byte) (name string, last []byte) {
	first, last, _ := bytes.Cut(place, []byte{0})
	return string(first), last
}
