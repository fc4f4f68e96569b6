package store

import (
	"errors"

	"certreissue/reissue"
)

var alarmRecord = single[reissue.Alarms]{"alarms"}

// Alarms are what KeepAlarms has kept.
func (s *Store) Alarms() (known reissue.Alarms, err error) {
	err = s.view(func(tx *txn) error {
		kept, err := alarmRecord.get(tx.Tx)
		if err == nil {
			known = *kept
		}
		return ignoreNotFound(err)
	})
	return known, err
}

// KeepAlarms keeps what is known, and posts the news to the administrator.
func (s *Store) KeepAlarms(known reissue.Alarms, news []reissue.AlarmNews) error {
	return s.update(reissue.System(), func(tx *txn) error {
		err := alarmRecord.put(tx.Tx, &known)
		for _, one := range news {
			m := &Mail{Kind: MailAlarm, To: tx.settings.AlarmTo}
			m.Subject, m.Body = s.AlarmMail(one)
			err = errors.Join(err, tx.post(m))
		}
		return err
	})
}

// AlarmMail is what the administrator is told.
func (s *Store) AlarmMail(news reissue.AlarmNews) (subject, body string) {
	return alarmMail(news, FullPath(s.path), s.publicURL(), s.Settings())
}
