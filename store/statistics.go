package store

import (
	"errors"
	"reflect"
	"strconv"

	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

// Tally counts the applications in each state by the key of their city; those that are
// held are counted under tallyHeld, and not as waiting. It is
// kept in the transactions of the acts: the desk must not count a hundred
// thousand records for each look.
type Tally map[reissue.Status]map[string]int

var tallies = single[Tally]{"tally"}

// tallyHeld stands in a Tally where the state of what is not held stands.
const tallyHeld reissue.Status = "held"

// add changes the count of a state and city; what falls to nothing goes.
func (t Tally) add(a *reissue.Application, n int) {
	city, status := reissue.CityKey(a.Fields.City), a.Status
	if a.Held() {
		status = tallyHeld
	}
	if t[status] == nil {
		t[status] = map[string]int{}
	}
	if t[status][city] += n; t[status][city] == 0 {
		delete(t[status], city)
	}
	if len(t[status]) == 0 {
		delete(t, status)
	}
}

// Day is what happened on one day and stands: acts, without the decisions that were
// taken back on whichever day, and the reasons of its returns as they were worded.
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

// add changes the count of an event.
func (d *Day) add(event *reissue.Event, n int) {
	addCount(&d.Acts, event.Act, n)
	if event.Act != reissue.ActReturn && event.Act != reissue.ActLeaveReturn {
		return
	}
	for _, reason := range event.Reasons {
		addCount(&d.Reasons, reason.Label, n)
	}
}

// addCount changes one of some counts; what falls to nothing goes, so that they are as
// if it had never been counted.
func addCount[K comparable](counts *map[K]int, of K, n int) {
	if *counts == nil {
		*counts = map[K]int{}
	}
	if (*counts)[of] += n; (*counts)[of] == 0 {
		delete(*counts, of)
	}
	if len(*counts) == 0 {
		*counts = nil
	}
}

// countEvent counts one event of an application on its day, and counts the decision
// that it has taken back off the day on which that was made.
func countEvent(a *reissue.Application, i int, add func(event *reissue.Event, n int) error) error {
	err := add(&a.History[i], 1)
	if back := a.TookBack(i); back != nil {
		err = errors.Join(err, add(back, -1))
	}
	return err
}

// Decided is how many applications were approved, returned or refused in the review.
// What leaves production was decided before, and is told by Left.
func (d *Day) Decided() int {
	return d.Acts[reissue.ActApprove] + d.Acts[reissue.ActReturn] + d.Acts[reissue.ActRefuse]
}

// Left is how many applications have left production.
func (d *Day) Left() int {
	return d.Acts[reissue.ActLeaveReturn] + d.Acts[reissue.ActLeaveApprove] + d.Acts[reissue.ActLeaveRefuse]
}

// count brings the statistics into step with the last event of an application;
// before is the application without it, nil for a new one.
func (tx *txn) count(before, after *reissue.Application) error {
	if err := tx.recount(before, after); err != nil {
		return err
	}
	return countEvent(after, len(after.History)-1, addTo(&days, tx.Tx))
}

// recount is the part of count about what there is.
func (tx *txn) recount(before, after *reissue.Application) error {
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
	return tallies.put(tx.Tx, tally)
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
		err = errors.Join(err, countEvent(a, i, addTo(&forgottenDays, tx.Tx)))
	}
	return err
}

// addTo changes the counts that a table keeps.
func addTo(table *Table[Day], tx *bolt.Tx) func(event *reissue.Event, n int) error {
	return func(event *reissue.Event, n int) error {
		day, err := dayOf(table, tx, event.At)
		if err != nil {
			return err
		}
		day.add(event, n)
		return table.put(tx, day)
	}
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

// countAnew counts what the acts have counted; ok is false where a record cannot be
// read.
func countAnew(tx *bolt.Tx, step func(...string) bool) (tally Tally, byDate map[int]*Day, ok bool) {
	tally, byDate = Tally{}, map[int]*Day{}
	add := func(event *reissue.Event, n int) error {
		date := dateNumber(event.At.Date())
		if byDate[date] == nil {
			byDate[date] = &Day{Date: date}
		}
		byDate[date].add(event, n)
		return nil
	}
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
			_ = countEvent(a, i, add) // which does not fail
		}
	}
	return tally, byDate, true
}

// recountDays makes the days anew; it leaves them where ok is false, since a record
// cannot be read.
func recountDays(tx *bolt.Tx) (tally Tally, ok bool, err error) {
	tally, byDate, ok := countAnew(tx, func(...string) bool { return true })
	if !ok {
		return nil, false, nil
	}
	if err := days.empty(tx); err != nil {
		return nil, false, err
	}
	for _, day := range byDate {
		err = errors.Join(err, days.put(tx, day))
	}
	return tally, true, err
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
