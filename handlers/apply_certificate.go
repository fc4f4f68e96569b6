package handlers

import (
	"fmt"

	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// showApplyCertificate is step 2 for a certificate of the register.
func (s *Server) showApplyCertificate(v *visit) error {
	form, err := v.certificateForm()
	if err != nil {
		return err
	}
	f, err := s.store.Fill(v.account.ID, form)
	if err != nil {
		return err
	}
	action := fmt.Sprintf("/apply/certificates/%d", form.Record)
	return v.render("apply_certificate.html", templates.ApplyCertificate{Fill: s.fill(v, f, action+"/photo", nil), Action: action})
}

func (s *Server) postApplyCertificate(v *visit) error {
	form, err := v.certificateForm()
	if err != nil {
		return err
	}
	return s.submit(v, form, func(d reissue.Draft, up store.Upload) (*reissue.Application, error) {
		return s.store.Apply(v.account.ID, form, d, up)
	}, v.toSubmitted)
}

func (s *Server) keepApplyCertificate(v *visit) error {
	form, err := v.certificateForm()
	if err != nil {
		return err
	}
	return s.keep(v, form)
}

func (s *Server) photoApplyCertificate(v *visit) error {
	form, err := v.certificateForm()
	if err != nil {
		return err
	}
	return v.sendPhoto(s.store.DraftPhoto(v.account.ID, form))
}

func (v *visit) certificateForm() (store.Form, error) {
	id, err := v.id()
	return store.Form{Kind: store.FormCertificate, Record: id}, err
}
