//go:build unix

package threats

import (
	"bufio"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"certreissue/command"
	"certreissue/e2e/rig"
	"certreissue/service"
)

// TestFileModes: with a umask that hides nothing, whatever the service and its
// commands write is for its own user alone.
func TestFileModes(t *testing.T) {
	t.Parallel()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	home, temporary := filepath.Join(folder, "home"), filepath.Join(folder, "tmp")
	if err := os.Mkdir(temporary, 0o700); err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(home, "office.db")
	open := func(args ...string) *exec.Cmd {
		c := exec.Command("sh", append([]string{"-c", `umask 000; exec "$0" "$@"`, self}, args...)...)
		c.Env = append(os.Environ(), service.ChildVariable+"=1", "TMPDIR="+temporary)
		c.Stdin = strings.NewReader("guanli-pass1\n")
		return c
	}
	run := func(wantExit int, args ...string) {
		t.Helper()
		c := open(append(args, "-data", data)...)
		if out, _ := c.CombinedOutput(); c.ProcessState.ExitCode() != wantExit {
			t.Fatalf("%v: %v\n%s", args, c.ProcessState, out)
		}
	}
	run(command.ExitDone, "staff", "add", "guanli", "-role", "admin", "-password-stdin")
	register := rig.Write(t, "register.csv", []byte(strings.Replace(rig.LoopRegister, "未领取", "不明", 1)))
	bad := filepath.Join(home, "register.csv")
	if err := os.Rename(register, bad); err != nil {
		t.Fatal(err)
	}

	service := open("serve", "-data", data, "-addr", "127.0.0.1:0")
	said, err := service.StdoutPipe()
	if err != nil || service.Start() != nil {
		t.Fatal(err)
	}
	for lines := bufio.NewScanner(said); lines.Scan() && !strings.Contains(lines.Text(), "服务已启动"); {
	}
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if copies, _ := filepath.Glob(data + ".backups/*.db"); len(copies) > 0 {
			break
		}
	}
	run(command.ExitPartial, "import", "certificates", bad)
	run(command.ExitDone, "export", "applications", filepath.Join(home, "list.xlsx"))
	run(command.ExitDone, "backup", filepath.Join(home, "copy.db"))
	service.Process.Signal(os.Interrupt)
	service.Wait()
	run(command.ExitDone, "restore", filepath.Join(home, "copy.db"))
	run(command.ExitDone, "compact")

	found := 0
	err = filepath.WalkDir(home, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		info, err := entry.Info()
		if found++; err == nil && info.Mode().Perm()&0o077 != 0 {
			t.Errorf("%s is %v", path, info.Mode())
		}
		return err
	})
	// The folder, the data, the one before the restore, the folder of backups with
	// one, the register with what was rejected, the list and the copy.
	if err != nil || found < 9 {
		t.Errorf("only %d files were made, %v", found, err)
	}
	if left, err := os.ReadDir(temporary); err != nil || len(left) != 0 {
		t.Errorf("left in the folder for temporary files: %v, %v", left, err)
	}
}
