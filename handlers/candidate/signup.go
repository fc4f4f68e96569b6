package candidate

import (
	"strings"

	"certreissue/handlers/visit"
	"certreissue/idcard"
	"certreissue/mail"
	"certreissue/reissue"
	"certreissue/templates"
)

func (p *Pages) showSignup(v *visit.Visit) error {
	return v.Render(templates.Signup{Page: p.withCounters(v.CaptchaPage())})
}

// postSignup makes a candidate's account. Nothing is looked up before the
// captcha is right and the form without a fault.
func (p *Pages) postSignup(v *visit.Visit) error {
	var problems reissue.Problems
	account := reissue.Account{Name: reissue.CleanName(v.Value("name")), Consent: reissue.Consent{Version: reissue.PrivacyVersion}}
	if !reissue.ValidName(account.Name) {
		problems.Add("name", visit.SayBadName)
	}
	number, err := idcard.Parse(v.Value("id_number"), reissue.Today(p.Store.Now()))
	problems.AddFault("id_number", err)
	account.Person = reissue.Person{Paper: reissue.IDCard, Number: number}
	account.Email, err = mail.ParseAddress(v.Value("email"))
	problems.AddFault("email", err)
	problems.AskEmail("email", account.Email, v.Value(reissue.Confirm("email")))
	v.CheckNewPassword(number.Full(), &problems)
	v.TakeCaptcha(&problems)
	if v.Value("consent") == "" {
		problems.Add("consent", sayConsent)
	}
	if err := problems.Err(); err != nil {
		return err
	}
	if !p.distinct.allow(visit.ClientAddr(v.R, p.TrustedProxies), number.Full()) {
		return visit.TooMany{After: distinctWait}
	}
	if account.Password, err = p.Hash(v.R.Context(), v.Value("password")); err != nil {
		return err
	}
	if _, err := p.Store.Register(account); err != nil {
		return err
	}
	done := flashRegistered
	if plain := v.Value("password"); strings.TrimSpace(plain) != plain {
		done = flashBlankPassword
	}
	v.Flash(done)
	return v.Redirect("/login")
}
