package store

import (
	"crypto/rand"
	"errors"
	"time"

	"certreissue/idcard"
	"certreissue/reissue"
)

// resetRecord is a link for setting a new password. The link holds a random
// token, the file only its hash.
type resetRecord struct {
	Hash    []byte         `cbor:"1,keyasint"`
	Account uint64         `cbor:"2,keyasint"`
	Created reissue.Moment `cbor:"3,keyasint"`
}

const (
	resetLife  = 20 * time.Minute
	resetLimit = 3 // mails an hour for one number
)

var resets = Table[resetRecord]{
	name: "resets",
	key:  func(r *resetRecord) []byte { return hashKey(r.Hash) },
	indexes: []Index[resetRecord]{
		// Only the newest link of an account works.
		{name: "account", unique: true, keys: func(r *resetRecord) [][]byte { return [][]byte{key(r.Account)} }},
	},
}

// AskReset puts a reset mail into the outbox, if the number has an account with
// an address and has not asked too often. It counts and logs unknown numbers
// too, and answers nothing: the page says the same to everyone.
func (s *Store) AskReset(number idcard.Number) error {
	return s.update(reissue.System(), func(tx *txn) error {
		wait, err := reserveTry(tx, s.tryHash(TryReset, number.Full()), resetLimit, time.Hour)
		if err != nil {
			return err
		}
		account, err := accountByNumber(tx, number)
		if isNotFound(err) || err == nil && (account.Email == "" || wait > 0) {
			return tx.audit(Audit{Act: "ask_reset", Object: objectAccount})
		}
		if err != nil {
			return err
		}
		return errors.Join(noteUse(tx, account.ID), tx.audit(Audit{Act: "ask_reset", Object: objectAccount, ObjectID: account.ID}),
			tx.post(&Mail{Kind: MailReset, To: account.Email, Account: account.ID}))
	})
}

// newReset makes the token of a reset mail at the time it is sent, so that no
// link lies in the outbox. Earlier links of the account die.
func newReset(tx *txn, account uint64) (token string, err error) {
	if err := dropResets(tx, account); err != nil {
		return "", err
	}
	token = rand.Text() + rand.Text()
	return token, resets.put(tx.Tx, &resetRecord{Hash: tokenHash(token), Account: account, Created: tx.moment})
}

func dropResets(tx *txn, account uint64) error {
	reset, err := resets.unique(tx.Tx, "account", key(account))
	if err != nil {
		return ignoreNotFound(err)
	}
	return resets.delete(tx.Tx, reset.Hash)
}

// ResetAccount is the account that a link's token is for; reissue.ErrNotFound
// for a used, old or unknown one. It does not use the link up.
func (s *Store) ResetAccount(token string) (account *reissue.Account, err error) {
	err = s.view(func(tx *txn) error {
		account, err = resetAccount(tx, token)
		return err
	})
	return account, err
}

func resetAccount(tx *txn, token string) (*reissue.Account, error) {
	reset, err := resets.get(tx.Tx, tokenHash(token))
	if err != nil {
		return nil, err
	}
	if age := time.Duration(tx.moment-reset.Created) * time.Millisecond; age > resetLife || age < -time.Minute {
		return nil, reissue.ErrNotFound
	}
	return openAccount(tx, reset.Account)
}

// Reset sets a new hashed password by a link, which is used up with it, and
// ends every session of the account.
func (s *Store) Reset(token, hashed string) error {
	return s.update(reissue.System(), func(tx *txn) error {
		account, err := resetAccount(tx, token)
		if isNotFound(err) {
			return reissue.Problems{{Field: "token", Message: sayLinkUsed}}
		}
		if err != nil {
			return err
		}
		account.Password, account.MustChange, account.Touched, account.Used = hashed, false, true, tx.moment
		tx.by = reissue.Candidate(account.ID)
		return errors.Join(accounts.put(tx.Tx, account), dropResets(tx, account.ID), endSessions(tx, SessionCandidate, account.ID, nil),
			forgetTries(tx, TrySignIn, account.Person.Number.Full()),
			tx.audit(Audit{Act: "reset", Object: objectAccount, ObjectID: account.ID, Fields: []string{"password"}}))
	})
}
