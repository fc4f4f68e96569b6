package store

import (
	"cmp"
	"context"
	"errors"
	"io"
	"iter"

	"certreissue/reissue"
	"certreissue/spool"

	bolt "go.etcd.io/bbolt"
)

// deferredFrom is how many lines make a large import. Names and numbers come in no order, so
// that nearly each line of one changes two pages that nothing else of its transaction
// changes, and again in the next. So a large import first adds its lines, and then enters
// all names and all numbers in their own order: each page is written once.
const deferredFrom = 10_000

// deferredImport is the import of which some lines are in no deferred index yet, nil for none.
// There is one at most: the next import begins where it has ended (see enterRemaining).
func deferredImport(tx *bolt.Tx) (*Import, error) {
	for record, err := range imports.all(tx) {
		if err != nil {
			return nil, err
		}
		if record.Deferred != 0 {
			return record, nil
		}
	}
	return nil, nil
}

// DeferredImport is the number of an import of which some lines are not yet found by name or
// number, 0 for none: it is under way, or was broken off.
func (s *Store) DeferredImport() (number uint64, err error) {
	err = s.view(func(tx *txn) error {
		deferred, err := deferredImport(tx.Tx)
		if deferred != nil {
			number = deferred.ID
		}
		return err
	})
	return number, err
}

// EnterDeferred makes lines be found by name and number that an import which was broken off
// has added. While the register is being changed it does nothing.
func (s *Store) EnterDeferred(ctx context.Context, by reissue.Actor) error {
	if deferred, err := s.DeferredImport(); deferred == 0 || err != nil {
		return err
	}
	free, err := s.holdRegister(0)
	if _, busy := errors.AsType[*RegisterBusyError](err); busy {
		return nil
	}
	if err != nil {
		return err
	}
	defer free()
	return s.enterRemaining(ctx, by, false)
}

// enterRemaining is EnterDeferred for whoever holds the register.
func (s *Store) enterRemaining(ctx context.Context, by reissue.Actor, alone bool) error {
	i := &importer{Store: s, Load: Load{By: by, Alone: alone}}
	err := s.view(func(tx *txn) (err error) {
		i.record, err = deferredImport(tx.Tx)
		return err
	})
	if err != nil || i.record == nil {
		return err
	}
	s.changing.Store(i.record.ID)
	return i.enterDeferred(ctx)
}

// enterDeferred enters what the import has added into the deferred indexes.
func (i *importer) enterDeferred(ctx context.Context) error {
	sorter, err := i.Spool().Sorter()
	if err != nil {
		return err
	}
	defer sorter.Close()
	if err := i.collectDeferred(ctx, sorter); err != nil {
		return err
	}
	next, stop := iter.Pull2(sorter.Sorted())
	defer stop()
	steps := i.steps()
	return i.commits(ctx, sorter.Len, unprepared, func(tx *txn, from, to int) (int, error) {
		entries := make([]string, 0, to-from)
		for ; from < to; from++ {
			entry, err, more := next()
			if err != nil || !more {
				return from, cmp.Or(err, io.ErrUnexpectedEOF)
			}
			entries = append(entries, entry)
		}
		if from == sorter.Len {
			i.record.Deferred = 0
			if i.record.Counts.Done() == i.record.Total {
				i.record.Finished = tx.moment
			}
		}
		return from, certificates.enterDeferred(tx.Tx, entries)
	}, func(done int) {
		if i.Progress != nil {
			i.Progress(i.rows+done*i.rows/max(sorter.Len, 1), steps)
		}
	})
}

// steps are what Progress counts: each line, and once more where it is to be entered.
func (i *importer) steps() int {
	if i.record.Deferred != 0 {
		return 2 * i.rows
	}
	return i.rows
}

// collectDeferred puts in order what is to be entered, some thousand lines in each
// transaction.
func (i *importer) collectDeferred(ctx context.Context, sorter *spool.Sorter) error {
	const step = 2000
	for from, more := i.record.Deferred, true; more; {
		err := i.view(func(tx *txn) error {
			n := 0
			for c, err := range certificates.from(tx.Tx, key(from)) {
				if tx.leftOut(err) {
					continue // nothing is known of it, and the check tells of it
				}
				if err != nil {
					return err
				}
				if n++; n > step {
					from = c.ID
					return nil
				}
				for _, entry := range certificates.deferredEntries(c) {
					if err := sorter.Add(entry); err != nil {
						return err
					}
				}
			}
			more = false
			return nil
		})
		if err := cmp.Or(err, ctx.Err()); err != nil {
			return err
		}
	}
	return nil
}
