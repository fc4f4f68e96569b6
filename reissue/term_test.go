package reissue

import (
	"fmt"
	"testing"
	"time"
)

// returnedOn is an application that was returned on a day at 15:00.
func returnedOn(day time.Time) *Application {
	return &Application{ID: 1, Status: Returned, Revision: 2, History: []Event{{At: At(day.Add(-time.Hour)), Act: ActSubmit, Status: Pending}, {At: At(day), Act: ActReturn, Status: Returned}}}
}

// life walks through the days of an application, and tells what was done on which.
func life(t *testing.T, a *Application, s func(day int) *Settings, days []int) (done string) {
	t.Helper()
	from := a.Since().Time()
	for _, day := range days {
		now := from.AddDate(0, 0, day)
		over, err := a.Lapse(System(), now, s(day))
		if err != nil {
			t.Fatal(err)
		}
		if over {
			done += fmt.Sprintf(" lapsed on %d", day)
			continue
		}
		for range 3 { // by whoever looks on that day
			if !a.Remind(System(), now, s(day)) {
				continue
			}
			last := a.Asides[len(a.Asides)-1]
			done += fmt.Sprintf(" %d:%d", day, last.Days)
			if last.Until != "" {
				done += fmt.Sprintf("→%d", DaysBetween(a.Since(), StartOf(last.Until, 0)))
			}
		}
	}
	return done
}

// every is each of so many days.
func every(days int) (list []int) {
	for day := range days {
		list = append(list, day)
	}
	return list
}

// TestTerm: when a returned application is reminded of, by which day it is to be corrected, and when
// it lapses.
func TestTerm(t *testing.T) {
	start := time.Date(2026, 1, 15, 15, 0, 0, 0, cst)
	for _, c := range []struct {
		reason string
		term   func(day int) int
		remind DayList
		days   []int
		want   string
	}{
		{"without a term", func(int) int { return 0 }, nil, every(100), ""},
		{"a month", func(int) int { return 30 }, nil, every(40), " 16:14→30 23:7→30 28:2→30 lapsed on 31"},
		{"a short one", func(int) int { return 10 }, nil, every(20), " 3:7→10 8:2→10 lapsed on 11"},
		{"the service was off", func(int) int { return 30 }, nil, []int{1, 27, 28, 29, 30, 31, 39, 40, 41, 42}, " 27:14→41 39:2→41 lapsed on 42"},
		{"off between two of them", func(int) int { return 30 }, nil, []int{16, 29, 30, 31}, " 16:14→30 29:2→30 lapsed on 31"},
		{"off at the end", func(int) int { return 30 }, nil, []int{16, 50}, " 16:14→30 lapsed on 50"},
		{"set after a hundred days", func(day int) int { return 30 * min(day/100, 1) }, nil, every(120), " 100:14→114 107:7→114 112:2→114 lapsed on 115"},
		{"lengthened", func(day int) int { return 30 + 30*min(day/20, 1) }, nil, every(70), " 16:14→30 46:14→60 53:7→60 58:2→60 lapsed on 61"},
		{"shortened", func(day int) int { return 30 - 20*min(day/20, 1) }, nil, every(40), " 16:14→30 23:7→30 28:2→30 lapsed on 31"},
		{"taken away", func(day int) int { return 30 - 30*min(day/20, 1) }, nil, every(100), " 16:14→30"},
		{"by days of its own", func(int) int { return 20 }, DayList{5, 1}, every(30), " 15:5→20 19:1→20 lapsed on 21"},
		{"without a warning", func(int) int { return 20 }, DayList{0}, every(100), ""},
	} {
		a := returnedOn(start)
		got := life(t, a, func(day int) *Settings { return &Settings{TermDays: c.term(day), RemindDays: c.remind} }, c.days)
		if got != c.want {
			t.Errorf("%s: %s, want %s", c.reason, got, c.want)
		}
	}
}

// TestTermAnew: another return begins anew; who has corrected it is left in peace.
func TestTermAnew(t *testing.T) {
	s := &Settings{TermDays: 30}
	a := returnedOn(time.Date(2026, 1, 15, 15, 0, 0, 0, cst))
	always := func(int) *Settings { return s }
	life(t, a, always, every(20))
	now := a.Since().Time().AddDate(0, 0, 20)
	if err := a.Save(Candidate(3), now, a.Fields, nil, Photo{}, 0); err != nil {
		t.Fatal(err)
	}
	if got := life(t, a, always, every(100)); got != "" {
		t.Errorf("what waits for the office: %s", got)
	}
	if err := a.Return(Actor{ID: 7, Roles: []Role{RoleReviewer}}, now, []Reason{{Code: "phone", Label: "联系方式", Class: Correctable}}, []string{"phone"}, ""); err != nil {
		t.Fatal(err)
	}
	s.TermDays = 9 // which ends before what was told the time before
	if got := life(t, a, always, every(40)); got != " 2:7→9 7:2→9 lapsed on 10" {
		t.Errorf("returned again: %s", got)
	}
	decision := a.LastDecision()
	if a.Status != Refused || decision == nil || decision.Act != ActLapse || decision.Reasons[0].Label != "逾期未补正" || decision.Role != RoleSystem {
		t.Errorf("%+v", a)
	}
	if err := a.TakeBack(Actor{ID: 7, Roles: []Role{RoleReviewer}}, now.AddDate(0, 0, 60), "考生住院"); err != nil || a.Status != Pending || a.Undone() == nil || a.Undone().Act != ActLapse {
		t.Errorf("%+v, %v", a, err)
	}
}

// TestUncollected: on which days somebody is reminded of what has come.
func TestUncollected(t *testing.T) {
	arrived := time.Date(2026, 1, 15, 15, 0, 0, 0, cst)
	for _, c := range []struct {
		list DayList
		days []int
		want string
	}{
		{nil, every(400), " 30:30 60:60"},
		{DayList{0}, every(400), ""},
		{DayList{90, 45, 10}, []int{9, 50, 60, 91}, " 50:45 91:90"},
	} {
		a := &Application{Status: Ready, History: []Event{{At: At(arrived), Act: ActArrive, Status: Ready}}}
		if got := life(t, a, func(int) *Settings { return &Settings{UncollectedDays: c.list, TermDays: 30} }, c.days); got != c.want {
			t.Errorf("%v: %s, want %s", c.list, got, c.want)
		}
	}
}
