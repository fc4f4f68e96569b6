package store

import (
	"certreissue/reissue"
)

// NumberTakenError refuses a new number that somebody else has. One of Application and
// Certificate says where.
type NumberTakenError struct {
	Number      string
	Application uint64 // whose new number it is
	Certificate uint64 // of another person in the register
	City        string // whose work that is
}

func (e *NumberTakenError) Error() string { return "the new number is another's" }

// numberTaken is who else has an application's new number, nil for nobody: another
// application, but for an earlier one about the same certificate, or the register under
// another person, but for lines that were withdrawn. Many offices reissue under the person's own former number.
func numberTaken(tx *txn, a *reissue.Application) (*NumberTakenError, error) {
	number := a.NewNumber()
	for _, k := range numberKeys(number) {
		given, err := applications.readable(tx, "new_number", k)
		if err != nil {
			return nil, err
		}
		for _, other := range given {
			if other.ID != a.ID && !reissue.SameSubject(a, other) {
				return &NumberTakenError{Number: number, Application: other.ID, City: other.Fields.City}, nil
			}
		}
		lines, err := certificates.readable(tx, "number", k)
		if err != nil {
			return nil, err
		}
		for _, line := range lines {
			if line.Withdrawn == 0 && line.Person != a.Person {
				return &NumberTakenError{Number: number, Certificate: line.ID, City: line.City}, nil
			}
		}
	}
	return nil, nil
}

// judgeNumber refuses an act that gives an application a number of somebody else. An
// administrator may say that both have it. A number that comes back with what is undone
// does not where somebody else has it by now.
func judgeNumber(tx *txn, before, a *reissue.Application) error {
	act := a.History[len(a.History)-1].Act
	gives, undoes := act == reissue.ActNumber || act == reissue.ActHandOut, act == reissue.ActUndoLeave || act == reissue.ActCorrectHandOut
	if !gives && !undoes || before.NewNumber() == a.NewNumber() {
		return nil
	}
	taken, err := numberTaken(tx, a)
	switch {
	case err != nil || taken == nil:
		return err
	case undoes:
		a.Reissued = ""
		return nil
	}
	return taken
}

// NumberHolder is who else has the number that an application shall have, nil for
// nobody.
func (s *Store) NumberHolder(staff *reissue.Staff, application uint64, typed string) (taken *NumberTakenError, err error) {
	number, ok := reissue.ParseCertificateNumber(typed)
	if !ok {
		return nil, nil
	}
	err = s.view(func(tx *txn) error {
		a, err := applicationFor(tx, staff, application)
		if err != nil {
			return err
		}
		a.Reissued = number
		taken, err = numberTaken(tx, a)
		return err
	})
	return taken, err
}
