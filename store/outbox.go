package store

import (
	"iter"
	"time"

	"certreissue/reissue"
)

// MailState is where a mail is on its way.
type MailState string

// The states of a mail. While the outbox is held, the first two are held too.
const (
	MailWaiting   MailState = "waiting"
	MailFailing   MailState = "failed" // at least once, and tried again
	MailGone      MailState = "sent"
	MailCancelled MailState = "cancelled"
	MailHomeless  MailState = "homeless" // there is no address
	MailTold      MailState = "told"     // by telephone instead
)

const objectMail = "mail"

// State is where the mail is on its way.
func (m *Mail) State() MailState {
	switch {
	case m.Cancelled != 0:
		return MailCancelled
	case m.Sent != 0:
		return MailGone
	case m.Told != 0:
		return MailTold
	case m.To == "":
		return MailHomeless
	case m.Failure != "":
		return MailFailing
	}
	return MailWaiting
}

// stuckAfter is how long a mail has failed when it is worth an alarm: servers of mail are
// away for a while, and some want to be asked twice.
const stuckAfter = 30 * time.Minute

// stuck tells whether the mail is news that somebody must tell otherwise, or has failed
// for long. One that its receiver refuses, and that is no news, says nothing of the server.
func (m *Mail) stuck(now reissue.Moment) bool {
	return m.Failure != "" && (m.Undelivered != 0 || !m.Refused && m.FailedFirst != 0 && now-m.FailedFirst >= millis(stuckAfter))
}

// unsent tells whether the mail may still leave.
func (m *Mail) unsent() bool { return m.Sent == 0 && m.Cancelled == 0 && m.Told == 0 }

// Outbox is one page of the mails in a state, "" for all: what is to leave by
// when it is due, the others the newest first.
func (s *Store) Outbox(state MailState, cursor string, size int) (page Page[Mail], err error) {
	in := span{backwards: true}
	if state == MailWaiting || state == MailFailing {
		in = span{index: "due"}
	}
	passes := func(m *Mail) bool { return state == "" || m.State() == state }
	err = s.view(func(tx *txn) (err error) {
		page, err = mails.page(tx, in, cursor, size, passes)
		return err
	})
	return page, err
}

// Unsent is what has not left. The counts stop at MostUnsent.
type Unsent struct {
	Waiting, Failed int
	Held            bool // since the file was restored
}

// MostUnsent is how far unsent mails are counted: an office without a mail
// server keeps all of them.
const MostUnsent = 1000

// Unsent counts what has not left, for the desk and the outbox.
func (s *Store) Unsent() (u Unsent, err error) {
	err = s.view(func(tx *txn) error {
		file, err := identities.get(tx.Tx)
		if err != nil {
			return err
		}
		u.Held = file.MailHeld
		for m, err := range tx.unsentMails() {
			if err != nil {
				return err
			}
			if m.State() == MailFailing {
				u.Failed++
			} else {
				u.Waiting++
			}
			if u.Failed+u.Waiting == MostUnsent {
				break
			}
		}
		return nil
	})
	return u, err
}

// unsentMails are what has not left and has an address, by when it is due.
func (tx *txn) unsentMails() iter.Seq2[*Mail, error] {
	return func(yield func(*Mail, error) bool) {
		for _, k := range mails.entries(tx.Tx, "due", nil, nil, false) {
			m, err := mails.get(tx.Tx, k)
			if tx.leftOut(err) {
				continue
			}
			if !yield(m, err) || err != nil {
				return
			}
		}
	}
}

// Undelivered is how many mails to candidates have been refused for good, or have failed
// for long. The count stops at MostUnsent.
func (s *Store) Undelivered() (n int, err error) {
	err = s.view(func(tx *txn) error {
		for m, err := range tx.unsentMails() {
			if err != nil {
				return err
			}
			if m.Kind != MailAlarm && m.stuck(tx.moment) {
				n++
			}
			if n == MostUnsent {
				break
			}
		}
		return nil
	})
	return n, err
}

// RetryMail lets a mail leave now, whatever it waits for. One that cannot leave any
// more is a Problem.
func (s *Store) RetryMail(by reissue.Actor, number uint64) error {
	return s.update(by, func(tx *txn) error {
		m, err := mails.get(tx.Tx, key(number))
		if err != nil {
			return err
		}
		if !m.unsent() || m.To == "" {
			return reissue.Problems{{Message: sayMailOver}}
		}
		if err := m.hurry(tx); err != nil {
			return err
		}
		return tx.audit(Audit{Act: "retry", Object: objectMail, ObjectID: number})
	})
}

// RetryFailed lets every mail that has failed leave now, MostUnsent of them at a
// time, and answers how many.
func (s *Store) RetryFailed(by reissue.Actor) (n int, err error) {
	err = s.update(by, func(tx *txn) error {
		var failed []*Mail
		for m, err := range tx.unsentMails() {
			if err != nil {
				return err
			}
			if m.State() == MailFailing && len(failed) < MostUnsent {
				failed = append(failed, m)
			}
		}
		for _, m := range failed {
			if err := m.hurry(tx); err != nil {
				return err
			}
		}
		if n = len(failed); n == 0 {
			return nil
		}
		return tx.audit(Audit{Act: "retry", Object: objectMail})
	})
	return n, err
}

// hurry makes the mail due now. The pause after the next failure is short again.
func (m *Mail) hurry(tx *txn) error {
	m.Due, m.Attempts = tx.moment, 0
	return mails.put(tx.Tx, m)
}
