package visit

import (
	"net/netip"
	"testing"
	"time"
)

// TestBudget: each network has its own, an IPv6 customer no more than one, and what is
// given back can be taken again.
func TestBudget(t *testing.T) {
	b := NewBudget(2)
	for _, c := range []struct {
		addr string
		want bool
	}{
		{"192.0.2.1", true}, {"192.0.2.1", true}, {"192.0.2.1", false}, {"::ffff:192.0.2.1", false}, {"192.0.2.2", true},
		{"2001:db8::1", true}, {"2001:db8::2", true}, {"2001:db8::ffff:3", false}, {"2001:db8:0:1::1", true},
	} {
		if got := b.Take(netip.MustParseAddr(c.addr)); got != c.want {
			t.Errorf("%s takes one: %v, want %v", c.addr, got, c.want)
		}
	}
	b.Give(netip.MustParseAddr("192.0.2.1"))
	if me := netip.MustParseAddr("192.0.2.1"); !b.Take(me) || b.Take(me) {
		t.Error("what was given back cannot be taken, or more than it")
	}
	for _, addr := range []string{"192.0.2.1", "192.0.2.1", "192.0.2.2", "2001:db8::1", "2001:db8::1", "2001:db8:0:1::1"} {
		b.Give(netip.MustParseAddr(addr))
	}
	if len(b.held) != 0 {
		t.Errorf("%d networks are remembered", len(b.held))
	}
}

// TestLimiterWait: asking how long to wait takes nothing, and is what allow says.
func TestLimiterWait(t *testing.T) {
	now := time.Now()
	l := newLimiter(func() time.Time { return now })
	me := netip.MustParseAddr("192.0.2.1")
	if got := l.wait(me); got != 0 || len(l.buckets) != 0 {
		t.Errorf("nobody waits %v, with %d buckets", got, len(l.buckets))
	}
	for range postsBurst {
		if l.wait(me) != 0 {
			t.Fatal("there are tokens left")
		}
		l.allow(me)
	}
	now = now.Add(250 * time.Millisecond)
	_, after := l.allow(me)
	if got := l.wait(me); got != after || got != 750*time.Millisecond {
		t.Errorf("to wait %v, allow says %v, want 750ms", got, after)
	}
}
