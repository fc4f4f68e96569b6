package handlers

import (
	"errors"

	"certreissue/reissue"
	"certreissue/store"
)

// Whoever is signed in, on either side, is somebody who acts, with a number and
// a password.

func (v *visit) actor() reissue.Actor {
	if v.staff != nil {
		return v.staff.Actor()
	}
	return reissue.Candidate(v.account.ID)
}

func (v *visit) subject() uint64 { return v.actor().ID }

// ownPassword is the stored password, and under what wrong ones are counted.
func (v *visit) ownPassword() (stored, tried string) {
	if v.staff != nil {
		return v.staff.Password, store.StaffTry(v.staff.Name)
	}
	return v.account.Password, v.account.Person.Number.Full()
}

// proof is a field in which somebody proves to be there in person, and what is
// said when it is empty or wrong.
type proof struct{ field, missing, wrong string }

var (
	oldPassword = proof{"old_password", sayOldMissing, sayOldWrong}
	inPerson    = proof{"password", sayPasswordMissing, sayWrongOwn}
)

// proveSelf asks for one's own password, before what a session that somebody
// has left open must not do.
func (s *Server) proveSelf(v *visit) error { return s.prove(v, inPerson) }

// prove verifies a field with one's own password. Wrong ones are counted apart
// from sign-in, so that a stranger at a login page cannot lock out somebody who
// is signed in.
func (s *Server) prove(v *visit, p proof) error {
	if v.value(p.field) == "" {
		return reissue.Problems{{Field: p.field, Message: p.missing}}
	}
	stored, tried := v.ownPassword()
	if err := s.reserve(store.TryPassword, tried, p.field); err != nil {
		return err
	}
	ok, _, err := s.verify(v.r.Context(), stored, v.value(p.field))
	if err != nil {
		return err
	}
	if !ok {
		return reissue.Problems{{Field: p.field, Message: p.wrong}}
	}
	return s.store.SucceedTry(store.TryPassword, tried)
}

// newPassword checks the three fields of a password change and gives the new
// digest. number is the ID number whose parts a password may not hold. The old
// password costs a try and a hash even where the new one is refused, so that all
// faults are named at once.
func (s *Server) newPassword(v *visit, number string) (hashed string, err error) {
	var problems reissue.Problems
	if err := s.prove(v, oldPassword); !errors.As(err, &problems) && err != nil {
		return "", err
	}
	v.checkNewPassword(number, &problems)
	if err := problems.Err(); err != nil {
		return "", err
	}
	return s.hash(v.r.Context(), v.value("password"))
}
