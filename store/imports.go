package store

import (
	"context"
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

// Reject says why a line was not taken.
type Reject struct {
	Line   int    // as a spreadsheet shows it, the header being 1
	Column string // whose cell is at fault
	Reason string // Chinese
}

// Load is how an import is carried out.
type Load struct {
	File string
	By   reissue.Actor
	// Alone is set where no service runs on the file: then larger transactions
	// are quicker; otherwise one lasts about as long as a page view may wait.
	Alone    bool
	Progress func(done, total int)
	Reject   func(Reject)
}

const (
	commitEvery     = 20 * time.Millisecond
	commitEveryRows = 10_000
)

var imports = Table[Import]{
	name: "imports",
	key:  func(i *Import) []byte { return key(i.ID) },
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
	},
}

// importer carries an import through its transactions.
type importer struct {
	*Store
	Load
	record   *Import
	rejected []Reject // of the transaction under way, told after its commit
}

// beginImport records an import before its first line.
func (s *Store) beginImport(kind string, total int, load Load) (*importer, error) {
	record := &Import{Kind: kind, File: load.File, By: load.By.ID, Total: total}
	err := s.update(load.By, func(tx *txn) (err error) {
		if record.ID, err = imports.next(tx.Tx); err != nil {
			return err
		}
		record.Started = tx.moment
		if err := imports.put(tx.Tx, record); err != nil {
			return err
		}
		return tx.audit(Audit{Act: "import", Object: kind, ObjectID: record.ID})
	})
	return &importer{Store: s, Load: load, record: record}, err
}

// run commits all rows in many transactions. prepare does what is slow before
// each one, and answers how far it may go; take deals with one or more rows from
// a place on and answers the next place.
func (i *importer) run(ctx context.Context, prepare func(from int) (to int), take func(tx *txn, from int) (int, error)) (Counts, error) {
	for done := 0; ; {
		before, next := i.record.Counts, done
		limit := prepare(done)
		err := i.update(i.By, func(tx *txn) error {
			start := time.Now()
			for next < limit && !i.enough(next-done, start) {
				to, err := take(tx, next)
				if err != nil {
					return err
				}
				next = to
			}
			if next == i.record.Total {
				i.record.Finished = tx.moment
			}
			return imports.put(tx.Tx, i.record)
		})
		if err != nil {
			return before, err
		}
		for _, reject := range i.rejected {
			i.Reject(reject)
		}
		i.rejected = i.rejected[:0]
		if done = next; i.Progress != nil {
			i.Progress(done, i.record.Total)
		}
		if done == i.record.Total {
			return i.record.Counts, nil
		}
		if err := ctx.Err(); err != nil {
			return i.record.Counts, err
		}
	}
}

// enough tells whether a transaction is as large as it should be.
func (i *importer) enough(rows int, start time.Time) bool {
	if i.Alone {
		return rows >= commitEveryRows
	}
	return time.Since(start) >= commitEvery
}

func (i *importer) refuse(line int, column, reason string) {
	i.record.Counts.Rejected++
	i.rejected = append(i.rejected, Reject{Line: line, Column: column, Reason: reason})
}
