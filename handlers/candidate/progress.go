package candidate

import (
	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

// progress tells the candidate what happens next, with the batch and when it is
// expected, or the number under which the certificate was sent.
func (p *Pages) progress(a *reissue.Application) (string, error) {
	switch a.Status {
	case reissue.InProduction:
		b, err := p.Store.BatchOf(a)
		if err != nil || b == nil {
			return nextSentence(a), err
		}
		return sayExpected(b), nil
	case reissue.Approved:
		if a.Left() != nil {
			return sayMadeAnew, nil
		}
	case reissue.Mailed:
		return sayTracking(a), nil
	}
	sentence := nextSentence(a)
	if fields := reissue.Untouched(a); len(fields) > 0 {
		sentence = sayUntouched(fields)
	}
	if day := a.Deadline(p.Store.Settings(), reissue.Today(p.Store.Now())); day != "" {
		sentence += sayDeadline(day)
	}
	return sentence, nil
}

// leadsTo is a line about what the office hands out, where that is no new certificate.
func (p *Pages) leadsTo(a *reissue.Application) ([]templates.Pair, error) {
	exam, err := p.Store.ExamOf(a)
	if err != nil || a.LeadsTo(exam) != reissue.RouteProof {
		return nil, err
	}
	return []templates.Pair{{Label: visit.SayLeadsTo, Value: visit.SayProof}}, nil
}
