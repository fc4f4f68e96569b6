package filing

import (
	"errors"
	"net/http"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// Edit is 申请信息维护 of the application of a form: or, after a stale post, the form with what
// was typed, what changed meanwhile, and the revision that lets it be posted knowingly. A
// refused post keeps the revision it came with: if the application changed meanwhile, the
// next post is told so too. Back is where it is left to.
func (d *Desk) Edit(v *visit.Visit, at At, form store.Form, back string, stale bool) (data templates.Edit, err error) {
	f, err := at.By.Fill(form)
	if err != nil {
		return data, err
	}
	a := f.Application
	data = templates.Edit{Number: visit.Number(a.ID), Exam: visit.ExamTitle(&a.Fields), State: a.Status.Word(), Revision: a.Revision}
	switch {
	case stale:
		data.Stale = meanwhile(v, f)
	case v.Posted != nil:
		data.Revision = v.Revision()
	}
	var exams []*reissue.Exam
	if f.Certificate == nil {
		if exams, err = d.Store.Exams(); err != nil {
			return data, err
		}
	}
	data.Fill = d.fill(v, at, f, exams)
	data.BackURL = back
	data.Form.Saves = true
	if data.Photo != nil {
		data.Photo.Required = a.Photo.Given()
	}
	if decision := a.LastDecision(); decision != nil {
		data.Note = decision.Note
		for _, reason := range decision.Reasons {
			data.Form.Returned = append(data.Form.Returned, templates.Problem{Field: reason.Field, Message: reason.Label})
		}
	}
	return data, nil
}

// Save takes over what was corrected. done answers what was accepted, again shows a form
// that has become stale.
func (d *Desk) Save(v *visit.Visit, at At, form store.Form, done func(*reissue.Application) error, again func() error) error {
	err := d.submit(v, at, form, func(draft reissue.Draft, up store.Upload) (*reissue.Application, error) {
		return at.By.Save(form.Record, v.Revision(), draft, up)
	}, done)
	if !errors.Is(err, reissue.ErrStale) {
		return err
	}
	var faults reissue.Problems
	errors.As(err, &faults)
	v.Status, v.Problems = http.StatusConflict, append(reissue.Problems{{Field: "stale", Message: sayStaleEdit}}, faults...)
	return again()
}

// meanwhile tells what happened to the application since the revision that was
// posted, and in which fields it now differs from what was typed.
func meanwhile(v *visit.Visit, f *store.Filling) *templates.Stale {
	a := f.Application
	events := visit.History(a, nil)
	stale := &templates.Stale{Events: events[:len(events)-int(min(v.Revision(), uint64(len(events))))]}
	for _, field := range reissue.FieldNames {
		typed, now := reissue.Clean(v.Value(field)), a.Fields.Get(field)
		if f.Asks(field) && typed != now {
			stale.Differs = append(stale.Differs, templates.Change{Label: reissue.Label(field), Was: reissue.ShowField(field, typed), Now: reissue.ShowField(field, now)})
		}
	}
	return stale
}
