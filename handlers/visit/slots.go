package visit

import (
	"context"
	"errors"
	"sync"
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

// Turns give each person a slot and a short line of their own, before the ones that
// all share.
type Turns struct {
	line int
	mu   sync.Mutex
	of   map[uint64]*turn // of who asks
}

type turn struct {
	*Slots
	asking int
}

// NewTurns makes turns with room for line waiting, of each person.
func NewTurns(line int) *Turns { return &Turns{line: line, of: map[uint64]*turn{}} }

// Do is Slots.Do, one at a time for each person.
func (t *Turns) Do(ctx context.Context, who uint64, f func()) error {
	own := t.join(who)
	defer t.leave(who)
	return own.Do(ctx, f)
}

func (t *Turns) join(who uint64) *turn {
	t.mu.Lock()
	defer t.mu.Unlock()
	own := t.of[who]
	if own == nil {
		own = &turn{Slots: NewSlots(1, t.line)}
		t.of[who] = own
	}
	own.asking++
	return own
}

func (t *Turns) leave(who uint64) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.of[who].asking--; t.of[who].asking == 0 {
		delete(t.of, who)
	}
}
