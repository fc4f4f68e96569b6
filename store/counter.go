package store

import (
	"certreissue/idcard"
	"certreissue/reissue"
)

// FoundAccount is an account in the counter's list.
type FoundAccount struct {
	*reissue.Account
	LastLogin   reissue.Moment // 0: never, or longer ago than sessions are kept
	LockedUntil reissue.Moment // 0: not locked
}

// mostFound bounds the counter's search.
const mostFound = 50

// SearchAccounts finds accounts for the counter: by a whole number, or by the
// beginning of a name; closed ones too, at most mostFound. more tells that there
// are others.
func (s *Store) SearchAccounts(query string) (found []FoundAccount, more bool, err error) {
	err = s.view(func(tx *txn) (err error) {
		var list []*reissue.Account
		if list, more, err = searchAccounts(tx, query); err != nil {
			return err
		}
		for _, a := range list {
			at, err := lastLogin(tx, SessionCandidate, a.ID)
			if err != nil {
				return err
			}
			locked, err := lockedUntil(tx, TrySignIn, a.Person.Number.Full())
			if err != nil {
				return err
			}
			found = append(found, FoundAccount{a, at, locked})
		}
		return nil
	})
	return found, more, err
}

func searchAccounts(tx *txn, query string) (found []*reissue.Account, more bool, err error) {
	number := idcard.Normalise(query)
	if full, err := idcard.ParseRegister(number, tx.today()); err == nil {
		number = full.Full()
	}
	if found, err = accounts.having(tx.Tx, "number", key(number)); err != nil || len(found) > 0 {
		return found, false, err
	}
	for _, k := range accounts.entries(tx.Tx, "name", []byte(reissue.CleanName(query)), nil, false) {
		if len(found) == mostFound {
			return found, true, nil
		}
		account, err := accounts.get(tx.Tx, k)
		if tx.leftOut(err) {
			continue
		}
		if err != nil {
			return nil, false, err
		}
		found = append(found, account)
	}
	return found, false, nil
}

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

// lastLogin is when an account or a staff member last signed in, as far as its
// sessions are still kept; 0 for never or longer ago.
func lastLogin(tx *txn, kind SessionKind, number uint64) (at reissue.Moment, err error) {
	list, err := sessionsOf(tx, kind, number)
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
		if tx.leftOut(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		rows = append(rows, row)
	}
	return rows, nil
}
