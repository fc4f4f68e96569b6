package commands

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"certreissue/command"
	"certreissue/e2e/rig"
)

// TestCutLog: a log that lacks what a copy has is found by check and by serve, for the
// copies beside the file and for those that are named; a restore is no cut.
func TestCutLog(t *testing.T) {
	t.Parallel()
	data := rig.StaffedFile(t)
	old, late := filepath.Join(t.TempDir(), "old.db"), filepath.Join(t.TempDir(), "late.db")
	rig.Must(t, "", "backup", old, "-data", data)
	rig.Must(t, "wang-pass1\n", "staff", "add", "wang", "-role", "reviewer", "-password-stdin", "-data", data)
	rig.Must(t, "", "backup", late, "-data", data)

	cut, err := os.ReadFile(old)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(data, cut, 0o600); err != nil {
		t.Fatal(err)
	}
	refused := func(args ...string) {
		t.Helper()
		code, out, said := rig.Command(t, "", append(args, "-data", data)...)
		if code != command.ExitFailed || !strings.Contains(out, "日志可能被删减或改写") {
			t.Errorf("%v: exit %d, %s%s", args, code, out, said)
		}
	}
	rig.Must(t, "", "check", "-data", data)
	refused("check", "-from", late)
	refused("check", "-from", filepath.Dir(late))
	folder := data + ".backups"
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(late, filepath.Join(folder, "20260102-030000.db")); err != nil {
		t.Fatal(err)
	}
	refused("check")
	refused("serve", "-addr", "127.0.0.1:0")
	rig.Must(t, "", "restore", old, "-data", data)
	rig.Must(t, "", "check", "-data", data)
	// What was made since the restore is compared as ever.
	if cut, err = os.ReadFile(data); err != nil {
		t.Fatal(err)
	}
	rig.Must(t, "zhao-pass1\n", "staff", "add", "zhao", "-role", "reviewer", "-password-stdin", "-data", data)
	rig.Must(t, "", "backup", filepath.Join(folder, "20260103-030000.db"), "-data", data)
	rig.Must(t, "", "check", "-data", data)
	if err := os.WriteFile(data, cut, 0o600); err != nil {
		t.Fatal(err)
	}
	refused("check")
	if code, _, said := rig.Command(t, "", "check", "-from", "/nowhere.db", "-data", data); code != command.ExitFailed || !strings.Contains(said, "/nowhere.db") {
		t.Errorf("a copy that is not there: exit %d, %s", code, said)
	}
}
