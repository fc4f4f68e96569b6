package handlers

import (
	"certreissue/idcard"
	"certreissue/mail"
	"certreissue/password"
	"certreissue/reissue"
	"certreissue/templates"
)

func (s *Server) showRegister(v *visit) error {
	return v.render("register.html", templates.Register{Page: v.captchaPage()})
}

// postRegister makes a candidate's account. Nothing is looked up before the
// captcha is right and the form without a fault.
func (s *Server) postRegister(v *visit) error {
	var problems reissue.Problems
	account := reissue.Account{Name: reissue.CleanName(v.value("name")), Consent: reissue.Consent{Version: reissue.PrivacyVersion}}
	if !reissue.ValidName(account.Name) {
		problems.Add("name", sayBadName)
	}
	number, err := idcard.Parse(v.value("id_number"), reissue.Today(s.store.Now()))
	problems.AddFault("id_number", err)
	account.Person = reissue.Person{Paper: reissue.IDCard, Number: number}
	account.Email, err = mail.ParseAddress(v.value("email"))
	problems.AddFault("email", err)
	v.checkNewPassword(number.Full(), &problems)
	v.takeCaptcha(&problems)
	if v.value("consent") == "" {
		problems.Add("consent", sayConsent)
	}
	if err := problems.Err(); err != nil {
		return err
	}
	if !s.distinct.allow(clientAddr(v.r, s.TrustedProxies), number.Full()) {
		return tooMany{distinctWait}
	}
	if account.Password, err = s.hash(v.r.Context(), v.value("password")); err != nil {
		return err
	}
	if _, err := s.store.Register(account); err != nil {
		return err
	}
	v.flash(flashRegistered)
	return v.redirect("/login")
}

// checkNewPassword judges the fields password and password_confirm, beside
// old_password where the form has one.
func (v *visit) checkNewPassword(number string, problems *reissue.Problems) {
	switch plain := v.value("password"); plain {
	case "":
		problems.Add("password", sayPasswordMissing)
	case v.value("old_password"):
		problems.Add("password", saySamePassword)
	default:
		problems.AddFault("password", password.Check(plain, number))
	}
	if v.value("password_confirm") != v.value("password") {
		problems.Add("password_confirm", sayUnequal)
	}
}
