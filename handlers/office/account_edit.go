package office

import (
	"errors"

	"certreissue/handlers/filing"
	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// showAccountEdit is 申请信息维护 at the counter.
func (p *Pages) showAccountEdit(v *visit.Visit, at *atCounter, form store.Form) error {
	return p.accountEdit(v, at, form, false)
}

func (p *Pages) accountEdit(v *visit.Visit, at *atCounter, form store.Form, stale bool) error {
	data, err := p.forms.Edit(v, at.At, form, applicationURL(form.Record), stale)
	if err != nil {
		return err
	}
	return v.Render(templates.OfficeAccountEdit{Edit: data, Of: at.holder(), WithdrawURL: at.ApplicationURL(form.Record) + "/withdraw"})
}

func (p *Pages) postAccountEdit(v *visit.Visit, at *atCounter, form store.Form) error {
	return p.forms.Save(v, at.At, form, func(a *reissue.Application) error {
		v.FlashAbout(flashCorrectedFor, a.ID)
		return v.Redirect(at.ApplicationURL(a.ID) + "/submitted")
	}, func() error { return p.accountEdit(v, at, form, true) })
}

// photoAccountEdit is the photo that saving would keep: the one kept with the draft,
// else the application's own.
func (p *Pages) photoAccountEdit(v *visit.Visit, at *atCounter, form store.Form) error {
	err := filing.DraftPhoto(v, at.At, form)
	if errors.Is(err, reissue.ErrNotFound) {
		return v.SendPhoto(p.Store.PhotoFor(v.Staff, form.Record))
	}
	return err
}

// postAccountWithdraw withdraws what its holder, at the counter, wants no more.
func (p *Pages) postAccountWithdraw(v *visit.Visit, at *atCounter, form store.Form) error {
	if err := at.By.Withdraw(form.Record, v.Revision()); err != nil {
		return err
	}
	v.FlashAbout(flashWithdrawnFor, form.Record)
	return v.Redirect(at.Base + "/apply")
}
