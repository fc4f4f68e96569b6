package office

import (
	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

// showSignatures is the sheet that those who collect sign.
func (p *Pages) showSignatures(v *visit.Visit) error {
	paper, err := p.printed(v, paperSignings)
	if err != nil {
		return err
	}
	data := templates.OfficeSignatures{Page: v.Page(), Heading: saySignatureHeading(paper.scope), Today: reissue.ShowDate(reissue.Today(p.Store.Now())),
		BackURL: paper.back, NextURL: paper.nextURL}
	switch { // the counter has led here
	case !v.R.URL.Query().Has("application"):
	case len(paper.list) == 1:
		data.BackURL = handoutURL(paper.list[0].ID)
	default:
		data.BackURL = counterPath + "?" + applicationsQuery(paper.list)
	}
	for i, a := range paper.list {
		row, proof := p.queueRow(a), ""
		if a.Proof != 0 {
			proof = reissue.ShowProofNumber(a.Proof)
		}
		data.Rows = append(data.Rows, templates.SignatureRow{Proof: proof, N: i + 1, Number: row.Number, Name: row.Name, IDNumber: row.IDNumber, BirthYear: row.BirthYear, Exam: row.Exam})
	}
	return v.Render(data)
}
