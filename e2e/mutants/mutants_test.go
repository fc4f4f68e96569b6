package mutants

import (
	"encoding/json"
	"flag"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

var breaking = flag.Bool("mutants", false, "break the program in each way of the table and run the test that must notice")

// top is the top of the repository.
const top = "../.."

// TestMutantsApply: each text that is to be broken is there, just once.
func TestMutantsApply(t *testing.T) {
	for _, m := range all {
		content, err := os.ReadFile(filepath.Join(top, m.file))
		if err != nil {
			t.Errorf("%s: %v", m.what, err)
			continue
		}
		if n := strings.Count(string(content), m.old); n != 1 {
			t.Errorf("%s: %d times in %s: %q", m.what, n, m.file, m.old)
		}
		if m.old == m.new {
			t.Errorf("%s: breaks nothing", m.what)
		}
	}
}

// TestMutants breaks the program in each way and wants the named test to fail.
func TestMutants(t *testing.T) {
	if !*breaking {
		t.Skip("takes long; run with -mutants")
	}
	for _, m := range all {
		t.Run(m.what, func(t *testing.T) {
			room, test, elsewhere := strings.Cut(m.test, ":")
			if !elsewhere {
				room, test = "./"+filepath.Dir(m.file), m.test
			}
			said, err := m.run(t, room, test)
			switch {
			case err == nil:
				t.Errorf("%s does not notice", m.test)
			case !strings.Contains(said, "--- FAIL: "+test):
				t.Errorf("%s did not fail by itself:\n%s", m.test, said)
			}
		})
	}
}

// run runs a test with the file replaced by the broken one.
func (m mutant) run(t *testing.T, room, test string) (said string, err error) {
	t.Helper()
	path, err := filepath.Abs(filepath.Join(top, m.file))
	if err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	broken, overlay := filepath.Join(folder, "broken.go"), filepath.Join(folder, "overlay.json")
	replace, err := json.Marshal(map[string]map[string]string{"Replace": {path: broken}})
	if err != nil {
		t.Fatal(err)
	}
	for file, content := range map[string][]byte{broken: []byte(strings.Replace(string(content), m.old, m.new, 1)), overlay: replace} {
		if err := os.WriteFile(file, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run := exec.Command("go", "test", "-count=1", "-timeout", "5m", "-run", "^"+test+"$", room)
	run.Dir = top
	run.Env = append(os.Environ(), "GOFLAGS="+os.Getenv("GOFLAGS")+" -overlay="+overlay) // tests build the program, too
	out, err := run.CombinedOutput()
	return string(out), err
}
