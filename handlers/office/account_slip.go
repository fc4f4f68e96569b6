package office

import (
	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

// showAccountSlip is what the holder takes home.
func (p *Pages) showAccountSlip(v *visit.Visit, at *atCounter, a *reissue.Application) error {
	slip, err := p.forms.Slip(v, a, applicationURL(a.ID)+"/code.svg", at.ApplicationURL(a.ID)+"/submitted")
	if err != nil {
		return err
	}
	return v.Render(templates.OfficeAccountSlip{Slip: slip})
}
