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
		if _, err := o.Photo(c.number); (err == nil) != c.kept {
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

func TestListenAddress(t *testing.T) {
	o := open(t)
	o.must(o.ChangeSettings(reissue.System(), func(s *reissue.Settings) error { s.Listen = "127.0.0.1:8099"; return nil }))
	o.must(o.Close())
	if got := ListenAddress(o.Path()); got != "127.0.0.1:8099" {
		t.Errorf("the file says %q", got)
	}
	if got := ListenAddress(o.Path() + ".none"); got != "" {
		t.Errorf("no file says %q", got)
	}
	s, err := Open(o.Path(), Options{Now: o.now})
	o.must(err)
	o.Store = s
}
