package store

import (
	"errors"

	"certreissue/reissue"
)

// The two parts of 需电话通知, as the index has them.
const (
	openCalls = "open"
	toldCalls = "told"
)

// Call is what a candidate whom no mail reaches is to be told by telephone, or was.
type Call struct {
	*Mail
	Application *reissue.Application
	Event       *reissue.Event // what to tell of
	By          string         // who has told; "" while nobody has
}

// reaches tells whether the outbox takes a mail about an event to its owner. Without
// an address it keeps what is to be told by telephone.
func (tx *txn) reaches(owner *reissue.Account, event *reissue.Event) bool {
	return owner.Email != "" || owner.Closed == 0 && event.Status.MustBeTold()
}

// giveUp puts a mail that has failed on the list of calls, if it is about what the
// candidate must know now. It is tried again all the same.
func (m *Mail) giveUp(tx *txn) error {
	a, err := applications.get(tx.Tx, key(m.Application))
	if err != nil {
		return ignoreNotFound(err)
	}
	if news := a.News(); news != nil && news.Mail == m.ID {
		m.Undelivered = tx.moment
	}
	return nil
}

// overtakeCalls cancels what was to be told of an application and is no news any more
// with its last event. Where that has undone another one, what had been news before is
// again to be told.
func (tx *txn) overtakeCalls(a *reissue.Application) error {
	news, undone := a.News(), a.Undone()
	for i := range a.History {
		event := &a.History[i]
		if event.Mail == 0 {
			continue
		}
		m, err := mails.get(tx.Tx, key(event.Mail))
		if isNotFound(err) {
			continue
		}
		if err != nil {
			return err
		}
		if m.Undelivered == 0 || m.Sent != 0 || m.Told != 0 {
			continue
		}
		switch is := news == event; {
		case !is && m.Cancelled == 0:
			m.Cancelled = tx.moment
		case is && m.Cancelled != 0 && undone != nil && m.Cancelled == undone.At:
			m.Cancelled = 0
		default:
			continue
		}
		if err := mails.put(tx.Tx, m); err != nil {
			return err
		}
	}
	return nil
}

// redirect sends to a new address what has not left to the old one ("" for none) about an
// application, and answers how many mails that are. A notice about the account itself
// warns whoever had it before.
func redirect(tx *txn, account uint64, from, to string) (moved int, err error) {
	list, err := mails.having(tx.Tx, "account", key(account))
	if err != nil {
		return 0, err
	}
	for _, m := range list {
		if !m.unsent() || m.To != from || m.Application == 0 {
			continue
		}
		if err := m.turn(tx, to); err != nil {
			return 0, err
		}
		moved++
	}
	return moved, nil
}

// turn sends a mail that has not left to another address, from the beginning; without
// one it is to be told by telephone.
func (m *Mail) turn(tx *txn, to string) error {
	if m.Failure != "" {
		m.Due = tx.moment
	}
	m.To, m.Failure, m.Attempts, m.FailedFirst, m.Refused = to, "", 0, 0, false
	switch {
	case to != "":
		m.Undelivered = 0
	case m.Undelivered == 0:
		m.Undelivered = max(m.Due, tx.moment)
	}
	return mails.put(tx.Tx, m)
}

// waitingNews are the mails that have not left of what the candidate of an account's
// applications must know.
func waitingNews(tx *txn, account uint64) (waiting []*Mail, err error) {
	list, err := applications.having(tx.Tx, "owner", key(account))
	if err != nil {
		return nil, err
	}
	for _, a := range list {
		news := a.News()
		if news == nil {
			continue
		}
		m, err := mails.get(tx.Tx, key(news.Mail))
		if isNotFound(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if m.unsent() {
			waiting = append(waiting, m)
		}
	}
	return waiting, nil
}

// Calls are a page of what is to be told in a staff member's cities, the longest
// waiting first, or of what was told, the latest first.
func (s *Store) Calls(staff *reissue.Staff, told bool, cursor string, size int) (page Page[Call], err error) {
	in := span{index: "telephone", prefix: key(openCalls)}
	if told {
		in = span{index: "telephone", prefix: key(toldCalls), backwards: true}
	}
	err = s.view(func(tx *txn) error {
		found := map[uint64]*Call{}
		var failed error
		list, err := mails.page(tx, in, cursor, size, func(m *Mail) bool {
			call, err := callOf(tx, staff, m)
			if ignoreNotFound(err) != nil {
				failed = errors.Join(failed, err)
			}
			found[m.ID] = call
			return call != nil
		})
		if err := errors.Join(err, failed); err != nil {
			return err
		}
		page = Page[Call]{Next: list.Next, More: list.More, Damaged: list.Damaged}
		for _, m := range list.Rows {
			page.Rows = append(page.Rows, found[m.ID])
		}
		return nil
	})
	return page, err
}

// callOf is a mail as something to be told; reissue.ErrNotFound outside the staff
// member's cities, and for what nobody need be told yet.
func callOf(tx *txn, staff *reissue.Staff, m *Mail) (*Call, error) {
	a, err := applicationFor(tx, staff, m.Application)
	if err != nil {
		return nil, err
	}
	call := &Call{Mail: m, Application: a}
	for i := range a.History {
		if a.History[i].Mail == m.ID {
			call.Event = &a.History[i]
		}
	}
	if call.Event == nil || m.Undelivered == 0 || m.Undelivered > tx.moment {
		return nil, reissue.ErrNotFound
	}
	if m.Told != 0 {
		call.By, err = memberName(tx, m.ToldBy)
	}
	return call, err
}

// OpenCalls counts what is to be told in a staff member's cities, up to MostUnsent.
func (s *Store) OpenCalls(staff *reissue.Staff) (n int, err error) {
	page, err := s.Calls(staff, false, "", MostUnsent)
	return len(page.Rows), err
}

// EachCall gives everything that is to be told in a staff member's cities.
func (s *Store) EachCall(staff *reissue.Staff, do func(*Call) error) error {
	return each(func(cursor string) (Page[Call], error) { return s.Calls(staff, false, cursor, eachRows) }, do)
}

// ErrCallOver is a call that has become needless, or was made by somebody else.
var ErrCallOver = errors.New("the call is over")

// Tell ticks off calls that a staff member has made, all of them or none; their mails
// do not leave any more. One that nobody has to make any more is ErrCallOver.
func (s *Store) Tell(staff *reissue.Staff, calls []uint64) error {
	return s.update(staff.Actor(), func(tx *txn) error {
		for _, number := range calls {
			m, err := callFor(tx, staff, number)
			if err != nil {
				return err
			}
			if !m.unsent() {
				return ErrCallOver
			}
			m.Told, m.ToldBy = tx.moment, tx.by.ID
			if err := errors.Join(mails.put(tx.Tx, m), tx.audit(Audit{Act: "tell", Object: objectApplication, ObjectID: m.Application})); err != nil {
				return err
			}
		}
		return nil
	})
}

// Untell takes a tick back: somebody has still to be told, by mail where there is a
// new address meanwhile. What is no news any more is ErrCallOver.
func (s *Store) Untell(staff *reissue.Staff, call uint64) error {
	return s.update(staff.Actor(), func(tx *txn) error {
		m, err := callFor(tx, staff, call)
		if err != nil {
			return err
		}
		a, err := applications.get(tx.Tx, key(m.Application))
		if err != nil {
			return err
		}
		if news := a.News(); m.Told == 0 || m.Cancelled != 0 || news == nil || news.Mail != m.ID {
			return ErrCallOver
		}
		owner, err := accounts.get(tx.Tx, key(a.Owner))
		if err != nil {
			return err
		}
		m.Told, m.ToldBy = 0, 0
		if err := errors.Join(mails.put(tx.Tx, m), tx.audit(Audit{Act: "untell", Object: objectApplication, ObjectID: m.Application})); err != nil {
			return err
		}
		if m.To != owner.Email && owner.Email != "" {
			_, err = redirect(tx, m.Account, m.To, owner.Email)
		}
		return err
	})
}

// callFor is the mail of a call as a staff member may make it, made or not. One that
// may reach the candidate after all is ErrCallOver.
func callFor(tx *txn, staff *reissue.Staff, number uint64) (*Mail, error) {
	m, err := mails.get(tx.Tx, key(number))
	if err != nil {
		return nil, err
	}
	if _, err := applicationFor(tx, staff, m.Application); err != nil {
		return nil, err
	}
	if m.Undelivered == 0 {
		return nil, ErrCallOver
	}
	return m, nil
}
