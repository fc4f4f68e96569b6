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
	Mail    uint64         `cbor:"4,keyasint,omitempty"` // that brings it
}

// A stranger may ask for somebody else's number, and must neither use up their mails
// nor end their links. So the links that are there stay, and only more of them are
// refused, for as long as they work.
const (
	resetLife  = 20 * time.Minute
	mostResets = 3 // that work at a time, for one account
)

var resets = Table[resetRecord]{
	name: "resets",
	key:  func(r *resetRecord) []byte { return hashKey(r.Hash) },
	indexes: []Index[resetRecord]{
		// Ending all links of an account.
		{name: "account", keys: func(r *resetRecord) [][]byte { return [][]byte{key(r.Account)} }},
	},
}

// AskReset puts a reset mail into the outbox, if the number has an account with
// an address and not enough links already. It logs unknown numbers too, and answers
// nothing: the page says the same to everyone.
func (s *Store) AskReset(number idcard.Number) error {
	return s.update(reissue.System(), func(tx *txn) error {
		account, err := accountByNumber(tx, number)
		if isNotFound(err) {
			return tx.audit(Audit{Act: "ask_reset", Object: objectAccount})
		}
		if err != nil {
			return err
		}
		if err := tx.audit(Audit{Act: "ask_reset", Object: objectAccount, ObjectID: account.ID}); err != nil {
			return err
		}
		if under, err := resetsUnderWay(tx, account.ID); err != nil || under >= mostResets || account.Email == "" {
			return err
		}
		return errors.Join(noteUse(tx, account.ID), tx.post(&Mail{Kind: MailReset, To: account.Email, Account: account.ID}))
	})
}

// resetsUnderWay counts the links of an account that work, and the mails that are
// still to bring one.
func resetsUnderWay(tx *txn, account uint64) (n int, err error) {
	waiting := map[uint64]bool{}
	list, err := mails.having(tx.Tx, "account", key(account))
	for _, m := range list {
		if m.Kind == MailReset && m.unsent() && !m.late(tx.moment, resetPatience) {
			waiting[m.ID] = true
		}
	}
	if err != nil {
		return 0, err
	}
	links, err := resetsOf(tx, account)
	for _, link := range links {
		if link.works(tx.moment) && !waiting[link.Mail] { // whose next attempt brings another one in its place
			n++
		}
	}
	return n + len(waiting), err
}

// resetsOf are all links of an account.
func resetsOf(tx *txn, account uint64) ([]*resetRecord, error) {
	return resets.readable(tx, "account", key(account))
}

// works tells whether the link is not too old. One from the future was made under a
// clock that was wrong.
func (r *resetRecord) works(now reissue.Moment) bool {
	age := now - r.Created
	return age <= millis(resetLife) && age >= -millis(time.Minute)
}

// newReset makes the token of a reset mail at the time it is sent, so that no
// link lies in the outbox. The link of an attempt before that failed dies, and so do
// those of the account that work no more.
func newReset(tx *txn, m *Mail) (token string, err error) {
	links, err := resetsOf(tx, m.Account)
	for _, link := range links {
		if link.Mail == m.ID || !link.works(tx.moment) {
			err = errors.Join(err, resets.delete(tx.Tx, link.Hash))
		}
	}
	if err != nil {
		return "", err
	}
	token = rand.Text() + rand.Text()
	return token, resets.put(tx.Tx, &resetRecord{Hash: tokenHash(token), Account: m.Account, Created: tx.moment, Mail: m.ID})
}

// endResets ends every link of an account, and those that are on their way.
func endResets(tx *txn, account uint64) error {
	links, err := resetsOf(tx, account)
	for _, link := range links {
		err = errors.Join(err, resets.delete(tx.Tx, link.Hash))
	}
	return errors.Join(err, cancelMail(tx, account, MailReset))
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
	if !reset.works(tx.moment) {
		return nil, reissue.ErrNotFound
	}
	return openAccount(tx, reset.Account)
}

// Reset sets a new hashed password by a link, which is used up with it, and
// ends every other link and session of the account.
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
		return errors.Join(accounts.put(tx.Tx, account), endResets(tx, account.ID), endSessions(tx, SessionCandidate, account.ID, nil),
			forgetTries(tx, signInTry(account)),
			tx.audit(Audit{Act: "reset", Object: objectAccount, ObjectID: account.ID, Fields: []string{"password"}}))
	})
}
