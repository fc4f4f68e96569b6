package store

import (
	"bytes"
	"slices"
	"time"

	"certreissue/reissue"
)

// tryRecord counts the failed attempts on one number, known or not, under an
// HMAC of it; on a staff member's name in each place apart.
type tryRecord struct {
	Hash  []byte           `cbor:"1,keyasint"`
	Count int              `cbor:"2,keyasint,omitempty"` // since the last lock
	Locks int              `cbor:"3,keyasint,omitempty"`
	Until reissue.Moment   `cbor:"4,keyasint,omitempty"`
	Last  reissue.Moment   `cbor:"5,keyasint"`
	Open  int              `cbor:"6,keyasint,omitempty"` // of those that count: not settled yet
	Staff []byte           `cbor:"7,keyasint,omitempty"` // HMAC of the name; none for a number
	Times []reissue.Moment `cbor:"8,keyasint,omitempty"` // of the last hour, that count together with those of other places
}

// TryKind says what is being tried.
type TryKind string

// The kinds of attempt that are counted apart from each other.
const (
	TrySignIn     TryKind = "sign-in"
	TryStaff      TryKind = "staff"
	TryFirstAdmin TryKind = "first admin"
	TryPassword   TryKind = "password"    // the old password, by who is signed in already
	TryCode       TryKind = "code"        // of the second factor, by who is signed in already
	TrySecondStep TryKind = "second step" // of a sign-in, by who knows the password
)

// Try is what is being tried, and under what it is counted.
type Try struct {
	kind  TryKind
	whose string // a number or a staff member's name, known or not
	staff bool
	place string // that the count is of: a network or a device; "" for all together
	// shared says that the attempts also count together with those of other places.
	shared bool
}

// CandidateTry is an attempt on a number, from wherever: who is locked out by others
// may set a new password by mail.
func CandidateTry(kind TryKind, number string) Try { return Try{kind: kind, whose: number} }

// StaffTry is an attempt by a staff member who has proven something already.
func StaffTry(kind TryKind, name string) Try {
	return Try{kind: kind, whose: foldStaffName(name), staff: true}
}

// FirstAdminTry is an attempt on the code that makes the first admin.
func FirstAdminTry(network string) Try {
	return Try{kind: TryFirstAdmin, staff: true, place: network, shared: true}
}

// SignInTry is an attempt to sign in by a staff member's name. A stranger must not be
// able to keep them out, who have no way round by mail: so each network has a count of
// its own, all networks together have one that is larger, and a device on which they
// have signed in before, as its mark tells, has one that nobody else touches.
func (s *Store) SignInTry(name, network, mark string) (t Try, err error) {
	t = StaffTry(TryStaff, name)
	t.place, t.shared = network, true
	err = s.view(func(tx *txn) error {
		known, err := knownDevice(tx, t.whose, mark)
		if known != nil {
			t.place, t.shared = known.place(), false
		}
		return err
	})
	return t, err
}

// SecondStep is an attempt on the code of a second factor, behind the password of the
// sign-in. Strangers do not come that far: it is counted for all networks together.
func (t Try) SecondStep() Try {
	if !t.shared {
		return t
	}
	return Try{kind: TrySecondStep, whose: t.whose, staff: true}
}

// OfStaff tells whether whoever has to wait is of the office.
func (t Try) OfStaff() bool { return t.staff }

// After maxTries failures a number, or a name in one place, waits firstLock, doubling to
// longestLock; all is forgotten a day after the last attempt. Of the attempts that are
// shared a name has sharedTries in sharedSpan (SECURITY.md).
const (
	maxTries    = 5
	firstLock   = 15 * time.Minute
	longestLock = time.Hour
	forgetAfter = 24 * time.Hour
	sharedTries = 20
	sharedSpan  = time.Hour
)

var tries = Table[tryRecord]{
	name: "tries",
	key:  func(t *tryRecord) []byte { return hashKey(t.Hash) },
	indexes: []Index[tryRecord]{
		// Forgetting the oldest.
		{name: "last", keys: func(t *tryRecord) [][]byte { return [][]byte{key(t.Last)} }},
		// What was tried under a staff member's name, and unlocking it.
		{name: "staff", keys: func(t *tryRecord) [][]byte {
			if t.Staff == nil {
				return nil
			}
			return [][]byte{key(t.Staff, t.Last)}
		}},
	},
}

func (s *Store) tryHash(t Try) []byte {
	if t.staff {
		return s.Sign("staff try", string(t.kind), t.whose, t.place)
	}
	return s.Sign("try", string(t.kind), t.whose)
}

func (s *Store) staffHash(t Try) []byte { return s.Sign("staff", t.whose) }

// ReserveTry counts an attempt before it is made, so that a hundred at once are
// not more than one after the other. A wait above zero refuses it. SucceedTry
// takes the count back, FailTry lets it stand. One that nobody settles, since the
// process ended before, is given back at the next start.
func (s *Store) ReserveTry(t Try) (wait time.Duration, err error) {
	err = s.update(reissue.System(), func(tx *txn) error {
		hash := s.tryHash(t)
		record, err := tries.get(tx.Tx, hash)
		if isNotFound(err) {
			record, err = &tryRecord{}, makeRoom(tx)
		}
		if err != nil {
			return err
		}
		if tx.moment-record.Last > millis(forgetAfter) {
			*record = tryRecord{Hash: hash}
			if t.staff {
				record.Staff = s.staffHash(t)
			}
		}
		if wait = record.wait(tx.moment); t.shared {
			shared, err := sharedWait(tx, t)
			if err != nil {
				return err
			}
			wait = max(wait, shared)
		}
		if wait > 0 {
			return nil
		}
		record.count(tx.moment)
		if t.shared {
			record.Times = append(record.recent(tx.moment), tx.moment)
		}
		return tries.put(tx.Tx, record)
	})
	return wait, err
}

// wait is how long the next attempt has to wait.
func (t *tryRecord) wait(now reissue.Moment) time.Duration {
	left := time.Duration(t.Until-now) * time.Millisecond
	// A lock longer than the longest means that the clock was set back.
	if left > longestLock {
		return 0
	}
	return max(left, 0)
}

// count counts an attempt that is not settled yet.
func (t *tryRecord) count(now reissue.Moment) {
	t.Last, t.Open = now, t.Open+1
	if t.Count++; t.Count >= maxTries {
		lock := min(firstLock<<min(t.Locks, 8), longestLock)
		t.Count, t.Locks, t.Until = 0, t.Locks+1, now+millis(lock)
	}
}

// giveBack takes back n attempts of which nobody knows how they ended. They may have
// been what locked the number: nothing is counted after that.
func (t *tryRecord) giveBack(n int) {
	if t.Count < n {
		t.Count, t.Locks, t.Until = t.Count+maxTries, t.Locks-1, 0
	}
	t.Count, t.Open = max(t.Count-n, 0), t.Open-n
	t.Times = t.Times[:max(len(t.Times)-n, 0)]
}

// recent are the shared attempts that are not too long ago.
func (t *tryRecord) recent(now reissue.Moment) []reissue.Moment {
	return slices.DeleteFunc(slices.Clone(t.Times), func(at reissue.Moment) bool { return at > now || now-at >= millis(sharedSpan) })
}

// sharedWait is how long a name has to wait that has had its share of attempts, or
// whose second step has to wait: no further one may tell that a password is right.
func sharedWait(tx *txn, t Try) (wait time.Duration, err error) {
	var times []reissue.Moment
	second := tx.store.tryHash(t.SecondStep())
	err = triesOf(tx, t, func(record *tryRecord) bool {
		if bytes.Equal(record.Hash, second) {
			wait = record.wait(tx.moment)
		}
		times = append(times, record.recent(tx.moment)...)
		return tx.moment-record.Last < millis(max(sharedSpan, longestLock))
	})
	slices.Sort(times)
	if n := len(times) - sharedTries; n >= 0 {
		wait = max(wait, sharedSpan-time.Duration(tx.moment-times[n])*time.Millisecond)
	}
	return wait, err
}

// triesOf gives what was tried under a staff member's name, the last first, while more
// is asked for.
func triesOf(tx *txn, t Try, more func(*tryRecord) bool) error {
	for _, k := range tries.entries(tx.Tx, "staff", tx.store.staffHash(t), nil, true) {
		record, err := tries.get(tx.Tx, k)
		if tx.leftOut(err) {
			continue
		}
		if err != nil || !more(record) {
			return err
		}
	}
	return nil
}

// makeRoom forgets a few records that are a day old; each new one pays for it.
// The table is bounded by the limit on form posts per address.
func makeRoom(tx *txn) error { return tries.clear(tx.Tx, "last", tx.moment-millis(forgetAfter)) }

// SucceedTry forgets the failures of a number whose holder has just proven who
// he is, in that place.
func (s *Store) SucceedTry(t Try) error {
	return s.update(reissue.System(), func(tx *txn) error { return forgetTries(tx, t) })
}

func forgetTries(tx *txn, t Try) error { return tries.delete(tx.Tx, tx.store.tryHash(t)) }

// forgetStaffTries forgets all that was tried under a staff member's name.
func forgetStaffTries(tx *txn, name string) error {
	var hashes [][]byte
	err := triesOf(tx, StaffTry(TryStaff, name), func(record *tryRecord) bool {
		hashes = append(hashes, record.Hash)
		return true
	})
	for _, hash := range hashes {
		if err == nil {
			err = tries.delete(tx.Tx, hash)
		}
	}
	return err
}

// lockedUntil is until when sign-in by a number still has to wait; 0: not at all.
func lockedUntil(tx *txn, t Try) (reissue.Moment, error) {
	record, err := tries.get(tx.Tx, tx.store.tryHash(t))
	if err != nil || record.wait(tx.moment) == 0 {
		return 0, ignoreNotFound(err)
	}
	return record.Until, nil
}

// staffLockedUntil is until when any count still refuses a staff member somewhere; 0:
// none does.
func staffLockedUntil(tx *txn, name string) (reissue.Moment, error) {
	t := StaffTry(TryStaff, name)
	t.shared = true
	longest, err := sharedWait(tx, t)
	if err == nil {
		err = triesOf(tx, t, func(record *tryRecord) bool {
			longest = max(longest, record.wait(tx.moment))
			return true
		})
	}
	if err != nil || longest == 0 {
		return 0, err
	}
	return tx.moment + millis(longest), nil
}

// FailTry settles a reserved attempt that has failed.
func (s *Store) FailTry(t Try) error {
	return s.changeTry(t, func(record *tryRecord) { record.Open = max(record.Open-1, 0) })
}

// DropTry gives a reserved attempt back that was not made.
func (s *Store) DropTry(t Try) error {
	return s.changeTry(t, func(record *tryRecord) { record.giveBack(min(record.Open, 1)) })
}

// changeTry changes a record that is there.
func (s *Store) changeTry(t Try, change func(*tryRecord)) error {
	return s.update(reissue.System(), func(tx *txn) error {
		record, err := tries.get(tx.Tx, s.tryHash(t))
		if err != nil {
			return ignoreNotFound(err)
		}
		change(record)
		return tries.put(tx.Tx, record)
	})
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
