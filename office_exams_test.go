package main

import (
	"image/color"
	"net/http"
	"strings"
	"testing"

	"certreissue/sample"
)

// TestExams: an admin decides how an exam is dealt with, and step 1 and step 2
// of the candidate obey.
func TestExams(t *testing.T) {
	r := office(t, loopRegister+"2012,执业药师,测试,110101199003071233,已领取,,,YS2012001,20121014,石家庄市\n")
	admin, candidate := r.staff("guanli"), r.register("测试", "110101199003071233")
	photo := sample.Portrait(1, false, color.White)

	list := admin.get("/office/exams").has("一级建造师", "补发纸质证书", "长期受理", "20150920")
	exam := admin.get(list.link("一级建造师"))
	step1 := "/apply?exam=" + candidate.get("/apply").Find("option:contains('2015')").AttrOr("value", "")
	step2 := candidate.get(candidate.get(step1).link("申请补证"))
	byHand := candidate.get("/apply/self")
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
			admin.sends(admin.get(exam.path), "form[novalidate]", c.set).has("考试已保存")
			shown := candidate.get(step1).has("不可申请", c.sentence)
			if shown.Find("button[disabled]").Length() != 1 || shown.Find("a[href^='/apply/certificates/'], a[href^='/apply/self?']").Length() != 0 {
				t.Errorf("step 1 leads on:\n%s", shown.body)
			}
			if link := c.set["link"]; link != "" && shown.link("下载电子证书") != link {
				t.Errorf("step 1 does not lead to %s", link)
			}
			for way, answer := range map[string]*page{
				"GET":          candidate.get(step2.path),
				"POST":         candidate.send(step2, "form[enctype]", map[string]string{"phone": "13800138000"}, photo),
				"GET by hand":  candidate.get("/apply/self?" + strings.TrimPrefix(step1, "/apply?")),
				"POST by hand": candidate.send(byHand, "form[enctype]", self, photo),
			} {
				if answer.status != http.StatusConflict {
					t.Errorf("%s: status %d", way, answer.status)
				}
				answer.has(c.sentence)
			}
			candidate.get("/apply/self").has("填写补证申请") // other exams stay open
		})
	}

	t.Run("a proof instead", func(t *testing.T) {
		admin.sends(admin.get(exam.path), "form[novalidate]", map[string]string{"route": "开具合格证明", "opens": "", "closes": "", "photo": "不需要照片"})
		candidate.get(step1).has("可申请", "开具考试合格证明")
		if form := candidate.get(step2.path); form.Find("#photo").Length() != 0 {
			t.Error("a photo is asked")
		}
		submitted := candidate.sends(candidate.get(step2.path), "form[enctype]", map[string]string{"phone": "13800138000"}).has("提交完成")
		own := candidate.get(submitted.link("查看这份申请"))
		admin.get("/office" + own.path).has("开具合格证明")

		admin.sends(admin.get(exam.path), "form[novalidate]", map[string]string{"route": "暂不受理"})
		edit := candidate.get(own.path + "/edit")
		candidate.sends(edit, "form[enctype]", map[string]string{"phone": "13800138001"}).has("13800138001")
	})
}

// TestExamForm: what the office types is judged, logged, and lost to nobody.
func TestExamForm(t *testing.T) {
	r := office(t, loopRegister)
	admin := r.staff("guanli")
	wrong := admin.refused(http.StatusUnprocessableEntity, admin.get("/office/exams/new"), "form[novalidate]", map[string]string{"year": "20", "name": "",
		"last_day": "20191332", "route": "引导下载电子证书", "link": "javascript:alert(1)", "opens": "20260201", "closes": "20260101"})
	for _, field := range []string{"year", "name", "last_day", "link", "closes"} {
		if wrong.problems()[field] == "" {
			t.Errorf("no problem at %s: %v", field, wrong.problems())
		}
	}
	if got := wrong.Find("#last_day").AttrOr("value", ""); got != "20191332" {
		t.Errorf("what was typed is lost: %q", got)
	}
	twice := admin.refused(http.StatusUnprocessableEntity, admin.get("/office/exams/new"), "form[novalidate]", map[string]string{"year": "2015", "name": "一级 建造师"})
	if twice.problems()["name"] == "" {
		t.Errorf("a second exam of one name: %v", twice.problems())
	}
	list := admin.sends(admin.get("/office/exams/new"), "form[novalidate]", map[string]string{"year": "2026", "name": "执业药师", "last_day": "20261018",
		"levels": "考全科\r\n\r\n免试部分科目\r\n考全科"}).has("考试已添加", "2026", "执业药师")
	fresh := admin.get(list.link("执业药师"))
	if got := fresh.Find("#levels").Text(); strings.TrimSpace(got) != "考全科\n免试部分科目" {
		t.Errorf("levels %q", got)
	}

	other := admin.get(fresh.path)
	admin.sends(fresh, "form[novalidate]", map[string]string{"name": "执业药师（药学）"}).has("执业药师（药学）", "修改记录", "guanli", "修改：考试名称", "执业药师 → 执业药师（药学）")
	admin.get("/office/audit?object=exam").has("修改：考试名称", "执业药师 → 执业药师（药学）")
	stale := admin.refused(http.StatusConflict, other, "form[novalidate]", map[string]string{"last_day": "20261019"})
	if got := stale.problems()["name"]; !strings.Contains(got, "执业药师（药学）") {
		t.Errorf("what changed meanwhile is not told: %v", stale.problems())
	}
	saved := admin.sends(stale, "form[novalidate]", map[string]string{"name": "执业药师（药学）"}).has("考试已保存")
	if got := saved.Find("#last_day").AttrOr("value", ""); got != "20261019" {
		t.Errorf("the corrected form was not saved: %q", got)
	}

	used := admin.get(list.link("一级建造师"))
	if used.Find("#year[disabled]").Length() != 1 {
		t.Error("the year of an exam in use is not locked")
	}
	if refused := admin.refused(http.StatusUnprocessableEntity, used, "form[novalidate]", map[string]string{"name": "二级建造师"}); refused.problems()["name"] == "" {
		t.Errorf("an exam in use was renamed: %v", refused.problems())
	}
	admin.sends(used, "form[novalidate]", map[string]string{"name": "一级建造师 "})
	token, _ := admin.form(fresh, "form[action$='/delete']")
	if answer := admin.send(fresh, "form[action$='/delete']", nil); answer.status != http.StatusConflict {
		t.Errorf("%s of an old revision: %d", token, answer.status)
	}
	admin.sends(admin.get(fresh.path), "form[action$='/delete']", nil).has("考试已删除")

	auditor := r.staff("shenji")
	read := auditor.get(used.path).has("批准日期", "20150920")
	if read.Find("main form").Length() != 0 {
		t.Error("an auditor has a form")
	}
	reviewer := r.staff("shenhe")
	for address, want := range map[string]int{"/office/exams": http.StatusForbidden, used.path: http.StatusForbidden} {
		if got := reviewer.get(address).status; got != want {
			t.Errorf("a reviewer at %s: %d, want %d", address, got, want)
		}
	}
}
