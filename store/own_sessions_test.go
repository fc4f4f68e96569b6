package store

import (
	"testing"
	"time"

	"certreissue/reissue"
)

func TestOwnSessions(t *testing.T) {
	o := open(t)
	for _, token := range []string{"phone", "desk", "ended"} {
		o.signIn(SessionCandidate, 5, token)
		o.forward(time.Minute)
	}
	o.signIn(SessionCandidate, 6, "another's")
	o.signIn(SessionStaff, 5, "of staff")
	o.must(o.EndSession("ended"))
	devices := func(kind SessionKind, subject uint64) (names []string) {
		list, err := o.Sessions(kind, subject)
		o.must(err)
		for _, session := range list {
			names = append(names, session.Device)
		}
		return names
	}
	if got := devices(SessionCandidate, 5); len(got) != 2 || got[0] != "desk" || got[1] != "phone" {
		t.Errorf("the sessions are %q", got)
	}
	o.must(o.EndOtherSessions(reissue.Candidate(5), SessionCandidate, 5, tokenHash("phone")))
	if got := devices(SessionCandidate, 5); len(got) != 1 || got[0] != "phone" {
		t.Errorf("the sessions left are %q", got)
	}
	if len(devices(SessionCandidate, 6)) != 1 || len(devices(SessionStaff, 5)) != 1 {
		t.Error("others were signed out too")
	}
	o.forward(3 * time.Hour)
	if got := devices(SessionCandidate, 5); len(got) != 0 {
		t.Errorf("an old session is listed: %q", got)
	}
}
