package store

import (
	"context"
	"errors"
	"slices"
	"time"

	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

// forgottenAtOnce is how many records go in one transaction.
const forgottenAtOnce = 50

// To a machine that wakes in a wrong year everything looks over. Hence a night
// only deletes if another one was noted in the week before, and not a moment
// ago.
const (
	nightsApart  = 6 * time.Hour
	nightsLinked = 7 * 24 * time.Hour
)

// Forgotten counts what the office keeps no longer.
type Forgotten struct {
	Photos, Applications, Accounts int
	Waits                          bool // for the next night: there is none to hold the clock against
}

// Forget deletes what the office's settings keep no longer, and counts it. The
// pages that get free in the file keep their bytes until it is compacted, which
// the service does at its next start.
func (s *Store) Forget(ctx context.Context) (gone Forgotten, err error) {
	if err := errors.Join(s.dropFarewells(), s.update(reissue.System(), (*txn).dropLists)); err != nil {
		return gone, err
	}
	kept, now := s.Settings().Retention, s.Now()
	var file *identity
	err = s.view(func(tx *txn) (err error) {
		file, err = identities.get(tx.Tx)
		return err
	})
	if err != nil {
		return gone, err
	}
	switch since := now.Sub(file.LastNight.Time()); {
	case since < 0, since > nightsLinked:
		gone.Waits = kept != reissue.Retention{}
		return gone, s.noteNight()
	case since < nightsApart:
		return gone, nil
	}
	for _, kind := range gone.kinds(kept, file, now) {
		if err := s.forget(ctx, kind); err != nil {
			return gone, err
		}
	}
	return gone, s.noteNight()
}

// Due counts what a night would delete now if the office kept things as long as
// kept says, and tells whether any of it is safe by the settings as they are. It
// reads what may be the whole file, beside those who write.
func (s *Store) Due(kept reissue.Retention) (due Forgotten, more bool, err error) {
	stored := s.Settings().Retention
	if !kept.Shortens(stored) {
		return due, false, nil
	}
	err = s.view(func(tx *txn) (err error) {
		if due, err = dueBy(tx, kept); due == (Forgotten{}) || err != nil {
			return err
		}
		before, err := dueBy(tx, stored)
		// A longer period's records are among a shorter one's: numbers tell.
		more = due.Photos > before.Photos || due.Applications > before.Applications || due.Accounts > before.Accounts
		return err
	})
	return due, more, err
}

func dueBy(tx *txn, kept reissue.Retention) (due Forgotten, err error) {
	file, err := identities.get(tx.Tx)
	if err != nil {
		return due, err
	}
	for _, kind := range due.kinds(kept, file, tx.now) {
		list, err := kind.find(tx, kind.before)
		if err != nil {
			return due, err
		}
		*kind.count = len(list)
	}
	return due, nil
}

// noteNight keeps when Forget ran for the first time, and now.
func (s *Store) noteNight() error {
	return s.update(reissue.System(), func(tx *txn) error {
		return setIdentity(tx.Tx, func(i *identity) {
			if i.FirstNight == 0 || i.FirstNight > tx.moment {
				i.FirstNight = tx.moment
			}
			i.LastNight = tx.moment
		})
	})
}

// retained is one kind of what the office keeps for a time: until when it must
// have ended to go, how it is found, and how it goes, which is false for what
// something has happened to meanwhile.
type retained struct {
	count  *int
	before reissue.Moment
	find   func(tx *txn, before reissue.Moment) ([]uint64, error)
	forget func(tx *txn, number uint64, before reissue.Moment) (bool, error)
}

// kinds are what the office does not keep for ever, in the order in which it
// goes, each counted in gone.
func (gone *Forgotten) kinds(kept reissue.Retention, file *identity, now time.Time) []retained {
	applicationsBefore, accountsBefore := kept.ApplicationsBefore(now), kept.AccountsBefore(now)
	if file.FirstNight == 0 || file.FirstNight >= accountsBefore {
		accountsBefore = 0 // older versions did not note how an account was used
	}
	accounts := func(tx *txn, before reissue.Moment) ([]uint64, error) {
		return accountsOver(tx, before, applicationsBefore)
	}
	return slices.DeleteFunc([]retained{
		{&gone.Photos, kept.PhotosBefore(now), photosOver, forgetPhoto},
		{&gone.Applications, applicationsBefore, applicationsOver, forgetApplication},
		{&gone.Accounts, accountsBefore, accounts, forgetUnused},
	}, func(kind retained) bool { return kind.before == 0 })
}

func (s *Store) forget(ctx context.Context, kind retained) error {
	var list []uint64
	err := s.view(func(tx *txn) (err error) {
		list, err = kind.find(tx, kind.before)
		return err
	})
	if err != nil {
		return err
	}
	for part := range slices.Chunk(list, forgottenAtOnce) {
		if err := ctx.Err(); err != nil {
			return err
		}
		gone := 0
		err := s.update(reissue.System(), func(tx *txn) error {
			for _, number := range part {
				went, err := kind.forget(tx, number, kind.before)
				if err != nil {
					return err
				}
				if went {
					gone++
				}
			}
			if gone == 0 {
				return nil
			}
			return markPurged(tx)
		})
		if err != nil {
			return err
		}
		*kind.count += gone
	}
	return nil
}

// markPurged lets the next start of the service compact the file.
func markPurged(tx *txn) error {
	return setIdentity(tx.Tx, func(i *identity) { i.Purged = true })
}

// Purged tells whether records were deleted whose bytes still lie in the file.
func (s *Store) Purged() (purged bool, err error) {
	err = s.db.View(func(tx *bolt.Tx) error {
		i, err := identities.get(tx)
		if err == nil {
			purged = i.Purged
		}
		return err
	})
	return purged, err
}

// over are the applications that ended before a moment and pass. Those that
// queued after it cannot have ended before.
func over(tx *txn, before reissue.Moment, pass func(*reissue.Application) bool) (list []uint64, err error) {
	for _, status := range reissue.Statuses {
		if status.Open() {
			continue
		}
		prefix := facet(status, "", 0, 0)
		for entry, k := range applications.entries(tx.Tx, "queue", prefix, nil, false) {
			if reissue.Moment(id(entry[len(prefix):])) >= before {
				break
			}
			a, err := applications.get(tx.Tx, k)
			if tx.leftOut(err) {
				continue
			}
			if err != nil {
				return nil, err
			}
			if a.EndedBefore(before) && pass(a) {
				list = append(list, a.ID)
			}
		}
	}
	return list, nil
}

func photosOver(tx *txn, before reissue.Moment) ([]uint64, error) {
	return over(tx, before, func(a *reissue.Application) bool { return a.Photo.Given() })
}

func forgetPhoto(tx *txn, number uint64, before reissue.Moment) (bool, error) {
	a, err := applications.get(tx.Tx, key(number))
	if err != nil || !a.ForgetPhoto(tx.by, tx.now, before) {
		return false, ignoreNotFound(err)
	}
	return true, errors.Join(photos.delete(tx.Tx, number), tx.record(a))
}

func applicationsOver(tx *txn, before reissue.Moment) ([]uint64, error) {
	return over(tx, before, func(*reissue.Application) bool { return true })
}

// forgetApplication deletes an application with its photo and its mails. What
// was counted stays counted, and the log keeps its number. With the last one a
// closed account goes too.
func forgetApplication(tx *txn, number uint64, before reissue.Moment) (bool, error) {
	a, err := applications.get(tx.Tx, key(number))
	if err != nil || !a.EndedBefore(before) {
		return false, ignoreNotFound(err)
	}
	for mail := range mailsOf(a) {
		err = errors.Join(err, mails.delete(tx.Tx, key(*mail)))
	}
	if a.Batch != 0 {
		b, batchErr := batches.get(tx.Tx, key(a.Batch))
		if batchErr != nil {
			return false, batchErr
		}
		b.Forgotten++
		err = errors.Join(err, batches.put(tx.Tx, b))
	}
	err = errors.Join(err, forgetProofs(tx, number), applications.delete(tx.Tx, key(number)), photos.delete(tx.Tx, number), tx.uncount(a),
		tx.audit(Audit{Act: "forget", Object: objectApplication, ObjectID: number}))
	if err != nil {
		return false, err
	}
	owner, err := accounts.get(tx.Tx, key(a.Owner))
	if err != nil || owner.Closed == 0 {
		return true, err
	}
	if has, err := hasApplications(tx, owner.ID); has || err != nil {
		return true, err
	}
	return true, forgetAccount(tx, owner)
}

func hasApplications(tx *txn, account uint64) (bool, error) {
	list, err := applications.having(tx.Tx, "owner", key(account))
	return len(list) > 0, err
}

// accountsOver are the accounts that nobody has used since a moment and that
// have no application but such as ended before one of their own, and so go in
// the same night. A closed account is not found for its applications' sake: the
// last of them takes it along.
func accountsOver(tx *txn, before, applicationsBefore reissue.Moment) (list []uint64, err error) {
	for a, err := range accounts.all(tx.Tx) {
		if tx.leftOut(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if a.LastUsed() >= before {
			continue
		}
		own, err := applications.having(tx.Tx, "owner", key(a.ID))
		if tx.leftOut(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		stays := func(own *reissue.Application) bool { return a.Closed != 0 || !own.EndedBefore(applicationsBefore) }
		if !slices.ContainsFunc(own, stays) {
			list = append(list, a.ID)
		}
	}
	return list, nil
}

func forgetUnused(tx *txn, number uint64, before reissue.Moment) (bool, error) {
	a, err := accounts.get(tx.Tx, key(number))
	if err != nil {
		return false, ignoreNotFound(err)
	}
	if has, err := hasApplications(tx, a.ID); has || err != nil || a.LastUsed() >= before {
		return false, err
	}
	return true, forgetAccount(tx, a)
}

// forgetAccount erases an account that the office keeps no longer, and notes it.
func forgetAccount(tx *txn, a *reissue.Account) error {
	return errors.Join(eraseAccount(tx, a), tx.audit(Audit{Act: "forget", Object: objectAccount, ObjectID: a.ID}))
}
