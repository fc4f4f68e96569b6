package store

import (
	"bytes"
	"errors"
	"slices"

	"certreissue/password"
	"certreissue/reissue"
)

// ErrCode is a wrong, used or missing code of a second factor.
var ErrCode = errors.New("wrong code of the second factor")

// proveFactor uses up the code of a staff member's second factor, where there
// is one: in the transaction that lets them in, so that no code lets two in.
func proveFactor(tx *txn, number uint64, code string) error {
	staff, err := staffs.get(tx.Tx, key(number))
	if err != nil || !staff.Factor.On() {
		return err
	}
	tx.by = staff.Actor()
	if err := takeCode(tx, staff, code); err != nil {
		return err
	}
	return staffs.put(tx.Tx, staff)
}

// takeCode marks a code as used: of the app, or one of the recovery codes, which
// is noted in the log.
func takeCode(tx *txn, staff *reissue.Staff, code string) error {
	factor := &staff.Factor
	code = reissue.HalfWidth(code)
	if step, ok := password.CodeStep(factor.Secret, code, tx.now, factor.Step); ok {
		factor.Step = step
		return nil
	}
	hash := password.RecoveryHash(code)
	i := slices.IndexFunc(factor.Recovery, func(left []byte) bool { return bytes.Equal(left, hash) })
	if i < 0 {
		return ErrCode
	}
	factor.Recovery = slices.Delete(factor.Recovery, i, i+1)
	return tx.audit(Audit{Act: "recovery", Object: objectStaff, ObjectID: staff.ID})
}

// AddFactor gives a staff member a second factor, once a first code has proven
// that the app has its secret. recovery are the hashes of the codes that stand
// in for it. Every session but keep ends: they began without it.
func (s *Store) AddFactor(by reissue.Actor, number uint64, secret, code string, recovery [][]byte, keep []byte) error {
	return s.changeFactor(by, number, "factor_on", keep, func(tx *txn, staff *reissue.Staff) error {
		if staff.Factor.On() {
			return reissue.ErrState
		}
		staff.Factor = reissue.SecondFactor{Secret: secret, Recovery: recovery, Since: tx.moment}
		step, ok := password.CodeStep(secret, reissue.HalfWidth(code), tx.now, 0)
		if !ok {
			return ErrCode
		}
		staff.Factor.Step = step
		return nil
	})
}

// DropFactor ends the use of one's own second factor, by one of its codes.
func (s *Store) DropFactor(by reissue.Actor, number uint64, code string, keep []byte) error {
	return s.changeFactor(by, number, "factor_off", keep, func(tx *txn, staff *reissue.Staff) error {
		if !staff.Factor.On() {
			return reissue.ErrState
		}
		if err := takeCode(tx, staff, code); err != nil {
			return err
		}
		staff.Factor = reissue.SecondFactor{}
		return nil
	})
}

// RemoveFactor takes a second factor away from a colleague who has lost it. For
// oneself it is reissue.ErrRole: that needs a code.
func (s *Store) RemoveFactor(by reissue.Actor, number uint64, seen string) error {
	return s.changeFactor(by, number, "factor_off", nil, func(tx *txn, staff *reissue.Staff) error {
		if by.ID == number {
			return reissue.ErrRole
		}
		_, err := tx.staffAsSeen(number, seen)
		switch {
		case err != nil:
			return err
		case !staff.Factor.On():
			return reissue.ErrState
		}
		staff.Factor = reissue.SecondFactor{}
		return nil
	})
}

// changeFactor changes a staff member's second factor, notes it in the log and
// ends every session but keep.
func (s *Store) changeFactor(by reissue.Actor, number uint64, act string, keep []byte, change func(*txn, *reissue.Staff) error) error {
	return s.update(by, func(tx *txn) error {
		staff, err := staffs.get(tx.Tx, key(number))
		if err != nil {
			return err
		}
		if err := change(tx, staff); err != nil {
			return err
		}
		return errors.Join(staffs.put(tx.Tx, staff), endSessions(tx, SessionStaff, number, keep),
			tx.audit(Audit{Act: act, Object: objectStaff, ObjectID: number}))
	})
}
