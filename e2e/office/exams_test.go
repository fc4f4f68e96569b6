package office

import (
	"image/color"
	"net/http"
	"strings"
	"testing"

	"certreissue/e2e/rig"
	"certreissue/sample"
)

// TestExams: an admin decides how an exam is dealt with, and step 1 and step 2
// of the candidate obey.
func TestExams(t *testing.T) {
	r := rig.Office(t, rig.LoopRegister+"2012,执业药师,测试,110101199003071233,已领取,,,YS2012001,20121014,石家庄市\n")
	admin, candidate := r.Staff("guanli"), r.Register("测试", "110101199003071233")
	photo := sample.Portrait(1, false, color.White)

	list := admin.Get("/office/exams").Has("一级建造师", "补发纸质证书", "长期受理", "20150920")
	exam := admin.Get(list.Link("一级建造师"))
	step1 := "/apply?exam=" + candidate.Get("/apply").Find("option:contains('2015')").AttrOr("value", "")
	step2 := candidate.Get(candidate.Get(step1).Link("申请补证"))
	byHand := candidate.Get("/apply/self")
	self := map[string]string{"exam_year": "2015", "exam_name": "一级建造师", "certificate_number": "无", "approval_date": "20150920",
		"level": "增报专业", "specialty": "机电工程", "city": "石家庄市", "phone": "13800138000"}

	for _, c := range []struct {
		reason, sentence string
		set              map[string]string
	}{
		{"the exam rests", "暂不受理到春节后。", map[string]string{"route": "暂不受理", "sentence": "暂不受理到春节后。"}},
		{"electronic certificates", "不再补发纸质证书", map[string]string{"route": "引导下载电子证书", "sentence": "", "link": "https://zscx.example.cn/"}},
		{"the window is over", "现在不在受理时间内", map[string]string{"route": "补发纸质证书", "sentence": "", "opens": "20200101", "closes": "2020-12-31"}},
		{"the window has not begun", "自 2190 年 1 月 1 日起受理", map[string]string{"route": "补发纸质证书", "sentence": "", "opens": "2190年1月1日", "closes": ""}},
	} {
		t.Run(c.reason, func(t *testing.T) {
			admin.Sends(admin.Get(exam.Path), "form[novalidate]", c.set).Has("考试已保存")
			shown := candidate.Get(step1).Has("不可申请", c.sentence)
			if shown.Find("button[disabled]").Length() != 1 || shown.Find("a[href^='/apply/certificates/'], a[href^='/apply/self?']").Length() != 0 {
				t.Errorf("step 1 leads on:\n%s", shown.Body)
			}
			if link := c.set["link"]; link != "" && shown.Link("下载电子证书") != link {
				t.Errorf("step 1 does not lead to %s", link)
			}
			for way, answer := range map[string]*rig.Page{
				"GET":          candidate.Get(step2.Path),
				"POST":         candidate.Send(step2, "form[enctype]", map[string]string{"phone": "13800138000"}, photo),
				"GET by hand":  candidate.Get("/apply/self?" + strings.TrimPrefix(step1, "/apply?")),
				"POST by hand": candidate.Send(byHand, "form[enctype]", self, photo),
			} {
				if answer.Status != http.StatusConflict {
					t.Errorf("%s: status %d", way, answer.Status)
				}
				answer.Has(c.sentence)
			}
			candidate.Get("/apply/self").Has("填写补证申请") // other exams stay open
		})
	}

	t.Run("a proof instead", func(t *testing.T) {
		admin.Sends(admin.Get(exam.Path), "form[novalidate]", map[string]string{"route": "开具合格证明", "opens": "", "closes": "", "photo": "不需要照片"})
		candidate.Get(step1).Has("可申请", "开具考试合格证明")
		if form := candidate.Get(step2.Path); form.Find("#photo").Length() != 0 {
			t.Error("a photo is asked")
		}
		submitted := candidate.Sends(candidate.Get(step2.Path), "form[enctype]", map[string]string{"phone": "13800138000"}).Has("提交完成")
		own := candidate.Get(submitted.Link("查看这份申请"))
		admin.Get("/office" + own.Path).Has("开具合格证明")

		admin.Sends(admin.Get(exam.Path), "form[novalidate]", map[string]string{"route": "暂不受理"})
		edit := candidate.Get(own.Path + "/edit")
		candidate.Sends(edit, "form[enctype]", map[string]string{"phone": "13800138001"}).Has("13800138001")
	})
}

// TestExamForm: what the office types is judged, logged, and lost to nobody.
func TestExamForm(t *testing.T) {
	r := rig.Office(t, rig.LoopRegister)
	admin := r.Staff("guanli")
	wrong := admin.Refused(http.StatusUnprocessableEntity, admin.Get("/office/exams/new"), "form[novalidate]", map[string]string{"year": "20", "name": "",
		"last_day": "20191332", "route": "引导下载电子证书", "link": "javascript:alert(1)", "opens": "20260201", "closes": "20260101"})
	for _, field := range []string{"year", "name", "last_day", "link", "closes"} {
		if wrong.Problems()[field] == "" {
			t.Errorf("no problem at %s: %v", field, wrong.Problems())
		}
	}
	if got := wrong.Find("#last_day").AttrOr("value", ""); got != "20191332" {
		t.Errorf("what was typed is lost: %q", got)
	}
	twice := admin.Refused(http.StatusUnprocessableEntity, admin.Get("/office/exams/new"), "form[novalidate]", map[string]string{"year": "2015", "name": "一级 建造师"})
	if twice.Problems()["name"] == "" {
		t.Errorf("a second exam of one name: %v", twice.Problems())
	}
	list := admin.Sends(admin.Get("/office/exams/new"), "form[novalidate]", map[string]string{"year": "2026", "name": "执业药师", "last_day": "20261018",
		"levels": "考全科\r\n\r\n免试部分科目\r\n考全科"}).Has("考试已添加", "2026", "执业药师")
	fresh := admin.Get(list.Link("执业药师"))
	if got := fresh.Find("#levels").Text(); strings.TrimSpace(got) != "考全科\n免试部分科目" {
		t.Errorf("levels %q", got)
	}

	other := admin.Get(fresh.Path)
	admin.Sends(fresh, "form[novalidate]", map[string]string{"name": "执业药师（药学）"}).Has("执业药师（药学）", "修改记录", "guanli", "修改：考试名称", "执业药师 → 执业药师（药学）")
	admin.Get("/office/audit?object=exam").Has("修改：考试名称", "执业药师 → 执业药师（药学）")
	stale := admin.Refused(http.StatusConflict, other, "form[novalidate]", map[string]string{"last_day": "20261019"})
	if got := stale.Problems()["name"]; !strings.Contains(got, "执业药师（药学）") {
		t.Errorf("what changed meanwhile is not told: %v", stale.Problems())
	}
	saved := admin.Sends(stale, "form[novalidate]", map[string]string{"name": "执业药师（药学）"}).Has("考试已保存")
	if got := saved.Find("#last_day").AttrOr("value", ""); got != "20261019" {
		t.Errorf("the corrected form was not saved: %q", got)
	}

	used := admin.Get(list.Link("一级建造师"))
	if used.Find(".known #year").Length() != 1 {
		t.Error("the year of an exam in use is not locked")
	}
	if refused := admin.Refused(http.StatusUnprocessableEntity, used, "form[novalidate]", map[string]string{"name": "二级建造师"}); refused.Problems()["name"] == "" {
		t.Errorf("an exam in use was renamed: %v", refused.Problems())
	}
	admin.Sends(used, "form[novalidate]", map[string]string{"name": "一级建造师 "})
	token, _ := admin.Form(fresh, "form[action$='/delete']")
	if answer := admin.Send(fresh, "form[action$='/delete']", nil); answer.Status != http.StatusConflict {
		t.Errorf("%s of an old revision: %d", token, answer.Status)
	}
	admin.Sends(admin.Get(fresh.Path), "form[action$='/delete']", nil).Has("考试已删除")

	auditor := r.Staff("shenji")
	read := auditor.Get(used.Path).Has("批准日期", "20150920")
	if read.Find("main form").Length() != 0 {
		t.Error("an auditor has a form")
	}
	reviewer := r.Staff("shenhe")
	for address, want := range map[string]int{"/office/exams": http.StatusForbidden, used.Path: http.StatusForbidden} {
		if got := reviewer.Get(address).Status; got != want {
			t.Errorf("a reviewer at %s: %d, want %d", address, got, want)
		}
	}
}
