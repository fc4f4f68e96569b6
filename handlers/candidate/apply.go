package candidate

import (
	"certreissue/handlers/filing"
	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

// showApply is step 1: the certificates found, those of one exam once that is
// chosen.
func (p *Pages) showApply(v *visit.Visit) error {
	at := filing.Holder(v)
	data, err := p.forms.Step1(v, at, func(card *templates.Card, h filing.Holding) error { return p.say(at, card, h) })
	if err != nil {
		return err
	}
	return v.Render(data)
}

// say puts on a card where its certificate stands, what comes next, and the way there.
func (p *Pages) say(at filing.At, card *templates.Card, h filing.Holding) (err error) {
	fields, settings, today := h.Fields(), p.Store.Settings(), reissue.Today(p.Store.Now())
	if a := h.Application; a != nil {
		card.State = a.Status.Word()
		card.Act = templates.Link{Text: filing.SayLook, URL: applicationURL(a.ID)}
		if card.Says, err = p.progress(a); err != nil {
			return err
		}
		if decision := a.LastDecision(); decision != nil && (h.Standing == reissue.StandsReturned || h.Standing == reissue.StandsRefused) {
			card.Reasons, card.Note = visit.Reasons(decision), decision.Note
		}
	}
	switch h.Standing {
	case reissue.StandsReturned:
		card.Act, card.Loud = templates.Link{Text: sayToCorrect, URL: applicationURL(h.Application.ID) + "/edit"}, true
	case reissue.StandsReady:
		card.Place = visit.Place(settings, fields.City)
	case reissue.StandsUnderway:
		if h.Application.Status == reissue.Pending {
			card.Says = sayUnderReview(reissue.StartOf(h.Application.Queued.Date(), settings.TargetDays).Date(), today)
		}
	case reissue.StandsRefused, reissue.StandsFinished:
		card.Again = h.Again(at, today)
	case reissue.StandsApplicable:
		card.State = filing.SayApplicable
		if h.Exam != nil {
			card.Says = h.Exam.Told()
		}
		card.Act, card.Loud = templates.Link{Text: filing.SayApply, URL: at.CertificateURL(h.Line.ID)}, true
	case reissue.StandsUncollected:
		card.State, card.Dead = filing.SayNotApplicable, true
		card.Says, card.Place = sayNotCollectedYet, visit.Place(settings, fields.City)
	case reissue.StandsNotAccepted:
		card.State, card.Dead = filing.SayNotApplicable, true
		card.Says, card.Act = filing.NotAccepted(h.Exam.Accept(today))
		card.Loud = card.Act.URL != ""
	}
	return nil
}
