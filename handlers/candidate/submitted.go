package candidate

import (
	"certreissue/handlers/visit"
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
	if data.Hints, err = p.forms.Hints(a); err != nil {
		return err
	}
	leadsTo, err := p.forms.LeadsTo(a)
	if err != nil {
		return err
	}
	if len(leadsTo) > 0 {
		data.Next = append(data.Next, sayProofFollows)
	}
	if told == "" || len(leadsTo) > 0 {
		data.Counters = []templates.Place{*visit.Place(settings, a.Fields.City)}
	}
	return v.Render(data)
}
