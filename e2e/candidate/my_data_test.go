package candidate

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"

	"certreissue/e2e/rig"
)

// TestMyData: what somebody takes along is all of theirs, and nothing of others.
func TestMyData(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	b := r.Register("测试", rig.LoopNumber)
	application := b.Apply(rig.Certificate2015, map[string]string{"phone": "13900000000"}, rig.Portrait())
	r.Register("王五", rig.IDNumber(t, 1))

	const path = "/profile/data"
	form := b.Get(b.Get("/profile").Link("下载"))
	form = b.Refused(http.StatusUnprocessableEntity, form, rig.FormTo(path), map[string]string{"password": ""}).Faults("password")
	form = b.Refused(http.StatusUnprocessableEntity, form, rig.FormTo(path), map[string]string{"password": "wrong-pass1"}).Faults("password")
	got := b.Send(form, rig.FormTo(path), map[string]string{"password": rig.CandidatePassword}).Is(http.StatusOK)
	if kind, cache := got.Header.Get("Content-Type"), got.Header.Get("Cache-Control"); kind != "application/zip" || cache != "no-store" {
		t.Errorf("sent as %s, %s", kind, cache)
	}
	pack, err := zip.NewReader(bytes.NewReader(got.Body), int64(len(got.Body)))
	if err != nil {
		t.Fatal(err)
	}
	files := map[string]string{}
	for _, file := range pack.File {
		open, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(open)
		if err != nil {
			t.Fatal(err)
		}
		files[file.Name] = string(content)
	}
	number := strings.TrimPrefix(application, "/applications/")
	page := files["我的信息.html"]
	for _, want := range []string{"测试", rig.LoopNumber, "kaosheng@example.com", "13900000000", number, number + ".jpg", "同意个人信息保护说明", "版本 2026", "等待审核", "证书档案：2015 年"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q:\n%s", want, page)
		}
	}
	for _, others := range []string{"王五", rig.IDNumber(t, 1), "shenhe"} {
		if strings.Contains(page, others) {
			t.Errorf("the page holds %q", others)
		}
	}
	if photo := files["照片-"+number+".jpg"]; photo != string(b.At(application+"/photo").Body) || photo == "" {
		t.Errorf("the photo of %d bytes is another one", len(photo))
	}
	if len(files) != 2 {
		t.Errorf("%d files", len(files))
	}
	r.Staff("shenji").Get("/office/audit?object=account&act=export").Has("考生账号 1", "导出")
}

// TestLeave: somebody closes their account.
func TestLeave(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	b := r.Register("测试", rig.LoopNumber)
	application := b.Apply(rig.Certificate2015, map[string]string{"phone": "13900000000"}, rig.Portrait())
	const path = "/profile/close"
	open := b.Get(b.Get("/profile").Link("注销")).Has("还有正在办理的申请")
	if open.Find(rig.FormTo(path)).Length() != 0 {
		t.Error("the form stands there all the same")
	}
	b.Sends(b.Get(application), "form[action$='/withdraw']", nil)
	again := r.Browser()
	again.Login(rig.LoopNumber, rig.CandidatePassword)

	form := b.Get(path).Has("不能恢复", "已办结的申请（含联系电话、照片）是办理档案")
	form = b.Refused(http.StatusUnprocessableEntity, form, rig.FormTo(path), map[string]string{"password": rig.CandidatePassword}).Faults("understood")
	form = b.Refused(http.StatusUnprocessableEntity, form, rig.FormTo(path), map[string]string{"understood": "1", "password": "wrong-pass1"}).Faults("password")
	if left := b.Sends(form, rig.FormTo(path), map[string]string{"understood": "1", "password": rig.CandidatePassword}).Has("账号已注销"); left.Path != "/login" {
		t.Errorf("leaving leads to %s", left.Path)
	}
	again.At("/applications").Leads("/login")
	b.Refused(http.StatusUnprocessableEntity, b.Get("/login"), rig.FormTo("/login"), map[string]string{"id_number": rig.LoopNumber, "password": rig.CandidatePassword}).Faults("id_number")
	if m := r.Mail("账号已注销", 1); m.To != "kaosheng@example.com" || !strings.Contains(m.Body, "已办结的申请（含联系电话、照片）") {
		t.Errorf("%s is told %s", m.To, m.Body)
	}
	clerk := r.Staff("shenhe")
	clerk.Account(rig.LoopNumber).Has("已停用", "本人注销", "补证申请")
	if seen := clerk.Account(rig.LoopNumber); strings.Contains(string(seen.Body), "kaosheng@example.com") {
		t.Error("the counter still sees the address")
	}
	// The same person may come again, as somebody new.
	r.Register("测试", rig.LoopNumber).Get("/applications").Has("您还没有补证申请")
}

// TestNoWayBackToNobody: a refusal of somebody who has left is only taken back
// once the counter has opened an account for them.
func TestNoWayBackToNobody(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	b := r.Register("测试", rig.LoopNumber)
	application := b.Apply(rig.Certificate2015, map[string]string{"phone": "13900000000"}, rig.Portrait())
	clerk := r.Staff("shenhe")
	clerk.Decide(application, "refuse", map[string]string{"reason": "fraud"})
	b.Sends(b.Get("/profile/close"), rig.FormTo("/profile/close"), map[string]string{"understood": "1", "password": rig.CandidatePassword})

	takeBack, note := "form[action$='/take-back']", map[string]string{"note": "看错了"}
	clerk.Refused(http.StatusUnprocessableEntity, clerk.Get("/office"+application), takeBack, note).Has("请先在窗口为其开立账号")
	clerk.Sends(clerk.Get("/office/accounts/new"), rig.FormTo("/office/accounts/new"), map[string]string{"id_number": rig.LoopNumber, "name": "测试"})
	clerk.Sends(clerk.Get("/office"+application), takeBack, note).Has("等待审核", "看错了")
}
