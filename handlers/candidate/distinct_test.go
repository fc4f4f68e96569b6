package candidate

import (
	"fmt"
	"net/netip"
	"testing"
	"time"
)

// register tries the numbers from first to before end and returns how many
// were allowed.
func register(d *distinct, addr string, first, end int) (allowed int) {
	for n := first; n < end; n++ {
		if d.allow(netip.MustParseAddr(addr), fmt.Sprintf("%018d", n)) {
			allowed++
		}
	}
	return allowed
}

func TestDistinct(t *testing.T) {
	const me = "192.0.2.1"
	tests := []struct {
		reason string
		wait   time.Duration
		then   func(d *distinct) int
		want   int
	}{
		{"new number over the cap", 0, func(d *distinct) int { return register(d, me, numbersPerDay, numbersPerDay+1) }, 0},
		{"numbers tried before", 0, func(d *distinct) int { return register(d, me, 0, numbersPerDay) }, numbersPerDay},
		{"another address", 0, func(d *distinct) int { return register(d, "192.0.2.2", numbersPerDay, 2*numbersPerDay+9) }, numbersPerDay},
		{"same number from another address counts there", 0, func(d *distinct) int {
			register(d, "192.0.2.2", 0, numbersPerDay)
			return register(d, "192.0.2.2", numbersPerDay, numbersPerDay+1)
		}, 0},
		{"just before the day is over", 24*time.Hour - time.Second, func(d *distinct) int { return register(d, me, numbersPerDay, numbersPerDay+1) }, 0},
		{"a day later", 24 * time.Hour, func(d *distinct) int { return register(d, me, numbersPerDay, 2*numbersPerDay+9) }, numbersPerDay},
	}
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			now := time.Now()
			d := newDistinct(func() time.Time { return now })
			if got := register(d, me, 0, numbersPerDay); got != numbersPerDay {
				t.Fatalf("%d of the first numbers allowed", got)
			}
			now = now.Add(tt.wait)
			if got := tt.then(d); got != tt.want {
				t.Errorf("%d allowed, want %d", got, tt.want)
			}
		})
	}
}

func TestDistinctRefusedNumbersDoNotCount(t *testing.T) {
	now := time.Now()
	d := newDistinct(func() time.Time { return now })
	register(d, "192.0.2.1", 0, 1)
	now = now.Add(time.Hour)
	register(d, "192.0.2.1", 1, numbersPerDay+70)
	now = now.Add(23 * time.Hour)
	if got := register(d, "192.0.2.1", 2*numbersPerDay, 3*numbersPerDay); got != 1 {
		t.Errorf("%d allowed, want one for the one number that is a day old", got)
	}
}

func TestDistinctForgetsWhatIsOld(t *testing.T) {
	now := time.Now()
	d := newDistinct(func() time.Time { return now })
	for i := range mostSightings + 10 {
		d.allow(numbered(i), "number")
	}
	if len(d.seen) != mostSightings || len(d.order) != mostSightings || len(d.count) != mostSightings {
		t.Errorf("kept %d, %d and %d, want %d each", len(d.seen), len(d.order), len(d.count), mostSightings)
	}
	now = now.Add(24 * time.Hour)
	d.allow(numbered(0), "number")
	if len(d.seen) != 1 || len(d.order) != 1 || len(d.count) != 1 {
		t.Errorf("a day later kept %d, %d and %d, want one each", len(d.seen), len(d.order), len(d.count))
	}
}

// numbered is the n-th of many addresses of different networks.
func numbered(n int) netip.Addr {
	return netip.AddrFrom4([4]byte{10, byte(n >> 16), byte(n >> 8), byte(n)})
}
