package reissue

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"certreissue/docs"
)

var (
	now      = time.Date(2026, 1, 15, 9, 30, 0, 0, cst)
	reviewer = Actor{ID: 7, Roles: []Role{RoleReviewer}}
)

// described is one act of domain.md §1: who may do it, and from → to.
type described struct {
	by    []Role // the first that somebody holds
	leads map[Status]Status
}

// describedActs are those of domain.md §1, and one that is none.
func describedActs(t *testing.T) map[Act]described {
	acts := map[Act]described{"an act that isn't": {}}
	for _, row := range docs.Rows(t, "domain.md", "### Acts") {
		act := described{leads: map[Status]Status{}}
		for role := range strings.SplitSeq(row[1], ", ") {
			act.by = append(act.by, Role(role))
		}
		for from := range strings.SplitSeq(row[2], ", ") {
			act.leads[Status(strings.Trim(from, "–"))] = Status(row[3])
		}
		acts[Act(row[0])] = act
	}
	return acts
}

// TestStates compares domain.md §1 with the states, their words and which of
// them are open.
func TestStates(t *testing.T) {
	rows := docs.Rows(t, "domain.md", "### States")
	for i, row := range rows {
		open := "no"
		if s := Status(row[0]); s.Open() {
			open = "yes"
		}
		if i >= len(Statuses) || Statuses[i] != Status(row[0]) || Status(row[0]).Word() != row[1] || open != row[3] {
			t.Errorf("%q, at place %d", row, i)
		}
	}
	if len(rows) != len(Statuses) {
		t.Errorf("%d states, described are %d", len(Statuses), len(rows))
	}
}

func TestEveryMove(t *testing.T) {
	states := append([]Status{"", "no such state"}, Statuses...)
	actors := []Actor{
		{ID: 3}, {ID: 3, Roles: []Role{RoleCandidate}}, {ID: 3, Roles: []Role{RoleReviewer}}, {ID: 3, Roles: []Role{RoleAdmin}},
		{ID: 3, Roles: []Role{RoleAuditor}}, System(), {ID: 3, Roles: []Role{RoleAdmin, RoleAuditor}}, {ID: 3, Roles: []Role{RoleAdmin, RoleReviewer}},
	}
	doc := describedActs(t)
	for act, row := range doc {
		for _, from := range states {
			for _, by := range actors {
				to, allowed := row.leads[from]
				held := slices.IndexFunc(row.by, by.Is)
				var want error
				switch {
				case row.leads == nil:
					want = ErrState
				case held < 0:
					want = ErrRole
				case !allowed:
					want = ErrState
				}
				t.Run(fmt.Sprintf("%s in %q by %v", act, from, by.Roles), func(t *testing.T) {
					a := Application{Status: from, Revision: 4}
					err := a.move(act, by, now, Event{Note: "n"})
					if err != want {
						t.Fatalf("%v, want %v", err, want)
					}
					if want != nil {
						if a.Status != from || a.Revision != 4 || len(a.History) != 0 || a.Updated != 0 {
							t.Errorf("refused, and yet changed: %+v", a)
						}
						return
					}
					event := Event{At: At(now), Act: act, Status: to, Role: row.by[held], By: by.ID, Note: "n"}
					if a.Status != to || a.Revision != 5 || a.Updated != At(now) || len(a.History) != 1 || fmt.Sprint(a.History[0]) != fmt.Sprint(event) {
						t.Errorf("became %+v", a)
					}
				})
			}
		}
	}
	if len(moves) != len(doc)-1 {
		t.Errorf("%d acts, the document has %d", len(moves), len(doc)-1)
	}
}

func TestOpenAndEditable(t *testing.T) {
	open := []Status{"pending", "returned", "approved", "production", "ready"}
	editable := []Status{"pending", "returned"}
	for _, s := range append(slices.Clone(Statuses), "") {
		if s.Open() != slices.Contains(open, s) || s.Editable() != slices.Contains(editable, s) {
			t.Errorf("%q: open %v, editable %v", s, s.Open(), s.Editable())
		}
	}
}

// TestActs proves that each method is the act its name says.
func TestActs(t *testing.T) {
	list := DefaultReasons()
	for _, c := range []struct {
		do       func(*Application) error
		from, to Status
		act      Act
		note     string
	}{
		{func(a *Application) error { return a.Withdraw(Candidate(7), now) }, Returned, Withdrawn, ActWithdraw, ""},
		{func(a *Application) error { return a.Approve(reviewer, now, "好", Grounds{Account: &Account{}}, "") }, Pending, Approved, ActApprove, "好"},
		{func(a *Application) error { return a.Return(reviewer, now, list, []string{"phone"}, "空号") }, Pending, Returned, ActReturn, "空号"},
		{func(a *Application) error { return a.Refuse(reviewer, now, list, []string{"fraud"}, "") }, Pending, Refused, ActRefuse, ""},
		{func(a *Application) error { return a.TakeBack(reviewer, now, "误操作") }, Refused, Pending, ActTakeBack, "误操作"},
		{func(a *Application) error { return a.LockIntoBatch(reviewer, now) }, Approved, InProduction, ActLock, ""},
		{func(a *Application) error { return a.Unlock(reviewer, now, "漏了一份") }, InProduction, Approved, ActUnlock, "漏了一份"},
		{func(a *Application) error { return a.Arrive(reviewer, now) }, InProduction, Ready, ActArrive, ""},
		{func(a *Application) error { return a.UndoArrival(reviewer, now, "缺这一本") }, Ready, InProduction, ActUndoArrival, "缺这一本"},
		{func(a *Application) error { return a.HandOut(reviewer, now, Collection{NewNumber: None}) }, Ready, HandedOut, ActHandOut, ""},
		{func(a *Application) error { return a.CorrectHandOut(reviewer, now, "认错人") }, HandedOut, Ready, ActCorrectHandOut, "认错人"},
		{func(a *Application) error { return a.Mail(reviewer, now, " ems 123") }, Ready, Mailed, ActMail, "EMS123"},
		{func(a *Application) error { return a.CorrectMailing(reviewer, now, "单号错") }, Mailed, Ready, ActCorrectMailing, "单号错"},
	} {
		a := Application{Status: c.from, Batch: 1}
		if err := c.do(&a); err != nil {
			t.Errorf("%s: %v", c.act, err)
			continue
		}
		if event := a.History[0]; a.Status != c.to || event.Act != c.act || event.Note != c.note || event.By != 7 {
			t.Errorf("%s led to %q with %+v", c.act, a.Status, event)
		}
	}
}

func TestDecisionsNeedReasons(t *testing.T) {
	list := DefaultReasons()
	for _, c := range []struct {
		reason string
		do     func(*Application) error
		from   Status
		field  string // at fault, "" where the state is
	}{
		{"a final reason does not return", func(a *Application) error { return a.Return(reviewer, now, list, []string{"fraud"}, "") }, Pending, FieldReason},
		{"nobody corrects a photo that is not asked for", func(a *Application) error {
			a.Certificate = 4
			return a.Return(reviewer, now, list, []string{"phone", "photo_unclear"}, "")
		}, Pending, FieldReason},
		{"a correctable reason does not refuse", func(a *Application) error { return a.Refuse(reviewer, now, list, []string{"phone"}, "") }, Pending, FieldReason},
		{"taking back needs a note", func(a *Application) error { return a.TakeBack(reviewer, now, "") }, Approved, FieldNote},
		{"a stale screen is told of the state before the reason", func(a *Application) error { return a.Return(reviewer, now, list, nil, "") }, Approved, ""},
		{"so does unlocking", func(a *Application) error { return a.Unlock(reviewer, now, "") }, InProduction, FieldNote},
		{"and correcting", func(a *Application) error { return a.CorrectHandOut(reviewer, now, "") }, HandedOut, FieldNote},
		{"nobody locks what is in no batch", func(a *Application) error { return a.LockIntoBatch(reviewer, now) }, Approved, ""},
		{"so is taking back", func(a *Application) error { return a.TakeBack(reviewer, now, "") }, Pending, ""},
	} {
		err := c.do(&Application{Status: c.from})
		var problems Problems
		switch {
		case c.field == "" && err != ErrState:
			t.Errorf("%s: %v", c.reason, err)
		case c.field != "" && (!errors.As(err, &problems) || problems.Of(c.field) == ""):
			t.Errorf("%s: %v", c.reason, err)
		}
	}
}

func TestNotesAreBounded(t *testing.T) {
	for _, c := range []struct {
		reason string
		length int
		want   bool
	}{{"the longest note", 500, true}, {"one more", 501, false}} {
		a := &Application{Status: Pending}
		err := a.Approve(reviewer, now, strings.Repeat("长", c.length), Grounds{Account: &Account{}}, "")
		var problems Problems
		if (err == nil) != c.want || !c.want && (!errors.As(err, &problems) || problems.Of(FieldNote) == "") {
			t.Errorf("%s: %v", c.reason, err)
		}
	}
}

func TestSubmitAndSave(t *testing.T) {
	candidate := Candidate(5)
	a := Application{Photo: Photo{Sum: []byte("old")}}
	if err := a.Submit(candidate, now); err != nil {
		t.Fatal(err)
	}
	later := now.Add(time.Hour)
	fields := Fields{Phone: "13800000000"}
	if err := a.Save(candidate, later, fields, []string{FieldName}, Photo{}, 0); err != nil {
		t.Fatal(err)
	}
	if a.Queued != At(now) || a.Submitted != At(now) || a.Updated != At(later) {
		t.Error("a pending application lost its place in the queue by being saved")
	}
	if saved := a.History[1]; !slices.Equal(saved.Changed, []string{FieldPhone}) || string(a.Photo.Sum) != "old" || a.Fields != fields || !a.IsLocked(FieldName) {
		t.Errorf("saved without a photo: %+v", a)
	}
	if err := a.Return(reviewer, later, DefaultReasons(), []string{"photo_unclear"}, ""); err != nil {
		t.Fatal(err)
	}
	evenLater := later.Add(time.Hour)
	if err := a.Save(candidate, evenLater, fields, nil, Photo{Sum: []byte("new")}, 0); err != nil {
		t.Fatal(err)
	}
	if a.Queued != At(evenLater) || a.Submitted != At(now) {
		t.Error("a returned application did not go to the end of the queue")
	}
	if saved := a.History[3]; !slices.Equal(saved.Changed, []string{FieldPhoto}) || string(a.Photo.Sum) != "new" {
		t.Errorf("saved with a photo: %+v", saved)
	}
	if err := a.Save(Actor{ID: 7, Roles: []Role{RoleAuditor}}, evenLater, Fields{}, nil, Photo{}, 0); err != ErrRole || a.Fields != fields {
		t.Errorf("an auditor saved: %v", err)
	}
}

func TestLastDecision(t *testing.T) {
	for _, c := range []struct {
		reason string
		acts   []Act
		want   Act
	}{
		{"nothing happened", nil, ""},
		{"submitted", []Act{ActSubmit}, ""},
		{"returned", []Act{ActSubmit, ActReturn}, ActReturn},
		{"corrected since", []Act{ActSubmit, ActReturn, ActSave}, ""},
		{"taken back", []Act{ActSubmit, ActRefuse, ActTakeBack}, ""},
		{"withdrawn since", []Act{ActSubmit, ActReturn, ActWithdraw}, ""},
		{"decided again", []Act{ActSubmit, ActReturn, ActSave, ActRefuse}, ActRefuse},
		{"still approved, out of a batch again", []Act{ActSubmit, ActApprove, ActLock, ActUnlock}, ActApprove},
	} {
		var a Application
		for _, act := range c.acts {
			a.History = append(a.History, Event{Act: act})
		}
		var got Act
		if decision := a.LastDecision(); decision != nil {
			got = decision.Act
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.reason, got, c.want)
		}
	}
}

func TestWords(t *testing.T) {
	words := map[Status]string{
		"pending": "等待审核", "returned": "审核未过", "approved": "审核通过", "refused": "不予受理", "withdrawn": "已撤回",
		"production": "制证中", "ready": "待领取", "collected": "已领取", "mailed": "已寄出",
	}
	for status, word := range words {
		if status.Word() != word {
			t.Errorf("%s is %q, want %q", status, status.Word(), word)
		}
		for _, s := range []string{word, string(status)} {
			if got, ok := StatusOf(s); got != status || !ok {
				t.Errorf("StatusOf(%q) = %q, %v", s, got, ok)
			}
		}
	}
	for _, s := range []string{"", "审核"} {
		if got, ok := StatusOf(s); ok {
			t.Errorf("StatusOf(%q) = %q", s, got)
		}
	}
	for act := range describedActs(t) {
		if act.Word() == "" && act != "an act that isn't" {
			t.Errorf("%s has no word", act)
		}
	}
	for _, field := range append([]string{FieldPhoto, FieldPledge, FieldIDNumber}, FieldNames...) {
		if Label(field) == "" {
			t.Errorf("%s has no label", field)
		}
	}
	for _, role := range append([]Role{RoleCandidate, RoleSystem}, StaffRoles...) {
		if role.Word() == "" {
			t.Errorf("%s has no word", role)
		}
	}
	if got := ShowDate("20201122"); got != "2020 年 11 月 22 日" {
		t.Errorf("a date is shown as %q", got)
	}
	if got := ShowDate("无"); got != "无" {
		t.Errorf("what is no date is shown as %q", got)
	}
}

func TestActorKind(t *testing.T) {
	for _, c := range []struct {
		actor Actor
		want  string
	}{
		{Candidate(1), "candidate"}, {System(), "system"}, {reviewer, "staff"}, {Actor{Roles: []Role{RoleAuditor}}, "staff"},
	} {
		if got := c.actor.Kind(); got != c.want {
			t.Errorf("%v is %q, want %q", c.actor.Roles, got, c.want)
		}
	}
}

// TestSpellings: where the register and the account write the name differently,
// an approval needs a pick, and taking it back leads back to the register's.
func TestSpellings(t *testing.T) {
	owner := &Account{Name: "王晓霈"}
	made := func(name string) *Application {
		return &Application{Status: Pending, Certificate: 1, Fields: Fields{Name: name}}
	}
	for _, c := range []struct {
		reason, registered, picked, want string // want "" where the pick is missing
	}{
		{"one spelling", "王晓霈", "", "王晓霈"},
		{"nothing picked", "王晓[沛]", "", ""},
		{"a name that is neither", "王晓[沛]", "王晓沛", ""},
		{"the register's", "王晓[沛]", "王晓[沛]", "王晓[沛]"},
		{"the account's", "王晓[沛]", "王晓霈", "王晓霈"},
	} {
		a := made(c.registered)
		err := a.Approve(reviewer, now, "", Grounds{Account: owner}, c.picked)
		var problems Problems
		if c.want == "" {
			if !errors.As(err, &problems) || problems.Of(FieldName) == "" {
				t.Errorf("%s: %v", c.reason, err)
			}
			continue
		}
		if err != nil || a.Fields.Name != c.want {
			t.Errorf("%s: %s, %v", c.reason, a.Fields.Name, err)
		}
		if err := a.TakeBack(reviewer, now, "选错了"); err != nil || a.Fields.Name != c.registered {
			t.Errorf("%s, taken back: %s, %v", c.reason, a.Fields.Name, err)
		}
		if changes := Changes(a, a.History); len(changes) != 0 {
			t.Errorf("%s, taken back: %v", c.reason, changes)
		}
	}
	byHand := &Application{Status: Pending, Fields: Fields{Name: "王晓霈"}}
	if byHand.Spellings(&Account{Name: "王晓沛"}) != nil {
		t.Error("a name that the register does not know has two spellings")
	}
}

// TestApproveWithoutSpellings: where there is nothing to pick, nothing is changed.
func TestApproveWithoutSpellings(t *testing.T) {
	owner := &Account{Name: "测试"}
	a := &Application{Status: Pending, Certificate: 1, Fields: Fields{Name: "测试"}}
	if err := a.Approve(reviewer, time.Now(), "", Grounds{Account: owner}, "测试"); err != nil || len(a.History[0].Changed) != 0 {
		t.Errorf("%v, changed %v", err, a.History[0].Changed)
	}
}

// TestReturnForPhoto: a photo that is not asked for cannot be the reason, others can.
func TestReturnForPhoto(t *testing.T) {
	list := DefaultReasons()
	for _, reason := range list {
		if reason.Class == Final {
			continue
		}
		for _, given := range []bool{false, true} {
			a := &Application{Status: Pending, Certificate: 1}
			if given {
				a.Photo = Photo{Sum: []byte{1}}
			}
			want := reason.Field != FieldPhoto || given
			if err := a.Return(reviewer, time.Now(), list, []string{reason.Code}, "说明"); (err == nil) != want {
				t.Errorf("%s, photo given %v: %v", reason.Code, given, err)
			}
		}
	}
}

// TestChangesWithoutValues: an event of an old file may name more fields than it
// has values of.
func TestChangesWithoutValues(t *testing.T) {
	a := &Application{Fields: Fields{Level: "二级", Specialty: "建筑"}}
	changes := Changes(a, []Event{{Changed: []string{FieldLevel, FieldSpecialty}, Was: []string{"一级"}}})
	if len(changes) != 1 || changes[0] != (Changed{FieldLevel, "一级", "二级"}) {
		t.Errorf("%v", changes)
	}
}
