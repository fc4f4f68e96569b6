package store

import (
	"cmp"
	"context"
	"errors"
	"time"

	"certreissue/reissue"
)

// rounds is when the store last looked at what waits for candidates.
type rounds struct {
	Last reissue.Moment `cbor:"1,keyasint"`
	From reissue.Moment `cbor:"2,keyasint"` // not before; after a clock that jumped, and after a week without a look
}

var roundsRecord = single[rounds]{"rounds"}

// roundsApart is how often that is looked at.
const roundsApart = time.Hour

// Reminded counts what was done about what waits for candidates.
type Reminded struct {
	Mails, Lapsed int
}

// Remind reminds candidates of what they have to correct or to collect, and closes what
// was not corrected in the office's term, some in each transaction. It does nothing
// while mail is held, since nobody would hear of it, nor in the first hours after the
// clock has jumped or nothing was looked at for a week: as before deleting (Forget), a
// wrong clock must have the time to be noticed.
func (s *Store) Remind(ctx context.Context) (done Reminded, err error) {
	var due []uint64
	err = s.update(reissue.System(), func(tx *txn) error {
		due = nil
		if file, err := identities.get(tx.Tx); err != nil || file.MailHeld {
			return cmp.Or(err, errNothing)
		}
		mark, err := roundsRecord.get(tx.Tx)
		if isNotFound(err) {
			mark, err = &rounds{}, nil
		}
		if err != nil {
			return err
		}
		switch since := tx.now.Sub(mark.Last.Time()); {
		case since < 0, since > nightsLinked:
			mark.From = tx.moment + millis(nightsApart)
		case since < roundsApart:
			return errNothing
		}
		if mark.Last = tx.moment; mark.From <= tx.moment {
			due = tx.waitingForCandidates()
		}
		return roundsRecord.put(tx.Tx, mark)
	})
	if errors.Is(err, errNothing) {
		return done, nil
	}
	if err != nil {
		return done, err
	}
	// One that fails keeps no other from its day.
	for _, number := range due {
		if ctx.Err() != nil {
			return done, errors.Join(err, ctx.Err())
		}
		var now Reminded
		failed := s.update(reissue.System(), func(tx *txn) error {
			now = Reminded{}
			return tx.remind(number, &now)
		})
		switch {
		case failed == nil:
			done.Mails, done.Lapsed = done.Mails+now.Mails, done.Lapsed+now.Lapsed
		case !errors.Is(failed, errNothing):
			err = errors.Join(err, failed)
		}
	}
	return done, err
}

// errNothing lets go of a transaction that has nothing to write.
var errNothing = errors.New("nothing to do yet")

// waitingForCandidates are the applications that have waited for their candidates for as
// long as it takes until the first reminder.
func (tx *txn) waitingForCandidates() (list []uint64) {
	for status, days := range map[reissue.Status]int{reissue.Returned: tx.settings.WarnsFrom(), reissue.Ready: tx.settings.CollectFrom()} {
		if days == 0 {
			continue
		}
		before := key(reissue.StartOf(tx.today(), 1-days))
		for _, k := range applications.walk(tx.Tx, span{index: "since", prefix: sinceFacet(status, ""), to: before}, nil) {
			list = append(list, id(k))
		}
	}
	return list
}

// reminderPatience is how late a reminder may leave after it was written: the day that it
// names is counted from then.
const reminderPatience = 24 * time.Hour

// remind does what is due about one application, and counts it; errNothing where nothing
// is, and of what is damaged.
func (tx *txn) remind(number uint64, done *Reminded) error {
	a, err := applications.get(tx.Tx, key(number))
	var owner *reissue.Account
	var warned, late bool
	if err == nil {
		owner, err = accounts.get(tx.Tx, key(a.Owner))
	}
	if err == nil && a.Status == reissue.Returned {
		warned, late, err = tx.warned(a)
	}
	if tx.leftOut(err) || isNotFound(err) {
		return errNothing
	}
	if err != nil {
		return err
	}
	if warned {
		if over, err := a.Lapse(tx.by, tx.now, tx.settings); over || err != nil {
			done.Lapsed++
			return errors.Join(err, tx.record(a), dropDraft(tx, a.Owner, Form{FormEdit, a.ID}))
		}
	}
	if late {
		for _, one := range a.Reminders() {
			one.Void = true
		}
	}
	if a.Status == reissue.Ready {
		// Who is to be told by telephone first is not reminded.
		if told, err := tx.told(a, owner); err != nil || !told {
			return cmp.Or(err, errNothing)
		}
	}
	if !a.Remind(tx.by, tx.now, tx.settings) {
		return errNothing
	}
	aside := &a.Asides[len(a.Asides)-1]
	if text, sent := tx.settings.MailText(aside.Act); sent && owner.Email != "" && owner.Closed == 0 {
		m := &Mail{To: owner.Email, Account: owner.ID, Application: a.ID}
		m.Subject, m.Body = text.Fill(a.MailValues(&reissue.Event{At: aside.At, Status: a.Status}, tx.settings, tx.store.publicURL()))
		if err := tx.post(m); err != nil {
			return err
		}
		aside.Mail = m.ID
		done.Mails++
	}
	return errors.Join(applications.put(tx.Tx, a), tx.audit(Audit{Act: string(aside.Act), Object: objectApplication, ObjectID: a.ID}))
}

// warned tells whether the candidate of a returned application was told of its last day by
// a mail that left in time; late, whether all that left was too late for that. Who has no
// address was told of nothing.
func (tx *txn) warned(a *reissue.Application) (warned, late bool, err error) {
	until := a.Deadline(tx.settings, tx.today())
	for _, one := range a.Reminders() {
		late = false
		m, err := mails.get(tx.Tx, key(one.Mail))
		if isNotFound(err) {
			continue
		}
		if err != nil {
			return false, false, err
		}
		if late = m.Sent != 0 && m.Sent-one.At > millis(reminderPatience); m.Sent != 0 && !late && one.Until == until {
			warned = true
		}
	}
	return warned, late && !warned, nil
}

// told tells whether a candidate has been told, by mail or by telephone, that there is
// something to collect, and has an address to be reminded at.
func (tx *txn) told(a *reissue.Application, owner *reissue.Account) (bool, error) {
	if owner.Email == "" || owner.Closed != 0 {
		return false, nil
	}
	news := a.News()
	if news == nil {
		return true, nil
	}
	m, err := mails.get(tx.Tx, key(news.Mail))
	if isNotFound(err) {
		return true, nil
	}
	return err == nil && (m.Sent != 0 || m.Told != 0), err
}

// OverTerm counts the returned applications that a term of so many days is over for:
// they are reminded first, and closed at the end of the days that a first reminder
// leaves.
func (s *Store) OverTerm(days int) (n int, err error) {
	if days == 0 {
		return 0, nil
	}
	err = s.view(func(tx *txn) error {
		in := span{index: "since", prefix: sinceFacet(reissue.Returned, ""), to: key(reissue.StartOf(tx.today(), -days))}
		for range applications.walk(tx.Tx, in, nil) {
			n++
		}
		return nil
	})
	return n, err
}
