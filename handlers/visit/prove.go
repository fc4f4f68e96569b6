package visit

import (
	"errors"

	"certreissue/password"
	"certreissue/reissue"
	"certreissue/store"
)

// Whoever is signed in, on either side, is somebody who acts, with a number and
// a password.

func (v *Visit) Actor() reissue.Actor {
	if v.Staff != nil {
		return v.Staff.Actor()
	}
	return reissue.Candidate(v.Account.ID)
}

func (v *Visit) subject() uint64 { return v.Actor().ID }

func (v *Visit) ownPassword() string {
	if v.Staff != nil {
		return v.Staff.Password
	}
	return v.Account.Password
}

// OwnTry is an attempt to prove something of one's own.
func (v *Visit) OwnTry(kind store.TryKind) store.Try {
	if v.Staff != nil {
		return store.StaffTry(kind, v.Staff.Name)
	}
	return store.CandidateTry(kind, v.Account.Person.Number.Full())
}

// proof is a field in which somebody proves to be there in person, and what is
// said when it is empty or wrong.
type proof struct{ field, missing, wrong string }

var (
	oldPassword = proof{"old_password", sayOldMissing, sayOldWrong}
	inPerson    = proof{"password", SayPasswordMissing, sayWrongOwn}
)

// ProveSelf asks for one's own password, before what a session that somebody
// has left open must not do.
func (s *Server) ProveSelf(v *Visit) error { return s.prove(v, inPerson) }

// prove verifies a field with one's own password. Wrong ones are counted apart
// from sign-in, so that a stranger at a login page cannot lock out somebody who
// is signed in.
func (s *Server) prove(v *Visit, p proof) error {
	if v.Value(p.field) == "" {
		return reissue.Problems{{Field: p.field, Message: p.missing}}
	}
	try := v.OwnTry(store.TryPassword)
	if err := s.Reserve(try, p.field); err != nil {
		return err
	}
	ok, _, err := s.Verify(v.R.Context(), v.ownPassword(), v.Value(p.field))
	if err != nil {
		return errors.Join(err, s.Store.DropTry(try))
	}
	if !ok {
		return s.Failed(try, p.field, p.wrong)
	}
	return s.Store.SucceedTry(try)
}

// NewPassword checks the three fields of a password change and gives the new
// digest. number is the ID number whose parts a password may not hold. The old
// password costs a try and a hash even where the new one is refused, so that all
// faults are named at once.
func (s *Server) NewPassword(v *Visit, number string) (hashed string, err error) {
	var problems reissue.Problems
	if err := s.prove(v, oldPassword); !errors.As(err, &problems) && err != nil {
		return "", err
	}
	v.CheckNewPassword(number, &problems)
	if err := problems.Err(); err != nil {
		return "", err
	}
	return s.Hash(v.R.Context(), v.Value("password"))
}

// CheckNewPassword judges the fields password and password_confirm, beside
// old_password where the form has one.
func (v *Visit) CheckNewPassword(number string, problems *reissue.Problems) {
	switch plain := v.Value("password"); plain {
	case "":
		problems.Add("password", SayPasswordMissing)
	case v.Value("old_password"):
		problems.Add("password", saySamePassword)
	default:
		problems.AddFault("password", password.Check(plain, number))
	}
	if v.Value("password_confirm") != v.Value("password") {
		problems.Add("password_confirm", sayUnequal)
	}
}
