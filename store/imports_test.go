package store

import (
	"testing"
	"time"
)

func TestPaced(t *testing.T) {
	for _, c := range []struct {
		reason     string
		rows, want int
		took       time.Duration
	}{
		{"as long as it should", 1000, 1000, commitEvery},
		{"a little short", 1000, 1250, commitEvery * 4 / 5},
		{"a little long", 1000, 800, commitEvery * 5 / 4},
		{"far too short grows step by step", 1000, 2000, commitEvery / 100},
		{"one slow sync does not stop the import", 1000, 500, 100 * commitEvery},
		{"a slow disk", commitRowsLeast, commitRowsLeast, 10 * commitEvery},
		{"no row at all", 0, commitRowsLeast, commitEvery},
	} {
		if got := paced(c.rows, c.took); got != c.want {
			t.Errorf("%s: %d rows, want %d", c.reason, got, c.want)
		}
	}
}
