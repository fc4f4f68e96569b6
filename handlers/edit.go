package handlers

import (
	"errors"
	"net/http"

	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// showEdit is 申请信息维护. A refused post keeps the revision it came with: if
// the application changed meanwhile, the next post is told so too.
func (s *Server) showEdit(v *visit) error { return s.editPage(v, false) }

// editPage is the form, or, after a stale post, the form with what was typed,
// what changed meanwhile, and the revision that lets it be posted knowingly.
func (s *Server) editPage(v *visit, stale bool) error {
	form, err := v.editForm()
	if err != nil {
		return err
	}
	f, err := s.store.Fill(v.account.ID, form)
	if err != nil {
		return err
	}
	a := f.Application
	url := applicationURL(a.ID)
	data := templates.Edit{Number: number(a.ID), Exam: examTitle(&a.Fields), State: a.Status.Word(), Action: url + "/edit", BackURL: url, Revision: a.Revision}
	switch {
	case stale:
		data.Stale = v.meanwhile(f)
	case v.posted != nil:
		data.Revision = v.revision()
	}
	var exams []*reissue.Exam
	if f.Certificate == nil {
		if exams, err = s.store.Exams(); err != nil {
			return err
		}
	}
	data.Fill = s.fill(v, f, url+"/edit/photo", exams)
	if data.Photo != nil {
		data.Photo.Required = a.Photo.Given()
	}
	if decision := a.LastDecision(); decision != nil {
		data.Note = decision.Note
		for _, reason := range decision.Reasons {
			data.Form.Returned = append(data.Form.Returned, templates.Problem{Field: reason.Field, Message: reason.Label})
		}
	}
	return v.render("edit.html", data)
}

func (s *Server) postEdit(v *visit) error {
	form, err := v.editForm()
	if err != nil {
		return err
	}
	err = s.submit(v, form, func(d reissue.Draft, up store.Upload) (*reissue.Application, error) {
		return s.store.Save(v.account.ID, form.Record, v.revision(), d, up)
	}, func(a *reissue.Application) error {
		v.flash(flashSaved)
		return v.redirect(applicationURL(a.ID))
	})
	if !errors.Is(err, reissue.ErrStale) {
		return err
	}
	var faults reissue.Problems
	errors.As(err, &faults)
	v.status, v.problems = http.StatusConflict, append(reissue.Problems{{Field: "stale", Message: sayStaleEdit}}, faults...)
	return s.editPage(v, true)
}

// meanwhile tells what happened to the application since the revision that was
// posted, and in which fields it now differs from what was typed.
func (v *visit) meanwhile(f *store.Filling) *templates.Stale {
	a := f.Application
	events := history(a, nil)
	stale := &templates.Stale{Events: events[:len(events)-int(min(v.revision(), uint64(len(events))))]}
	for _, field := range reissue.FieldNames {
		typed, now := reissue.Clean(v.value(field)), a.Fields.Get(field)
		if f.Asks(field) && typed != now {
			stale.Differs = append(stale.Differs, templates.Change{Label: reissue.Label(field), Was: typed, Now: now})
		}
	}
	return stale
}

func (s *Server) keepEdit(v *visit) error {
	form, err := v.editForm()
	if err != nil {
		return err
	}
	return s.keep(v, form)
}

// photoEdit is the photo that saving would keep: the one kept with the draft,
// else the application's own.
func (s *Server) photoEdit(v *visit) error {
	form, err := v.editForm()
	if err != nil {
		return err
	}
	jpeg, err := s.store.DraftPhoto(v.account.ID, form)
	if errors.Is(err, reissue.ErrNotFound) {
		return s.photoApplication(v)
	}
	return v.sendPhoto(jpeg, err)
}

func (v *visit) editForm() (store.Form, error) {
	id, err := v.id()
	return store.Form{Kind: store.FormEdit, Record: id}, err
}
