package store

import (
	"errors"
	"slices"
	"testing"
	"time"

	"certreissue/reissue"
)

func leaveFor(to reissue.Status, codes ...string) Act {
	return func(a *reissue.Application, by reissue.Actor, now time.Time, on reissue.Grounds) error {
		return a.LeaveProduction(by, now, to, on.Settings.Reasons, codes, "印错")
	}
}

func undoLeave(a *reissue.Application, by reissue.Actor, now time.Time, _ reissue.Grounds) error {
	return a.UndoLeave(by, now, "没印错")
}

// TestLeaveProduction: one application leaves an arrived batch, whose others stay; who
// was about to be told to come is not; saved again it is the first in the queue.
func TestLeaveProduction(t *testing.T) {
	o := open(t)
	account, a := o.applied(1)
	_, other := o.applied(2)
	_, waiting := o.applied(3)
	o.decide(a.ID, approve)
	o.decide(other.ID, approve)
	o.batch(reissue.BatchLock, reissue.BatchArrive)
	a, err := o.Application(clerk(), a.ID)
	o.must(err)
	batch, arrival := a.Batch, a.History[len(a.History)-1].Mail
	o.forward(time.Hour)

	if err := o.Change(clerk(), a.ID, a.Revision-1, leaveFor(reissue.Returned, "phone")); !errors.Is(err, reissue.ErrStale) {
		t.Errorf("from an old screen: %v", err)
	}
	elsewhere := &reissue.Staff{ID: 9, Roles: clerk().Roles, Cities: []string{"保定市"}}
	if err := o.Change(elsewhere, a.ID, a.Revision, leaveFor(reissue.Returned, "phone")); !errors.Is(err, reissue.ErrNotFound) {
		t.Errorf("by another city: %v", err)
	}
	o.decide(a.ID, leaveFor(reissue.Returned, "phone"))
	b, err := o.Batch(clerk(), batch)
	o.must(err)
	last := b.History[len(b.History)-1]
	if b.Members != 1 || b.Status != reissue.BatchArrived || !slices.Equal(b.Left(), []uint64{a.ID}) || last.Act != reissue.BatchLeave || last.Note != "印错" {
		t.Errorf("the batch became %+v", b)
	}
	if m := mailNumbered(t, o.Store, arrival); m.State() != MailCancelled {
		t.Error("they are told to come for what is not there")
	}
	desk, err := o.Desk(clerk())
	o.must(err)
	if desk.Today.Left() != 1 || desk.Today.Decided() != 2 || desk.Months[11].Decided != 2 || len(desk.Reasons) != 1 {
		t.Errorf("the desk counts %+v, %v", desk.Today, desk.Reasons)
	}

	o.forward(24 * time.Hour)
	a, err = o.Holder(account.ID).Save(a.ID, a.Revision+1, filled(), Upload{})
	o.must(err)
	head, err := o.Queue(clerk(), Filter{Status: reissue.Pending}, "", 2)
	o.must(err)
	if len(head.Rows) != 2 || head.Rows[0].ID != a.ID || head.Rows[1].ID != waiting.ID {
		t.Errorf("the queue begins with %d, queued %v", head.Rows[0].ID, head.Rows[0].Queued)
	}
	first := a.Queued
	a, err = o.Holder(account.ID).Save(a.ID, a.Revision, filled(), Upload{})
	o.must(err)
	if a.Queued != first {
		t.Error("a second save moved it")
	}
	// The others go their ways.
	b, err = o.Batch(clerk(), batch)
	o.must(err)
	_, err = o.MoveBatch(clerk(), batch, b.Revision, reissue.BatchUndoArrival, "没到")
	o.must(err)
	b, err = o.Batch(clerk(), batch)
	o.must(err)
	if moved, err := o.MoveBatch(clerk(), batch, b.Revision, reissue.BatchUnlock, "重排"); err != nil || moved != 1 {
		t.Errorf("%d unlocked, %v", moved, err)
	}
}

// TestFirstOfAll: it comes before what was submitted earlier, too.
func TestFirstOfAll(t *testing.T) {
	o := open(t)
	_, waiting := o.applied(1)
	o.forward(time.Hour)
	account, a := o.applied(2)
	o.decide(a.ID, approve)
	o.batch(reissue.BatchLock)
	o.decide(a.ID, leaveFor(reissue.Returned, "phone"))
	_, err := o.Holder(account.ID).Save(a.ID, 4, filled(), Upload{})
	o.must(err)
	head, err := o.Queue(clerk(), Filter{}, "", 2)
	o.must(err)
	if head.Rows[0].ID != a.ID || head.Rows[1].ID != waiting.ID {
		t.Errorf("the queue begins with %d", head.Rows[0].ID)
	}
}

// TestUndoLeave: it goes back into its batch, out of the one that was being made up; not
// once its batch was unlocked.
func TestUndoLeave(t *testing.T) {
	o := open(t)
	_, a := o.applied(1)
	_, other := o.applied(2)
	o.decide(a.ID, approve)
	o.decide(other.ID, approve)
	o.batch(reissue.BatchLock, reissue.BatchArrive)
	o.decide(a.ID, leaveFor(reissue.Approved))
	o.batch()
	next, err := o.Application(clerk(), a.ID)
	o.must(err)
	o.decide(a.ID, undoLeave)
	back, err := o.Application(clerk(), a.ID)
	o.must(err)
	b, err := o.Batch(clerk(), back.Batch)
	o.must(err)
	empty, err := o.Batch(clerk(), next.Batch)
	o.must(err)
	if back.Status != reissue.InProduction || b.Members != 2 || len(b.Left()) != 0 || empty.ID == b.ID || empty.Members != 0 {
		t.Errorf("%s in %+v, the other is %+v", back.Status, b, empty)
	}

	o.decide(a.ID, leaveFor(reissue.Refused, "fraud"))
	for _, act := range []reissue.BatchAct{reissue.BatchUndoArrival, reissue.BatchUnlock} {
		b, err = o.Batch(clerk(), b.ID)
		o.must(err)
		_, err = o.MoveBatch(clerk(), b.ID, b.Revision, act, "x")
		o.must(err)
	}
	out, err := o.Application(clerk(), a.ID)
	o.must(err)
	if err := o.Change(clerk(), a.ID, out.Revision, undoLeave); !errors.Is(err, reissue.ErrState) {
		t.Errorf("back into an open batch: %v", err)
	}
	b, err = o.Batch(clerk(), b.ID)
	o.must(err)
	_, err = o.MoveBatch(clerk(), b.ID, b.Revision, reissue.BatchLock, "")
	o.must(err)
	if err := o.Change(clerk(), a.ID, out.Revision, undoLeave); !errors.Is(err, reissue.ErrState) {
		t.Errorf("into a batch that was unlocked and locked anew: %v", err)
	}
	if _, err := o.LeftBatch(out); !errors.Is(err, reissue.ErrNotFound) {
		t.Errorf("its batch is offered: %v", err)
	}
	o.decide(a.ID, takeBack)
}

// TestUndoLeaveCollected: an older page does not put into production what is being
// collected into the batch that it has left, unlocked meanwhile.
func TestUndoLeaveCollected(t *testing.T) {
	o := open(t)
	_, a := o.applied(1)
	_, other := o.applied(2)
	o.decide(a.ID, approve)
	o.decide(other.ID, approve)
	o.batch(reissue.BatchLock)
	o.decide(a.ID, leaveFor(reissue.Approved))
	left, err := o.Application(clerk(), a.ID)
	o.must(err)
	number := left.Left().Left
	for _, step := range []func(b *reissue.Batch) error{
		func(b *reissue.Batch) error {
			_, err := o.MoveBatch(clerk(), b.ID, b.Revision, reissue.BatchUnlock, "x")
			return err
		},
		func(b *reissue.Batch) error { _, err := o.AddToBatch(clerk(), b.ID, b.Revision, Collect{}); return err },
	} {
		b, err := o.Batch(clerk(), number)
		o.must(err)
		o.must(step(b))
	}
	if err := o.Change(clerk(), a.ID, left.Revision, undoLeave); !errors.Is(err, reissue.ErrState) {
		t.Errorf("undone: %v", err)
	}
	if found := o.findings(); len(found) != 0 {
		t.Errorf("found %q", found)
	}
}

// TestCheckLeft: the check holds an application that has left a batch against it.
func TestCheckLeft(t *testing.T) {
	o := open(t)
	_, a := o.applied(1)
	o.decide(a.ID, approve)
	o.batch(reissue.BatchLock)
	o.decide(a.ID, leaveFor(reissue.Approved))
	change := func(left uint64) {
		o.change(func(tx *txn) {
			a, err := applications.get(tx.Tx, key(a.ID))
			o.must(err)
			a.History[len(a.History)-1].Left = left
			o.must(applications.put(tx.Tx, a))
		})
	}
	change(9)
	if found := o.findings(); len(found) != 1 || found[0] != findApplication(a.ID, sayBatchLeft) {
		t.Errorf("found %q", found)
	}
	change(1)
}

// TestVoidNumberTaken: a number that was void comes back with its certificate, unless
// somebody else has it by now.
func TestVoidNumberTaken(t *testing.T) {
	o := open(t)
	first, second := o.ready(1), o.ready(2)
	number := func(number string) Act {
		return func(a *reissue.Application, by reissue.Actor, now time.Time, _ reissue.Grounds) error {
			return a.Number(by, now, number, "登记", false)
		}
	}
	given := func(want string) {
		t.Helper()
		a, err := o.Application(clerk(), first)
		o.must(err)
		if a.NewNumber() != want || len(a.Voided()) != 0 {
			t.Errorf("its number is %q, void are %q; want %q", a.NewNumber(), a.Voided(), want)
		}
	}
	o.decide(first, number("N-1"))
	o.decide(first, leaveFor(reissue.Approved))
	o.decide(first, undoLeave)
	given("N-1")
	o.decide(first, leaveFor(reissue.Approved))
	o.decide(second, number("N-1")) // void, it is free
	o.decide(first, undoLeave)
	given("")
}

// TestNumberOfCorrectedHandOut: the number before a hand-out does not come back with its
// correction where somebody else has it by now.
func TestNumberOfCorrectedHandOut(t *testing.T) {
	o := open(t)
	first, second, third := o.ready(1), o.ready(2), o.ready(3)
	number := func(number string) Act {
		return func(a *reissue.Application, by reissue.Actor, now time.Time, _ reissue.Grounds) error {
			return a.Number(by, now, number, "登记", false)
		}
	}
	for _, one := range []struct {
		id     uint64
		before string
		given  uint64 // to whom the number before is given meanwhile
		want   string
	}{{first, "N-1", second, ""}, {third, "N-3", 0, "N-3"}} {
		o.decide(one.id, number(one.before))
		o.decide(one.id, func(a *reissue.Application, by reissue.Actor, now time.Time, _ reissue.Grounds) error {
			return a.HandOut(by, now, reissue.Collection{NewNumber: one.before + "9"})
		})
		if one.given != 0 {
			o.decide(one.given, number(one.before))
		}
		o.decide(one.id, func(a *reissue.Application, by reissue.Actor, now time.Time, _ reissue.Grounds) error {
			return a.CorrectHandOut(by, now, "看错")
		})
		a, err := o.Application(clerk(), one.id)
		o.must(err)
		if a.NewNumber() != one.want {
			t.Errorf("its number is %q, want %q", a.NewNumber(), one.want)
		}
	}
}
