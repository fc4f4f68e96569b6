package store

import (
	"slices"

	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

// provenIn are the states of an application whose 合格证明 is good.
var provenIn = []reissue.Status{reissue.Ready, reissue.HandedOut, reissue.Mailed}

// checkProofs holds applications that lead to a 合格证明 against the stubs, both ways,
// and the stubs' numbers against what was given out.
func checkProofs(tx *bolt.Tx, x *examination) {
	count, err := issued(tx, proofSequences)
	if err != nil {
		return // reported with the singles
	}
	for a, err := range applications.all(tx) {
		if err != nil || !x.step(applications.name) {
			return
		}
		proven := a.ByProof() && slices.Contains(provenIn, a.Status)
		if proven != (a.Proof != 0) || a.ByProof() && (a.Batch != 0 || a.Status == reissue.InProduction) {
			x.report(findApplication(a.ID, sayProofUnfit))
		}
		if a.Proof == 0 {
			continue
		}
		if p, err := proofs.get(tx, key(a.Proof)); err != nil || p.Application != a.ID || p.Voided != 0 {
			x.report(findApplication(a.ID, sayProofMissing))
		}
	}
	for p, err := range proofs.all(tx) {
		if err != nil || !x.step(proofs.name) {
			return
		}
		if year, place := reissue.SplitProofNumber(p.Number); place == 0 || place > count.Last[year] {
			x.report(findProof(p.Number, sayProofSequence))
		}
		a, err := applications.get(tx, key(p.Application))
		switch {
		case isNotFound(err) != p.Forgotten:
			x.report(findProof(p.Number, sayMailStray))
		case err == nil && (a.Proof == p.Number) != (p.Voided == 0):
			x.report(findProof(p.Number, sayStubUnfit))
		case err == nil && reprints(a, p.Number) != p.Reprints:
			x.report(findProof(p.Number, sayReprintsUnfit))
		}
	}
}

// reprints is how often an application's history says that a number was printed again.
func reprints(a *reissue.Application, number uint64) (n int) {
	for _, event := range a.History {
		if event.Act == reissue.ActReprintProof && event.Note == reissue.ShowProofNumber(number) {
			n++
		}
	}
	return n
}

// settleProofs lets stubs and applications agree: what an application says of itself
// holds, and the stub of a number that was printed is made anew.
func (r *repair) settleProofs(tx *txn) error {
	settings, err := savedSingle(r.salvage, settingsRecord)
	if err != nil {
		return err
	}
	if settings == nil {
		settings = new(reissue.Settings)
	}
	var list []*reissue.Proof
	for a, err := range applications.all(tx.Tx) {
		if err != nil {
			return err
		}
		for i := range a.History {
			event := &a.History[i]
			number, ok := reissue.ParseProofNumber(event.Note)
			if event.Act != reissue.ActPrintProof || !ok || proofs.has(tx.Tx, key(number)) {
				continue
			}
			r.say(findRebuilt(proofs.name, key(number)))
			exam := reissue.Exam{Year: a.Fields.ExamYear, Name: a.Fields.ExamName}
			list = append(list, &reissue.Proof{Number: number, Application: a.ID, Exam: exam.Title(), City: a.Fields.City, Text: settings.Proof(),
				Office: settings.OfficeName, Issued: event.At, By: event.By})
		}
	}
	for p, err := range proofs.all(tx.Tx) {
		if err != nil {
			return err
		}
		list = append(list, p)
	}
	for _, p := range list {
		a, err := applications.get(tx.Tx, key(p.Application))
		switch {
		case isNotFound(err):
			p.Forgotten = true
		case err != nil:
			return err
		default:
			p.Forgotten, p.Reprints = false, reprints(a, p.Number)
			if good := a.Proof == p.Number; good {
				p.Voided = 0
			} else if p.Voided == 0 {
				p.Voided = tx.moment
			}
		}
		if err := proofs.put(tx.Tx, p); err != nil {
			return err
		}
	}
	return nil
}
