package store

import (
	"certreissue/reissue"
)

// MyData is what the file holds about the holder of an account, beside what they
// have typed and not sent, which goes within a day.
type MyData struct {
	Account      *reissue.Account
	Sessions     []*Session // that are live
	Applications []*reissue.Application
	Certificates []*reissue.Certificate // of the register, that they are shown
	Mails        []*Mail
	Audit        []*Audit // the newest first, at most mostFound
}

// MyData loads all of an account for its holder, who takes it along: that is
// noted in the log.
func (s *Store) MyData(account uint64) (d *MyData, err error) {
	err = s.update(reissue.Candidate(account), func(tx *txn) error {
		d = &MyData{}
		if d.Account, err = openAccount(tx, account); err != nil {
			return err
		}
		if d.Sessions, err = liveSessions(tx, SessionCandidate, account); err != nil {
			return err
		}
		if d.Applications, err = applications.having(tx.Tx, "owner", key(account)); err != nil {
			return err
		}
		lines, err := linesOf(tx, d.Account.Person)
		if err != nil {
			return err
		}
		d.Certificates = matching(lines, d.Account.Name)
		if d.Mails, err = mails.having(tx.Tx, "account", key(account)); err != nil {
			return err
		}
		if d.Audit, err = lastRows(tx, objectAccount, account); err != nil {
			return err
		}
		return tx.audit(Audit{Act: actExport, Object: objectAccount, ObjectID: account})
	})
	return d, err
}
