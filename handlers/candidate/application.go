package candidate

import (
	"fmt"
	"slices"

	"certreissue/handlers/filing"
	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

func applicationURL(id uint64) string { return fmt.Sprintf("/applications/%d", id) }

// own is the application in the address, if it is the visitor's.
func own(v *visit.Visit) (*reissue.Application, error) {
	id, err := v.ID()
	if err != nil {
		return nil, err
	}
	return v.S.Store.Holder(v.Account.ID).Application(id)
}

// showApplication is one application and its history.
func (p *Pages) showApplication(v *visit.Visit) error {
	a, err := own(v)
	if err != nil {
		return err
	}
	data := templates.Application{Page: v.Page(), Number: visit.Number(a.ID), Exam: visit.ExamTitle(&a.Fields), State: a.Status.Word(),
		Rows: visit.Facts(a), History: visit.History(a, nil), Revision: a.Revision}
	leadsTo, err := p.forms.LeadsTo(a)
	if err != nil {
		return err
	}
	data.Rows = slices.Concat(leadsTo, visit.Given(a), data.Rows)
	if data.Next, err = p.progress(a); err != nil {
		return err
	}
	if a.Status == reissue.Ready {
		data.Place = visit.Place(p.Store.Settings(), a.Fields.City)
	}
	if decision := a.LastDecision(); decision != nil {
		data.Reasons, data.Note = visit.Reasons(decision), decision.Note
	}
	if left := a.Left(); left != nil {
		data.Note = left.Note
	}
	url := applicationURL(a.ID)
	if a.Photo.Given() {
		data.PhotoURL = url + "/photo"
	}
	if a.Status.Editable() {
		data.EditURL, data.WithdrawURL = url+"/edit", url+"/withdraw"
	}
	if a.Status.Open() {
		data.SlipURL = url + "/slip"
	} else if data.AgainURL, err = p.forms.Again(filing.Holder(v), a); err != nil {
		return err
	}
	return v.Render(data)
}

// checkPhoto and suggestCrop answer the script of a form.
func (p *Pages) checkPhoto(v *visit.Visit) error { return p.forms.CheckPhoto(v, filing.Holder(v)) }

func (p *Pages) suggestCrop(v *visit.Visit) error {
	return p.forms.SuggestCrop(v, filing.Holder(v))
}

func (p *Pages) photoApplication(v *visit.Visit) error {
	id, err := v.ID()
	if err != nil {
		return err
	}
	return v.SendPhoto(p.Store.PhotoOf(v.Account.ID, id))
}

func (p *Pages) postWithdraw(v *visit.Visit) error {
	id, err := v.ID()
	if err != nil {
		return err
	}
	if err := p.Store.Holder(v.Account.ID).Withdraw(id, v.Revision()); err != nil {
		return err
	}
	v.Flash(flashWithdrawn)
	return v.Redirect(applicationURL(id))
}
