package candidate

import (
	"errors"
	"net/http"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// showEdit is 申请信息维护. A refused post keeps the revision it came with: if
// the application changed meanwhile, the next post is told so too.
func (p *Pages) showEdit(v *visit.Visit) error { return p.editPage(v, false) }

// editPage is the form, or, after a stale post, the form with what was typed,
// what changed meanwhile, and the revision that lets it be posted knowingly.
func (p *Pages) editPage(v *visit.Visit, stale bool) error {
	form, err := editForm(v)
	if err != nil {
		return err
	}
	f, err := p.Store.Fill(v.Account.ID, form)
	if err != nil {
		return err
	}
	a := f.Application
	url := applicationURL(a.ID)
	data := templates.Edit{Number: visit.Number(a.ID), Exam: visit.ExamTitle(&a.Fields), State: a.Status.Word(), Action: url + "/edit", BackURL: url, Revision: a.Revision}
	switch {
	case stale:
		data.Stale = meanwhile(v, f)
	case v.Posted != nil:
		data.Revision = v.Revision()
	}
	var exams []*reissue.Exam
	if f.Certificate == nil {
		if exams, err = p.Store.Exams(); err != nil {
			return err
		}
	}
	data.Fill = p.fill(v, f, url+"/edit/photo", exams)
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
	return v.Render(data)
}

func (p *Pages) postEdit(v *visit.Visit) error {
	form, err := editForm(v)
	if err != nil {
		return err
	}
	err = p.submit(v, form, func(d reissue.Draft, up store.Upload) (*reissue.Application, error) {
		return p.Store.Save(v.Account.ID, form.Record, v.Revision(), d, up)
	}, func(a *reissue.Application) error {
		v.Flash(flashSaved)
		return v.Redirect(applicationURL(a.ID))
	})
	if !errors.Is(err, reissue.ErrStale) {
		return err
	}
	var faults reissue.Problems
	errors.As(err, &faults)
	v.Status, v.Problems = http.StatusConflict, append(reissue.Problems{{Field: "stale", Message: sayStaleEdit}}, faults...)
	return p.editPage(v, true)
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

func (p *Pages) keepEdit(v *visit.Visit) error {
	form, err := editForm(v)
	if err != nil {
		return err
	}
	return p.keep(v, form)
}

// photoEdit is the photo that saving would keep: the one kept with the draft,
// else the application's own.
func (p *Pages) photoEdit(v *visit.Visit) error {
	form, err := editForm(v)
	if err != nil {
		return err
	}
	jpeg, err := p.Store.DraftPhoto(v.Account.ID, form)
	if errors.Is(err, reissue.ErrNotFound) {
		return p.photoApplication(v)
	}
	return v.SendPhoto(jpeg, err)
}

func editForm(v *visit.Visit) (store.Form, error) {
	id, err := v.ID()
	return store.Form{Kind: store.FormEdit, Record: id}, err
}
