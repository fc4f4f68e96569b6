package store

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"certreissue/reissue"
)

// ready brings the n-th person's application to the counter.
func (o *office) ready(n int) uint64 {
	o.t.Helper()
	_, a := o.applied(n)
	o.decide(a.ID, approve)
	o.batch(reissue.BatchLock, reissue.BatchArrive)
	return a.ID
}

func collectUnder(number string) Act {
	return func(a *reissue.Application, by reissue.Actor, now time.Time, _ reissue.Grounds) error {
		return a.HandOut(by, now, reissue.Collection{NewNumber: number})
	}
}

// TestNewNumberFound: a new number finds the application in the queue and its
// certificate in the register, as the old one does.
func TestNewNumberFound(t *testing.T) {
	o := open(t)
	first, second := o.ready(1), o.ready(2)
	o.decide(first, collectUnder("N-1"))
	o.decide(second, collectUnder("A-2")) // its own
	for query, want := range map[string]uint64{"n-1": first, "A-1": first, "A-2": second, "N-2": 0} {
		page, err := o.Queue(clerk(), Filter{Query: query}, "", 9)
		o.must(err)
		var found []string
		for _, a := range page.Rows {
			found = append(found, fmt.Sprint(a.ID))
		}
		lines, err := o.Certificates(clerk(), RegisterFilter{Query: query}, "", 9)
		o.must(err)
		if want == 0 {
			if len(found)+len(lines.Rows) > 0 {
				t.Errorf("%s: found %v, %d lines", query, found, len(lines.Rows))
			}
			continue
		}
		a, err := o.Application(clerk(), want)
		o.must(err)
		if len(found) != 1 || found[0] != fmt.Sprint(want) || len(lines.Rows) != 1 || lines.Rows[0].ID != a.Certificate {
			t.Errorf("%s: found %v, %d lines", query, found, len(lines.Rows))
		}
	}
	if lines, err := o.Certificates(limited(), RegisterFilter{Query: "N-1"}, "", 9); err != nil || len(lines.Rows) != 0 {
		t.Errorf("of another city: %v, %v", lines.Rows, err)
	}
}

// noted notes a number as the counter's form does.
func noted(number, reason string, shared bool) Act {
	return func(a *reissue.Application, by reissue.Actor, now time.Time, _ reissue.Grounds) error {
		return a.Number(by, now, number, reason, shared)
	}
}

// TestNewNumberTaken: a new number is one application's, and of nobody else in the
// register, but for the person's own former one, until an administrator says otherwise.
func TestNewNumberTaken(t *testing.T) {
	o := open(t)
	first, second := o.ready(1), o.ready(2)
	change := func(staff *reissue.Staff, id uint64, act Act) error {
		return o.Change(staff, id, o.state(id).Revision, act)
	}
	o.must(change(clerk(), first, noted("N-1", "", false)))
	var taken *NumberTakenError
	for why, try := range map[string]struct {
		number      string
		application uint64
		certificate uint64
	}{
		"another's new number":      {"N-1", first, 0},
		"another's in the register": {"A-1", 0, o.state(first).Certificate},
	} {
		for act, do := range map[string]Act{"noted": noted(try.number, "", false), "collected": collectUnder(try.number)} {
			err := change(clerk(), second, do)
			if !errors.As(err, &taken) || taken.Application != try.application || taken.Certificate != try.certificate {
				t.Errorf("%s, %s: %v, %+v", why, act, err, taken)
			}
		}
	}
	if found, err := o.NumberHolder(clerk(), second, "A-1"); err != nil || found == nil || found.Certificate == 0 {
		t.Errorf("who has it in the register: %+v, %v", found, err)
	}
	wrong := o.state(first).Certificate
	o.must(o.WithdrawCertificate(chief(), wrong, "", "登记有误"))
	if found, err := o.NumberHolder(clerk(), second, "A-1"); err != nil || found != nil {
		t.Errorf("who has it in a line that was withdrawn: %+v, %v", found, err)
	}
	o.must(o.RestoreCertificate(chief(), wrong, "", "核对无误"))
	if found, err := o.NumberHolder(clerk(), second, "n-1"); err != nil || found == nil || found.Application != first {
		t.Fatalf("who has it: %+v, %v", found, err)
	}
	if strings.Contains(taken.Sentence(limited()), fmt.Sprint(first)) {
		t.Errorf("another city is told %s", taken.Sentence(limited()))
	}
	if err := change(clerk(), second, noted("N-1", "确实相同", true)); !errors.Is(err, reissue.ErrRole) {
		t.Errorf("shared by a reviewer: %v", err)
	}
	admin := &reissue.Staff{ID: 72, Roles: []reissue.Role{reissue.RoleAdmin}}
	var problems reissue.Problems
	if err := change(admin, second, noted("N-1", "", true)); !errors.As(err, &problems) || problems.Of(reissue.FieldReason) == "" {
		t.Errorf("shared without a reason: %v", err)
	}
	o.must(change(admin, second, noted("N-1", "确实相同", true)))
	o.must(change(clerk(), second, collectUnder("N-1")))

	// None is nobody's, and the own former number, old or new, is the person's.
	third := o.ready(3)
	o.must(change(clerk(), third, noted(reissue.None, "", false)))
	o.must(change(clerk(), third, noted("A-3", "补登", false)))
	o.must(change(clerk(), third, noted("N-3", "更正", false)))
	o.must(change(clerk(), third, collectUnder("N-3")))
	a := o.state(third)
	again, err := o.Holder(a.Owner).Apply(Form{FormCertificate, a.Certificate}, filled(), Upload{Photo: shot(t, 3)})
	o.must(err)
	o.decide(again.ID, approve)
	o.batch(reissue.BatchLock, reissue.BatchArrive)
	o.must(change(clerk(), again.ID, noted("N-3", "", false)))
}
