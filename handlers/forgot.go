package handlers

import (
	"errors"
	"net/http"
	"time"

	"certreissue/reissue"
	"certreissue/templates"
)

// canRecover tells whether this office can send a reset mail with a link.
func (s *Server) canRecover() bool {
	return s.publicURL() != "" && s.CanMail != nil && s.CanMail()
}

// publicURL is the address of links in mail: the command's or the office's, but
// never the request's Host.
func (s *Server) publicURL() string {
	if s.PublicURL != "" {
		return s.PublicURL
	}
	return s.store.Settings().PublicURL
}

func (s *Server) showForgot(v *visit) error {
	sent := v.r.URL.Query().Has("sent") && v.posted == nil
	return v.render("forgot.html", templates.Forgot{Page: v.captchaPage(), NoMail: !s.canRecover(), Sent: sent})
}

// forgotTime is how long asking for a reset mail takes at least. A registered
// number costs some milliseconds more, for the mail, which nobody is to measure.
const forgotTime = 250 * time.Millisecond

// postForgot asks for a reset mail. The answer is the same for every number,
// and comes after the same time.
func (s *Server) postForgot(v *visit) error {
	answer := time.After(forgotTime)
	var problems reissue.Problems
	number := readSignInNumber(v.value("id_number"), reissue.Today(s.store.Now()), &problems)
	v.takeCaptcha(&problems)
	if err := problems.Err(); err != nil {
		return err
	}
	if !s.canRecover() {
		return reissue.Problems{{Message: sayNoRecovery}}
	}
	if err := s.store.AskReset(number); err != nil {
		return err
	}
	s.MailWaits()
	select {
	case <-answer:
	case <-v.r.Context().Done():
	}
	return v.redirect("/forgot?sent=1")
}

// showReset shows the form of a reset link. Looking does not use the link up.
func (s *Server) showReset(v *visit) error {
	token := v.r.URL.Query().Get("token")
	if _, err := s.store.ResetAccount(token); errors.Is(err, reissue.ErrNotFound) {
		v.status, token = http.StatusNotFound, ""
	} else if err != nil {
		return err
	}
	return v.render("reset.html", templates.Reset{Page: v.page(), Token: token})
}

// formReset shows the form again after a refused post.
func (s *Server) formReset(v *visit) error {
	return v.render("reset.html", templates.Reset{Page: v.page(), Token: v.value("token")})
}

func (s *Server) postReset(v *visit) error {
	token := v.value("token")
	account, err := s.store.ResetAccount(token)
	number := ""
	if err == nil {
		number = account.Person.Number.Full()
	} else if !errors.Is(err, reissue.ErrNotFound) {
		return err
	}
	var problems reissue.Problems
	v.checkNewPassword(number, &problems)
	if err := problems.Err(); err != nil {
		return err
	}
	hashed, err := s.hash(v.r.Context(), v.value("password"))
	if err != nil {
		return err
	}
	if err := s.store.Reset(token, hashed); err != nil {
		return err
	}
	v.flash(flashReset)
	return v.redirect("/login")
}
