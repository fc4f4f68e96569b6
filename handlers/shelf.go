package handlers

import (
	"crypto/rand"
	"sync"
	"time"
)

// shelf keeps what must not stand in an address (an ID number that was searched
// for, a one-time password that is to be shown, the outcome of many decisions)
// in memory, under ids that may. Only the staff member who put it there finds it
// again.
type shelf[T any] struct {
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

// Work can be gone back to for a working day, a one-time password is shown at
// once or not at all; beyond the shelf's length the oldest make room.
const (
	workLife    = 12 * time.Hour
	oneTimeLife = time.Minute
	factorLife  = 30 * time.Minute // an app may have to be installed first
	codeTime    = 5 * time.Minute  // from the password to the code of the second factor
	mostShelved = 4096
	mostLists   = 32 // spreadsheets, which are large
)

// nobody is for whom something is kept that no staff member has signed in for yet.
const nobody = 0

func newShelf[T any](now func() time.Time, life time.Duration, most int) *shelf[T] {
	return &shelf[T]{now: now, life: life, ring: make([]string, most), byID: map[string]shelved[T]{}}
}

func (s *shelf[T]) keep(what T, staff uint64) (id string) {
	id = rand.Text()
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.byID, s.ring[s.next])
	s.ring[s.next] = id
	s.next = (s.next + 1) % len(s.ring)
	s.byID[id] = shelved[T]{what, staff, s.now()}
	return id
}

func (s *shelf[T]) find(id string, staff uint64) (what T, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, ok := s.byID[id]
	if !ok || found.staff != staff || s.now().Sub(found.at) > s.life {
		return what, false
	}
	return found.what, true
}

// take is find for once.
func (s *shelf[T]) take(id string, staff uint64) (what T) {
	what, _ = s.find(id, staff)
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.byID, id)
	return what
}
