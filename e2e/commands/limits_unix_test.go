//go:build unix

package commands

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"certreissue/e2e/rig"
)

// TestLittleMemory works on a file where a process may have less memory than the map
// of one usually takes, and says so where it may not even have what the file needs.
func TestLittleMemory(t *testing.T) {
	t.Parallel()
	data := rig.StaffedFile(t)
	// The program is the test's own executable, and other than the shipped one linked with
	// the system's C library, which by itself reserves much for each thread.
	within := func(kilobytes int, args ...string) (string, error) {
		out, err := rig.Process(t, []string{"sh", "-c", fmt.Sprintf(`export MALLOC_ARENA_MAX=1; ulimit -s 512 && ulimit -v %d && exec "$0" "$@"`, kilobytes)}, args...).CombinedOutput()
		return string(out), err
	}
	const enough = 2 << 20
	if out, err := within(enough, "version"); err != nil {
		t.Skipf("this build needs more memory for anything: %v\n%.200s", err, out)
	}
	for _, args := range [][]string{{"staff", "list"}, {"backup", rig.Write(t, "x", nil) + ".db"}, {"compact"}} {
		if out, err := within(enough, append(args, "-data", data)...); err != nil {
			t.Errorf("%v in 2 GB: %v\n%s", args, err, out)
		}
	}
	large, err := os.OpenFile(data, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer large.Close()
	if err := large.Truncate(4 << 30); err != nil { // holes
		t.Fatal(err)
	}
	if out, err := within(enough, "staff", "list", "-data", data); err == nil || !strings.Contains(out, "内存限制太小") || strings.Count(out, "\n") != 1 {
		t.Errorf("4 GB in 2 GB: %v\n%s", err, out)
	}
}
