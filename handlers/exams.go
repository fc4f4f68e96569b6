package handlers

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"certreissue/reissue"
	"certreissue/templates"
)

// showExams lists the exams, all or of one year.
func (s *Server) showExams(v *visit) error {
	exams, err := s.store.Exams()
	if err != nil {
		return err
	}
	chosen := v.r.URL.Query().Get("year")
	data := templates.OfficeExams{Page: v.page(), Edit: v.roleIs(reissue.RoleAdmin)}
	for _, exam := range exams {
		year := strconv.Itoa(exam.Year)
		if n := len(data.Years); n == 0 || data.Years[n-1].Value != year {
			data.Years = append(data.Years, templates.ExamOption{Value: year, Text: year, Selected: year == chosen})
		}
		if chosen != "" && year != chosen {
			continue
		}
		data.Rows = append(data.Rows, templates.ExamRow{URL: examURL(exam.ID), Year: year, Name: exam.Name, LastDay: exam.LastDay,
			Route: exam.Route.Word(), Window: exam.WindowWords(), Photo: exam.Photo.Word(), Told: exam.Sentence})
	}
	return v.render("office_exams.html", data)
}

// examOptions are the exams as a list's filter offers them.
func examOptions(exams []*reissue.Exam, chosen uint64) (options []templates.ExamOption) {
	for _, exam := range exams {
		options = append(options, templates.ExamOption{Value: number(exam.ID), Text: exam.Title(), Selected: exam.ID == chosen})
	}
	return options
}

func examURL(id uint64) string { return fmt.Sprintf("/office/exams/%d", id) }

// examPage is what the pages of an exam share.
func (v *visit) examPage() templates.OfficeExam {
	data := templates.OfficeExam{Page: v.page(), Edit: v.roleIs(reissue.RoleAdmin)}
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

func (s *Server) showNewExam(v *visit) error {
	data := v.examPage()
	data.Action = "/office/exams"
	if v.posted == nil {
		data.Form.Values.Set(reissue.ExamRoute, reissue.RoutePaper.Word())
		data.Form.Values.Set(reissue.ExamPhoto, reissue.PhotoByYear.Word())
	}
	return v.render("office_exam.html", data)
}

// examForm is what was posted, as typed.
func (v *visit) examForm() reissue.ExamForm {
	form := reissue.ExamForm{}
	for _, field := range reissue.ExamFields {
		form[field] = v.value(field)
	}
	return form
}

func (s *Server) postNewExam(v *visit) error {
	if _, err := s.store.AddExam(v.staff.Actor(), v.examForm()); err != nil {
		return err
	}
	v.flash(flashExamAdded)
	return v.redirect("/office/exams")
}

// showExam is one exam: a form for those who may change it, else its facts. An
// exam in use keeps its year.
func (s *Server) showExam(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	exam, err := s.store.Exam(id)
	if err != nil {
		return err
	}
	used, err := s.store.ExamUsed(id)
	if err != nil {
		return err
	}
	data := v.examPage()
	data.Title, data.Action, data.Revision, data.Used = exam.Title(), examURL(id), exam.Revision, used
	if !used && data.Edit {
		data.DeleteURL = data.Action + "/delete"
	}
	form := exam.Form()
	for _, field := range reissue.ExamFields {
		data.Facts = append(data.Facts, templates.Pair{Label: reissue.ExamLabel(field), Value: form[field]})
		if v.posted == nil {
			data.Form.Values.Set(field, form[field])
		}
	}
	if used {
		data.Form.Locked[reissue.ExamYear] = form[reissue.ExamYear]
	}
	rows, err := s.store.ExamHistory(id)
	if err != nil {
		return err
	}
	for _, row := range rows {
		data.History = append(data.History, templates.Event{When: row.At.String(), What: auditWhat(row.Audit), Who: row.Name, Note: auditNote(row.Audit)})
	}
	return v.render("office_exam.html", data)
}

func (s *Server) postExam(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	exam, err := s.store.Exam(id)
	if err != nil {
		return err
	}
	form := v.examForm()
	if !v.posted.Has(reissue.ExamYear) { // locked on the form
		form[reissue.ExamYear] = exam.Form()[reissue.ExamYear]
	}
	err = s.store.ChangeExam(v.staff.Actor(), id, v.revision(), form)
	if errors.Is(err, reissue.ErrStale) {
		v.stale(sayExamMeanwhile, reissue.ExamFields, exam.Form())
		return s.showExam(v)
	}
	if err != nil {
		return err
	}
	v.flash(flashExam)
	return v.redirect(examURL(id))
}

func (s *Server) postDeleteExam(v *visit) error {
	id, err := v.id()
	if err != nil {
		return err
	}
	err = s.store.DeleteExam(v.staff.Actor(), id, v.revision())
	if errors.Is(err, reissue.ErrStale) {
		v.status, v.posted, v.problems = http.StatusConflict, nil, reissue.Problems{{Message: sayExamMeanwhile}}
		return s.showExam(v)
	}
	if err != nil {
		return err
	}
	v.flash(flashExamDeleted)
	return v.redirect("/office/exams")
}
