package store

import (
	"strings"
	"testing"
)

// TestFailingDisk lets the disk refuse writes and syncs now and then, at any of a
// commit's calls, while people apply and try again when they are refused. Whoever
// was told that an application stands has just that one, whole, and so has
// everybody else after the retries.
func TestFailingDisk(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ name, fault string }{
		{"sync", "fdatasync:error=EIO:when=5+7"},
		// Strace counts for each thread. A commit needs two that follow each other, and an attempt makes
		// two to four: of every fifth each kind fails in its turn, whatever thread the work stays on.
		{"every fifth sync", "fdatasync,fsync:error=EIO:when=6+5"},
		{"write", "pwrite64:error=EIO:when=20+31"},
		{"full", "pwrite64:error=ENOSPC:when=20+31"},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			path := newFile(t)
			calls := traced(t, path, test.fault)
			refused := 0
			for _, c := range calls {
				refused += strings.Count(c.line, "refused")
			}
			told := acknowledged(calls)
			if refused == 0 || len(told) != tracedPeople {
				t.Errorf("%d refused, %d of %d acknowledged", refused, len(told), tracedPeople)
			}
			inspectKilled(t, path, told)
			o := openWith(t, path, Options{})
			if n := count(o, &applications); n != tracedPeople {
				t.Errorf("%d applications of %d people", n, tracedPeople)
			}
			t.Logf("%d refused", refused)
		})
	}
}
