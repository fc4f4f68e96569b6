package store

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"certreissue/reissue"
)

var staffs = Table[reissue.Staff]{
	numbered: true,
	name:     "staff",
	key:      func(s *reissue.Staff) []byte { return key(s.ID) },
	indexes: []Index[reissue.Staff]{
		// Sign-in; names differ in more than capitals.
		{name: "name", unique: true, keys: func(s *reissue.Staff) [][]byte { return [][]byte{staffKey(s.Name)} }},
	},
}

const objectStaff = "staff"

// A name that is kept is its own key, but for capitals: what is typed may be folded in
// other ways from one version to the next, and old files stay as they are.
func staffKey(name string) []byte { return key(strings.ToLower(name)) }

// staffNamed is the staff member of a name as it is typed. Older files may have one that
// was made in full width.
func staffNamed(tx *txn, name string) (*reissue.Staff, error) {
	folded := foldStaffName(name)
	found, err := staffs.unique(tx.Tx, "name", key(folded))
	if !isNotFound(err) {
		return found, err
	}
	for staff, err := range staffs.all(tx.Tx) {
		if err == nil && foldStaffName(staff.Name) == folded {
			return staff, nil
		}
	}
	return nil, reissue.ErrNotFound
}

// foldStaffName is a name as it is looked up: nobody minds capitals when signing in.
func foldStaffName(name string) string { return strings.ToLower(reissue.Clean(name)) }

// ValidStaffName tells whether a name can be signed in with: 2 to 30 characters
// of any script, without space or signs that would confuse.
func ValidStaffName(name string) bool {
	count := utf8.RuneCountInString(name)
	return count >= 2 && count <= 30 && !strings.ContainsFunc(name, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("._-", r)
	})
}

// AddStaff makes a login for somebody who works here.
func (s *Store) AddStaff(by reissue.Actor, staff reissue.Staff) (*reissue.Staff, error) {
	err := s.update(by, func(tx *txn) error { return tx.insertStaff(&staff) })
	return &staff, err
}

// AddFirstAdmin is AddStaff for the page that works only while there is no
// admin: reissue.ErrNotFound afterwards, also for the slower of two.
func (s *Store) AddFirstAdmin(staff reissue.Staff) (*reissue.Staff, error) {
	err := s.update(reissue.System(), func(tx *txn) error {
		if has, err := hasAdmin(tx); err != nil || has {
			return errors.Join(err, reissue.ErrNotFound)
		}
		return tx.insertStaff(&staff)
	})
	return &staff, err
}

func (tx *txn) insertStaff(staff *reissue.Staff) (err error) {
	if staff.ID, err = staffs.next(tx.Tx); err != nil {
		return err
	}
	staff.Created = tx.moment
	err = staffs.put(tx.Tx, staff)
	var taken *DuplicateError
	if errors.As(err, &taken) {
		return reissue.Problems{{Field: "username", Message: sayStaffTaken}}
	}
	if err != nil {
		return err
	}
	return tx.audit(Audit{Act: "add", Object: objectStaff, ObjectID: staff.ID})
}

// HasAdmin tells whether somebody can administer the office.
func (s *Store) HasAdmin() (has bool, err error) {
	err = s.view(func(tx *txn) error {
		has, err = hasAdmin(tx)
		return err
	})
	return has, err
}

func hasAdmin(tx *txn) (bool, error) {
	for staff, err := range staffs.all(tx.Tx) {
		if err != nil {
			return false, err
		}
		if staff.Administers() {
			return true, nil
		}
	}
	return false, nil
}

// Staff is the staff member with the number; reissue.ErrNotFound for a disabled
// one.
func (s *Store) Staff(number uint64) (staff *reissue.Staff, err error) {
	err = s.view(func(tx *txn) error {
		if staff, err = staffs.get(tx.Tx, key(number)); err == nil && staff.Disabled {
			err = reissue.ErrNotFound
		}
		return err
	})
	return staff, err
}

// StaffByName finds a staff member by the name to sign in with, disabled or
// not.
func (s *Store) StaffByName(name string) (staff *reissue.Staff, err error) {
	err = s.view(func(tx *txn) error {
		staff, err = staffNamed(tx, name)
		return err
	})
	return staff, err
}

// AllStaff lists everybody who ever had a login here.
func (s *Store) AllStaff() (list []*reissue.Staff, err error) {
	err = s.view(func(tx *txn) error {
		for staff, err := range staffs.all(tx.Tx) {
			if tx.leftOut(err) {
				continue
			}
			if err != nil {
				return err
			}
			list = append(list, staff)
		}
		return nil
	})
	return list, err
}

// ResetStaffPassword gives a staff member a hashed one-time password. Every session ends,
// no device is known any more, and sign-in is unlocked.
func (s *Store) ResetStaffPassword(by reissue.Actor, number uint64, seen, hashed string) error {
	return s.update(by, func(tx *txn) error {
		staff, err := tx.staffAsSeen(number, seen)
		if err != nil {
			return err
		}
		return tx.setStaffPassword(staff, hashed, true, nil)
	})
}

// ChangeStaffPassword is a staff member's own change, in a session that stays, on the
// device that had the mark before: it alone is known from now on, by a new one. staff is
// as the old password was checked against: whoever was given another one meanwhile, by an
// admin say, has changed nothing.
func (s *Store) ChangeStaffPassword(staff *reissue.Staff, hashed string, session []byte, before, mark string) error {
	return s.update(staff.Actor(), func(tx *txn) error {
		now, err := staffs.get(tx.Tx, key(staff.ID))
		switch {
		case err != nil:
			return err
		case now.Password != staff.Password:
			return reissue.ErrStale
		}
		return errors.Join(tx.setStaffPassword(now, hashed, false, session), rememberDevice(tx, staff.ID, before, mark))
	})
}

func (tx *txn) setStaffPassword(staff *reissue.Staff, hashed string, mustChange bool, keep []byte) error {
	staff.Password, staff.MustChange = hashed, mustChange
	return errors.Join(staffs.put(tx.Tx, staff), endSessions(tx, SessionStaff, staff.ID, keep), forgetStaffTries(tx, staff.Name), forgetDevices(tx, staff.ID),
		tx.audit(Audit{Act: "change", Object: objectStaff, ObjectID: staff.ID, Fields: []string{"password"}}))
}

// RescueStaff gives a new hashed password to somebody who is locked out, and
// takes away their second factor: whoever is at the server's console has lost
// the telephone. It tells whether there was one.
func (s *Store) RescueStaff(number uint64, hashed string, mustChange bool) (factor bool, err error) {
	err = s.update(reissue.System(), func(tx *txn) error {
		staff, err := staffs.get(tx.Tx, key(number))
		if err != nil {
			return err
		}
		if factor = staff.Factor.On(); factor {
			staff.Factor = reissue.SecondFactor{}
			err = tx.audit(Audit{Act: "factor_off", Object: objectStaff, ObjectID: number})
		}
		return errors.Join(err, tx.setStaffPassword(staff, hashed, mustChange, nil))
	})
	return factor, err
}

// UnlockStaff forgets all that was tried under a staff member's name.
func (s *Store) UnlockStaff(by reissue.Actor, number uint64, seen string) error {
	return s.update(by, func(tx *txn) error {
		staff, err := tx.staffAsSeen(number, seen)
		if err != nil {
			return err
		}
		return errors.Join(forgetStaffTries(tx, staff.Name),
			tx.audit(Audit{Act: "unlock", Object: objectStaff, ObjectID: number}))
	})
}
