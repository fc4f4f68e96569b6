package candidate

import (
	"certreissue/handlers/filing"
	"certreissue/handlers/visit"
	"certreissue/store"
	"certreissue/templates"
)

// showApplyCertificate is step 2 for a certificate of the register.
func (p *Pages) showApplyCertificate(v *visit.Visit) error {
	form, err := certificateForm(v)
	if err != nil {
		return err
	}
	data, err := p.forms.Certificate(v, filing.Holder(v), form)
	if err != nil {
		return err
	}
	return v.Render(templates.ApplyCertificate{Fill: data})
}

func (p *Pages) postApplyCertificate(v *visit.Visit) error {
	form, err := certificateForm(v)
	if err != nil {
		return err
	}
	return p.forms.Apply(v, filing.Holder(v), form)
}

func (p *Pages) keepApplyCertificate(v *visit.Visit) error {
	form, err := certificateForm(v)
	if err != nil {
		return err
	}
	return p.forms.Keep(v, filing.Holder(v), form)
}

func (p *Pages) photoApplyCertificate(v *visit.Visit) error {
	form, err := certificateForm(v)
	if err != nil {
		return err
	}
	return filing.DraftPhoto(v, filing.Holder(v), form)
}

func certificateForm(v *visit.Visit) (store.Form, error) {
	id, err := v.ID()
	return store.Form{Kind: store.FormCertificate, Record: id}, err
}
