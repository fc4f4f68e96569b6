package candidate

import (
	"bytes"
	"image/color"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"certreissue/e2e/rig"
	"certreissue/sample"

	"github.com/PuerkitoBio/goquery"
)

// Part 3 of the guide: 审核状态查询 and 申请信息维护.

// complete fills in what the register lacks of certificate2018.
var complete = map[string]string{"certificate_number": "无", "specialty": "工商管理", "phone": "13900000000"}

// queue is the order of the pending applications in the office's list.
func queue(b *rig.Browser) []string {
	b.T.Helper()
	return b.Get("/office/applications?status=等待审核").Find("tbody th a").Map(func(_ int, a *goquery.Selection) string {
		path, _, _ := strings.Cut(a.AttrOr("href", ""), "?")
		return strings.TrimPrefix(path, "/office")
	})
}

func TestStatusAndEdit(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	b, reviewer := r.Register("测试", rig.LoopNumber), r.Staff("shenhe")
	first := b.Apply(certificate2018, complete)
	r.Pass(10 * time.Minute)
	second := b.Apply("/apply/self", rig.ByHand(nil))

	list := b.Get("/applications").Has("2018 年 经济师", "2019 年 造价工程师", "等待审核")
	if list.Find("tbody tr").Length() != 2 || list.Find("a[href='"+first+"/edit']").Length() != 1 {
		t.Error("the list does not show both applications with 申请信息维护")
	}
	own := b.Get(first).Has("等待审核", "办理记录", "提交申请")
	edit := b.Get(own.Link("申请信息维护"))
	r.Pass(time.Minute)
	b.Sends(edit, "form[enctype]", map[string]string{"phone": "13911111111"}).Has("已保存", "13911111111", "修改了联系方式")
	if queue := queue(reviewer); !slices.Equal(queue, []string{first, second}) {
		t.Errorf("after an edit the queue is %v, want %s first", queue, first)
	}
	// The other tab still has the screen of before.
	typed := map[string]string{"phone": "13922222222", "specialty": "财政税收"}
	stale := b.Send(edit, "form[enctype]", typed).Is(http.StatusConflict).Faults("stale").Shows(typed)
	stale.Has("修改申请信息", "修改了联系方式", "与您填写的内容不同的项目", "13911111111", "工商管理")
	if events, differs := stale.Find("#stale .history li").Length(), stale.Find("#stale tbody tr").Length(); events != 1 || differs != 2 {
		t.Errorf("meanwhile there were %d events, and %d fields differ", events, differs)
	}
	b.Get(first).Has("13911111111")
	// With what changed before one's eyes, the same may be posted again; faults are named beside it.
	typed["phone"] = "1"
	b.Send(edit, "form[enctype]", typed).Is(http.StatusConflict).Faults("stale", "phone").Shows(typed)
	b.Sends(stale, "form[enctype]", nil).Has("已保存", "13922222222", "财政税收")

	edit = b.Get(first + "/edit")
	edit = b.Refused(http.StatusUnprocessableEntity, edit, "form[enctype]", map[string]string{"phone": "1", "specialty": ""}).Faults("phone", "specialty").Shows(map[string]string{"phone": "1"})
	reviewer.Decide(first, "return", map[string]string{"reason": "certificate_number", "note": "请附扫描件上的号码"}).Has("审核未过")
	b.Send(edit, "form[enctype]", complete).Is(http.StatusConflict).Has("审核未过", "证书管理号与档案不符", "请附扫描件上的号码")

	b.Get("/applications").Has("审核未过", "证书管理号与档案不符")
	b.Get(first).Has("审核未过", "证书管理号：证书管理号与档案不符", "请附扫描件上的号码", "退回修改")
	edit = b.Get(first+"/edit").Has("审核未过的原因", "请附扫描件上的号码")
	if at := edit.TextOf("#certificate_number-return"); !strings.Contains(at, "证书管理号与档案不符") {
		t.Errorf("at its field the reason is %q", at)
	}
	if edit.Find(".known #level").Length() != 1 || edit.Find("input#phone").Length() != 1 {
		t.Error("the register's level is not locked, or the phone is")
	}
	b.Sends(edit, "form[enctype]", map[string]string{"certificate_number": "jj2018001", "specialty": "工商管理", "phone": "13900000000"}).Has("等待审核", "JJ2018001")
	if queue := queue(reviewer); len(queue) != 2 {
		t.Errorf("after the correction the queue is %v", queue)
	}
}

// TestReturnedReasons: each of the list stands at the field it concerns.
func TestReturnedReasons(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	b, reviewer := r.Register("测试", rig.LoopNumber), r.Staff("shenhe")
	application := b.Apply(rig.Certificate2015, map[string]string{"phone": "13900000000"}, rig.Portrait())
	before := b.Get(application + "/edit")
	values := url.Values{"revision": {"1"}, "reason": {"photo_background", "approval_date", "level_specialty", "city", "phone", "name", "material"}}
	reviewer.Post(reviewer.Get("/office"+application), "/office"+application+"/return", values).Is(http.StatusSeeOther)
	edit := b.Get(application + "/edit").Has("材料缺失或不清")
	for field, label := range map[string]string{"photo": "照片背景非白色", "approval_date": "批准日期不符", "level": "级别或专业不符", "city": "报名市有误", "phone": "联系方式无法接通", "name": "姓名与证件不一致"} {
		if at := edit.TextOf("#" + field + "-return"); at != "审核未过："+label {
			t.Errorf("at %s stands %q, want %s", field, at, label)
		}
	}
	// Saved without what was asked, it waits again, and both sides are told.
	b.Sends(edit, "form[enctype]", map[string]string{"phone": "13900000009"}).Has("审核意见提到的照片还没有修改")
	reviewer.Get("/office" + application).Has("没有修改照片，请核对")
	// A photo that comes with a stale screen is kept for the next try.
	stale := b.Send(before, "form[enctype]", nil, sample.Portrait(2, false, color.White)).Is(http.StatusConflict).Faults("stale")
	if kept := b.At(stale.Find(".photo-now img").AttrOr("src", "")); bytes.Equal(kept.Body, b.At(application+"/photo").Body) {
		t.Error("the new photo is lost")
	}
}

// TestClosedToEdits: in any other state GET and POST are refused, and so is
// withdrawing.
func TestClosedToEdits(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	b, reviewer := r.Register("测试", rig.LoopNumber), r.Staff("shenhe")
	for word, end := range map[string]func(application string){
		"审核通过": func(application string) { reviewer.Decide(application, "approve", nil) },
		"不予受理": func(application string) {
			reviewer.Decide(application, "refuse", map[string]string{"reason": "electronic"})
		},
		"已撤回": func(application string) {
			b.Sends(b.Get(application), "form[action$='/withdraw']", nil).Has("申请已撤回")
		},
	} {
		application := b.Apply("/apply/self", rig.ByHand(map[string]string{"exam_name": "考试" + word}))
		edit, shown := b.Get(application+"/edit"), b.Get(application)
		end(application)
		b.At(application + "/edit").Is(http.StatusConflict).Has("状态")
		for _, photos := range [][][]byte{nil, {[]byte("no picture")}, {rig.Portrait(), rig.Portrait()}} {
			b.Send(edit, "form[enctype]", rig.ByHand(nil), photos...).Is(http.StatusConflict)
		}
		b.Post(edit, application+"/edit", url.Values{"revision": {"2"}, "phone": {"13900000001"}}).Is(http.StatusConflict)
		b.Send(shown, "form[action$='/withdraw']", nil).Is(http.StatusConflict)
		b.Post(shown, application+"/withdraw", url.Values{"revision": {"2"}}).Is(http.StatusConflict)
		after := b.Get(application).Has(word, "0311-85666666")
		if after.Find("a[href$='/edit'], form[action$='/withdraw']").Length() != 0 {
			t.Errorf("%s still offers an edit or to withdraw", word)
		}
	}
	// After its end the same certificate may be applied for again.
	again := b.Apply("/apply/self", rig.ByHand(map[string]string{"exam_name": "考试已撤回"}))
	b.Get(again).Has("等待审核")
}

// TestEndedSession: what was typed is there again after signing in, for the
// same account only.
func TestEndedSession(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	b := r.Register("测试", rig.LoopNumber)
	r.Register("王五", rig.IDNumber(t, 1))
	certificate, self := b.Get(rig.Certificate2015), b.Get("/apply/self")
	application := b.Apply(certificate2018, complete)
	edit := b.Get(application + "/edit")
	r.Pass(2*time.Hour + time.Minute)

	b.At(rig.Certificate2015).Leads("/login")
	b.Send(certificate, "form[enctype]", map[string]string{"phone": "13955555555"}, rig.Portrait()).Leads("/login")
	b.Send(self, "form[enctype]", rig.ByHand(map[string]string{"phone": "13966666666"})).Leads("/login")
	b.Send(edit, "form[enctype]", map[string]string{"phone": "13977777777"}).Leads("/login")
	// A post without the token is refused before anything is kept.
	b.Do(http.MethodPost, "/apply/self", "application/x-www-form-urlencoded", strings.NewReader("phone=1")).Is(http.StatusForbidden)

	b.Login(rig.IDNumber(t, 1), rig.CandidatePassword)
	b.Get("/apply/self").Shows(map[string]string{"phone": "", "exam_name": ""})
	b.Sends(b.Get("/apply"), rig.FormTo("/logout"), nil)

	b.Login(rig.LoopNumber, rig.CandidatePassword)
	kept := b.Get(rig.Certificate2015).Shows(map[string]string{"phone": "13955555555"})
	if kept.Find(".photo-now").Length() != 1 {
		t.Error("the photo is lost")
	}
	b.Get("/apply/self").Shows(rig.ByHand(map[string]string{"phone": "13966666666"}))
	b.Get(application + "/edit").Shows(map[string]string{"phone": "13977777777"})
	b.Get(application).Has("13900000000")
	b.Sends(kept, "form[enctype]", nil).Has("提交完成")
}
