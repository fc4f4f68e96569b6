package candidate

import "certreissue/handlers/visit"

// codeApplication is the QR code of the number of one's own application.
func (p *Pages) codeApplication(v *visit.Visit) error {
	a, err := own(v)
	if err != nil {
		return err
	}
	return v.SendCode(visit.Number(a.ID))
}

// showSlip is what the candidate prints and brings along: the counter scans it.
func (p *Pages) showSlip(v *visit.Visit) error {
	a, err := own(v)
	if err != nil {
		return err
	}
	slip, err := p.forms.Slip(v, a, applicationURL(a.ID)+"/code.svg", applicationURL(a.ID))
	if err != nil {
		return err
	}
	return v.Render(slip)
}
