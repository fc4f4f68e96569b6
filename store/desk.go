package store

import (
	"errors"
	"maps"
	"slices"
	"strconv"

	"certreissue/reissue"
)

// Desk is what an office sees first.
type Desk struct {
	Tally   Tally
	Cities  []CityLoad // with something to do, by name
	Oldest  reissue.Moment
	Overdue int
	Proofs  int // 合格证明 that wait to be printed
	Held    int // applications, which wait, and are not counted among those that do
	Late        // what does not go on elsewhere
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

// Late is how much has not gone on for longer than the office's settings say.
type Late struct {
	Returned, Uncollected int // applications
	Batches               int
}

// count walks the keys of what is late alone.
func (l *Late) count(tx *txn, staff *reissue.Staff) error {
	cities := []string{""}
	if staff.Limited() {
		cities = staff.Cities
	}
	for _, city := range cities {
		for status, n := range map[reissue.Status]*int{reissue.Returned: &l.Returned, reissue.Ready: &l.Uncollected} {
			in := span{index: "since", prefix: sinceFacet(status, city), to: key(tx.settings.LateBefore(status, tx.now))}
			for range applications.walk(tx.Tx, in, nil) {
				*n++
			}
		}
	}
	for _, k := range batches.walk(tx.Tx, lateBatches(tx), nil) {
		b, err := batches.get(tx.Tx, k)
		if tx.leftOut(err) {
			continue
		}
		if err != nil {
			return err
		}
		if coversBatch(staff, b) {
			l.Batches++
		}
	}
	return nil
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
		if err := errors.Join(d.load(tx, staff), d.Late.count(tx, staff)); err != nil {
			return err
		}
		d.Proofs = countProofsWaiting(tx.Tx, staff)
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
			if status == tallyHeld {
				d.Held += n
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
	prefix, limit := facet(reissue.Pending, city, 0, 0), tx.settings.LateBefore(reissue.Pending, tx.now)
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
