package store

import (
	"crypto/sha256"
	"errors"
	"slices"
	"time"

	"certreissue/reissue"
)

// Session is somebody's being signed in. The browser holds a random token, the
// file only its hash. One that is over is kept for a day without its rights: where
// it only timed out it still tells whose draft a late post is.
type Session struct {
	Hash    []byte         `cbor:"1,keyasint"` // SHA-256 of the token
	Kind    SessionKind    `cbor:"2,keyasint"`
	Subject uint64         `cbor:"3,keyasint"` // account or staff number
	Created reissue.Moment `cbor:"4,keyasint"`
	Seen    reissue.Moment `cbor:"5,keyasint"` // to within seenEvery
	Ended   reissue.Moment `cbor:"6,keyasint,omitempty"`
	Device  string         `cbor:"30,keyasint,omitempty"` // in words, by which its owner knows it again
}

// SignIn is what a session starts from.
type SignIn struct {
	Kind    SessionKind
	Subject uint64
	// Proven is the stored password that was just proven right.
	Proven string
	Device string
	// Code is of the second factor, for staff who have one.
	Code string
	// Mark is that of the device, for staff, and NewMark the one it has from now on.
	Mark, NewMark string
}

// SessionKind tells candidates' sessions from those of staff.
type SessionKind string

// The two kinds of session.
const (
	SessionCandidate SessionKind = "candidate"
	SessionStaff     SessionKind = "staff"
)

// Limits of a session (SECURITY.md). The last look is written only every few
// minutes, since a page view should not cost a commit.
const (
	sessionLife = 12 * time.Hour
	seenEvery   = 3 * time.Minute
	keepOver    = 24 * time.Hour
)

// SessionState is what a session is still good for.
type SessionState int

// The states of a session. One that was ended, by its owner or by what ended all of
// them, is good for nothing: whoever has its cookie may be whom it was ended against.
// One that nobody used for a while is its owner's still, who is typing.
const (
	SessionEnded SessionState = iota
	SessionTimedOut
	SessionLive
)

// Idle is how long a session of this kind lasts without a look.
func (k SessionKind) Idle() time.Duration {
	if k == SessionStaff {
		return 30 * time.Minute
	}
	return 2 * time.Hour
}

var sessions = Table[Session]{
	name: "sessions",
	key:  func(s *Session) []byte { return hashKey(s.Hash) },
	indexes: []Index[Session]{
		// Ending all sessions of an account or a staff member.
		{name: "subject", keys: func(s *Session) [][]byte { return [][]byte{key(string(s.Kind), s.Subject)} }},
		// Clearing away what is over for good.
		{name: "created", keys: func(s *Session) [][]byte { return [][]byte{key(s.Created)} }},
	},
}

// hashKey is a SHA-256 as a key of fixed length, all zero for a zero record.
func hashKey(hash []byte) []byte {
	k := make([]byte, sha256.Size)
	copy(k, hash)
	return k
}

func tokenHash(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

// StartSession signs a subject in under a new token. If the password that was
// proven has changed since, by its owner, a reset or the counter, the sign-in
// comes too late and is reissue.ErrStale. Without the code of somebody's second
// factor it is ErrCode.
func (s *Store) StartSession(token string, in SignIn) error {
	return s.update(reissue.System(), func(tx *txn) error {
		current, err := storedPassword(tx, in.Kind, in.Subject)
		if err != nil {
			return err
		}
		if current != in.Proven {
			return reissue.ErrStale
		}
		if in.Kind == SessionStaff {
			if err = proveFactor(tx, in.Subject, in.Code); err == nil {
				err = rememberDevice(tx, in.Subject, in.Mark, in.NewMark)
			}
		} else {
			err = noteUse(tx, in.Subject)
		}
		if err != nil {
			return err
		}
		if err := clearSessions(tx); err != nil {
			return err
		}
		return sessions.put(tx.Tx, &Session{Hash: tokenHash(token), Kind: in.Kind, Subject: in.Subject, Created: tx.moment, Seen: tx.moment, Device: in.Device})
	})
}

// noteUse keeps when an account was last used, longer than its sessions.
func noteUse(tx *txn, number uint64) error {
	account, err := openAccount(tx, number)
	if err != nil {
		return err
	}
	account.Used = tx.moment
	return accounts.put(tx.Tx, account)
}

// storedPassword is what a subject signs in with now.
func storedPassword(tx *txn, kind SessionKind, subject uint64) (string, error) {
	if kind == SessionStaff {
		staff, err := staffs.get(tx.Tx, key(subject))
		if err != nil {
			return "", err
		}
		if staff.Disabled {
			return "", reissue.ErrNotFound
		}
		return staff.Password, nil
	}
	account, err := openAccount(tx, subject)
	if err != nil {
		return "", err
	}
	return account.Password, nil
}

// Session is the session of a token, whatever its state; reissue.ErrNotFound for an
// unknown one. A live one is noted as seen.
func (s *Store) Session(kind SessionKind, token string) (found *Session, state SessionState, err error) {
	var now reissue.Moment
	err = s.view(func(tx *txn) error {
		now = tx.moment
		found, err = sessions.get(tx.Tx, tokenHash(token))
		if tx.leftOut(err) || err == nil && found.Kind != kind {
			err = reissue.ErrNotFound // whoever had it signs in anew
		}
		return err
	})
	if err != nil {
		return nil, SessionEnded, err
	}
	if state = found.state(now); state == SessionLive && now-found.Seen > millis(seenEvery) {
		err = s.update(reissue.System(), func(tx *txn) error {
			current, err := sessions.get(tx.Tx, found.Hash)
			if err != nil || current.state(tx.moment) != SessionLive {
				return err
			}
			current.Seen = tx.moment
			return sessions.put(tx.Tx, current)
		})
		if isFull(err) { // pages are shown all the same
			err = nil
		}
	}
	return found, state, err
}

// state tells whether the session still gives its rights, or a day later its name. A
// clock that jumped back by more than an hour times it out too, rather than lengthening
// it.
func (s *Session) state(now reissue.Moment) SessionState {
	within := func(more time.Duration) bool {
		return now-s.Created < millis(sessionLife+more) && now-s.Seen < millis(s.Kind.Idle()+more)
	}
	switch {
	case s.Ended != 0 || !within(keepOver):
		return SessionEnded
	case !within(0) || s.Created-now >= millis(time.Hour):
		return SessionTimedOut
	}
	return SessionLive
}

// EndSession signs a token out.
func (s *Store) EndSession(token string) error {
	return s.update(reissue.System(), func(tx *txn) error {
		session, err := sessions.get(tx.Tx, tokenHash(token))
		if err != nil {
			return ignoreNotFound(err)
		}
		return session.end(tx)
	})
}

func (s *Session) end(tx *txn) error {
	if s.Ended != 0 {
		return nil
	}
	s.Ended = tx.moment
	return sessions.put(tx.Tx, s)
}

// sessionsOf are all sessions of a subject.
func sessionsOf(tx *txn, kind SessionKind, subject uint64) ([]*Session, error) {
	return sessions.readable(tx, "subject", key(string(kind), subject))
}

// endSessions ends all sessions of a subject but keep, a token's hash.
func endSessions(tx *txn, kind SessionKind, subject uint64, keep []byte) error {
	list, err := sessionsOf(tx, kind, subject)
	for _, session := range list {
		if !slices.Equal(session.Hash, keep) {
			err = errors.Join(err, session.end(tx))
		}
	}
	return err
}

// dropSessions forgets all sessions of a subject, who is leaving.
func dropSessions(tx *txn, kind SessionKind, subject uint64) error {
	list, err := sessionsOf(tx, kind, subject)
	for _, session := range list {
		err = errors.Join(err, sessions.delete(tx.Tx, session.Hash))
	}
	return err
}

// clearSessions deletes a few sessions that are over for good. Each new session
// pays for it, so that no job is needed and the table stays small.
func clearSessions(tx *txn) error {
	return sessions.clear(tx.Tx, "created", tx.moment-millis(sessionLife+keepOver))
}
