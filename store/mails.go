package store

import (
	"errors"
	"iter"
	"time"

	"certreissue/reissue"
)

// Mail is one message of the outbox, written in the transaction of what causes
// it and sent afterwards, with retries.
type Mail struct {
	ID          uint64         `cbor:"1,keyasint"`
	Kind        MailKind       `cbor:"2,keyasint,omitempty"`
	To          string         `cbor:"3,keyasint"`
	Subject     string         `cbor:"4,keyasint,omitempty"`
	Body        string         `cbor:"5,keyasint,omitempty"`
	Account     uint64         `cbor:"6,keyasint,omitempty"`
	Application uint64         `cbor:"7,keyasint,omitempty"`
	Created     reissue.Moment `cbor:"8,keyasint"`
	Due         reissue.Moment `cbor:"9,keyasint"` // not before; moves with every failed attempt
	Sent        reissue.Moment `cbor:"10,keyasint,omitempty"`
	Cancelled   reissue.Moment `cbor:"11,keyasint,omitempty"`
	Attempts    int            `cbor:"12,keyasint,omitempty"`
	Failure     string         `cbor:"13,keyasint,omitempty"` // of the last attempt
	// Undelivered is since when the candidate is to be told by telephone; Told and
	// ToldBy are when that was done, and which staff member did it.
	Undelivered reissue.Moment `cbor:"14,keyasint,omitempty"`
	Told        reissue.Moment `cbor:"15,keyasint,omitempty"`
	ToldBy      uint64         `cbor:"16,keyasint,omitempty"`
	FailedFirst reissue.Moment `cbor:"17,keyasint,omitempty"` // since when no attempt has come through
	Refused     bool           `cbor:"18,keyasint,omitempty"` // by the receiver, for good
}

// MailKind tells mails whose text is made when they are sent.
type MailKind string

// MailReset is a mail with a link that must not lie in the outbox, MailConfirm the one
// with the link that confirms its address. MailFarewell is the last one to somebody who
// has gone, whose address is then forgotten. MailAlarm goes to the administrator.
const (
	MailAlarm    MailKind = "alarm"
	MailReset    MailKind = "reset"
	MailConfirm  MailKind = "confirm"
	MailFarewell MailKind = "farewell"
)

var mails = Table[Mail]{
	numbered: true,
	name:     "mails",
	key:      func(m *Mail) []byte { return key(m.ID) },
	indexes: []Index[Mail]{
		// What to send next: neither sent nor cancelled nor told otherwise, by when it is due.
		{name: "due", keys: func(m *Mail) [][]byte {
			if !m.unsent() || m.To == "" {
				return nil
			}
			return [][]byte{key(m.Due)}
		}},
		// Cancelling what an account must no longer be told.
		{name: "account", keys: func(m *Mail) [][]byte { return [][]byte{key(m.Account)} }},
		// 需电话通知: what is to be told, and what was.
		{name: "telephone", keys: func(m *Mail) [][]byte {
			switch {
			case m.Undelivered == 0 || m.Sent != 0 || m.Cancelled != 0:
				return nil
			case m.Told != 0:
				return [][]byte{key(toldCalls, m.Told)}
			}
			return [][]byte{key(openCalls, m.Undelivered)}
		}},
	},
}

// How long a reset mail is worth sending: who asked has given up by then, and a
// link must not come as a surprise. The address of somebody who has gone is kept
// no longer than a day.
const (
	resetPatience    = time.Hour
	farewellPatience = 24 * time.Hour
)

// mailLeaves tells whether there is a mail server: without one an address would lie in
// the outbox for nothing.
func (tx *txn) mailLeaves() bool {
	return tx.settings.SMTP.Host != "" || tx.store.options.MailAtOnce
}

// post puts a mail into the outbox, due at once unless it says when. Without an
// address there is nobody to tell, and nothing is posted, but for what is to be told
// by telephone.
func (tx *txn) post(m *Mail) (err error) {
	if m.To == "" && m.Undelivered == 0 {
		return nil
	}
	if m.ID, err = mails.next(tx.Tx); err != nil {
		return err
	}
	m.Created = tx.moment
	m.Due = max(m.Due, tx.moment)
	return mails.put(tx.Tx, m)
}

// mailsOf are the numbers of the mails about an application that it names, where they
// stand: by its history, and beside it.
func mailsOf(a *reissue.Application) iter.Seq[*uint64] {
	return func(yield func(*uint64) bool) {
		for i := range a.History {
			if number := &a.History[i].Mail; *number != 0 && !yield(number) {
				return
			}
		}
		for i := range a.Asides {
			if number := &a.Asides[i].Mail; *number != 0 && !yield(number) {
				return
			}
		}
	}
}

// cancelMail takes back an account's mails of a kind that have not left.
func cancelMail(tx *txn, account uint64, kind MailKind) error {
	list, err := mails.having(tx.Tx, "account", key(account))
	for _, m := range list {
		if m.unsent() && m.Kind == kind {
			m.Cancelled = tx.moment
			err = errors.Join(err, mails.put(tx.Tx, m))
		}
	}
	return err
}

// NextMail is the next mail that is due, with its text, and what it depends on
// written: a reset mail's link is made here, against the public address.
// reissue.ErrNotFound when nothing is due.
func (s *Store) NextMail(publicURL string) (next *Mail, err error) {
	err = s.update(reissue.System(), func(tx *txn) error {
		if file, err := identities.get(tx.Tx); err != nil || file.MailHeld {
			return errors.Join(err, reissue.ErrNotFound)
		}
		for dropped := false; ; dropped = true {
			if next, err = dueMail(tx); isNotFound(err) && dropped {
				return nil // what came too late stays dropped
			}
			if err != nil {
				return err
			}
			if err = prepare(tx, next, publicURL); err != nil || next.Cancelled == 0 {
				return err
			}
		}
	})
	if err == nil && next == nil {
		err = reissue.ErrNotFound
	}
	return next, err
}

// dueMail is the mail that has been due for longest.
func dueMail(tx *txn) (*Mail, error) {
	for entry, k := range mails.entries(tx.Tx, "due", nil, nil, false) {
		if reissue.Moment(id(entry[:8])) > tx.moment {
			break
		}
		m, err := mails.get(tx.Tx, k)
		if tx.leftOut(err) {
			continue
		}
		return m, err
	}
	return nil, reissue.ErrNotFound
}

// prepare makes the text of a mail with a link, or cancels it where that would come
// too late, to nobody or for nothing. A farewell that could not be said is forgotten.
func prepare(tx *txn, m *Mail, publicURL string) error {
	switch m.Kind {
	case MailReset, MailConfirm:
	case MailFarewell:
		if !m.late(tx.moment, farewellPatience) {
			return nil
		}
		m.Cancelled = tx.moment
		return mails.delete(tx.Tx, key(m.ID))
	default:
		return nil
	}
	account, err := openAccount(tx, m.Account)
	patience := resetPatience
	if m.Kind == MailConfirm {
		patience = confirmPatience
	}
	if isNotFound(err) || err == nil && m.late(tx.moment, patience) {
		m.Cancelled = tx.moment
		return mails.put(tx.Tx, m)
	}
	if err != nil {
		return err
	}
	if m.Kind == MailConfirm {
		m.Subject, m.Body = confirmMail(account.Name, publicURL+"/confirm-email?token="+tx.store.confirmToken(account, tx.moment), tx.settings)
		return nil
	}
	token, err := newReset(tx, m)
	m.Subject, m.Body = resetMail(account.Name, publicURL+"/reset?token="+token, tx.settings)
	return err
}

// late tells whether the mail has waited for longer than it is worth sending.
func (m *Mail) late(now reissue.Moment, patience time.Duration) bool {
	return now-m.Created > millis(patience)
}

// dropFarewells forgets the farewells, and the addresses in them, that came too
// late while nothing was sent.
func (s *Store) dropFarewells() error {
	return s.update(reissue.System(), func(tx *txn) error {
		list, err := mails.having(tx.Tx, "account", key(uint64(0))) // whose account is gone
		for _, m := range list {
			if m.Kind == MailFarewell && m.late(tx.moment, farewellPatience) {
				err = errors.Join(err, mails.delete(tx.Tx, key(m.ID)), markPurged(tx))
			}
		}
		return err
	})
}

// MailSent notes that a mail has left. One whose owner left meanwhile is gone,
// and nothing is noted.
func (s *Store) MailSent(number uint64) error {
	return s.update(reissue.System(), func(tx *txn) error {
		m, err := mails.get(tx.Tx, key(number))
		if err != nil {
			return ignoreNotFound(err)
		}
		if m.Kind == MailFarewell {
			return mails.delete(tx.Tx, key(number))
		}
		m.Sent, m.Failure, m.FailedFirst, m.Refused = tx.moment, "", 0, false
		return mails.put(tx.Tx, m)
	})
}

// mostAttempts is after how many failed ones the candidate is told by telephone: half
// a working day has passed.
const mostAttempts = 9

// MailFailed notes a failed attempt; the next one waits twice as long as the
// one before, from a minute to four hours. After the last of many, or at once where
// the mail was refused for good, somebody should telephone. A mail that is gone has
// none.
func (s *Store) MailFailed(number uint64, failure string, forGood bool) error {
	return s.update(reissue.System(), func(tx *txn) error {
		m, err := mails.get(tx.Tx, key(number))
		if err != nil {
			return ignoreNotFound(err)
		}
		wait := min(time.Minute<<min(m.Attempts, 8), 4*time.Hour)
		m.Attempts++
		if m.FailedFirst == 0 {
			m.FailedFirst = tx.moment
		}
		m.Failure, m.Refused, m.Due = failure, forGood, tx.moment+millis(wait)
		if m.Undelivered == 0 && (forGood || m.Attempts >= mostAttempts) {
			if err := m.giveUp(tx); err != nil {
				return err
			}
		}
		return mails.put(tx.Tx, m)
	})
}

// MailHeld tells whether the outbox is shut since the file was restored.
func (s *Store) MailHeld() (held bool, err error) {
	err = s.view(func(tx *txn) error {
		file, err := identities.get(tx.Tx)
		if err == nil {
			held = file.MailHeld
		}
		return err
	})
	return held, err
}

// ReleaseMail opens the outbox again after a restore.
func (s *Store) ReleaseMail(by reissue.Actor) error {
	return s.update(by, func(tx *txn) error {
		if err := setIdentity(tx.Tx, func(i *identity) { i.MailHeld = false }); err != nil {
			return err
		}
		return tx.audit(Audit{Act: "release", Object: "mail"})
	})
}
