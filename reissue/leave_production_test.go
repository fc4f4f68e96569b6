package reissue

import (
	"errors"
	"slices"
	"testing"
	"time"
)

// inBatch is an application in production, approved under the account's spelling.
func inBatch(t *testing.T) *Application {
	t.Helper()
	a := &Application{ID: 1, Certificate: 1, Fields: Fields{Name: "王晓[沛]"}}
	by := Candidate(5)
	for _, err := range []error{a.Submit(by, now), a.Approve(reviewer, now, "", Grounds{Account: &Account{Name: "王晓霈"}}, "王晓霈"), a.JoinBatch(4), a.LockIntoBatch(reviewer, now)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	return a
}

// TestLeaveProduction: each way out asks for what the same decision asks for, tells
// the state before it, and leaves the batch.
func TestLeaveProduction(t *testing.T) {
	list := DefaultReasons()
	for _, c := range []struct {
		why   string
		to    Status
		codes []string
		note  string
		fault string // "" where it leads
	}{
		{"to be corrected", Returned, []string{"phone"}, "", ""},
		{"refused", Refused, []string{"fraud"}, "", ""},
		{"made anew", Approved, nil, "印错", ""},
		{"for nothing", Returned, nil, "", FieldReason},
		{"for a final reason", Returned, []string{"fraud"}, "", FieldReason},
		{"for a photo that is not asked for", Returned, []string{"photo_unclear"}, "", FieldReason},
		{"for another one without a note", Returned, []string{"other"}, "", FieldNote},
		{"refused for a mistake", Refused, []string{"phone"}, "", FieldReason},
		{"made anew for nothing", Approved, nil, "", FieldNote},
		{"nowhere", "", nil, "印错", FieldTo},
		{"back into production", InProduction, nil, "印错", FieldTo},
	} {
		a := inBatch(t)
		err := a.LeaveProduction(reviewer, now, c.to, list, c.codes, c.note)
		var problems Problems
		switch {
		case c.fault != "" && (!errors.As(err, &problems) || len(problems) != 1 || problems[0].Field != c.fault):
			t.Errorf("%s: %v", c.why, err)
		case c.fault == "" && (err != nil || a.Status != c.to || a.Batch != 0 || a.Left() == nil || a.Left().Left != 4):
			t.Errorf("%s: %v, %+v", c.why, err, a)
		}
	}
	for _, status := range Statuses {
		a := &Application{Status: status}
		may, err := a.MayLeaveProduction(), a.LeaveProduction(reviewer, now, "", list, nil, "")
		if got := err != ErrState; got != may || got != (status == InProduction || status == Ready) {
			t.Errorf("from %s: %v", status, err)
		}
	}
}

// TestLeaveKeepsWhatStands: the approval stands where the certificate is made anew,
// and with it the spelling; else both go, and come back with the batch.
func TestLeaveKeepsWhatStands(t *testing.T) {
	for to, want := range map[Status]struct {
		decision Act
		name     string
	}{
		Approved: {ActApprove, "王晓霈"}, Returned: {ActLeaveReturn, "王晓[沛]"}, Refused: {ActLeaveRefuse, "王晓[沛]"},
	} {
		a := inBatch(t)
		codes := map[Status][]string{Returned: {"phone"}, Refused: {"fraud"}}[to]
		if err := a.LeaveProduction(reviewer, now, to, DefaultReasons(), codes, "印错"); err != nil || a.LastDecision().Act != want.decision || a.Fields.Name != want.name {
			t.Errorf("to %s: %v, %+v", to, err, a)
		}
		taken := *a
		taken.History = slices.Clone(a.History)
		if err := taken.TakeBack(reviewer, now, "再看"); err != nil || taken.Fields.Name != "王晓[沛]" || taken.LastDecision() != nil {
			t.Errorf("to %s, taken back: %v, %+v", to, err, taken)
		}
		if err := a.UndoLeave(reviewer, now, ""); a.Status == to || err == nil {
			t.Errorf("to %s, undone without a reason: %v", to, err)
		}
		a = inBatch(t)
		if err := errors.Join(a.LeaveProduction(reviewer, now, to, DefaultReasons(), codes, "印错"), a.UndoLeave(reviewer, now, "没印错")); err != nil {
			t.Fatal(err)
		}
		if a.Status != InProduction || a.Batch != 4 || a.Fields.Name != "王晓霈" || a.LastDecision().Act != ActApprove {
			t.Errorf("to %s, undone: %+v", to, a)
		}
		if err := a.UndoLeave(reviewer, now, "x"); err != ErrState {
			t.Errorf("undone twice: %v", err)
		}
	}
}

// TestVoid: a number that was noted is void with the certificate, and valid again with
// it.
func TestVoid(t *testing.T) {
	list := DefaultReasons()
	a := inBatch(t)
	handedOut := func(number string) {
		t.Helper()
		err := errors.Join(a.Arrive(reviewer, now), a.HandOut(reviewer, now, Collection{NewNumber: number}), a.CorrectHandOut(reviewer, now, "印错"))
		if err != nil {
			t.Fatal(err)
		}
	}
	leave := func(want ...string) {
		t.Helper()
		if err := a.LeaveProduction(reviewer, now, Approved, list, nil, "印错"); err != nil || !slices.Equal(a.Voided(), want) {
			t.Fatalf("%v, void are %q, want %q", err, a.Voided(), want)
		}
	}
	leave()
	again := func() {
		t.Helper()
		if err := errors.Join(a.JoinBatch(5), a.LockIntoBatch(reviewer, now)); err != nil {
			t.Fatal(err)
		}
	}
	again()
	handedOut("BF1")
	leave("BF1")
	again()
	leave("BF1") // nothing was noted of the second one
	again()
	handedOut(None)
	leave("BF1")
	again()
	handedOut("BF2")
	leave("BF1", "BF2")
	if err := a.UndoLeave(reviewer, now, "没印错"); err != nil || !slices.Equal(a.Voided(), []string{"BF1"}) {
		t.Errorf("%v, void are %q", err, a.Voided())
	}
	leave("BF1", "BF2")
}

// TestResubmitted: what is saved after it has left production has waited since it was
// submitted, and comes before all others; what was returned otherwise comes last.
func TestResubmitted(t *testing.T) {
	candidate, later := Candidate(5), now.Add(time.Hour)
	a := inBatch(t)
	if err := errors.Join(a.LeaveProduction(reviewer, later, Returned, DefaultReasons(), []string{"phone"}, ""), a.Save(candidate, later, Fields{Phone: "1"}, nil, Photo{}, 0)); err != nil {
		t.Fatal(err)
	}
	if at, first := a.Resubmitted(); at != At(later) || !first || a.Queued != At(now) {
		t.Errorf("%v, %v, queued %v", at, first, a.Queued)
	}
	for _, c := range []struct{ head, queued Moment }{{0, At(now)}, {At(later), At(now)}, {At(now), At(now) - 1}} {
		b := inBatch(t)
		err := errors.Join(b.LeaveProduction(reviewer, later, Returned, DefaultReasons(), []string{"phone"}, ""), b.Save(candidate, later, Fields{}, nil, Photo{}, c.head))
		if err != nil || b.Queued != c.queued || b.WaitsSince() != At(now) {
			t.Errorf("before %v: queued %v, waits since %v, %v", c.head, b.Queued, b.WaitsSince(), err)
		}
	}
	if err := errors.Join(a.Return(reviewer, later, DefaultReasons(), []string{"phone"}, ""), a.Save(candidate, later, Fields{Phone: "2"}, nil, Photo{}, 0)); err != nil {
		t.Fatal(err)
	}
	if at, first := a.Resubmitted(); at != At(later) || first || a.Queued != At(later) {
		t.Errorf("returned as others: %v, %v, queued %v", at, first, a.Queued)
	}
	taken := inBatch(t)
	if err := errors.Join(taken.LeaveProduction(reviewer, later, Returned, DefaultReasons(), []string{"phone"}, ""), taken.TakeBack(reviewer, later, "x"), taken.Save(candidate, later, Fields{}, nil, Photo{}, 0)); err != nil {
		t.Fatal(err)
	}
	if at, first := taken.Resubmitted(); at != 0 || first {
		t.Errorf("taken back: %v, %v", at, first)
	}
}

// TestBatchLeft: who has left a batch's production and is not back.
func TestBatchLeft(t *testing.T) {
	b := &Batch{ID: 4, Status: BatchArrived}
	one, two := &Application{ID: 1}, &Application{ID: 2}
	if err := errors.Join(b.Without(one, reviewer, now, "印错"), b.Without(two, reviewer, now, "印错"), b.With(one, reviewer, now, "没印错")); err != nil {
		t.Fatal(err)
	}
	if got := b.Left(); !slices.Equal(got, []uint64{2}) || b.History[0].Application != 1 {
		t.Errorf("%v, %+v", got, b.History)
	}
	if !b.Tells(two, &Event{At: At(now), By: 7, Left: 4}) || b.Tells(two, &Event{At: At(now), By: 7, Left: 5}) || b.Tells(two, &Event{At: At(now) + 1, By: 7, Left: 4}) {
		t.Error("the batch tells something else")
	}
}

// TestVoidNoted: a number that was noted before the certificate was handed out is given
// no more, and given again with the certificate.
func TestVoidNoted(t *testing.T) {
	a := inBatch(t)
	a.Reissued = "BF9"
	if err := a.LeaveProduction(reviewer, now, Approved, nil, nil, "印错"); err != nil || a.NewNumber() != "" || !slices.Equal(a.Voided(), []string{"BF9"}) {
		t.Errorf("%v, given %q, void %q", err, a.NewNumber(), a.Voided())
	}
	if err := a.UndoLeave(reviewer, now, "没印错"); err != nil || a.NewNumber() != "BF9" || len(a.Voided()) != 0 {
		t.Errorf("%v, given %q, void %q", err, a.NewNumber(), a.Voided())
	}
}
