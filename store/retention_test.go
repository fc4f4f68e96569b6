package store

import (
	"testing"
	"time"

	"certreissue/reissue"
)

func TestForgetPhotos(t *testing.T) {
	o := open(t)
	_, refused := o.applied(1)
	o.decide(refused.ID, refuse)
	_, waiting := o.applied(2)
	o.forward(200 * 24 * time.Hour)
	_, lately := o.applied(3)
	o.decide(lately.ID, refuse)

	o.forget(Forgotten{}) // off until the office sets it
	o.must(o.ChangeSettings(reissue.System(), func(s *reissue.Settings) error { s.Retention.PhotoMonths = 6; return nil }))
	o.forget(Forgotten{Photos: 1})
	o.forget(Forgotten{})
	for _, c := range []struct {
		number uint64
		kept   bool
	}{{refused.ID, false}, {waiting.ID, true}, {lately.ID, true}} {
		if _, err := o.photo(c.number, nil); (err == nil) != c.kept {
			t.Errorf("the photo of %d: %v", c.number, err)
		}
	}
	a, err := o.Application(clerk(), refused.ID)
	o.must(err)
	if a.Status != reissue.Refused || a.Photo.Given() || a.History[len(a.History)-1].Act != reissue.ActForgetPhoto {
		t.Errorf("%+v", a)
	}
	for _, finding := range o.findings() {
		t.Error(finding)
	}
}

// TestNothingPurged: a night in which nothing goes, since something happened to
// all that was found, leaves nothing to compact.
func TestNothingPurged(t *testing.T) {
	o := open(t)
	account := o.register(1)
	find := func(*txn, reissue.Moment) ([]uint64, error) { return []uint64{account.ID}, nil }
	for _, c := range []struct {
		before reissue.Moment
		gone   int
	}{{account.Created, 0}, {account.Created + 1, 1}} {
		gone := 0
		o.must(o.Store.forget(t.Context(), retained{&gone, c.before, find, forgetUnused}))
		if purged, err := o.Purged(); err != nil || gone != c.gone || purged != (c.gone > 0) {
			t.Errorf("%d went, want %d; purged %v, %v", gone, c.gone, purged, err)
		}
	}
}

func TestStoredSettings(t *testing.T) {
	o := open(t)
	o.must(o.ChangeSettings(reissue.System(), func(s *reissue.Settings) error { s.Listen = "127.0.0.1:8099"; return nil }))
	o.must(o.Close())
	if got := StoredSettings(o.Path()).Listen; got != "127.0.0.1:8099" {
		t.Errorf("the file says %q", got)
	}
	if got := StoredSettings(o.Path() + ".none").Listen; got != "" {
		t.Errorf("no file says %q", got)
	}
	s, err := Open(o.Path(), Options{Now: o.now})
	o.must(err)
	o.Store = s
}

// TestDue: what is told of a shorter period before it is saved is what the night
// then deletes, and nothing is told where nothing more goes.
func TestDue(t *testing.T) {
	for _, c := range []struct {
		why          string
		stored, next reissue.Retention
		due          Forgotten
		more         bool
	}{
		{"nothing changes", reissue.Retention{PhotoMonths: 12}, reissue.Retention{PhotoMonths: 12}, Forgotten{}, false},
		{"shorter, and nothing is as old", reissue.Retention{}, reissue.Retention{PhotoMonths: 24, ApplicationMonths: 24, AccountMonths: 24}, Forgotten{}, false},
		{"longer", reissue.Retention{PhotoMonths: 6}, reissue.Retention{PhotoMonths: 12}, Forgotten{}, false},
		{"for ever", reissue.Retention{PhotoMonths: 6, AccountMonths: 12}, reissue.Retention{}, Forgotten{}, false},
		{"shorter, but all of it goes already", reissue.Retention{PhotoMonths: 12}, reissue.Retention{PhotoMonths: 6}, Forgotten{Photos: 3}, false},
		{"photos", reissue.Retention{}, reissue.Retention{PhotoMonths: 12}, Forgotten{Photos: 3}, true},
		{"applications, whose accounts may stay", reissue.Retention{}, reissue.Retention{ApplicationMonths: 12}, Forgotten{Applications: 3}, true},
		{"accounts without an application", reissue.Retention{}, reissue.Retention{AccountMonths: 12}, Forgotten{Accounts: 1}, true},
		{"one shorter, one longer", reissue.Retention{PhotoMonths: 6}, reissue.Retention{PhotoMonths: 36, ApplicationMonths: 12}, Forgotten{Applications: 3}, true},
		{"accounts that lose their last application that night", reissue.Retention{AccountMonths: 12},
			reissue.Retention{PhotoMonths: 6, ApplicationMonths: 12, AccountMonths: 12}, Forgotten{Photos: 3, Applications: 3, Accounts: 2}, true},
	} {
		o := open(t)
		for n := range 3 {
			account, a := o.applied(n)
			o.decide(a.ID, refuse)
			if n == 1 {
				o.must(o.Leave(account.ID)) // goes with its application, uncounted
			}
		}
		o.applied(3) // still waits
		o.register(4)
		o.forward(year)
		comesBack, err := o.AccountByNumber(human(2).Number)
		o.must(err)
		o.signIn(SessionCandidate, comesBack.ID, "token")
		_, lately := o.applied(5)
		o.decide(lately.ID, refuse)
		o.forget(Forgotten{})

		o.keep(c.stored)
		due, more, err := o.Due(c.next)
		if err != nil || due != c.due || more != c.more {
			t.Errorf("%s: %+v, %v, %v; want %+v, %v", c.why, due, more, err, c.due, c.more)
		}
		if o.keep(c.next); c.next.Shortens(c.stored) {
			o.forget(due)
		}
	}
}

// TestDueAfterTheFirstNight: how accounts were used is known from the first
// night only, which is when they begin to count.
func TestDueAfterTheFirstNight(t *testing.T) {
	o := open(t)
	o.register(1)
	o.forward(year)
	twelve := reissue.Retention{AccountMonths: 12}
	for _, why := range []string{"before the first night", "after it"} {
		if due, more, err := o.Due(twelve); err != nil || due != (Forgotten{}) || more {
			t.Errorf("%s: %+v, %v, %v", why, due, more, err)
		}
		_, err := o.Forget(t.Context())
		o.must(err)
	}
	o.forward(year)
	if due, more, err := o.Due(twelve); err != nil || due.Accounts != 1 || !more {
		t.Errorf("a year after the first night: %+v, %v, %v", due, more, err)
	}
}
