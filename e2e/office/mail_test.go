package office

import (
	"net"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"certreissue/e2e/rig"
)

// TestMailTexts words a mail anew and sends it.
func TestMailTexts(t *testing.T) {
	r := rig.Office(t, rig.LoopRegister)
	admin := r.Staff("guanli")
	const path = "/office/settings/mail/return"
	admin.Get("/office/settings/mail").Has("退回修改", "补证申请需要修改", "默认", "新证书已寄出")
	form := admin.Get(path).Has("{{姓名}}", "{{原因}}", "{{单位}}")
	for body, want := range map[string]string{"": "请填写", "{{名字}}，请修改": "{{名字}}", "{{姓名": "占位符", strings.Repeat("长", 2001): "最多 2000 个字"} {
		refused := admin.Refused(http.StatusUnprocessableEntity, form, rig.FormTo(path), map[string]string{"body": body})
		if got := refused.Problems()["body"]; !strings.Contains(got, want) {
			t.Errorf("body %.20q: %q", body, got)
		}
		if refused.Find("button[name='default']").Length() != 1 {
			t.Errorf("body %.20q: no way back to the default", body)
		}
	}
	text := map[string]string{"subject": "{{考试}}的申请请修改", "body": "{{姓\u200b名}}（{{申请\u200e编号}}）：\r\n{{原因}}\r\n说明：{{说明}}\r\n电话：{{咨询电话}}\r\n{{单位}}"}
	text["preview"] = "1"
	preview := admin.Send(form, rig.FormTo(path), text)
	preview.Has("预览", "2015 年 一级建造师的申请请修改", "张三（", "照片不清晰", "考试中心")
	if strings.Contains(preview.TextOf(".letter"), "电话") {
		t.Error("a line without its value is there")
	}
	if got := preview.Find("#subject").AttrOr("value", ""); got != text["subject"] || preview.Status != http.StatusOK {
		t.Errorf("the previewed text is lost: %d %q", preview.Status, got)
	}
	admin.Get("/office/settings/mail").Has("默认")
	delete(text, "preview")
	admin.Sends(admin.Get(path), rig.FormTo(path), text).Has("设置已保存")
	admin.Get("/office/settings/mail").Has("已改写")
	stale := admin.Refused(http.StatusConflict, preview, rig.FormTo(path), map[string]string{"subject": "请修改"})
	if got := stale.Problems(); got["subject"] != "现在保存的是：{{考试}}的申请请修改" {
		t.Errorf("what was saved since the preview is not told: %v", got)
	}

	r.Apply("测试", "110101199003071233")
	clerk := r.Staff("shenhe")
	review := clerk.Get(clerk.Get("/office/applications?status=等待审核").Find("main a[href^='/office/applications/2']").AttrOr("href", ""))
	clerk.Sends(review, "form[action$='/return']", map[string]string{"reason": "phone", "note": ""})
	admin.Eventually("/office/mail?state=sent", "2015 年 一级建造师的申请请修改").Has("k***@example.com", "· 联系方式无法接通")
	r.Mu.Lock()
	last := r.Mails[len(r.Mails)-1]
	r.Mu.Unlock()
	if want := "\n· 联系方式无法接通\n考试中心\n"; !strings.HasSuffix(last.Body, want) || last.Subject != "2015 年 一级建造师的申请请修改" {
		t.Errorf("mail %q %q", last.Subject, last.Body)
	}
	admin.Sends(admin.Get(path), rig.FormTo(path), map[string]string{"default": "1"})
	admin.Get("/office/audit?object=settings").Has("邮件文字（退回修改）", "主题：补证申请需要修改")
	for _, wrong := range []string{"/office/settings/mail/lock", "/office/mail?state=x", "/office/mail?page=%21"} {
		if got := admin.Get(wrong).Status; got != http.StatusNotFound {
			t.Errorf("%s: %d", wrong, got)
		}
	}
}

// TestMailFailing keeps what does not leave in sight, and sends it again on
// demand.
func TestMailFailing(t *testing.T) {
	r := rig.InEarnest(t, rig.LoopRegister)
	admin := r.Staff("guanli")
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := strconv.Itoa(closed.Addr().(*net.TCPAddr).Port)
	closed.Close()
	admin.Get("/office/mail").Has("没有设置邮件服务器", "没有邮件")
	r.Apply("测试", "110101199003071233")
	waiting := admin.Get("/office/mail?state=waiting").Has("补证申请已收到", "待发送", "k***@example.com")
	if rows := waiting.Find("tbody tr").Length(); rows != 1 {
		t.Fatalf("%d mails wait, want 1", rows)
	}
	admin.Sends(admin.Get("/office/settings"), rig.FormTo("/office/settings"), map[string]string{"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_security": "none", "smtp_from": "office@example.com"})
	failed := admin.Eventually("/office/mail?state=failed", "下次重试").Has("发送失败", "全部立即重发")
	admin.Get("/office").Has("封邮件发送失败")
	admin.Sends(failed, "td form[action$='/retry']", nil).Has("已安排立即发送")
	admin.Sends(admin.Eventually("/office/mail", "全部立即重发"), rig.FormTo("/office/mail/retry"), nil).Has("已安排立即发送")
	admin.Get("/office/audit?object=mail").Has("立即重发")
	if got := admin.Get("/office/mail?state=cancelled").Find("tbody tr").Length(); got != 0 {
		t.Errorf("%d mails are cancelled, want none", got)
	}
}

// TestMailHeld keeps mail back after a restore until somebody has looked.
func TestMailHeld(t *testing.T) {
	r := rig.Office(t, rig.LoopRegister)
	r.Apply("测试", "110101199003071233")
	copied := filepath.Join(t.TempDir(), "copy.db")
	rig.Must(t, "", "backup", copied, "-data", r.Data)
	r.Stop()
	rig.Must(t, "", "restore", copied, "-data", r.Data)
	again := rig.Start(t, "demo", "-data", r.Data)
	admin := again.Staff("guanli")
	admin.Get("/office").Has("邮件已暂停发送")
	admin.Sends(admin.Get("/office/mail").Has("邮件已暂停发送"), rig.FormTo("/office/mail/release"), nil).Has("已恢复发送")
	if p := admin.Get("/office/mail"); p.Find("form[action$='/release']").Length() != 0 {
		t.Error("the outbox is still held")
	}
	again.Stop()
}
