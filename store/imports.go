package store

import (
	"context"
	"errors"
	"math"
	"time"

	"certreissue/reissue"
)

// Import is what is kept of a spreadsheet that was taken in. An import is many
// transactions; Done tells how far it has come, and the same file can be run
// again.
type Import struct {
	ID       uint64         `cbor:"1,keyasint"`
	Kind     string         `cbor:"2,keyasint"` // certificates or accounts
	File     string         `cbor:"3,keyasint"`
	By       uint64         `cbor:"4,keyasint,omitempty"` // staff number, 0 for a command
	Started  reissue.Moment `cbor:"5,keyasint"`
	Finished reissue.Moment `cbor:"6,keyasint,omitempty"`
	Total    int            `cbor:"7,keyasint"`
	Counts   Counts         `cbor:"8,keyasint"`
	// A taking back is many transactions too: Undoing is when it began,
	// UndoChecked that nothing stands against it, and Undone when its last line was
	// done, by the staff member UndoneBy; Restored counts the lines.
	Undoing     reissue.Moment `cbor:"9,keyasint,omitempty"`
	Undone      reissue.Moment `cbor:"10,keyasint,omitempty"`
	UndoneBy    uint64         `cbor:"11,keyasint,omitempty"`
	Restored    int            `cbor:"12,keyasint,omitempty"`
	UndoChecked bool           `cbor:"13,keyasint,omitempty"`
	// Deferred is the first line, and the first that may be added, of which the register's deferred
	// indexes may have no entries yet: a large import enters them after its last line.
	Deferred uint64 `cbor:"14,keyasint,omitempty"`
	// Exams and Cities are those that the office did not know before, the cities
	// as they were written then: they go with the lines where nothing else needs
	// them.
	Exams  []uint64       `cbor:"30,keyasint,omitempty"`
	Cities []reissue.City `cbor:"31,keyasint,omitempty"`
}

// BeingUndone tells whether the import's lines are being taken back, or were
// when the program was stopped.
func (i *Import) BeingUndone() bool { return i.Undoing != 0 && i.Undone == 0 }

// ImportState is how an import stands.
type ImportState int

// An import runs to its end or is broken off, and may be taken back, which may be
// broken off too.
const (
	ImportRunning ImportState = iota
	ImportDone
	ImportBroken
	ImportUndoing
	ImportHalfway
	ImportUndone
)

// State is how the import stands; running tells that it is the one under way.
func (i *Import) State(running bool) ImportState {
	switch {
	case i.Undone != 0:
		return ImportUndone
	case i.BeingUndone() && running:
		return ImportUndoing
	case i.BeingUndone():
		return ImportHalfway
	case i.Finished != 0:
		return ImportDone
	case running:
		return ImportRunning
	}
	return ImportBroken
}

// Counts are an import's lines by what became of them.
type Counts struct {
	Added     int `cbor:"1,keyasint"`
	Changed   int `cbor:"2,keyasint"`
	Unchanged int `cbor:"3,keyasint"`
	Rejected  int `cbor:"4,keyasint"`
}

// Done is how many lines have been dealt with.
func (c Counts) Done() int { return c.Added + c.Changed + c.Unchanged + c.Rejected }

// Reject says why a line was not taken, or what to look at in one that was.
type Reject struct {
	Line   int    // as a spreadsheet shows it, the header being 1
	Column string // whose cell is at fault
	Reason string // Chinese
	// Correctable tells of a line that is taken that it may be a correction of a stored
	// one: it differs in nothing but the ID number or the name.
	Correctable bool
}

// Load is how an import is carried out.
type Load struct {
	File string
	By   reissue.Actor
	// Alone is set where no service runs on the file: then larger transactions
	// are quicker; otherwise one lasts about as long as a page view may wait.
	Alone bool
	// Dry takes every step and keeps nothing: what the import would do.
	Dry bool
	// Correct are the lines that are carried out as corrections of stored ones, where
	// they are Correctable; else they are refused.
	Correct []int
	// Broken is how many lines of the file were refused before.
	Broken   int
	Progress func(done, total int)
	Reject   func(Reject)
	// Began hears the import's number before its first line, Learned the exams and
	// cities that the office did not know, Changed which fields of a stored line a
	// line of the file changes, and Doubt what a line that is taken leaves to be
	// looked at; nil for nobody.
	Began   func(number uint64)
	Learned func(exams, cities []string)
	Changed func(line int, fields []string)
	Doubt   func(Reject)
}

// importedCertificates is the Kind of an import of the register.
const importedCertificates = "certificates"

const (
	// commitEvery is how long a transaction lasts while a service runs, with its
	// sync: somebody else's form waits for it.
	commitEvery = 25 * time.Millisecond
	// commitRowsLeast is what one takes at first, and on a disk whose sync alone
	// lasts longer.
	commitRowsLeast = 250
	// Without a service one takes more, while the pages that it changes, each of which
	// costs some 13 KB of memory, are not too many: in a large file nearly every line
	// of a list changes others, by its name and by its number.
	commitRowsFirst  = 2_000 // when it is not known yet
	commitRowsAlone  = 20_000
	commitPagesAlone = 3_000
)

var imports = Table[Import]{
	numbered: true,
	name:     "imports",
	key:      func(i *Import) []byte { return key(i.ID) },
	indexes: []Index[Import]{
		// The list of the register's imports.
		{name: "kind", keys: func(i *Import) [][]byte { return [][]byte{key(i.Kind)} }},
	},
}

// certificateVersion is what a line was before an import changed it, so that
// the import can be taken back.
type certificateVersion struct {
	Import uint64              `cbor:"1,keyasint"`
	Before reissue.Certificate `cbor:"2,keyasint"`
}

var certificateVersions = Table[certificateVersion]{
	name: "certificate_versions",
	key:  func(v *certificateVersion) []byte { return key(v.Import, v.Before.ID) },
	indexes: []Index[certificateVersion]{
		// What one line was before.
		{name: "certificate", keys: func(v *certificateVersion) [][]byte { return [][]byte{key(v.Before.ID)} }},
		// Whether a later import changed what one import made.
		{name: "from", keys: func(v *certificateVersion) [][]byte { return [][]byte{key(v.Before.Import)} }},
	},
}

// importer carries an import through its transactions.
type importer struct {
	*Store
	Load
	record   *Import
	rows     int          // how many there are
	rejected []Reject     // of the transaction under way, told after its commit
	numbers  *fileNumbers // of a register
	first    bool         // the register had no line before
	byHand   bool         // some line of it was corrected by hand
}

// errDry ends a transaction of a dry run, so that nothing of it stays.
var errDry = errors.New("dry run")

// act is one transaction of the import. A dry run takes the same way and then
// lets go of what it wrote: so it cannot decide otherwise than the import.
func (i *importer) act(do func(*txn) error) error {
	err := i.update(i.By, func(tx *txn) error {
		if err := do(tx); err != nil || !i.Dry {
			return err
		}
		return errDry
	})
	if errors.Is(err, errDry) {
		return nil
	}
	return err
}

// beginImport records an import before its first line.
func (s *Store) beginImport(kind string, rows int, load Load) (*importer, error) {
	record := &Import{Kind: kind, File: load.File, By: load.By.ID, Total: rows + load.Broken, Counts: Counts{Rejected: load.Broken}}
	i := &importer{Store: s, Load: load, record: record, rows: rows}
	err := i.act(func(tx *txn) (err error) {
		if record.ID, err = imports.next(tx.Tx); err != nil {
			return err
		}
		record.Started = tx.moment
		if err := imports.put(tx.Tx, record); err != nil {
			return err
		}
		return tx.audit(Audit{Act: "import", Object: kind, ObjectID: record.ID})
	})
	if err != nil || i.Dry {
		return i, err
	}
	if kind == importedCertificates {
		s.changing.Store(record.ID)
	}
	if i.Began != nil {
		i.Began(record.ID)
	}
	return i, nil
}

// run commits all rows in many transactions. prepare does what is slow before
// each one, and answers how far it may go; take deals with the rows between two
// places, and with those after them that belong together, and answers the next
// place.
func (i *importer) run(ctx context.Context, prepare func(from int) (to int), take func(tx *txn, from, to int) (next int, err error)) (Counts, error) {
	stand := i.record.Counts // what is committed
	err := i.commits(ctx, i.rows, prepare, func(tx *txn, from, to int) (next int, err error) {
		if next, err = take(tx, from, to); next == i.rows && i.record.Deferred == 0 {
			i.record.Finished = tx.moment
		}
		return next, err
	}, func(done int) {
		stand = i.record.Counts
		for _, reject := range i.rejected {
			i.Reject(reject)
		}
		i.rejected = i.rejected[:0]
		if i.Progress != nil {
			i.Progress(done, i.steps())
		}
	})
	return stand, err
}

// commits does so many rows, or entries, in many transactions; told hears of each that
// stands.
func (i *importer) commits(ctx context.Context, rows int, prepare func(from int) (to int), take func(tx *txn, from, to int) (next int, err error), told func(done int)) error {
	size := commitRowsLeast
	if i.Alone {
		size = commitRowsFirst
	}
	for done := 0; ; {
		next, to := done, min(prepare(done), done+size, rows)
		var pages int64
		start := time.Now()
		err := i.act(func(tx *txn) (err error) {
			if next, err = take(tx, done, to); err != nil {
				return err
			}
			stats := tx.Stats()
			pages = stats.GetNodeCount()
			return imports.put(tx.Tx, i.record)
		})
		if err != nil {
			return err
		}
		if i.Alone {
			size = min(paced(next-done, float64(pages)/commitPagesAlone), commitRowsAlone)
		} else {
			size = paced(next-done, float64(time.Since(start))/float64(commitEvery))
		}
		if i.record.Finished != 0 && !i.Dry {
			i.options.Log.Info(logImported, i.record.figures()...)
		}
		done = next
		told(done)
		if done == rows {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
}

// unprepared is for rows that need nothing before their transaction.
func unprepared(int) int { return math.MaxInt }

// paced is how many rows the next transaction takes, after one of so many rows took a
// part, or a multiple, of what one shall take: of commitEvery, its sync included, or of
// commitPagesAlone.
func paced(rows int, part float64) int {
	fit := int(float64(rows) / part)
	return max(min(fit, 2*rows), rows/2, commitRowsLeast)
}

// doubt tells what to look at in a line that is taken.
func (i *importer) doubt(line int, column, reason string) {
	i.point(Reject{Line: line, Column: column, Reason: reason})
}

func (i *importer) point(out Reject) {
	if i.Doubt != nil {
		i.Doubt(out)
	}
}

func (i *importer) refuse(line int, column, reason string) {
	i.record.Counts.Rejected++
	i.rejected = append(i.rejected, Reject{Line: line, Column: column, Reason: reason})
}
