//go:build unix

package threats

import (
	"bufio"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"certreissue/command"
	"certreissue/e2e/rig"
)

// watch looks into folders again and again, also while commands are at work: whatever
// lies there is for its owner alone, and in the system's folder nothing does.
func watch(t *testing.T, temporary string, folders ...string) (stop func()) {
	seen := sync.Map{}
	look := func() {
		for _, folder := range append(folders, temporary) {
			filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
				if err != nil {
					return nil // it has gone meanwhile
				}
				info, err := entry.Info()
				if err != nil || path == temporary {
					return nil
				}
				if _, told := seen.LoadOrStore(path, true); !told && (folder == temporary || info.Mode().Perm()&0o077 != 0) {
					t.Errorf("%s is %v", path, info.Mode())
				}
				return nil
			})
		}
	}
	done, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		for {
			select {
			case <-done:
				return
			case <-time.After(time.Millisecond):
				look()
			}
		}
	}()
	return func() { close(done); <-ended; look() }
}

// withoutUmask runs a program with a umask that hides nothing.
var withoutUmask = []string{"sh", "-c", `umask 000; exec "$0" "$@"`}

// TestFileModes: with a umask that hides nothing, whatever the service and its
// commands write is for its own user alone, and while they work, too.
func TestFileModes(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	home, temporary := filepath.Join(folder, "home"), filepath.Join(folder, "tmp")
	if err := os.Mkdir(temporary, 0o700); err != nil {
		t.Fatal(err)
	}
	data := filepath.Join(home, "office.db")
	open := func(args ...string) *exec.Cmd {
		c := rig.Process(t, withoutUmask, args...)
		c.Env = append(c.Env, "TMPDIR="+temporary)
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
	stop := watch(t, temporary, home)
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

	stop()
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

// TestSpoolModes: what somebody sends, and what waits to be taken in, is closed to others
// while it lies on the disk, with a umask that hides nothing.
func TestSpoolModes(t *testing.T) {
	t.Parallel()
	demo := rig.Office(t, rig.LoopRegister)
	demo.Stop()
	temporary, spooled := t.TempDir(), demo.Data+".spool"
	process := rig.Process(t, withoutUmask, "demo", "-data", demo.Data, "-addr", "127.0.0.1:0")
	process.Env = append(process.Env, "TMPDIR="+temporary)
	stop := watch(t, temporary, spooled)
	r, _ := child(t, process)
	admin := r.Browser()
	login := admin.Get("/office/login")
	solved(r, login)
	admin.Sends(login, rig.FormTo("/office/login"), map[string]string{"username": "guanli", "password": "guanli-pass1"})

	modes := func() (found []string) {
		for range 1000 {
			found = nil
			filepath.WalkDir(spooled, func(path string, entry fs.DirEntry, err error) error {
				if err == nil {
					if info, err := entry.Info(); err == nil {
						found = append(found, info.Mode().String())
					}
				}
				return nil
			})
			if len(found) > 1 {
				return found
			}
			time.Sleep(5 * time.Millisecond)
		}
		t.Fatalf("nothing comes to lie in %s", spooled)
		return nil
	}
	page := admin.Get("/office/certificates/import")
	half := announce(admin, "/office/certificates/import", 4<<20)
	half.status(soon)
	half.send(word("csrf_token", token(page)) + fmt.Sprintf(fileHead, "file") + strings.Repeat("a", 2<<20))
	if got := modes(); fmt.Sprint(got) != "[drwx------ -rw-------]" {
		t.Errorf("while a list is sent: %v", got)
	}
	half.Close()
	for len(spooledFiles(t, spooled)) > 0 {
		time.Sleep(5 * time.Millisecond)
	}
	bad := strings.Replace(rig.LoopRegister, "未领取", "不明", 1)
	waits := posted(admin, page, "file", "register.csv", []byte(bad), map[string]string{"blank_collected": "表中每行都填写了领取状态"})
	admin.Eventually(waits.Header.Get("Location"), "不能导入")
	for _, mode := range modes() {
		if !strings.HasSuffix(mode, "------") {
			t.Errorf("while a list waits: %s", mode)
		}
	}
	stop()
}
