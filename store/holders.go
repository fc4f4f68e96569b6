package store

import (
	"errors"

	"certreissue/reissue"
)

// AccountTakenError says that a number has an open account already.
type AccountTakenError struct{ Account uint64 }

func (e *AccountTakenError) Error() string { return "the number has an account" }

// refuseTaken refuses to give an account to a person whom the staff member does not
// serve, and is an *AccountTakenError where another open account signs in with
// the number, whatever its paper: at sign-in only the number is typed.
func refuseTaken(tx *txn, staff *reissue.Staff, person reissue.Person, but uint64) error {
	if err := tx.refuseElsewhere(staff, person); err != nil {
		return err
	}
	other, err := accountByNumber(tx, person.Number)
	if err != nil || other.ID == but {
		return ignoreNotFound(err)
	}
	if err := tx.refuseElsewhere(staff, other.Person); err != nil {
		return err
	}
	return &AccountTakenError{Account: other.ID}
}

// OpenAccount makes an account at the counter, for somebody who has shown a
// paper and cannot register alone: people with other papers, or whose account
// was closed by mistake. What the same person applied for under closed accounts
// comes along, so that nothing is left with nobody.
func (s *Store) OpenAccount(staff *reissue.Staff, holder reissue.Holder, email, hashed string) (*reissue.Account, error) {
	account := &reissue.Account{Person: holder.Person, Name: holder.Name, Email: email, Password: hashed, MustChange: true,
		BirthMonth: holder.BirthMonth, Sex: holder.Sex, Origin: reissue.OriginOffice, Touched: true}
	err := s.update(staff.Actor(), func(tx *txn) error {
		if err := refuseTaken(tx, staff, holder.Person, 0); err != nil {
			return err
		}
		if err := tx.insertAccount(account, "open"); err != nil {
			return err
		}
		closed, err := accounts.having(tx.Tx, "number", key(holder.Person.Number.Full()))
		if err != nil {
			return err
		}
		for _, old := range closed {
			if old.Closed != 0 && old.Person == holder.Person {
				if err := changeOwner(tx, old.ID, account.ID); err != nil {
					return err
				}
			}
		}
		return nil
	})
	return account, err
}

// CloseAccount ends an account for good. One with an application that is still
// open is refused: nobody could correct or follow it any more.
func (s *Store) CloseAccount(staff *reissue.Staff, number uint64, seen string) error {
	return s.update(staff.Actor(), func(tx *txn) error {
		shown, err := openAccountFor(tx, staff, number)
		if err != nil {
			return err
		}
		if err := tx.meetAccount(shown, seen); err != nil {
			return err
		}
		account, _, err := closable(tx, number, func(a *reissue.Application) string {
			return sayStillOpen(sayWhich(staff, a.ID, a.Fields.City))
		})
		if err != nil {
			return err
		}
		return tx.closeAccount(account, "shut")
	})
}

// closable is an account that may be closed, with its applications. One that is
// still open is a problem, which say puts into words.
func closable(tx *txn, number uint64, say func(*reissue.Application) string) (*reissue.Account, []*reissue.Application, error) {
	account, err := openAccount(tx, number)
	if err != nil {
		return nil, nil, err
	}
	list, err := applications.having(tx.Tx, "owner", key(number))
	for _, a := range list {
		if a.Status.Open() {
			return nil, nil, reissue.Problems{{Message: say(a)}}
		}
	}
	return account, list, err
}

// closeAccount ends an account with everything that could still act for it.
func (tx *txn) closeAccount(a *reissue.Account, act string) error {
	a.Closed, a.Password, a.Touched = tx.moment, "", true
	return errors.Join(accounts.put(tx.Tx, a), dropSessions(tx, SessionCandidate, a.ID), endResets(tx, a.ID),
		cancelMail(tx, a.ID, ""), dropDrafts(tx, a.ID), forgetTries(tx, signInTry(a)),
		tx.audit(Audit{Act: act, Object: objectAccount, ObjectID: a.ID}))
}

// CorrectHolder corrects whom an account belongs to, after the paper was seen.
// Its open applications follow, each with an event of its own; those that are
// done stay as they were printed. A new number ends what the old one could do.
func (s *Store) CorrectHolder(staff *reissue.Staff, number uint64, seen string, holder reissue.Holder) error {
	return s.changeAtCounter(staff, number, seen, actCorrect, func(tx *txn, a *reissue.Account) (fields []string, err error) {
		if a.Person != holder.Person {
			if err := refuseTaken(tx, staff, holder.Person, a.ID); err != nil {
				return nil, err
			}
			err = errors.Join(endSessions(tx, SessionCandidate, a.ID, nil), forgetTries(tx, signInTry(a)))
		}
		for _, corrected := range []struct {
			field   string
			differs bool
		}{
			{reissue.FieldPaper, a.Person.Paper != holder.Person.Paper}, {reissue.FieldIDNumber, a.Person.Number != holder.Person.Number},
			{reissue.FieldName, a.Name != holder.Name}, {reissue.FieldBirthMonth, a.BirthMonth != holder.BirthMonth}, {reissue.FieldSex, a.Sex != holder.Sex},
		} {
			if corrected.differs {
				fields = append(fields, corrected.field)
			}
		}
		if err != nil || len(fields) == 0 {
			return fields, err
		}
		moved := a.Person != holder.Person
		a.Person, a.Name, a.BirthMonth, a.Sex = holder.Person, holder.Name, holder.BirthMonth, holder.Sex
		if err := correctApplications(tx, staff, a.ID, holder, moved); err != nil {
			return nil, err
		}
		subject, body := holderCorrectedMail(tx.settings.OfficeName)
		return fields, tx.post(&Mail{To: a.Email, Subject: subject, Body: body, Account: a.ID})
	})
}

// correctApplications takes a corrected holder over into an account's open
// applications. One that was made from a line of the register cannot follow to
// another number while the line has the old one.
func correctApplications(tx *txn, staff *reissue.Staff, account uint64, holder reissue.Holder, moved bool) error {
	list, err := applications.having(tx.Tx, "owner", key(account))
	if err != nil {
		return err
	}
	for _, a := range list {
		if !a.Status.Open() {
			continue
		}
		var line *reissue.Certificate
		if moved && a.Certificate != 0 {
			if line, err = certificates.get(tx.Tx, key(a.Certificate)); err != nil {
				return err
			}
			if line.Person != holder.Person {
				return reissue.Problems{{Field: reissue.FieldIDNumber, Message: sayLineHasOldNumber(sayWhich(staff, a.ID, a.Fields.City))}}
			}
		}
		changed, err := a.CorrectHolder(tx.by, tx.now, holder)
		if err != nil {
			return err
		}
		if !changed {
			continue
		}
		if line != nil {
			a.Follow(line, tx.moment)
		}
		err = tx.record(a)
		var open *OpenError
		if errors.As(err, &open) {
			return reissue.Problems{{Field: reissue.FieldIDNumber, Message: sayOtherOpen(sayWhich(staff, open.Application, open.City))}}
		}
		if err != nil {
			return err
		}
	}
	return nil
}
