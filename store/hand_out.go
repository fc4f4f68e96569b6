package store

import (
	"errors"
	"slices"

	"certreissue/idcard"
	"certreissue/reissue"
)

// ReadyBeside are an application and what else is ready of its holder, the one that came
// first before the others; it is reissue.ErrNotFound for one of another city.
func (s *Store) ReadyBeside(staff *reissue.Staff, number uint64) (a *reissue.Application, others Visible, err error) {
	err = s.view(func(tx *txn) error {
		if a, err = applicationFor(tx, staff, number); err != nil {
			return err
		}
		others, err = personVisible(tx, staff, a.Person, func(other *reissue.Application) bool {
			return other.Status == reissue.Ready
		})
		slices.Reverse(others.List)
		return err
	})
	return a, others, err
}

// ServedBy are the cities that serve whoever has the number of an ID card, where the
// staff member does not.
func (s *Store) ServedBy(staff *reissue.Staff, number idcard.Number) (cities Elsewhere, err error) {
	err = s.view(func(tx *txn) error {
		cities, err = tx.elsewhere(staff, reissue.Person{Paper: reissue.IDCard, Number: number})
		return err
	})
	return cities, err
}

// TogetherError tells what stands against doing something to several applications at
// once: nothing was done to any of them.
type TogetherError struct{ Each []Against }

// Against is what stands against it in one of them, which is as it is now.
type Against struct {
	*reissue.Application
	Err error
}

func (e *TogetherError) Error() string { return "something stands against doing it to all" }

// HandOutTogether hands out several certificates of one person: all of them or none. act
// is what is done to each, in the order of picked; a revision of 0 takes each as it is
// now. What stands against it in any of them is a *TogetherError.
func (s *Store) HandOutTogether(staff *reissue.Staff, picked []Picked, act Act) error {
	return s.update(staff.Actor(), func(tx *txn) error {
		var first *reissue.Application
		against := &TogetherError{}
		for _, one := range picked {
			a, err := applicationFor(tx, staff, one.Application)
			if err != nil {
				return err
			}
			if first == nil {
				first = a
			}
			if one.Revision == 0 {
				one.Revision = a.Revision
			}
			if err = a.Together(first); err == nil {
				err = tx.act(staff, one.Application, one.Revision, tx.with(act))
			}
			if standsAgainst(err) {
				against.Each = append(against.Each, Against{a, err})
			} else if err != nil {
				return err
			}
		}
		if len(against.Each) > 0 {
			return against
		}
		return nil
	})
}

// standsAgainst tells what a rule says from a failure.
func standsAgainst(err error) bool {
	var problems reissue.Problems
	var taken *NumberTakenError
	return errors.Is(err, reissue.ErrState) || errors.Is(err, reissue.ErrStale) || errors.As(err, &problems) || errors.As(err, &taken)
}
