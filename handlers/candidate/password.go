package candidate

import (
	"certreissue/handlers/visit"
	"certreissue/templates"
)

func (p *Pages) showPassword(v *visit.Visit) error {
	rows, err := v.OwnSessions()
	if err != nil {
		return err
	}
	return v.Render(templates.Password{Page: v.Page(), Must: v.Account.MustChange, Sessions: rows})
}

// postPassword changes a candidate's password.
func (p *Pages) postPassword(v *visit.Visit) error {
	hashed, err := p.NewPassword(v, v.Account.Person.Number.Full())
	if err != nil {
		return err
	}
	if err := p.Store.ChangePassword(v.Account.ID, v.Account.Password, hashed, v.Hash()); err != nil {
		return err
	}
	v.Flash(visit.FlashPassword)
	return v.Redirect("/password")
}
