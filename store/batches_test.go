package store

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"certreissue/idcard"
	"certreissue/reissue"
)

// TestBatchAtItsLimit moves as many applications as a batch can hold, and one
// city's clerk beside it.
func TestBatchAtItsLimit(t *testing.T) {
	st, err := Open(filepath.Join(t.TempDir(), "batch.db"), Options{Create: true})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	clerk, err := st.AddStaff(reissue.System(), reissue.Staff{Name: "shenhe", Roles: []reissue.Role{reissue.RoleReviewer}})
	if err != nil {
		t.Fatal(err)
	}
	const more = 10
	last := approveMany(t, st, clerk, reissue.MaxBatch+more)

	b, err := st.MakeBatch(clerk, BatchPlan{})
	if err != nil || b.Members != reissue.MaxBatch || len(b.Cities) != 2 {
		t.Fatalf("made %+v, %v", b, err)
	}
	begun := time.Now()
	if _, err := st.MoveBatch(clerk, b.ID, b.Revision, reissue.BatchLock, ""); err != nil {
		t.Fatal(err)
	}
	t.Logf("locking %d applications took %s", b.Members, time.Since(begun))
	elsewhere := &reissue.Staff{ID: 9, Roles: clerk.Roles, Cities: []string{"保定市"}}
	if _, err := st.Batch(elsewhere, b.ID); !errors.Is(err, reissue.ErrNotFound) {
		t.Errorf("a clerk of one city sees a batch of two: %v", err)
	}
	own, err := st.MakeBatch(elsewhere, BatchPlan{})
	if err != nil || own.Members != more/2 {
		t.Errorf("a clerk of one city collects %d, %v", own.Members, err)
	}

	// One that is known to have come keeps the whole batch from being unlocked.
	_, members, err := st.ExportBatch(clerk, b.ID)
	if err != nil {
		t.Fatal(err)
	}
	one := members[7]
	arrive := func(a *reissue.Application, by reissue.Actor, now time.Time, _ reissue.Grounds) error {
		return a.Arrive(by, now)
	}
	if err := st.Change(clerk, one.ID, one.Revision, arrive); err != nil {
		t.Fatal(err)
	}
	locked, _ := st.Batch(clerk, b.ID)
	var problems reissue.Problems
	if _, err := st.MoveBatch(clerk, b.ID, locked.Revision, reissue.BatchUnlock, "x"); !errors.As(err, &problems) {
		t.Errorf("unlocked with one that has come: %v", err)
	}
	if _, err := st.MoveBatch(clerk, b.ID, b.Revision, reissue.BatchUnlock, "x"); !errors.Is(err, reissue.ErrStale) || !errors.Is(err, ErrBatch) {
		t.Errorf("from a stale screen: %v", err)
	}
	if _, err := st.MoveBatch(clerk, b.ID, locked.Revision, reissue.BatchArrive, ""); err != nil {
		t.Errorf("the others came: %v", err)
	}

	// Taking a decision back takes it out of the batch that is being made up.
	a, _ := st.Application(clerk, last)
	back := func(a *reissue.Application, by reissue.Actor, now time.Time, _ reissue.Grounds) error {
		return a.TakeBack(by, now, "x")
	}
	rest, err := st.MakeBatch(clerk, BatchPlan{})
	if err != nil {
		t.Fatal(err)
	}
	if err := st.Change(clerk, last, a.Revision, back); err != nil {
		t.Fatal(err)
	}
	if b, _ := st.Batch(clerk, rest.ID); b.Members != rest.Members-1 {
		t.Errorf("%d members after one was taken back from %d", b.Members, rest.Members)
	}
	if err := st.Check(t.Context(), func(f Finding) { t.Error(f) }, nil); err != nil {
		t.Fatal(err)
	}

	// And the check sees a batch that does not fit its applications.
	if err := st.update(reissue.System(), func(tx *txn) error {
		b, err := batches.get(tx.Tx, key(rest.ID))
		b.Members++
		return errors.Join(err, batches.put(tx.Tx, b))
	}); err != nil {
		t.Fatal(err)
	}
	found := 0
	if err := st.Check(t.Context(), func(Finding) { found++ }, nil); err != nil || found != 1 {
		t.Errorf("%d findings, %v", found, err)
	}
}

// approveMany writes n approved applications of one account, half of them from
// 保定市, and answers the number of the last of the others.
func approveMany(t *testing.T, st *Store, clerk *reissue.Staff, n int) (last uint64) {
	t.Helper()
	account, err := st.Register(reissue.Account{Person: reissue.Person{Paper: reissue.IDCard, Number: idcard.Number("110101199003071233")}, Name: "测试", Email: "a@example.com"})
	if err != nil {
		t.Fatal(err)
	}
	err = st.update(reissue.System(), func(tx *txn) error {
		for i := range n {
			number, err := nextNumber(tx)
			if err != nil {
				return err
			}
			a := &reissue.Application{ID: number, Owner: account.ID, Person: account.Person, Fields: reissue.Fields{Name: "测试", ExamYear: 2000 + i%5, ExamName: fmt.Sprint("考试", i), City: "石家庄市"}}
			if i%2 == 0 {
				a.Fields.City = "保定市"
			} else {
				last = number
			}
			tx.by = reissue.Candidate(account.ID)
			if err := a.Submit(tx.by, tx.now); err != nil {
				return err
			}
			if err := tx.record(a); err != nil {
				return err
			}
			tx.by = clerk.Actor()
			if err := a.Approve(tx.by, tx.now, "", reissue.Grounds{Account: &reissue.Account{Name: a.Fields.Name}}, ""); err != nil {
				return err
			}
			if err := tx.record(a); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return last
}

// TestCollectableSorted: what waits for a batch is told by exam, the latest first, and by
// city, in whatever order it came.
func TestCollectableSorted(t *testing.T) {
	o := open(t)
	for _, number := range crowd(o) {
		if o.state(number).Status == reissue.Pending {
			o.decide(number, approve)
		}
	}
	groups, err := o.Collectable(clerk(), Collect{})
	o.must(err)
	var told []string
	for _, group := range groups {
		told = append(told, fmt.Sprint(group.Exam, " ", group.City, " ", group.Count))
	}
	if want := []string{"2015 年 会计 保定 1", "2015 年 二级建造师 保定 2", "2014 年 会计 石家庄市 1", "2014 年 二级建造师 石家庄市 2"}; !slices.Equal(told, want) {
		t.Errorf("told is %q, want %q", told, want)
	}
}
