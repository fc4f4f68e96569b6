package main

import (
	"net"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"
)

// eventually asks for a page until it holds a text: what a timer does is not
// done at once.
func (b *browser) eventually(path, text string) *page {
	b.t.Helper()
	for range 100 {
		if p := b.get(path); strings.Contains(p.text("main"), text) {
			return p
		}
		time.Sleep(50 * time.Millisecond)
	}
	return b.get(path).has(text)
}

// inEarnest is office, served as an office serves it.
func inEarnest(t *testing.T, register string) *running {
	t.Helper()
	demo := office(t, register)
	demo.stop()
	r := start(t, "serve", "-data", demo.data)
	r.data = demo.data
	return r
}

// TestMailTexts words a mail anew and sends it.
func TestMailTexts(t *testing.T) {
	r := office(t, loopRegister)
	admin := r.staff("guanli")
	const path = "/office/settings/mail/return"
	admin.get("/office/settings/mail").has("退回修改", "补证申请需要修改", "默认", "新证书已寄出")
	form := admin.get(path).has("{{姓名}}", "{{原因}}", "{{单位}}")
	for body, want := range map[string]string{"": "请填写", "{{名字}}，请修改": "{{名字}}", "{{姓名": "占位符", strings.Repeat("长", 2001): "最多 2000 个字"} {
		refused := admin.refused(http.StatusUnprocessableEntity, form, formTo(path), map[string]string{"body": body})
		if got := refused.problems()["body"]; !strings.Contains(got, want) {
			t.Errorf("body %.20q: %q", body, got)
		}
		if refused.Find("button[name='default']").Length() != 1 {
			t.Errorf("body %.20q: no way back to the default", body)
		}
	}
	text := map[string]string{"subject": "{{考试}}的申请请修改", "body": "{{姓名}}（{{申请编号}}）：\r\n{{原因}}\r\n说明：{{说明}}\r\n电话：{{咨询电话}}\r\n{{单位}}"}
	text["preview"] = "1"
	preview := admin.send(form, formTo(path), text)
	preview.has("预览", "2015 年 一级建造师的申请请修改", "张三（", "照片不清晰", "考试中心")
	if strings.Contains(preview.text(".letter"), "电话") {
		t.Error("a line without its value is there")
	}
	if got := preview.Find("#subject").AttrOr("value", ""); got != text["subject"] || preview.status != http.StatusOK {
		t.Errorf("the previewed text is lost: %d %q", preview.status, got)
	}
	admin.get("/office/settings/mail").has("默认")
	delete(text, "preview")
	admin.sends(admin.get(path), formTo(path), text).has("设置已保存")
	admin.get("/office/settings/mail").has("已改写")
	stale := admin.refused(http.StatusConflict, preview, formTo(path), map[string]string{"subject": "请修改"})
	if got := stale.problems(); got["subject"] != "现在保存的是：{{考试}}的申请请修改" {
		t.Errorf("what was saved since the preview is not told: %v", got)
	}

	r.apply("测试", "110101199003071233")
	clerk := r.staff("shenhe")
	review := clerk.get(clerk.get("/office/applications?status=等待审核").Find("main a[href^='/office/applications/2']").AttrOr("href", ""))
	clerk.sends(review, "form[action$='/return']", map[string]string{"reason": "phone", "note": ""})
	admin.eventually("/office/mail?state=sent", "2015 年 一级建造师的申请请修改").has("k***@example.com", "· 联系方式无法接通")
	r.mu.Lock()
	last := r.mails[len(r.mails)-1]
	r.mu.Unlock()
	if want := "\n· 联系方式无法接通\n考试中心\n"; !strings.HasSuffix(last.Body, want) || last.Subject != "2015 年 一级建造师的申请请修改" {
		t.Errorf("mail %q %q", last.Subject, last.Body)
	}
	admin.sends(admin.get(path), formTo(path), map[string]string{"default": "1"})
	admin.get("/office/audit?object=settings").has("邮件文字（退回修改）", "主题：补证申请需要修改")
	for _, wrong := range []string{"/office/settings/mail/lock", "/office/mail?state=x", "/office/mail?page=%21"} {
		if got := admin.get(wrong).status; got != http.StatusNotFound {
			t.Errorf("%s: %d", wrong, got)
		}
	}
}

// TestMailFailing keeps what does not leave in sight, and sends it again on
// demand.
func TestMailFailing(t *testing.T) {
	r := inEarnest(t, loopRegister)
	admin := r.staff("guanli")
	closed, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	port := strconv.Itoa(closed.Addr().(*net.TCPAddr).Port)
	closed.Close()
	admin.get("/office/mail").has("没有设置邮件服务器", "没有邮件")
	r.apply("测试", "110101199003071233")
	waiting := admin.get("/office/mail?state=waiting").has("补证申请已收到", "待发送", "k***@example.com")
	if rows := waiting.Find("tbody tr").Length(); rows != 1 {
		t.Fatalf("%d mails wait, want 1", rows)
	}
	admin.sends(admin.get("/office/settings"), formTo("/office/settings"), map[string]string{"smtp_host": "127.0.0.1", "smtp_port": port, "smtp_security": "none", "smtp_from": "office@example.com"})
	failed := admin.eventually("/office/mail?state=failed", "下次重试").has("发送失败", "全部立即重发")
	admin.get("/office").has("封邮件发送失败")
	admin.sends(failed, "td form[action$='/retry']", nil).has("已安排立即发送")
	admin.sends(admin.eventually("/office/mail", "全部立即重发"), formTo("/office/mail/retry"), nil).has("已安排立即发送")
	admin.get("/office/audit?object=mail").has("立即重发")
	if got := admin.get("/office/mail?state=cancelled").Find("tbody tr").Length(); got != 0 {
		t.Errorf("%d mails are cancelled, want none", got)
	}
}

// TestMailHeld keeps mail back after a restore until somebody has looked.
func TestMailHeld(t *testing.T) {
	r := office(t, loopRegister)
	r.apply("测试", "110101199003071233")
	copied := filepath.Join(t.TempDir(), "copy.db")
	must(t, "", "backup", copied, "-data", r.data)
	r.stop()
	must(t, "", "restore", copied, "-data", r.data)
	again := start(t, "demo", "-data", r.data)
	admin := again.staff("guanli")
	admin.get("/office").has("邮件已暂停发送")
	admin.sends(admin.get("/office/mail").has("邮件已暂停发送"), formTo("/office/mail/release"), nil).has("已恢复发送")
	if p := admin.get("/office/mail"); p.Find("form[action$='/release']").Length() != 0 {
		t.Error("the outbox is still held")
	}
	again.stop()
}
