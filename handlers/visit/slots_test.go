package visit

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// occupy runs work that ends after d, and returns once it or its place in the
// line is taken. The error of do arrives on the channel.
func occupy(ctx context.Context, s *Slots, d time.Duration, f func()) <-chan error {
	result := make(chan error, 1)
	go func() {
		result <- s.Do(ctx, func() {
			f()
			time.Sleep(d)
		})
	}()
	synctest.Wait()
	return result
}

func nothing() {}

func TestSlotsRunAtMostNAtATime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := NewSlots(3, 100)
		var mu sync.Mutex
		running, most := 0, 0
		var all sync.WaitGroup
		for range 30 {
			all.Go(func() {
				err := s.Do(t.Context(), func() {
					mu.Lock()
					running++
					most = max(most, running)
					mu.Unlock()
					time.Sleep(time.Second / 10)
					mu.Lock()
					running--
					mu.Unlock()
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		if most != 3 {
			t.Errorf("%d ran at a time, want 3", most)
		}
	})
}

func TestSlotsServeInOrderOfArrival(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := NewSlots(1, 5)
		var served []int
		var last <-chan error
		for i := range 6 {
			last = occupy(t.Context(), s, time.Second, func() { served = append(served, i) })
		}
		<-last
		if !slices.IsSorted(served) || len(served) != 6 {
			t.Errorf("served %v", served)
		}
	})
}

func TestSlotsRefuseWhenTheLineIsFull(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := NewSlots(1, 2)
		results := []<-chan error{
			occupy(t.Context(), s, time.Second, nothing),
			occupy(t.Context(), s, time.Second, nothing),
			occupy(t.Context(), s, time.Second, nothing),
		}
		start := time.Now()
		if err := s.Do(t.Context(), nothing); !errors.Is(err, errBusy) {
			t.Errorf("got %v, want errBusy", err)
		}
		if waited := time.Since(start); waited != 0 {
			t.Errorf("refused after %v, want at once", waited)
		}
		for _, result := range results {
			if err := <-result; err != nil {
				t.Errorf("one in line got %v", err)
			}
		}
		if err := s.Do(t.Context(), nothing); err != nil {
			t.Errorf("after the storm got %v", err)
		}
	})
}

func TestSlotsWaitTenSecondsAtMost(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := NewSlots(1, 1)
		long := occupy(t.Context(), s, time.Minute, nothing)
		start := time.Now()
		err := s.Do(t.Context(), func() { t.Error("ran all the same") })
		if waited := time.Since(start); !errors.Is(err, errBusy) || waited != 10*time.Second {
			t.Errorf("got %v after %v, want errBusy after 10s", err, waited)
		}
		if err := <-long; err != nil {
			t.Error(err)
		}
	})
}

func TestSlotsCancelledLeavesTheLine(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := NewSlots(1, 1)
		first := occupy(t.Context(), s, time.Second, nothing)
		ctx, cancel := context.WithCancel(t.Context())
		second := occupy(ctx, s, time.Second, func() { t.Error("ran all the same") })
		cancel()
		if err := <-second; !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want context.Canceled", err)
		}
		third := occupy(t.Context(), s, time.Second, nothing)
		if err := <-first; err != nil {
			t.Error(err)
		}
		if err := <-third; err != nil {
			t.Errorf("the place was not given on: %v", err)
		}
		if err := s.Do(ctx, func() { t.Error("ran for one who had gone") }); !errors.Is(err, context.Canceled) {
			t.Errorf("with a free slot got %v, want context.Canceled", err)
		}
	})
}

func TestSlotsSurviveAPanic(t *testing.T) {
	s := NewSlots(1, 0)
	func() {
		defer func() { recover() }()
		s.Do(t.Context(), func() { panic("broken photo") })
	}()
	if err := s.Do(t.Context(), nothing); err != nil {
		t.Errorf("the slot was lost: %v", err)
	}
}

// TestTurns: who has much to do does one thing after the other, and no more than a few
// wait; somebody else goes in between.
func TestTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		turns, slots := NewTurns(2), NewSlots(1, 64)
		var order []uint64
		var all sync.WaitGroup
		refused := 0
		ask := func(who uint64) {
			all.Go(func() {
				var slotErr error
				err := turns.Do(t.Context(), who, func() {
					slotErr = slots.Do(t.Context(), func() {
						order = append(order, who)
						time.Sleep(time.Second)
					})
				})
				if errors.Is(err, errBusy) {
					refused++
				} else if err != nil || slotErr != nil {
					t.Error(err, slotErr)
				}
			})
			synctest.Wait()
		}
		for range 5 {
			ask(1)
		}
		ask(2)
		all.Wait()
		if want := []uint64{1, 2, 1, 1}; !slices.Equal(order, want) || refused != 2 {
			t.Errorf("served %v with %d refused, want %v and 2", order, refused, want)
		}
		if len(turns.of) != 0 {
			t.Errorf("%d are remembered", len(turns.of))
		}
	})
}
