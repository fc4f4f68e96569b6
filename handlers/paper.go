package handlers

import (
	"net/url"
	"slices"
	"strconv"

	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// What one page to print holds; the next page has the rest.
const (
	paperForms    = 50
	paperSignings = 100
)

// printed is a page of applications to be put on paper: those that the address
// names one by one, those of a batch, or else what is ready, of a city or of
// all. scope names them in words.
type printed struct {
	list          []*reissue.Application
	scope         string
	back, nextURL string
}

func (s *Server) printed(v *visit, size int) (p printed, err error) {
	query := v.r.URL.Query()
	var page store.Page[reissue.Application]
	switch {
	case query.Has("application"):
		p.back = "/office/handout"
		for _, value := range query["application"] {
			number, _ := strconv.ParseUint(value, 10, 64)
			a, err := s.store.Application(v.staff, number)
			if err != nil {
				return p, err
			}
			p.back = officeURL(a.ID)
			if page.Rows = append(page.Rows, a); len(page.Rows) == size {
				break
			}
		}
	case query.Has("batch"):
		number, _ := strconv.ParseUint(query.Get("batch"), 10, 64)
		var b *reissue.Batch
		if b, page, err = s.store.BatchPage(v.staff, number, query.Get("page"), size); err != nil {
			return p, err
		}
		p.scope, p.back = b.Name, batchURL(number)
	default:
		city := query.Get("city")
		filter := store.Filter{Status: reissue.Ready, City: city, For: v.staff}
		if page, err = s.store.Queue(filter, query.Get("page"), size); err != nil {
			return p, err
		}
		p.scope, p.back = city, "/office/handout?"+url.Values{"city": {city}}.Encode()
	}
	p.list = page.Rows
	if page.Next != "" {
		query.Set("page", page.Next)
		p.nextURL = v.r.URL.Path + "?" + query.Encode()
	}
	return p, nil
}

// showSignatures is the sheet that those who collect sign.
func (s *Server) showSignatures(v *visit) error {
	p, err := s.printed(v, paperSignings)
	if err != nil {
		return err
	}
	data := templates.SignatureSheet{Page: v.page(), Heading: saySignatureHeading(p.scope), Today: reissue.ShowDate(reissue.Today(s.store.Now())),
		BackURL: p.back, NextURL: p.nextURL}
	for i, a := range p.list {
		row := s.queueRow(a)
		data.Rows = append(data.Rows, templates.SignatureRow{N: i + 1, Number: row.Number, Name: row.Name, IDNumber: row.IDNumber, BirthYear: row.BirthYear, Exam: row.Exam})
	}
	return v.render("office_signatures.html", data)
}

// showForms are the papers that the office files, one a sheet, with ID numbers
// in full.
func (s *Server) showForms(v *visit) error {
	p, err := s.printed(v, paperForms)
	if err != nil {
		return err
	}
	if err := s.store.ViewedAll(v.staff.Actor(), p.list); err != nil {
		return err
	}
	data := templates.PaperForms{Page: v.page(), BackURL: p.back, NextURL: p.nextURL}
	for _, a := range p.list {
		data.Forms = append(data.Forms, paperForm(a, s.store.Settings()))
	}
	return v.render("office_forms.html", data)
}

func paperForm(a *reissue.Application, settings *reissue.Settings) templates.PaperForm {
	form := templates.PaperForm{Number: number(a.ID), State: a.Status.Word(), CodeURL: officeURL(a.ID) + "/code.svg", Submitted: a.Submitted.String(),
		OfficeName: settings.OfficeName}
	if a.Pledged != 0 {
		form.Pledge = settings.Pledge
	}
	if a.Photo.Given() {
		form.PhotoURL = officeURL(a.ID) + "/photo"
	}
	cells := []templates.Pair{}
	for _, field := range []string{reissue.FieldName, reissue.FieldSex, reissue.FieldIDNumber, reissue.FieldBirthMonth, reissue.FieldExamName, reissue.FieldExamYear,
		reissue.FieldLevel, reissue.FieldSpecialty, reissue.FieldCertificateNumber, reissue.FieldApprovalDate, reissue.FieldCity, reissue.FieldPhone} {
		value := a.Fields.Get(field)
		if field == reissue.FieldIDNumber {
			value = a.Person.Number.Full()
		}
		cells = append(cells, templates.Pair{Label: reissue.Label(field), Value: value})
	}
	form.Rows = slices.Collect(slices.Chunk(cells, 2))
	if decision := a.LastDecision(); decision != nil {
		form.Decision, form.Decided = decision.Act.Word(), decision.At.String()
		if why := labels(decision); why != "" {
			form.Decision += "：" + why
		}
		if decision.Note != "" {
			form.Decision += "（" + decision.Note + "）"
		}
	}
	if c := a.Collected(); c != nil {
		form.Collected = c.String() + "；" + a.Updated.String()
	}
	if tracking := a.Tracking(); tracking != "" {
		form.Mailed = sayTrackingNumber(tracking) + "；" + a.Updated.String()
	}
	return form
}

// showSlip is what the candidate prints and brings along: the counter scans it.
func (s *Server) showSlip(v *visit) error {
	a, err := v.own()
	if err != nil {
		return err
	}
	settings := s.store.Settings()
	return v.render("slip.html", templates.Slip{Page: v.page(), Number: number(a.ID), Exam: examTitle(&a.Fields), State: a.Status.Word(),
		CodeURL: applicationURL(a.ID) + "/code.svg", Address: settings.Address, BackURL: applicationURL(a.ID),
		Rows: []templates.Pair{
			{Label: reissue.Label(reissue.FieldName), Value: a.Fields.Name},
			{Label: reissue.Label(reissue.FieldIDNumber), Value: a.Person.Number.String()},
			{Label: reissue.Label(reissue.FieldCertificateNumber), Value: a.Fields.CertificateNumber},
			{Label: reissue.Label(reissue.FieldCity), Value: a.Fields.City},
		}})
}
