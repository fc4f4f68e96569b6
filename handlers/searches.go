package handlers

import (
	"crypto/rand"
	"sync"
	"time"

	"certreissue/idcard"
)

// searches keeps the ID numbers that staff have searched for, in memory, under
// ids that may stand in an address.
type searches struct {
	now  func() time.Time
	mu   sync.Mutex
	byID map[string]search
	ring [mostSearches]string
	next int
}

type search struct {
	number idcard.Number
	staff  uint64
	at     time.Time
}

// A search can be gone back to for a working day, and the oldest make room.
const (
	searchLife   = 12 * time.Hour
	mostSearches = 4096
)

func newSearches(now func() time.Time) *searches {
	return &searches{now: now, byID: map[string]search{}}
}

func (s *searches) keep(number idcard.Number, staff uint64) (id string) {
	id = rand.Text()
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.byID, s.ring[s.next])
	s.ring[s.next] = id
	s.next = (s.next + 1) % mostSearches
	s.byID[id] = search{number, staff, s.now()}
	return id
}

func (s *searches) find(id string, staff uint64) (idcard.Number, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found, ok := s.byID[id]
	if !ok || found.staff != staff || s.now().Sub(found.at) > searchLife {
		return "", false
	}
	return found.number, true
}
