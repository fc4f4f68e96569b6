package office

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"certreissue/e2e/rig"
	"certreissue/store"

	"github.com/PuerkitoBio/goquery"
)

// TestBackup makes, lists and downloads copies, and warns when they are old.
func TestBackup(t *testing.T) {
	r := rig.InEarnest(t, rig.LoopRegister)
	admin := r.Staff("guanli")
	const download = "/office/backup/download"
	page := admin.Eventually("/office/backup", "最近一次成功的备份")
	page.Has("每天 3 时，保留 14 份", "不到 1 小时前")
	if n := page.Find("table tbody tr").Length(); n != 1 {
		t.Fatalf("%d copies after the first start, want 1", n)
	}

	for password, want := range map[string]string{"": "请输入密码", "falsch-pass1": "密码不正确"} {
		refused := admin.Refused(http.StatusUnprocessableEntity, page, rig.FormTo(download), map[string]string{"password": password})
		if !strings.Contains(refused.Problems()["password"], want) {
			t.Errorf("password %q: %v", password, refused.Problems())
		}
	}
	if refused := admin.Refused(http.StatusUnprocessableEntity, page, rig.FormTo(download), map[string]string{"password": "guanli-pass1", "copy": "../office.db"}); refused.Problems()["copy"] == "" {
		t.Errorf("a foreign file: %v", refused.Problems())
	}
	for why, chosen := range map[string]string{"now": "", "kept": page.Find("#copy option").Last().AttrOr("value", "none")} {
		got := admin.Send(page, rig.FormTo(download), map[string]string{"password": "guanli-pass1", "copy": chosen})
		if got.Status != http.StatusOK || !strings.Contains(got.Header.Get("Content-Disposition"), ".db") {
			t.Fatalf("%s: %d %v", why, got.Status, got.Header)
		}
		path := filepath.Join(t.TempDir(), "copy.db")
		if err := os.WriteFile(path, got.Body, 0o600); err != nil {
			t.Fatal(err)
		}
		rig.Must(t, "", "check", path)
		if unclean, err := store.Peek(path); err != nil || unclean {
			t.Errorf("%s: the copy carries the mark of the running service: %v, %v", why, unclean, err)
		}
	}
	entries, err := os.ReadDir(r.Data + ".backups")
	if err != nil || len(entries) != 1 {
		t.Errorf("the folder holds %v, %v; want the one copy", entries, err)
	}
	if info, err := os.Stat(r.Data + ".backups"); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder: %v, %v", info, err)
	}

	for field, value := range map[string]string{"hour": "24", "keep": "1"} {
		refused := admin.Refused(http.StatusUnprocessableEntity, page, rig.FormTo("/office/backup"), map[string]string{field: value})
		if refused.Problems()[field] == "" {
			t.Errorf("%s=%s: %v", field, value, refused.Problems())
		}
	}
	admin.Sends(page, rig.FormTo("/office/backup"), map[string]string{"hour": "22", "keep": "2"}).Has("每天 22 时，保留 2 份")
	for range 3 {
		r.Skew.Add(int64(2 * time.Second)) // a copy is named by the second
		page = admin.Sends(admin.Get("/office/backup"), rig.FormTo("/office/backup/make"), nil).Has("备份已完成")
	}
	// They have a place of their own: the night's copy stays.
	if n := page.Find("table tbody tr").Length(); n != 4 {
		t.Errorf("%d copies, want the night's and 3 by hand", n)
	}
	if desk := admin.Get("/office").Has("最近备份"); strings.Contains(desk.TextOf(".alerts"), "备份") {
		t.Error("the desk warns of a fresh copy")
	}
	r.Staff("shenji").Get("/office/audit?object=backup").Has("下载备份", "系统", "guanli")
	for _, name := range []string{"shenhe", "shenji"} {
		if got := r.Staff(name).Do(http.MethodGet, "/office/backup", "", nil).Status; got != http.StatusForbidden {
			t.Errorf("%s at the backup page: %d", name, got)
		}
	}
}

// TestBackupOld warns an administrator of a copy that is two days old.
func TestBackupOld(t *testing.T) {
	r := rig.InEarnest(t, rig.LoopRegister)
	r.Staff("guanli").Eventually("/office/backup", "最近一次成功的备份")
	r.Skew.Add(int64(72 * time.Hour))
	r.Staff("guanli").Get("/office").Has("最近一次成功的备份：3 天前")
	if strings.Contains(r.Staff("shenhe").Get("/office").TextOf("main"), "备份") {
		t.Error("a reviewer is told of backups")
	}
}

// TestBackupAhead: a copy that was made while the clock was ahead has no age,
// and passes for no good one.
func TestBackupAhead(t *testing.T) {
	r := rig.InEarnest(t, rig.LoopRegister)
	const path = "/office/backup"
	r.Staff("guanli").Eventually(path, "最近一次成功的备份")
	r.Pass(-30 * 24 * time.Hour)
	admin := r.Staff("guanli")
	page := admin.Get(path).Has("（时间晚于现在，请核对服务器的时钟）", "（时间有误）")
	if page.Find(".state-error").Length() != 1 {
		t.Error("it passes for a good one")
	}
	admin.Get("/office").Has("最近一次成功的备份：时间晚于现在")
	page = admin.Sends(page, rig.FormTo(path+"/make"), nil).Has("不到 1 小时前")
	rows := page.Find("table tbody tr").Map(func(_ int, row *goquery.Selection) string { return row.Text() })
	if len(rows) != 2 || strings.Contains(rows[0], "有误") || !strings.Contains(rows[1], "有误") {
		t.Errorf("the copies are %q", rows)
	}
	if desk := admin.Get("/office"); strings.Contains(desk.TextOf(".alerts"), "备份") {
		t.Error("the desk still warns")
	}
}

// TestBackupFails: a folder that takes no copy is told of with its cause, on the desk,
// on the page and by doctor, until a copy is made.
func TestBackupFails(t *testing.T) {
	r := rig.InEarnest(t, rig.LoopRegister)
	admin := r.Staff("guanli")
	page := admin.Eventually("/office/backup", "最近一次成功的备份")
	folder := r.Data + ".backups"
	if err := os.Rename(folder, folder+".away"); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(folder, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	refused := admin.Refused(http.StatusUnprocessableEntity, page, rig.FormTo("/office/backup/make"), nil)
	refused.Has("备份没有成功：无法写入文件 " + folder)
	told := func(want string) {
		t.Helper()
		admin.Get("/office").Has(want)
		admin.Get("/office/backup").Has(want)
		_, out, _ := rig.Command(t, "", "doctor", "-data", r.Data)
		if !strings.Contains(out, want) {
			t.Errorf("doctor says %q, want %q", out, want)
		}
	}
	told("无法读取备份文件夹 " + folder)
	if err := os.Remove(folder); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(folder+".away", folder); err != nil {
		t.Fatal(err)
	}
	told("备份没有成功：无法") // write, or read where the first copy was still counting the others
	r.Skew.Add(int64(2 * time.Second))
	admin.Sends(page, rig.FormTo("/office/backup/make"), nil).Has("备份已完成")
	if strings.Contains(admin.Get("/office").TextOf(".alerts"), "没有成功") {
		t.Error("the desk still says so")
	}
}

// TestClockBack: a clock that was set back by a year is told of at the start, on the
// desk and by doctor.
func TestClockBack(t *testing.T) {
	r := rig.InEarnest(t, rig.LoopRegister)
	r.Staff("guanli")
	r.Stop()
	back := rig.StartLater(t, -365*24*time.Hour, "serve", "-data", r.Data)
	back.Data = r.Data
	back.Says("请核对本机的时钟")
	back.Staff("guanli").Get("/office").Has("请核对服务器的时钟")
	if _, out, _ := rig.Command(t, "", "doctor", "-data", r.Data); !strings.Contains(out, "请校准系统时间") {
		t.Errorf("doctor says %q", out)
	}
}
