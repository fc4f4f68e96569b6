package store

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"certreissue/reissue"
)

// hold puts an application off as it is, until a day.
func (o *office) hold(number uint64, until string) error {
	o.t.Helper()
	a, err := o.Application(clerk(), number)
	o.must(err)
	return o.Hold(clerk(), number, Shown{a.Revision, a.HeldUntil}, until, "等公安机关回函")
}

// lists are where an application that waits is found: by what is asked for, and whether it is there.
func (o *office) lists(a *reissue.Application) map[string]bool {
	o.t.Helper()
	found := map[string]bool{}
	for name, filter := range map[string]Filter{
		"waiting":         {Status: reissue.Pending},
		"of its city":     {Status: reissue.Pending, City: "石家庄"},
		"of its year":     {Status: reissue.Pending, Year: a.Fields.ExamYear},
		"overdue":         {Overdue: true},
		"of a day":        {Status: reissue.Pending, Submitted: Days{From: "20260101"}},
		"by name":         {Status: reissue.Pending, Query: a.Fields.Name},
		"by person":       {Status: reissue.Pending, Number: a.Person.Number},
		"marked":          {Mark: reissue.MarkAny},
		"all":             {},
		"held":            {Held: true},
		"held, of a city": {Held: true, City: "石家庄"},
		"by number":       {Query: fmt.Sprint(a.ID)},
		"waiting, number": {Status: reissue.Pending, Query: fmt.Sprint(a.ID)},
	} {
		found[name] = slices.Contains(o.pages(clerk(), filter, 5), a.ID)
	}
	next, _, err := o.Beside(clerk(), Filter{Status: reissue.Pending}, 0, false, func(uint64) bool { return false })
	o.must(err)
	found["next"] = next == a.ID
	return found
}

// waiting are the lists of what waits, away those of what is put off.
var (
	waiting = []string{"waiting", "of its city", "of its year", "overdue", "of a day", "by name", "by person", "next"}
	away    = []string{"held", "held, of a city"}
)

// TestHeld: what is put off is in no list and no count of what waits, until its day.
func TestHeld(t *testing.T) {
	o := open(t)
	_, a := o.applied(1)
	o.forward(30 * 24 * time.Hour) // overdue; it is 2026-02-14
	_, other := o.applied(2)       // waits in the same city all the time
	check := func(when string, held bool) {
		t.Helper()
		found := o.lists(a)
		for _, name := range waiting {
			if found[name] == held {
				t.Errorf("%s, %s: %v", when, name, found[name])
			}
		}
		for _, name := range away {
			if found[name] != held {
				t.Errorf("%s, %s: %v", when, name, found[name])
			}
		}
		if !found["all"] || !found["by number"] || !found["waiting, number"] {
			t.Errorf("%s: %v", when, found)
		}
		desk, err := o.Desk(clerk())
		o.must(err)
		count, oldest := map[bool]int{true: 1}, map[bool]reissue.Moment{true: other.Queued, false: a.Queued}
		if desk.Held != count[held] || desk.Tally[reissue.Pending]["石家庄"] != 1+count[!held] || desk.Overdue != count[!held] || desk.Oldest != oldest[held] {
			t.Errorf("%s, the desk: %+v", when, desk)
		}
	}
	check("before", false)
	o.must(o.hold(a.ID, "2026-02-20"))
	check("held", true)
	if mine, err := o.Holder(a.Owner).Application(a.ID); err != nil || mine.Status != reissue.Pending || mine.Revision != a.Revision || len(mine.History) != 1 {
		t.Errorf("%+v, %v", mine, err)
	}
	o.forward(4 * 24 * time.Hour)
	if n, err := o.EndHolds(t.Context()); n != 0 || err != nil {
		t.Errorf("%d ended on the 18th, %v", n, err)
	}
	o.must(o.hold(a.ID, "2026.2.19"))
	check("another day", true)
	o.forward(15 * time.Hour) // 00:30 of the 19th at +08:00
	if n, err := o.EndHolds(t.Context()); n != 1 || err != nil {
		t.Errorf("%d ended on the day, %v", n, err)
	}
	check("on its day", false)
	if n, err := o.EndHolds(t.Context()); n != 0 || err != nil {
		t.Errorf("%d ended again, %v", n, err)
	}
	o.must(o.hold(a.ID, "2026-03-01"))
	o.must(o.Unhold(clerk(), a.ID, Shown{1, "20260301"}))
	check("taken up", false)
	o.must(o.hold(a.ID, "2026-03-01"))
	o.decide(a.ID, returnIt)
	if desk, err := o.Desk(clerk()); err != nil || desk.Held != 0 || desk.Tally[reissue.Returned]["石家庄"] != 1 {
		t.Errorf("decided: %+v, %v", desk, err)
	}
	var acts []string
	for _, row := range rows(o, &audits) {
		if row.Object == objectApplication && row.ObjectID == a.ID {
			acts = append(acts, row.Act+" "+row.Kind)
		}
		if strings.Contains(fmt.Sprint(row), "公安") {
			t.Errorf("the log has the reason: %+v", row)
		}
	}
	if got := strings.Join(acts, ", "); got != "submit candidate, hold staff, hold staff, end_hold system, hold staff, unhold staff, hold staff, return staff" {
		t.Errorf("the log: %s", got)
	}
}

// TestManyHolds: what ends on one day takes as many transactions as it takes.
func TestManyHolds(t *testing.T) {
	o := open(t)
	numbers := crowd(o)
	held := 0
	for _, number := range numbers {
		if a, err := o.Application(clerk(), number); err == nil && a.Status == reissue.Pending {
			o.must(o.hold(number, fmt.Sprintf("2026-02-0%d", 1+held)))
			held++
		}
	}
	if got := o.pages(clerk(), Filter{Held: true, Newest: true}, 1); held != 3 || len(got) != held || got[0] < got[2] {
		t.Errorf("%d held, in the list %v", held, got)
	}
	next, _, err := o.Beside(clerk(), Filter{Held: true}, 0, false, func(uint64) bool { return false })
	o.must(err)
	o.decide(next, approve)
	if after, _, err := o.Beside(clerk(), Filter{Held: true}, next, false, func(uint64) bool { return false }); err != nil || after <= next {
		t.Errorf("%d after %d, %v", after, next, err)
	}
	o.forward(30 * 24 * time.Hour)
	if n, err := o.EndHolds(t.Context()); n != held-1 || err != nil {
		t.Errorf("%d ended, %v", n, err)
	}
}

// TestHoldRefused: by whom, in which state and from which screen something is not put
// off.
func TestHoldRefused(t *testing.T) {
	o := open(t)
	_, a := o.applied(1)
	elsewhere := clerk()
	elsewhere.Cities = []string{"保定"}
	admin := &reissue.Staff{ID: 71, Roles: []reissue.Role{reissue.RoleAdmin}}
	now := Shown{Revision: 1}
	before := count(o, &audits)
	for _, c := range []struct {
		reason string
		err    error
		want   func(error) bool
	}{
		{"an admin", o.Hold(admin, a.ID, now, "2026-02-01", "等"), is(reissue.ErrRole)},
		{"of another city", o.Hold(elsewhere, a.ID, now, "2026-02-01", "等"), isNotFound},
		{"a note of another city", o.Note(elsewhere, a.ID, "等"), isNotFound},
		{"a note by an admin", o.Note(admin, a.ID, "等"), is(reissue.ErrRole)},
		{"an empty note", o.Note(clerk(), a.ID, ""), blames("note")},
		{"a screen of before", o.Hold(clerk(), a.ID, Shown{Revision: 0}, "2026-02-01", "等"), is(reissue.ErrStale)},
		{"and a wrong day", o.Hold(clerk(), a.ID, Shown{Revision: 0}, "?", "等"), is(reissue.ErrStale)},
		{"a wrong day", o.Hold(clerk(), a.ID, now, "?", "等"), blames("until")},
		{"taken up, not being held", o.Unhold(clerk(), a.ID, now), is(reissue.ErrState)},
	} {
		if !c.want(c.err) {
			t.Errorf("%s: %v", c.reason, c.err)
		}
	}
	if count(o, &audits) != before {
		t.Error("what was refused left something behind")
	}
	o.must(o.hold(a.ID, "2026-02-01"))
	unaware := func(act Act) error { return o.Change(clerk(), a.ID, 1, AsShown("", act)) }
	if err := unaware(approve); !errors.Is(err, reissue.ErrStale) {
		t.Errorf("approved by who did not see it: %v", err)
	}
	if err := o.Hold(clerk(), a.ID, now, "2026-03-01", "等"); !errors.Is(err, reissue.ErrStale) {
		t.Errorf("put off by who did not see it: %v", err)
	}
	l := List{Kind: ListDecisions, Act: reissue.ActApprove, Rows: []ListRow{{Application: a.ID, Revision: 1}}}
	if err := o.Decide(clerk(), &l, AsShown("", approve)); err != nil || l.Rows[0].Outcome != RowSkipped {
		t.Errorf("approved among many: %+v, %v", l.Rows, err)
	}
	o.must(o.Holder(a.Owner).Withdraw(a.ID, 1))
	if err := unaware(approve); !errors.Is(err, reissue.ErrState) {
		t.Errorf("approved after it was withdrawn: %v", err)
	}
	if gone, err := o.Application(clerk(), a.ID); err != nil || gone.Held() {
		t.Errorf("withdrawn, and held: %+v, %v", gone, err)
	}
	if err := o.hold(a.ID, "2026-02-01"); !errors.Is(err, reissue.ErrState) {
		t.Errorf("what was withdrawn is put off: %v", err)
	}
}

// TestNotes: a note stands beside the history, in every state, once, and goes with the
// application.
func TestNotes(t *testing.T) {
	o := open(t)
	_, a := o.applied(1)
	o.must(o.Note(clerk(), a.ID, "已致电本人"))
	o.must(o.Note(clerk(), a.ID, "已致电本人")) // sent again
	o.decide(a.ID, refuse)
	o.must(o.Note(clerk(), a.ID, "本人到窗口询问"))
	noted, err := o.Application(clerk(), a.ID)
	o.must(err)
	if len(noted.Asides) != 2 || noted.Revision != 2 || len(noted.History) != 2 || noted.LastNote().Text != "本人到窗口询问" || noted.LastNote().By != clerk().ID {
		t.Errorf("%+v", noted)
	}
	told := 0
	for _, row := range rows(o, &audits) {
		if row.Act == string(reissue.ActNote) && row.ObjectID == a.ID && row.By == clerk().ID && row.Revision == 0 {
			told++
		}
		if strings.Contains(fmt.Sprint(row), "致电") {
			t.Errorf("the log has the note: %+v", row)
		}
	}
	if told != 2 {
		t.Errorf("%d rows of the log", told)
	}
	if last := noted.History[1].At; !noted.EndedBefore(last + 1) {
		t.Error("a note makes an end last longer")
	}
}
