package handlers

import (
	"crypto/rand"
	"sync"
	"time"
)

// A keeper keeps what must not stand in an address, such as the ID numbers that
// staff have searched for, in memory, under ids that may.
type keeper[T any] struct {
	now  func() time.Time
	mu   sync.Mutex
	byID map[string]kept[T]
	ring []string
	next int
}

type kept[T any] struct {
	what  T
	staff uint64
	at    time.Time
}

// What is kept can be gone back to for a working day, and the oldest make room.
const (
	keepLife     = 12 * time.Hour
	mostSearches = 4096
	mostRejects  = 32
)

func newKeeper[T any](now func() time.Time, most int) *keeper[T] {
	return &keeper[T]{now: now, byID: map[string]kept[T]{}, ring: make([]string, most)}
}

func (k *keeper[T]) keep(what T, staff uint64) (id string) {
	id = rand.Text()
	k.mu.Lock()
	defer k.mu.Unlock()
	delete(k.byID, k.ring[k.next])
	k.ring[k.next] = id
	k.next = (k.next + 1) % len(k.ring)
	k.byID[id] = kept[T]{what, staff, k.now()}
	return id
}

func (k *keeper[T]) find(id string, staff uint64) (what T, ok bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	found, ok := k.byID[id]
	if !ok || found.staff != staff || k.now().Sub(found.at) > keepLife {
		return what, false
	}
	return found.what, true
}
