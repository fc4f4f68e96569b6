package store

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"time"

	"certreissue/idcard"
	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

// Filter says which applications a list shows; zero fields do not filter.
type Filter struct {
	Status reissue.Status
	City   string
	Exam   uint64
	Year   int
	Query  string        // a whole application or certificate number, or the beginning of a name
	Number idcard.Number // of a person, whatever the paper
	Newest bool          // first; otherwise who has waited longest
}

// Queue is one page of the applications of a staff member's cities that pass the
// filter.
func (s *Store) Queue(staff *reissue.Staff, filter Filter, cursor string, size int) (page Page[reissue.Application], err error) {
	passes := filter.passes(staff)
	err = s.view(func(tx *txn) (err error) {
		// A certificate's number may look like an application's.
		if number, ok := reissue.ParseNumber(filter.Query); ok && cursor == "" {
			a, err := applications.get(tx.Tx, key(number))
			if err == nil && passes(a) {
				page.Rows = append(page.Rows, a)
			}
			if !isNotFound(err) {
				return err
			}
		}
		page, err = applications.page(tx, filter.span(staff), cursor, size, passes)
		return err
	})
	return page, err
}

// Beside is the number of the application that follows number in the filtered
// list, or precedes it; from 0 the list's first or last. It passes over those
// that skip names, and is 0 at the list's end. The one it starts from need not
// be in the list any more: a decision takes it out. From one of another city it
// leads nowhere, as from one that is missing: reissue.ErrNotFound.
func (s *Store) Beside(staff *reissue.Staff, filter Filter, number uint64, backwards bool, skip func(uint64) bool) (found uint64, err error) {
	err = s.view(func(tx *txn) error {
		in, passes := filter.span(staff), filter.passes(staff)
		var after []byte
		if number != 0 {
			a, err := applicationFor(tx, staff, number)
			if err != nil {
				return err
			}
			after = position(in, a)
		}
		steps := 0
		for _, k := range applications.entries(tx.Tx, in.index, in.prefix, after, in.backwards != backwards) {
			a, err := applications.get(tx.Tx, k)
			if tx.leftOut(err) {
				continue
			}
			if err != nil {
				return err
			}
			if steps++; steps > maxSteps {
				return nil
			}
			if passes(a) && !skip(a.ID) {
				found = a.ID
				return nil
			}
		}
		return nil
	})
	return found, err
}

// position is where an application stands, or stood before it was decided, in
// a list.
func position(in span, a *reissue.Application) []byte {
	if in.index == "queue" {
		return slices.Concat(in.prefix, key(a.Queued, a.ID))
	}
	for _, i := range applications.indexes {
		if i.name != in.index {
			continue
		}
		for _, entry := range i.keys(a) {
			if bytes.HasPrefix(entry, in.prefix) {
				return append(entry, key(a.ID)...)
			}
		}
	}
	return nil
}

// EachApplication gives every application of a staff member's cities that passes
// the filter, in the order of the queue.
func (s *Store) EachApplication(staff *reissue.Staff, filter Filter, do func(*reissue.Application) error) error {
	return each(func(cursor string) (Page[reissue.Application], error) {
		return s.Queue(staff, filter, cursor, eachRows)
	}, do)
}

// span is the part of an index that leaves the fewest records to look at.
func (f *Filter) span(staff *reissue.Staff) span {
	certificate, ok := reissue.ParseCertificateNumber(f.Query)
	// Without a digit it is the beginning of a name in Latin letters.
	isNumber := ok && strings.ContainsAny(certificate, "0123456789")
	switch {
	case f.Number != "":
		return span{index: "person", prefix: key(f.Number.Full()), backwards: f.Newest}
	case isNumber:
		return span{index: "number", prefix: key(certificate), backwards: f.Newest}
	case f.Query != "":
		return span{index: "name", prefix: []byte(reissue.CleanName(f.Query)), backwards: f.Newest}
	}
	city := f.City
	if city == "" && staff.Limited() && len(staff.Cities) == 1 {
		city = staff.Cities[0]
	}
	year := f.Year
	if f.Exam != 0 {
		year = 0
	}
	return span{index: "queue", prefix: facet(f.Status, city, year, f.Exam), backwards: f.Newest}
}

func (f *Filter) passes(staff *reissue.Staff) func(*reissue.Application) bool {
	return func(a *reissue.Application) bool {
		return (f.Status == "" || a.Status == f.Status) &&
			(f.City == "" || reissue.CityKey(a.Fields.City) == reissue.CityKey(f.City)) &&
			(f.Exam == 0 || a.Exam == f.Exam) &&
			(f.Year == 0 || a.Fields.ExamYear == f.Year) &&
			(f.Number == "" || a.Person.Number == f.Number) &&
			staff.Covers(a.Fields.City)
	}
}

// Application is one application as staff may see it; reissue.ErrNotFound
// outside the staff member's cities.
func (s *Store) Application(staff *reissue.Staff, number uint64) (a *reissue.Application, err error) {
	err = s.view(func(tx *txn) error {
		a, err = applicationFor(tx, staff, number)
		return err
	})
	return a, err
}

func applicationFor(tx *txn, staff *reissue.Staff, number uint64) (*reissue.Application, error) {
	a, err := applications.get(tx.Tx, key(number))
	if err == nil && !staff.Covers(a.Fields.City) {
		return nil, reissue.ErrNotFound
	}
	return a, err
}

// Act is one of reissue's acts by staff, with what it needs to know.
type Act func(a *reissue.Application, by reissue.Actor, now time.Time, on reissue.Grounds) error

// Change runs an act of a staff member on the application as it is now. A
// revision that is not the one the screen showed is reissue.ErrStale, an act
// outside its state reissue.ErrState whatever the revision. What would be open
// again under a closed account, where nobody could follow it, is a Problem.
func (s *Store) Change(staff *reissue.Staff, number, revision uint64, act Act) error {
	return s.update(staff.Actor(), func(tx *txn) error {
		a, err := applicationFor(tx, staff, number)
		if err != nil {
			return err
		}
		owner, err := accounts.get(tx.Tx, key(a.Owner))
		if err != nil {
			return err
		}
		stale, batch := a.Revision != revision, a.Batch
		err = act(a, tx.by, tx.now, reissue.Grounds{Settings: tx.settings, Account: owner})
		switch {
		case errors.Is(err, reissue.ErrState), errors.Is(err, reissue.ErrRole):
			return err
		case stale:
			return reissue.ErrStale
		case err != nil:
			return err
		case owner.Closed != 0 && a.Status.Open():
			return reissue.Problems{{Message: sayOwnerGone}}
		}
		if err := tx.record(a); err != nil || a.Batch == batch {
			return err
		}
		return tx.leftBatch(batch)
	})
}

// unsend cancels the mail of an act that was undone, if it has not left.
func unsend(tx *bolt.Tx, now reissue.Moment, mail uint64) error {
	m, err := mails.get(tx, key(mail))
	if err != nil || m.Sent != 0 {
		return ignoreNotFound(err)
	}
	m.Cancelled = now
	return mails.put(tx, m)
}
