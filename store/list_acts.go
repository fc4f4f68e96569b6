package store

import (
	"errors"
	"maps"
	"slices"
	"time"

	"certreissue/reissue"
)

// The acts on lists, as the log has them.
const (
	actCheck    = "check"
	actApply    = "apply"
	actTakeBack = "take_back"
)

// listKind is what a kind of list does to each of its applications.
type listKind struct {
	value string // the column of what is noted
	has   func(*reissue.Application) string
	act   func(value string) Act
	back  func(a *reissue.Application, by reissue.Actor, now time.Time, note string) error
	// What is said of an application that is in no state for it, and of one that has
	// something else already.
	state, other string
}

var listKinds = map[ListKind]listKind{
	ListDecisions: {back: (*reissue.Application).TakeBack},
	ListMailings: {value: ColumnTracking, has: (*reissue.Application).Tracking, state: sayNotReady, other: sayOtherTracking,
		act: func(tracking string) Act {
			return func(a *reissue.Application, by reissue.Actor, now time.Time, _ reissue.Grounds) error {
				return a.Mail(by, now, tracking)
			}
		}, back: (*reissue.Application).CorrectMailing},
	ListNumbers: {value: ColumnNewNumber, has: (*reissue.Application).NewNumber, state: sayNotNumbered, other: sayOtherNumber,
		act: func(number string) Act {
			return func(a *reissue.Application, by reissue.Actor, now time.Time, _ reissue.Grounds) error {
				return a.Number(by, now, number, sayByList, false)
			}
		}, back: (*reissue.Application).TakeBackNumber},
}

// Decide runs a decision on the picked applications of a new list, each as the screen
// showed it, and keeps what became of them. What cannot be decided about is skipped, and
// holds up no other.
func (s *Store) Decide(staff *reissue.Staff, l *List, act Act) error {
	return s.update(staff.Actor(), func(tx *txn) error {
		for i := range l.Rows {
			row := &l.Rows[i]
			a, err := applicationFor(tx, staff, row.Application)
			if err == nil {
				err = tx.judge(staff, a, row.Revision, tx.with(act))
			}
			if _, marked := errors.AsType[*reissue.MarkedError](err); marked {
				row.Outcome = RowMarked
				continue
			}
			if row.Why = tx.whyNot(err, WhyState, WhyStale); row.Why != "" {
				row.Outcome = RowSkipped
				continue
			}
			if err == nil {
				err = tx.record(a)
			}
			if err != nil {
				return err
			}
			row.Outcome, row.Revision = RowDone, a.Revision
		}
		l.Applied, l.AppliedBy = tx.moment, tx.by.ID
		return errors.Join(tx.keepList(l), tx.audit(Audit{Act: actApply, Object: objectList, ObjectID: l.ID}))
	})
}

// whyNot is what stands against an act on one application of a list, in words: state of
// one that is in no state for it, stale of one that has changed since; "" for what is no
// answer but a failure.
func (tx *txn) whyNot(err error, state, stale string) string {
	var problems reissue.Problems
	var second *OpenError
	switch {
	case errors.Is(err, reissue.ErrState):
		return state
	case errors.Is(err, reissue.ErrStale):
		return stale
	case errors.Is(err, reissue.ErrNotFound):
		return WhyGone
	case errors.As(err, &second):
		return sayRowSecond
	case tx.leftOut(err):
		return sayRowDamaged
	case errors.As(err, &problems):
		return problems[0].Message
	}
	return ""
}

// ListMovedError refuses to take a list back of which something has moved since: each
// of Rows says what.
type ListMovedError struct{ Rows []ListRow }

func (e *ListMovedError) Error() string { return "something newer depends on the list" }

// TakeBackList undoes for one reason all that a list has done. Where something newer
// depends on it, that is a *ListMovedError, and nothing is changed; a list that was not
// applied, or was taken back before, is reissue.ErrState.
func (s *Store) TakeBackList(staff *reissue.Staff, kind ListKind, number uint64, note string) error {
	return s.update(staff.Actor(), func(tx *txn) error {
		l, err := listFor(tx, staff, kind, number)
		if err != nil {
			return err
		}
		if !l.MayTakeBack() {
			return reissue.ErrState
		}
		if err := reissue.TakeBackNote(note); err != nil {
			return err
		}
		back := func(a *reissue.Application, by reissue.Actor, now time.Time, _ reissue.Grounds) error {
			return listKinds[kind].back(a, by, now, note)
		}
		var moved []ListRow
		left := map[uint64]*reissue.Application{} // one of those that have left each batch, which counts all of them anew
		for _, row := range l.Of(RowDone) {
			a, err := applicationFor(tx, staff, row.Application)
			var batch uint64
			if err == nil {
				batch = a.Batch
				if err = tx.judge(staff, a, row.Revision, tx.with(back)); err == nil {
					err = tx.record(a)
				}
			}
			if row.Why = tx.whyNot(err, sayRowMoved, sayRowMoved); row.Why != "" {
				moved = append(moved, row)
				continue
			}
			if err != nil {
				return err
			}
			if a.Batch != batch {
				left[batch] = a
			}
		}
		if len(moved) > 0 {
			return &ListMovedError{moved}
		}
		for _, batch := range slices.Sorted(maps.Keys(left)) {
			err = errors.Join(err, tx.changedBatch(left[batch], batch))
		}
		l.TakenBack, l.TakenBackBy, l.BackNote = tx.moment, tx.by.ID, note
		return errors.Join(err, lists.put(tx.Tx, l), tx.audit(Audit{Act: actTakeBack, Object: objectList, ObjectID: l.ID}))
	})
}
