package visit

import (
	"crypto/rand"
	"sync"
	"time"
)

// Shelf keeps what must not stand in an address (an ID number that was searched
// for, a one-time password that is to be shown, the outcome of many decisions)
// in memory, under ids that may. Only the staff member who put it there finds it
// again.
type Shelf[T any] struct {
	now  func() time.Time
	life time.Duration
	mu   sync.Mutex
	byID map[string]shelved[T]
	ring []string
	next int
}

type shelved[T any] struct {
	what  T
	staff uint64
	at    time.Time
}

// codeTime is how long the code of a second factor is waited for; beyond
// MostShelved of one kind the oldest make room.
const (
	codeTime    = 5 * time.Minute
	MostShelved = 4096
)

// Nobody is for whom something is kept that no staff member has signed in for yet.
const Nobody = 0

func NewShelf[T any](now func() time.Time, life time.Duration, most int) *Shelf[T] {
	return &Shelf[T]{now: now, life: life, ring: make([]string, most), byID: map[string]shelved[T]{}}
}

func (s *Shelf[T]) Keep(what T, staff uint64) (id string) {
	id = rand.Text()
	s.KeepAs(id, what, staff)
	return id
}

// KeepAs is Keep under an id that is known beforehand, and that nobody can guess.
func (s *Shelf[T]) KeepAs(id string, what T, staff uint64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.byID, s.ring[s.next])
	s.ring[s.next] = id
	s.next = (s.next + 1) % len(s.ring)
	s.byID[id] = shelved[T]{what, staff, s.now()}
}

func (s *Shelf[T]) Find(id string, staff uint64) (what T, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, ok := s.byID[id]
	if !ok || found.staff != staff || s.now().Sub(found.at) > s.life {
		return what, false
	}
	return found.what, true
}

// Take is find for once.
func (s *Shelf[T]) Take(id string, staff uint64) (what T) {
	what, _ = s.Find(id, staff)
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.byID, id)
	return what
}
