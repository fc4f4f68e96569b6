package store

import (
	"context"
	"errors"
	"testing"
	"time"

	"certreissue/reissue"
)

// reportOf is a report of the year in which tests are.
func (o *office) reportOf(staff *reissue.Staff) *Report {
	o.t.Helper()
	r, err := o.Report(o.t.Context(), staff, Days{"20260101", "20261231"})
	o.must(err)
	return r
}

// TestReportAgreesWithDays: a report counts what the desk's days have counted act by
// act, whatever was taken back in between.
func TestReportAgreesWithDays(t *testing.T) {
	o := open(t)
	var numbers []uint64
	for n := range 4 {
		_, a := o.applied(n)
		numbers = append(numbers, a.ID)
	}
	o.decide(numbers[0], approve)
	o.decide(numbers[1], returnIt)
	o.forward(48 * time.Hour)
	o.decide(numbers[2], refuse)
	o.decide(numbers[2], takeBack)
	o.batch(reissue.BatchLock, reissue.BatchReport, reissue.BatchArrive)
	o.decide(numbers[0], leaveFor(reissue.Returned, "phone"))
	o.decide(numbers[3], approve)
	o.batch(reissue.BatchLock)

	r, acts, reasons := o.reportOf(clerk()), map[reissue.Act]int{}, map[string]int{}
	for _, day := range rows(o, &days) {
		for act, n := range day.Acts {
			acts[act] += n
		}
		for label, n := range day.Reasons {
			reasons[label] += n
		}
	}
	for count, want := range map[reissue.Counted]int{reissue.CountReceived: acts[reissue.ActSubmit], reissue.CountApproved: acts[reissue.ActApprove], reissue.CountReturned: acts[reissue.ActReturn],
		reissue.CountRefused: acts[reissue.ActRefuse], reissue.CountLeft: acts[reissue.ActLeaveReturn], reissue.CountLocked: 1, reissue.CountProduced: 0} {
		if got := r.Total.Count(count); got != want {
			t.Errorf("of kind %d: %d, want %d", count, got, want)
		}
	}
	if acts[reissue.ActApprove] != 2 || acts[reissue.ActReturn] != 1 || len(r.Reasons) != 1 || r.Reasons["联系方式无法接通"] != reasons["联系方式无法接通"] {
		t.Errorf("%v, %v, %v", acts, r.Reasons, reasons)
	}
}

// TestReportScope: who is of one city is told of its applications, and not of others.
func TestReportScope(t *testing.T) {
	o := open(t)
	o.applied(1)
	for city, want := range map[string]int{"石家庄": 1, "唐山市": 0} {
		r := o.reportOf(&reissue.Staff{Roles: []reissue.Role{reissue.RoleReviewer}, Cities: []string{city}})
		if got := r.Total.Count(reissue.CountReceived); got != want || len(r.Cities()) != want {
			t.Errorf("%s: %d, %d cities", city, got, len(r.Cities()))
		}
	}
}

// TestReportOfForgotten: what was deleted is not in the rows, and the report says how
// much was done to it on these days.
func TestReportOfForgotten(t *testing.T) {
	o := open(t)
	_, a := o.applied(1)
	o.decide(a.ID, refuse)
	o.forward(year)
	o.keep(reissue.Retention{ApplicationMonths: 6})
	o.forget(Forgotten{Applications: 1})
	r := o.reportOf(clerk())
	if got := r.Forgotten.Acts; r.Total.Count(reissue.CountReceived) != 0 || got[reissue.ActSubmit] != 1 || got[reissue.ActRefuse] != 1 {
		t.Errorf("%d received, forgotten %v", r.Total.Count(reissue.CountReceived), got)
	}
	later, err := o.Report(t.Context(), clerk(), Days{"20260116", "20261231"})
	if o.must(err); len(later.Forgotten.Acts) != 0 {
		t.Errorf("forgotten after its day: %v", later.Forgotten.Acts)
	}
	before, err := o.Report(t.Context(), clerk(), Days{"20260101", "20260114"})
	if o.must(err); len(before.Forgotten.Acts) != 0 {
		t.Errorf("forgotten before its day: %v", before.Forgotten.Acts)
	}
}

// TestReportStops: a report for who has gone is not gone on with.
func TestReportStops(t *testing.T) {
	o := open(t)
	gone, leave := context.WithCancel(t.Context())
	leave()
	if _, err := o.Report(gone, clerk(), Days{"20260101", "20261231"}); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// TestReportOfMany: all applications are in it, however many reads they take, and a
// damaged one is told of and leaves out no other.
func TestReportOfMany(t *testing.T) {
	s := crowded(t, eachRows+7)
	days := Days{"20260101", "20261231"}
	r, err := s.Report(t.Context(), clerk(), days)
	if err != nil || r.Total.Count(reissue.CountReceived) != eachRows+7 || r.Damaged {
		t.Fatalf("%v, %v", r.Total, err)
	}
	o := &office{Store: s, t: t}
	o.change(func(tx *txn) {
		b := tx.Bucket([]byte(applications.name))
		o.must(b.Put(key(reissue.NewNumber(2026, 3)), []byte("damaged")))
	})
	r, err = s.Report(t.Context(), clerk(), days)
	if err != nil || r.Total.Count(reissue.CountReceived) != eachRows+6 || !r.Damaged {
		t.Errorf("with a damaged one: %d, %v, %v", r.Total.Count(reissue.CountReceived), r.Damaged, err)
	}
}
