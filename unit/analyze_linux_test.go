package unit

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// TestAnalyze: systemd finds nothing wrong with the unit, and says that it is shut tight.
func TestAnalyze(t *testing.T) {
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("there is no systemd-analyze")
		}
		t.Skip("there is no systemd-analyze: install systemd")
	}
	for name, u := range map[string]Unit{"small": small(), "odd": odd()} {
		t.Run(name, func(t *testing.T) {
			u.Program = "/bin/true" // systemd looks whether it is there
			path := filepath.Join(t.TempDir(), Name+".service")
			if err := os.WriteFile(path, []byte(u.Text()), 0o644); err != nil {
				t.Fatal(err)
			}
			if said, err := exec.Command(analyze, "verify", path).CombinedOutput(); err != nil || len(said) > 0 {
				t.Errorf("verify: %v, %s", err, said)
			}
			said, err := exec.Command(analyze, "security", "--offline=yes", path).CombinedOutput()
			if err != nil && strings.Contains(string(said), "unrecognized option") {
				t.Skipf("systemd is too old to judge a file: %s", said)
			}
			found := regexp.MustCompile(`Overall exposure level for certreissue\.service: ([\d.]+) `).FindSubmatch(said)
			if err != nil || found == nil {
				t.Fatalf("security: %v, %s", err, said)
			}
			if level, err := strconv.ParseFloat(string(found[1]), 64); err != nil || level > 2.5 {
				t.Errorf("the exposure is %s:\n%s", found[1], said)
			}
		})
	}
}
