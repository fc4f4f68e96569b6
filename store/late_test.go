package store

import (
	"slices"
	"testing"
	"time"

	"certreissue/reissue"
)

// TestQueueNumbers: an application is found by a number of its telephone, its parcel or
// its old certificate, however that is typed, once though several are the same.
func TestQueueNumbers(t *testing.T) {
	o := open(t)
	first, second := o.ready(1), o.ready(2)
	o.decide(first, func(a *reissue.Application, by reissue.Actor, now time.Time, _ reissue.Grounds) error {
		return a.Mail(by, now, "sf1001")
	})
	o.decide(second, collectUnder("13800000000")) // which is the telephone, too
	for query, want := range map[string][]uint64{"SF1001": {first}, "sf 1001": {first}, "a-1": {first}, "138-0000-0000": {first, second}, "+86 13800000000": {first, second}, "1380000000": nil} {
		var got []uint64
		for cursor, more := "", true; more; {
			page, err := o.Queue(clerk(), Filter{Query: query}, cursor, 1)
			o.must(err)
			for _, a := range page.Rows {
				got = append(got, a.ID)
			}
			cursor, more = page.Next, page.Next != ""
		}
		if !slices.Equal(got, want) {
			t.Errorf("%q finds %v, want %v", query, got, want)
		}
	}
}

// TestQueueMarks: a list of what has a mark is of what waits for a decision alone, goes
// on where a page has looked at as many as it may, and so does the way through it.
func TestQueueMarks(t *testing.T) {
	defer func(n int) { maxSteps = n }(maxSteps)
	maxSteps = 20 // two of them
	o := open(t)
	var marked, all []uint64
	for n := range 9 {
		o.load(line(n, func(c *reissue.Certificate) { c.Collected = true }))
		account := o.register(n)
		draft := filled()
		draft["phone"] = []string{"13900000000", "13900000001"}[n%2]
		if n%4 != 3 {
			draft["phone"] = "1370000000" + string(rune('0'+n))
		}
		a, err := o.Holder(account.ID).Apply(Form{FormCertificate, o.one(account)}, draft, Upload{Photo: shot(o.t, n)})
		o.must(err)
		o.forward(time.Hour)
		all = append(all, a.ID)
	}
	marked = []uint64{all[3], all[7]} // the same telephone
	found := func(filter Filter) (got []uint64) {
		for cursor, more := "", true; more; {
			page, err := o.Queue(clerk(), filter, cursor, 5)
			o.must(err)
			for _, a := range page.Rows {
				got = append(got, a.ID)
			}
			cursor, more = page.Next, page.Next != ""
		}
		return got
	}
	for filter, want := range map[Filter][]uint64{
		{Mark: "同一电话"}: marked, {Mark: "同一照片"}: nil, {Mark: "没有这样的"}: nil, {Mark: "同一电话", Status: reissue.Approved}: nil,
	} {
		if got := found(filter); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", filter.Mark, got, want)
		}
	}
	if got := found(Filter{Mark: reissue.MarkAny}); !slices.Contains(got, marked[0]) || !slices.Contains(got, marked[1]) {
		t.Errorf("any mark: %v", got)
	}
	page, err := o.Queue(clerk(), Filter{Mark: "同一电话"}, "", 5)
	o.must(err)
	if !page.More || len(page.Rows) > 0 {
		t.Errorf("a page looks at more than two: %d rows, more %v", len(page.Rows), page.More)
	}
	from, steps := uint64(0), 0
	next := uint64(0)
	for next == 0 && steps < 9 {
		next, from, err = o.Beside(clerk(), Filter{Mark: "同一电话"}, from, false, func(uint64) bool { return false })
		o.must(err)
		steps++
		if next == 0 && from == 0 {
			break
		}
	}
	if next != marked[0] || steps != 2 {
		t.Errorf("the way leads to %d after %d steps, want %d after 2", next, steps, marked[0])
	}
	o.decide(marked[0], approve)
	o.decide(marked[1], approve)
	if got := found(Filter{Mark: "同一电话"}); len(got) > 0 {
		t.Errorf("what is decided has a mark: %v", got)
	}
}

// TestLate: what was returned and not saved again, batches past their day and what is
// not collected are counted once they are late, for each of the staff what is theirs, as
// their lists have them; without a number of days nothing is.
func TestLate(t *testing.T) {
	o := open(t)
	_, returned := o.applied(1)
	o.decide(returned.ID, returnIt)
	o.ready(2)
	_, third := o.applied(3)
	o.decide(third.ID, approve)
	b, err := o.MakeBatch(clerk(), BatchPlan{Expected: reissue.Today(o.now().AddDate(0, 0, 10))})
	o.must(err)
	elsewhere := &reissue.Staff{ID: 71, Roles: []reissue.Role{reissue.RoleReviewer}, Cities: []string{"保定"}}
	here := &reissue.Staff{ID: 72, Roles: []reissue.Role{reissue.RoleReviewer}, Cities: []string{"石家庄"}}
	late := func(staff *reissue.Staff) Late {
		t.Helper()
		desk, err := o.Desk(staff)
		o.must(err)
		var listed Late
		for status, n := range map[reissue.Status]*int{reissue.Returned: &listed.Returned, reissue.Ready: &listed.Uncollected} {
			page, err := o.Queue(staff, Filter{Status: status, Overdue: true}, "", 9)
			o.must(err)
			*n = len(page.Rows)
		}
		batches, err := o.LateBatches(staff, "", 9)
		o.must(err)
		if listed.Batches = len(batches.Rows); listed != desk.Late {
			t.Errorf("the desk counts %+v, the lists have %+v", desk.Late, listed)
		}
		return desk.Late
	}
	day := func(n int) { o.forward(time.Duration(n) * 24 * time.Hour) }
	for _, c := range []struct {
		days int
		want Late
	}{{13, Late{}}, {1, Late{Batches: 1}}, {16, Late{Batches: 1}}, {1, Late{1, 0, 1}}, {29, Late{1, 0, 1}}, {1, Late{1, 1, 1}}} {
		day(c.days)
		for _, staff := range []*reissue.Staff{clerk(), here} {
			if got := late(staff); got != c.want {
				t.Errorf("after %d days more: %+v, want %+v", c.days, got, c.want)
			}
		}
		if got := late(elsewhere); got != (Late{}) {
			t.Errorf("of another city: %+v", got)
		}
	}
	o.must(o.ChangeSettings(reissue.System(), func(s *reissue.Settings) error {
		s.Reminders = reissue.Reminders{Returned: -1, Batch: -1, Collect: -1}
		return nil
	}))
	if got := late(clerk()); got != (Late{}) {
		t.Errorf("without days: %+v", got)
	}
	o.must(o.ChangeSettings(reissue.System(), func(s *reissue.Settings) error { s.Reminders = reissue.Reminders{}; return nil }))
	for _, act := range []reissue.BatchAct{reissue.BatchLock, reissue.BatchArrive} {
		b, err = o.Batch(clerk(), b.ID)
		o.must(err)
		_, err := o.MoveBatch(clerk(), b.ID, b.Revision, act, "")
		o.must(err)
	}
	if got := late(clerk()); got.Batches != 0 {
		t.Errorf("a batch that has come is late: %+v", got)
	}
}

// TestBatchCounts: a batch tells how many of its applications are in each state, to
// those whose work it is.
func TestBatchCounts(t *testing.T) {
	o := open(t)
	for n := range 3 {
		_, a := o.applied(n)
		o.decide(a.ID, approve)
	}
	o.batch(reissue.BatchLock, reissue.BatchArrive)
	members, err := o.Queue(clerk(), Filter{Batch: 1}, "", 9)
	o.must(err)
	o.decide(members.Rows[1].ID, collectUnder("N-1"))
	counts, err := o.BatchCounts(clerk(), 1)
	o.must(err)
	if len(counts) != 2 || counts[reissue.Ready] != 2 || counts[reissue.HandedOut] != 1 {
		t.Errorf("counts %v", counts)
	}
	if _, err := o.BatchCounts(&reissue.Staff{Cities: []string{"保定"}}, 1); !isNotFound(err) {
		t.Errorf("of another city: %v", err)
	}
}
