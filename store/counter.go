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
		if d.LastLogin, err = lastLogin(tx, number); err != nil {
			return err
		}
		tried, err := tries.get(tx.Tx, s.tryHash(TrySignIn, d.Account.Person.Number.Full()))
		if ignoreNotFound(err) != nil {
			return err
		}
		if tried != nil && tried.Until > tx.moment {
			d.LockedUntil = tried.Until
		}
		if d.Applications, err = applications.having(tx.Tx, "owner", key(number)); err != nil {
			return err
		}
		for _, k := range audits.entries(tx.Tx, "object", key(objectAccount, number), nil, true) {
			if len(d.Audit) == mostFound {
				break
			}
			row, err := audits.get(tx.Tx, k)
			if err != nil {
				return err
			}
			d.Audit = append(d.Audit, row)
		}
		return nil
	})
	return d, err
}

// LastLogin is when an account last signed in, as far as its sessions are still
// kept; 0 for never or longer ago.
func (s *Store) LastLogin(number uint64) (at reissue.Moment, err error) {
	err = s.view(func(tx *txn) error {
		at, err = lastLogin(tx, number)
		return err
	})
	return at, err
}

func lastLogin(tx *txn, number uint64) (at reissue.Moment, err error) {
	list, err := sessions.having(tx.Tx, "subject", key(string(SessionCandidate), number))
	for _, session := range list {
		at = max(at, session.Created)
	}
	return at, err
}
