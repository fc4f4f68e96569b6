package office

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"certreissue/e2e/rig"
	"certreissue/locked"
)

// TestBackupLocked takes copies under a passphrase that was shown and typed back: nothing
// plain is sent or left, and nothing tells the passphrase.
func TestBackupLocked(t *testing.T) {
	r := rig.InEarnest(t, rig.LoopRegister)
	admin := r.Staff("guanli")
	page := admin.Eventually("/office/backup", "最近一次成功的备份")
	made := admin.Send(page, rig.FormTo("/office/backup/locked"), nil)
	address := made.Header.Get("Location")
	shown := admin.Follows(made)
	passphrase := shown.TextOf(".secret")
	if locked.Passphrase(passphrase) != passphrase || len(passphrase) != 24 {
		t.Fatalf("the passphrase is %q", passphrase)
	}
	if again := admin.Follows(admin.Send(page, rig.FormTo("/office/backup/locked"), nil)).TextOf(".secret"); again == passphrase {
		t.Error("the next passphrase is the same")
	}
	form := rig.FormTo(address)
	right := map[string]string{"passphrase": strings.ToLower(passphrase), "password": "guanli-pass1"}
	for field, value := range map[string]string{"passphrase": "ABCD-EFGH-JKLM-NPQR-STUV", "password": "falsch-pass1", "copy": "../office.db"} {
		fill := map[string]string{field: value}
		for name, good := range right {
			if name != field {
				fill[name] = good
			}
		}
		refused := admin.Refused(http.StatusUnprocessableEntity, shown, form, fill)
		if refused.Problems()[field] == "" || refused.TextOf(".secret") != passphrase || refused.Value("passphrase") != "" {
			t.Errorf("%s: %v, %q", field, refused.Problems(), refused.TextOf(".secret"))
		}
	}
	for why, chosen := range map[string]string{"now": "", "kept": shown.Find("#copy option").Last().AttrOr("value", "none")} {
		right["copy"] = chosen
		got := admin.Send(shown, form, right)
		if got.Status != http.StatusOK || !strings.Contains(got.Header.Get("Content-Disposition"), ".db.age") || got.Header.Get("Content-Length") == "" {
			t.Fatalf("%s: %d %v", why, got.Status, got.Header)
		}
		if bytes.Contains(got.Body, []byte("guanli")) {
			t.Errorf("%s: something plain was sent", why)
		}
		path := rig.Write(t, "copy.age", got.Body)
		rig.Must(t, passphrase+"\n", "check", path, "-passphrase-stdin", "-data", filepath.Join(t.TempDir(), "a.db"))
	}
	if entries, err := os.ReadDir(r.Data + ".backups"); err != nil || len(entries) != 1 {
		t.Errorf("the folder holds %v, %v; want the night's copy", entries, err)
	}
	if entries, err := os.ReadDir(r.Data + ".spool"); err == nil {
		t.Errorf("left behind: %v", entries)
	}
	if row := r.Staff("shenji").Get("/office/audit?object=backup").Has("下载备份", "guanli"); strings.Contains(row.TextOf("main"), passphrase) {
		t.Error("the log tells the passphrase")
	}
	if strings.Contains(r.Out.String(), passphrase) || strings.Contains(address, passphrase) {
		t.Error("the window or the address tells the passphrase")
	}

	// It is nobody else's.
	rig.Must(t, "other-pass1\n", "staff", "add", "other", "-role", "admin", "-password-stdin", "-data", r.Data)
	other := r.Staff("other")
	other.At(address).Leads("/office/backup")
	if got := other.Post(other.Get("/office/backup").Has("口令已失效"), address, map[string][]string{"passphrase": {passphrase}, "password": {"other-pass1"}}); got.Status != http.StatusSeeOther {
		t.Errorf("another one's passphrase: %d", got.Status)
	}
}
