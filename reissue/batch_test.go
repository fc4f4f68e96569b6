package reissue

import (
	"errors"
	"slices"
	"testing"
)

// batchDoc is what may be done to a batch, written down again.
var batchDoc = map[BatchAct]map[BatchStatus]BatchStatus{
	"make":         {"": "open"},
	"add":          {"open": "open"},
	"remove":       {"open": "open"},
	"expect":       {"open": "open", "locked": "locked", "reported": "reported"},
	"lock":         {"open": "locked"},
	"unlock":       {"locked": "open"},
	"report":       {"locked": "reported"},
	"undo_report":  {"reported": "locked"},
	"arrive":       {"locked": "arrived", "reported": "arrived"},
	"undo_arrival": {"arrived": "locked"}, // of a batch that was never reported
	"dissolve":     {"open": "dissolved"},
	"leave":        {"locked": "locked", "reported": "reported", "arrived": "arrived"},
	"rejoin":       {"locked": "locked", "reported": "reported", "arrived": "arrived"},
	"no such act":  {},
}

func TestEveryBatchMove(t *testing.T) {
	for act, leads := range batchDoc {
		if act.Word() == "" && len(leads) > 0 {
			t.Errorf("%s has no word", act)
		}
		for _, from := range []BatchStatus{"", "open", "locked", "reported", "arrived", "dissolved", "no such state"} {
			for _, by := range []Actor{reviewer, {ID: 3, Roles: []Role{RoleAdmin}}, {ID: 3, Roles: []Role{RoleAuditor}}, Candidate(3)} {
				b := Batch{Status: from, Revision: 4}
				err := b.Do(act, by, now, "原因")
				to, allowed := leads[from]
				switch {
				case !by.Is(RoleReviewer) && err != ErrRole, by.Is(RoleReviewer) && !allowed && err != ErrState:
					t.Errorf("%s in %q by %v: %v", act, from, by.Roles, err)
				case err != nil && (b.Status != from || b.Revision != 4 || len(b.History) != 0):
					t.Errorf("%s in %q was refused, and yet changed the batch: %+v", act, from, b)
				case err == nil && (b.Status != to || b.Revision != 5 || b.History[0].Act != act || b.History[0].Status != to || b.History[0].By != 7):
					t.Errorf("%s in %q led to %+v", act, from, b)
				}
			}
		}
	}
	if len(batchMoves) != len(batchDoc)-1 {
		t.Errorf("%d acts, the document has %d", len(batchMoves), len(batchDoc)-1)
	}
	for act, from := range map[BatchAct]BatchStatus{BatchUnlock: BatchLocked, BatchUndoReport: BatchReported, BatchUndoArrival: BatchArrived, BatchDissolve: BatchOpen} {
		b := Batch{Status: from}
		var problems Problems
		if err := b.Do(act, reviewer, now, ""); !errors.As(err, &problems) || problems.Of(FieldNote) == "" || b.Status != from {
			t.Errorf("%s without a reason: %v", act, err)
		}
	}
	b := Batch{Status: BatchArrived, Reported: 5}
	if err := b.Do(BatchUndoArrival, reviewer, now, "没到"); err != nil || b.Status != BatchReported {
		t.Errorf("a reported batch went back to %s, %v", b.Status, err)
	}
}

func TestLockable(t *testing.T) {
	by := func(id uint64) *Application {
		return &Application{Status: Approved, History: []Event{{Act: ActApprove, By: id}}}
	}
	for _, c := range []struct {
		reason  string
		members []*Application
		second  bool
		want    bool
	}{
		{"nothing in it", nil, false, false},
		{"one's own, where nobody minds", []*Application{by(7)}, false, true},
		{"one's own, where a second person must", []*Application{by(7), by(7)}, true, false},
		{"one by a colleague is enough", []*Application{by(7), by(8)}, true, true},
	} {
		b := Batch{}
		if err := b.Lockable(c.members, reviewer, &Settings{SecondPerson: c.second}); (err == nil) != c.want {
			t.Errorf("%s: %v", c.reason, err)
		}
	}
}

func TestParseCollection(t *testing.T) {
	holder := map[string]string{FieldPaperChecked: "1", FieldCollector: "holder", FieldNewNumber: "ｂf 1"}
	with := func(more map[string]string) map[string]string {
		m := map[string]string{}
		for _, source := range []map[string]string{holder, more} {
			for k, v := range source {
				m[k] = v
			}
		}
		return m
	}
	for _, c := range []struct {
		reason string
		form   map[string]string
		want   []string // fields at fault
	}{
		{"the holder", holder, nil},
		{"an agent with an ID card", with(map[string]string{FieldCollector: "agent", FieldAgentName: "李四", FieldAgentNumber: "44030819990110151 2"}), nil},
		{"an agent with a passport", with(map[string]string{FieldCollector: "agent", FieldAgentName: "李四", FieldAgentNumber: "e12345678"}), nil},
		{"a mistyped ID number is no other paper", with(map[string]string{FieldCollector: "agent", FieldAgentName: "李四", FieldAgentNumber: "440308199901101513"}), []string{FieldAgentNumber}},
		{"an agent without a name", with(map[string]string{FieldCollector: "agent", FieldAgentNumber: "440308199901101512"}), []string{FieldAgentName}},
		{"nobody", with(map[string]string{FieldCollector: ""}), []string{FieldCollector}},
		{"a number that is none", with(map[string]string{FieldNewNumber: "新/1"}), []string{FieldNewNumber}},
		{"nothing filled in", map[string]string{}, []string{FieldPaperChecked, FieldCollector, FieldNewNumber}},
	} {
		collection, problems := ParseCollection(func(field string) string { return c.form[field] }, true, "20261124")
		var fields []string
		for _, problem := range problems {
			fields = append(fields, problem.Field)
		}
		if !slices.Equal(fields, c.want) || c.want == nil && collection.NewNumber != "BF1" {
			t.Errorf("%s: %v, %+v", c.reason, fields, collection)
		}
	}
}

func TestFileNames(t *testing.T) {
	for in, want := range map[string]string{
		"../../etc/passwd": "etcpasswd", "C:\\x": "Cx", "军字第1号": "军字第1号", "a\u202Egpj": "agpj", "  2026 年第 3 批 ": "2026 年第 3 批",
		"con": "_con", "COM1": "_COM1", "...": "", "=1+1": "11",
	} {
		if got := FileName(in); got != want {
			t.Errorf("FileName(%q) = %q, want %q", in, got, want)
		}
	}
	given := Photo{Sum: []byte{1}}
	members := []*Application{{ID: 1, Person: Person{IDCard, "110101199003071233"}, Photo: given}, {ID: 2, Person: Person{IDCard, "110101199003071233"}, Photo: given}, {ID: 3}}
	if got := PhotoNames(members, false); !slices.Equal(got, []string{"1.jpg", "2.jpg", ""}) {
		t.Errorf("by application number: %q", got)
	}
	if got := PhotoNames(members, true); !slices.Equal(got, []string{"110101199003071233.jpg", "110101199003071233-2.jpg", ""}) {
		t.Errorf("by ID number: %q", got)
	}
}

func TestRoster(t *testing.T) {
	a := &Application{ID: 20260000018, Person: Person{IDCard, "110101199003071233"}, Round: 2,
		Fields: Fields{Name: "测试", Sex: "女", BirthMonth: "199003", ExamYear: 2015, ExamName: "经济师", CertificateNumber: "1", ApprovalDate: "20150101", Level: "中级", Specialty: "金融", City: "保定市", Phone: "139"}}
	for _, column := range RosterChoice {
		if RosterCell(column, 1, &Batch{Name: "一"}, a, "x.jpg") == "" {
			t.Errorf("%s says nothing", column)
		}
	}
	for in, want := range map[string]int{"姓名\r\n\r\n序号\n": 2, "姓名、姓名": 0, "姓 名": 0, "": 0} {
		columns, problems := ParseRoster(in, "columns")
		if (len(problems) == 0) != (want > 0) || want > 0 && len(columns) != want {
			t.Errorf("%q: %q, %v", in, columns, problems)
		}
	}
}
