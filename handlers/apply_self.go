package handlers

import (
	"strconv"

	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

var selfForm = store.Form{Kind: store.FormSelf}

// showApplySelf is step 2 filled in by hand.
func (s *Server) showApplySelf(v *visit) error {
	f, err := s.store.Fill(v.account.ID, selfForm)
	if err != nil {
		return err
	}
	exams, err := s.store.Exams()
	if err != nil {
		return err
	}
	data := templates.ApplySelf{Fill: s.fill(v, f, "/apply/self/photo", exams)}
	chosen := v.r.URL.Query().Get("exam")
	for _, exam := range exams {
		year := strconv.Itoa(exam.Year)
		if exam.LastDay != "" {
			data.LastDays = append(data.LastDays, templates.LastDay{Year: year, Exam: exam.Name, Date: exam.LastDay})
		}
		if v.posted == nil && strconv.FormatUint(exam.ID, 10) == chosen {
			if err := exam.Accept(f.Today); err != nil {
				return err
			}
			carryOver(exam, &data.Fill)
		}
	}
	return v.render("apply_self.html", data)
}

// carryOver starts the form with the exam chosen at step 1. What was typed for
// another exam does not belong to this one.
func carryOver(exam *reissue.Exam, data *templates.Fill) {
	values, year := data.Form.Values, strconv.Itoa(exam.Year)
	if values.Get(reissue.FieldExamYear) != year || values.Get(reissue.FieldExamName) != exam.Name {
		for _, field := range []string{reissue.FieldCertificateNumber, reissue.FieldApprovalDate, reissue.FieldLevel, reissue.FieldSpecialty} {
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

func (s *Server) postApplySelf(v *visit) error {
	return s.submit(v, selfForm, func(d reissue.Draft, up store.Upload) (*reissue.Application, error) {
		return s.store.Apply(v.account.ID, selfForm, d, up)
	}, v.toSubmitted)
}

func (s *Server) keepApplySelf(v *visit) error { return s.keep(v, selfForm) }

func (s *Server) photoApplySelf(v *visit) error {
	return v.sendPhoto(s.store.DraftPhoto(v.account.ID, selfForm))
}
