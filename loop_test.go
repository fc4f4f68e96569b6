package main

import (
	"image/color"
	"net/http"
	"testing"

	"certreissue/sample"
)

const loopRegister = `考试年度,考试名称,姓名,证件号码,领取状态,级别,专业,证书管理号,批准日期,报名市
2015,一级建造师,测试,110101199003071233,已领取,考全科,建筑工程,ZJ2015001,20150920,石家庄市
2020,二级建造师,测试,110101199003071233,未领取,,,EJ2020001,20201122,石家庄市
2018,经济师,测试,110101199003071233,已领取,中级,,,20181103,唐山市
`

// TestLoop is the main job of the system: an office imports its register, a
// candidate applies with a photo, is sent back, corrects, and is approved.
func TestLoop(t *testing.T) {
	r := office(t, loopRegister)
	candidate := r.register("测试", "110101199003071233")

	exam := candidate.get("/apply").Find("option:contains('2015')").AttrOr("value", "")
	step1 := candidate.get("/apply?exam="+exam).has("可申请", "ZJ2015001")
	step2 := candidate.get(step1.link("申请补证"))
	if got := step2.Find("input#certificate_number").AttrOr("value", ""); got != "ZJ2015001" {
		t.Errorf("the register's number is shown as %q", got)
	}
	photo := sample.Portrait(1, false, color.White)
	refused := candidate.refused(http.StatusUnprocessableEntity, step2, "form[enctype]", map[string]string{"phone": "123"}, photo)
	if problems := refused.problems(); len(problems) != 1 || problems["phone"] == "" {
		t.Errorf("problems %v, want one at the phone", problems)
	}
	submitted := candidate.sends(refused, "form[enctype]", map[string]string{"phone": "0311-85666666", "certificate_number": "FAKE", "level": "考四科"})
	submitted.has("提交完成")
	list := candidate.get("/applications").has("等待审核")
	own := candidate.get(list.Find("main a[href^='/applications/']").First().AttrOr("href", "")).has("等待审核", "ZJ2015001", "考全科")
	if own.Find("img[src$='/photo']").Length() != 1 {
		t.Error("the photo kept from the refused form is not there")
	}

	reviewer := r.staff("shenhe")
	review := reviewer.get(reviewer.get("/office/applications?status=等待审核").Find("main a[href^='/office/applications/2']").AttrOr("href", ""))
	review.has("110101199003071233", "ZJ2015001", "0311-85666666")
	if refused := reviewer.refused(http.StatusUnprocessableEntity, review, "form[action$='/return']", nil); refused.problems()["return-reason"] == "" {
		t.Errorf("a return without a reason: %v", refused.problems())
	}
	reviewer.sends(review, "form[action$='/return']", map[string]string{"reason": "phone", "note": "请填写手机号"}).has("审核未过")
	if stale := reviewer.send(review, "form[action$='/approve']", nil); stale.status != http.StatusConflict {
		t.Errorf("a second decision from the same screen: %d", stale.status)
	}

	returned := candidate.get(own.path).has("审核未过", "联系方式无法接通", "请填写手机号")
	edit := candidate.get(returned.link("申请信息维护"))
	candidate.sends(edit, "form[enctype]", map[string]string{"phone": "13900000000", "approval_date": "19990101"}).has("等待审核", "13900000000", "2015")

	review = reviewer.get(review.path).has("13900000000")
	reviewer.sends(review, "form[action$='/approve']", nil).has("审核通过")
	candidate.get(own.path).has("审核通过")
	if late := candidate.send(edit, "form[enctype]", map[string]string{"phone": "13900000001"}); late.status != http.StatusConflict {
		t.Errorf("an edit after the approval: %d", late.status)
	}
	if again := candidate.send(step2, "form[enctype]", map[string]string{"phone": "13900000001"}, photo); again.header.Get("Location") != own.path {
		t.Errorf("a second application leads to %q (%d), want %s", again.header.Get("Location"), again.status, own.path)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.mails) < 3 {
		t.Errorf("%d mails, want the receipt, the return and the approval at least", len(r.mails))
	}
}
