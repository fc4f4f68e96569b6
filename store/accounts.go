package store

import (
	"errors"

	"certreissue/idcard"
	"certreissue/reissue"
)

var accounts = Table[reissue.Account]{
	numbered: true,
	name:     "accounts",
	key:      func(a *reissue.Account) []byte { return key(a.ID) },
	indexes: []Index[reissue.Account]{
		// Registration and sign-in: one open account per person.
		{name: "person", unique: true, keys: func(a *reissue.Account) [][]byte {
			if a.Closed != 0 {
				return nil
			}
			return [][]byte{key(a.Person.Key())}
		}},
		// Sign-in and the counter's search by number alone, whatever the paper.
		{name: "number", keys: func(a *reissue.Account) [][]byte {
			return [][]byte{key(a.Person.Number.Full())}
		}},
		// The counter's search by the beginning of a name.
		{name: "name", keys: func(a *reissue.Account) [][]byte { return [][]byte{key(a.Name)} }},
	},
}

const objectAccount = "account"

func isNotFound(err error) bool { return errors.Is(err, reissue.ErrNotFound) }

func ignoreNotFound(err error) error {
	if isNotFound(err) {
		return nil
	}
	return err
}

// Register makes a candidate's own account. The account's person, name, e-mail
// and hashed password have been checked for form. A number that is taken, and a
// name that the register knows otherwise, are refused with one sentence.
func (s *Store) Register(account reissue.Account) (*reissue.Account, error) {
	err := s.update(reissue.System(), func(tx *txn) error {
		lines, err := linesOf(tx, account.Person)
		if err != nil {
			return err
		}
		if len(lines) > 0 && len(matching(lines, account.Name)) == 0 {
			return reissue.Problems{{Field: reissue.FieldIDNumber, Message: sayTakenOrMismatch}}
		}
		account.Origin, account.Touched = reissue.OriginSelf, true
		account.Consent.At = tx.moment
		tx.by = reissue.Candidate(0)
		err = tx.insertAccount(&account, "register")
		var taken *DuplicateError
		if errors.As(err, &taken) {
			return reissue.Problems{{Field: reissue.FieldIDNumber, Message: sayTakenOrMismatch}}
		}
		if err == nil {
			_, err = tx.askConfirmation(&account)
		}
		return err
	})
	return &account, err
}

// insertAccount gives the account its number and writes it with its audit row.
func (tx *txn) insertAccount(account *reissue.Account, act string) (err error) {
	if account.ID, err = accounts.next(tx.Tx); err != nil {
		return err
	}
	account.Created = tx.moment
	if err := accounts.put(tx.Tx, account); err != nil {
		return err
	}
	if tx.by.Is(reissue.RoleCandidate) {
		tx.by.ID = account.ID
	}
	return tx.audit(Audit{Act: act, Object: objectAccount, ObjectID: account.ID})
}

// Account is the open account with the number; reissue.ErrNotFound for a closed
// one.
func (s *Store) Account(number uint64) (account *reissue.Account, err error) {
	err = s.view(func(tx *txn) error {
		account, err = openAccount(tx, number)
		return err
	})
	return account, err
}

func openAccount(tx *txn, number uint64) (*reissue.Account, error) {
	account, err := accounts.get(tx.Tx, key(number))
	if err == nil && account.Closed != 0 {
		return nil, reissue.ErrNotFound
	}
	return account, err
}

// AccountByNumber finds the open account that signs in with a paper's number,
// as typed: an ID number, or the number of another paper.
func (s *Store) AccountByNumber(number idcard.Number) (account *reissue.Account, err error) {
	err = s.view(func(tx *txn) error {
		account, err = accountByNumber(tx, number)
		return err
	})
	return account, err
}

func accountByNumber(tx *txn, number idcard.Number) (*reissue.Account, error) {
	found, err := accounts.having(tx.Tx, "number", key(number.Full()))
	if err != nil {
		return nil, err
	}
	for _, account := range found {
		if account.Closed == 0 {
			return account, nil
		}
	}
	return nil, reissue.ErrNotFound
}

// signInTry is under what sign-ins to an account are counted.
func signInTry(a *reissue.Account) Try { return CandidateTry(TrySignIn, a.Person.Number.Full()) }

// actCorrect is a correction at the counter, which names what it has corrected; one
// that changes nothing is none.
const actCorrect = "correct"

// accountChange changes an account that was loaded, and names the fields.
type accountChange func(*txn, *reissue.Account) ([]string, error)

// changeAccount loads an account of its holder, changes it and writes it with its
// audit row, in one transaction.
func (s *Store) changeAccount(number uint64, act string, change accountChange) error {
	return s.update(reissue.Candidate(number), func(tx *txn) error {
		account, err := openAccount(tx, number)
		if err != nil {
			return err
		}
		return tx.change(account, act, change)
	})
}

// changeAtCounter is changeAccount by staff, after the holder has shown the paper;
// reissue.ErrNotFound where the staff member does not serve the holder, a *StaleError
// where seen does not stand for the account any more, unless that is what it shall be
// already. It ends reset links: who else has asked for them, nobody knows.
func (s *Store) changeAtCounter(staff *reissue.Staff, number uint64, seen, act string, change accountChange) error {
	return s.update(staff.Actor(), func(tx *txn) error {
		account, err := openAccountFor(tx, staff, number)
		if err != nil {
			return err
		}
		met := tx.meetAccount(account, seen)
		if err := tx.change(account, act, func(tx *txn, a *reissue.Account) ([]string, error) {
			fields, err := change(tx, a)
			if met != nil && (err != nil || len(fields) > 0 || act != actCorrect) {
				err = met
			}
			return fields, err
		}); err != nil {
			return err
		}
		return endResets(tx, account.ID)
	})
}

func (tx *txn) change(account *reissue.Account, act string, change accountChange) error {
	before := *account
	fields, err := change(tx, account)
	if err != nil || act == actCorrect && len(fields) == 0 {
		return err
	}
	account.Remember(&before, tx.by, tx.moment)
	account.Touched, account.Used = true, tx.moment
	if err := accounts.put(tx.Tx, account); err != nil {
		return err
	}
	return tx.audit(Audit{Act: act, Object: objectAccount, ObjectID: account.ID, Fields: fields})
}

// ChangeEmail takes a new e-mail address and tells the old one. It answers how many
// mails that have not left go to the new one.
func (s *Store) ChangeEmail(account uint64, email string) (moved int, err error) {
	err = s.changeAccount(account, "change", newEmail(email, &moved))
	return moved, err
}

// CorrectEmail is ChangeEmail at the counter.
func (s *Store) CorrectEmail(staff *reissue.Staff, account uint64, seen, email string) (moved int, err error) {
	err = s.changeAtCounter(staff, account, seen, actCorrect, newEmail(email, &moved))
	return moved, err
}

func newEmail(email string, moved *int) accountChange {
	return func(tx *txn, a *reissue.Account) (fields []string, err error) {
		if a.Email == email {
			return nil, nil
		}
		*moved, err = tx.moveMail(a, email)
		return []string{"email"}, err
	}
}

// moveMail gives an account a new address, to which go the mails that have not left,
// and tells the old one. Links that went there die.
func (tx *txn) moveMail(a *reissue.Account, email string) (moved int, err error) {
	if err := endResets(tx, a.ID); err != nil {
		return 0, err
	}
	if moved, err = redirect(tx, a.ID, a.Email, email); err != nil {
		return 0, err
	}
	subject, body := emailChangedMail(a.Name, tx.settings)
	err = tx.post(&Mail{To: a.Email, Subject: subject, Body: body, Account: a.ID})
	a.MoveEmail(email)
	if err == nil {
		_, err = tx.askConfirmation(a)
	}
	return moved, err
}

// ChangePassword sets a new hashed password and ends every session but keep
// (nil: every one). current must still be the stored hash that the old password
// was checked against, so that two changes at once cannot both win.
func (s *Store) ChangePassword(account uint64, current, hashed string, keep []byte) error {
	return s.changeAccount(account, "change", func(tx *txn, a *reissue.Account) ([]string, error) {
		if a.Password != current {
			return nil, reissue.ErrStale
		}
		a.Password, a.MustChange = hashed, false
		return []string{"password"}, errors.Join(endSessions(tx, SessionCandidate, a.ID, keep), endResets(tx, a.ID))
	})
}

// RenewDigest stores the plain form of a password that was just proven right in
// an old form. It changes nothing else, and loses against a change meanwhile.
func (s *Store) RenewDigest(account uint64, current, hashed string) error {
	return s.changeAccount(account, "renew", func(_ *txn, a *reissue.Account) ([]string, error) {
		if a.Password == current {
			a.Password = hashed
		}
		return []string{"password"}, nil
	})
}

// ResetAtCounter gives an account a one-time password. It ends every session, and
// unlocks sign-in.
func (s *Store) ResetAtCounter(staff *reissue.Staff, account uint64, seen, hashed string) error {
	return s.changeAtCounter(staff, account, seen, "reset", func(tx *txn, a *reissue.Account) ([]string, error) {
		a.Password, a.MustChange = hashed, true
		return []string{"password"}, errors.Join(endSessions(tx, SessionCandidate, a.ID, nil),
			forgetTries(tx, signInTry(a)))
	})
}

// UnlockAccount forgets the failed sign-ins of an account.
func (s *Store) UnlockAccount(staff *reissue.Staff, account uint64, seen string) error {
	return s.changeAtCounter(staff, account, seen, "unlock", func(tx *txn, a *reissue.Account) ([]string, error) {
		return nil, forgetTries(tx, signInTry(a))
	})
}

// AttachNumber gives a number that somebody else registered to its true owner,
// who has shown the paper: the old account is closed, with its password,
// sessions, links and waiting mail; a new one takes over its applications and
// the mail of what must still be told of them, so that nothing is lost and nothing
// stays open in a stranger's hands.
func (s *Store) AttachNumber(staff *reissue.Staff, account uint64, seen, name, email, hashed string) (*reissue.Account, error) {
	var owner *reissue.Account
	err := s.update(staff.Actor(), func(tx *txn) error {
		old, err := openAccountFor(tx, staff, account)
		if err != nil {
			return err
		}
		if err := tx.meetAccount(old, seen); err != nil {
			return err
		}
		news, err := waitingNews(tx, old.ID)
		if err != nil {
			return err
		}
		if err := tx.closeAccount(old, "close"); err != nil {
			return err
		}
		owner = &reissue.Account{Person: old.Person, Name: name, Email: email, Password: hashed, MustChange: true,
			BirthMonth: old.BirthMonth, Sex: old.Sex, Origin: reissue.OriginOffice, Touched: true}
		if err := tx.insertAccount(owner, "attach"); err != nil {
			return err
		}
		if err := changeOwner(tx, old.ID, owner.ID); err != nil {
			return err
		}
		for _, m := range news {
			m.Account = owner.ID
			if err := m.turn(tx, owner.Email); err != nil {
				return err
			}
		}
		subject, body := accountMovedMail(tx.settings)
		return tx.post(&Mail{To: old.Email, Subject: subject, Body: body, Account: old.ID})
	})
	return owner, err
}
