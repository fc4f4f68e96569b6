package reissue

import (
	"slices"
	"testing"
)

// TestStandingOf: an application counts before the register, until it is withdrawn.
func TestStandingOf(t *testing.T) {
	const today = "20261201"
	at := func(s Status) *Application { return &Application{Status: s} }
	collected, waiting := &Certificate{Collected: true}, &Certificate{}
	closed, open := &Exam{Route: RouteClosed}, &Exam{Route: RouteProof}
	for _, c := range []struct {
		name string
		line *Certificate
		exam *Exam
		last *Application
		want Standing
	}{
		{"nothing yet", collected, open, nil, StandsApplicable},
		{"an exam that the office does not know", collected, nil, nil, StandsApplicable},
		{"not collected", waiting, open, nil, StandsUncollected},
		{"not collected, not accepted", waiting, closed, nil, StandsUncollected},
		{"electronic", collected, &Exam{Route: RouteElectronic}, nil, StandsNotAccepted},
		{"closed", collected, closed, nil, StandsNotAccepted},
		{"before the window", collected, &Exam{Opens: "20261202"}, nil, StandsNotAccepted},
		{"on its last day", collected, &Exam{Closes: today}, nil, StandsApplicable},
		{"pending, though closed since", collected, closed, at(Pending), StandsUnderway},
		{"pending, though not collected by a correction", waiting, open, at(Pending), StandsUnderway},
		{"returned", collected, open, at(Returned), StandsReturned},
		{"approved", collected, open, at(Approved), StandsUnderway},
		{"in production", collected, open, at(InProduction), StandsUnderway},
		{"ready", collected, open, at(Ready), StandsReady},
		{"handed out", collected, open, at(HandedOut), StandsFinished},
		{"mailed", collected, open, at(Mailed), StandsFinished},
		{"refused", collected, open, at(Refused), StandsRefused},
		{"withdrawn", collected, open, at(Withdrawn), StandsApplicable},
		{"withdrawn, closed since", collected, closed, at(Withdrawn), StandsNotAccepted},
		{"by hand, returned", nil, nil, at(Returned), StandsReturned},
		{"by hand, refused", nil, nil, at(Refused), StandsRefused},
		{"by hand, withdrawn", nil, nil, at(Withdrawn), StandsFinished},
	} {
		if got := StandingOf(c.line, c.exam, c.last, today); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
	first := []Standing{StandsReturned, StandsReady, StandsApplicable, StandsUncollected, StandsUnderway, StandsRefused, StandsNotAccepted, StandsFinished}
	if !slices.IsSorted(first) {
		t.Error("what needs the candidate is not first")
	}
}
