package store

import (
	"path/filepath"
	"slices"
	"testing"
	"time"

	"certreissue/reissue"
)

// postAll puts mails into the outbox as acts do.
func postAll(t *testing.T, s *Store, list ...*Mail) {
	t.Helper()
	err := s.update(reissue.System(), func(tx *txn) error {
		for _, m := range list {
			if err := tx.post(m); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func TestOutbox(t *testing.T) {
	clock := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	s := opened(t, &clock)
	later := reissue.At(clock.Add(time.Hour))
	for i := range 12 {
		m := &Mail{To: "a@example.com", Account: uint64(1 + i%2)}
		if i >= 6 {
			m.Due = later
		}
		postAll(t, s, m)
	}
	for range 6 { // 1 to 3 leave, 4 to 6 fail
		m, err := s.NextMail("")
		if err != nil {
			t.Fatal(err)
		}
		if m.ID <= 3 {
			err = s.MailSent(m.ID)
		} else {
			err = s.MailFailed(m.ID, "地址不存在", false)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := s.update(reissue.System(), func(tx *txn) error { return cancelMail(tx, 1, "") }); err != nil {
		t.Fatal(err)
	}
	pages := func(state MailState) (ids []uint64) {
		for cursor, more := "", true; more; {
			page, err := s.Outbox(state, cursor, 2)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range page.Rows {
				ids = append(ids, m.ID)
			}
			cursor, more = page.Next, page.Next != ""
		}
		return ids
	}
	for state, want := range map[MailState][]uint64{
		"": {12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1}, MailWaiting: {8, 10, 12}, MailFailing: {4, 6}, MailGone: {3, 2, 1}, MailCancelled: {11, 9, 7, 5},
	} {
		if got := pages(state); !slices.Equal(got, want) {
			t.Errorf("state %q: %v, want %v", state, got, want)
		}
	}
	if u, err := s.Unsent(); err != nil || u.Waiting != 3 || u.Failed != 2 || u.Held {
		t.Errorf("unsent %+v, %v", u, err)
	}
	if err := s.RetryMail(staffActor(1), 1); err == nil {
		t.Error("a mail that has left is sent again")
	}
	if err := s.RetryMail(staffActor(1), 12); err != nil {
		t.Error(err)
	}
	if n, err := s.RetryFailed(staffActor(1)); err != nil || n != 2 {
		t.Errorf("%d failed mails are tried again, want 2: %v", n, err)
	}
	var due []uint64
	for {
		m, err := s.NextMail("")
		if err != nil {
			break
		}
		due = append(due, m.ID)
		if err := s.MailSent(m.ID); err != nil {
			t.Fatal(err)
		}
	}
	if want := []uint64{4, 6, 12}; !slices.Equal(due, want) {
		t.Errorf("due now %v, want %v", due, want)
	}
}

// TestCorrectionUnsendsMail takes an arrival and a mailing back before anybody
// was told.
func TestCorrectionUnsendsMail(t *testing.T) {
	clock := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	s, err := Open(filepath.Join(t.TempDir(), "office.db"), Options{Create: true, Now: func() time.Time { return clock }})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	clerk := reissue.Actor{ID: 1, Roles: []reissue.Role{reissue.RoleReviewer}}
	a := &reissue.Application{ID: 20260000019, Owner: 1, Status: reissue.InProduction, Fields: reissue.Fields{Name: "测试", City: "石家庄市"}}
	last := func() *Mail { return mailNumbered(t, s, a.History[len(a.History)-1].Mail) }
	do := func(act func() error) {
		t.Helper()
		err := s.update(clerk, func(tx *txn) error {
			if err := accounts.put(tx.Tx, &reissue.Account{ID: 1, Email: "a@example.com"}); err != nil {
				return err
			}
			if err := act(); err != nil {
				return err
			}
			return tx.record(a)
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	correct := func(act reissue.Act, to reissue.Status) {
		t.Helper()
		do(func() error {
			a.Status, a.Revision = to, a.Revision+1
			a.History = append(a.History, reissue.Event{Act: act, Status: to, At: reissue.At(clock), By: clerk.ID, Role: reissue.RoleReviewer})
			return nil
		})
	}
	do(func() error { return a.Arrive(clerk, clock) })
	arrival := last()
	if arrival.Subject == "" || arrival.State() != MailWaiting {
		t.Errorf("mail of the arrival: %+v", arrival)
	}
	correct(reissue.ActUndoArrival, reissue.InProduction)
	if m := mailNumbered(t, s, arrival.ID); m.State() != MailCancelled {
		t.Error("an arrival taken back is told all the same")
	}
	do(func() error { return a.Arrive(clerk, clock) })
	second := last()
	do(func() error { return a.Mail(clerk, clock, "EA123456789CN") })
	mailing := last()
	correct(reissue.ActCorrectMailing, reissue.Ready)
	if m := mailNumbered(t, s, mailing.ID); m.State() != MailCancelled {
		t.Error("a mailing taken back is told all the same")
	}
	if m := mailNumbered(t, s, second.ID); m.State() != MailWaiting {
		t.Error("the arrival that stands is not told")
	}
}

func mailNumbered(t *testing.T, s *Store, number uint64) (m *Mail) {
	t.Helper()
	err := s.view(func(tx *txn) (err error) {
		m, err = mails.get(tx.Tx, key(number))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return m
}
