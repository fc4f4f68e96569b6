package visit

import (
	"container/heap"
	"net/netip"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

const (
	postsPerMinute = 60
	postsBurst     = 120

	// mostAddresses bounds the memory of a limiter, about 23 MB when full.
	mostAddresses = 100_000
)

// limiter is a token bucket for each network address: what comes from one
// household or office shares one, and an IPv6 customer, who holds a whole /64,
// has no more than that.
type limiter struct {
	now func() time.Time

	mu      sync.Mutex
	buckets map[netip.Prefix]*bucket
	fullest bucketHeap
}

func newLimiter(now func() time.Time) *limiter {
	return &limiter{now: now, buckets: make(map[netip.Prefix]*bucket)}
}

// allow takes one token of the address. Where there is none, it says how long
// to wait for the next.
func (l *limiter) allow(addr netip.Addr) (ok bool, retryAfter time.Duration) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	b := l.bucket(NetworkOf(addr), now)
	ok = b.tokens.AllowN(now, 1)
	tokens := b.tokens.TokensAt(now)
	b.full = now.Add(untilTokens(postsBurst - tokens))
	heap.Fix(&l.fullest, b.place)
	if ok {
		return true, 0
	}
	return false, untilTokens(1 - tokens)
}

// wait is how long the address has to wait for a token, which it does not take.
func (l *limiter) wait(addr netip.Addr) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	b := l.buckets[NetworkOf(addr)]
	if b == nil {
		return 0
	}
	return max(0, untilTokens(1-b.tokens.TokensAt(l.now())))
}

// bucket finds the bucket of the network or makes a new one. For each new one
// up to two full ones are dropped, which loses nothing. When all places are
// taken, the fullest goes, never an empty one: who wants his own bucket
// forgotten would first have to drain all the others.
func (l *limiter) bucket(network netip.Prefix, now time.Time) *bucket {
	if b := l.buckets[network]; b != nil {
		return b
	}
	for range 2 {
		if len(l.fullest) > 0 && (len(l.fullest) >= mostAddresses || !l.fullest[0].full.After(now)) {
			dropped := heap.Pop(&l.fullest).(*bucket)
			delete(l.buckets, dropped.network)
		}
	}
	b := &bucket{network: network, tokens: rate.NewLimiter(postsPerMinute/60.0, postsBurst), full: now}
	l.buckets[network] = b
	heap.Push(&l.fullest, b)
	return b
}

func untilTokens(n float64) time.Duration {
	return time.Duration(n * float64(time.Minute) / postsPerMinute)
}

type bucket struct {
	network netip.Prefix
	tokens  *rate.Limiter
	full    time.Time // when it will be full again, if nobody takes from it
	place   int       // in the heap
}

// bucketHeap has the bucket that is full first at its root. All buckets fill
// at one pace, so this order holds while time passes.
type bucketHeap []*bucket

func (h bucketHeap) Len() int           { return len(h) }
func (h bucketHeap) Less(i, j int) bool { return h[i].full.Before(h[j].full) }
func (h bucketHeap) Swap(i, j int) {
	h[i], h[j] = h[j], h[i]
	h[i].place, h[j].place = i, j
}

func (h *bucketHeap) Push(x any) {
	b := x.(*bucket)
	b.place = len(*h)
	*h = append(*h, b)
}

func (h *bucketHeap) Pop() any {
	last := len(*h) - 1
	b := (*h)[last]
	(*h)[last] = nil
	*h = (*h)[:last]
	return b
}
