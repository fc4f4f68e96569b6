package store

import (
	"certreissue/password"

	bolt "go.etcd.io/bbolt"
)

// digestCosts is what the dearest password takes that ever came from elsewhere: every
// sign-in takes as much, so that the wait tells nothing. It is never lowered, though
// its last owner may have signed in since, and has a digest of today's.
var digestCosts = single[password.Cost]{"digest cost"}

func digestCost(tx *bolt.Tx) (password.Cost, error) {
	kept, err := digestCosts.get(tx)
	if kept == nil {
		kept = &password.Cost{}
	}
	return *kept, ignoreNotFound(err)
}

// DigestCost is what every sign-in has to take at least. Where that cannot be read
// nobody is kept out for it.
func (s *Store) DigestCost() (cost password.Cost, err error) {
	err = s.view(func(tx *txn) error {
		if cost, err = digestCost(tx.Tx); tx.leftOut(err) {
			return nil
		}
		return err
	})
	return cost, err
}

// noteDigest keeps what a password costs that comes from elsewhere.
func noteDigest(tx *bolt.Tx, stored string) error {
	kept, err := digestCost(tx)
	cost := password.CostOf(stored)
	if err != nil || kept.Covers(cost) {
		return err
	}
	kept = kept.With(cost)
	return digestCosts.put(tx, &kept)
}

// noteDigests keeps what the passwords of accounts cost, from the one after a key on,
// as many as one transaction should take: last is the key of the last one, nil where it
// was the table's.
func noteDigests(tx *bolt.Tx, after []byte) (last []byte, err error) {
	var from []byte
	if len(after) > 0 {
		from = key(id(after) + 1)
	}
	read := 0
	for account, err := range accounts.from(tx, from) {
		if read == sealedAtOnce {
			return last, nil
		}
		read++
		if record := damaged(err); record != nil {
			last = record.Key // of an account that nobody can sign in to
			continue
		}
		if err != nil {
			return nil, err
		}
		if err := noteDigest(tx, account.Password); err != nil {
			return nil, err
		}
		last = accounts.key(account)
	}
	return nil, nil
}

// checkDigestCost wants no sign-in to take longer than that of nobody.
func checkDigestCost(tx *bolt.Tx, x *examination) {
	kept, err := digestCost(tx)
	if err != nil {
		return // reported with the singles
	}
	kept = kept.With(password.Today())
	for a, err := range accounts.all(tx) {
		if err != nil || !x.step(accounts.name) {
			return
		}
		if !kept.Covers(password.CostOf(a.Password)) {
			x.report(findDigestCost(a.ID))
		}
	}
}
