//go:build linux

package threats

import (
	"bytes"
	"image/color"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"certreissue/e2e/rig"
	"certreissue/sample"
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

	filler := filepath.Join(folder, "filler")
	f, err := os.Create(filler)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	io.Copy(f, &endless{}) // until there is no room

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
	f.Close()
	b.Sends(step2, "form[enctype]", map[string]string{"phone": "13800000000"}, photo).Has("提交完成")
	b.Get("/applications").Has("等待审核")
	admin.Sends(backup, rig.FormTo("/office/backup/make"), nil).Has("备份已完成")
	full.Stop()
	rig.Must(t, "", "check", "-data", r.Data)
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
