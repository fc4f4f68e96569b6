package store

import (
	"encoding/base64"
	"slices"

	"certreissue/reissue"
)

// A span is a stretch of an index to be paged through.
type span struct {
	index     string
	prefix    []byte
	backwards bool
}

// page gives up to size records of a span that pass, after a cursor. next is
// the cursor of the page after it, "" at the end; more tells that the walk
// stopped at maxSteps and not at a full page. A cursor that is none is
// reissue.ErrNotFound. It stands in addresses, hence it is what follows the
// prefix, which may be a person's number.
func (t *Table[T]) page(tx *txn, in span, cursor string, size int, passes func(*T) bool) (list []*T, next string, more bool, err error) {
	last, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return nil, "", false, reissue.ErrNotFound
	}
	var after []byte
	if len(last) > 0 {
		after = slices.Concat(in.prefix, last)
	}
	steps := 0
	for entry, k := range t.entries(tx.Tx, in.index, in.prefix, after, in.backwards) {
		record, err := t.get(tx.Tx, k)
		if err != nil {
			return nil, "", false, err
		}
		steps++
		passed, full := passes(record), len(list) == size
		if full && passed || steps > maxSteps {
			return list, base64.RawURLEncoding.EncodeToString(last), !full, nil
		}
		if passed {
			list = append(list, record)
		}
		last = entry[len(in.prefix):]
	}
	return list, "", false, nil
}
