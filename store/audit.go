package store

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"reflect"
	"strings"

	"certreissue/reissue"
)

// Audit is one row of the log: who did what to what, and when. It holds record
// numbers and field names and no more of a person; values only for settings, exams
// and the roles of staff, and what an export has.
type Audit struct {
	ID       uint64         `cbor:"1,keyasint"`
	At       reissue.Moment `cbor:"2,keyasint"`
	Kind     string         `cbor:"3,keyasint"` // candidate, staff or system: whose number By is
	By       uint64         `cbor:"4,keyasint,omitempty"`
	Act      string         `cbor:"5,keyasint"`
	Object   string         `cbor:"6,keyasint"` // application, account, staff, settings, import …
	ObjectID uint64         `cbor:"7,keyasint,omitempty"`
	Revision uint64         `cbor:"8,keyasint,omitempty"` // of an application, after the act
	Fields   []string       `cbor:"9,keyasint,omitempty"`
	Old      string         `cbor:"10,keyasint,omitempty"`
	New      string         `cbor:"11,keyasint,omitempty"`
	Hash     []byte         `cbor:"12,keyasint"` // SHA-256 of the row before it and this row without Hash
}

// Acts of a repair: an application, or the file, was repaired; a row was lost. What
// follows a lost row does not tell whether it was the next.
const (
	actRepair = "repair"
	actLost   = "lost"
)

// objectFile is the Object of rows about the file itself, such as that a backup was
// restored.
const (
	objectFile = "file"
	actRestore = "restore"
)

// objectApplication is the Object of rows about applications, which Check
// compares with them.
const objectApplication = "application"

var audits = Table[Audit]{
	name: "audit",
	key:  func(a *Audit) []byte { return key(a.ID) },
	indexes: []Index[Audit]{
		// What happened to one record, in order.
		{name: "object", keys: func(a *Audit) [][]byte { return [][]byte{key(a.Object, a.ObjectID)} }},
		// The log by day, and what one staff member or account did.
		{name: "at", keys: func(a *Audit) [][]byte { return [][]byte{key(a.At)} }},
		{name: "by", keys: func(a *Audit) [][]byte { return [][]byte{key(a.Kind, a.By, a.At)} }},
		// Whether this clerk has looked at this application today.
		{name: "viewed", unique: true, keys: func(a *Audit) [][]byte {
			if a.Act != "viewed" {
				return nil
			}
			return [][]byte{key(a.Object, a.ObjectID, a.By, a.At.Date())}
		}},
	},
}

// chainHead is the hash of the last row. Printed on paper, it makes the chain
// proof against whoever holds the file.
type chainHead struct {
	Row  uint64 `cbor:"1,keyasint"`
	Hash []byte `cbor:"2,keyasint"`
}

var chainHeads = single[chainHead]{"audit head"}

// audit appends a row in the caller's transaction.
func (tx *txn) audit(row Audit) error {
	head, err := chainHeads.get(tx.Tx)
	if err != nil && !isNotFound(err) {
		return err
	}
	if head == nil {
		head = &chainHead{}
	}
	row.ID, row.At, row.Kind, row.By = head.Row+1, tx.moment, tx.by.Kind(), tx.by.ID
	if row.Hash, err = rowHash(head.Hash, row); err != nil {
		return err
	}
	if err := audits.put(tx.Tx, &row); err != nil {
		return err
	}
	return chainHeads.put(tx.Tx, &chainHead{Row: row.ID, Hash: row.Hash})
}

func rowHash(previous []byte, row Audit) ([]byte, error) {
	row.Hash = nil
	encoded, err := encoding.Marshal(row)
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(append(bytes.Clone(previous), encoded...))
	return sum[:], nil
}

// Viewed notes that a clerk saw an application with the whole ID number, once
// for each application, clerk and day.
func (s *Store) Viewed(by reissue.Actor, application uint64) error {
	return s.viewed(by, objectApplication, application)
}

// ViewedAccount is Viewed for the counter's view of an account.
func (s *Store) ViewedAccount(by reissue.Actor, account uint64) error {
	return s.viewed(by, objectAccount, account)
}

func (s *Store) viewed(by reissue.Actor, object string, number uint64) error {
	seen := false
	look := func(tx *txn) error {
		_, err := audits.unique(tx.Tx, "viewed", key(object, number, by.ID, tx.today()))
		seen = err == nil
		return ignoreNotFound(err)
	}
	// Most looks are the second of the day: reading first spares a commit.
	if err := s.view(look); err != nil || seen {
		return err
	}
	return s.update(by, func(tx *txn) error {
		if err := look(tx); err != nil || seen {
			return err
		}
		return tx.audit(Audit{Act: "viewed", Object: object, ObjectID: number})
	})
}

// ViewedAll is Viewed for a page of whole ID numbers, in one transaction.
func (s *Store) ViewedAll(by reissue.Actor, list []*reissue.Application) error {
	return s.update(by, func(tx *txn) error {
		for _, a := range list {
			_, err := audits.unique(tx.Tx, "viewed", key(objectApplication, a.ID, by.ID, tx.today()))
			if err == nil {
				continue
			}
			if !isNotFound(err) {
				return err
			}
			if err := tx.audit(Audit{Act: "viewed", Object: objectApplication, ObjectID: a.ID}); err != nil {
				return err
			}
		}
		return nil
	})
}

// actExport is the act of rows whose New tells which records left the system, and how
// many.
const actExport = "export"

// Exported notes that somebody took records out of the system: so many of those that
// were chosen, in words; none is all.
func (s *Store) Exported(by reissue.Actor, object string, chosen []string, count int) error {
	return s.update(by, func(tx *txn) error {
		return tx.audit(Audit{Act: actExport, Object: object, New: sayExported(chosen, count)})
	})
}

// longestValue bounds a value in the log, in bytes: the longest text of the
// settings fits.
const longestValue = 8000

// show is a setting's value in the log.
func show(v reflect.Value) string { return bounded(fmt.Sprint(v.Interface())) }

func bounded(s string) string {
	if len(s) > longestValue {
		s = strings.ToValidUTF8(s[:longestValue], "")
	}
	return s
}
