package store

import "testing"

func TestPaced(t *testing.T) {
	for _, c := range []struct {
		reason     string
		rows, want int
		part       float64
	}{
		{"as much as it should", 1000, 1000, 1},
		{"a little less", 1000, 1250, 0.8},
		{"a little more", 1000, 800, 1.25},
		{"far too little grows step by step", 1000, 2000, 0.01},
		{"one slow sync does not stop the import", 1000, 500, 100},
		{"a slow disk", commitRowsLeast, commitRowsLeast, 10},
		{"no row at all", 0, commitRowsLeast, 1},
	} {
		if got := paced(c.rows, c.part); got != c.want {
			t.Errorf("%s: %d rows, want %d", c.reason, got, c.want)
		}
	}
}
