package office

import (
	"fmt"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

func proofURL(application uint64) string { return applicationURL(application) + "/proof" }

// postProof prints the 合格证明 for the first time, or once more, and leads to it.
func (p *Pages) postProof(v *visit.Visit) error {
	id, err := v.ID()
	if err != nil {
		return err
	}
	if err := p.Store.PrintProofs(v.Staff, store.Picked{Application: id, Revision: v.Revision()}); err != nil {
		return err
	}
	p.MailWaits()
	return v.Redirect(proofURL(id))
}

// postProofUndo makes it void.
func (p *Pages) postProofUndo(v *visit.Visit) error {
	id, err := v.ID()
	if err != nil {
		return err
	}
	if err := p.Store.UndoProof(v.Staff, id, v.Revision(), reissue.Clean(v.Value("note"))); err != nil {
		return err
	}
	p.MailWaits()
	v.Flash(flashProofVoid)
	return v.Redirect(applicationURL(id))
}

// proofPanel is what the review screen says and offers of the 合格证明 that the
// application leads to; nil where it leads to a new certificate.
func (p *Pages) proofPanel(v *visit.Visit, a *reissue.Application) (*templates.ProofPanel, error) {
	if !a.ByProof() {
		return nil, nil
	}
	use := v.RoleIs(reissue.RoleReviewer)
	panel := &templates.ProofPanel{Path: proofURL(a.ID), Revision: a.Revision, Print: use && a.Status == reissue.Approved, ListURL: "/office/proofs"}
	if a.Proof == 0 {
		panel.Next = sayProofWaits
		return panel, nil
	}
	stub, err := p.Store.Proof(v.Staff, a.ID)
	if err != nil {
		return nil, err
	}
	names, err := p.staffNames()
	if err != nil {
		return nil, err
	}
	number := reissue.ShowProofNumber(stub.Number)
	panel.URL, panel.ListURL = panel.Path, stubURL(number)
	panel.Facts = []templates.Pair{{Label: visit.SayProofNumber, Value: number}, {Label: sayIssued, Value: stub.Issued.String()}, {Label: sayIssuedBy, Value: names[stub.By]}}
	if stub.Reprints > 0 {
		panel.Facts = append(panel.Facts, templates.Pair{Label: sayReprints, Value: fmt.Sprintf("%d 次，最近 %s", stub.Reprints, stub.Reprinted)})
	}
	outdated := a.ProofOutdated()
	if outdated {
		panel.Next = sayProofOutdated
	}
	panel.Reprint = use && a.Status == reissue.Ready && !outdated
	if use && a.Status == reissue.Ready {
		panel.Undo = &templates.BatchUndo{Act: "undo", Title: sayVoidProof, Explain: sayVoidProofExplain}
	}
	return panel, nil
}
