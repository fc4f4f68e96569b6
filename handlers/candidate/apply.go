package candidate

import (
	"fmt"
	"slices"
	"strconv"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// showApply is step 1: choose an exam, see the certificates found.
func (p *Pages) showApply(v *visit.Visit) error {
	exams, err := p.Store.Exams()
	if err != nil {
		return err
	}
	lines, err := p.Store.CertificatesOf(v.Account.ID)
	if err != nil {
		return err
	}
	chosen := v.R.URL.Query().Get("exam")
	data := templates.Apply{Page: v.Page(), SelfURL: "/apply/self"}
	today := reissue.Today(p.Store.Now())
	var chosenExam *reissue.Exam
	own, others := templates.ExamGroup{Label: sayOwnExams}, templates.ExamGroup{Label: sayOtherExams}
	for _, exam := range exams {
		option := templates.ExamOption{Value: strconv.FormatUint(exam.ID, 10), Text: exam.Title()}
		if option.Selected = option.Value == chosen; option.Selected {
			data.Exam, chosenExam = exam.Title(), exam
			if data.NotAccepted, data.More = notAcceptedWords(exam.Accept(today)); data.NotAccepted == "" {
				data.SelfURL += "?exam=" + option.Value
			}
		}
		if slices.ContainsFunc(lines, func(l store.Line) bool { return l.Exam == exam.ID }) {
			own.Exams = append(own.Exams, option)
		} else {
			others.Exams = append(others.Exams, option)
		}
	}
	for _, group := range []templates.ExamGroup{own, others} {
		if len(group.Exams) > 0 {
			data.Groups = append(data.Groups, group)
		}
	}
	for _, line := range lines {
		if strconv.FormatUint(line.Exam, 10) == chosen {
			data.Certificates = append(data.Certificates, certificateCard(line, chosenExam, today))
		}
	}
	if data.Unfinished, err = p.unfinished(v); err != nil {
		return err
	}
	return v.Render(data)
}

// unfinished leads back to forms that were typed into and not sent, such as
// when the session ended meanwhile.
func (p *Pages) unfinished(v *visit.Visit) (links []templates.Link, err error) {
	list, err := p.Store.UnfinishedOf(v.Account.ID)
	for _, u := range list {
		link := templates.Link{Text: sayByHandForm, URL: "/apply/self"}
		switch u.Form.Kind {
		case store.FormCertificate:
			link = templates.Link{Text: visit.ExamTitle(&u.Fields), URL: fmt.Sprintf("/apply/certificates/%d", u.Form.Record)}
		case store.FormEdit:
			link = templates.Link{Text: sayEditForm(u.Form.Record), URL: applicationURL(u.Form.Record) + "/edit"}
		}
		links = append(links, link)
	}
	return links, err
}

// certificateCard is a certificate as step 1 shows it, with its state and what
// can be done today. exam is the office's entry for its exam.
func certificateCard(line store.Line, exam *reissue.Exam, today string) templates.Certificate {
	card := templates.Certificate{Year: line.ExamYear, Exam: line.ExamName}
	fields := line.Fields()
	fields.ApprovalDate = reissue.ShowDate(line.ApprovalDate)
	for _, field := range reissue.FieldsFrom(reissue.FromRegister) {
		card.Rows = append(card.Rows, templates.Pair{Label: reissue.Label(field), Value: fields.Get(field)})
	}
	notAccepted := exam.Accept(today)
	switch {
	case !line.Collected:
		card.State, card.Reason = sayNotApplicable, sayNotCollectedYet
	case line.Open != 0:
		card.State, card.Reason = sayApplied, sayAppliedReason
		card.ApplicationURL = fmt.Sprintf("/applications/%d", line.Open)
	case notAccepted != nil:
		card.State = sayNotApplicable
		card.Reason, card.More = notAcceptedWords(notAccepted)
	default:
		card.State, card.Reason = sayApplicable, exam.Told()
		card.ApplyURL = fmt.Sprintf("/apply/certificates/%d", line.ID)
	}
	return card
}
