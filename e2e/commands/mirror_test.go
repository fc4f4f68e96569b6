package commands

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"certreissue/command"
	"certreissue/e2e/rig"
)

// mirrored starts a service with a mirror.
func mirrored(t *testing.T, data, folder string, more ...string) *rig.Running {
	t.Helper()
	r := rig.Start(t, append([]string{"serve", "-data", data, "-mirror", folder, "-mirror-every", "5s"}, more...)...)
	r.Data = data
	return r
}

// refusedServe wants serve to say why it does not start.
func refusedServe(t *testing.T, data, folder string, words ...string) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	code, _, said := rig.CommandWithin(t, ctx, "", "serve", "-addr", "127.0.0.1:0", "-data", data, "-mirror", folder)
	for _, word := range words {
		if code != command.ExitFailed || !strings.Contains(said, word) {
			t.Fatalf("exit %d, %q does not say %q", code, said, word)
		}
	}
}

// TestMirror: what the service has done is in the mirror after a clean stop, and can
// be restored from its folder; the office sees how old it is, what is wrong, and what
// to do.
func TestMirror(t *testing.T) {
	t.Parallel()
	r := rig.InEarnest(t, rig.LoopRegister)
	r.Stop()
	data, folder := r.Data, t.TempDir()
	old, err := os.ReadFile(data)
	if err != nil {
		t.Fatal(err)
	}
	code, _, said := rig.Command(t, "", "restore", folder, "-data", data)
	if code != command.ExitFailed || !strings.Contains(said, "没有完好的镜像或备份") {
		t.Errorf("an empty folder: exit %d, %q", code, said)
	}

	r = mirrored(t, data, folder)
	admin := r.Staff("guanli")
	admin.Eventually("/office/backup", "秒前").Has("镜像", folder, "没有加密")
	admin.Get("/office").Has("镜像")
	_, out, _ := rig.Command(t, "", "doctor", "-data", data)
	if !strings.Contains(out, "镜像") || !strings.Contains(out, "同一块磁盘") {
		t.Errorf("doctor says %q", out)
	}
	// The folder goes, and comes back.
	away := folder + " away"
	if err := os.Rename(folder, away); err != nil {
		t.Fatal(err)
	}
	rig.Must(t, "name-pass1\n", "staff", "add", "anybody", "-role", "reviewer", "-password-stdin", "-data", data)
	admin.Eventually("/office/backup", "找不到镜像文件夹")
	admin.Get("/office").Has("找不到镜像文件夹")
	if code, out, _ := rig.Command(t, "", "doctor", "-data", data); code != command.ExitFailed || !strings.Contains(out, "找不到镜像文件夹") {
		t.Errorf("doctor: exit %d, %q", code, out)
	}
	if _, err := os.Stat(folder); err == nil {
		t.Error("the folder was made")
	}
	if err := os.Rename(away, folder); err != nil {
		t.Fatal(err)
	}
	r.Says("镜像恢复写入")
	admin.Eventually("/office/backup", "秒前")
	rig.Must(t, "name-pass1\n", "staff", "add", "last", "-role", "reviewer", "-password-stdin", "-data", data)
	r.Stop()

	lost := filepath.Join(t.TempDir(), "new.db")
	out = rig.Must(t, "", "restore", folder, "-data", lost)
	if !strings.Contains(out, "选用最新的完好的一份") || !strings.Contains(out, "mirror-") || !strings.Contains(out, "前）") {
		t.Errorf("restore says %q", out)
	}
	if list := rig.Must(t, "", "staff", "list", "-data", lost); !strings.Contains(list, "anybody") || !strings.Contains(list, "last") {
		t.Errorf("restored are %q", list)
	}
	for _, name := range []string{"mirror-a.db", "mirror-b.db"} {
		rig.Must(t, "", "check", filepath.Join(folder, name))
	}

	// A file from before is not served, and its start is refused again and again.
	if err := os.Rename(data, data+".good"); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(data, old, 0o600); err != nil {
		t.Fatal(err)
	}
	for range 3 {
		refusedServe(t, data, folder, "可能回退", "restore "+folder, "-mirror-replace")
	}
	// To the copy that the service has made meanwhile, the log of that file is cut.
	if err := os.Rename(data+".good", data); err != nil {
		t.Fatal(err)
	}
	// What was restored has another history.
	another := mirrored(t, lost, folder)
	another.Staff("guanli").Eventually("/office/backup", "另一份数据的镜像")
	another.Stop()
	if list := rig.Must(t, "", "staff", "list", "-data", filepath.Join(folder, "mirror-a.db")); !strings.Contains(list, "anybody") {
		t.Error("the mirror was written over")
	}
	replacing := mirrored(t, lost, folder, "-mirror-replace")
	replacing.Staff("guanli").Eventually("/office/backup", "秒前")
	replacing.Stop()
}

// TestMirrorSetting: an admin sets the mirror on the page, and it takes effect at
// once.
func TestMirrorSetting(t *testing.T) {
	t.Parallel()
	r := rig.InEarnest(t, rig.LoopRegister)
	folder := t.TempDir()
	admin := r.Staff("guanli")
	page := admin.Get("/office/backup").Has("没有设置镜像")
	page = admin.Refused(422, page, rig.FormTo("/office/backup"), map[string]string{"mirror_folder": "usb", "mirror_seconds": "1"})
	page.Faults("mirror_folder", "mirror_seconds")
	admin.Sends(page, rig.FormTo("/office/backup"), map[string]string{"mirror_folder": folder, "mirror_seconds": "5"})
	admin.Eventually("/office/backup", "秒前").Has(folder)
	r.Staff("shenji").Get("/office/audit?object=settings").Has("镜像", "每 5 秒")
	admin.Sends(admin.Get("/office/backup"), rig.FormTo("/office/backup"), map[string]string{"mirror_folder": ""})
	admin.Eventually("/office/backup", "没有设置镜像")
}
