//go:build linux

package threats

import (
	"bytes"
	"errors"
	"image/color"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"certreissue/command"
	"certreissue/e2e/rig"
	"certreissue/sample"
	"certreissue/store"

	bolt "go.etcd.io/bbolt"
)

// smallDisk is a folder on a disk of 24 MB, which only root can make.
func smallDisk(t *testing.T) string {
	t.Helper()
	if os.Getuid() != 0 {
		t.Skip("only root can mount a small disk")
	}
	folder := filepath.Join(t.TempDir(), "disk")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := syscall.Mount("tmpfs", folder, "tmpfs", 0, "size=24m"); err != nil {
		t.Skipf("this machine mounts no small disk: %v", err)
	}
	t.Cleanup(func() { syscall.Unmount(folder, syscall.MNT_DETACH) })
	return folder
}

// TestSmallDisk fills the disk beneath the service. What it then cannot keep it
// refuses with a sentence, what it has it goes on showing, and once there is room
// again it works as before, without a new start.
func TestSmallDisk(t *testing.T) {
	t.Parallel()
	folder := smallDisk(t)
	r := rig.Office(t, rig.LoopRegister)
	r.Stop()
	whole, err := os.ReadFile(r.Data)
	if err != nil {
		t.Fatal(err)
	}
	r.Data = filepath.Join(folder, "office.db")
	writeSparse(t, r.Data, whole)
	full := rig.Start(t, "demo", "-data", r.Data)
	b := full.Register("测试", rig.LoopNumber)
	exam := b.Get("/apply").Find("option:contains('2015')").AttrOr("value", "")
	step2 := b.Get(b.Get("/apply?exam=" + exam).Link("申请补证"))

	admin := full.Staff("guanli")
	backup := admin.Get("/office/backup")

	filler := endlessFile(t, filepath.Join(folder, "filler"))

	photo := sample.Portrait(1, false, color.White)
	refused := b.Send(step2, "form[enctype]", map[string]string{"phone": "13800000000"}, photo)
	refused.Is(http.StatusServiceUnavailable).Has("暂时无法保存", "尚未提交")
	if refused.Header.Get("Retry-After") == "" || refused.Value("phone") != "13800000000" {
		t.Errorf("Retry-After %q, the phone is %q", refused.Header.Get("Retry-After"), refused.Value("phone"))
	}
	b.Get("/applications").Has("没有")
	admin.Refused(http.StatusUnprocessableEntity, backup, rig.FormTo("/office/backup/make"), nil)
	admin.Get("/office/backup").Has("备份")

	if err := os.Remove(filler); err != nil {
		t.Fatal(err)
	}
	b.Sends(step2, "form[enctype]", map[string]string{"phone": "13800000000"}, photo).Has("提交完成")
	b.Get("/applications").Has("等待审核")
	admin.Sends(backup, rig.FormTo("/office/backup/make"), nil).Has("备份已完成")
	full.Stop()
	rig.Must(t, "", "check", "-data", r.Data)
}

// TestStartOnFullDisk starts the service on a disk that takes nothing any more. What is
// in the file can be read, by whoever is signed in, every act is refused with what to
// do, and commands find the service: a backup goes straight to another disk. Once there
// is room it works, and what was saved then is there after a kill.
func TestStartOnFullDisk(t *testing.T) {
	t.Parallel()
	folder := smallDisk(t)
	r := rig.Office(t, rig.LoopRegister)
	r.Stop()
	whole, err := os.ReadFile(r.Data)
	if err != nil {
		t.Fatal(err)
	}
	r.Data = filepath.Join(folder, "office.db")
	writeSparse(t, r.Data, whole)
	r = rig.Start(t, "serve", "-data", r.Data)
	r.Data = filepath.Join(folder, "office.db")
	admin := r.Staff("guanli")
	admin.Eventually("/office/backup", "最近一次成功的备份")
	r.Stop()

	for _, kept := range []string{"a clean stop", "a kill"} {
		run := filepath.Join(folder, "office.db.run")
		if kept == "a kill" { // it leaves DATA.run
			if err := os.WriteFile(run, []byte(`{"pid":1,"port":1,"token":"x"}`), 0o600); err != nil {
				t.Fatal(err)
			}
		} else if _, err := os.Stat(run); err == nil {
			t.Error("DATA.run stays after a clean stop")
		}
		makeSparse(t, r.Data)
		fill := endlessFile(t, filepath.Join(folder, "filler"))
		full := rig.Start(t, "serve", "-data", r.Data)
		full.Says("所在的磁盘已满")
		admin.Running = full
		admin.Get("/office").Has("磁盘已满")
		admin.Get("/office/certificates").Has("一级建造师")
		form := rig.FormTo("/office/settings/cities")
		admin.Refused(http.StatusServiceUnavailable, admin.Get("/office/settings/cities"), form, map[string]string{"name": "承德市"}).Has("尚未提交")
		if code, _, said := rig.Command(t, "", "staff", "unlock", "shenhe", "-data", r.Data); code != command.ExitFailed || !strings.Contains(said, "磁盘空间不足") {
			t.Errorf("%s: a command's act: exit %d, %q", kept, code, said)
		}
		elsewhere := filepath.Join(t.TempDir(), "copy.db")
		rig.Must(t, "", "backup", elsewhere, "-data", r.Data)
		rig.Must(t, "", "check", elsewhere)

		if err := os.Remove(fill); err != nil {
			t.Fatal(err)
		}
		admin.Sends(admin.Get("/office/settings/cities"), form, map[string]string{"name": kept}).Has("已更新")
		if unclean, err := store.Peek(r.Data); err == nil && !unclean {
			t.Error("the file looks as if nobody was at work on it")
		}
		if strings.Contains(admin.Get("/office").TextOf(".alerts"), "磁盘已满") {
			t.Error("the desk still says that the disk is full")
		}
		if code := full.Stop(); code != command.ExitDone {
			t.Errorf("exit %d:\n%s", code, full.Out)
		}
	}
	rig.Must(t, "", "check", "-data", r.Data)
}

// endlessFile fills a disk.
func endlessFile(t *testing.T, path string) string {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	io.Copy(f, endless{}) // until there is no room
	return path
}

// endless is a file without an end.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	return len(p), nil
}

// makeSparse makes holes of the pages of a data file that nothing is in.
func makeSparse(t *testing.T, path string) {
	t.Helper()
	db, err := bolt.Open(path, 0o600, nil)
	if err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	size := db.Info().PageSize
	err = db.View(func(tx *bolt.Tx) error {
		for number := range len(whole) / size {
			page, err := tx.Page(number)
			if err != nil {
				return err
			}
			if page == nil || page.Type == "free" {
				clear(whole[number*size : (number+1)*size])
			}
		}
		return nil
	})
	if err = errors.Join(err, db.Close()); err != nil {
		t.Fatal(err)
	}
	writeSparse(t, path+".sparse", whole)
	if err := os.Rename(path+".sparse", path); err != nil {
		t.Fatal(err)
	}
}

// writeSparse writes a file with holes for its empty pages: room on the disk that
// is not taken yet.
func writeSparse(t *testing.T, path string, whole []byte) {
	t.Helper()
	file, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if err := file.Truncate(int64(len(whole))); err != nil {
		t.Fatal(err)
	}
	page := os.Getpagesize()
	empty := make([]byte, page)
	for at := 0; at < len(whole); at += page {
		if part := whole[at:min(at+page, len(whole))]; !bytes.Equal(part, empty[:len(part)]) {
			if _, err := file.WriteAt(part, int64(at)); err != nil {
				t.Fatal(err)
			}
		}
	}
}
