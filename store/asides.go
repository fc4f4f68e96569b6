package store

import (
	"context"
	"errors"
	"slices"
	"time"

	"certreissue/reissue"
)

// An aside is one of reissue's acts that staff do for themselves: they change what
// stands beside an application's history.
type aside func(a *reissue.Application, by reissue.Actor, now time.Time) error

// Note keeps what a staff member notes about an application. Nobody's form is too old
// for it: it stands beside what others note.
func (s *Store) Note(staff *reissue.Staff, number uint64, text string) error {
	return s.update(staff.Actor(), func(tx *txn) error {
		a, err := applicationFor(tx, staff, number)
		if err != nil {
			return err
		}
		return tx.putBeside(a, func(a *reissue.Application, by reissue.Actor, now time.Time) error { return a.AddNote(by, now, text) })
	})
}

// Shown is what a screen showed of an application: its revision, and until when it was
// held, "" for not.
type Shown struct {
	Revision uint64
	Held     string
}

// Hold takes a waiting application out of the queue until a day as it was typed.
func (s *Store) Hold(staff *reissue.Staff, number uint64, shown Shown, until, reason string) error {
	return s.putAside(staff, number, shown, func(a *reissue.Application, by reissue.Actor, now time.Time) error {
		return a.PutOff(by, now, until, reason)
	})
}

// Unhold puts it back before that day.
func (s *Store) Unhold(staff *reissue.Staff, number uint64, shown Shown) error {
	return s.putAside(staff, number, shown, func(a *reissue.Application, by reissue.Actor, now time.Time) error { return a.TakeUp(by, now) })
}

// putAside changes whether an application is held, as Change would decide about it: a
// state that does not fit is told before a screen that is too old, and that before what
// was typed wrong.
func (s *Store) putAside(staff *reissue.Staff, number uint64, shown Shown, act aside) error {
	return s.update(staff.Actor(), func(tx *txn) error {
		a, err := applicationFor(tx, staff, number)
		if err != nil {
			return err
		}
		stale := Shown{a.Revision, a.HeldUntil} != shown
		return tx.putBeside(a, func(a *reissue.Application, by reissue.Actor, now time.Time) error {
			err := act(a, by, now)
			if stale && !errors.Is(err, reissue.ErrState) && !errors.Is(err, reissue.ErrRole) {
				return reissue.ErrStale
			}
			return err
		})
	})
}

// AsShown is an act that is only done to what is held as the screen showed it: who
// decides about what was put off does so knowingly.
func AsShown(held string, act Act) Act {
	return func(a *reissue.Application, by reissue.Actor, now time.Time, on reissue.Grounds) error {
		if a.Status == reissue.Pending && a.HeldUntil != held {
			return reissue.ErrStale
		}
		return act(a, by, now, on)
	}
}

// putBeside runs an aside on an application that was loaded, and writes it with its row of
// the log. That has no revision: the history stays as it was. Nor has it the text.
func (tx *txn) putBeside(a *reissue.Application, act aside) error {
	before := *a
	if err := act(a, tx.by, tx.now); err != nil {
		return err
	}
	if len(a.Asides) == len(before.Asides) {
		return nil // it stands already
	}
	if err := errors.Join(applications.put(tx.Tx, a), tx.recount(&before, a)); err != nil {
		return err
	}
	return tx.audit(Audit{Act: string(a.Asides[len(a.Asides)-1].Act), Object: objectApplication, ObjectID: a.ID})
}

// heldFacet is the part of what is held in one city or, city "", in all.
func heldFacet(city string) []byte { return key(reissue.CityKey(city)) }

// heldKeys are the places of what is held, in all and in its city, by its day.
func heldKeys(a *reissue.Application) (keys [][]byte) {
	if !a.Held() {
		return nil
	}
	keys = append(keys, append(heldFacet(""), key(a.HeldUntil)...))
	if reissue.CityKey(a.Fields.City) != "" {
		keys = append(keys, append(heldFacet(a.Fields.City), key(a.HeldUntil)...))
	}
	return keys
}

// heldAtOnce is how many holds end in one transaction.
const heldAtOnce = 50

// EndHolds puts back into the queue what was held until today or before, and counts it.
func (s *Store) EndHolds(ctx context.Context) (ended int, err error) {
	var due []uint64
	err = s.view(func(tx *txn) error {
		tomorrow := reissue.StartOf(tx.today(), 1).Date()
		for _, k := range applications.walk(tx.Tx, span{index: "held", prefix: heldFacet(""), to: key(tomorrow)}, nil) {
			due = append(due, id(k))
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	for part := range slices.Chunk(due, heldAtOnce) {
		if err := ctx.Err(); err != nil {
			return ended, err
		}
		now := 0
		err := s.update(reissue.System(), func(tx *txn) error {
			now = 0
			for _, number := range part {
				a, err := applications.get(tx.Tx, key(number))
				if tx.leftOut(err) || isNotFound(err) {
					continue
				}
				if err != nil {
					return err
				}
				err = tx.putBeside(a, func(a *reissue.Application, by reissue.Actor, at time.Time) error {
					if a.EndHold(by, at) {
						now++
					}
					return nil
				})
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return ended, err
		}
		ended += now
	}
	return ended, nil
}
