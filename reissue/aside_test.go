package reissue

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// TestPutOff: until which day, and why, a waiting application is put off.
func TestPutOff(t *testing.T) {
	now := time.Date(2026, 1, 15, 17, 0, 0, 0, time.UTC) // the 16th of the office
	reviewer := Actor{ID: 7, Roles: []Role{RoleReviewer}}
	for _, c := range []struct {
		until, reason, blamed, day string
	}{
		{"2026-01-17", "等回函", "", "20260117"},
		{" 2026年2月3日 ", "等回函", "", "20260203"},
		{"20270116", strings.Repeat("等", 200), "", "20270116"},
		{"", "等回函", FieldUntil, ""},
		{"2026-02-30", "等回函", FieldUntil, ""},
		{"2026-01-16", "等回函", FieldUntil, ""},
		{"2026-01-15", "等回函", FieldUntil, ""},
		{"2027-01-17", "等回函", FieldUntil, ""},
		{"2026-01-17", "", FieldReason, ""},
		{"2026-01-17", strings.Repeat("等", 201), FieldReason, ""},
	} {
		a := Application{Status: Pending}
		err := a.PutOff(reviewer, now, c.until, c.reason)
		var problems Problems
		if errors.As(err, &problems); (c.blamed == "") != (err == nil) || c.blamed != "" && problems.Of(c.blamed) == "" || a.HeldUntil != c.day {
			t.Errorf("%q, %q: %q, %v", c.until, c.reason, a.HeldUntil, err)
		}
		if hold := a.Hold(); c.day != "" && (hold == nil || hold.Until != c.day || hold.Text != c.reason || hold.By != 7 || hold.At != At(now)) {
			t.Errorf("%q: %+v", c.until, hold)
		}
	}
	for _, status := range Statuses[1:] {
		a := Application{Status: status}
		if err := a.PutOff(reviewer, now, "2026-01-17", "等"); !errors.Is(err, ErrState) {
			t.Errorf("%s is put off: %v", status, err)
		}
	}
	a := Application{Status: Pending, HeldUntil: "20260117"}
	if a.EndHold(System(), now) || !a.EndHold(System(), now.Add(24*time.Hour)) || a.Held() {
		t.Errorf("%+v", a)
	}
}

// TestHoldEnds: a decision and a withdrawal end a hold, a correction does not.
func TestHoldEnds(t *testing.T) {
	now := time.Date(2026, 1, 15, 1, 0, 0, 0, time.UTC)
	reviewer, candidate := Actor{ID: 7, Roles: []Role{RoleReviewer}}, Candidate(3)
	reasons := []Reason{{Code: "other", Label: "其他", Class: EitherClass}}
	for name, c := range map[string]struct {
		act  func(*Application) error
		held bool
	}{
		"return":   {func(a *Application) error { return a.Return(reviewer, now, reasons, []string{"other"}, "说明") }, false},
		"refuse":   {func(a *Application) error { return a.Refuse(reviewer, now, reasons, []string{"other"}, "说明") }, false},
		"withdraw": {func(a *Application) error { return a.Withdraw(candidate, now) }, false},
		"save":     {func(a *Application) error { return a.Save(candidate, now, a.Fields, nil, Photo{}, 0) }, true},
	} {
		a := Application{Status: Pending, HeldUntil: "20260117"}
		if err := c.act(&a); err != nil || a.Held() != c.held {
			t.Errorf("%s: held %v, %v", name, a.Held(), err)
		}
	}
}
