package office

import (
	"testing"
	"time"
)

func TestPresence(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	p := newPresence(func() time.Time { return now })
	for _, c := range []struct {
		why          string
		later        time.Duration
		staff, other uint64
	}{
		{"nobody has it", 0, 1, 0},
		{"a colleague has just opened it", time.Second, 2, 1},
		{"who has it may look again, which starts the time anew", presenceLife - 2*time.Second, 1, 0},
		{"so it is still theirs", presenceLife - time.Second, 2, 1},
		{"after two minutes it is free", 2 * time.Second, 2, 0},
		{"and then belongs to the other", time.Second, 1, 2},
	} {
		now = now.Add(c.later)
		if other, _ := p.open(7, c.staff); other != c.other {
			t.Errorf("%s: held by %d, want %d", c.why, other, c.other)
		}
	}
	p.leave(7, 1)
	if other, _ := p.open(7, 1); other != 2 {
		t.Error("somebody else's application was left")
	}
	p.leave(7, 2)
	if other, _ := p.open(7, 1); other != 0 {
		t.Error("a decided application is still held")
	}
	for i := range uint64(3 * mostOpened) {
		now = now.Add(time.Second)
		p.open(100+i, 1)
	}
	if len(p.opened) > mostOpened+1 {
		t.Errorf("%d openings are kept", len(p.opened))
	}
}
