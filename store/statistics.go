package store

import (
	"errors"
	"maps"
	"reflect"
	"slices"
	"strconv"

	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

// Tally counts the applications in each state by the key of their city. It is
// kept in the transactions of the acts: the desk must not count a hundred
// thousand records for each look.
type Tally map[reissue.Status]map[string]int

var tallies = single[Tally]{"tally"}

// add changes the count of a state and city; what falls to nothing goes.
func (t Tally) add(a *reissue.Application, n int) {
	city := reissue.CityKey(a.Fields.City)
	if t[a.Status] == nil {
		t[a.Status] = map[string]int{}
	}
	if t[a.Status][city] += n; t[a.Status][city] == 0 {
		delete(t[a.Status], city)
	}
	if len(t[a.Status]) == 0 {
		delete(t, a.Status)
	}
}

// Day is what happened on one day: acts, whether or not they were taken back
// later, and the reasons of its returns as they were worded.
type Day struct {
	Date    int                 `cbor:"1,keyasint"` // YYYYMMDD
	Acts    map[reissue.Act]int `cbor:"2,keyasint"`
	Reasons map[string]int      `cbor:"3,keyasint,omitempty"`
}

var days = Table[Day]{
	name: "days",
	key:  func(d *Day) []byte { return key(d.Date) },
}

// forgottenDays are the part of days that belongs to applications which the
// office keeps no longer: what was done stays done.
var forgottenDays = Table[Day]{
	name: "forgotten days",
	key:  func(d *Day) []byte { return key(d.Date) },
}

func dateNumber(date string) int {
	n, _ := strconv.Atoi(date)
	return n
}

// add counts one event.
func (d *Day) add(event *reissue.Event) {
	if d.Acts == nil {
		d.Acts = map[reissue.Act]int{}
	}
	d.Acts[event.Act]++
	if event.Act != reissue.ActReturn {
		return
	}
	if d.Reasons == nil {
		d.Reasons = map[string]int{}
	}
	for _, reason := range event.Reasons {
		d.Reasons[reason.Label]++
	}
}

// Decided is how many applications were approved, returned or refused.
func (d *Day) Decided() int {
	return d.Acts[reissue.ActApprove] + d.Acts[reissue.ActReturn] + d.Acts[reissue.ActRefuse]
}

// count brings the statistics into step with the last event of an application;
// before is the application without it, nil for a new one.
func (tx *txn) count(before, after *reissue.Application) error {
	tally, err := tallies.get(tx.Tx)
	if isNotFound(err) {
		tally, err = &Tally{}, nil
	}
	if err != nil {
		return err
	}
	if before != nil {
		tally.add(before, -1)
	}
	tally.add(after, 1)
	if err := tallies.put(tx.Tx, tally); err != nil {
		return err
	}
	event := &after.History[len(after.History)-1]
	return addTo(&days, tx.Tx, event)
}

// uncount takes an application that is forgotten out of the counts of what there
// is, and keeps its events among those of the forgotten ones.
func (tx *txn) uncount(a *reissue.Application) error {
	tally, err := tallies.get(tx.Tx)
	if err != nil {
		return err
	}
	tally.add(a, -1)
	err = tallies.put(tx.Tx, tally)
	for i := range a.History {
		err = errors.Join(err, addTo(&forgottenDays, tx.Tx, &a.History[i]))
	}
	return err
}

func addTo(table *Table[Day], tx *bolt.Tx, event *reissue.Event) error {
	day, err := dayOf(table, tx, event.At)
	if err != nil {
		return err
	}
	day.add(event)
	return table.put(tx, day)
}

// dayOf is the day of a moment, empty where nothing has happened yet.
func dayOf(table *Table[Day], tx *bolt.Tx, at reissue.Moment) (*Day, error) {
	date := dateNumber(at.Date())
	day, err := table.get(tx, key(date))
	if isNotFound(err) {
		return &Day{Date: date}, nil
	}
	return day, err
}

// Desk is what an office sees first.
type Desk struct {
	Tally   Tally
	Cities  []CityLoad // with something to do, by name
	Oldest  reissue.Moment
	Overdue int
	Today   *Day
	Months  []Month        // the last twelve, this one last
	Reasons map[string]int // of the returns in those months
}

// CityLoad is what is open in one city.
type CityLoad struct {
	Name    string
	Counts  map[reissue.Status]int
	Oldest  reissue.Moment // since when the longest-waiting one has queued; 0: none waits
	Overdue int
}

// Month is what happened in one month.
type Month struct {
	Month              string // YYYYMM
	Submitted, Decided int
}

// Desk counts what waits in the cities of a staff member, and what the whole
// office did today and in the last twelve months.
func (s *Store) Desk(staff *reissue.Staff) (d *Desk, err error) {
	err = s.view(func(tx *txn) error {
		d = &Desk{Tally: Tally{}, Reasons: map[string]int{}}
		if err := d.load(tx, staff); err != nil {
			return err
		}
		if d.Today, err = dayOf(&days, tx.Tx, tx.moment); err != nil {
			return err
		}
		return d.year(tx)
	})
	return d, err
}

// load reads the counters of the cities that the staff member covers. Only the
// overdue ones are walked, as keys.
func (d *Desk) load(tx *txn, staff *reissue.Staff) error {
	names, err := cityNames(tx)
	if err != nil {
		return err
	}
	tally, err := tallies.get(tx.Tx)
	if isNotFound(err) {
		return nil
	}
	if err != nil {
		return err
	}
	byCity := map[string]*CityLoad{}
	for status, cities := range *tally {
		for city, n := range cities {
			if !staff.Covers(city) {
				continue
			}
			if d.Tally[status] == nil {
				d.Tally[status] = map[string]int{}
			}
			d.Tally[status][city] = n
			if !status.Open() {
				continue
			}
			if byCity[city] == nil {
				name, ok := reissue.FindCity(names, city)
				if !ok {
					name = city
				}
				byCity[city] = &CityLoad{Name: name, Counts: map[reissue.Status]int{}}
			}
			byCity[city].Counts[status] = n
		}
	}
	for _, city := range slices.Sorted(maps.Keys(byCity)) {
		load := byCity[city]
		if load.Counts[reissue.Pending] > 0 {
			load.wait(tx, city)
		}
		if load.Oldest != 0 && (d.Oldest == 0 || load.Oldest < d.Oldest) {
			d.Oldest = load.Oldest
		}
		d.Overdue += load.Overdue
		d.Cities = append(d.Cities, *load)
	}
	return nil
}

// wait finds since when the city's pending applications have queued.
func (l *CityLoad) wait(tx *txn, city string) {
	prefix, limit := facet(reissue.Pending, city, 0, 0), tx.settings.OverdueBefore(tx.now)
	if city == "" {
		return // without a city there is no place in a city's queue
	}
	for entry := range applications.entries(tx.Tx, "queue", prefix, nil, false) {
		queued := reissue.Moment(id(entry[len(prefix):]))
		if l.Oldest == 0 {
			l.Oldest = queued
		}
		if queued >= limit {
			break
		}
		l.Overdue++
	}
}

// year sums up the last twelve months.
func (d *Desk) year(tx *txn) error {
	now := tx.moment.Time()
	first := now.AddDate(0, 0, 1-now.Day()).AddDate(0, -11, 0)
	places := map[string]int{}
	for i := range 12 {
		month := first.AddDate(0, i, 0).Format("200601")
		places[month] = i
		d.Months = append(d.Months, Month{Month: month})
	}
	for day, err := range days.from(tx.Tx, key(dateNumber(first.Format("20060102")))) {
		if err != nil {
			return err
		}
		i, ok := places[strconv.Itoa(day.Date)[:6]]
		if !ok {
			continue
		}
		d.Months[i].Submitted += day.Acts[reissue.ActSubmit]
		d.Months[i].Decided += day.Decided()
		for label, n := range day.Reasons {
			d.Reasons[label] += n
		}
	}
	return nil
}

// countAnew counts what the acts have counted; ok is false where a record cannot be
// read.
func countAnew(tx *bolt.Tx, step func(...string) bool) (tally Tally, byDate map[int]*Day, ok bool) {
	tally, byDate = Tally{}, map[int]*Day{}
	for day, err := range forgottenDays.all(tx) {
		if err != nil || !step(forgottenDays.name) {
			return nil, nil, false
		}
		byDate[day.Date] = day
	}
	for a, err := range applications.all(tx) {
		if err != nil || !step(applications.name) {
			return nil, nil, false
		}
		tally.add(a, 1)
		for i := range a.History {
			date := dateNumber(a.History[i].At.Date())
			if byDate[date] == nil {
				byDate[date] = &Day{Date: date}
			}
			byDate[date].add(&a.History[i])
		}
	}
	return tally, byDate, true
}

// checkStatistics counts everything anew.
func checkStatistics(tx *bolt.Tx, x *examination) {
	tally, byDate, ok := countAnew(tx, x.step)
	if !ok {
		return // reported with the table
	}
	kept, err := tallies.get(tx)
	if isNotFound(err) {
		kept, err = &Tally{}, nil
	}
	if err != nil || !reflect.DeepEqual(*kept, tally) {
		x.report(findTally())
	}
	for day, err := range days.all(tx) {
		if err != nil || !x.step(days.name) {
			return
		}
		if !reflect.DeepEqual(byDate[day.Date], day) {
			x.report(findDay(day.Date))
		}
		delete(byDate, day.Date)
	}
	for date := range byDate {
		x.report(findDay(date))
	}
}
