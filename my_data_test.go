package main

import (
	"archive/zip"
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"
)

// TestMyData: what somebody takes along is all of theirs, and nothing of others.
func TestMyData(t *testing.T) {
	t.Parallel()
	r := office(t, guideRegister)
	b := r.register("测试", loopNumber)
	application := b.apply(certificate2015, map[string]string{"phone": "13900000000"}, portrait())
	r.register("王五", idNumber(t, 1))

	const path = "/profile/data"
	form := b.get(b.get("/profile").link("下载"))
	form = b.refused(http.StatusUnprocessableEntity, form, formTo(path), map[string]string{"password": ""}).faults("password")
	form = b.refused(http.StatusUnprocessableEntity, form, formTo(path), map[string]string{"password": "wrong-pass1"}).faults("password")
	got := b.send(form, formTo(path), map[string]string{"password": candidatePassword}).is(http.StatusOK)
	if kind, cache := got.header.Get("Content-Type"), got.header.Get("Cache-Control"); kind != "application/zip" || cache != "no-store" {
		t.Errorf("sent as %s, %s", kind, cache)
	}
	pack, err := zip.NewReader(bytes.NewReader(got.body), int64(len(got.body)))
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
	for _, want := range []string{"测试", loopNumber, "kaosheng@example.com", "13900000000", number, number + ".jpg", "同意个人信息保护说明", "版本 2026", "等待审核", "证书档案：2015 年"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q:\n%s", want, page)
		}
	}
	for _, others := range []string{"王五", idNumber(t, 1), "shenhe"} {
		if strings.Contains(page, others) {
			t.Errorf("the page holds %q", others)
		}
	}
	if photo := files["照片-"+number+".jpg"]; photo != string(b.at(application+"/photo").body) || photo == "" {
		t.Errorf("the photo of %d bytes is another one", len(photo))
	}
	if len(files) != 2 {
		t.Errorf("%d files", len(files))
	}
	r.staff("shenji").get("/office/audit?object=account&act=export").has("考生账号 1", "导出")
}

// TestLeave: somebody closes their account.
func TestLeave(t *testing.T) {
	t.Parallel()
	r := office(t, guideRegister)
	b := r.register("测试", loopNumber)
	application := b.apply(certificate2015, map[string]string{"phone": "13900000000"}, portrait())
	const path = "/profile/close"
	open := b.get(b.get("/profile").link("注销")).has("还有正在办理的申请")
	if open.Find(formTo(path)).Length() != 0 {
		t.Error("the form stands there all the same")
	}
	b.sends(b.get(application), "form[action$='/withdraw']", nil)
	again := r.browser()
	again.login(loopNumber, candidatePassword)

	form := b.get(path).has("不能恢复", "已办结的申请（含联系电话、照片）是办理档案")
	form = b.refused(http.StatusUnprocessableEntity, form, formTo(path), map[string]string{"password": candidatePassword}).faults("understood")
	form = b.refused(http.StatusUnprocessableEntity, form, formTo(path), map[string]string{"understood": "1", "password": "wrong-pass1"}).faults("password")
	if left := b.sends(form, formTo(path), map[string]string{"understood": "1", "password": candidatePassword}).has("账号已注销"); left.path != "/login" {
		t.Errorf("leaving leads to %s", left.path)
	}
	again.at("/applications").leads("/login")
	b.refused(http.StatusUnprocessableEntity, b.get("/login"), formTo("/login"), map[string]string{"id_number": loopNumber, "password": candidatePassword}).faults("id_number")
	if m := r.mail("账号已注销", 1); m.To != "kaosheng@example.com" || !strings.Contains(m.Body, "已办结的申请（含联系电话、照片）") {
		t.Errorf("%s is told %s", m.To, m.Body)
	}
	clerk := r.staff("shenhe")
	clerk.account(loopNumber).has("已停用", "本人注销", "补证申请")
	if seen := clerk.account(loopNumber); strings.Contains(string(seen.body), "kaosheng@example.com") {
		t.Error("the counter still sees the address")
	}
	// The same person may come again, as somebody new.
	r.register("测试", loopNumber).get("/applications").has("您还没有补证申请")
}

// TestNoWayBackToNobody: a refusal of somebody who has left is only taken back
// once the counter has opened an account for them.
func TestNoWayBackToNobody(t *testing.T) {
	t.Parallel()
	r := office(t, guideRegister)
	b := r.register("测试", loopNumber)
	application := b.apply(certificate2015, map[string]string{"phone": "13900000000"}, portrait())
	clerk := r.staff("shenhe")
	clerk.decide(application, "refuse", map[string]string{"reason": "fraud"})
	b.sends(b.get("/profile/close"), formTo("/profile/close"), map[string]string{"understood": "1", "password": candidatePassword})

	takeBack, note := "form[action$='/take-back']", map[string]string{"note": "看错了"}
	clerk.refused(http.StatusUnprocessableEntity, clerk.get("/office"+application), takeBack, note).has("请先在窗口为其开立账号")
	clerk.sends(clerk.get("/office/accounts/new"), formTo("/office/accounts/new"), map[string]string{"id_number": loopNumber, "name": "测试"})
	clerk.sends(clerk.get("/office"+application), takeBack, note).has("等待审核", "看错了")
}
