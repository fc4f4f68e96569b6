package store

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"certreissue/reissue"
)

// What a page showed of a record comes back with its forms (seen), so that nobody acts
// on what a colleague has changed meanwhile. It is the last row of the log that tells
// of a change, and a sum of the values, since some change without a row of their own.

// StaleError refuses an act on a record that is no longer as the form showed it. Since
// is what was done to it meanwhile, the newest first, as far as the log tells.
type StaleError struct{ Since []Deed }

func (e *StaleError) Error() string { return "the record has changed since the form showed it" }

// Unwrap makes it a reissue.ErrStale.
func (e *StaleError) Unwrap() error { return reissue.ErrStale }

// looks are acts of the log that change nothing of their object.
var looks = []string{"viewed", "ask_reset", "sign_out", "renew", actExport}

// seenNow stands for a record as pages show it: values are what they show.
func (tx *txn) seenNow(object string, number uint64, values ...any) (string, error) {
	row := uint64(0)
	for _, k := range audits.entries(tx.Tx, "object", key(object, number), nil, true) {
		a, err := audits.get(tx.Tx, k)
		if tx.leftOut(err) {
			continue
		}
		if err != nil {
			return "", err
		}
		if !slices.Contains(looks, a.Act) {
			row = a.ID
			break
		}
	}
	sum := tx.store.Sign("seen "+object, strconv.FormatUint(number, 10), strconv.FormatUint(row, 10), fmt.Sprint(values...))
	return fmt.Sprintf("%d.%x", row, sum[:8]), nil
}

// meet refuses what a form that showed seen asks for, where the record is by now
// another one than that: a *StaleError. A post that does not tell what it was made
// from is taken.
func (tx *txn) meet(seen, now, object string, number uint64) error {
	if seen == "" || seen == now {
		return nil
	}
	digits, _, _ := strings.Cut(seen, ".")
	from, _ := strconv.ParseUint(digits, 10, 64)
	deeds, err := deedsOf(tx, object, number)
	if err != nil {
		return err
	}
	return &StaleError{Since: slices.DeleteFunc(deeds, func(d Deed) bool { return d.ID <= from || slices.Contains(looks, d.Act) })}
}

// accountSeen stands for an account as the counter sees it.
func accountSeen(tx *txn, a *reissue.Account) (string, error) {
	return tx.seenNow(objectAccount, a.ID, a.Person.Key(), a.Name, a.Email, a.BirthMonth, a.Sex, a.MustChange, a.Closed)
}

func (tx *txn) meetAccount(a *reissue.Account, seen string) error {
	now, err := accountSeen(tx, a)
	if err != nil {
		return err
	}
	return tx.meet(seen, now, objectAccount, a.ID)
}

// staffSeen stands for a login of the office as its administrator sees it.
func staffSeen(tx *txn, s *reissue.Staff) (string, error) {
	return tx.seenNow(objectStaff, s.ID, s.Name, s.Roles, s.Cities, s.MustChange, s.Disabled, s.Factor.Since)
}

// staffAsSeen is a login that an administrator acts on by a form that showed seen.
func (tx *txn) staffAsSeen(number uint64, seen string) (*reissue.Staff, error) {
	staff, err := staffs.get(tx.Tx, key(number))
	if err != nil {
		return nil, err
	}
	now, err := staffSeen(tx, staff)
	if err != nil {
		return nil, err
	}
	return staff, tx.meet(seen, now, objectStaff, number)
}
