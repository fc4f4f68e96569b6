package store

import (
	"errors"
	"reflect"
	"slices"

	"certreissue/reissue"
)

// StaffDetails is a login of the office as its administrator sees it.
type StaffDetails struct {
	Staff       *reissue.Staff
	LastLogin   reissue.Moment // 0: never, or longer ago than sessions are kept
	LockedUntil reissue.Moment // somewhere; 0: nowhere
	Audit       []*Audit       // of one member only, the newest first
	Seen        string         // stands for the login as it is, likewise
}

func staffDetails(tx *txn, staff *reissue.Staff) (d *StaffDetails, err error) {
	d = &StaffDetails{Staff: staff}
	if d.LastLogin, err = lastLogin(tx, SessionStaff, staff.ID); err != nil {
		return nil, err
	}
	d.LockedUntil, err = staffLockedUntil(tx, staff.Name)
	return d, err
}

// StaffList is everybody who ever had a login here, those who still have one
// first.
func (s *Store) StaffList() (list []*StaffDetails, err error) {
	err = s.view(func(tx *txn) error {
		for staff, err := range staffs.all(tx.Tx) {
			if tx.leftOut(err) {
				continue
			}
			if err != nil {
				return err
			}
			d, err := staffDetails(tx, staff)
			if err != nil {
				return err
			}
			list = append(list, d)
		}
		return nil
	})
	slices.SortStableFunc(list, func(a, b *StaffDetails) int {
		switch {
		case a.Staff.Disabled == b.Staff.Disabled:
			return 0
		case a.Staff.Disabled:
			return 1
		}
		return -1
	})
	return list, err
}

// StaffDetails is one login with what happened to it, disabled or not.
func (s *Store) StaffDetails(number uint64) (d *StaffDetails, err error) {
	err = s.view(func(tx *txn) error {
		staff, err := staffs.get(tx.Tx, key(number))
		if err != nil {
			return err
		}
		if d, err = staffDetails(tx, staff); err != nil {
			return err
		}
		if d.Audit, err = lastRows(tx, objectStaff, number); err != nil {
			return err
		}
		d.Seen, err = staffSeen(tx, staff)
		return err
	})
	return d, err
}

// HireStaff is AddStaff from a page: roles and cities are checked against what
// the office has.
func (s *Store) HireStaff(by reissue.Actor, staff reissue.Staff) (*reissue.Staff, error) {
	err := s.update(by, func(tx *txn) error {
		known, err := cityNames(tx)
		if err != nil {
			return err
		}
		if err := staff.Grant(staff.Roles, staff.Cities, known); err != nil {
			return err
		}
		return tx.insertStaff(&staff)
	})
	return &staff, err
}

// GrantStaff gives a staff member other roles and cities. Who is signed in signs
// in anew, under the new rights.
func (s *Store) GrantStaff(by reissue.Actor, number uint64, seen string, roles []reissue.Role, cities []string) error {
	return s.changeStaff(by, number, seen, "change", func(tx *txn, staff *reissue.Staff) ([]string, error) {
		known, err := cityNames(tx)
		if err != nil {
			return nil, err
		}
		old := *staff
		if err := staff.Grant(roles, cities, known); err != nil {
			return nil, err
		}
		var fields []string
		if !slices.Equal(old.Roles, staff.Roles) {
			fields = append(fields, "roles")
		}
		if !slices.Equal(old.Cities, staff.Cities) {
			fields = append(fields, "cities")
		}
		return fields, nil
	})
}

// DisableStaff shuts a login and ends its sessions at once. No device is known any more.
func (s *Store) DisableStaff(by reissue.Actor, number uint64, seen string) error {
	return s.changeStaff(by, number, seen, "disable", func(tx *txn, staff *reissue.Staff) ([]string, error) {
		if staff.Disabled {
			return nil, nil
		}
		staff.Disabled = true
		return []string{"disabled"}, forgetDevices(tx, number)
	})
}

// EnableStaff opens a disabled login again. Its password is as it was.
func (s *Store) EnableStaff(by reissue.Actor, number uint64, seen string) error {
	return s.changeStaff(by, number, seen, "enable", func(_ *txn, staff *reissue.Staff) ([]string, error) {
		if !staff.Disabled {
			return nil, nil
		}
		staff.Disabled = false
		return []string{"disabled"}, nil
	})
}

// changeStaff changes a login, ends its sessions and notes it in the log; no
// changed field is no change. The office keeps an administrator. Where seen does not
// stand for the login any more it is a *StaleError.
func (s *Store) changeStaff(by reissue.Actor, number uint64, seen, act string, change func(*txn, *reissue.Staff) ([]string, error)) error {
	return s.update(by, func(tx *txn) error {
		staff, met := tx.staffAsSeen(number, seen)
		if staff == nil {
			return met
		}
		administered, before := staff.Administers(), staff.Roles
		fields, err := change(tx, staff)
		if met != nil && (err != nil || len(fields) > 0) {
			return met
		}
		if err != nil || len(fields) == 0 {
			return err
		}
		if err := staffs.put(tx.Tx, staff); err != nil {
			return err
		}
		if administered && !staff.Administers() {
			has, err := hasAdmin(tx)
			if err == nil && !has {
				err = reissue.Problems{{Field: reissue.FieldRole, Message: sayLastAdmin}}
			}
			if err != nil {
				return err
			}
		}
		row := Audit{Act: act, Object: objectStaff, ObjectID: number, Fields: fields}
		if slices.Contains(fields, "roles") {
			row.Old, row.New = show(reflect.ValueOf(before)), show(reflect.ValueOf(staff.Roles))
		}
		return errors.Join(endSessions(tx, SessionStaff, number, nil), tx.audit(row))
	})
}
