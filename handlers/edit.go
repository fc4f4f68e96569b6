package handlers

import (
	"errors"

	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// showEdit is 申请信息维护. A refused post keeps the revision it came with: if
// the application changed meanwhile, the next post is told so too.
func (s *Server) showEdit(v *visit) error {
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
	if v.posted != nil {
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
	return s.submit(v, form, func(d reissue.Draft, up store.Upload) (*reissue.Application, error) {
		return s.store.Save(v.account.ID, form.Record, v.revision(), d, up)
	}, func(a *reissue.Application) error {
		v.flash(flashSaved)
		return v.redirect(applicationURL(a.ID))
	})
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
