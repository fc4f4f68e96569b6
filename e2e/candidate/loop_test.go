package candidate

import (
	"image/color"
	"net/http"
	"testing"

	"certreissue/e2e/rig"
	"certreissue/sample"
)

// TestLoop is the main job of the system: an office imports its register, a
// candidate applies with a photo, is sent back, corrects, and is approved.
func TestLoop(t *testing.T) {
	r := rig.Office(t, rig.LoopRegister)
	candidate := r.Register("测试", "110101199003071233")

	exam := candidate.Get("/apply").Find("option:contains('2015')").AttrOr("value", "")
	step1 := candidate.Get("/apply?exam="+exam).Has("可申请", "ZJ2015001")
	step2 := candidate.Get(step1.Link("申请补证"))
	if got := step2.TextOf("#certificate_number"); got != "ZJ2015001" {
		t.Errorf("the register's number is shown as %q", got)
	}
	photo := sample.Portrait(1, false, color.White)
	refused := candidate.Refused(http.StatusUnprocessableEntity, step2, "form[enctype]", map[string]string{"phone": "123"}, photo)
	if problems := refused.Problems(); len(problems) != 1 || problems["phone"] == "" {
		t.Errorf("problems %v, want one at the phone", problems)
	}
	submitted := candidate.Sends(refused, "form[enctype]", map[string]string{"phone": "0311-85666666", "certificate_number": "FAKE", "level": "考四科"})
	submitted.Has("提交完成")
	list := candidate.Get("/applications").Has("等待审核")
	own := candidate.Get(list.Find("main a[href^='/applications/']").First().AttrOr("href", "")).Has("等待审核", "ZJ2015001", "考全科")
	if own.Find("img[src$='/photo']").Length() != 1 {
		t.Error("the photo kept from the refused form is not there")
	}

	reviewer := r.Staff("shenhe")
	review := reviewer.Get(reviewer.Get("/office/applications?status=等待审核").Find("main a[href^='/office/applications/2']").AttrOr("href", ""))
	review.Has("110101199003071233", "ZJ2015001", "0311-85666666")
	if refused := reviewer.Refused(http.StatusUnprocessableEntity, review, "form[action$='/return']", nil); refused.Problems()["return-reason"] == "" {
		t.Errorf("a return without a reason: %v", refused.Problems())
	}
	reviewer.Sends(review, "form[action$='/return']", map[string]string{"reason": "phone", "note": "请填写手机号"}).Has("审核未过")
	if stale := reviewer.Send(review, "form[action$='/approve']", nil); stale.Status != http.StatusConflict {
		t.Errorf("a second decision from the same screen: %d", stale.Status)
	}

	returned := candidate.Get(own.Path).Has("审核未过", "联系方式无法接通", "请填写手机号")
	edit := candidate.Get(returned.Link("申请信息维护"))
	candidate.Sends(edit, "form[enctype]", map[string]string{"phone": "13900000000", "approval_date": "19990101"}).Has("等待审核", "13900000000", "2015")

	review = reviewer.Get(review.Path).Has("13900000000")
	reviewer.Sends(review, "form[action$='/approve']", nil).Has("审核通过")
	candidate.Get(own.Path).Has("审核通过")
	if late := candidate.Send(edit, "form[enctype]", map[string]string{"phone": "13900000001"}); late.Status != http.StatusConflict {
		t.Errorf("an edit after the approval: %d", late.Status)
	}
	if again := candidate.Send(step2, "form[enctype]", map[string]string{"phone": "13900000001"}, photo); again.Header.Get("Location") != own.Path {
		t.Errorf("a second application leads to %q (%d), want %s", again.Header.Get("Location"), again.Status, own.Path)
	}
	r.Mu.Lock()
	defer r.Mu.Unlock()
	if len(r.Mails) < 3 {
		t.Errorf("%d mails, want the receipt, the return and the approval at least", len(r.Mails))
	}
}
