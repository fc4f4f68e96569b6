package candidate

import (
	"errors"

	"certreissue/handlers/filing"
	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
)

// showEdit is 申请信息维护.
func (p *Pages) showEdit(v *visit.Visit) error { return p.editPage(v, false) }

func (p *Pages) editPage(v *visit.Visit, stale bool) error {
	form, err := editForm(v)
	if err != nil {
		return err
	}
	data, err := p.forms.Edit(v, filing.Holder(v), form, applicationURL(form.Record), stale)
	if err != nil {
		return err
	}
	return v.Render(data)
}

func (p *Pages) postEdit(v *visit.Visit) error {
	form, err := editForm(v)
	if err != nil {
		return err
	}
	return p.forms.Save(v, filing.Holder(v), form, func(a *reissue.Application) error {
		v.Flash(flashSaved)
		return v.Redirect(applicationURL(a.ID))
	}, func() error { return p.editPage(v, true) })
}

func (p *Pages) keepEdit(v *visit.Visit) error {
	form, err := editForm(v)
	if err != nil {
		return err
	}
	return p.forms.Keep(v, filing.Holder(v), form)
}

// photoEdit is the photo that saving would keep: the one kept with the draft,
// else the application's own.
func (p *Pages) photoEdit(v *visit.Visit) error {
	form, err := editForm(v)
	if err != nil {
		return err
	}
	err = filing.DraftPhoto(v, filing.Holder(v), form)
	if errors.Is(err, reissue.ErrNotFound) {
		return p.photoApplication(v)
	}
	return err
}

func editForm(v *visit.Visit) (store.Form, error) {
	id, err := v.ID()
	return store.Form{Kind: store.FormEdit, Record: id}, err
}
