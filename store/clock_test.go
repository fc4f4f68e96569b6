package store

import (
	"testing"
	"time"

	"certreissue/reissue"
)

// TestClockBehind: a clock that stands before what the file knew when it was opened is
// noticed, until it has caught up, whatever is done under it.
func TestClockBehind(t *testing.T) {
	const year = 365 * 24 * time.Hour
	for _, c := range []struct {
		name  string
		clock time.Duration // since the last act
		night bool          // the last thing was a night, and not an act
		want  bool
	}{
		{"on", time.Minute, false, false}, {"corrected by a little", -30 * time.Minute, false, false},
		{"a year back", -year, false, true}, {"a year back since a night", -year, true, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			o := open(t)
			o.forward(year)
			last := reissue.At(o.now())
			if c.night {
				o.must(o.noteNight())
			} else {
				o.register(1)
			}
			o.must(o.Close())
			o.forward(c.clock)
			var err error
			o.Store, err = Open(o.Path(), Options{Now: o.now})
			o.must(err)
			want := reissue.Moment(0)
			if c.want {
				want = last
			}
			if got := o.ClockBehind(); got != want {
				t.Errorf("%v, want %v", got, want)
			}
			o.register(2)
			if got := o.ClockBehind(); got != want {
				t.Errorf("after an act under it: %v, want %v", got, want)
			}
			o.forward(2 * year)
			if got := o.ClockBehind(); got != 0 {
				t.Errorf("caught up: %v", got)
			}
		})
	}
}
