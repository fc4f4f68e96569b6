package store

import (
	"errors"

	"certreissue/reissue"
)

// Leave closes an account at its holder's wish and erases its address, former ones too. Without
// applications nothing of it stays. Applications that are over stay as they are,
// as long as the office has to keep them, under the closed account; one that is
// open is a problem: nobody could follow it any more.
func (s *Store) Leave(number uint64) error {
	return s.update(reissue.Candidate(number), func(tx *txn) error {
		account, list, err := closable(tx, number, func(a *reissue.Application) string { return sayOwnStillOpen(a.ID) })
		if err != nil {
			return err
		}
		email := account.Email
		account.MoveEmail("")
		account.Former = nil
		err = errors.Join(tx.closeAccount(account, "leave"), eraseMails(tx, number), markPurged(tx))
		if len(list) == 0 {
			err = errors.Join(err, eraseAccount(tx, account))
		}
		if !tx.mailLeaves() {
			return err
		}
		subject, body := farewellMail(tx.settings, len(list) > 0)
		return errors.Join(err, tx.post(&Mail{Kind: MailFarewell, To: email, Subject: subject, Body: body}))
	})
}

// eraseMails deletes an account's own mails, and takes the address out of those
// that belong to its applications.
func eraseMails(tx *txn, account uint64) error {
	list, err := mails.having(tx.Tx, "account", key(account))
	for _, m := range list {
		if m.Application == 0 {
			err = errors.Join(err, mails.delete(tx.Tx, key(m.ID)))
			continue
		}
		if m.Sent == 0 && m.Cancelled == 0 {
			m.Cancelled = tx.moment
		}
		m.To = ""
		err = errors.Join(err, mails.put(tx.Tx, m))
	}
	return err
}

// eraseAccount deletes an account that has no applications, with all that hangs
// on it. Its number in the log means nobody any more.
func eraseAccount(tx *txn, a *reissue.Account) error {
	return errors.Join(dropSessions(tx, SessionCandidate, a.ID), endResets(tx, a.ID), dropDrafts(tx, a.ID), eraseMails(tx, a.ID),
		forgetTries(tx, signInTry(a)), forgetTries(tx, CandidateTry(TryPassword, a.Person.Number.Full())),
		accounts.delete(tx.Tx, key(a.ID)))
}
