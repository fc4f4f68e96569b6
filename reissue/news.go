package reissue

import "slices"

// toldStates are those of which a candidate must hear from the office; of the others
// they know by what they have done themselves.
var toldStates = []Status{Returned, Refused, Approved, Ready, Mailed}

// MustBeTold tells whether a candidate must hear of the state: by telephone, where no
// mail reaches them.
func (s Status) MustBeTold() bool { return slices.Contains(toldStates, s) }

// News is the last event of which a candidate was, or is still to be, told, nil where
// something has overtaken it since.
func (a *Application) News() *Event {
	for i := len(a.History) - 1; i >= 0; i-- {
		event := &a.History[i]
		if event.Mail == 0 {
			continue
		}
		if stands := event.Status == a.Status || event.Status == Approved && a.Status == InProduction; stands && event.Status.MustBeTold() {
			return event
		}
		break
	}
	return nil
}
