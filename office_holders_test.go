package main

import (
	"net/http"
	"strings"
	"testing"
)

const holdersRegister = `考试年度,考试名称,姓名,证件号码,领取状态,级别,专业,证书管理号,批准日期,报名市,证件类型,出生年月,性别
2019,经济师,约翰,E12345678,已领取,中级,金融,JJ2019001,20191103,石家庄市,护照,198805,男
2019,经济师,赵一,110101199003071233,已领取,中级,金融,JJ2019002,20191103,石家庄市,,,
`

// oneTime reads the one-time password that a page shows.
func (p *page) oneTime() string {
	p.t.Helper()
	plain := p.text(".one-time .done-number")
	if plain == "" {
		p.t.Fatalf("%s (%d) shows no one-time password: %v", p.path, p.status, p.problems())
	}
	return plain
}

func TestOpenAccountForOtherPapers(t *testing.T) {
	t.Parallel()
	r := office(t, holdersRegister)
	clerk := r.staff("shenhe")
	if got := r.staff("shenji").get("/office/accounts/new").status; got != http.StatusForbidden {
		t.Errorf("an auditor opens accounts: %d", got)
	}
	form, open := clerk.get("/office/accounts/new"), formTo("/office/accounts/new")
	good := map[string]string{"paper": "护照", "id_number": "e12345678", "name": "约翰", "birth_month": "1988-05", "sex": "男", "email": ""}
	for _, c := range []struct{ why, field, value, problem string }{
		{"no number", "id_number", "", "id_number"},
		{"no name", "name", "", "name"},
		{"no such month", "birth_month", "198813", "birth_month"},
		{"a month that has not come", "birth_month", "299901", "birth_month"},
		{"no sex", "sex", "", "sex"},
		{"a broken address", "email", "x@", "email"},
		{"an ID card's number under another paper", "id_number", "110101199003071233", "paper"},
	} {
		fill := map[string]string{}
		for field, value := range good {
			fill[field] = value
		}
		fill[c.field] = c.value
		if got := clerk.refused(http.StatusUnprocessableEntity, form, open, fill).problems(); got[c.problem] == "" || len(got) != 1 {
			t.Errorf("%s: %v", c.why, got)
		}
	}
	plain := clerk.sends(form, open, good).has("窗口开立", "E12345678", "近期未登录").oneTime()
	clerk.sends(clerk.get("/office/accounts"), formTo("/office/accounts"), map[string]string{"q": "E12345678"}).has("近期未登录")
	again := clerk.refused(http.StatusUnprocessableEntity, form, open, good)
	clerk.get(again.link("查看这个账号")).has("约翰", "E12345678")

	holder := r.browser()
	must := holder.login("E12345678", plain)
	holder.sends(must, formTo("/password"), map[string]string{"old_password": plain, "password": candidatePassword, "password_confirm": candidatePassword})
	exam := holder.get("/apply").Find("option[value!='']").First().AttrOr("value", "")
	step2 := holder.get(holder.get("/apply?exam="+exam).has("可申请", "JJ2019001").link("申请补证"))
	holder.sends(step2, "form[enctype]", map[string]string{"phone": "13900000001"}).has("提交完成")
}

func TestCorrectHolder(t *testing.T) {
	t.Parallel()
	r := office(t, holdersRegister)
	clerk := r.staff("shenhe")
	// Typed wrong at registration, and applied by hand under it.
	candidate := r.register("错名", "440308199901101512")
	candidate.sends(candidate.get("/apply/self"), "form[enctype]", map[string]string{"exam_year": "2018", "exam_name": "统计师",
		"certificate_number": "无", "approval_date": "20181021", "level": "中级", "specialty": "无", "city": "石家庄市", "phone": "13900000002"})
	path := candidate.get("/applications").Find("main a[href^='/applications/']").First().AttrOr("href", "")
	review := clerk.get("/office"+path).has("错名", "440308199901101512")

	details := clerk.account("440308199901101512")
	form := "form[action$='/correct']"
	wrong := clerk.refused(http.StatusUnprocessableEntity, details, form, map[string]string{"name": "1", "id_number": "11010119900307803Y"})
	if got := wrong.problems(); got["name"] == "" || got["id_number"] == "" {
		t.Errorf("problems %v", got)
	}
	clerk.sends(wrong, form, map[string]string{"name": "对名", "id_number": "11010119900307803X"}).has("已更正", "对名", "11010119900307803X")

	if got := candidate.get(path).path; !strings.HasPrefix(got, "/login") {
		t.Errorf("the old session still sees %s", got)
	}
	clerk.refused(http.StatusConflict, review, "form[action$='/approve']", nil).has("错名", "对名", "440308199901101512", "11010119900307803X", "shenhe")
	clerk.get(review.path).has("对名", "11010119900307803X", "更正考生信息")
	candidate = r.browser()
	candidate.login("11010119900307803X", candidatePassword)
	candidate.get(path).has("对名")

	// A number that has an account, and one whose certificate has the old number.
	other := r.register("赵一", "110101199003071233")
	taken := clerk.refused(http.StatusUnprocessableEntity, details, form, map[string]string{"name": "对名", "id_number": "110101199003071233"})
	if taken.problems()["id_number"] == "" || taken.link("查看这个账号") == "" {
		t.Errorf("problems %v", taken.problems())
	}
	number := other.applyFirst("13900000003")
	own := clerk.account("110101199003071233")
	stuck := clerk.refused(http.StatusUnprocessableEntity, own, form, map[string]string{"id_number": "34240120010721571X"})
	if got := stuck.problems()["id_number"]; !strings.Contains(got, number) || !strings.Contains(got, "管理员") {
		t.Errorf("an application from the register's line: %q", got)
	}

	// Closing waits for what is open; opening again brings everything back.
	shut := "form[action$='/close']"
	clerk.refused(http.StatusUnprocessableEntity, own, shut, nil).has("正在办理的申请 " + number)
	other.sends(other.get("/applications/"+number), "form[action$='/withdraw']", nil).has("已撤回")
	for _, moved := range []string{"34240120010721571X", "110101199003071233"} {
		clerk.sends(own, form, map[string]string{"id_number": moved}).has("已更正", moved)
	}
	clerk.sends(own, shut, nil).has("账号已停用", "已停用")
	gone := r.browser()
	gone.refused(http.StatusUnprocessableEntity, gone.get("/login"), formTo("/login"), map[string]string{"id_number": "110101199003071233", "password": candidatePassword})
	plain := clerk.sends(clerk.get("/office/accounts/new"), formTo("/office/accounts/new"), map[string]string{"paper": "身份证",
		"id_number": "110101199003071233", "name": "赵一", "email": "zhao@example.com"}).oneTime()
	back := r.browser()
	back.sends(back.login("110101199003071233", plain), formTo("/password"), map[string]string{"old_password": plain, "password": candidatePassword, "password_confirm": candidatePassword})
	back.get("/applications/" + number).has("已撤回")
}
