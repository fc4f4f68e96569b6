package candidate

import (
	"certreissue/handlers/visit"
	"certreissue/mail"
	"certreissue/reissue"
	"certreissue/templates"
)

func (p *Pages) showProfile(v *visit.Visit) error {
	page := v.CaptchaPage()
	page.Form.Locked["name"] = v.Account.Name
	page.Form.Locked["id_number"] = v.Account.Person.Number.Full()
	if v.Posted == nil {
		page.Form.Values.Set("email", v.Account.Email)
	}
	return v.Render(templates.Profile{Page: page})
}

func (p *Pages) postProfile(v *visit.Visit) error {
	var problems reissue.Problems
	email, err := mail.ParseAddress(v.Value("email"))
	problems.AddFault("email", err)
	v.TakeCaptcha(&problems)
	if err := problems.Err(); err != nil {
		return err
	}
	if err := p.Store.ChangeEmail(v.Account.ID, email); err != nil {
		return err
	}
	p.MailWaits()
	v.Flash(flashEmail)
	return v.Redirect("/profile")
}
