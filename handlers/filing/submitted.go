package filing

import (
	"errors"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

// Hints are on what was accepted but looks odd.
func (d *Desk) Hints(a *reissue.Application) (hints []string, err error) {
	if a.Exam != 0 {
		exam, err := d.Store.Exam(a.Exam)
		if err != nil && !errors.Is(err, reissue.ErrNotFound) {
			return nil, err
		}
		if hint := reissue.DateHint(&a.Fields, exam); hint != "" {
			hints = append(hints, hint)
		}
	}
	return append(hints, photoHints(&a.Photo)...), nil
}

// LeadsTo is a line about what the office hands out, where that is no new certificate.
func (d *Desk) LeadsTo(a *reissue.Application) ([]templates.Pair, error) {
	exam, err := d.Store.ExamOf(a)
	if err != nil || a.LeadsTo(exam) != reissue.RouteProof {
		return nil, err
	}
	return []templates.Pair{{Label: visit.SayLeadsTo, Value: visit.SayProof}}, nil
}

// Slip is what the holder brings along: the counter scans it.
func (d *Desk) Slip(v *visit.Visit, a *reissue.Application, code, back string) (slip templates.Slip, err error) {
	leadsTo, err := d.LeadsTo(a)
	if err != nil {
		return slip, err
	}
	return templates.Slip{Page: v.Page(), Number: visit.Number(a.ID), Exam: visit.ExamTitle(&a.Fields), State: a.Status.Word(),
		CodeURL: code, Place: *visit.Place(d.Store.Settings(), a.Fields.City), BackURL: back,
		Rows: append([]templates.Pair{
			{Label: reissue.Label(reissue.FieldName), Value: a.Fields.Name},
			{Label: reissue.Label(reissue.FieldIDNumber), Value: a.Person.Number.String()},
			{Label: reissue.Label(reissue.FieldCertificateNumber), Value: a.Fields.CertificateNumber},
			{Label: reissue.Label(reissue.FieldCity), Value: a.Fields.City},
		}, leadsTo...)}, nil
}
