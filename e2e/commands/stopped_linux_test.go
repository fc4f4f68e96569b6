package commands

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"certreissue/command"
	"certreissue/e2e/rig"
)

// TestCheckStopped: a check that was stopped, by its user or by the system, does not
// call the file damaged.
func TestCheckStopped(t *testing.T) {
	t.Parallel()
	for what, stop := range map[string]func(child int, cancel func()){
		"by its user":   func(_ int, cancel func()) { cancel() },
		"by the system": func(child int, _ func()) { syscall.Kill(child, syscall.SIGKILL) },
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			// A pipe into which nobody writes takes as long to read as the slowest disk.
			slow := filepath.Join(t.TempDir(), "slow.db")
			if err := syscall.Mkfifo(slow, 0o600); err != nil {
				t.Skip(err)
			}
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			go func() {
				stop(childOf(t, slow), cancel)
			}()
			code, out, said := rig.CommandWithin(t, ctx, "", "check", slow)
			if code != command.ExitStopped || !strings.Contains(said, "检查没有做完") || strings.Contains(out+said, "损坏") {
				t.Errorf("exit %d, %s%s", code, out, said)
			}
		})
	}
}

// childOf waits for the process that checks a file.
func childOf(t *testing.T, file string) int {
	for t.Context().Err() == nil {
		processes, _ := filepath.Glob("/proc/[0-9]*/cmdline")
		for _, path := range processes {
			line, _ := os.ReadFile(path)
			var pid int
			if fmt.Sscanf(path, "/proc/%d/cmdline", &pid); strings.HasSuffix(string(line), file+"\x00") && pid != os.Getpid() {
				return pid
			}
		}
		time.Sleep(20 * time.Millisecond)
	}
	return 0
}
