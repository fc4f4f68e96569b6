package office

import (
	"certreissue/handlers/visit"
	"certreissue/templates"
)

func (p *Pages) showPassword(v *visit.Visit) error {
	rows, err := v.OwnSessions()
	if err != nil {
		return err
	}
	return v.Render(templates.OfficePassword{
		Password: templates.Password{Page: v.Page(), Must: v.Staff.MustChange, Sessions: rows}, Factor: v.Staff.Factor.On()})
}

func (p *Pages) postPassword(v *visit.Visit) error {
	hashed, err := p.NewPassword(v, "")
	if err != nil {
		return err
	}
	err = v.RenewMark(func(before, mark string) error {
		return p.Store.ChangeStaffPassword(v.Staff, hashed, v.Hash(), before, mark)
	})
	if err != nil {
		return err
	}
	v.Flash(visit.FlashPassword)
	return v.Redirect("/office")
}
