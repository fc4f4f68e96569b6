package store

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"certreissue/reissue"
)

// Collect says which approved applications go into a batch; zero fields do not
// choose. From and To are the days of the approval, YYYYMMDD, both included.
type Collect struct {
	Exam     uint64
	City     string
	From, To string
}

func (c *Collect) takes(a *reissue.Application) bool {
	approved := a.LastDecision()
	if a.Status != reissue.Approved || a.Batch != 0 || a.ByProof() || approved == nil {
		return false
	}
	day := approved.At.Date()
	return (c.Exam == 0 || a.Exam == c.Exam) &&
		(c.City == "" || reissue.CityKey(a.Fields.City) == reissue.CityKey(c.City)) &&
		(c.From == "" || day >= c.From) && (c.To == "" || day <= c.To)
}

// Group is how many applications of one exam and city there are.
type Group struct {
	Exam, City string
	Count      int
}

// Collectable counts the approved applications in no batch that a choice takes,
// by exam and city.
func (s *Store) Collectable(staff *reissue.Staff, choice Collect) (groups []Group, err error) {
	err = s.view(func(tx *txn) error {
		list, err := collectable(tx, staff, choice, 0)
		for _, a := range list {
			exam := reissue.Exam{Year: a.Fields.ExamYear, Name: a.Fields.ExamName}
			group := Group{Exam: exam.Title(), City: a.Fields.City}
			at := slices.IndexFunc(groups, func(g Group) bool { return g.Exam == group.Exam && g.City == group.City })
			if at < 0 {
				at, groups = len(groups), append(groups, group)
			}
			groups[at].Count++
		}
		slices.SortFunc(groups, func(a, b Group) int {
			return cmp.Or(cmp.Compare(b.Exam, a.Exam), cmp.Compare(a.City, b.City))
		})
		return err
	})
	return groups, err
}

// collectable are the applications that a choice takes, those that have waited
// longest first, up to a limit (0: none).
func collectable(tx *txn, staff *reissue.Staff, choice Collect, limit int) (list []*reissue.Application, err error) {
	for _, k := range applications.entries(tx.Tx, "queue", facet(reissue.Approved, "", 0, 0), nil, false) {
		a, err := applications.get(tx.Tx, k)
		if err != nil {
			return nil, err
		}
		if choice.takes(a) && staff.Covers(a.Fields.City) {
			list = append(list, a)
		}
		if limit > 0 && len(list) == limit {
			break
		}
	}
	return list, nil
}

// BatchPlan is how a batch is made up.
type BatchPlan struct {
	Name     string // "" gives it the year's next number
	Expected string // YYYYMMDD or ""
	Collect
}

// MakeBatch makes a batch out of the applications that the plan takes, at most
// reissue.MaxBatch.
func (s *Store) MakeBatch(staff *reissue.Staff, plan BatchPlan) (b *reissue.Batch, err error) {
	err = s.update(staff.Actor(), func(tx *txn) error {
		number, err := batches.next(tx.Tx)
		if err != nil {
			return err
		}
		b = &reissue.Batch{ID: number, Name: plan.Name, Expected: plan.Expected}
		if b.Name == "" {
			if b.Name, err = batchName(tx); err != nil {
				return err
			}
		}
		if err := b.Do(reissue.BatchMake, tx.by, tx.now, ""); err != nil {
			return err
		}
		return tx.collect(staff, b, plan.Collect, string(reissue.BatchMake))
	})
	return b, err
}

// batchName counts the batches of the year.
func batchName(tx *txn) (string, error) {
	n := 1
	for b, err := range batches.all(tx.Tx) {
		if err != nil {
			return "", err
		}
		if b.Created.Time().Year() == tx.year() {
			n++
		}
	}
	return reissue.BatchName(tx.year(), n), nil
}

// AddToBatch takes more applications into a batch that is not locked, and answers
// how many.
func (s *Store) AddToBatch(staff *reissue.Staff, number, revision uint64, choice Collect) (added int, err error) {
	err = s.changeBatch(staff, number, revision, func(tx *txn, b *reissue.Batch) error {
		before := b.Members
		if err := b.Do(reissue.BatchAdd, tx.by, tx.now, ""); err != nil {
			return err
		}
		if err := tx.collect(staff, b, choice, string(reissue.BatchAdd)); err != nil {
			return err
		}
		added = b.Members - before
		return nil
	})
	return added, err
}

// collect fills the batch up and writes it.
func (tx *txn) collect(staff *reissue.Staff, b *reissue.Batch, choice Collect, act string) error {
	members, err := membersOf(tx.Tx, b.ID)
	if err != nil {
		return err
	}
	var list []*reissue.Application
	if room := reissue.MaxBatch - len(members); room > 0 {
		if list, err = collectable(tx, staff, choice, room); err != nil {
			return err
		}
	}
	if len(list) == 0 {
		return reissue.Problems{{Message: sayNothingToCollect}}
	}
	for _, a := range list {
		if err := a.JoinBatch(b.ID); err != nil {
			return err
		}
		if err := applications.put(tx.Tx, a); err != nil {
			return err
		}
	}
	return tx.recordBatch(b, append(members, list...), act)
}

// recordBatch writes a batch with the count of its members and its audit row.
func (tx *txn) recordBatch(b *reissue.Batch, members []*reissue.Application, act string) error {
	b.Tally(members)
	if err := batches.put(tx.Tx, b); err != nil {
		return err
	}
	return tx.audit(Audit{Act: act, Object: objectBatch, ObjectID: b.ID})
}

// RemoveFromBatch takes applications out of a batch that is not locked.
func (s *Store) RemoveFromBatch(staff *reissue.Staff, number, revision uint64, out []uint64) error {
	return s.changeBatch(staff, number, revision, func(tx *txn, b *reissue.Batch) error {
		if err := b.Do(reissue.BatchRemove, tx.by, tx.now, ""); err != nil {
			return err
		}
		if len(out) == 0 {
			return reissue.Problems{{Field: "members", Message: sayNoneChosen}}
		}
		for _, application := range out {
			a, err := applicationFor(tx, staff, application)
			if err != nil {
				return err
			}
			if a.Batch != b.ID {
				return reissue.ErrStale
			}
			if err := a.LeaveBatch(); err != nil {
				return err
			}
			if err := applications.put(tx.Tx, a); err != nil {
				return err
			}
		}
		members, err := membersOf(tx.Tx, b.ID)
		if err != nil {
			return err
		}
		return tx.recordBatch(b, members, string(reissue.BatchRemove))
	})
}

// changedBatch counts the batches anew that an application has left, by being taken
// back or out of production, and come back to.
func (tx *txn) changedBatch(a *reissue.Application, before uint64) error {
	note := a.History[len(a.History)-1].Note
	for _, change := range []struct {
		batch uint64
		do    func(*reissue.Batch, *reissue.Application, reissue.Actor, time.Time, string) error
	}{{before, (*reissue.Batch).Without}, {a.Batch, (*reissue.Batch).With}} {
		if change.batch == 0 {
			continue
		}
		b, err := batches.get(tx.Tx, key(change.batch))
		if err != nil {
			return err
		}
		if err := change.do(b, a, tx.by, tx.now, note); err != nil {
			return err
		}
		members, err := membersOf(tx.Tx, b.ID)
		if err != nil {
			return err
		}
		if err := tx.recordBatch(b, members, string(b.History[len(b.History)-1].Act)); err != nil {
			return err
		}
	}
	return nil
}

// ExpectBatch sets when the batch's certificates should come.
func (s *Store) ExpectBatch(staff *reissue.Staff, number, revision uint64, date string) error {
	return s.changeBatch(staff, number, revision, func(tx *txn, b *reissue.Batch) error {
		if err := b.Do(reissue.BatchExpect, tx.by, tx.now, reissue.ShowDate(date)); err != nil {
			return err
		}
		b.Expected = date
		return tx.putBatch(b, reissue.BatchExpect)
	})
}

func (tx *txn) putBatch(b *reissue.Batch, act reissue.BatchAct) error {
	if err := batches.put(tx.Tx, b); err != nil {
		return err
	}
	return tx.audit(Audit{Act: string(act), Object: objectBatch, ObjectID: b.ID})
}

// MoveBatch runs an act on a batch and on every application in it: all of them
// move or none. It answers how many they are. Members whose state does not fit are
// named in a reissue.Problems.
func (s *Store) MoveBatch(staff *reissue.Staff, number, revision uint64, act reissue.BatchAct, note string) (moved int, err error) {
	err = s.changeBatch(staff, number, revision, func(tx *txn, b *reissue.Batch) error {
		members, err := membersOf(tx.Tx, number)
		if err != nil {
			return err
		}
		moved = len(members)
		if err := b.Do(act, tx.by, tx.now, note); err != nil {
			return err
		}
		if act == reissue.BatchLock {
			if err := b.Lockable(members, tx.by, tx.settings); err != nil {
				return err
			}
		}
		if err := tx.moveMembers(members, act, note); err != nil {
			return err
		}
		if act == reissue.BatchDissolve {
			return tx.recordBatch(b, nil, string(act))
		}
		return tx.putBatch(b, act)
	})
	return moved, err
}

func (tx *txn) moveMembers(members []*reissue.Application, act reissue.BatchAct, note string) error {
	var unfit []*reissue.Application
	for _, a := range members {
		if act.Skips(a) {
			continue
		}
		revision := a.Revision
		switch err := act.On(a, tx.by, tx.now, note); {
		case err == reissue.ErrState:
			unfit = append(unfit, a)
			continue
		case err != nil:
			return err
		}
		var err error
		if a.Revision == revision { // no act of its own: only its place has changed
			err = applications.put(tx.Tx, a)
		} else {
			err = tx.record(a)
		}
		if err != nil {
			return err
		}
	}
	return reissue.MovedOn(unfit)
}

// changeBatch loads a batch for a change, as Change does an application: the
// wrong state is told before the wrong revision, and that before a problem.
func (s *Store) changeBatch(staff *reissue.Staff, number, revision uint64, change func(*txn, *reissue.Batch) error) error {
	return s.update(staff.Actor(), func(tx *txn) error {
		b, err := batchFor(tx, staff, number)
		if err != nil {
			return err
		}
		stale := b.Revision != revision
		switch err := change(tx, b); {
		case err == reissue.ErrState, err == reissue.ErrRole:
			return errors.Join(ErrBatch, err)
		case stale:
			return errors.Join(ErrBatch, reissue.ErrStale)
		default:
			return err
		}
	})
}

// ErrBatch is beside reissue.ErrState and reissue.ErrStale where they are about
// a batch and not about an application.
var ErrBatch = errors.New("about a batch")
