package store

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

// limited is a reviewer of a city in which nobody of these tests is.
func limited() *reissue.Staff {
	return &reissue.Staff{ID: 71, Name: "limited", Roles: []reissue.Role{reissue.RoleReviewer}, Cities: []string{"保定市"}}
}

// outcomes are what became of a list's rows, the rejected lines as column and reason.
func outcomes(l KeptList) (list []string) {
	for _, row := range l.Rows {
		list = append(list, strings.TrimSpace(string(row.Outcome)+" "+row.Why))
	}
	return list
}

func (o *office) list(kind ListKind, number uint64) KeptList {
	o.t.Helper()
	l, err := o.List(clerk(), kind, number)
	o.must(err)
	return l
}

// checked is a list of the clerk's that was checked and kept.
func (o *office) checked(l *List, lines ...ListLine) (counts Counts, rejects []string) {
	o.t.Helper()
	l.Rejected = [][]string{{"申请编号", "姓名", listKinds[l.Kind].value, "行号", "列", "原因"}}
	counts, err := o.CheckList(clerk(), l, lines, Load{Reject: func(r Reject) { rejects = append(rejects, r.Column+" "+r.Reason) }})
	o.must(err)
	o.must(o.KeepList(clerk(), l))
	return counts, rejects
}

func (o *office) state(number uint64) *reissue.Application {
	o.t.Helper()
	a, err := o.Application(clerk(), number)
	o.must(err)
	return a
}

// TestDecide: a mass decision is one list, which knows what became of each, and is taken
// back as a whole while none of it has moved on.
func TestDecide(t *testing.T) {
	o := open(t)
	_, first := o.applied(1)
	_, second := o.applied(2)
	_, third := o.applied(3)
	o.decide(third.ID, refuse)
	l := List{Kind: ListDecisions, Act: reissue.ActApprove, Rows: []ListRow{{Application: first.ID, Revision: 1}, {Application: second.ID, Revision: 1},
		{Application: third.ID, Revision: 1}, {Application: 7, Revision: 1}}}
	o.must(o.Decide(clerk(), &l, approve))
	kept := o.list(ListDecisions, l.ID)
	if got := outcomes(kept); !slices.Equal(got, []string{"done", "done", "skipped " + WhyState, "skipped " + WhyGone}) {
		t.Errorf("became %q", got)
	}
	if _, err := o.List(limited(), ListDecisions, l.ID); !errors.Is(err, reissue.ErrNotFound) {
		t.Errorf("shown to a colleague of another city: %v", err)
	}
	if _, err := o.List(clerk(), ListMailings, l.ID); !errors.Is(err, reissue.ErrNotFound) {
		t.Errorf("found as another kind: %v", err)
	}

	var problems reissue.Problems
	if err := o.TakeBackList(clerk(), ListDecisions, l.ID, ""); !errors.As(err, &problems) {
		t.Errorf("without a reason: %v", err)
	}
	o.decide(second.ID, takeBack)
	var moved *ListMovedError
	if err := o.TakeBackList(clerk(), ListDecisions, l.ID, "看错了"); !errors.As(err, &moved) || len(moved.Rows) != 1 || moved.Rows[0].Application != second.ID {
		t.Errorf("one has moved on: %v", err)
	}
	if o.state(first.ID).Status != reissue.Approved {
		t.Error("half of it was taken back")
	}
	again := List{Kind: ListDecisions, Act: reissue.ActApprove, Rows: []ListRow{{Application: second.ID, Revision: 3}}}
	o.must(o.Decide(clerk(), &again, approve))
	o.batch() // both are collected into an open batch, which they leave
	o.must(o.TakeBackList(clerk(), ListDecisions, again.ID, "看错了"))
	if a := o.state(second.ID); a.Status != reissue.Pending || a.Batch != 0 || a.History[len(a.History)-1].Note != "看错了" {
		t.Errorf("taken back: %+v", a)
	}
	if err := o.TakeBackList(clerk(), ListDecisions, again.ID, "看错了"); !errors.Is(err, reissue.ErrState) {
		t.Errorf("taken back twice: %v", err)
	}
	if kept := o.list(ListDecisions, again.ID); kept.TakenBack == 0 || kept.BackNote != "看错了" || kept.MayTakeBack() {
		t.Errorf("it does not say that it was: %+v", kept.List)
	}
	batches, err := o.Batches(clerk(), "", 9)
	o.must(err)
	if b := batches.Rows[0]; b.Members != 1 {
		t.Errorf("the batch has %d members", b.Members)
	}
}

// TestMailingList: a list marks nothing while it is checked, judges again what has moved
// since, and can be taken in again.
func TestMailingList(t *testing.T) {
	o := open(t)
	var ids []uint64
	for n := range 4 {
		_, a := o.applied(n)
		o.decide(a.ID, approve)
		ids = append(ids, a.ID)
	}
	o.batch(reissue.BatchLock, reissue.BatchArrive)
	_, waiting := o.applied(5)
	of := func(line, n int, tracking string) ListLine {
		return ListLine{Line: line, Application: ids[n], Name: name(n), Value: tracking}
	}
	l := &List{Kind: ListMailings}
	counts, rejects := o.checked(l, of(2, 0, "EMS0"), of(3, 1, "EMS1"), of(4, 2, "EMS0"),
		ListLine{Line: 5, Application: ids[3], Name: name(0), Value: "EMS3"}, ListLine{Line: 6, Application: waiting.ID, Name: name(5), Value: "EMS5"},
		ListLine{Line: 7, Application: 7, Name: name(5), Value: "EMS5"}, of(8, 1, "EMS9"), of(9, 1, "EMS1"))
	want := []string{"姓名 " + sayOtherName, "申请编号 " + fmt.Sprintf(sayNotReady, "等待审核"), "申请编号 " + sayNoApplication, "运单号 " + fmt.Sprintf(sayOtherTracking, "EMS1")}
	if (counts != Counts{Changed: 3, Unchanged: 1, Rejected: 4}) || !slices.Equal(rejects, want) {
		t.Errorf("checked: %+v, %q", counts, rejects)
	}
	if l.Rows[2].Why != fmt.Sprintf(saySameTracking, 2, ids[0]) || l.Rows[0].Why+l.Rows[1].Why != "" {
		t.Errorf("pointed out: %+v", l.Rows)
	}
	if o.state(ids[0]).Status != reissue.Ready || len(o.list(ListMailings, l.ID).Of(RowWaits)) != 3 {
		t.Fatal("the check has marked something")
	}
	if err := o.TakeBackList(clerk(), ListMailings, l.ID, "x"); !errors.Is(err, reissue.ErrState) {
		t.Errorf("taken back before it was applied: %v", err)
	}

	o.decide(ids[1], collectUnder(reissue.None)) // meanwhile
	o.must(o.ApplyList(clerk(), ListMailings, l.ID))
	kept := o.list(ListMailings, l.ID)
	left := fmt.Sprintf(sayNotReady, "已领取")
	if got := outcomes(kept); !slices.Equal(got, []string{"done", "skipped " + left, "done " + l.Rows[2].Why, "before"}) {
		t.Errorf("became %q", got)
	}
	if last := kept.Rejected[len(kept.Rejected)-1]; !slices.Equal(last, []string{fmt.Sprint(ids[1]), name(1), "EMS1", "3", "申请编号", left}) {
		t.Errorf("what has moved is not among the rejected: %q", last)
	}
	if a := o.state(ids[2]); a.Tracking() != "EMS0" {
		t.Errorf("%s, %q", a.Status, a.Tracking())
	}
	if err := o.ApplyList(clerk(), ListMailings, l.ID); !errors.Is(err, reissue.ErrState) {
		t.Errorf("applied twice: %v", err)
	}
	again := &List{Kind: ListMailings}
	if counts, _ := o.checked(again, of(2, 0, "EMS0"), of(4, 2, "EMS0")); counts != (Counts{Unchanged: 2}) || again.MayApply() {
		t.Errorf("taken in again: %+v", counts)
	}

	o.must(o.TakeBackList(clerk(), ListMailings, l.ID, "发错单"))
	if a := o.state(ids[2]); a.Status != reissue.Ready || a.Tracking() != "" {
		t.Errorf("taken back: %s, %q", a.Status, a.Tracking())
	}
}

// TestMailingListBlocked: what a list has mailed cannot be taken back beside another open
// application for the same certificate.
func TestMailingListBlocked(t *testing.T) {
	o := open(t)
	id := o.ready(1)
	l := &List{Kind: ListMailings}
	o.checked(l, ListLine{Line: 2, Application: id, Name: name(1), Value: "EMS1"})
	o.must(o.ApplyList(clerk(), ListMailings, l.ID))
	a := o.state(id)
	_, err := o.Holder(a.Owner).Apply(Form{FormCertificate, a.Certificate}, filled(), Upload{Photo: shot(t, 1)})
	o.must(err)
	var moved *ListMovedError
	if err := o.TakeBackList(clerk(), ListMailings, l.ID, "发错单"); !errors.As(err, &moved) || moved.Rows[0].Why != sayRowSecond {
		t.Errorf("beside another open one: %v", err)
	}
}

// TestNumberList: a producer's list notes the new numbers of a batch, by application or by
// person, and no other's.
func TestNumberList(t *testing.T) {
	o := open(t)
	outside := o.ready(9)
	var ids []uint64
	for n := range 4 {
		_, a := o.applied(n)
		o.decide(a.ID, approve)
		ids = append(ids, a.ID)
	}
	o.batch(reissue.BatchLock, reissue.BatchArrive)
	batch := o.state(ids[0]).Batch
	o.decide(ids[3], collectUnder("N-3"))
	l := &List{Kind: ListNumbers, Batch: batch}
	counts, rejects := o.checked(l,
		ListLine{Line: 2, Application: ids[0], Name: name(0), Value: "N-0"},
		ListLine{Line: 3, Paper: human(1).Number.Full(), Name: name(1), Value: "A-1"}, // its own former number
		ListLine{Line: 4, Application: ids[2], Name: name(2), Value: "A-9"},           // the register's, of another person
		ListLine{Line: 5, Application: ids[2], Name: name(2), Value: "N-0"},           // of the same list
		ListLine{Line: 6, Application: ids[2], Paper: human(1).Number.Full(), Name: name(2), Value: "N-2"},
		ListLine{Line: 7, Paper: human(9).Number.Full(), Name: name(9), Value: "N-9"},
		ListLine{Line: 8, Application: outside, Name: name(9), Value: "N-9"},
		ListLine{Line: 9, Application: ids[3], Name: name(3), Value: "N-4"},
		ListLine{Line: 10, Application: ids[3], Name: name(3), Value: "N-3"})
	first := (&NumberTakenError{Number: "N-0", Application: ids[0], City: "石家庄市"}).Sentence(clerk())
	register := (&NumberTakenError{Number: "A-9", Certificate: 1, City: "石家庄市"}).Sentence(clerk())
	want := []string{"新证书管理号 " + register, "新证书管理号 " + first, "证件号码 " + sayOtherPerson, "证件号码 " + sayNoMember, "申请编号 " + sayNotInBatch,
		"新证书管理号 " + fmt.Sprintf(sayOtherNumber, "N-3")}
	if (counts != Counts{Changed: 2, Unchanged: 1, Rejected: 6}) || !slices.Equal(rejects, want) {
		t.Errorf("checked: %+v\n%q\n%q", counts, rejects, want)
	}
	o.must(o.ApplyList(clerk(), ListNumbers, l.ID))
	if a, b := o.state(ids[0]), o.state(ids[1]); a.NewNumber() != "N-0" || b.NewNumber() != "A-1" || a.Status != reissue.Ready {
		t.Errorf("noted: %q, %q, %s", a.NewNumber(), b.NewNumber(), a.Status)
	}
	o.decide(ids[1], collectUnder("A-1"))
	var moved *ListMovedError
	if err := o.TakeBackList(clerk(), ListNumbers, l.ID, "表格有误"); !errors.As(err, &moved) || moved.Rows[0].Application != ids[1] {
		t.Errorf("one was collected: %v", err)
	}
	o.decide(ids[1], func(a *reissue.Application, by reissue.Actor, now time.Time, _ reissue.Grounds) error {
		return a.CorrectHandOut(by, now, "认错人")
	})
	fresh := &List{Kind: ListNumbers, Batch: batch}
	o.checked(fresh, ListLine{Line: 2, Application: ids[2], Name: name(2), Value: "N-2"})
	o.must(o.ApplyList(clerk(), ListNumbers, fresh.ID))
	o.must(o.TakeBackList(clerk(), ListNumbers, fresh.ID, "表格有误"))
	if a := o.state(ids[2]); a.NewNumber() != "" || a.Status != reissue.Ready {
		t.Errorf("taken back: %q, %s", a.NewNumber(), a.Status)
	}
}

// TestListsOfDamaged: what cannot be read stops no list, is told of as such, and stands
// against taking back; so does an application whose account cannot be read.
func TestListsOfDamaged(t *testing.T) {
	for _, table := range []string{"applications", "accounts"} {
		o := open(t)
		var mailed, waiting, pending []*reissue.Application
		for n := range 4 {
			_, a := o.applied(n)
			o.decide(a.ID, approve)
			mailed = append(mailed, a)
		}
		mailed, waiting = mailed[:2], mailed[2:]
		o.batch(reissue.BatchLock, reissue.BatchArrive)
		of := func(a *reissue.Application, n int) ListLine {
			return ListLine{Line: n + 2, Application: a.ID, Name: name(n), Value: fmt.Sprint("EMS", n)}
		}
		done, checked := &List{Kind: ListMailings}, &List{Kind: ListMailings}
		o.checked(done, of(mailed[0], 0), of(mailed[1], 1))
		o.must(o.ApplyList(clerk(), ListMailings, done.ID))
		o.checked(checked, of(waiting[0], 2), of(waiting[1], 3))
		for n := range 2 {
			_, a := o.applied(5 + n)
			pending = append(pending, a)
		}
		turn := func(tx *txn) {
			for _, a := range []*reissue.Application{mailed[1], waiting[1], pending[1]} {
				k := key(a.ID)
				if table == "accounts" {
					k = key(a.Owner)
				}
				o.must(turnBit(tx.Tx, table, k))
			}
		}
		o.change(turn)

		var moved *ListMovedError
		if err := o.TakeBackList(clerk(), ListMailings, done.ID, "发错单"); !errors.As(err, &moved) || len(moved.Rows) != 1 || moved.Rows[0].Why != sayRowDamaged {
			t.Errorf("%s: taken back: %v", table, err)
		}
		if o.state(mailed[0].ID).Status != reissue.Mailed {
			t.Errorf("%s: half of it was taken back", table)
		}
		o.must(o.ApplyList(clerk(), ListMailings, checked.ID))
		if got := outcomes(o.list(ListMailings, checked.ID)); !slices.Equal(got, []string{"done", "skipped " + sayRowDamaged}) {
			t.Errorf("%s: applied: %q", table, got)
		}
		if counts, rejects := o.checked(&List{Kind: ListMailings}, of(waiting[0], 2), of(waiting[1], 3)); counts.Rejected != 1 || !slices.Equal(rejects, []string{ColumnApplication + " " + sayRowDamaged}) {
			t.Errorf("%s: checked: %+v, %q", table, counts, rejects)
		}
		l := List{Kind: ListDecisions, Act: reissue.ActApprove, Rows: []ListRow{{Application: pending[0].ID, Revision: 1}, {Application: pending[1].ID, Revision: 1}}}
		o.must(o.Decide(clerk(), &l, approve))
		if got := outcomes(o.list(ListDecisions, l.ID)); !slices.Equal(got, []string{"done", "skipped " + sayRowDamaged}) {
			t.Errorf("%s: decided: %q", table, got)
		}
		o.change(turn) // and back
	}
}

// TestListsWithoutRows: a page of lists tells what became of each and reads none of their
// rows; what is left of a list in a damaged file is whole, and counted anew.
func TestListsWithoutRows(t *testing.T) {
	o := open(t)
	first, second := o.ready(1), o.ready(2)
	l := &List{Kind: ListMailings}
	o.checked(l, ListLine{Line: 2, Application: first, Name: name(1), Value: "EMS1"}, ListLine{Line: 3, Application: second, Name: name(2), Value: "EMS2"},
		ListLine{Line: 4, Application: 7, Name: name(2), Value: "EMS2"})
	o.decide(second, collectUnder(reissue.None))
	o.must(o.ApplyList(clerk(), ListMailings, l.ID))
	lost, odd := &List{Kind: ListMailings}, &List{Kind: ListMailings, Rows: []ListRow{{Application: first, Outcome: RowBefore}}}
	o.must(o.KeepList(clerk(), lost))
	o.must(o.KeepList(clerk(), odd))
	o.must(o.Close())
	meddle(t, o.Path(), func(tx *bolt.Tx) error {
		return errors.Join(turnBit(tx, "list rows", key(lost.ID)), turnBit(tx, "lists", key(odd.ID)), lists.put(tx, &List{ID: l.ID, Kind: ListMailings, Made: l.Made, By: l.By, Applied: 1}))
	})
	var err error
	o.Store, err = Open(o.Path(), Options{Now: o.now})
	o.must(err)
	if page, err := o.Lists(clerk(), "", 9); err != nil || len(page.Rows) != 2 || page.Rows[0].ID != lost.ID {
		t.Errorf("beside damage: %+v, %v", page.Rows, err)
	}
	o.must(o.Close())
	path, _, said := repaired(t, o.Path())
	o.Store, err = Open(path, Options{Now: o.now})
	o.must(err)
	for _, finding := range o.findings() {
		t.Errorf("%s\nsaid %v", finding, said)
	}
	page, err := o.Lists(clerk(), "", 9)
	if err != nil || len(page.Rows) != 1 || page.Rows[0].Counts != (ListCounts{Done: 1, Skipped: 1}) || page.Rows[0].Rows != nil {
		t.Errorf("mended: %+v, %v", page.Rows, err)
	}
}

// TestListsGo: lists are kept for the month's work, and the newest of too many.
func TestListsGo(t *testing.T) {
	o := open(t)
	old := &List{Kind: ListMailings}
	o.checked(old)
	o.forward(listLife + time.Hour)
	if _, err := o.List(clerk(), ListMailings, old.ID); err != nil {
		t.Fatal(err)
	}
	young := &List{Kind: ListMailings}
	o.checked(young)
	if _, err := o.List(clerk(), ListMailings, old.ID); !errors.Is(err, reissue.ErrNotFound) {
		t.Errorf("an old list: %v", err)
	}
	o.forward(listLife + time.Hour)
	_, err := o.Forget(t.Context())
	o.must(err)
	if page, err := o.Lists(clerk(), "", 9); err != nil || len(page.Rows) != 0 {
		t.Errorf("after a night: %d, %v", len(page.Rows), err)
	}
}
