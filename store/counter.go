package store

import "certreissue/reissue"

// AccountDetails is an account as the counter sees it, closed ones too.
type AccountDetails struct {
	Account      *reissue.Account
	LastLogin    reissue.Moment
	LockedUntil  reissue.Moment // 0: not locked
	Applications []*reissue.Application
	Audit        []*Audit // the newest first, at most mostFound
}

// AccountDetails loads all that the counter needs in one look.
func (s *Store) AccountDetails(number uint64) (d *AccountDetails, err error) {
	err = s.view(func(tx *txn) error {
		d = &AccountDetails{}
		if d.Account, err = accounts.get(tx.Tx, key(number)); err != nil {
			return err
		}
		if d.LastLogin, err = lastLogin(tx, SessionCandidate, number); err != nil {
			return err
		}
		if d.LockedUntil, err = lockedUntil(tx, TrySignIn, d.Account.Person.Number.Full()); err != nil {
			return err
		}
		if d.Applications, err = applications.having(tx.Tx, "owner", key(number)); err != nil {
			return err
		}
		d.Audit, err = lastRows(tx, objectAccount, number)
		return err
	})
	return d, err
}

// LastLogin is when an account last signed in, as far as its sessions are still
// kept; 0 for never or longer ago.
func (s *Store) LastLogin(number uint64) (at reissue.Moment, err error) {
	err = s.view(func(tx *txn) error {
		at, err = lastLogin(tx, SessionCandidate, number)
		return err
	})
	return at, err
}

func lastLogin(tx *txn, kind SessionKind, number uint64) (at reissue.Moment, err error) {
	list, err := sessions.having(tx.Tx, "subject", key(string(kind), number))
	for _, session := range list {
		at = max(at, session.Created)
	}
	return at, err
}

// lockedUntil is how long sign-in by a number or name still has to wait; 0: not
// at all.
func lockedUntil(tx *txn, kind TryKind, number string) (reissue.Moment, error) {
	tried, err := tries.get(tx.Tx, tx.store.tryHash(kind, number))
	if err != nil || tried.Until <= tx.moment {
		return 0, ignoreNotFound(err)
	}
	return tried.Until, nil
}

// lastRows are the last rows of the log about one record, the newest first, at
// most mostFound.
func lastRows(tx *txn, object string, number uint64) (rows []*Audit, err error) {
	for _, k := range audits.entries(tx.Tx, "object", key(object, number), nil, true) {
		if len(rows) == mostFound {
			break
		}
		row, err := audits.get(tx.Tx, k)
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}
