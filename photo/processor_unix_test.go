//go:build unix

package photo_test

import (
	"syscall"
	"testing"
	"time"
)

// processorTime is what this process has had of the processor, which other work
// on the machine does not lengthen as it does the time on the wall.
func processorTime(t testing.TB) time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		t.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
