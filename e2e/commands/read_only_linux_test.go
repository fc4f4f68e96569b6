package commands

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"certreissue/command"
	"certreissue/e2e/rig"
)

// asAnybody runs a program for one who has no power over rights.
func asAnybody(t *testing.T) []string {
	t.Helper()
	if os.Getuid() != 0 {
		return nil
	}
	drop, err := exec.LookPath("setpriv")
	if err != nil {
		t.Skip("root may write everything, and setpriv is not here")
	}
	return []string{drop, "--bounding-set=-all", "--inh-caps=-all"}
}

// TestReadOnly: what cannot be written can be copied and examined, by the same words
// whether the file, its folder or its disk is in the way, and the other commands say
// which it is.
func TestReadOnly(t *testing.T) {
	t.Parallel()
	sheet := rig.Write(t, "a.csv", []byte("考试年度,考试名称,姓名,证件号码,领取状态\n2015,一级建造师,张三,110101199003071233,未领取\n"))
	for _, c := range []struct {
		reason string
		lock   func(t *testing.T, folder, data string) []string // answers what runs the program
		locked string                                           // "" where the file itself can be written
		says   string
	}{
		{"a file", func(t *testing.T, _, data string) []string {
			run := asAnybody(t)
			if err := os.Chmod(data, 0o400); err != nil {
				t.Fatal(err)
			}
			return run
		}, "data.db", "没有权限写入"},
		{"a folder", func(t *testing.T, folder, _ string) []string {
			run := asAnybody(t)
			if err := os.Chmod(folder, 0o500); err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { os.Chmod(folder, 0o700) })
			return run
		}, "", "没有权限写入"},
		{"a disk", func(t *testing.T, folder, data string) []string {
			content, err := os.ReadFile(data)
			if err != nil {
				t.Fatal(err)
			}
			if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "size=64m"); err != nil {
				t.Skipf("this user mounts no disk: %v", err)
			}
			t.Cleanup(func() { syscall.Unmount(folder, syscall.MNT_DETACH) })
			if err := os.WriteFile(data, content, 0o600); err != nil {
				t.Fatal(err)
			}
			if err := syscall.Mount("", folder, "", syscall.MS_REMOUNT|syscall.MS_RDONLY, ""); err != nil {
				t.Fatal(err)
			}
			return nil
		}, "data.db", "只读"},
	} {
		t.Run(c.reason, func(t *testing.T) {
			folder := filepath.Join(t.TempDir(), "folder")
			if err := os.Mkdir(folder, 0o700); err != nil {
				t.Fatal(err)
			}
			data, elsewhere := filepath.Join(folder, "data.db"), t.TempDir()
			content, err := os.ReadFile(rig.StaffedFile(t))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(data, content, 0o600); err != nil {
				t.Fatal(err)
			}
			before := c.lock(t, folder, data)
			run := func(args ...string) (said string, code int) {
				command := rig.Process(t, before, append(args, "-data", data)...)
				out, _ := command.CombinedOutput()
				return string(out), command.ProcessState.ExitCode()
			}
			copied := filepath.Join(elsewhere, "copy.db")
			if said, code := run("backup", copied); code != command.ExitDone {
				t.Fatalf("backup: %d\n%s", code, said)
			}
			rig.Must(t, "", "check", copied)
			if said, code := run("doctor"); code != command.ExitFailed || !strings.Contains(said, "要改  写入：不能写入 "+filepath.Join(folder, c.locked)) || !strings.Contains(said, "两步验证") {
				t.Errorf("doctor: %d\n%s", code, said)
			}
			if said, code := run("check"); code != command.ExitDone {
				t.Errorf("check: %d\n%s", code, said)
			}
			refused := [][]string{{"export", "applications", filepath.Join(elsewhere, "x.xlsx")}, {"compact"}, {"serve", "-addr", "127.0.0.1:0"}, {"restore", copied}}
			if c.locked != "" {
				refused = append(refused, []string{"staff", "add", "王芳", "-role", "admin"}, []string{"import", "certificates", sheet})
			}
			for _, args := range refused {
				said, code := run(args...)
				if code != command.ExitFailed || !strings.Contains(said, c.says) || strings.Count(said, "\n") != 1 || strings.Contains(said, "denied") {
					t.Errorf("%v: %d\n%s", args, code, said)
				}
			}
		})
	}
}
