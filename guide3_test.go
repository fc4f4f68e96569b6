package main

import (
	"bytes"
	"image/color"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"certreissue/sample"

	"github.com/PuerkitoBio/goquery"
)

// Part 3 of the guide: 审核状态查询 and 申请信息维护.

// complete fills in what the register lacks of certificate2018.
var complete = map[string]string{"certificate_number": "无", "specialty": "工商管理", "phone": "13900000000"}

// decide opens an application's review screen and sends one of its forms.
func (b *browser) decide(application, act string, fill map[string]string) *page {
	b.t.Helper()
	return b.sends(b.get("/office"+application), "form[action$='/"+act+"']", fill)
}

// queue is the order of the pending applications in the office's list.
func (b *browser) queue() []string {
	b.t.Helper()
	return b.get("/office/applications?status=等待审核").Find("tbody th a").Map(func(_ int, a *goquery.Selection) string {
		path, _, _ := strings.Cut(a.AttrOr("href", ""), "?")
		return strings.TrimPrefix(path, "/office")
	})
}

func TestStatusAndEdit(t *testing.T) {
	t.Parallel()
	r := office(t, guideRegister)
	b, reviewer := r.register("测试", loopNumber), r.staff("shenhe")
	first := b.apply(certificate2018, complete)
	r.pass(10 * time.Minute)
	second := b.apply("/apply/self", byHand(nil))

	list := b.get("/applications").has("2018 年 经济师", "2019 年 造价工程师", "等待审核")
	if list.Find("tbody tr").Length() != 2 || list.Find("a[href='"+first+"/edit']").Length() != 1 {
		t.Error("the list does not show both applications with 申请信息维护")
	}
	own := b.get(first).has("等待审核", "办理记录", "提交申请")
	edit := b.get(own.link("申请信息维护"))
	r.pass(time.Minute)
	b.sends(edit, "form[enctype]", map[string]string{"phone": "13911111111"}).has("已保存", "13911111111", "修改了联系方式")
	if queue := reviewer.queue(); !slices.Equal(queue, []string{first, second}) {
		t.Errorf("after an edit the queue is %v, want %s first", queue, first)
	}
	// The other tab still has the screen of before.
	typed := map[string]string{"phone": "13922222222", "specialty": "财政税收"}
	stale := b.send(edit, "form[enctype]", typed).is(http.StatusConflict).faults("stale").shows(typed)
	stale.has("修改申请信息", "修改了联系方式", "与您填写的内容不同的项目", "13911111111", "工商管理")
	if events, differs := stale.Find("#stale .history li").Length(), stale.Find("#stale tbody tr").Length(); events != 1 || differs != 2 {
		t.Errorf("meanwhile there were %d events, and %d fields differ", events, differs)
	}
	b.get(first).has("13911111111")
	// With what changed before one's eyes, the same may be posted again; faults are named beside it.
	typed["phone"] = "1"
	b.send(edit, "form[enctype]", typed).is(http.StatusConflict).faults("stale", "phone").shows(typed)
	b.sends(stale, "form[enctype]", nil).has("已保存", "13922222222", "财政税收")

	edit = b.get(first + "/edit")
	edit = b.refused(http.StatusUnprocessableEntity, edit, "form[enctype]", map[string]string{"phone": "1", "specialty": ""}).faults("phone", "specialty").shows(map[string]string{"phone": "1"})
	reviewer.decide(first, "return", map[string]string{"reason": "certificate_number", "note": "请附扫描件上的号码"}).has("审核未过")
	b.send(edit, "form[enctype]", complete).is(http.StatusConflict).has("审核未过", "证书管理号与档案不符", "请附扫描件上的号码")

	b.get("/applications").has("审核未过", "证书管理号与档案不符")
	b.get(first).has("审核未过", "证书管理号：证书管理号与档案不符", "请附扫描件上的号码", "退回修改")
	edit = b.get(first+"/edit").has("审核未过的原因", "请附扫描件上的号码")
	if at := edit.text("#certificate_number-return"); !strings.Contains(at, "证书管理号与档案不符") {
		t.Errorf("at its field the reason is %q", at)
	}
	if edit.Find("#level[disabled]").Length() != 1 || edit.Find("#phone[disabled]").Length() != 0 {
		t.Error("the register's level is not locked, or the phone is")
	}
	b.sends(edit, "form[enctype]", map[string]string{"certificate_number": "jj2018001", "specialty": "工商管理", "phone": "13900000000"}).has("等待审核", "JJ2018001")
	if queue := reviewer.queue(); len(queue) != 2 {
		t.Errorf("after the correction the queue is %v", queue)
	}
}

// TestReturnedReasons: each of the list stands at the field it concerns.
func TestReturnedReasons(t *testing.T) {
	t.Parallel()
	r := office(t, guideRegister)
	b, reviewer := r.register("测试", loopNumber), r.staff("shenhe")
	application := b.apply(certificate2015, map[string]string{"phone": "13900000000"}, portrait())
	before := b.get(application + "/edit")
	values := url.Values{"revision": {"1"}, "reason": {"photo_background", "approval_date", "level_specialty", "city", "phone", "name", "material"}}
	reviewer.post(reviewer.get("/office"+application), "/office"+application+"/return", values).is(http.StatusSeeOther)
	edit := b.get(application + "/edit").has("材料缺失或不清")
	for field, label := range map[string]string{"photo": "照片背景非白色", "approval_date": "批准日期不符", "level": "级别或专业不符", "city": "报名市有误", "phone": "联系方式无法接通", "name": "姓名与证件不一致"} {
		if at := edit.text("#" + field + "-return"); at != "审核未过："+label {
			t.Errorf("at %s stands %q, want %s", field, at, label)
		}
	}
	// Saved without what was asked, it waits again, and both sides are told.
	b.sends(edit, "form[enctype]", map[string]string{"phone": "13900000009"}).has("审核意见提到的照片还没有修改")
	reviewer.get("/office" + application).has("没有修改照片，请核对")
	// A photo that comes with a stale screen is kept for the next try.
	stale := b.send(before, "form[enctype]", nil, sample.Portrait(2, false, color.White)).is(http.StatusConflict).faults("stale")
	if kept := b.at(stale.Find(".photo-now img").AttrOr("src", "")); bytes.Equal(kept.body, b.at(application+"/photo").body) {
		t.Error("the new photo is lost")
	}
}

// TestClosedToEdits: in any other state GET and POST are refused, and so is
// withdrawing.
func TestClosedToEdits(t *testing.T) {
	t.Parallel()
	r := office(t, guideRegister)
	b, reviewer := r.register("测试", loopNumber), r.staff("shenhe")
	for word, end := range map[string]func(application string){
		"审核通过": func(application string) { reviewer.decide(application, "approve", nil) },
		"不予受理": func(application string) {
			reviewer.decide(application, "refuse", map[string]string{"reason": "electronic"})
		},
		"已撤回": func(application string) {
			b.sends(b.get(application), "form[action$='/withdraw']", nil).has("申请已撤回")
		},
	} {
		application := b.apply("/apply/self", byHand(map[string]string{"exam_name": "考试" + word}))
		edit, shown := b.get(application+"/edit"), b.get(application)
		end(application)
		b.at(application + "/edit").is(http.StatusConflict).has("状态")
		for _, photos := range [][][]byte{nil, {[]byte("no picture")}, {portrait(), portrait()}} {
			b.send(edit, "form[enctype]", byHand(nil), photos...).is(http.StatusConflict)
		}
		b.post(edit, application+"/edit", url.Values{"revision": {"2"}, "phone": {"13900000001"}}).is(http.StatusConflict)
		b.send(shown, "form[action$='/withdraw']", nil).is(http.StatusConflict)
		b.post(shown, application+"/withdraw", url.Values{"revision": {"2"}}).is(http.StatusConflict)
		after := b.get(application).has(word, "0311-85666666")
		if after.Find("a[href$='/edit'], form[action$='/withdraw']").Length() != 0 {
			t.Errorf("%s still offers an edit or to withdraw", word)
		}
	}
	// After its end the same certificate may be applied for again.
	again := b.apply("/apply/self", byHand(map[string]string{"exam_name": "考试已撤回"}))
	b.get(again).has("等待审核")
}

// TestEndedSession: what was typed is there again after signing in, for the
// same account only.
func TestEndedSession(t *testing.T) {
	t.Parallel()
	r := office(t, guideRegister)
	b := r.register("测试", loopNumber)
	r.register("王五", idNumber(t, 1))
	certificate, self := b.get(certificate2015), b.get("/apply/self")
	application := b.apply(certificate2018, complete)
	edit := b.get(application + "/edit")
	r.pass(2*time.Hour + time.Minute)

	b.at(certificate2015).leads("/login")
	b.send(certificate, "form[enctype]", map[string]string{"phone": "13955555555"}, portrait()).leads("/login")
	b.send(self, "form[enctype]", byHand(map[string]string{"phone": "13966666666"})).leads("/login")
	b.send(edit, "form[enctype]", map[string]string{"phone": "13977777777"}).leads("/login")
	// A post without the token is refused before anything is kept.
	b.do(http.MethodPost, "/apply/self", "application/x-www-form-urlencoded", strings.NewReader("phone=1")).is(http.StatusForbidden)

	b.login(idNumber(t, 1), candidatePassword)
	b.get("/apply/self").shows(map[string]string{"phone": "", "exam_name": ""})
	b.sends(b.get("/apply"), formTo("/logout"), nil)

	b.login(loopNumber, candidatePassword)
	kept := b.get(certificate2015).shows(map[string]string{"phone": "13955555555"})
	if kept.Find(".photo-now").Length() != 1 {
		t.Error("the photo is lost")
	}
	b.get("/apply/self").shows(byHand(map[string]string{"phone": "13966666666"}))
	b.get(application + "/edit").shows(map[string]string{"phone": "13977777777"})
	b.get(application).has("13900000000")
	b.sends(kept, "form[enctype]", nil).has("提交完成")
}
