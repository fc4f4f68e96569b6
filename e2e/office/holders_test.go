package office

import (
	"net/http"
	"strings"
	"testing"

	"certreissue/e2e/rig"
)

const holdersRegister = `考试年度,考试名称,姓名,证件号码,领取状态,级别,专业,证书管理号,批准日期,报名市,证件类型,出生年月,性别
2019,经济师,约翰,E12345678,已领取,中级,金融,JJ2019001,20191103,石家庄市,护照,198805,男
2019,经济师,赵一,110101199003071233,已领取,中级,金融,JJ2019002,20191103,石家庄市,,,
`

// oneTime reads the one-time password that a page shows.
func oneTime(p *rig.Page) string {
	p.T.Helper()
	plain := p.TextOf(".one-time .done-number")
	if plain == "" {
		p.T.Fatalf("%s (%d) shows no one-time password: %v", p.Path, p.Status, p.Problems())
	}
	return plain
}

func TestOpenAccountForOtherPapers(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, holdersRegister)
	clerk := r.Staff("shenhe")
	if got := r.Staff("shenji").Get("/office/accounts/new").Status; got != http.StatusForbidden {
		t.Errorf("an auditor opens accounts: %d", got)
	}
	form, open := clerk.Get("/office/accounts/new"), rig.FormTo("/office/accounts/new")
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
		if got := clerk.Refused(http.StatusUnprocessableEntity, form, open, fill).Problems(); got[c.problem] == "" || len(got) != 1 {
			t.Errorf("%s: %v", c.why, got)
		}
	}
	plain := oneTime(clerk.Sends(form, open, good).Has("窗口开立", "E12345678", "近期未登录"))
	clerk.Sends(clerk.Get("/office/accounts"), rig.FormTo("/office/accounts"), map[string]string{"q": "E12345678"}).Has("近期未登录")
	again := clerk.Refused(http.StatusUnprocessableEntity, form, open, good)
	clerk.Get(again.Link("查看这个账号")).Has("约翰", "E12345678")

	holder := r.Browser()
	must := holder.Login("E12345678", plain)
	holder.Sends(must, rig.FormTo("/password"), map[string]string{"old_password": plain, "password": rig.CandidatePassword, "password_confirm": rig.CandidatePassword})
	exam := holder.Get("/apply").Find("option[value!='']").First().AttrOr("value", "")
	step2 := holder.Get(holder.Get("/apply?exam="+exam).Has("可申请", "JJ2019001").Link("申请补证"))
	holder.Sends(step2, "form[enctype]", map[string]string{"phone": "13900000001"}).Has("提交完成")
}

func TestCorrectHolder(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, holdersRegister)
	clerk := r.Staff("shenhe")
	// Typed wrong at registration, and applied by hand under it.
	candidate := r.Register("错名", "440308199901101512")
	candidate.Sends(candidate.Get("/apply/self"), "form[enctype]", map[string]string{"exam_year": "2018", "exam_name": "统计师",
		"certificate_number": "无", "approval_date": "20181021", "level": "中级", "specialty": "无", "city": "石家庄市", "phone": "13900000002"})
	path := candidate.Get("/applications").Find("main a[href^='/applications/']").First().AttrOr("href", "")
	review := clerk.Get("/office"+path).Has("错名", "440308199901101512")

	details := clerk.Account("440308199901101512")
	form := "form[action$='/correct']"
	wrong := clerk.Refused(http.StatusUnprocessableEntity, details, form, map[string]string{"name": "1", "id_number": "11010119900307803Y"})
	if got := wrong.Problems(); got["name"] == "" || got["id_number"] == "" {
		t.Errorf("problems %v", got)
	}
	clerk.Sends(wrong, form, map[string]string{"name": "对名", "id_number": "11010119900307803X"}).Has("已更正", "对名", "11010119900307803X")

	if got := candidate.Get(path).Path; !strings.HasPrefix(got, "/login") {
		t.Errorf("the old session still sees %s", got)
	}
	clerk.Refused(http.StatusConflict, review, "form[action$='/approve']", nil).Has("错名", "对名", "440308199901101512", "11010119900307803X", "shenhe")
	clerk.Get(review.Path).Has("对名", "11010119900307803X", "更正考生信息")
	candidate = r.Browser()
	candidate.Login("11010119900307803X", rig.CandidatePassword)
	candidate.Get(path).Has("对名")

	// A number that has an account, and one whose certificate has the old number.
	other := r.Register("赵一", "110101199003071233")
	taken := clerk.Refused(http.StatusUnprocessableEntity, clerk.Get(details.Path), form, map[string]string{"name": "对名", "id_number": "110101199003071233"})
	if taken.Problems()["id_number"] == "" || taken.Link("查看这个账号") == "" {
		t.Errorf("problems %v", taken.Problems())
	}
	number := applyFirst(other, "13900000003")
	own := clerk.Account("110101199003071233")
	stuck := clerk.Refused(http.StatusUnprocessableEntity, own, form, map[string]string{"id_number": "34240120010721571X"})
	if got := stuck.Problems()["id_number"]; !strings.Contains(got, number) || !strings.Contains(got, "管理员") {
		t.Errorf("an application from the register's line: %q", got)
	}

	// Closing waits for what is open; opening again brings everything back.
	shut := "form[action$='/close']"
	clerk.Refused(http.StatusUnprocessableEntity, own, shut, nil).Has("正在办理的申请 " + number)
	other.Sends(other.Get("/applications/"+number), "form[action$='/withdraw']", nil).Has("已撤回")
	for _, moved := range []string{"34240120010721571X", "110101199003071233"} {
		own = clerk.Sends(own, form, map[string]string{"id_number": moved}).Has("已更正", moved)
	}
	clerk.Sends(own, shut, nil).Has("账号已停用", "已停用")
	gone := r.Browser()
	gone.Refused(http.StatusUnprocessableEntity, gone.Get("/login"), rig.FormTo("/login"), map[string]string{"id_number": "110101199003071233", "password": rig.CandidatePassword})
	plain := oneTime(clerk.Sends(clerk.Get("/office/accounts/new"), rig.FormTo("/office/accounts/new"), map[string]string{"paper": "身份证",
		"id_number": "110101199003071233", "name": "赵一", "email": "zhao@example.com"}))
	back := r.Browser()
	back.Sends(back.Login("110101199003071233", plain), rig.FormTo("/password"), map[string]string{"old_password": plain, "password": rig.CandidatePassword, "password_confirm": rig.CandidatePassword})
	back.Get("/applications/" + number).Has("已撤回")
}
