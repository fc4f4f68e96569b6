package office

import (
	"errors"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

// showProof is the 合格证明 of one application, as it was printed last.
func (p *Pages) showProof(v *visit.Visit) error {
	id, err := v.ID()
	if err != nil {
		return err
	}
	return p.proofPage(v, applicationURL(id), id)
}

// showProofSheets are those that were printed in one go, one a sheet.
func (p *Pages) showProofSheets(v *visit.Visit) error {
	var list []uint64
	for _, value := range v.R.URL.Query()["application"] {
		id, ok := reissue.ParseNumber(value)
		if !ok || len(list) == paperProofs {
			return reissue.ErrNotFound
		}
		list = append(list, id)
	}
	return p.proofPage(v, "/office/proofs/waiting", list...)
}

// proofPage shows what is printed, with ID numbers in full.
func (p *Pages) proofPage(v *visit.Visit, back string, list ...uint64) error {
	data := templates.OfficeProofSheets{Page: v.Page(), BackURL: back}
	var seen []*reissue.Application
	for _, id := range list {
		stub, err := p.Store.Proof(v.Staff, id)
		if errors.Is(err, reissue.ErrState) { // not printed yet, or void by now
			continue
		}
		if err != nil {
			return err
		}
		seen = append(seen, stub.Application)
		data.Sheets = append(data.Sheets, proofSheet(stub.Proof, stub.Application))
	}
	if err := p.noted(v, p.Store.ViewedAll(v.Staff.Actor(), seen)); err != nil {
		return err
	}
	return v.Render(data)
}

// proofSheet is one 合格证明 on its sheet.
func proofSheet(stub *reissue.Proof, a *reissue.Application) templates.ProofSheet {
	sheet := templates.ProofSheet{Number: reissue.ShowProofNumber(stub.Number), Application: visit.Number(a.ID), Office: stub.Office, Date: reissue.ShowDate(stub.Issued.Date())}
	sheet.Title, sheet.Paragraphs = stub.Text.Fill(stub.Values(a))
	if a.Photo.Given() {
		sheet.PhotoURL = applicationURL(a.ID) + "/photo"
	}
	if stub.Reprints > 0 {
		sheet.Reprint = sayReprint(stub)
	}
	if a.ProofOutdated() {
		sheet.Outdated = sayProofOutdated
	}
	return sheet
}
