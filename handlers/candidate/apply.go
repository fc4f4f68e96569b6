package candidate

import (
	"slices"
	"strconv"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// showApply is step 1: the certificates found, those of one exam once that is
// chosen.
func (p *Pages) showApply(v *visit.Visit) error {
	exams, err := p.Store.Exams()
	if err != nil {
		return err
	}
	list, err := p.holdings(v.Account.ID, exams)
	if err != nil {
		return err
	}
	chosen, _ := strconv.ParseUint(v.R.URL.Query().Get("exam"), 10, 64) // what is none is no exam's
	data := templates.Apply{Page: v.Page(), SelfURL: "/apply/self"}
	own, others := templates.ExamGroup{Label: sayOwnExams}, templates.ExamGroup{Label: sayOtherExams}
	for _, exam := range exams {
		option := templates.ExamOption{Value: strconv.FormatUint(exam.ID, 10), Text: exam.Title()}
		if option.Selected = exam.ID == chosen; option.Selected {
			data.Exam = exam.Title()
			if data.NotAccepted, data.More = notAcceptedWords(exam.Accept(reissue.Today(p.Store.Now()))); data.NotAccepted == "" {
				data.SelfURL += "?exam=" + option.Value
			}
		}
		if slices.ContainsFunc(list, func(h holding) bool { return h.of(exam.ID) }) {
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
	if data.Exam != "" {
		list = slices.DeleteFunc(list, func(h holding) bool { return !h.of(chosen) })
	}
	if data.Cards, err = p.cards(list); err != nil {
		return err
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
			link = templates.Link{Text: visit.ExamTitle(&u.Fields), URL: certificateURL(u.Form.Record)}
		case store.FormEdit:
			link = templates.Link{Text: sayEditForm(u.Form.Record), URL: applicationURL(u.Form.Record) + "/edit"}
		}
		links = append(links, link)
	}
	return links, err
}
