package commands

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"certreissue/e2e/rig"
)

// TestRestoreFolder: of backups in a folder the newest good one is taken, and what is
// wrong with newer ones is said.
func TestRestoreFolder(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	data := rig.StaffedFile(t)
	for _, name := range []string{"20260101-000000.db", "20260301-000000-manual.db"} {
		rig.Must(t, "", "backup", filepath.Join(folder, name), "-data", data)
		rig.Must(t, "name-pass1\n", "staff", "add", "after"+name[4:6], "-role", "reviewer", "-password-stdin", "-data", data)
	}
	for name, content := range map[string]string{"20260401-000000.db": "no backup", "20260501-000000.txt": "a text", "mirror-a.db": ""} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	restored := filepath.Join(t.TempDir(), "new.db")
	out := rig.Must(t, "", "restore", folder, "-data", restored)
	if !strings.Contains(out, "20260401-000000.db") || !strings.Contains(out, "选用最新的完好的一份："+filepath.Join(folder, "20260301-000000-manual.db")) {
		t.Errorf("restore says %q", out)
	}
	if list := rig.Must(t, "", "staff", "list", "-data", restored); !strings.Contains(list, "after01") || strings.Contains(list, "after03") {
		t.Errorf("restored are %q", list)
	}
}
