package store

import (
	"context"

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

// AuditRows is one page of the rows that pass the filter, the newest first.
func (s *Store) AuditRows(filter AuditFilter, cursor string, size int) (page Page[Audit], err error) {
	err = s.view(func(tx *txn) (err error) {
		page, err = audits.page(tx, filter.span(), cursor, size, filter.passes)
		return err
	})
	return page, err
}

// span is the part of an index that leaves the fewest rows to look at.
func (f *AuditFilter) span() span {
	if f.Object != "" && f.ObjectID != 0 {
		return span{index: "object", prefix: key(f.Object, f.ObjectID), backwards: true}
	}
	in := span{index: "at", backwards: true}
	if f.By != 0 {
		in.index, in.prefix = "by", key(f.Kind, f.By)
	}
	// The moment of the row follows.
	in.from = key(f.From)
	if f.To != 0 {
		in.to = key(f.To)
	}
	return in
}

func (f *AuditFilter) passes(row *Audit) bool {
	return (f.Kind == "" || row.Kind == f.Kind) &&
		(f.By == 0 || row.By == f.By) &&
		(f.Act == "" || row.Act == f.Act) &&
		(f.Object == "" || row.Object == f.Object) &&
		(f.ObjectID == 0 || row.ObjectID == f.ObjectID) &&
		row.At >= f.From && (f.To == 0 || row.At < f.To)
}

// EachAudit gives every row that passes the filter, the newest first.
func (s *Store) EachAudit(filter AuditFilter, do func(*Audit) error) error {
	return each(func(cursor string) (Page[Audit], error) { return s.AuditRows(filter, cursor, eachRows) }, do)
}

// VerifyAudit walks the chain from its first row to its head, holds it against the
// heads of the backups, and notes that somebody did. It answers the head that was verified, and what is wrong.
func (s *Store) VerifyAudit(by reissue.Actor) (row uint64, hash []byte, found []Finding, err error) {
	err = s.view(func(tx *txn) error {
		x := &examination{ctx: context.Background(), report: func(f Finding) { found = append(found, f) }}
		onDamage(func() {
			audits.check(tx.Tx, x)
			checkAudit(tx.Tx, x)
		}, func(error) { x.report(findUnreadable()) })
		head, err := chainHeads.get(tx.Tx)
		if err == nil {
			row, hash = head.Row, head.Hash
		}
		return ignoreNotFound(err)
	})
	if err == nil && len(found) == 0 {
		err = s.CheckHeads([]string{s.CopiesFolder()}, func(f Finding) { found = append(found, f) })
	}
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
