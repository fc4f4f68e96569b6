// Package tracer finds strace for the tests that follow a program's calls, and reads
// what it writes.
package tracer

import (
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"testing"
)

// Find is where strace lies, for tests of power cuts, of failing disks and of
// processes that are killed at a certain call.
func Find(t *testing.T) string {
	t.Helper()
	if testing.Short() {
		t.Skip("power cuts and failing disks are left out of a short run")
	}
	strace, err := exec.LookPath("strace")
	switch {
	case err == nil:
	case runtime.GOOS == "linux" && os.Getenv("CI") == "true":
		t.Fatal("no strace in the path")
	default:
		t.Skip("no strace in the path (Linux only); tests of power cuts and failing disks skipped")
	}
	if out, err := exec.Command(strace, "-qq", "-e", "trace=none", "true").CombinedOutput(); err != nil {
		t.Skipf("this machine lets nobody trace a process: %s", out)
	}
	return strace
}

// Unhex reads a text that strace -xx shows as \xNN.
func Unhex(t *testing.T, shown []byte) string {
	t.Helper()
	text, err := strconv.Unquote(`"` + string(shown) + `"`)
	if err != nil {
		t.Fatalf("strace: %v: %.200s", err, shown)
	}
	return text
}
