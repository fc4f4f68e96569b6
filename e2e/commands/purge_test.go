package commands

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"certreissue/command"
	"certreissue/e2e/rig"
)

// TestPurge: what the office keeps no longer goes in the night, and its bytes at
// the next start.
func TestPurge(t *testing.T) {
	t.Parallel()
	r := rig.InEarnest(t, rig.LoopRegister)
	admin := r.Staff("guanli")
	admin.Eventually("/office/backup", "最近一次成功的备份")
	admin.Refused(http.StatusUnprocessableEntity, admin.Get("/office/settings"), rig.FormTo("/office/settings"), map[string]string{"application_months": "3", "account_months": "1"}).
		Faults("application_months", "account_months")
	admin.Sends(admin.Get("/office/settings"), rig.FormTo("/office/settings"), map[string]string{"application_months": "12", "account_months": "12", "photo_months": "6"})
	r.Browser().Get("/privacy").Has("办结 1 年后自动删除", "申请办结 6 个月后自动删除", "1 年没有登录的，自动删除")
	r.Staff("shenji").Get("/office/audit?object=settings").Has("保存期限", "申请 12 个月")

	b, submitted := r.Apply("测试", rig.LoopNumber)
	address := strings.TrimSuffix(submitted.Path, "/submitted")
	b.Sends(b.Get(address), "form[action$='/withdraw']", nil)
	r.Register("王五", rig.IDNumber(t, 2))
	r.Stop()

	const day = 24 * time.Hour
	leapt := rig.StartLater(t, 400*day, "serve", "-data", r.Data)
	leapt.Says("清除推迟到下一夜")
	leapt.Staff("shenhe").Get("/office" + address)
	leapt.Stop()

	later := rig.StartLater(t, 401*day, "serve", "-data", r.Data)
	later.Says("INF 清除 ") // all of it: accounts go one by one
	later.Staff("shenji").Get("/office/audit?act=forget&object=account").Has("按保存期限删除")
	clerk := later.Staff("shenhe")
	clerk.At("/office" + address).Is(http.StatusNotFound)
	for _, number := range []string{rig.LoopNumber, rig.IDNumber(t, 2)} {
		clerk.Sends(clerk.Get("/office/accounts"), rig.FormTo("/office/accounts"), map[string]string{"q": number}).Has("没有找到账号")
	}
	later.Staff("guanli").Eventually("/office/backup", "残留在服务下次启动时清除")
	later.Stop()

	if code, out, said := rig.Command(t, "", "demo", "-data", r.Data, "-addr", "127.0.0.1:0"); code != command.ExitFailed || strings.Contains(out+said, "压缩") {
		t.Errorf("a demo works on a served file: exit %d, %s%s", code, out, said)
	}
	again := rig.Start(t, "serve", "-data", r.Data)
	if said := again.Out.String(); !strings.Contains(said, "压缩完成") {
		t.Errorf("the next start says %q", said)
	}
	if page := again.Staff("guanli").Get("/office/backup"); strings.Contains(page.TextOf("main"), "残留") {
		t.Error("the compacted file still has what was deleted")
	}
}
