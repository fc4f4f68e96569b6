package candidate

import (
	"strconv"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

var selfForm = store.Form{Kind: store.FormSelf}

// showApplySelf is step 2 filled in by hand.
func (p *Pages) showApplySelf(v *visit.Visit) error {
	f, err := p.Store.Fill(v.Account.ID, selfForm)
	if err != nil {
		return err
	}
	exams, err := p.Store.Exams()
	if err != nil {
		return err
	}
	data := templates.ApplySelf{Fill: p.fill(v, f, "/apply/self/photo", exams)}
	chosen := v.R.URL.Query().Get("exam")
	for _, exam := range exams {
		year := strconv.Itoa(exam.Year)
		if exam.LastDay != "" {
			data.LastDays = append(data.LastDays, templates.LastDay{Year: year, Exam: exam.Name, Date: exam.LastDay})
		}
		if v.Posted == nil && strconv.FormatUint(exam.ID, 10) == chosen {
			if err := exam.Accept(f.Today); err != nil {
				return err
			}
			carryOver(exam, &data.Fill)
		}
	}
	return v.Render(data)
}

// carryOver starts the form with the exam chosen at step 1. What was typed for
// another exam does not belong to this one.
func carryOver(exam *reissue.Exam, data *templates.Fill) {
	values, year := data.Form.Values, strconv.Itoa(exam.Year)
	if values.Get(reissue.FieldExamYear) != year || values.Get(reissue.FieldExamName) != exam.Name {
		for _, field := range reissue.FieldsOfExam {
			values.Del(field)
		}
	}
	values.Set(reissue.FieldExamYear, year)
	values.Set(reissue.FieldExamName, exam.Name)
	if values.Get(reissue.FieldApprovalDate) == "" {
		values.Set(reissue.FieldApprovalDate, exam.LastDay)
	}
	data.Levels, data.Specialties = exam.Levels, exam.Specialties
}

func (p *Pages) postApplySelf(v *visit.Visit) error {
	return p.submit(v, selfForm, func(d reissue.Draft, up store.Upload) (*reissue.Application, error) {
		return p.Store.Apply(v.Account.ID, selfForm, d, up)
	}, toSubmitted(v))
}

func (p *Pages) keepApplySelf(v *visit.Visit) error { return p.keep(v, selfForm) }

func (p *Pages) photoApplySelf(v *visit.Visit) error {
	return v.SendPhoto(p.Store.DraftPhoto(v.Account.ID, selfForm))
}
