package office

import (
	"errors"

	"certreissue/handlers/filing"
	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// filed is the application in the address, of the account in it.
func (p *Pages) filed(do func(*visit.Visit, *atCounter, *reissue.Application) error) func(*visit.Visit) error {
	return p.file(func(v *visit.Visit, at *atCounter) error {
		number, err := record(v)
		if err != nil {
			return err
		}
		a, err := at.By.Application(number)
		if err != nil {
			return err
		}
		return do(v, at, a)
	})
}

// showAccountSubmitted is step 3 at the counter: what is to be printed, signed and handed over.
func (p *Pages) showAccountSubmitted(v *visit.Visit, at *atCounter, a *reissue.Application) error {
	data := templates.OfficeAccountSubmitted{Page: v.Page(), Of: at.holder(), Number: visit.Number(a.ID), Exam: visit.ExamTitle(&a.Fields), Time: a.Submitted.String(),
		URL: applicationURL(a.ID), SlipURL: at.ApplicationURL(a.ID) + "/slip", EditURL: at.ApplicationURL(a.ID) + "/edit"}
	var err error
	data.Hints, err = p.forms.Hints(a)
	if err != nil {
		return err
	}
	return v.Render(data)
}

// showAccountSlip is what the holder takes home.
func (p *Pages) showAccountSlip(v *visit.Visit, at *atCounter, a *reissue.Application) error {
	slip, err := p.forms.Slip(v, a, applicationURL(a.ID)+"/code.svg", at.ApplicationURL(a.ID)+"/submitted")
	if err != nil {
		return err
	}
	return v.Render(templates.OfficeAccountSlip{Slip: slip})
}

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
