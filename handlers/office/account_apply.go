package office

import (
	"errors"
	"net/http"
	"strconv"

	"certreissue/handlers/filing"
	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// atCounter is a clerk who files for the holder of the account in the address.
type atCounter struct {
	filing.At
	owner *reissue.Account
}

// holder is whose forms a page shows: the clerk compares them with the paper.
func (at *atCounter) holder() templates.HolderOf {
	return templates.HolderOf{Name: at.owner.Name, Paper: string(at.owner.Person.Paper), IDNumber: at.owner.Person.Number.Full(), AccountURL: at.Base, ApplyURL: at.Base + "/apply"}
}

// record is the certificate or application in the address.
func record(v *visit.Visit) (uint64, error) {
	number, err := strconv.ParseUint(v.R.PathValue("record"), 10, 64)
	if err != nil || number == 0 {
		return 0, reissue.ErrNotFound
	}
	return number, nil
}

// file runs what the counter does for the holder of the account in the address, whose
// whole number its pages show: each look is noted.
func (p *Pages) file(do func(*visit.Visit, *atCounter) error) func(*visit.Visit) error {
	return func(v *visit.Visit) error {
		id, err := v.ID()
		if err != nil {
			return err
		}
		at := &atCounter{At: filing.AtCounter(v, id, accountURL(id))}
		if at.owner, err = at.By.Owner(); err != nil {
			return err
		}
		if err := p.noted(v, p.Store.ViewedAccount(v.Staff.Actor(), id)); err != nil {
			return err
		}
		return filingError(v, at, do(v, at))
	}
}

// form is file for one of the forms: the one of the record in the address, or by hand.
func (p *Pages) form(kind store.FormKind, do func(*visit.Visit, *atCounter, store.Form) error) func(*visit.Visit) error {
	return p.file(func(v *visit.Visit, at *atCounter) error {
		form := filing.SelfForm
		if kind != store.FormSelf {
			number, err := record(v)
			if err != nil {
				return err
			}
			form = store.Form{Kind: kind, Record: number}
		}
		return do(v, at, form)
	})
}

// filingError says at the counter what the errors of a form mean.
func filingError(v *visit.Visit, at *atCounter, err error) error {
	if open, is := errors.AsType[*store.OpenError](err); is && v.Staff.Covers(open.City) {
		v.Flash(flashOpen)
		return &visit.Elsewhere{URL: applicationURL(open.Application)}
	}
	if registered, is := errors.AsType[*store.RegisteredLineError](err); is {
		v.Way = &templates.Link{Text: sayToRegistered, URL: at.CertificateURL(registered.Certificate)}
		return reissue.Problems{{Field: reissue.FieldExamName, Message: registered.Sentence()}}
	}
	back := templates.Link{Text: sayToApply, URL: at.Base + "/apply"}
	if not, is := errors.AsType[*reissue.NotAcceptedError](err); is {
		return &visit.PageError{Status: http.StatusConflict, Page: filing.NotAcceptedPage(not, back)}
	}
	for refused, page := range filingErrors {
		if errors.Is(err, refused) {
			page.Ways = []templates.Link{back}
			return &visit.PageError{Status: http.StatusConflict, Page: page}
		}
	}
	return err
}

// showAccountApply is step 1 at the counter.
func (p *Pages) showAccountApply(v *visit.Visit, at *atCounter) error {
	data, err := p.forms.Step1(v, at.At, func(card *templates.Card, h filing.Holding) error {
		p.sayAtCounter(at, card, h)
		return nil
	})
	if err != nil {
		return err
	}
	return v.Render(templates.OfficeAccountApply{Apply: data, Of: at.holder()})
}

// sayAtCounter puts on a card where its certificate stands, and what the counter can do.
func (p *Pages) sayAtCounter(at *atCounter, card *templates.Card, h filing.Holding) {
	today := reissue.Today(p.Store.Now())
	if a := h.Application; a != nil {
		card.State, card.Act = a.Status.Word(), templates.Link{Text: filing.SayLook, URL: applicationURL(a.ID)}
		if a.Status.Editable() {
			card.Act = templates.Link{Text: sayCorrectFor, URL: at.ApplicationURL(a.ID) + "/edit"}
		}
		if decision := a.LastDecision(); decision != nil {
			card.Reasons, card.Note = visit.Reasons(decision), decision.Note
		}
	}
	switch h.Standing {
	case reissue.StandsReturned:
		card.Loud = true
	case reissue.StandsRefused, reissue.StandsFinished:
		card.Again = h.Again(at.At, today)
	case reissue.StandsApplicable:
		card.State, card.Loud = filing.SayApplicable, true
		if h.Exam != nil {
			card.Says = h.Exam.Told()
		}
		card.Act = templates.Link{Text: filing.SayApply, URL: at.CertificateURL(h.Line.ID)}
	case reissue.StandsUncollected:
		card.State, card.Says, card.Dead = filing.SayNotApplicable, sayFirstNotCollected, true
	case reissue.StandsNotAccepted:
		card.State, card.Dead = filing.SayNotApplicable, true
		card.Says, card.Act = filing.NotAccepted(h.Exam.Accept(today))
	}
}
