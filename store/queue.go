package store

import (
	"errors"
	"time"

	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

// Queue is one page of the applications of a staff member's cities that pass the
// filter.
func (s *Store) Queue(staff *reissue.Staff, filter Filter, cursor string, size int) (page Page[reissue.Application], err error) {
	err = s.view(func(tx *txn) (err error) {
		look := filter.look(tx, staff)
		// A certificate's number may look like an application's.
		if number, ok := reissue.ParseNumber(filter.Query); ok && cursor == "" {
			a, err := applications.get(tx.Tx, key(number))
			if err == nil && look.passes(a) {
				page.Rows = append(page.Rows, a)
			}
			if !isNotFound(err) {
				return errors.Join(err, look.err)
			}
		}
		page, err = applications.page(tx, look.span(), cursor, size, look.passes)
		return errors.Join(err, look.err)
	})
	return page, err
}

// Beside is the number of the application that follows number in the filtered
// list, or precedes it; from 0 the list's first or last. It passes over those
// that skip names, and is 0 at the list's end. A walk that has looked at as many as it
// may tells from which one to go on; else that is 0. The one it starts from need not
// be in the list any more: a decision takes it out. From one of another city it
// leads nowhere, as from one that is missing: reissue.ErrNotFound.
func (s *Store) Beside(staff *reissue.Staff, filter Filter, number uint64, backwards bool, skip func(uint64) bool) (found, from uint64, err error) {
	err = s.view(func(tx *txn) error {
		look := filter.look(tx, staff)
		in := look.span()
		var after []byte
		if number != 0 {
			a, err := applicationFor(tx, staff, number)
			if err != nil {
				return err
			}
			after = look.position(in, a)
		}
		in.backwards = in.backwards != backwards
		steps := 0
		for _, k := range applications.walk(tx.Tx, in, after) {
			a, err := applications.get(tx.Tx, k)
			if tx.leftOut(err) {
				continue
			}
			if err != nil {
				return err
			}
			if steps++; steps > in.limit() {
				return look.err
			}
			if from = a.ID; look.passes(a) && !skip(a.ID) {
				found, from = a.ID, 0
				return nil
			}
		}
		from = 0
		return look.err
	})
	return found, from, err
}

// queueHead is the place of the first application that waits, 0 where none does.
func queueHead(tx *txn) reissue.Moment {
	prefix := facet(reissue.Pending, "", 0, 0)
	for entry := range applications.entries(tx.Tx, "queue", prefix, nil, false) {
		return reissue.Moment(id(entry[len(prefix):]))
	}
	return 0
}

// EachApplication gives every application of a staff member's cities that passes
// the filter, in the order of the queue.
func (s *Store) EachApplication(staff *reissue.Staff, filter Filter, do func(*reissue.Application) error) error {
	return each(func(cursor string) (Page[reissue.Application], error) {
		return s.Queue(staff, filter, cursor, eachRows)
	}, do)
}

// Application is one application as staff may see it; reissue.ErrNotFound
// outside the staff member's cities.
func (s *Store) Application(staff *reissue.Staff, number uint64) (a *reissue.Application, err error) {
	err = s.view(func(tx *txn) error {
		a, err = applicationFor(tx, staff, number)
		return err
	})
	return a, err
}

func applicationFor(tx *txn, staff *reissue.Staff, number uint64) (*reissue.Application, error) {
	a, err := applications.get(tx.Tx, key(number))
	if err == nil && !staff.Covers(a.Fields.City) {
		return nil, reissue.ErrNotFound
	}
	return a, err
}

// Act is one of reissue's acts by staff, with what it needs to know.
type Act func(a *reissue.Application, by reissue.Actor, now time.Time, on reissue.Grounds) error

// Change runs an act of a staff member on the application as it is now. A
// revision that is not the one the screen showed is reissue.ErrStale, an act
// outside its state reissue.ErrState whatever the revision. What would be open
// again under a closed account, where nobody could follow it, is a Problem.
func (s *Store) Change(staff *reissue.Staff, number, revision uint64, act Act) error {
	return s.update(staff.Actor(), func(tx *txn) error {
		return tx.act(staff, number, revision, tx.with(act))
	})
}

// with is one of reissue's acts as a part of a transaction.
func (tx *txn) with(act Act) func(*reissue.Application, reissue.Grounds) error {
	return func(a *reissue.Application, on reissue.Grounds) error { return act(a, tx.by, tx.now, on) }
}

// act is Change as a part of a transaction.
func (tx *txn) act(staff *reissue.Staff, number, revision uint64, act func(*reissue.Application, reissue.Grounds) error) error {
	a, err := applicationFor(tx, staff, number)
	if err != nil {
		return err
	}
	batch := a.Batch
	if err := tx.judge(staff, a, revision, act); err != nil {
		return err
	}
	if err := tx.record(a); err != nil || a.Batch == batch {
		return err
	}
	return tx.changedBatch(a, batch)
}

// judge runs an act on an application that was loaded, and writes nothing.
func (tx *txn) judge(staff *reissue.Staff, a *reissue.Application, revision uint64, act func(*reissue.Application, reissue.Grounds) error) error {
	owner, err := accounts.get(tx.Tx, key(a.Owner))
	if err != nil {
		return err
	}
	exam, err := examNamed(tx, a.Fields.ExamYear, a.Fields.ExamName)
	if err != nil {
		return err
	}
	stale := a.Revision != revision
	marks := func() ([]reissue.Mark, error) {
		r, err := beside(tx, staff, a)
		if err != nil {
			return nil, err
		}
		return r.Marks(), nil
	}
	err = act(a, reissue.Grounds{Settings: tx.settings, Account: owner, Exam: exam, Marks: marks})
	switch {
	case errors.Is(err, reissue.ErrState), errors.Is(err, reissue.ErrRole):
		return err
	case stale:
		return reissue.ErrStale
	case err != nil:
		return err
	case owner.Closed != 0 && a.Status.Open():
		return reissue.Problems{{Message: sayOwnerGone}}
	}
	return nil
}

// unsend cancels the mail of an act that was undone, if it has not left.
func unsend(tx *bolt.Tx, now reissue.Moment, mail uint64) error {
	m, err := mails.get(tx, key(mail))
	if err != nil || m.Sent != 0 {
		return ignoreNotFound(err)
	}
	m.Cancelled = now
	return mails.put(tx, m)
}
