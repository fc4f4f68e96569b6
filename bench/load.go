package main

import (
	"fmt"
	"slices"
	"sync"
	"time"
)

// deed is what one visitor does over and over; n counts its own.
type deed func(v *visitor, n int) error

// expect asks for a page and wants 200 and, in one answer of a hundred, a text.
func expect(path, text string) deed {
	return func(v *visitor, n int) error {
		status, err := v.get(path)
		if err == nil && status != 200 || n%100 == 0 && !containsText(v, text) {
			err = fmt.Errorf("%s answers %d: %.200s", path, status, v.body.String())
		}
		return err
	}
}

// drive lets all visitors do their deeds at once until the time is over, and
// answers how many were done a second and the slowest one in a hundred.
func drive(visitors []*visitor, length time.Duration, do func(i int) deed) (perSecond float64, p99 time.Duration, err error) {
	var mu sync.Mutex
	var all sync.WaitGroup
	var took []time.Duration
	began := time.Now()
	for i, v := range visitors {
		all.Go(func() {
			var own []time.Duration
			one := do(i)
			for n := 0; time.Since(began) < length; n++ {
				at := time.Now()
				if failed := one(v, n); failed != nil {
					mu.Lock()
					err = failed
					mu.Unlock()
					return
				}
				own = append(own, time.Since(at))
			}
			mu.Lock()
			took = append(took, own...)
			mu.Unlock()
		})
	}
	all.Wait()
	if err != nil || len(took) == 0 {
		return 0, 0, err
	}
	slices.Sort(took)
	return float64(len(took)) / time.Since(began).Seconds(), took[len(took)*99/100], nil
}

// side is one of two that take turns.
type side func() (float64, error)

// takeTurns measures two sides by turns.
func (b *bench) takeTurns(ours, theirs side) (t turns, err error) {
	for range b.pairs {
		a, err := ours()
		if err != nil {
			return t, err
		}
		z, err := theirs()
		if err != nil {
			return t, err
		}
		t.add(a, z)
	}
	return t, nil
}

// rate is a side: how often a second all visitors do something for so long. What the
// slowest of a hundred took is added to each of slowest, in milliseconds.
func rate(length time.Duration, visitors []*visitor, do func(i int) deed, slowest ...*[]float64) side {
	return func() (float64, error) {
		perSecond, p99, err := drive(visitors, length, do)
		for _, list := range slowest {
			*list = append(*list, milliseconds(p99))
		}
		return perSecond, err
	}
}

// timed is a side: how long an act takes, in milliseconds.
func timed(act func() error) side {
	return func() (float64, error) {
		began := time.Now()
		err := act()
		return milliseconds(time.Since(began)), err
	}
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
