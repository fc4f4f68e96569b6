package filing

import (
	"strconv"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// SelfForm is step 2 filled in by hand.
var SelfForm = store.Form{Kind: store.FormSelf}

// Certificate is step 2 for a certificate of the register.
func (d *Desk) Certificate(v *visit.Visit, at At, form store.Form) (data templates.Fill, err error) {
	f, err := at.By.Fill(form)
	if err != nil {
		return data, err
	}
	return d.fill(v, at, f, nil), nil
}

// Self is step 2 filled in by hand.
func (d *Desk) Self(v *visit.Visit, at At) (data templates.ApplySelf, err error) {
	f, err := at.By.Fill(SelfForm)
	if err != nil {
		return data, err
	}
	exams, err := d.Store.Exams()
	if err != nil {
		return data, err
	}
	data = templates.ApplySelf{Fill: d.fill(v, at, f, exams)}
	chosen := v.R.URL.Query().Get("exam")
	for _, exam := range exams {
		year := strconv.Itoa(exam.Year)
		if exam.LastDay != "" {
			data.LastDays = append(data.LastDays, templates.LastDay{Year: year, Exam: exam.Name, Date: exam.LastDay})
		}
		if v.Posted == nil && strconv.FormatUint(exam.ID, 10) == chosen {
			if err := exam.Accept(f.Today); err != nil {
				return data, err
			}
			carryOver(exam, &data.Fill)
		}
	}
	return data, nil
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

// Apply submits step 2, and leads to step 3.
func (d *Desk) Apply(v *visit.Visit, at At, form store.Form) error {
	return d.submit(v, at, form, func(draft reissue.Draft, up store.Upload) (*reissue.Application, error) {
		return at.By.Apply(form, draft, up)
	}, func(a *reissue.Application) error {
		return v.Redirect(at.ApplicationURL(a.ID) + "/submitted")
	})
}

// DraftPhoto sends the photo that is kept with a form.
func DraftPhoto(v *visit.Visit, at At, form store.Form) error {
	return v.SendPhoto(at.By.DraftPhoto(form))
}
