package office

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"certreissue/e2e/rig"
)

// opened is the account's page of the person of the guide's register, which the clerk has
// opened without an address, and its one-time password.
func opened(t *testing.T, clerk *rig.Browser) (account, password string) {
	t.Helper()
	page := clerk.Sends(clerk.Get("/office/accounts/new"), rig.FormTo("/office/accounts/new"), map[string]string{"paper": "身份证", "id_number": rig.LoopNumber, "name": "测试"})
	account, _, _ = strings.Cut(page.Path, "?")
	return account, page.TextOf(".done-number")
}

// colleague is another reviewer.
func colleague(t *testing.T, r *rig.Running) *rig.Browser {
	t.Helper()
	rig.Must(t, "other-pass1\n", "staff", "add", "other", "-role", "reviewer", "-password-stdin", "-data", r.Data)
	return r.Staff("other")
}

// TestFiling: somebody without a telephone comes to the counter. The clerk opens an account,
// files for it, prints what is signed, and cannot approve it; a colleague does. The person
// finds it under the one-time password.
func TestFiling(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	clerk, other := r.Staff("shenhe"), colleague(t, r)
	account, password := opened(t, clerk)

	step1 := clerk.Get(clerk.Get(account).Link("为其填报申请")).Has("代为填报补证申请", rig.LoopNumber, "2015 年 一级建造师")
	exam := step1.Find("option:contains('2015')").AttrOr("value", "")
	step1 = clerk.Get(step1.Path + "?exam=" + exam).Has("找到 1 本证书")
	step2 := step1.Link("申请补证")
	if step2 != account+"/apply/certificates/1" {
		t.Fatalf("step 2 is %s", step2)
	}
	refused := clerk.Refused(http.StatusUnprocessableEntity, clerk.Get(step2), "form[enctype]", map[string]string{"phone": "没有"}, rig.Portrait()).Faults("phone")
	clerk.Get(step1.Path).Has("没有提交的内容", "2015 年 一级建造师")
	clerk.At(step2 + "/photo").Is(http.StatusOK)
	done := clerk.Sends(refused, "form[enctype]", map[string]string{"phone": "无"}).Has("提交完成", "另一位审核员")
	if again := clerk.Sends(refused, "form[enctype]", map[string]string{"phone": "无"}, rig.Portrait()); again.Path != done.Path {
		t.Errorf("sent again it leads to %s", again.Path)
	}
	number := done.TextOf(".done-number")
	clerk.Get(done.Link("打印补办申请表")).Has("证书补办申请表", number, "窗口代办：shenhe", "已经本人核对", "申请人签名", "联系方式无")
	clerk.Get(done.Link("打印申请凭条")).Has("证书补办申请凭条", number)
	clerk.At(step2).Leads("/office/applications/" + number)

	application := "/office/applications/" + number
	review := clerk.Get(application).Has("窗口代办：shenhe", "窗口代为填报", "须由另一位审核员审核通过", "请管理员在“工作人员”中添加")
	if review.Find("form[action$='/approve']").Length() != 0 {
		t.Error("who filed it is offered to approve it")
	}
	if answer := clerk.Post(review, application+"/approve", map[string][]string{"revision": {"1"}, "name": {"测试"}}).Is(http.StatusUnprocessableEntity); !strings.Contains(answer.TextOf("[role=alert]"), "另一位审核员") {
		t.Errorf("who filed it is told %q", answer.TextOf("[role=alert]"))
	}
	many := clerk.Post(review, "/office/applications/many", map[string][]string{"act": {"approve"}, "application": {number + ".1"}})
	clerk.Follows(many).Has("另一位审核员")
	clerk.Get(application).Has("等待审核")
	if row := clerk.Get("/office/applications?status=等待审核&mark=窗口代办").TextOf("tbody"); !strings.Contains(row, "窗口代办") || !strings.Contains(row, number) {
		t.Errorf("the list of what the counter has filed shows %q", row)
	}
	other.Decide("/applications/"+number, "approve", nil)
	other.Get(application).Has("审核通过")

	holder := r.Browser()
	must := holder.Login(rig.LoopNumber, password).Has("您使用的是一次性密码")
	holder.Sends(must, rig.FormTo("/password"), map[string]string{"old_password": password, "password": rig.CandidatePassword, "password_confirm": rig.CandidatePassword})
	holder.Get("/applications/"+number).Has("由窗口代为填写", "窗口代为填报", "审核通过")

	log := clerk.Get("/office/audit").TextOf("tbody")
	for _, row := range []string{"窗口代为填报", "查看完整信息"} {
		if !strings.Contains(log, row) {
			t.Errorf("the log does not tell %s: %s", row, log)
		}
	}
	r.Staff("guanli").Get("/office/mail/telephone").Has("没有电话")
}

// TestFilingLooks: each clerk's look at what is filed for somebody is in the log, by whichever
// page it was, once a day.
func TestFilingLooks(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	clerk := r.Staff("shenhe")
	account, _ := opened(t, clerk)
	done := clerk.Sends(clerk.Get(account+"/apply/certificates/1"), "form[enctype]", map[string]string{"phone": "无"}, rig.Portrait())
	admin := r.Staff("guanli")
	looks := func() int {
		return strings.Count(admin.Get("/office/audit?act=viewed").TextOf("tbody"), "查看完整信息")
	}
	for i, path := range []string{"/apply", "/apply/certificates/2", "/apply/self", strings.TrimPrefix(done.Path, account), strings.TrimSuffix(strings.TrimPrefix(done.Path, account), "submitted") + "edit"} {
		name := "clerk" + string(rune('a'+i))
		rig.Must(t, name+"-pass1\n", "staff", "add", name, "-role", "reviewer", "-password-stdin", "-data", r.Data)
		before, b := looks(), r.Staff(name)
		b.Get(account + path)
		b.Get(account + path)
		if after := looks(); after != before+1 {
			t.Errorf("%s: %d looks are noted, there were %d", path, after, before)
		}
	}
}

// TestFilingCorrected: what was returned is corrected at the counter, by an administrator too,
// and withdrawn there; who corrected it does not approve it, nor is it stale unseen.
func TestFilingCorrected(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	clerk, other, admin := r.Staff("shenhe"), colleague(t, r), r.Staff("guanli")
	account, _ := opened(t, clerk)
	byHand := rig.ByHand(map[string]string{"phone": "无"})
	done := admin.Sends(admin.Get(account+"/apply/self"), "form[enctype]", byHand)
	number := done.TextOf(".done-number")
	clerk.Decide("/applications/"+number, "return", map[string]string{"reason": "phone"})

	card := clerk.Get(account+"/apply").Has("审核未过", "联系方式无法接通")
	edit := clerk.Get(card.Link("代为修改")).Has("审核未过的原因").Shows(map[string]string{"phone": "无"})
	stale := clerk.Get(edit.Path)
	clerk.Sends(edit, "form[enctype]", map[string]string{"phone": "0311-85666666"}).Has("已代为修改")
	clerk.Get("/office/applications/"+number).Has("窗口代为修改", "0311-85666666", "须由另一位审核员审核通过")
	clerk.Refused(http.StatusConflict, stale, "form[enctype]", map[string]string{"phone": "0311-85666667"}).Has("打开页面之后的变动", "0311-85666667")
	clerk.Sends(clerk.Get(edit.Path), "form[action$='/withdraw']", nil).Has("已代为撤回")
	other.Get("/office/applications/"+number).Has("已撤回", "窗口代为撤回")
	clerk.At(edit.Path).Is(http.StatusConflict)
	clerk.Post(edit, done.Path[:strings.LastIndex(done.Path, "/")]+"/withdraw", map[string][]string{"revision": {"4"}}).Is(http.StatusConflict)
}

// TestFilingClosed: what cannot be filed is told with the way on, and a form that is gone is
// not shown again.
func TestFilingClosed(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	clerk := r.Staff("shenhe")
	account, _ := opened(t, clerk)
	clerk.Get(account+"/apply").Has("不可申请", "更正档案中的领取状态")
	if way := clerk.At(account + "/apply/certificates/3").Is(http.StatusConflict).Has("尚未领取").Link("返回选择考试"); way != account+"/apply" {
		t.Errorf("the way back is %s", way)
	}
	clerk.At(account + "/apply/certificates/5").Is(http.StatusNotFound)
	form := clerk.Get(account + "/apply/self")
	line := map[string]string{"exam_year": "2015", "exam_name": "一级建造师", "level": "考全科", "specialty": "建筑工程", "approval_date": "20150920"}
	if way := clerk.Refused(http.StatusUnprocessableEntity, form, "form[enctype]", rig.ByHand(line), rig.Portrait()).Link("为这本证书填报"); way != account+"/apply/certificates/1" {
		t.Errorf("a line of the register leads to %s", way)
	}
	first := clerk.Get(account + "/apply/certificates/1")
	number := clerk.Sends(first, "form[enctype]", map[string]string{"phone": "无"}, rig.Portrait()).TextOf(".done-number")
	clerk.Send(first, "form[enctype]", map[string]string{"phone": "13800138000"}, rig.Portrait()).Leads("/office/applications/" + number)
	clerk.Send(first, "form[enctype]", map[string]string{"captcha_refresh": "1"}).Leads("/office/applications/" + number)
	clerk.Get("/office/applications/" + number).Has("已有一份正在办理的申请")
}

// TestFilingLate: what a clerk had typed when the session ended is there after signing in
// again, for that account and at the counter alone.
func TestFilingLate(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	clerk := r.Staff("shenhe")
	account, password := opened(t, clerk)
	form := clerk.Get(account + "/apply/certificates/1")
	r.Pass(13 * time.Hour)
	login := clerk.Follows(clerk.Send(form, "form[enctype]", map[string]string{"phone": "无"}, rig.Portrait())).Has("填写的内容已保留")
	clerk.Sends(login, rig.FormTo("/office/login"), map[string]string{"username": "shenhe", "password": "shenhe-pass1"})
	kept := clerk.Get(account + "/apply/certificates/1").Shows(map[string]string{"phone": "无"})
	holder := r.Browser()
	must := holder.Login(rig.LoopNumber, password)
	holder.Sends(must, rig.FormTo("/password"), map[string]string{"old_password": password, "password": rig.CandidatePassword, "password_confirm": rig.CandidatePassword})
	holder.Get("/apply/certificates/1").Shows(map[string]string{"phone": ""})
	clerk.Sends(kept, "form[enctype]", nil).Has("提交完成")
}
