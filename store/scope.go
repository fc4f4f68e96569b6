package store

import (
	"slices"

	"certreissue/reissue"
)

// The scope of a reviewer who is limited to cities stands in the signature of every
// query and act of staff, as the owner does in those of candidates: what is of other
// cities is not there. A person is of the cities of their certificates and
// applications; whoever is of none may be served by all.

// Elsewhere are the cities that have what a staff member does not: all that is told
// of it.
type Elsewhere []string

// Visible are applications beside another record as a staff member may see them: those
// of their cities, and which cities have the others.
type Visible struct {
	List      []*reissue.Application
	Elsewhere Elsewhere
}

// Any tells whether there are applications, here or elsewhere.
func (v *Visible) Any() bool { return len(v.List)+len(v.Elsewhere) > 0 }

func (v *Visible) add(staff *reissue.Staff, a *reissue.Application) {
	if staff.Covers(a.Fields.City) {
		v.List = append(v.List, a)
	} else {
		v.Elsewhere = addCity(v.Elsewhere, a.Fields.City)
	}
}

// addCity adds a city that is not in the list yet, however it is written.
func addCity(list Elsewhere, city string) Elsewhere {
	if _, has := reissue.FindCity(list, city); has || reissue.CityKey(city) == "" {
		return list
	}
	return append(list, city)
}

// personVisible are a person's applications that a list is about, the newest first.
func personVisible(tx *txn, staff *reissue.Staff, person reissue.Person, about func(*reissue.Application) bool) (visible Visible, err error) {
	for _, k := range applications.entries(tx.Tx, "person", key(person.Key()), nil, true) {
		a, err := applications.get(tx.Tx, k)
		if tx.leftOut(err) {
			continue
		}
		if err != nil {
			return visible, err
		}
		if about(a) {
			visible.add(staff, a)
		}
	}
	return visible, nil
}

// elsewhere are the cities that serve a person where the staff member does not; none
// where they do.
func (tx *txn) elsewhere(staff *reissue.Staff, person reissue.Person) (cities Elsewhere, err error) {
	if !staff.Limited() {
		return nil, nil
	}
	lines, err := linesOf(tx, person)
	if err != nil {
		return nil, err
	}
	for _, line := range lines {
		cities = addCity(cities, line.City)
	}
	list, err := applications.having(tx.Tx, "person", key(person.Key()))
	if err != nil {
		return nil, err
	}
	// What was done before an account was corrected is under another person. It comes
	// along with the number, from closed accounts too.
	owners, err := accounts.having(tx.Tx, "number", key(person.Number.Full()))
	if err != nil {
		return nil, err
	}
	for _, owner := range owners {
		if owner.Person != person {
			continue
		}
		owned, err := applications.having(tx.Tx, "owner", key(owner.ID))
		if err != nil {
			return nil, err
		}
		list = append(list, owned...)
	}
	for _, a := range list {
		cities = addCity(cities, a.Fields.City)
	}
	if slices.ContainsFunc(cities, staff.Covers) {
		return nil, nil
	}
	slices.Sort(cities)
	return cities, nil
}

// refuseElsewhere is a problem of the number of a person whom the staff member does
// not serve.
func (tx *txn) refuseElsewhere(staff *reissue.Staff, person reissue.Person) error {
	cities, err := tx.elsewhere(staff, person)
	if err == nil && len(cities) > 0 {
		err = reissue.Problems{{Field: reissue.FieldIDNumber, Message: cities.Sentence()}}
	}
	return err
}

// accountFor is an account as staff may see it, a closed one too; reissue.ErrNotFound
// for somebody whom the staff member does not serve.
func accountFor(tx *txn, staff *reissue.Staff, number uint64) (*reissue.Account, error) {
	account, err := accounts.get(tx.Tx, key(number))
	if err != nil {
		return nil, err
	}
	cities, err := tx.elsewhere(staff, account.Person)
	if err != nil {
		return nil, err
	}
	if len(cities) > 0 {
		return nil, reissue.ErrNotFound
	}
	return account, nil
}

// openAccountFor is accountFor for an act, which a closed account takes no more.
func openAccountFor(tx *txn, staff *reissue.Staff, number uint64) (*reissue.Account, error) {
	account, err := accountFor(tx, staff, number)
	if err == nil && account.Closed != 0 {
		return nil, reissue.ErrNotFound
	}
	return account, err
}
