package main

import (
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestPurge: what the office keeps no longer goes in the night, and its bytes at
// the next start.
func TestPurge(t *testing.T) {
	t.Parallel()
	r := inEarnest(t, loopRegister)
	admin := r.staff("guanli")
	admin.eventually("/office/backup", "最近一次成功的备份")
	admin.refused(http.StatusUnprocessableEntity, admin.get("/office/settings"), formTo("/office/settings"), map[string]string{"application_months": "3", "account_months": "1"}).
		faults("application_months", "account_months")
	admin.sends(admin.get("/office/settings"), formTo("/office/settings"), map[string]string{"application_months": "12", "account_months": "12", "photo_months": "6"})
	r.browser().get("/privacy").has("办结 1 年后自动删除", "申请办结 6 个月后自动删除", "1 年没有登录的，自动删除")
	r.staff("shenji").get("/office/audit?object=settings").has("保存期限", "申请 12 个月")

	b, submitted := r.apply("测试", loopNumber)
	address := strings.TrimSuffix(submitted.path, "/submitted")
	b.sends(b.get(address), "form[action$='/withdraw']", nil)
	r.register("王五", idNumber(t, 2))
	r.stop()

	const day = 24 * time.Hour
	leapt := startLater(t, 400*day, "serve", "-data", r.data)
	leapt.staff("shenhe").get("/office" + address)
	leapt.stop()
	if said := leapt.out.String(); !strings.Contains(said, "forgetting waits") {
		t.Errorf("after a year away the service says %q", said)
	}

	later := startLater(t, 401*day, "serve", "-data", r.data)
	later.staff("shenji").eventually("/office/audit?act=forget&object=account", "按保存期限删除")
	clerk := later.staff("shenhe")
	clerk.at("/office" + address).is(http.StatusNotFound)
	for _, number := range []string{loopNumber, idNumber(t, 2)} {
		clerk.sends(clerk.get("/office/accounts"), formTo("/office/accounts"), map[string]string{"q": number}).has("没有找到账号")
	}
	later.staff("guanli").eventually("/office/backup", "残留在服务下次启动时清除")
	later.stop()

	if code, out, said := command(t, "", "demo", "-data", r.data, "-addr", "127.0.0.1:0"); code != exitFailed || strings.Contains(out+said, "压缩") {
		t.Errorf("a demo works on a served file: exit %d, %s%s", code, out, said)
	}
	again := start(t, "serve", "-data", r.data)
	if said := again.out.String(); !strings.Contains(said, "压缩完成") {
		t.Errorf("the next start says %q", said)
	}
	if page := again.staff("guanli").get("/office/backup"); strings.Contains(page.text("main"), "残留") {
		t.Error("the compacted file still has what was deleted")
	}
}
