package store

import (
	"crypto/hmac"
	"encoding/base64"
	"errors"
	"time"

	"certreissue/reissue"
)

// A link that confirms an address is worth nothing to anybody but its owner, so it may
// work for days, and the file keeps nothing of it: the link names account and moment,
// and its signature the address, which an account has only until it gets another one.
const (
	confirmLife     = 7 * 24 * time.Hour
	confirmPatience = 24 * time.Hour // for which a mail with such a link is worth sending
	mostConfirms    = 3              // mails within confirmPatience, to one account
)

// AskConfirmation puts a mail into the outbox by whose link the holder confirms the
// account's address. One that is confirmed, missing, or has been sent too many such
// mails is a Problem.
func (s *Store) AskConfirmation(account uint64) error {
	return s.update(reissue.Candidate(account), func(tx *txn) error {
		a, err := openAccount(tx, account)
		if err != nil {
			return err
		}
		if a.Email == "" || a.Confirmed != 0 {
			return reissue.Problems{{Field: reissue.FieldEmail, Message: sayNothingToConfirm}}
		}
		asked, err := tx.askConfirmation(a)
		if err == nil && !asked {
			err = reissue.Problems{{Field: reissue.FieldEmail, Message: sayConfirmsSent(mostConfirms)}}
		}
		if err != nil {
			return err
		}
		return tx.audit(Audit{Act: "ask_confirm", Object: objectAccount, ObjectID: account})
	})
}

// askConfirmation posts the mail, in place of those that have not left. asked is false
// where there is no address, no mail leaves, or too many have been sent: whoever types an address
// must not be able to have its owner flooded.
func (tx *txn) askConfirmation(a *reissue.Account) (asked bool, err error) {
	if err := cancelMail(tx, a.ID, MailConfirm); err != nil || a.Email == "" || !tx.mailLeaves() {
		return false, err
	}
	list, err := mails.having(tx.Tx, "account", key(a.ID))
	if err != nil {
		return false, err
	}
	sent := 0
	for _, m := range list {
		if m.Kind == MailConfirm && m.Sent != 0 && !m.late(tx.moment, confirmPatience) {
			sent++
		}
	}
	if sent >= mostConfirms {
		return false, nil
	}
	return true, tx.post(&Mail{Kind: MailConfirm, To: a.Email, Account: a.ID})
}

// confirmToken is what the link holds: account, moment and signature.
func (s *Store) confirmToken(a *reissue.Account, at reissue.Moment) string {
	named := key(a.ID, at)
	return base64.RawURLEncoding.EncodeToString(append(named, s.Sign("confirm", string(named), a.Email)...))
}

// ConfirmableAccount is the account whose address a link's token confirms, or has
// confirmed; reissue.ErrNotFound for an old or unknown one, and where the account has
// another address by now.
func (s *Store) ConfirmableAccount(token string) (account *reissue.Account, err error) {
	err = s.view(func(tx *txn) error {
		account, err = confirmableAccount(tx, token)
		return err
	})
	return account, err
}

func confirmableAccount(tx *txn, token string) (*reissue.Account, error) {
	named, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil || len(named) < 16 {
		return nil, reissue.ErrNotFound
	}
	a, err := openAccount(tx, id(named[:8]))
	if err != nil {
		return nil, err
	}
	at := reissue.Moment(id(named[8:16]))
	if !hmac.Equal([]byte(tx.store.confirmToken(a, at)), []byte(token)) || tx.moment-at > millis(confirmLife) {
		return nil, reissue.ErrNotFound
	}
	return a, nil
}

// ConfirmEmail notes that the holder of an account gets its mails. A link that works no
// more is a Problem; one that has been followed already is no fault.
func (s *Store) ConfirmEmail(token string) error {
	return s.update(reissue.System(), func(tx *txn) error {
		a, err := confirmableAccount(tx, token)
		if isNotFound(err) {
			return reissue.Problems{{Field: "token", Message: sayConfirmOver}}
		}
		if err != nil || a.Confirmed != 0 {
			return err
		}
		a.Confirmed = tx.moment
		tx.by = reissue.Candidate(a.ID)
		return errors.Join(accounts.put(tx.Tx, a), cancelMail(tx, a.ID, MailConfirm),
			tx.audit(Audit{Act: "confirm", Object: objectAccount, ObjectID: a.ID, Fields: []string{reissue.FieldEmail}}))
	})
}
