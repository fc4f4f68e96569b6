package store

import (
	"cmp"
	"errors"
	"slices"

	"certreissue/reissue"
)

// Sessions are where a subject is signed in now, the last seen first.
func (s *Store) Sessions(kind SessionKind, subject uint64) (list []*Session, err error) {
	err = s.view(func(tx *txn) error {
		list, err = liveSessions(tx, kind, subject)
		return err
	})
	return list, err
}

func liveSessions(tx *txn, kind SessionKind, subject uint64) ([]*Session, error) {
	list, err := sessionsOf(tx, kind, subject)
	list = slices.DeleteFunc(list, func(s *Session) bool { return s.state(tx.moment) != SessionLive })
	slices.SortFunc(list, func(a, b *Session) int { return cmp.Or(cmp.Compare(b.Seen, a.Seen), cmp.Compare(b.Created, a.Created)) })
	return list, err
}

// EndOtherSessions signs a subject out everywhere but in the session keep, a
// token's hash.
func (s *Store) EndOtherSessions(by reissue.Actor, kind SessionKind, subject uint64, keep []byte) error {
	object := objectAccount
	if kind == SessionStaff {
		object = objectStaff
	}
	return s.update(by, func(tx *txn) error {
		return errors.Join(endSessions(tx, kind, subject, keep), tx.audit(Audit{Act: "sign_out", Object: object, ObjectID: subject}))
	})
}
