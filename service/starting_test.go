package service_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"certreissue/command"
	"certreissue/e2e/rig"
	"certreissue/service"
)

// TestCommandsBesideStart: while a service starts, which may take minutes, nobody
// else gets at its file: everybody is told so, and nothing has changed.
func TestCommandsBesideStart(t *testing.T) {
	t.Parallel()
	data := filepath.Join(t.TempDir(), "a.db")
	register := rig.Write(t, "register.csv", []byte(rig.GuideRegister))
	rig.Must(t, "", "import", "certificates", register, "-data", data)
	copied := filepath.Join(t.TempDir(), "copy.db")
	rig.Must(t, "", "backup", copied, "-data", data)
	before, err := os.ReadFile(data)
	if err != nil {
		t.Fatal(err)
	}

	stop, err := service.Announce(data)
	if err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(data + ".run"); err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("DATA.run: %v, %v", info, err)
	}
	pid := fmt.Sprintf("进程 %d", os.Getpid())
	for _, args := range [][]string{{"import", "certificates", register}, {"export", "applications", filepath.Join(t.TempDir(), "a.xlsx")}, {"staff", "add", "guanli", "-role", "admin"},
		{"staff", "list"}, {"backup", filepath.Join(t.TempDir(), "b.db")}, {"check"}, {"doctor"}, {"compact"}, {"restore", copied}, {"serve", "-addr", "127.0.0.1:0"}, {"demo", "-addr", "127.0.0.1:0"}} {
		code, _, said := rig.Command(t, "", append(args, "-data", data)...)
		if code != command.ExitFailed || !strings.Contains(said, pid) || strings.Count(said, "\n") != 1 {
			t.Errorf("%v: exit %d, %q", args, code, said)
		}
	}
	if after, err := os.ReadFile(data); err != nil || string(after) != string(before) {
		t.Errorf("the file has changed, %v", err)
	}
	stop()
	if files, _ := filepath.Glob(data + "*"); len(files) != 1 {
		t.Errorf("left behind: %v", files)
	}
	rig.Must(t, "", "staff", "list", "-data", data)
}
