package candidate

import (
	"strconv"

	"certreissue/handlers/visit"
	"certreissue/mail"
	"certreissue/reissue"
	"certreissue/templates"
)

func (p *Pages) showProfile(v *visit.Visit) error {
	page := v.CaptchaPage()
	page.Form.Saves = true
	page.Form.Locked["name"] = v.Account.Name
	page.Form.Locked["id_number"] = v.Account.Person.Number.Full()
	if v.Posted == nil {
		page.Form.Values.Set("email", v.Account.Email)
	}
	return v.Render(templates.Profile{Page: p.withCounters(page), Told: p.toldAt(v.Account),
		Ask: v.Account.Email != "" && v.Account.Confirmed == 0 && p.canMailLink()})
}

// toldAt is the address, masked, to which results go; "" where no mail leaves.
func (p *Pages) toldAt(a *reissue.Account) string {
	if a.Email == "" || p.CanMail == nil || !p.CanMail() {
		return ""
	}
	return reissue.MaskEmail(a.Email)
}

func (p *Pages) postProfile(v *visit.Visit) error {
	var problems reissue.Problems
	email, err := mail.ParseAddress(v.Value("email"))
	problems.AddFault("email", err)
	if email != v.Account.Email {
		problems.AskEmail("email", email, v.Value(reissue.Confirm("email")))
	}
	v.TakeCaptcha(&problems)
	if err := problems.Err(); err != nil {
		return err
	}
	moved, err := p.Store.ChangeEmail(v.Account.ID, email)
	if err != nil {
		return err
	}
	p.MailWaits()
	v.Flash(flashEmail + "." + strconv.Itoa(moved))
	return v.Redirect("/profile")
}
