package visit

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"unicode"

	"certreissue/idcard"
	"certreissue/password"
	"certreissue/reissue"
	"certreissue/store"
)

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
func (s *Server) Reserve(kind store.TryKind, number, field string) error {
	wait, err := s.Store.ReserveTry(kind, number)
	if err != nil {
		return err
	}
	if wait > 0 {
		return reissue.Problems{{Field: field, Message: sayWait(wait)}}
	}
	return nil
}

// Verify compares a password with a stored digest in one of the hashing slots;
// with none it spends the same time. renewed is today's digest, where the
// stored one is of an older form.
func (s *Server) Verify(ctx context.Context, stored, plain string) (ok bool, renewed string, err error) {
	err = s.hashing.Do(ctx, func() {
		if stored == "" {
			password.Waste(plain)
			return
		}
		var renew bool
		if ok, renew = password.Verify(stored, plain); ok && renew {
			renewed = password.Hash(plain)
		}
	})
	return ok, renewed, err
}

// Hash computes a new password's digest in one of the hashing slots.
func (s *Server) Hash(ctx context.Context, plain string) (hashed string, err error) {
	err = s.hashing.Do(ctx, func() { hashed = password.Hash(plain) })
	return hashed, err
}

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

// ShowCaptcha serves a captcha's picture or sound, and with "new" the id of
// another one for the script that spares the page a reload.
func (s *Server) ShowCaptcha(v *Visit) error {
	name := v.R.PathValue("name")
	h := v.W.Header()
	if name == "new" {
		h.Set("Content-Type", "application/json")
		_, err := v.W.Write([]byte(`{"id":"` + url.QueryEscape(v.newCaptcha()) + `"}`))
		return err
	}
	for ending, serve := range map[string]struct {
		kind  string
		bytes func(id, visitor string) ([]byte, bool)
	}{".png": {"image/png", s.captchas.picture}, ".wav": {"audio/wav", s.captchas.speech}} {
		id, found := strings.CutSuffix(name, ending)
		if !found {
			continue
		}
		body, ok := serve.bytes(id, v.visitor)
		if !ok {
			break
		}
		h.Set("Content-Type", serve.kind)
		v.W.WriteHeader(http.StatusOK)
		_, _ = v.W.Write(body)
		return nil
	}
	return reissue.ErrNotFound
}
