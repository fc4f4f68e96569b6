package handlers

import (
	"certreissue/mail"
	"certreissue/reissue"
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
	if err := s.store.ChangeEmail(v.actor(), v.account.ID, email); err != nil {
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

// postPassword changes a candidate's password.
func (s *Server) postPassword(v *visit) error {
	hashed, err := s.newPassword(v, v.account.Person.Number.Full())
	if err != nil {
		return err
	}
	if err := s.store.ChangePassword(v.actor(), v.account.ID, v.account.Password, hashed, v.hash()); err != nil {
		return err
	}
	v.flash(flashPassword)
	return v.redirect("/password")
}
