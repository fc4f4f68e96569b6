package store

import (
	"bytes"
	"errors"
	"time"

	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

// List is what was done to many applications at once, or is to be: a mass decision, the
// tracking numbers of what was mailed, the new numbers of a batch. Each step of it is
// one transaction: it is checked (or decided at once), applied, and taken back, whole or
// not at all. It names applications by their numbers, and has no more of a person than
// the lines that were not taken. Its rows lie apart (listRows), so that a page of lists
// reads what it shows alone.
type List struct {
	ID          uint64         `cbor:"1,keyasint"`
	Kind        ListKind       `cbor:"2,keyasint"`
	By          uint64         `cbor:"3,keyasint"` // staff number
	Made        reissue.Moment `cbor:"4,keyasint"`
	Applied     reissue.Moment `cbor:"5,keyasint,omitempty"` // 0 while it is only checked
	AppliedBy   uint64         `cbor:"6,keyasint,omitempty"`
	TakenBack   reissue.Moment `cbor:"7,keyasint,omitempty"`
	TakenBackBy uint64         `cbor:"8,keyasint,omitempty"`
	BackNote    string         `cbor:"9,keyasint,omitempty"`  // why it was taken back
	Act         reissue.Act    `cbor:"10,keyasint,omitempty"` // of a mass decision
	Batch       uint64         `cbor:"11,keyasint,omitempty"` // whose new numbers they are
	File        string         `cbor:"12,keyasint,omitempty"` // the spreadsheet's name
	Notes       []string       `cbor:"13,keyasint,omitempty"` // sentences about its header
	Note        string         `cbor:"14,keyasint,omitempty"` // of a mass decision
	Counts      ListCounts     `cbor:"15,keyasint,omitempty"` // of Rows and Rejected
	// Rows are nil in a page of lists, and so is Rejected: the lines of the spreadsheet
	// that were not taken, behind the header; the last three cells of each say where and
	// why.
	Rows     []ListRow  `cbor:"-"`
	Rejected [][]string `cbor:"-"`
}

// ListCounts are how many rows of a list became what.
type ListCounts struct {
	Waits    int `cbor:"1,keyasint,omitempty"`
	Done     int `cbor:"2,keyasint,omitempty"`
	Before   int `cbor:"3,keyasint,omitempty"`
	Skipped  int `cbor:"4,keyasint,omitempty"`
	Marked   int `cbor:"5,keyasint,omitempty"`
	Rejected int `cbor:"6,keyasint,omitempty"` // lines, none of them in Rows
}

// listRows are the part of a list that its own page alone shows.
type listRows struct {
	List     uint64     `cbor:"1,keyasint"`
	Rows     []ListRow  `cbor:"2,keyasint,omitempty"`
	Rejected [][]string `cbor:"3,keyasint,omitempty"`
}

// count counts the rows anew. What was skipped of a spreadsheet after its check is among its
// rejected lines, too.
func (l *listRows) count() (n ListCounts) {
	for _, row := range l.Rows {
		switch row.Outcome {
		case RowWaits:
			n.Waits++
		case RowDone:
			n.Done++
		case RowBefore:
			n.Before++
		case RowSkipped:
			n.Skipped++
		case RowMarked:
			n.Marked++
		}
	}
	if len(l.Rejected) > 0 {
		n.Rejected = len(l.Rejected) - 1 - n.Skipped
	}
	return n
}

// ListKind is what a list is of.
type ListKind string

// The kinds of lists.
const (
	ListDecisions ListKind = "decisions"
	ListMailings  ListKind = "mailings"
	ListNumbers   ListKind = "numbers"
)

// MaxList is how many lines a spreadsheet, and so a list, can have: all of them are
// dealt with in one transaction, during which nobody else can save.
const MaxList = reissue.MaxBatch

// ListRow is one application of a list.
type ListRow struct {
	Line        int        `cbor:"1,keyasint,omitempty"` // of the spreadsheet
	Application uint64     `cbor:"2,keyasint"`
	Revision    uint64     `cbor:"3,keyasint,omitempty"` // of a mass decision, as it was shown; of what is done, as it became
	Value       string     `cbor:"4,keyasint,omitempty"` // the tracking number, or the new number
	Outcome     RowOutcome `cbor:"5,keyasint,omitempty"`
	Why         string     `cbor:"6,keyasint,omitempty"` // it was skipped, or what to look at in it
}

// RowOutcome is what became of a row: RowWaits until the list is applied.
type RowOutcome string

// What becomes of a row: it was done, it was so before, it was skipped for a reason, or it
// is to be confirmed by itself, for what should be looked at in it.
const (
	RowMarked  RowOutcome = "marked"
	RowWaits   RowOutcome = ""
	RowDone    RowOutcome = "done"
	RowBefore  RowOutcome = "before"
	RowSkipped RowOutcome = "skipped"
)

// Of are the rows of which so much became.
func (l *List) Of(outcome RowOutcome) (rows []ListRow) {
	for _, row := range l.Rows {
		if row.Outcome == outcome {
			rows = append(rows, row)
		}
	}
	return rows
}

// MayApply tells whether the list is checked, and something in it waits.
func (l *List) MayApply() bool { return l.Applied == 0 && l.Counts.Waits > 0 }

// MayTakeBack tells whether something was done that can be taken back.
func (l *List) MayTakeBack() bool {
	return l.Applied != 0 && l.TakenBack == 0 && l.Counts.Done > 0
}

const objectList = "list"

var lists = Table[List]{
	numbered: true,
	name:     "lists",
	key:      func(l *List) []byte { return key(l.ID) },
	indexes: []Index[List]{
		// All lists, the newest first; which of them are too old.
		{name: "made", keys: func(l *List) [][]byte { return [][]byte{key(l.Made)} }},
	},
}

var rowsOfLists = Table[listRows]{
	name: "list rows",
	key:  func(l *listRows) []byte { return key(l.List) },
}

// putList stores a list with its rows.
func putList(tx *bolt.Tx, l *List) error {
	rows := &listRows{l.ID, l.Rows, l.Rejected}
	l.Counts = rows.count()
	return errors.Join(lists.put(tx, l), rowsOfLists.put(tx, rows))
}

// Lists are for the month's work: older ones go, and the oldest of too many.
const (
	listLife  = 60 * 24 * time.Hour
	mostLists = 2000
)

// dropLists deletes what is kept no longer.
func (tx *txn) dropLists() (err error) {
	kept := 0
	var over [][]byte
	for entry, k := range lists.entries(tx.Tx, "made", nil, nil, true) {
		if kept++; kept > mostLists || reissue.Moment(id(entry[:8])) < tx.moment-millis(listLife) {
			over = append(over, bytes.Clone(k))
		}
	}
	for _, k := range over {
		err = errors.Join(err, lists.delete(tx.Tx, k), rowsOfLists.delete(tx.Tx, k))
	}
	if len(over) > 0 {
		err = errors.Join(err, markPurged(tx))
	}
	return err
}

// keepList writes a new list.
func (tx *txn) keepList(l *List) (err error) {
	if l.ID, err = lists.next(tx.Tx); err != nil {
		return err
	}
	l.By, l.Made = tx.by.ID, tx.moment
	return errors.Join(putList(tx.Tx, l), tx.dropLists())
}

// listFor is a list as staff may see it: whoever is limited to cities sees none but
// their own.
func listFor(tx *txn, staff *reissue.Staff, kind ListKind, number uint64) (*List, error) {
	l, err := lists.get(tx.Tx, key(number))
	if err != nil {
		return nil, err
	}
	if l.Kind != kind || !mayList(staff, l) {
		return nil, reissue.ErrNotFound
	}
	rows, err := rowsOfLists.get(tx.Tx, key(number))
	if err != nil {
		return nil, err
	}
	l.Rows, l.Rejected = rows.Rows, rows.Rejected
	return l, nil
}

func mayList(staff *reissue.Staff, l *List) bool { return l.By == staff.ID || !staff.Limited() }

// KeptList is a list with the names of those who had to do with it.
type KeptList struct {
	*List
	MadeName, AppliedName, TakenBackName string
}

func (tx *txn) kept(l *List) (kept KeptList, err error) {
	kept.List = l
	for name, number := range map[*string]uint64{&kept.MadeName: l.By, &kept.AppliedName: l.AppliedBy, &kept.TakenBackName: l.TakenBackBy} {
		if *name, err = memberName(tx, number); err != nil {
			return kept, err
		}
	}
	return kept, nil
}

// List is one list of a kind as staff may see it; else reissue.ErrNotFound.
func (s *Store) List(staff *reissue.Staff, kind ListKind, number uint64) (kept KeptList, err error) {
	err = s.view(func(tx *txn) error {
		l, err := listFor(tx, staff, kind, number)
		if err != nil {
			return err
		}
		kept, err = tx.kept(l)
		return err
	})
	return kept, err
}

// Lists is one page of the lists that a staff member may see, the newest first, without
// their rows.
func (s *Store) Lists(staff *reissue.Staff, cursor string, size int) (page Page[KeptList], err error) {
	err = s.view(func(tx *txn) error {
		found, err := lists.page(tx, span{index: "made", backwards: true}, cursor, size, func(l *List) bool { return mayList(staff, l) })
		page.Next, page.More, page.Damaged = found.Next, found.More, found.Damaged
		for _, l := range found.Rows {
			kept, fault := tx.kept(l)
			page.Rows, err = append(page.Rows, &kept), errors.Join(err, fault)
		}
		return err
	})
	return page, err
}
