package visit

import (
	"context"
	"errors"
	"unicode"

	"certreissue/idcard"
	"certreissue/password"
	"certreissue/reissue"
	"certreissue/store"
)

// Claim is who somebody at a sign-in says to be.
type Claim struct {
	Try   store.Try // under what failed attempts are counted
	Field string    // of the name or number, where a refusal is told
	Wrong string    // what a refusal says, the same for whoever it is
}

// Holder is who a claim is about: nobody has no stored password.
type Holder struct {
	Subject uint64
	Stored  string // the password as it is stored
	// Renew takes over today's digest of a password that is stored in an older form;
	// nil where there are none.
	Renew func(stored, renewed string) error
	// Second is set where the password is only the first step: it answers instead. The
	// steps have a count of their own, and the first one is one of them.
	Second func() error
}

// SignIn proves a claim by the posted password, on either side, and leads home.
// Known and unknown ones take the same way: a try is reserved, one hash is computed
// outside any transaction, and the answer is the same.
func (s *Server) SignIn(v *Visit, claim Claim, find func() (Holder, error)) error {
	if err := s.Reserve(claim.Try, claim.Field); err != nil {
		return err
	}
	holder, err := find()
	if err != nil && !errors.Is(err, reissue.ErrNotFound) {
		return err
	}
	ok, renewed, err := s.Verify(v.R.Context(), holder.Stored, v.Value("password"))
	if err != nil {
		return errors.Join(err, s.Store.DropTry(claim.Try))
	}
	if !ok {
		return s.Failed(claim.Try, claim.Field, claim.Wrong)
	}
	if holder.Second != nil {
		if err := s.Store.DropTry(claim.Try); err != nil {
			return err
		}
		if err := s.Reserve(claim.Try.SecondStep(), claim.Field); err != nil {
			return err
		}
		return holder.Second()
	}
	if err := s.Store.SucceedTry(claim.Try); err != nil {
		return err
	}
	if renewed != "" && holder.Renew != nil {
		if err := holder.Renew(holder.Stored, renewed); err != nil {
			return err
		}
		holder.Stored = renewed
	}
	if err := v.Begin(holder.Subject, holder.Stored, ""); err != nil {
		return LateSignIn(err, claim.Field, claim.Wrong)
	}
	return v.Redirect(v.Realm.Home)
}

// LateSignIn answers a password that was changed, or an account that was closed,
// while it was being proven: it is a wrong one now.
func LateSignIn(err error, field, message string) error {
	if errors.Is(err, reissue.ErrStale) || errors.Is(err, reissue.ErrNotFound) {
		return reissue.Problems{{Field: field, Message: message}}
	}
	return err
}

// ReadSignInNumber reads what somebody signs in with: an ID number, whose
// faults of form are named, or the number of another paper.
func ReadSignInNumber(typed, today string, problems *reissue.Problems) idcard.Number {
	number, err := idcard.Parse(typed, today)
	if err == nil {
		return number
	}
	normal := idcard.Normalise(typed)
	if reissue.ValidPaperNumber(normal) && !LooksLikeIDNumber(normal) {
		return idcard.Number(normal)
	}
	var fault idcard.Fault
	errors.As(err, &fault)
	problems.Add("id_number", fault.Sentence())
	return ""
}

// LooksLikeIDNumber tells a mistyped ID number from another paper's: those
// have letters in front or are shorter.
func LooksLikeIDNumber(s string) bool {
	digits := 0
	for _, r := range s {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	return digits >= 14
}

// Reserve counts an attempt; a number that has to wait is a problem of the
// field, the same for every number.
func (s *Server) Reserve(t store.Try, field string) error {
	wait, err := s.Store.ReserveTry(t)
	if err != nil {
		return err
	}
	if wait > 0 {
		return reissue.Problems{{Field: field, Message: sayWait(wait, t.OfStaff())}}
	}
	return nil
}

// Failed settles an attempt that was reserved and has failed, and tells what is wrong.
func (s *Server) Failed(t store.Try, field, wrong string) error {
	if err := s.Store.FailTry(t); err != nil {
		return err
	}
	return reissue.Problems{{Field: field, Message: wrong}}
}

// Verify compares a password with a stored digest in one of the hashing slots. It
// works as much for every digest of the file, and where there is none. renewed is
// today's digest, where the stored one is of an older form.
func (s *Server) Verify(ctx context.Context, stored, plain string) (ok bool, renewed string, err error) {
	dearest, err := s.Store.DigestCost()
	if err != nil {
		return false, "", err
	}
	err = s.hashing.Do(ctx, func() {
		var renew bool
		if ok, renew = password.VerifyEvenly(stored, plain, dearest); ok && renew {
			renewed = password.Hash(plain)
		}
	})
	return ok, renewed, err
}

// Hash computes a new password's digest in one of the hashing slots.
func (s *Server) Hash(ctx context.Context, plain string) (hashed string, err error) {
	err = s.Hashing(ctx, func() { hashed = password.Hash(plain) })
	return hashed, err
}

// Hashing runs what makes a key of words in one of the hashing slots, which share cores
// and memory.
func (s *Server) Hashing(ctx context.Context, make func()) error { return s.hashing.Do(ctx, make) }

// PostLogout ends the session on either side.
func (s *Server) PostLogout(v *Visit) error {
	if v.session.ID != "" {
		v.session.Options.MaxAge = -1
		if err := v.session.Save(v.R, v.W); err != nil {
			return err
		}
	}
	v.Flash(flashLogout)
	return v.Redirect(v.Realm.Login)
}
