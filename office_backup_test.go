package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"certreissue/store"

	"github.com/PuerkitoBio/goquery"
)

// TestBackup makes, lists and downloads copies, and warns when they are old.
func TestBackup(t *testing.T) {
	r := inEarnest(t, loopRegister)
	admin := r.staff("guanli")
	const download = "/office/backup/download"
	page := admin.eventually("/office/backup", "最近一次成功的备份")
	page.has("每天 3 时，保留 14 份", "不到 1 小时前")
	if n := page.Find("table tbody tr").Length(); n != 1 {
		t.Fatalf("%d copies after the first start, want 1", n)
	}

	for password, want := range map[string]string{"": "请输入密码", "falsch-pass1": "密码不正确"} {
		refused := admin.refused(http.StatusUnprocessableEntity, page, formTo(download), map[string]string{"password": password})
		if !strings.Contains(refused.problems()["password"], want) {
			t.Errorf("password %q: %v", password, refused.problems())
		}
	}
	if refused := admin.refused(http.StatusUnprocessableEntity, page, formTo(download), map[string]string{"password": "guanli-pass1", "copy": "../office.db"}); refused.problems()["copy"] == "" {
		t.Errorf("a foreign file: %v", refused.problems())
	}
	for why, chosen := range map[string]string{"now": "", "kept": page.Find("#copy option").Last().AttrOr("value", "none")} {
		got := admin.send(page, formTo(download), map[string]string{"password": "guanli-pass1", "copy": chosen})
		if got.status != http.StatusOK || !strings.Contains(got.header.Get("Content-Disposition"), ".db") {
			t.Fatalf("%s: %d %v", why, got.status, got.header)
		}
		path := filepath.Join(t.TempDir(), "copy.db")
		if err := os.WriteFile(path, got.body, 0o600); err != nil {
			t.Fatal(err)
		}
		must(t, "", "check", path)
		if unclean, err := store.Peek(path); err != nil || unclean {
			t.Errorf("%s: the copy carries the mark of the running service: %v, %v", why, unclean, err)
		}
	}
	entries, err := os.ReadDir(r.data + ".backups")
	if err != nil || len(entries) != 1 {
		t.Errorf("the folder holds %v, %v; want the one copy", entries, err)
	}
	if info, err := os.Stat(r.data + ".backups"); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("the folder: %v, %v", info, err)
	}

	for field, value := range map[string]string{"hour": "24", "keep": "1"} {
		refused := admin.refused(http.StatusUnprocessableEntity, page, formTo("/office/backup"), map[string]string{field: value})
		if refused.problems()[field] == "" {
			t.Errorf("%s=%s: %v", field, value, refused.problems())
		}
	}
	admin.sends(page, formTo("/office/backup"), map[string]string{"hour": "22", "keep": "2"}).has("每天 22 时，保留 2 份")
	for range 3 {
		r.skew.Add(int64(2 * time.Second)) // a copy is named by the second
		page = admin.sends(admin.get("/office/backup"), formTo("/office/backup/make"), nil).has("备份已完成")
	}
	if n := page.Find("table tbody tr").Length(); n != 2 {
		t.Errorf("%d copies, want the 2 that are kept", n)
	}
	if desk := admin.get("/office").has("最近备份"); strings.Contains(desk.text(".alerts"), "备份") {
		t.Error("the desk warns of a fresh copy")
	}
	r.staff("shenji").get("/office/audit?object=backup").has("下载备份", "系统", "guanli")
	for _, name := range []string{"shenhe", "shenji"} {
		if got := r.staff(name).do(http.MethodGet, "/office/backup", "", nil).status; got != http.StatusForbidden {
			t.Errorf("%s at the backup page: %d", name, got)
		}
	}
}

// TestBackupOld warns an administrator of a copy that is two days old.
func TestBackupOld(t *testing.T) {
	r := inEarnest(t, loopRegister)
	r.staff("guanli").eventually("/office/backup", "最近一次成功的备份")
	r.skew.Add(int64(72 * time.Hour))
	r.staff("guanli").get("/office").has("最近一次成功的备份：3 天前")
	if strings.Contains(r.staff("shenhe").get("/office").text("main"), "备份") {
		t.Error("a reviewer is told of backups")
	}
}

// TestBackupAhead: a copy that was made while the clock was ahead has no age,
// and passes for no good one.
func TestBackupAhead(t *testing.T) {
	r := inEarnest(t, loopRegister)
	const path = "/office/backup"
	r.staff("guanli").eventually(path, "最近一次成功的备份")
	r.pass(-30 * 24 * time.Hour)
	admin := r.staff("guanli")
	page := admin.get(path).has("（时间晚于现在，请核对服务器的时钟）", "（时间有误）")
	if page.Find(".state-error").Length() != 1 {
		t.Error("it passes for a good one")
	}
	admin.get("/office").has("最近一次成功的备份：时间晚于现在")
	page = admin.sends(page, formTo(path+"/make"), nil).has("不到 1 小时前")
	rows := page.Find("table tbody tr").Map(func(_ int, row *goquery.Selection) string { return row.Text() })
	if len(rows) != 2 || strings.Contains(rows[0], "有误") || !strings.Contains(rows[1], "有误") {
		t.Errorf("the copies are %q", rows)
	}
	if desk := admin.get("/office"); strings.Contains(desk.text(".alerts"), "备份") {
		t.Error("the desk still warns")
	}
}
