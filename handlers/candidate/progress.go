package candidate

import "certreissue/reissue"

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
