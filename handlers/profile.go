package handlers

import (
	"errors"

	"certreissue/mail"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

func (s *Server) showProfile(v *visit) error {
	p := v.captchaPage()
	p.Form.Locked["name"] = v.account.Name
	p.Form.Locked["id_number"] = v.account.Person.Number.Full()
	if v.posted == nil {
		p.Form.Values.Set("email", v.account.Email)
	}
	return v.render("profile.html", templates.Profile{Page: p})
}

func (s *Server) postProfile(v *visit) error {
	var problems reissue.Problems
	email, err := mail.ParseAddress(v.value("email"))
	problems.AddFault("email", err)
	v.takeCaptcha(&problems)
	if err := problems.Err(); err != nil {
		return err
	}
	if err := s.store.ChangeEmail(reissue.Candidate(v.account.ID), v.account.ID, email); err != nil {
		return err
	}
	s.MailWaits()
	v.flash(flashEmail)
	return v.redirect("/profile")
}

func (s *Server) showPassword(v *visit) error {
	rows, err := v.ownSessions()
	if err != nil {
		return err
	}
	return v.render("password.html", templates.Password{Page: v.page(), Must: v.account.MustChange, Sessions: rows})
}

// postPassword changes a candidate's password. Wrong old passwords are counted
// apart from sign-in, so that a stranger at a login page cannot lock out
// somebody who is signed in.
func (s *Server) postPassword(v *visit) error {
	number := v.account.Person.Number.Full()
	hashed, err := s.newPassword(v, store.TryPassword, number, number, v.account.Password)
	if err != nil {
		return err
	}
	if err := s.store.ChangePassword(reissue.Candidate(v.account.ID), v.account.ID, v.account.Password, hashed, v.hash()); err != nil {
		return err
	}
	v.flash(flashPassword)
	return v.redirect("/password")
}

// newPassword checks the three fields of a password change on either side and
// gives the new digest. number is the ID number whose parts a password may not
// hold, tried is under what wrong old passwords are counted.
func (s *Server) newPassword(v *visit, kind store.TryKind, tried, number, stored string) (hashed string, err error) {
	var problems reissue.Problems
	if err := s.proveOldPassword(v, kind, tried, stored); !errors.As(err, &problems) && err != nil {
		return "", err
	}
	v.checkNewPassword(number, &problems)
	if err := problems.Err(); err != nil {
		return "", err
	}
	return s.hash(v.r.Context(), v.value("password"))
}

// proveOldPassword verifies the field old_password. It costs a try and a hash
// even where the new password is refused, so that all faults are named at once.
func (s *Server) proveOldPassword(v *visit, kind store.TryKind, tried, stored string) error {
	const field = "old_password"
	if v.value(field) == "" {
		return reissue.Problems{{Field: field, Message: sayOldMissing}}
	}
	if err := s.reserve(kind, tried, field); err != nil {
		return err
	}
	ok, _, err := s.verify(v.r.Context(), stored, v.value(field))
	if err != nil {
		return err
	}
	if !ok {
		return reissue.Problems{{Field: field, Message: sayOldWrong}}
	}
	return s.store.SucceedTry(kind, tried)
}
