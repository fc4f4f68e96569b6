package reissue

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// What the office does by itself about an application that waits for its candidate: it
// reminds, and closes what was not corrected within the office's term.
const (
	ActRemindReturn  Act = "remind_return"  // an aside
	ActRemindCollect Act = "remind_collect" // an aside
	ActLapse         Act = "lapse"          // a move of acts.go
)

// lapsed is the final reason of ActLapse. It is in no office's list.
var lapsed = Reason{Code: "lapsed", Label: sayLapsed, Class: Final}

// DayList are days on which somebody is reminded, the most first: in the record none is
// the usual ones, so that offices that have never decided remind, too, and a single 0
// is never.
type DayList []int

// The usual days: before the end of the term, and after a new certificate has come.
var (
	usualRemind      = DayList{14, 7, 2}
	usualUncollected = DayList{60, 30}
)

// The bounds of such a list and of a term.
const (
	mostReminders  = 5
	mostRemindDays = 365
	leastTerm      = 7
	mostTerm       = 730
)

// days are those that hold.
func (l DayList) days(usual DayList) DayList {
	switch {
	case len(l) == 0:
		return usual
	case l[0] == 0:
		return nil
	}
	return l
}

// formOf is how a form shows days.
func formOf(days []int) string {
	var words []string
	for _, n := range days {
		words = append(words, strconv.Itoa(n))
	}
	return strings.Join(words, " ")
}

// parseDayList reads days as a form has them, with spaces or commas in between, and
// keeps them as the record does.
func parseDayList(typed string, usual DayList) (list DayList, ok bool) {
	words := strings.FieldsFunc(HalfWidth(typed), func(r rune) bool { return strings.ContainsRune(" ,、，;；", r) })
	for _, word := range words {
		n, err := strconv.Atoi(word)
		if err != nil || n < 1 || n > mostRemindDays {
			return nil, false
		}
		list = append(list, n)
	}
	slices.Sort(list)
	slices.Reverse(list)
	list = slices.Compact(list)
	switch {
	case len(list) > mostReminders:
		return nil, false
	case len(list) == 0:
		return DayList{0}, true
	case slices.Equal(list, usual):
		return nil, true
	}
	return list, true
}

// The fields of reminders and of the term.
const (
	fieldRemind      = "remind_days"
	fieldTerm        = "term_days"
	fieldUncollected = "uncollected_remind_days"
)

// fillTerm reads the term and the reminders; scripts from before there were any leave
// them as they are. Nobody's application is closed who was not warned.
func (f SettingsForm) fillTerm(s *Settings, problems *Problems) {
	for _, days := range []struct {
		field string
		list  *DayList
		usual DayList
	}{{fieldRemind, &s.RemindDays, usualRemind}, {fieldUncollected, &s.UncollectedDays, usualUncollected}} {
		posted, there := f[days.field]
		if !there {
			continue
		}
		read, ok := parseDayList(Clean(posted), days.usual)
		if *days.list = read; !ok {
			problems.Add(days.field, sayBadDayList)
		}
	}
	if posted, there := f[fieldTerm]; there {
		s.TermDays = 0
		if typed := HalfWidth(Clean(posted)); typed != "" && typed != "0" {
			n, err := strconv.Atoi(typed)
			if err != nil || n < leastTerm || n > mostTerm {
				problems.Add(fieldTerm, sayBadTerm)
				return
			}
			s.TermDays = n
		}
	}
	if s.TermDays > 0 && len(s.warnings()) == 0 && problems.Of(fieldRemind) == "" {
		problems.Add(fieldRemind, sayTermNeedsReminder)
	}
}

// showTerm puts the term and the reminders into the form.
func (f SettingsForm) showTerm(s *Settings) {
	f[fieldRemind], f[fieldTerm] = formOf(s.RemindDays.days(usualRemind)), ""
	f[fieldUncollected] = formOf(slices.Sorted(slices.Values(s.UncollectedDays.days(usualUncollected))))
	if s.TermDays > 0 {
		f[fieldTerm] = strconv.Itoa(s.TermDays)
	}
}

// warnings are how many days before the end of the term somebody is reminded, the most
// first: none without a term.
func (s *Settings) warnings() DayList {
	return slices.DeleteFunc(slices.Clone(s.RemindDays.days(usualRemind)), func(n int) bool { return n >= s.TermDays })
}

// WarnsFrom is after how many days a returned application is reminded first, 0 for never.
func (s *Settings) WarnsFrom() int {
	if warnings := s.warnings(); len(warnings) > 0 {
		return s.TermDays - warnings[0]
	}
	return 0
}

// Grace is how many days whoever is warned for the first time has at least, 0 without a
// term.
func (s *Settings) Grace() int {
	if warnings := s.warnings(); len(warnings) > 0 {
		return warnings[0]
	}
	return 0
}

// CollectFrom is after how many days somebody is reminded of a new certificate first, 0
// for never.
func (s *Settings) CollectFrom() int {
	if days := s.UncollectedDays.days(usualUncollected); len(days) > 0 {
		return days[len(days)-1]
	}
	return 0
}

// Reminders are those of this wait that count, the oldest first.
func (a *Application) Reminders() (list []*Aside) {
	for i := range a.Asides {
		one := &a.Asides[i]
		if (one.Act == ActRemindReturn || one.Act == ActRemindCollect) && one.At >= a.Since() && !one.Void {
			list = append(list, one)
		}
	}
	return list
}

// Reminder is the last one of this wait that counts, nil where there was none yet.
func (a *Application) Reminder() *Aside {
	if list := a.Reminders(); len(list) > 0 {
		return list[len(list)-1]
	}
	return nil
}

// Deadline is the last day, YYYYMMDD, on which a returned application can be corrected,
// as it is known on a day; "" where there is none. It is no earlier than any that the
// candidate was told of, and leaves those who were not told yet the days of a warning.
func (a *Application) Deadline(s *Settings, today string) string {
	if a.Status != Returned || s.Grace() == 0 {
		return ""
	}
	end := StartOf(a.Since().Date(), s.TermDays).Date()
	if last := a.Reminder(); last != nil {
		return max(end, last.Until)
	}
	return max(end, StartOf(today, s.Grace()).Date())
}

// Remind notes that the candidate is to be reminded now, and tells whether that is so:
// of several days that are due at once the last one counts.
func (a *Application) Remind(by Actor, now time.Time, s *Settings) bool {
	today, last := Today(now), a.Reminder()
	switch a.Status {
	case Returned:
		until := a.Deadline(s, today)
		if until == "" || DaysBetween(a.Since(), At(now)) < s.WarnsFrom() {
			return false
		}
		left, due := DaysBetween(StartOf(today, 0), StartOf(until, 0)), 0
		for _, n := range s.warnings() { // the most first
			if n >= left {
				due = n
			}
		}
		if left < 0 || due == 0 || last != nil && last.Until == until && due >= last.Days {
			return false
		}
		a.aside(by, now, Aside{Act: ActRemindReturn, Until: until, Days: due})
		return true
	case Ready:
		due := 0
		for _, n := range s.UncollectedDays.days(usualUncollected) {
			if n <= DaysBetween(a.Since(), At(now)) {
				due = max(due, n)
			}
		}
		if due == 0 || last != nil && due <= last.Days {
			return false
		}
		a.aside(by, now, Aside{Act: ActRemindCollect, Days: due})
		return true
	}
	return false
}

// Lapse closes a returned application whose last day is over, of which its candidate was
// told, and tells whether that is so.
func (a *Application) Lapse(by Actor, now time.Time, s *Settings) (bool, error) {
	until := a.Deadline(s, Today(now))
	if until == "" || Today(now) <= until { // who was not reminded yet has days left
		return false, nil
	}
	return true, a.move(ActLapse, by, now, Event{Reasons: []Reason{lapsed}})
}

func (l DayList) String() string {
	switch {
	case len(l) == 0:
		return sayUsualDays
	case l[0] == 0:
		return sayNeverReminds
	}
	return formOf(l)
}
