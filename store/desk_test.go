package store

import (
	"reflect"
	"testing"
	"time"

	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

// countsAgree holds the kept counts against the histories.
func (o *office) countsAgree() {
	o.t.Helper()
	o.must(o.db.View(func(tx *bolt.Tx) error {
		checkStatistics(tx, &examination{ctx: o.t.Context(), report: func(f Finding) { o.t.Errorf("counts: %s", f) }})
		return nil
	}))
}

// TestDeskCountsWhatStands: a decision that is taken back, on whichever day, is none of
// its day, and its reasons are none; what was answered, or gone on with, is one for ever.
func TestDeskCountsWhatStands(t *testing.T) {
	o := open(t)
	counts := func(decided, left int, reasons map[string]int) {
		t.Helper()
		desk, err := o.Desk(clerk())
		o.must(err)
		if desk.Today.Decided() != decided || desk.Today.Left() != left || !reflect.DeepEqual(desk.Reasons, reasons) {
			t.Errorf("%d decided, %d left, %v; want %d, %d, %v", desk.Today.Decided(), desk.Today.Left(), desk.Reasons, decided, left, reasons)
		}
		if last := desk.Months[11].Decided; last != decided {
			t.Errorf("the month has %d decided", last)
		}
		o.countsAgree()
	}
	const phone = "联系方式无法接通"
	_, a := o.applied(1)
	account, b := o.applied(2)
	o.decide(a.ID, returnIt)
	o.decide(b.ID, returnIt)
	counts(2, 0, map[string]int{phone: 2})
	_, err := o.Holder(account.ID).Save(b.ID, 2, filled(), Upload{})
	o.must(err)
	counts(2, 0, map[string]int{phone: 2})
	o.decide(a.ID, takeBack)
	counts(1, 0, map[string]int{phone: 1})
	o.decide(a.ID, approve)
	counts(2, 0, map[string]int{phone: 1})
	o.batch(reissue.BatchLock)

	o.decide(a.ID, leaveFor(reissue.Returned, "phone"))
	counts(2, 1, map[string]int{phone: 2})
	o.decide(a.ID, undoLeave)
	counts(2, 0, map[string]int{phone: 1})
	o.decide(a.ID, leaveFor(reissue.Returned, "phone"))
	o.decide(a.ID, takeBack)
	counts(2, 0, map[string]int{phone: 1}) // the approval stands: production has gone on from it

	// The first leaving was undone, so the approval is what is taken back, days later.
	_, c := o.applied(3)
	o.decide(c.ID, approve)
	o.batch(reissue.BatchLock)
	o.decide(c.ID, leaveFor(reissue.Refused, "fraud"))
	o.decide(c.ID, undoLeave)
	o.decide(c.ID, leaveFor(reissue.Approved))
	counts(3, 1, map[string]int{phone: 1})
	o.forward(72 * time.Hour)
	o.decide(c.ID, takeBack)
	o.forward(-72 * time.Hour)
	counts(2, 1, map[string]int{phone: 1})
}
