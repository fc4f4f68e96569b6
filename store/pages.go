package store

import (
	"bytes"
	"cmp"
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"iter"
	"slices"

	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

// Page is one page of a list, after a cursor, "" for the first. Next is the
// cursor of the page after it, "" at the end; More tells that the walk stopped at
// its limit and not at a full page, and Damaged is the first record that is left
// out because it cannot be read, nil where all are there. What is no cursor is reissue.ErrNotFound.
type Page[T any] struct {
	Rows    []*T
	Next    string
	More    bool
	Damaged *RecordError
}

// A span is the part of an index that a list shows, in the list's order.
type span struct {
	index     string // "" is the table itself
	prefix    []byte
	backwards bool
	// What follows the prefix: the first, and the first one after it; nil for all.
	from, to []byte
	dear     bool // to judge whether a record passes takes looks at several others
}

// limit is how many records a walk looks at.
func (in *span) limit() int {
	if in.dear {
		return maxSteps / 10
	}
	return maxSteps
}

// walk gives the entries of a span, or those behind one in the list's order: each with
// the record key in it. Both are only good until the transaction ends.
func (t *Table[T]) walk(tx *bolt.Tx, in span, after []byte) iter.Seq2[[]byte, []byte] {
	first, last := in.from, in.to
	if in.backwards {
		first, last = in.to, in.from
	}
	if start := slices.Concat(in.prefix, first); first != nil && (after == nil || (bytes.Compare(after, start) < 0) != in.backwards) {
		after = start
	}
	return func(yield func([]byte, []byte) bool) {
		for entry, k := range t.entries(tx, in.index, in.prefix, after, in.backwards) {
			before := bytes.Compare(entry[len(in.prefix):], last) < 0
			if last != nil && before == in.backwards || !yield(entry, k) {
				return
			}
		}
	}
}

// A page walks an index for so many steps at most: a search that is combined
// with filters must not read the whole file in one request.
var maxSteps = 5000 // tests lower it

// eachRows is the length of a page that nobody looks at.
const eachRows = 500

// page gives up to size records of a span that pass, all where passes is nil,
// after a cursor. A cursor is what follows the prefix in the last entry walked
// past, sealed: that entry may be of somebody whom the reader must not know.
func (t *Table[T]) page(tx *txn, in span, cursor string, size int, passes func(*T) bool) (page Page[T], err error) {
	var last []byte
	list := key(t.name, in.index, in.prefix)
	if cursor != "" {
		if last, err = tx.store.openCursor(cursor, list); err != nil {
			return page, err
		}
	}
	var after []byte
	if last != nil {
		after = slices.Concat(in.prefix, last)
	}
	steps := 0
	for entry, k := range t.walk(tx.Tx, in, after) {
		place := entry[len(in.prefix):]
		record, err := t.get(tx.Tx, k)
		if tx.leftOut(err) {
			page.Damaged = cmp.Or(page.Damaged, damaged(err))
			last = place
			continue
		}
		if err != nil {
			return page, err
		}
		steps++
		passed, full := passes == nil || passes(record), len(page.Rows) == size
		if full && passed || steps > in.limit() {
			page.Next, page.More = tx.store.sealCursor(last, list), !full
			break
		}
		if passed {
			page.Rows = append(page.Rows, record)
		}
		last = place
	}
	return page, nil
}

// cursorBlock is what the length of a place is rounded up to before it is sealed:
// a cursor must not tell how long a name is.
const cursorBlock = 64

// cursorSeal is under the file's own secret: a cursor outlives a restart, but not a
// restore.
func (s *Store) cursorSeal() cipher.AEAD {
	block, err := aes.NewCipher(s.Sign("cursor"))
	if err != nil {
		panic(err) // no length of a key
	}
	seal, err := cipher.NewGCMWithRandomNonce(block)
	if err != nil {
		panic(err) // no block of AES
	}
	return seal
}

// sealCursor makes a place in a list a cursor of that list and no other.
func (s *Store) sealCursor(place, list []byte) string {
	padded := append(slices.Clone(place), 1)
	padded = append(padded, make([]byte, cursorBlock-1-(len(padded)-1)%cursorBlock)...)
	return base64.RawURLEncoding.EncodeToString(s.cursorSeal().Seal(nil, nil, padded, list))
}

// openCursor is the place that a cursor of a list was made from; reissue.ErrNotFound
// for what is none.
func (s *Store) openCursor(cursor string, list []byte) ([]byte, error) {
	sealed, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return nil, reissue.ErrNotFound
	}
	padded, err := s.cursorSeal().Open(nil, nil, sealed, list)
	if err != nil {
		return nil, reissue.ErrNotFound
	}
	padded = bytes.TrimRight(padded, "\x00")
	return padded[:len(padded)-1], nil
}

// each gives every row of a list, page by page of eachRows: no transaction stays
// open while do is slow. A list that cannot be whole ends with a *RecordError.
func each[T any](list func(cursor string) (Page[T], error), do func(*T) error) error {
	for cursor, more := "", true; more; {
		page, err := list(cursor)
		if err != nil {
			return err
		}
		if page.Damaged != nil {
			return page.Damaged
		}
		for _, row := range page.Rows {
			if err := do(row); err != nil {
				return err
			}
		}
		cursor, more = page.Next, page.Next != ""
	}
	return nil
}
