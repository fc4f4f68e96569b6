package reissue

import "slices"

// filings are what candidates do with their applications, or the counter for them.
var filings = []Act{ActSubmit, ActSave, ActWithdraw}

// AtCounter tells whether a clerk did for the candidate what candidates do themselves.
func (e *Event) AtCounter() bool {
	return slices.Contains(filings, e.Act) && e.Role != RoleCandidate
}

// Filing is the event by which the counter filed the application, nil where the candidate
// did. What was corrected at the counter later is none.
func (a *Application) Filing() *Event {
	if len(a.History) == 0 || !a.History[0].AtCounter() {
		return nil
	}
	return &a.History[0]
}

// FiledBy tells whether what the application says comes from a staff member, who filed or
// corrected it at the counter: they do not approve it.
func (a *Application) FiledBy(staff uint64) bool {
	return slices.ContainsFunc(a.History, func(e Event) bool { return e.AtCounter() && e.By == staff })
}
