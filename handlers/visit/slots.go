package visit

import (
	"context"
	"errors"
	"sync/atomic"
	"time"
)

// errBusy says that there is no slot and none will be soon: the answer is 503
// with Retry-After.
var errBusy = errors.New("no slot is free and the line is full")

// longestWait is how long one stands in line at most: a person who saw nothing
// happen for ten seconds has given up or pressed the button again.
const longestWait = 10 * time.Second

// Slots lets n pieces of heavy work run at a time, password hashes or photo
// decodes, and a bounded line wait for them, in order of arrival. Without it a
// storm of sign-ins takes every core and, at 19 MB a hash, all memory.
type Slots struct {
	busy    chan struct{} // the runtime serves blocked senders first come, first served
	waiting atomic.Int64
	line    int64
}

// NewSlots makes n slots with room for line waiting. For hashing, n is one less
// than the cores, at least one, so that pages are served meanwhile.
func NewSlots(n, line int) *Slots {
	return &Slots{busy: make(chan struct{}, n), line: int64(line)}
}

// Do runs f in a slot. It returns errBusy when the line is full or the wait too
// long, or the error of ctx when that ends first; then f has not run.
func (s *Slots) Do(ctx context.Context, f func()) error {
	if err := s.enter(ctx); err != nil {
		return err
	}
	defer func() { <-s.busy }()
	f()
	return nil
}

func (s *Slots) enter(ctx context.Context) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	select {
	case s.busy <- struct{}{}:
		return nil
	default:
	}
	defer s.waiting.Add(-1)
	if s.waiting.Add(1) > s.line {
		return errBusy
	}
	patience := time.NewTimer(longestWait)
	defer patience.Stop()
	select {
	case s.busy <- struct{}{}:
		return nil
	case <-patience.C:
		return errBusy
	case <-ctx.Done():
		return ctx.Err()
	}
}
