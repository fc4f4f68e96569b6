package filing

import (
	"slices"
	"strconv"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// Step1 are the certificates found, those of one exam once that is chosen. say puts on a
// card where its certificate stands.
func (d *Desk) Step1(v *visit.Visit, at At, say func(*templates.Card, Holding) error) (data templates.Apply, err error) {
	exams, err := d.Store.Exams()
	if err != nil {
		return data, err
	}
	list, err := d.Holdings(at, exams)
	if err != nil {
		return data, err
	}
	chosen, _ := strconv.ParseUint(v.R.URL.Query().Get("exam"), 10, 64) // what is none is no exam's
	data = templates.Apply{Page: v.Page(), Action: at.Base + "/apply", SelfURL: at.Base + "/apply/self"}
	own, others := templates.ExamGroup{Label: sayOwnExams}, templates.ExamGroup{Label: sayOtherExams}
	for _, exam := range exams {
		option := templates.ExamOption{Value: strconv.FormatUint(exam.ID, 10), Text: exam.Title()}
		if option.Selected = exam.ID == chosen; option.Selected {
			data.Exam = exam.Title()
			if data.NotAccepted, data.More = NotAccepted(exam.Accept(reissue.Today(d.Store.Now()))); data.NotAccepted == "" {
				data.SelfURL += "?exam=" + option.Value
			}
		}
		if slices.ContainsFunc(list, func(h Holding) bool { return h.of(exam.ID) }) {
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
		list = slices.DeleteFunc(list, func(h Holding) bool { return !h.of(chosen) })
	}
	if data.Cards, err = cards(list, say); err != nil {
		return data, err
	}
	data.Unfinished, err = unfinished(at)
	return data, err
}

// unfinished leads back to forms that were typed into and not sent, such as
// when the session ended meanwhile.
func unfinished(at At) (links []templates.Link, err error) {
	list, err := at.By.Unfinished()
	for _, u := range list {
		link := templates.Link{Text: sayByHandForm, URL: at.FormURL(u.Form)}
		switch u.Form.Kind {
		case store.FormCertificate:
			link.Text = visit.ExamTitle(&u.Fields)
		case store.FormEdit:
			link.Text = sayEditForm(u.Form.Record)
		}
		links = append(links, link)
	}
	return links, err
}
