package reissue

import (
	"errors"
	"testing"
	"time"
)

func TestForgetPhoto(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	six := Retention{PhotoMonths: 6}
	if (Retention{}).PhotosBefore(now) != 0 || six.PhotosBefore(now).Date() != "20260524" {
		t.Errorf("photos go before %v", six.PhotosBefore(now))
	}
	old, young := At(now.AddDate(0, -7, 0)), At(now.AddDate(0, -5, 0))
	for _, c := range []struct {
		why    string
		status Status
		ended  Moment
		given  bool
		want   bool
	}{
		{"handed out long ago", HandedOut, old, true, true},
		{"mailed long ago", Mailed, old, true, true},
		{"refused long ago", Refused, old, true, true},
		{"withdrawn long ago", Withdrawn, old, true, true},
		{"handed out at that very moment", HandedOut, six.PhotosBefore(now), true, false},
		{"handed out lately", HandedOut, young, true, false},
		{"without a photo", HandedOut, old, false, false},
		{"returned long ago: the candidate may still come", Returned, old, true, false},
		{"waiting to be collected", Ready, old, true, false},
		{"still waiting", Pending, old, true, false},
	} {
		a := &Application{Status: c.status, Updated: c.ended, Revision: 3}
		if c.given {
			a.Photo = Photo{Sum: []byte{1}, Digest: []byte{2}}
		}
		if got := a.ForgetPhoto(System(), now, six.PhotosBefore(now)); got != c.want || a.Photo.Given() != (c.given && !c.want) || a.Status != c.status || got != (a.Revision == 4) {
			t.Errorf("%s: %v, %+v", c.why, got, a)
		}
	}
	a := &Application{Status: Refused, Updated: old, Photo: Photo{Sum: []byte{1}}}
	a.ForgetPhoto(System(), now, six.PhotosBefore(now))
	if err := a.TakeBack(Actor{Roles: []Role{RoleReviewer}}, now, "x"); !errors.Is(err, ErrState) || a.MayTakeBack() {
		t.Errorf("taken back without its photo: %v", err)
	}
}
