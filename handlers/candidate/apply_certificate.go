package candidate

import (
	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// showApplyCertificate is step 2 for a certificate of the register.
func (p *Pages) showApplyCertificate(v *visit.Visit) error {
	form, err := certificateForm(v)
	if err != nil {
		return err
	}
	f, err := p.Store.Fill(v.Account.ID, form)
	if err != nil {
		return err
	}
	action := certificateURL(form.Record)
	return v.Render(templates.ApplyCertificate{Fill: p.fill(v, f, action+"/photo", nil), Action: action})
}

func (p *Pages) postApplyCertificate(v *visit.Visit) error {
	form, err := certificateForm(v)
	if err != nil {
		return err
	}
	return p.submit(v, form, func(d reissue.Draft, up store.Upload) (*reissue.Application, error) {
		return p.Store.Apply(v.Account.ID, form, d, up)
	}, toSubmitted(v))
}

func (p *Pages) keepApplyCertificate(v *visit.Visit) error {
	form, err := certificateForm(v)
	if err != nil {
		return err
	}
	return p.keep(v, form)
}

func (p *Pages) photoApplyCertificate(v *visit.Visit) error {
	form, err := certificateForm(v)
	if err != nil {
		return err
	}
	return v.SendPhoto(p.Store.DraftPhoto(v.Account.ID, form))
}

func certificateForm(v *visit.Visit) (store.Form, error) {
	id, err := v.ID()
	return store.Form{Kind: store.FormCertificate, Record: id}, err
}
