package store

import (
	"certreissue/idcard"
	"certreissue/reissue"
	"slices"
)

// FoundAccount is an account in the counter's list.
type FoundAccount struct {
	*reissue.Account
	LastLogin   reissue.Moment // 0: never, or longer ago than sessions are kept
	LockedUntil reissue.Moment // 0: not locked
}

// mostFound bounds the counter's search.
const mostFound = 50

// FoundAccounts is what the counter's search has found.
type FoundAccounts struct {
	List      []FoundAccount // whom the staff member serves, at most mostFound
	More      bool           // there may be others
	Elsewhere Elsewhere      // who serves the others
}

// SearchAccounts finds accounts for the counter: by a whole number, or by the
// beginning of a name; closed ones too.
func (s *Store) SearchAccounts(staff *reissue.Staff, query string) (found FoundAccounts, err error) {
	err = s.view(func(tx *txn) (err error) {
		found, err = searchAccounts(tx, staff, query)
		return err
	})
	return found, err
}

func searchAccounts(tx *txn, staff *reissue.Staff, query string) (found FoundAccounts, err error) {
	number := idcard.Normalise(query)
	if full, err := idcard.ParseRegister(number, tx.today()); err == nil {
		number = full.Full()
	}
	numbered, err := accounts.having(tx.Tx, "number", key(number))
	if err != nil {
		return found, err
	}
	for _, account := range numbered {
		if err := found.add(tx, staff, account); err != nil {
			return found, err
		}
	}
	if len(numbered) > 0 {
		return found, nil
	}
	steps := 0
	for _, k := range accounts.entries(tx.Tx, "name", []byte(reissue.CleanName(query)), nil, false) {
		if found.More = len(found.List) == mostFound || steps == maxSteps; found.More {
			break
		}
		steps++
		account, err := accounts.get(tx.Tx, k)
		if err == nil {
			err = found.add(tx, staff, account)
		}
		if err != nil && !tx.leftOut(err) {
			return found, err
		}
	}
	return found, nil
}

// add takes an account into what was found, or where its holder is served.
func (f *FoundAccounts) add(tx *txn, staff *reissue.Staff, a *reissue.Account) error {
	cities, err := tx.elsewhere(staff, a.Person)
	if err != nil {
		return err
	}
	if len(cities) > 0 {
		for _, city := range cities {
			f.Elsewhere = addCity(f.Elsewhere, city)
		}
		return nil
	}
	at, err := lastLogin(tx, SessionCandidate, a.ID)
	if err != nil {
		return err
	}
	locked, err := lockedUntil(tx, signInTry(a))
	if err != nil {
		return err
	}
	f.List = append(f.List, FoundAccount{a, at, locked})
	return nil
}

// AccountDetails is an account as the counter sees it, closed ones too.
type AccountDetails struct {
	Account      *reissue.Account
	LastLogin    reissue.Moment
	LockedUntil  reissue.Moment // 0: not locked
	Applications Visible
	Deeds        []Deed // the newest first
	Former       []FormerValue
	Seen         string // stands for the account as it is
}

// FormerValue is what an account was, with the name of the staff member who changed
// it, "" for nobody of the staff.
type FormerValue struct {
	reissue.Former
	Name string
}

// AccountDetails loads all that the counter needs in one look; reissue.ErrNotFound
// where the staff member does not serve the holder.
func (s *Store) AccountDetails(staff *reissue.Staff, number uint64) (d *AccountDetails, err error) {
	err = s.view(func(tx *txn) error {
		d = &AccountDetails{}
		if d.Account, err = accountFor(tx, staff, number); err != nil {
			return err
		}
		if d.LastLogin, err = lastLogin(tx, SessionCandidate, number); err != nil {
			return err
		}
		if d.LockedUntil, err = lockedUntil(tx, signInTry(d.Account)); err != nil {
			return err
		}
		owned, err := applications.having(tx.Tx, "owner", key(number))
		if err != nil {
			return err
		}
		for _, a := range owned {
			d.Applications.add(staff, a)
		}
		if d.Deeds, err = deedsOf(tx, objectAccount, number); err != nil {
			return err
		}
		if d.Former, err = formerOf(tx, d.Account); err != nil {
			return err
		}
		d.Seen, err = accountSeen(tx, d.Account)
		return err
	})
	return d, err
}

// formerOf are the former values of an account, the newest first.
func formerOf(tx *txn, a *reissue.Account) (list []FormerValue, err error) {
	for _, was := range slices.Backward(a.Former) {
		name := ""
		if was.Kind == "staff" {
			if name, err = memberName(tx, was.By); err != nil {
				return nil, err
			}
		}
		list = append(list, FormerValue{was, name})
	}
	return list, nil
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
