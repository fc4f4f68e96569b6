package visit

import (
	"encoding/binary"
	"net/netip"
	"testing"
	"time"
)

// Numbered returns the nth address of 10.0.0.0/8.
func numbered(n int) netip.Addr {
	var b [4]byte
	binary.BigEndian.PutUint32(b[:], 10<<24|uint32(n))
	return netip.AddrFrom4(b)
}

// post takes n tokens and returns how many it got.
func post(l *limiter, addr netip.Addr, n int) (passed int) {
	for range n {
		if ok, _ := l.allow(addr); ok {
			passed++
		}
	}
	return passed
}

func TestLimiterCountsEachNetwork(t *testing.T) {
	tests := []struct {
		reason       string
		first, again string
		want         int // of one post from again, after first took all it could
	}{
		{"same address", "192.0.2.1", "192.0.2.1", 0},
		{"IPv4 written as IPv6", "192.0.2.1", "::ffff:192.0.2.1", 0},
		{"neighbour in IPv4", "192.0.2.1", "192.0.2.2", 1},
		{"neighbours in IPv4 written as IPv6", "::ffff:192.0.2.1", "::ffff:192.0.2.2", 1},
		{"same /64", "2001:db8::1", "2001:db8::ffff:1", 0},
		{"next /64", "2001:db8:0:0::1", "2001:db8:0:1::1", 1},
		{"same /64 with a zone", "fe80::1%eth0", "fe80::2%eth1", 0},
	}
	for _, tt := range tests {
		t.Run(tt.reason, func(t *testing.T) {
			now := time.Now()
			l := newLimiter(func() time.Time { return now })
			if got := post(l, netip.MustParseAddr(tt.first), 200); got != 120 {
				t.Errorf("%d posts passed, want the burst of 120", got)
			}
			if got := post(l, netip.MustParseAddr(tt.again), 1); got != tt.want {
				t.Errorf("then %d passed, want %d", got, tt.want)
			}
		})
	}
}

func TestLimiterUnknownAddressesShareOneBucket(t *testing.T) {
	now := time.Now()
	l := newLimiter(func() time.Time { return now })
	if got := post(l, netip.Addr{}, 200); got != 120 {
		t.Errorf("%d posts passed, want 120", got)
	}
}

func TestLimiterRefills(t *testing.T) {
	now := time.Now()
	l := newLimiter(func() time.Time { return now })
	me := netip.MustParseAddr("192.0.2.1")
	post(l, me, 120)

	now = now.Add(250 * time.Millisecond)
	ok, retryAfter := l.allow(me)
	if ok || retryAfter != 750*time.Millisecond {
		t.Errorf("got %v and %v, want to wait 750ms", ok, retryAfter)
	}
	now = now.Add(retryAfter)
	if ok, retryAfter := l.allow(me); !ok || retryAfter != 0 {
		t.Errorf("after waiting as told: got %v and %v", ok, retryAfter)
	}
	now = now.Add(time.Minute)
	if got := post(l, me, 200); got != 60 {
		t.Errorf("%d posts passed after a minute, want 60", got)
	}
	now = now.Add(-24 * time.Hour)
	if got := post(l, me, 1); got != 0 {
		t.Error("a clock set back filled the bucket")
	}
}

func TestLimiterEvictionDoesNotResetAnEmptyBucket(t *testing.T) {
	now := time.Now()
	l := newLimiter(func() time.Time { return now })
	attacker := netip.MustParseAddr("192.0.2.1")
	post(l, attacker, 120)
	for i := range 2 * mostAddresses {
		l.allow(numbered(i))
	}
	if got := len(l.buckets); got != mostAddresses {
		t.Errorf("%d buckets, want %d", got, mostAddresses)
	}
	if got := post(l, attacker, 1); got != 0 {
		t.Error("a flood from other addresses filled the bucket")
	}
}

func TestLimiterDropsFullBuckets(t *testing.T) {
	now := time.Now()
	l := newLimiter(func() time.Time { return now })
	for i := range 1000 {
		post(l, numbered(i), 10)
	}
	now = now.Add(10 * time.Second)
	for i := range 500 {
		l.allow(numbered(1000 + i))
	}
	if len(l.buckets) != 500 || len(l.fullest) != 500 {
		t.Errorf("%d buckets, %d in order, want the 500 that are not full", len(l.buckets), len(l.fullest))
	}
}

func BenchmarkLimiter(b *testing.B) {
	l := newLimiter(time.Now)
	for i := 0; b.Loop(); i++ {
		l.allow(numbered(i % (2 * mostAddresses)))
	}
}
