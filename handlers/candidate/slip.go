package candidate

import (
	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

// codeApplication is the QR code of the number of one's own application.
func (p *Pages) codeApplication(v *visit.Visit) error {
	a, err := own(v)
	if err != nil {
		return err
	}
	return v.SendCode(visit.Number(a.ID))
}

// showSlip is what the candidate prints and brings along: the counter scans it.
func (p *Pages) showSlip(v *visit.Visit) error {
	a, err := own(v)
	if err != nil {
		return err
	}
	leadsTo, err := p.leadsTo(a)
	if err != nil {
		return err
	}
	return v.Render(templates.Slip{Page: v.Page(), Number: visit.Number(a.ID), Exam: visit.ExamTitle(&a.Fields), State: a.Status.Word(),
		CodeURL: applicationURL(a.ID) + "/code.svg", Place: *visit.Place(p.Store.Settings(), a.Fields.City), BackURL: applicationURL(a.ID),
		Rows: append([]templates.Pair{
			{Label: reissue.Label(reissue.FieldName), Value: a.Fields.Name},
			{Label: reissue.Label(reissue.FieldIDNumber), Value: a.Person.Number.String()},
			{Label: reissue.Label(reissue.FieldCertificateNumber), Value: a.Fields.CertificateNumber},
			{Label: reissue.Label(reissue.FieldCity), Value: a.Fields.City},
		}, leadsTo...)})
}
