package reissue

import (
	"reflect"
	"testing"
	"time"
)

// day is a day of January 2026, at nine on the office's clock.
func day(d int) Moment { return At(time.Date(2026, 1, d, 9, 0, 0, 0, cst)) }

// told is an application with a history: each step is an act, where it led, and on which
// day. Staff are number 7, but for those of whom a step says otherwise.
func told(exam, city string, steps ...Event) *Application {
	a := &Application{Fields: Fields{ExamYear: 2020, ExamName: exam, City: city}}
	for _, step := range steps {
		if step.By == 0 && step.Act != ActSubmit && step.Act != ActSave {
			step.By = 7
		}
		a.Status, a.History = step.Status, append(a.History, step)
	}
	a.Submitted, a.Updated = a.History[0].At, a.History[len(a.History)-1].At
	return a
}

// reported are the counts of a row, in the order of Counted.
func reported(row *ReportRow) (counts [counted]int) {
	for i := range counts {
		counts[i] = row.Count(Counted(i))
	}
	return counts
}

var (
	submitted = func(d int) Event { return Event{At: day(d), Act: ActSubmit, Status: Pending} }
	saved     = func(d int) Event { return Event{At: day(d), Act: ActSave, Status: Pending} }
	approved  = func(d int) Event { return Event{At: day(d), Act: ActApprove, Status: Approved} }
	sentBack  = func(d int) Event {
		return Event{At: day(d), Act: ActReturn, Status: Returned, Reasons: []Reason{{Label: "照片不清晰"}, {Label: "其他"}}}
	}
	refused = func(d int) Event {
		return Event{At: day(d), Act: ActRefuse, Status: Refused, Reasons: []Reason{{Label: "重复申请"}}}
	}
	takenBack = func(d int) Event { return Event{At: day(d), Act: ActTakeBack, Status: Pending} }
	locked    = func(d int) Event { return Event{At: day(d), Act: ActLock, Status: InProduction} }
	arrived   = func(d int) Event { return Event{At: day(d), Act: ActArrive, Status: Ready} }
	handedOut = func(d int) Event { return Event{At: day(d), Act: ActHandOut, Status: HandedOut} }
)

// TestDeeds: each story is counted by hand, of the whole of January.
func TestDeeds(t *testing.T) {
	for name, c := range map[string]struct {
		steps   []Event
		want    [counted]int // received, approved, returned, refused, locked, produced, collected, mailed, left
		reasons map[string]int
		days    map[Stage]map[int]int
	}{
		"waits": {[]Event{submitted(2)}, [counted]int{1}, nil, nil},
		"collected": {[]Event{submitted(2), approved(5), locked(9), arrived(19), handedOut(20)}, [counted]int{1, 1, 0, 0, 1, 1, 1}, nil,
			map[Stage]map[int]int{StageReview: {3: 1}, StageWait: {4: 1}, StageProduction: {10: 1}, StageCollect: {1: 1}}},
		"returned, corrected and approved": {[]Event{submitted(1), sentBack(3), saved(10), saved(11), approved(12)}, [counted]int{1, 1, 1},
			map[string]int{"照片不清晰": 1, "其他": 1}, map[Stage]map[int]int{StageReview: {2: 2}}},
		"a decision that was taken back": {[]Event{submitted(1), sentBack(3), takenBack(4), refused(9)}, [counted]int{1, 0, 0, 1}, nil,
			map[Stage]map[int]int{StageReview: {8: 1}}},
		"handed out by mistake, then mailed": {[]Event{submitted(1), approved(1), locked(1), arrived(1), handedOut(2), {At: day(3), Act: ActCorrectHandOut, Status: Ready}, {At: day(4), Act: ActMail, Status: Mailed}},
			[counted]int{1, 1, 0, 0, 1, 1, 0, 1}, nil, map[Stage]map[int]int{StageReview: {0: 1}, StageWait: {0: 1}, StageProduction: {0: 1}, StageCollect: {3: 1}}},
		"made anew": {[]Event{submitted(1), approved(2), locked(3), arrived(5), {At: day(6), Act: ActLeaveApprove, Status: Approved}, locked(8), arrived(12)},
			[counted]int{1, 1, 0, 0, 1, 1, 0, 0, 1}, nil, map[Stage]map[int]int{StageReview: {1: 1}, StageWait: {2: 1}, StageProduction: {4: 1}}},
		"back in its batch": {[]Event{submitted(1), approved(2), locked(4), {At: day(6), Act: ActLeaveReturn, Status: Returned, Reasons: []Reason{{Label: "其他"}}}, {At: day(8), Act: ActUndoLeave, Status: InProduction}},
			[counted]int{1, 1, 0, 0, 1}, nil, map[Stage]map[int]int{StageReview: {1: 1}, StageWait: {2: 1}}},
		"returned out of production": {[]Event{submitted(1), approved(2), locked(4), {At: day(6), Act: ActLeaveReturn, Status: Returned, Reasons: []Reason{{Label: "其他"}}}, saved(7), approved(9)},
			[counted]int{1, 2, 0, 0, 0, 0, 0, 0, 1}, map[string]int{"其他": 1}, map[Stage]map[int]int{StageReview: {1: 1, 2: 1}}},
		"a proof": {[]Event{submitted(1), approved(2), {At: day(5), Act: ActPrintProof, Status: Ready}, {At: day(6), Act: ActReprintProof, Status: Ready}, handedOut(9)},
			[counted]int{1, 1, 0, 0, 0, 1, 1}, nil, map[Stage]map[int]int{StageReview: {1: 1}, StageWait: {3: 1}, StageCollect: {4: 1}}},
		"unlocked": {[]Event{submitted(1), approved(2), locked(4), {At: day(6), Act: ActUnlock, Status: Approved}}, [counted]int{1, 1}, nil, map[Stage]map[int]int{StageReview: {1: 1}}},
	} {
		r := NewReport("20260101", "20260131", &Settings{})
		r.Add(told("经济师", "石家庄市", c.steps...))
		if got := reported(r.Total); got != c.want {
			t.Errorf("%s: %v, want %v", name, got, c.want)
		}
		if len(r.Reasons) != len(c.reasons) || len(c.reasons) > 0 && !reflect.DeepEqual(r.Reasons, c.reasons) {
			t.Errorf("%s: reasons %v, want %v", name, r.Reasons, c.reasons)
		}
		for stage := range stages {
			if got := r.Total.days[stage]; len(got) != len(c.days[stage]) || len(got) > 0 && !reflect.DeepEqual(got, c.days[stage]) {
				t.Errorf("%s: days of stage %d %v, want %v", name, stage, got, c.days[stage])
			}
		}
	}
}

// TestReportRows: what falls on the days counts, in the row of its exam, city, month and
// clerk, whatever way these are written, and in no other.
func TestReportRows(t *testing.T) {
	r := NewReport("20260110", "20260120", &Settings{})
	r.Add(told("经济师", "石家庄市", submitted(10), approved(12)))
	r.Add(told("经 济师", "石家庄", submitted(9), sentBack(20)))
	late := Event{At: StartOf("20260121", 0), Act: ActRefuse, Status: Refused}
	r.Add(told("会计", "", Event{At: late.At - 1, Act: ActSubmit, Status: Pending}, late))
	other := approved(11)
	other.By = 8
	r.Add(told("经济师", "唐山市", submitted(9), other))
	type row struct {
		name   string
		counts [counted]int
	}
	rows := func(list []*ReportRow) (got []row) {
		for _, r := range list {
			got = append(got, row{r.Name, reported(r)})
		}
		return got
	}
	for name, c := range map[string]struct{ got, want []row }{
		"total":  {rows([]*ReportRow{r.Total}), []row{{"", [counted]int{2, 2, 1}}}},
		"exams":  {rows(r.Exams()), []row{{"会计", [counted]int{1}}, {"经济师", [counted]int{1, 2, 1}}}},
		"cities": {rows(r.Cities()), []row{{"", [counted]int{1}}, {"唐山市", [counted]int{0, 1}}, {"石家庄市", [counted]int{1, 1, 1}}}},
		"months": {rows(r.Months()), []row{{"202601", [counted]int{2, 2, 1}}}},
		"staff":  {rows(r.Staff()), []row{{"", [counted]int{0, 1, 1}}, {"", [counted]int{0, 1}}}},
	} {
		if !reflect.DeepEqual(c.got, c.want) {
			t.Errorf("%s: %v, want %v", name, c.got, c.want)
		}
	}
	if r.Exams()[0].Year != 2020 || r.Total.Decided() != 3 {
		t.Errorf("of %d, %d decided", r.Exams()[0].Year, r.Total.Decided())
	}
}

// TestSpread: median and 90th percentile are values that there are, by the nearest rank.
func TestSpread(t *testing.T) {
	for name, c := range map[string]struct {
		took []int
		want Spread
	}{
		"nothing":    {nil, Spread{Limit: 15}},
		"one":        {[]int{4}, Spread{1, 4, 4, 4, 0, 15}},
		"two":        {[]int{9, 1}, Spread{2, 1, 9, 9, 0, 15}},
		"ten":        {[]int{10, 9, 8, 7, 6, 5, 4, 3, 2, 1}, Spread{10, 5, 9, 10, 0, 15}},
		"eleven":     {[]int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}, Spread{11, 6, 10, 11, 0, 15}},
		"on the day": {[]int{15, 16, 0, 16}, Spread{4, 15, 16, 16, 2, 15}},
	} {
		r := NewReport("20260101", "20260131", &Settings{TargetDays: 15})
		for _, days := range c.took {
			r.Add(told("会计", "", submitted(1), approved(1+days)))
		}
		if got := r.Total.Spread(StageReview); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}
