package candidate

import (
	"errors"

	"certreissue/handlers/filing"
	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

// showSubmitted is step 3.
func (p *Pages) showSubmitted(v *visit.Visit) error {
	a, err := own(v)
	if err != nil {
		return err
	}
	settings, told := p.Store.Settings(), p.toldAt(v.Account)
	data := templates.Submitted{Page: v.Page(), Number: visit.Number(a.ID), Exam: visit.ExamTitle(&a.Fields), Time: a.Submitted.String(),
		URL: applicationURL(a.ID), Next: whatHappens(settings.TargetDays, told, v.Account.Email != "")}
	if a.Exam != 0 {
		exam, err := p.Store.Exam(a.Exam)
		if err != nil && !errors.Is(err, reissue.ErrNotFound) {
			return err
		}
		if hint := reissue.DateHint(&a.Fields, exam); hint != "" {
			data.Hints = append(data.Hints, hint)
		}
	}
	leadsTo, err := p.leadsTo(a)
	if err != nil {
		return err
	}
	if len(leadsTo) > 0 {
		data.Next = append(data.Next, sayProofFollows)
	}
	if told == "" || len(leadsTo) > 0 {
		data.Counters = []templates.Place{*visit.Place(settings, a.Fields.City)}
	}
	data.Hints = append(data.Hints, filing.PhotoHints(&a.Photo)...)
	return v.Render(data)
}
