package handlers

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
	"certreissue/templates"
)

// showStart leads to where the visitor's work is.
func (s *Server) showStart(v *visit) error {
	if v.signedIn() {
		return v.redirect("/apply")
	}
	return v.redirect("/login")
}

func (s *Server) showLogin(v *visit) error {
	if v.signedIn() && v.posted == nil {
		return v.redirect("/apply")
	}
	return v.render("login.html", templates.Login{Page: v.captchaPage()})
}

// postLogin signs a candidate in. Known and unknown numbers take the same way:
// a try is reserved, one hash is computed outside any transaction, and the
// answer is the same.
func (s *Server) postLogin(v *visit) error {
	var problems reissue.Problems
	number := readSignInNumber(v.value("id_number"), reissue.Today(s.store.Now()), &problems)
	if v.value("password") == "" {
		problems.Add("password", sayPasswordMissing)
	}
	v.takeCaptcha(&problems)
	if err := problems.Err(); err != nil {
		return err
	}
	if err := s.reserve(store.TrySignIn, number.Full(), "id_number"); err != nil {
		return err
	}
	account, err := s.store.AccountByNumber(number)
	if err != nil && !errors.Is(err, reissue.ErrNotFound) {
		return err
	}
	stored := ""
	if account != nil {
		stored = account.Password
	}
	ok, renewed, err := s.verify(v.r.Context(), stored, v.value("password"))
	if err != nil {
		return err
	}
	if !ok {
		return reissue.Problems{{Field: "id_number", Message: sayWrongSignIn}}
	}
	if err := s.store.SucceedTry(store.TrySignIn, number.Full()); err != nil {
		return err
	}
	if renewed != "" {
		if err := s.store.RenewDigest(account.ID, stored, renewed); err != nil {
			return err
		}
		stored = renewed
	}
	if err := v.signIn(account.ID, stored, ""); err != nil {
		return lateSignIn(err, "id_number", sayWrongSignIn)
	}
	return v.redirect("/apply")
}

// lateSignIn answers a password that was changed, or an account that was closed,
// while it was being proven: it is a wrong one now.
func lateSignIn(err error, field, message string) error {
	if errors.Is(err, reissue.ErrStale) || errors.Is(err, reissue.ErrNotFound) {
		return reissue.Problems{{Field: field, Message: message}}
	}
	return err
}

// readSignInNumber reads what somebody signs in with: an ID number, whose
// faults of form are named, or the number of another paper.
func readSignInNumber(typed, today string, problems *reissue.Problems) idcard.Number {
	number, err := idcard.Parse(typed, today)
	if err == nil {
		return number
	}
	normal := idcard.Normalise(typed)
	if reissue.ValidPaperNumber(normal) && !looksLikeIDNumber(normal) {
		return idcard.Number(normal)
	}
	var fault idcard.Fault
	errors.As(err, &fault)
	problems.Add("id_number", fault.Sentence())
	return ""
}

// looksLikeIDNumber tells a mistyped ID number from another paper's: those
// have letters in front or are shorter.
func looksLikeIDNumber(s string) bool {
	digits := 0
	for _, r := range s {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	return digits >= 14
}

// reserve counts an attempt; a number that has to wait is a problem of the
// field, the same for every number.
func (s *Server) reserve(kind store.TryKind, number, field string) error {
	wait, err := s.store.ReserveTry(kind, number)
	if err != nil {
		return err
	}
	if wait > 0 {
		return reissue.Problems{{Field: field, Message: sayWait(wait)}}
	}
	return nil
}

// verify compares a password with a stored digest in one of the hashing slots;
// with none it spends the same time. renewed is today's digest, where the
// stored one is of an older form.
func (s *Server) verify(ctx context.Context, stored, plain string) (ok bool, renewed string, err error) {
	err = s.hashing.do(ctx, func() {
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

// hash computes a new password's digest in one of the hashing slots.
func (s *Server) hash(ctx context.Context, plain string) (hashed string, err error) {
	err = s.hashing.do(ctx, func() { hashed = password.Hash(plain) })
	return hashed, err
}

// postLogout ends the session on either side.
func (s *Server) postLogout(v *visit) error {
	if v.session.ID != "" {
		v.session.Options.MaxAge = -1
		if err := v.session.Save(v.r, v.w); err != nil {
			return err
		}
	}
	v.flash(flashLogout)
	return v.redirect(v.realm.login)
}

// showCaptcha serves a captcha's picture or sound, and with "new" the id of
// another one for the script that spares the page a reload.
func (s *Server) showCaptcha(v *visit) error {
	name := v.r.PathValue("name")
	h := v.w.Header()
	if name == "new" {
		h.Set("Content-Type", "application/json")
		_, err := v.w.Write([]byte(`{"id":"` + url.QueryEscape(v.newCaptcha()) + `"}`))
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
		v.w.WriteHeader(http.StatusOK)
		_, _ = v.w.Write(body)
		return nil
	}
	return reissue.ErrNotFound
}
