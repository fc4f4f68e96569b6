package store

import (
	"time"

	"certreissue/reissue"
)

// tryRecord counts the failed attempts on one number, known or not, under an
// HMAC of it.
type tryRecord struct {
	Hash  []byte         `cbor:"1,keyasint"`
	Count int            `cbor:"2,keyasint,omitempty"` // since the last lock
	Locks int            `cbor:"3,keyasint,omitempty"`
	Until reissue.Moment `cbor:"4,keyasint,omitempty"`
	Last  reissue.Moment `cbor:"5,keyasint"`
	Open  int            `cbor:"6,keyasint,omitempty"` // of those that count: not settled yet
}

// giveBack takes back n attempts of which nobody knows how they ended. They may have
// been what locked the number: nothing is counted after that.
func (t *tryRecord) giveBack(n int) {
	if t.Count < n {
		t.Count, t.Locks, t.Until = t.Count+maxTries, t.Locks-1, 0
	}
	t.Count, t.Open = max(t.Count-n, 0), t.Open-n
}

// TryKind says what is being tried.
type TryKind string

// The kinds of attempt that are counted apart from each other.
const (
	TrySignIn   TryKind = "sign-in"
	TryStaff    TryKind = "staff"
	TryPassword TryKind = "password" // the old password, by who is signed in already
	TryCode     TryKind = "code"     // of the second factor, by who is signed in already
)

// After maxTries failures a number waits firstLock, doubling to longestLock;
// all is forgotten a day after the last attempt (SECURITY.md).
const (
	maxTries    = 5
	firstLock   = 15 * time.Minute
	longestLock = time.Hour
	forgetAfter = 24 * time.Hour
)

var tries = Table[tryRecord]{
	name: "tries",
	key:  func(t *tryRecord) []byte { return hashKey(t.Hash) },
	indexes: []Index[tryRecord]{
		// Forgetting the oldest.
		{name: "last", keys: func(t *tryRecord) [][]byte { return [][]byte{key(t.Last)} }},
	},
}

func (s *Store) tryHash(kind TryKind, number string) []byte {
	return s.Sign("try", string(kind), number)
}

// ReserveTry counts an attempt before it is made, so that a hundred at once are
// not more than one after the other. A wait above zero refuses it. SucceedTry
// takes the count back, FailTry lets it stand. One that nobody settles, since the
// process ended before, is given back at the next start.
func (s *Store) ReserveTry(kind TryKind, number string) (wait time.Duration, err error) {
	err = s.update(reissue.System(), func(tx *txn) error {
		hash := s.tryHash(kind, number)
		if wait, err = reserveTry(tx, hash); err != nil || wait > 0 {
			return err
		}
		return s.changeTry(tx, hash, func(t *tryRecord) { t.Open++ })
	})
	return wait, err
}

func reserveTry(tx *txn, hash []byte) (time.Duration, error) {
	record, err := tries.get(tx.Tx, hash)
	if isNotFound(err) {
		record, err = &tryRecord{Hash: hash}, makeRoom(tx)
	}
	if err != nil {
		return 0, err
	}
	since := time.Duration(tx.moment-record.Last) * time.Millisecond
	if since > forgetAfter {
		*record = tryRecord{Hash: hash}
	}
	left := time.Duration(record.Until-tx.moment) * time.Millisecond
	// A lock longer than the longest means that the clock was set back.
	if left > 0 && left <= longestLock {
		return left, nil
	}
	record.Last = tx.moment
	if record.Count++; record.Count >= maxTries {
		lock := min(firstLock<<min(record.Locks, 8), longestLock)
		record.Count, record.Locks, record.Until = 0, record.Locks+1, tx.moment+millis(lock)
	}
	return 0, tries.put(tx.Tx, record)
}

// makeRoom forgets a few records that are a day old; each new one pays for it.
// The table is bounded by the limit on form posts per address.
func makeRoom(tx *txn) error {
	day := tx.moment - millis(forgetAfter)
	return tries.clear(tx.Tx, "last", day)
}

// SucceedTry forgets the failures of a number whose holder has just proven who
// he is.
func (s *Store) SucceedTry(kind TryKind, number string) error {
	return s.update(reissue.System(), func(tx *txn) error { return forgetTries(tx, kind, number) })
}

func forgetTries(tx *txn, kind TryKind, number string) error {
	return tries.delete(tx.Tx, tx.store.tryHash(kind, number))
}

// FailTry settles a reserved attempt that has failed.
func (s *Store) FailTry(kind TryKind, number string) error {
	return s.update(reissue.System(), func(tx *txn) error {
		return s.changeTry(tx, s.tryHash(kind, number), func(t *tryRecord) { t.Open = max(t.Open-1, 0) })
	})
}

// DropTry gives a reserved attempt back that was not made.
func (s *Store) DropTry(kind TryKind, number string) error {
	return s.update(reissue.System(), func(tx *txn) error {
		return s.changeTry(tx, s.tryHash(kind, number), func(t *tryRecord) { t.giveBack(min(t.Open, 1)) })
	})
}

// changeTry changes a record that is there.
func (s *Store) changeTry(tx *txn, hash []byte, change func(*tryRecord)) error {
	record, err := tries.get(tx.Tx, hash)
	if err != nil {
		return ignoreNotFound(err)
	}
	change(record)
	return tries.put(tx.Tx, record)
}

// DropOpenTries gives back the attempts that were under way when the last process that
// served the file ended. Nobody may be making one.
func (s *Store) DropOpenTries() error {
	var open []*tryRecord
	err := s.view(func(tx *txn) error {
		for record, err := range tries.all(tx.Tx) {
			if err != nil {
				return err
			}
			if record.Open > 0 {
				open = append(open, record)
			}
		}
		return nil
	})
	if err != nil || len(open) == 0 {
		return err
	}
	return s.update(reissue.System(), func(tx *txn) error {
		for _, record := range open {
			record.giveBack(record.Open)
			if err := tries.put(tx.Tx, record); err != nil {
				return err
			}
		}
		return nil
	})
}
