package handlers

import (
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
	return v.render("password.html", templates.Password{Page: v.page(), Must: v.account.MustChange})
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
	if v.value("old_password") == "" {
		problems.Add("old_password", sayOldMissing)
	}
	v.checkNewPassword(number, &problems)
	if v.value("password") != "" && v.value("password") == v.value("old_password") {
		problems.Add("password", saySamePassword)
	}
	if err := problems.Err(); err != nil {
		return "", err
	}
	if err := s.reserve(kind, tried, "old_password"); err != nil {
		return "", err
	}
	ok, _, err := s.verify(v.r.Context(), stored, v.value("old_password"))
	if err != nil {
		return "", err
	}
	if !ok {
		return "", reissue.Problems{{Field: "old_password", Message: sayOldWrong}}
	}
	if err := s.store.SucceedTry(kind, tried); err != nil {
		return "", err
	}
	return s.hash(v.r.Context(), v.value("password"))
}
