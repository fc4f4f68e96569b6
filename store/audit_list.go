package store

import (
	"encoding/base64"
	"fmt"
	"runtime/debug"

	"certreissue/reissue"
)

// AuditFilter says which rows of the log a list shows; zero fields do not
// filter.
type AuditFilter struct {
	Kind     string // candidate, staff or system
	By       uint64 // with Kind: the account or staff member
	Act      string
	Object   string
	ObjectID uint64         // with Object
	From, To reissue.Moment // To is the first moment after
}

// AuditPage is one page of the log, the newest row first. Next and More are as
// those of a Page.
type AuditPage struct {
	Rows []*Audit
	Next string
	More bool
}

// AuditRows is one page of the rows that pass the filter, after a cursor. A
// cursor that is none is reissue.ErrNotFound.
func (s *Store) AuditRows(filter AuditFilter, cursor string, size int) (page AuditPage, err error) {
	after, err := base64.RawURLEncoding.DecodeString(cursor)
	if err != nil {
		return page, reissue.ErrNotFound
	}
	index, prefix, timed := filter.index()
	switch {
	case len(after) > 0:
	case timed && filter.To != 0:
		after = append(key(prefix), key(filter.To)...)
	default:
		after = nil
	}
	err = s.view(func(tx *txn) error {
		steps := 0
		for entry, k := range audits.entries(tx.Tx, index, prefix, after, true) {
			row, err := audits.get(tx.Tx, k)
			if err != nil {
				return err
			}
			if timed && row.At < filter.From {
				return nil
			}
			steps++
			full := len(page.Rows) == size
			if full && filter.passes(row) || steps > maxSteps {
				page.More = !full
				page.Next = base64.RawURLEncoding.EncodeToString(after)
				return nil
			}
			if filter.passes(row) {
				page.Rows = append(page.Rows, row)
			}
			after = append(after[:0:0], entry...)
		}
		return nil
	})
	return page, err
}

// index picks the index that leaves the fewest rows to look at. In a timed one
// the moments follow the prefix.
func (f *AuditFilter) index() (name string, prefix []byte, timed bool) {
	switch {
	case f.Object != "" && f.ObjectID != 0:
		return "object", key(f.Object, f.ObjectID), false
	case f.By != 0:
		return "by", key(f.Kind, f.By), true
	}
	return "at", nil, true
}

func (f *AuditFilter) passes(row *Audit) bool {
	return (f.Kind == "" || row.Kind == f.Kind) &&
		(f.By == 0 || row.By == f.By) &&
		(f.Act == "" || row.Act == f.Act) &&
		(f.Object == "" || row.Object == f.Object) &&
		(f.ObjectID == 0 || row.ObjectID == f.ObjectID) &&
		row.At >= f.From && (f.To == 0 || row.At < f.To)
}

// EachAudit gives every row that passes the filter, the newest first, page by
// page: no transaction stays open while do is slow.
func (s *Store) EachAudit(filter AuditFilter, do func(*Audit) error) error {
	for cursor, more := "", true; more; {
		page, err := s.AuditRows(filter, cursor, 500)
		if err != nil {
			return err
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

// VerifyAudit walks the chain from its first row to its head, and notes that
// somebody did. It answers the head that was verified, and what is wrong.
func (s *Store) VerifyAudit(by reissue.Actor) (row uint64, hash []byte, found []Finding, err error) {
	err = s.view(func(tx *txn) error {
		// In a damaged file walking itself may panic or fault.
		defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
		defer func() {
			if caught := recover(); caught != nil {
				found = append(found, findStructure(fmt.Sprint(caught)))
			}
		}()
		report := func(f Finding) { found = append(found, f) }
		audits.check(tx.Tx, report)
		checkAudit(tx.Tx, report)
		head, err := chainHeads.get(tx.Tx)
		if err == nil {
			row, hash = head.Row, head.Hash
		}
		return ignoreNotFound(err)
	})
	if err != nil {
		return 0, nil, nil, err
	}
	return row, hash, found, s.update(by, func(tx *txn) error { return tx.audit(Audit{Act: "verify", Object: "audit"}) })
}

// AuditHash is the hash of one row of the log, to be compared with paper.
func (s *Store) AuditHash(number uint64) (hash []byte, err error) {
	err = s.view(func(tx *txn) error {
		row, err := audits.get(tx.Tx, key(number))
		if err == nil {
			hash = row.Hash
		}
		return err
	})
	return hash, err
}
