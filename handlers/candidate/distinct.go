package candidate

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"net/netip"
	"sync"
	"time"

	"certreissue/handlers/visit"
)

const (
	// numbersPerDay is how many different ID numbers one address may try to
	// register in a day: registering has to tell that a number is taken, and
	// without a cap somebody could ask for all of a town.
	numbersPerDay = 200
	// distinctWait is after how long it is worth trying again.
	distinctWait = time.Hour
	// mostSightings bounds memory, about 18 MB when full. Every sighting costs
	// its sender a solved captcha.
	mostSightings = 50_000
)

// distinct counts the different ID numbers that came from each network within
// a day. It keeps no number, only a hash under a key that dies with the
// process; a number has too few digits for a hash without a key to hide it.
type distinct struct {
	now func() time.Time
	key []byte

	mu    sync.Mutex
	seen  map[sighting]struct{}
	order []datedSighting // oldest first
	count map[netip.Prefix]int
}

// sighting is one number from one network. Eight bytes of hash are enough: two
// numbers that share them count as one.
type sighting struct {
	network netip.Prefix
	number  [8]byte
}

type datedSighting struct {
	sighting
	at time.Time
}

func newDistinct(now func() time.Time) *distinct {
	d := &distinct{
		now:   now,
		key:   make([]byte, sha256.Size),
		seen:  make(map[sighting]struct{}),
		count: make(map[netip.Prefix]int),
	}
	rand.Read(d.key) // never fails
	return d
}

// allow reports whether this number, in its normal form, may be tried from the
// address: one that was tried within the day always may, a new one while fewer
// than numbersPerDay were.
func (d *distinct) allow(addr netip.Addr, number string) bool {
	hash := hmac.New(sha256.New, d.key)
	hash.Write([]byte(number))
	s := sighting{network: visit.NetworkOf(addr), number: [8]byte(hash.Sum(nil))}

	d.mu.Lock()
	defer d.mu.Unlock()
	now := d.now()
	for len(d.order) > 0 && now.Sub(d.order[0].at) >= 24*time.Hour {
		d.forgetOldest()
	}
	if _, again := d.seen[s]; again {
		return true
	}
	if d.count[s.network] >= numbersPerDay {
		return false
	}
	if len(d.order) == mostSightings {
		d.forgetOldest()
	}
	d.seen[s] = struct{}{}
	d.order = append(d.order, datedSighting{s, now})
	d.count[s.network]++
	return true
}

func (d *distinct) forgetOldest() {
	oldest := d.order[0].sighting
	d.order = d.order[1:]
	delete(d.seen, oldest)
	if d.count[oldest.network]--; d.count[oldest.network] == 0 {
		delete(d.count, oldest.network)
	}
}
