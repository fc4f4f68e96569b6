package reissue

import (
	"cmp"
	"maps"
	"slices"
)

// Report counts what was done to applications on some days, both included, and how long
// it took. Whoever makes one gives it the applications one by one.
type Report struct {
	From, To string // YYYYMMDD
	Total    *ReportRow
	Reasons  map[string]int // of returns, those out of production included, as they were worded
	limits   [stages]int

	exams  map[examKey]*ReportRow
	cities map[string]*ReportRow
	months map[string]*ReportRow
	staff  map[uint64]*ReportRow

	from, to Moment // the first moment, and the first one after it
}

type examKey struct {
	year int
	name string
}

// ReportRow is what a report tells of one exam, city, month or staff member, or in all.
type ReportRow struct {
	Year   int    // of an exam
	Name   string // of an exam, a city, or a month, YYYYMM
	Staff  uint64
	counts [counted]int
	days   [stages]map[int]int // how many took so many days
	limits *[stages]int
}

// NewReport is an empty report of the days from one to another, YYYYMMDD. What took
// longer than the settings allow is late in it.
func NewReport(from, to string, s *Settings) *Report {
	r := &Report{From: from, To: to, Reasons: map[string]int{}, exams: map[examKey]*ReportRow{}, cities: map[string]*ReportRow{}, months: map[string]*ReportRow{},
		staff: map[uint64]*ReportRow{}, from: StartOf(from, 0), to: StartOf(to, 1)}
	r.limits[StageReview], r.limits[StageCollect] = s.TargetDays, s.Reminders.CollectDays()
	r.Total = &ReportRow{limits: &r.limits}
	return r
}

// Add counts what was done to an application on the report's days.
func (r *Report) Add(a *Application) {
	for _, deed := range a.Deeds() {
		if deed.At < r.from || deed.At >= r.to {
			continue
		}
		f := &a.Fields
		rows := []*ReportRow{r.Total,
			rowOf(r.exams, examKey{f.ExamYear, Key(f.ExamName)}, ReportRow{Year: f.ExamYear, Name: f.ExamName, limits: &r.limits}),
			rowOf(r.cities, CityKey(f.City), ReportRow{Name: f.City, limits: &r.limits}),
			rowOf(r.months, deed.At.Date()[:6], ReportRow{Name: deed.At.Date()[:6], limits: &r.limits})}
		if deed.By != 0 {
			rows = append(rows, rowOf(r.staff, deed.By, ReportRow{Staff: deed.By, limits: &r.limits}))
		}
		for _, row := range rows {
			row.add(&deed)
		}
		for _, reason := range deed.Reasons {
			r.Reasons[reason.Label]++
		}
	}
}

// Exams are the rows of the exams, the latest year first.
func (r *Report) Exams() []*ReportRow {
	return slices.SortedFunc(maps.Values(r.exams), func(a, b *ReportRow) int {
		return cmp.Or(cmp.Compare(b.Year, a.Year), cmp.Compare(a.Name, b.Name))
	})
}

// Cities are those of the cities, by name; one has none.
func (r *Report) Cities() []*ReportRow { return byName(r.cities) }

// Months are those of the months in which something was done, the first one first.
func (r *Report) Months() []*ReportRow { return byName(r.months) }

func byName(rows map[string]*ReportRow) []*ReportRow {
	return slices.SortedFunc(maps.Values(rows), func(a, b *ReportRow) int { return cmp.Compare(a.Name, b.Name) })
}

// Staff are those of the staff members who have done something.
func (r *Report) Staff() []*ReportRow {
	return slices.SortedFunc(maps.Values(r.staff), func(a, b *ReportRow) int { return cmp.Compare(a.Staff, b.Staff) })
}

func rowOf[K comparable](rows map[K]*ReportRow, key K, empty ReportRow) *ReportRow {
	if rows[key] == nil {
		rows[key] = &empty
	}
	return rows[key]
}

func (row *ReportRow) add(deed *Deed) {
	row.counts[deed.Count]++
	if days, ok := deed.Days(); ok {
		if row.days[deed.Stage] == nil {
			row.days[deed.Stage] = map[int]int{}
		}
		row.days[deed.Stage][days]++
	}
}

// Count is how many of a kind were done.
func (row *ReportRow) Count(of Counted) int { return row.counts[of] }

// Decided is how many decisions the review has made.
func (row *ReportRow) Decided() int {
	return row.counts[CountApproved] + row.counts[CountReturned] + row.counts[CountRefused]
}

// Spread says how the days of a stage lie: of N that were ended the median and the 90th
// percentile, by the nearest rank, and the longest. Late is how many took longer than
// the office allows, where it has a limit: Limit days, 0 for none.
type Spread struct{ N, Median, Ninety, Longest, Late, Limit int }

// Spread is that of a stage.
func (row *ReportRow) Spread(stage Stage) (s Spread) {
	took := row.days[stage]
	for _, n := range took {
		s.N += n
	}
	if s.Limit = row.limits[stage]; s.N == 0 {
		return s
	}
	order := slices.Sorted(maps.Keys(took))
	s.Median, s.Ninety, s.Longest = nearestRank(order, took, s.N, 50), nearestRank(order, took, s.N, 90), order[len(order)-1]
	for _, days := range order {
		if s.Limit > 0 && days > s.Limit {
			s.Late += took[days]
		}
	}
	return s
}

// nearestRank is the least of n values that at least so many of a hundred do not exceed.
// order are the different ones, and took how often each is there.
func nearestRank(order []int, took map[int]int, n, percent int) int {
	rank, passed := (n*percent+99)/100, 0
	for _, value := range order {
		if passed += took[value]; passed >= rank {
			return value
		}
	}
	return 0
}
