package candidate

import (
	"errors"

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
	data := templates.Submitted{Page: v.Page(), Number: visit.Number(a.ID), Exam: visit.ExamTitle(&a.Fields), Time: a.Submitted.String(),
		URL: applicationURL(a.ID), Next: whatHappens(p.Store.Settings().TargetDays, v.Account.Email != "")}
	if a.Exam != 0 {
		exam, err := p.Store.Exam(a.Exam)
		if err != nil && !errors.Is(err, reissue.ErrNotFound) {
			return err
		}
		if hint := reissue.DateHint(&a.Fields, exam); hint != "" {
			data.Hints = append(data.Hints, hint)
		}
	}
	data.Hints = append(data.Hints, a.Photo.Hints...)
	return v.Render(data)
}
