package office

import (
	"errors"
	"net/http"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

// examPage is what the pages of an exam share.
func examPage(v *visit.Visit) templates.OfficeExam {
	data := templates.OfficeExam{Page: v.Page(), Edit: v.RoleIs(reissue.RoleAdmin)}
	data.Form.Labels = map[string]string{}
	for _, field := range reissue.ExamFields {
		data.Form.Labels[field] = reissue.ExamLabel(field)
	}
	for _, route := range reissue.Routes {
		data.Routes = append(data.Routes, route.Word())
	}
	for _, rule := range reissue.PhotoRules {
		data.Photos = append(data.Photos, rule.Word())
	}
	return data
}

func (p *Pages) showNewExam(v *visit.Visit) error {
	data := examPage(v)
	data.Action = "/office/exams"
	if v.Posted == nil {
		data.Form.Values.Set(reissue.ExamRoute, reissue.RoutePaper.Word())
		data.Form.Values.Set(reissue.ExamPhoto, reissue.PhotoByYear.Word())
	}
	return v.Render(data)
}

// examForm is what was posted, as typed. A field that is locked is not posted.
func examForm(v *visit.Visit) reissue.ExamForm {
	form := reissue.ExamForm{}
	for _, field := range reissue.ExamFields {
		if v.Posted.Has(field) {
			form[field] = v.Value(field)
		}
	}
	return form
}

func (p *Pages) postNewExam(v *visit.Visit) error {
	if _, err := p.Store.AddExam(v.Staff.Actor(), examForm(v)); err != nil {
		return err
	}
	v.Flash(flashExamAdded)
	return v.Redirect("/office/exams")
}

// showExam is one exam: a form for those who may change it, else its facts. An
// exam in use keeps its year.
func (p *Pages) showExam(v *visit.Visit) error {
	id, err := v.ID()
	if err != nil {
		return err
	}
	exam, err := p.Store.Exam(id)
	if err != nil {
		return err
	}
	used, err := p.Store.ExamUsed(id)
	if err != nil {
		return err
	}
	data := examPage(v)
	data.Title, data.Action, data.Revision, data.Used = exam.Title(), examURL(id), exam.Revision, used
	if !used && data.Edit {
		data.DeleteURL = data.Action + "/delete"
	}
	form := exam.Form()
	for _, field := range reissue.ExamFields {
		data.Facts = append(data.Facts, templates.Pair{Label: reissue.ExamLabel(field), Value: form[field]})
		if v.Posted == nil {
			data.Form.Values.Set(field, form[field])
		}
	}
	if used {
		data.Form.Locked[reissue.ExamYear] = form[reissue.ExamYear]
	}
	rows, err := p.Store.ExamHistory(id)
	if err != nil {
		return err
	}
	for _, row := range rows {
		data.History = append(data.History, templates.Event{When: row.At.String(), What: visit.AuditWhat(row.Audit), Who: row.Name, Note: auditNote(row.Audit)})
	}
	return v.Render(data)
}

func (p *Pages) postExam(v *visit.Visit) error {
	id, err := v.ID()
	if err != nil {
		return err
	}
	stands, err := p.Store.ChangeExam(v.Staff.Actor(), id, v.Revision(), examForm(v))
	if errors.Is(err, reissue.ErrStale) {
		stale(v, sayExamMeanwhile, reissue.ExamFields, stands.Form())
		return p.showExam(v)
	}
	if err != nil {
		return err
	}
	v.Flash(flashExam)
	return v.Redirect(examURL(id))
}

func (p *Pages) postDeleteExam(v *visit.Visit) error {
	id, err := v.ID()
	if err != nil {
		return err
	}
	err = p.Store.DeleteExam(v.Staff.Actor(), id, v.Revision())
	if errors.Is(err, reissue.ErrStale) {
		v.Status, v.Posted, v.Problems = http.StatusConflict, nil, reissue.Problems{{Message: sayExamMeanwhile}}
		return p.showExam(v)
	}
	if err != nil {
		return err
	}
	v.Flash(flashExamDeleted)
	return v.Redirect("/office/exams")
}
