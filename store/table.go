package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"iter"
	"slices"
	"sync"

	"certreissue/reissue"

	"github.com/fxamacker/cbor/v2"
	bolt "go.etcd.io/bbolt"
)

// A Table keeps records of one type under a key of fixed length, as CBOR with a
// checksum, with its indexes always in step. Only this file and those whose names begin like its own
// know buckets and encoding.
type Table[T any] struct {
	name    string
	key     func(*T) []byte
	indexes []Index[T]
	// numbered says that the keys are numbers out of the bucket's own sequence.
	numbered bool
}

// An Index finds records by other values than their key. A record for which
// keys gives nothing is not in it, which makes a partial index; in a unique one
// no two records share a key. A deferred one, whose keys come in no order, gets those of a
// large load after all its records (see Table.enterDeferred); it is never unique.
type Index[T any] struct {
	name     string
	unique   bool
	deferred bool
	keys     func(*T) [][]byte
}

// DuplicateError says that a unique index already has the key, for the record
// under Holder.
type DuplicateError struct {
	Index  string
	Holder []byte
}

func (e *DuplicateError) Error() string { return "duplicate in index " + e.Index }

// encoding sorts map keys, so that equal records are equal bytes: the audit
// chain hashes them.
var encoding = func() cbor.UserBufferEncMode {
	mode, err := cbor.CoreDetEncOptions().UserBufferEncMode()
	if err != nil {
		panic(err)
	}
	return mode
}()

// decoding takes texts as they were stored: a candidate's draft may hold bytes
// that are no UTF-8, and what could be written must be readable.
var decoding = func() cbor.DecMode {
	mode, err := cbor.DecOptions{UTF8: cbor.UTF8DecodeInvalid}.DecMode()
	if err != nil {
		panic(err)
	}
	return mode
}()

// key joins parts into an index key: strings closed by a zero byte, numbers
// big-endian, so that bytes sort as the values do.
func key(parts ...any) []byte {
	var k []byte
	for _, part := range parts {
		switch v := part.(type) {
		case string:
			k = append(append(k, v...), 0)
		case uint64:
			k = binary.BigEndian.AppendUint64(k, v)
		case int:
			k = binary.BigEndian.AppendUint64(k, uint64(v))
		case reissue.Moment:
			k = binary.BigEndian.AppendUint64(k, uint64(v))
		case []byte:
			k = append(k, v...)
		default:
			panic(fmt.Sprintf("store: a key part cannot be a %T", part))
		}
	}
	return k
}

// id reads a record number back from a key.
func id(k []byte) uint64 { return binary.BigEndian.Uint64(k) }

func (t *Table[T]) indexBucket(tx *bolt.Tx, index string) *bolt.Bucket {
	return tx.Bucket([]byte(t.name + "." + index))
}

func (t *Table[T]) bucket(tx *bolt.Tx) *bolt.Bucket { return tx.Bucket([]byte(t.name)) }

// label is the name of the bucket with the records.
func (t *Table[T]) label() string { return t.name }

// buckets are the names of the table's buckets.
func (t *Table[T]) buckets() []string {
	names := []string{t.name}
	for _, index := range t.indexes {
		names = append(names, t.name+"."+index.name)
	}
	return names
}

// create makes the table's buckets where they are missing.
func (t *Table[T]) create(tx *bolt.Tx) error { return createBuckets(tx, t.buckets()...) }

func createBuckets(tx *bolt.Tx, names ...string) error {
	for _, name := range names {
		if _, err := tx.CreateBucketIfNotExists([]byte(name)); err != nil {
			return err
		}
	}
	return nil
}

// missing are the names of the table's buckets that the file has not.
func (t *Table[T]) missing(tx *bolt.Tx) []string { return missingBuckets(tx, t.buckets()...) }

func missingBuckets(tx *bolt.Tx, names ...string) []string {
	return slices.DeleteFunc(names, func(name string) bool { return tx.Bucket([]byte(name)) != nil })
}

// next is a record number that was never given out before. The sequence has no
// checksum: one that was set back by damage must not lead to a record that is there.
func (t *Table[T]) next(tx *bolt.Tx) (uint64, error) {
	number, err := t.draw(tx)
	if err == nil && t.has(tx, key(number)) {
		err = &RecordError{Table: t.name, Key: key(number), Err: errSequence}
	}
	return number, err
}

// draw is next for records that load puts, which looks once for all of them.
func (t *Table[T]) draw(tx *bolt.Tx) (uint64, error) { return t.bucket(tx).NextSequence() }

var errSequence = errors.New("the sequence gives a number that is taken")

// has tells whether there is a record under the key.
func (t *Table[T]) has(tx *bolt.Tx, k []byte) bool { return t.bucket(tx).Get(k) != nil }

// get decodes the record under the key; reissue.ErrNotFound where there is
// none, and a *RecordError where it is not what was written.
func (t *Table[T]) get(tx *bolt.Tx, k []byte) (*T, error) {
	stored := t.bucket(tx).Get(k)
	if stored == nil {
		return nil, reissue.ErrNotFound
	}
	return t.decode(k, stored)
}

func (t *Table[T]) decode(k, stored []byte) (*T, error) {
	record := new(T)
	value, err := unseal(k, stored)
	if err == nil {
		err = decoding.Unmarshal(value, record)
	}
	if err != nil {
		return nil, &RecordError{Table: t.name, Key: bytes.Clone(k), Err: err}
	}
	return record, nil
}

// encode is a record as it is stored under its key.
func encode(k []byte, record any) ([]byte, error) {
	buffer := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buffer)
	buffer.Reset()
	if err := encoding.MarshalToBuffer(record, buffer); err != nil {
		return nil, err
	}
	return seal(k, buffer.Bytes()), nil
}

// buffers are what records are encoded in before their length is known.
var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// put writes the record, new or changed, and brings every index into step.
func (t *Table[T]) put(tx *bolt.Tx, record *T) error {
	k := t.key(record)
	old, err := t.get(tx, k)
	if err != nil && !errors.Is(err, reissue.ErrNotFound) {
		return err
	}
	for _, index := range t.indexes {
		bucket := t.indexBucket(tx, index.name)
		var before [][]byte
		if old != nil {
			before = index.keys(old)
		}
		after := index.keys(record)
		for _, entry := range before {
			if !holds(after, entry) {
				if err := bucket.Delete(append(entry, k...)); err != nil {
					return err
				}
			}
		}
		for _, entry := range after {
			if holds(before, entry) {
				continue
			}
			if err := t.enter(bucket, &index, append(entry, k...)); err != nil {
				return err
			}
		}
	}
	stored, err := encode(k, record)
	if err != nil {
		return err
	}
	return t.bucket(tx).Put(k, stored)
}

// enter puts an entry, with the record's key at its end, into an index.
func (t *Table[T]) enter(bucket *bolt.Bucket, index *Index[T], entry []byte) error {
	if index.unique {
		length := t.keyLength()
		if holder := t.first(bucket, entry[:len(entry)-length], length); holder != nil {
			return &DuplicateError{Index: t.name + "." + index.name, Holder: holder}
		}
	}
	return bucket.Put(entry, nil)
}

// delete removes the record and its index entries; a missing one is no error.
func (t *Table[T]) delete(tx *bolt.Tx, k []byte) error {
	old, err := t.get(tx, k)
	if errors.Is(err, reissue.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	for _, index := range t.indexes {
		for _, entry := range index.keys(old) {
			if err := t.indexBucket(tx, index.name).Delete(append(entry, k...)); err != nil {
				return err
			}
		}
	}
	return t.bucket(tx).Delete(k)
}

func holds(keys [][]byte, k []byte) bool {
	for _, other := range keys {
		if bytes.Equal(other, k) {
			return true
		}
	}
	return false
}

// first is the record key of the first index entry that is exactly entry, nil
// where there is none.
func (t *Table[T]) first(bucket *bolt.Bucket, entry []byte, keyLength int) []byte {
	found, _ := bucket.Cursor().Seek(entry)
	if len(found) != len(entry)+keyLength || !bytes.HasPrefix(found, entry) {
		return nil
	}
	return bytes.Clone(found[len(entry):])
}

// keyLength is the length of the table's keys, told by a zero record.
func (t *Table[T]) keyLength() int { return len(t.key(new(T))) }

// unique finds the one record that has the key in a unique index.
func (t *Table[T]) unique(tx *bolt.Tx, index string, k []byte) (*T, error) {
	holder := t.first(t.indexBucket(tx, index), k, t.keyLength())
	if holder == nil {
		return nil, reissue.ErrNotFound
	}
	return t.get(tx, holder)
}

// all walks the table in the order of its keys. Behind one that is damaged come the
// others.
func (t *Table[T]) all(tx *bolt.Tx) iter.Seq2[*T, error] { return t.from(tx, nil) }

// from is all from a key on.
func (t *Table[T]) from(tx *bolt.Tx, k []byte) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		cursor := t.bucket(tx).Cursor()
		for k, value := cursor.Seek(k); k != nil; k, value = cursor.Next() {
			record, err := t.decode(k, value)
			if !yield(record, err) {
				return
			}
		}
	}
}

// under gives the records whose own key begins with prefix.
func (t *Table[T]) under(tx *bolt.Tx, prefix []byte) ([]*T, error) {
	var records []*T
	cursor := t.bucket(tx).Cursor()
	for k, value := cursor.Seek(prefix); bytes.HasPrefix(k, prefix); k, value = cursor.Next() {
		record, err := t.decode(k, value)
		if err != nil {
			return nil, err
		}
		records = append(records, record)
	}
	return records, nil
}

// entries walks an index, or where that is "" the keys of the table itself: the
// entries that begin with prefix, from the one after `after` on (nil: from the
// start), or backwards. It gives each entry and the record key in it; both are
// only good until the transaction ends.
func (t *Table[T]) entries(tx *bolt.Tx, index string, prefix, after []byte, backwards bool) iter.Seq2[[]byte, []byte] {
	return func(yield func([]byte, []byte) bool) {
		bucket := t.bucket(tx)
		if index != "" {
			bucket = t.indexBucket(tx, index)
		}
		cursor := bucket.Cursor()
		length := t.keyLength()
		step := cursor.Next
		var k []byte
		switch {
		case backwards:
			step = cursor.Prev
			from := after
			if from == nil {
				from = append(bytes.Clone(prefix), bytes.Repeat([]byte{0xFF}, 64)...)
			}
			if k, _ = cursor.Seek(from); k == nil {
				k = lastKey(cursor)
			}
			for k != nil && bytes.Compare(k, from) >= 0 {
				k, _ = step()
			}
		case after != nil:
			if k, _ = cursor.Seek(after); bytes.Equal(k, after) {
				k, _ = step()
			}
		default:
			k, _ = cursor.Seek(prefix)
		}
		for ; k != nil && bytes.HasPrefix(k, prefix); k, _ = step() {
			if !yield(k, k[len(k)-length:]) {
				return
			}
		}
	}
}

// having gives the records whose entry in the index begins with prefix.
func (t *Table[T]) having(tx *bolt.Tx, index string, prefix []byte) ([]*T, error) {
	var records []*T
	for _, k := range t.entries(tx, index, prefix, nil, false) {
		record, err := t.get(tx, k)
		if err != nil {
			return nil, err
		}
		records = append(records, record)
	}
	return records, nil
}

// clear deletes up to ten records whose entry in an index by moment lies before
// a moment.
func (t *Table[T]) clear(tx *bolt.Tx, index string, before reissue.Moment) error {
	var over [][]byte
	for entry, k := range t.entries(tx, index, nil, nil, false) {
		if len(over) == 10 || reissue.Moment(id(entry[:8])) >= before {
			break
		}
		over = append(over, bytes.Clone(k))
	}
	for _, k := range over {
		if err := t.delete(tx, k); err != nil {
			return err
		}
	}
	return nil
}

// empty deletes every record of the table.
func (t *Table[T]) empty(tx *bolt.Tx) error {
	names := []string{t.name}
	for _, index := range t.indexes {
		names = append(names, t.name+"."+index.name)
	}
	for _, name := range names {
		if err := tx.DeleteBucket([]byte(name)); err != nil {
			return err
		}
	}
	return t.create(tx)
}
