package store

import (
	"errors"
	"slices"

	"certreissue/reissue"
)

// Filer is who fills in the forms of an account's applications: its holder, or a staff
// member for somebody who has come to the counter. What one of them types is no draft of
// the other's.
type Filer struct {
	store   *Store
	account uint64
	staff   *reissue.Staff // nil: the holder
}

// Holder is the account itself. What is another's is reissue.ErrNotFound.
func (s *Store) Holder(account uint64) Filer { return Filer{s, account, nil} }

// AtCounter is a staff member for an account. What is of cities that the staff member does
// not serve is reissue.ErrNotFound.
func (s *Store) AtCounter(staff *reissue.Staff, account uint64) Filer {
	return Filer{s, account, staff}
}

// Owner is whose applications they are; reissue.ErrNotFound for a closed account.
func (by Filer) Owner() (owner *reissue.Account, err error) {
	err = by.store.view(func(tx *txn) error {
		owner, err = by.owner(tx)
		return err
	})
	return owner, err
}

func (by Filer) actor() reissue.Actor {
	if by.staff != nil {
		return by.staff.Actor()
	}
	return reissue.Candidate(by.account)
}

func (by Filer) owner(tx *txn) (*reissue.Account, error) {
	if by.staff != nil {
		return openAccountFor(tx, by.staff, by.account)
	}
	return openAccount(tx, by.account)
}

// serves tells whether the filer may see what is of a city, or of none.
func (by Filer) serves(city string) bool {
	return by.staff == nil || by.staff.Covers(city) || reissue.CityKey(city) == ""
}

// Application is one of the account's; reissue.ErrNotFound for anybody else's.
func (by Filer) Application(number uint64) (a *reissue.Application, err error) {
	err = by.store.view(func(tx *txn) error {
		a, err = by.application(tx, number)
		return err
	})
	return a, err
}

func (by Filer) application(tx *txn, number uint64) (*reissue.Application, error) {
	a, err := applicationOf(tx, by.account, number)
	if err == nil && !by.serves(a.Fields.City) {
		return nil, reissue.ErrNotFound
	}
	return a, err
}

// certificate is one that the account may see.
func (by Filer) certificate(tx *txn, owner *reissue.Account, number uint64) (*reissue.Certificate, error) {
	c, err := certificateOf(tx, owner, number)
	if err == nil && !by.serves(c.City) {
		return nil, reissue.ErrNotFound
	}
	return c, err
}

// cities are those that an application can be for.
func (by Filer) cities(tx *txn) ([]string, error) {
	names, err := cityNames(tx)
	return slices.DeleteFunc(names, func(city string) bool { return !by.serves(city) }), err
}

// Certificates are those that the account may see: its person's, under its name.
func (by Filer) Certificates() (list []*reissue.Certificate, err error) {
	err = by.store.view(func(tx *txn) error {
		owner, err := by.owner(tx)
		if err != nil {
			return err
		}
		lines, err := linesOf(tx, owner.Person)
		list = slices.DeleteFunc(matching(lines, owner.Name), func(c *reissue.Certificate) bool { return !by.serves(c.City) })
		return err
	})
	return list, err
}

// Applications are the account's, the newest first.
func (by Filer) Applications() (list []*reissue.Application, err error) {
	err = by.store.view(func(tx *txn) error {
		for _, k := range applications.entries(tx.Tx, "owner", key(by.account), nil, true) {
			a, err := applications.get(tx.Tx, k)
			if err != nil {
				return err
			}
			if by.serves(a.Fields.City) {
				list = append(list, a)
			}
		}
		return nil
	})
	return list, err
}

// Withdraw is the candidate's way out before a decision.
func (by Filer) Withdraw(number, revision uint64) error {
	return by.store.update(by.actor(), func(tx *txn) error {
		a, err := by.application(tx, number)
		if err != nil {
			return err
		}
		if !a.Status.Editable() {
			return reissue.ErrState
		}
		if a.Revision != revision {
			return reissue.ErrStale
		}
		if err := a.Withdraw(tx.by, tx.now); err != nil {
			return err
		}
		return errors.Join(tx.record(a), dropDraft(tx, by.account, Form{FormEdit, number}))
	})
}
