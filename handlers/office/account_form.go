package office

import (
	"certreissue/handlers/filing"
	"certreissue/handlers/visit"
	"certreissue/store"
	"certreissue/templates"
)

// showAccountForm is step 2 at the counter, for a certificate of the register or by hand.
func (p *Pages) showAccountForm(v *visit.Visit, at *atCounter, form store.Form) error {
	data := templates.OfficeAccountForm{Of: at.holder(), ByHand: form.Kind == store.FormSelf}
	var err error
	if data.ByHand {
		data.ApplySelf, err = p.forms.Self(v, at.At)
	} else {
		data.Fill, err = p.forms.Certificate(v, at.At, form)
	}
	if err != nil {
		return err
	}
	return v.Render(data)
}

func (p *Pages) postAccountForm(v *visit.Visit, at *atCounter, form store.Form) error {
	return p.forms.Apply(v, at.At, form)
}

// keepAccountForm keeps what a clerk has typed whose session has ended meanwhile.
func (p *Pages) keepAccountForm(v *visit.Visit, at *atCounter, form store.Form) error {
	return p.forms.Keep(v, at.At, form)
}

func (p *Pages) photoAccountForm(v *visit.Visit, at *atCounter, form store.Form) error {
	return filing.DraftPhoto(v, at.At, form)
}

func (p *Pages) checkAccountPhoto(v *visit.Visit, at *atCounter) error {
	return p.forms.CheckPhoto(v, at.At)
}

func (p *Pages) suggestAccountCrop(v *visit.Visit, at *atCounter) error {
	return p.forms.SuggestCrop(v, at.At)
}
