package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// Parts 4 and 5 of the guide: 注册信息维护 and 修改密码.

func TestProfile(t *testing.T) {
	t.Parallel()
	r := office(t, loopRegister)
	b := r.register("测试", loopNumber)
	form := b.get("/profile").shows(map[string]string{"name": "测试", "id_number": loopNumber, "email": "kaosheng@example.com"})
	if form.Find("#name[disabled], #id_number[disabled]").Length() != 2 {
		t.Error("name or number is not locked")
	}
	for why, fill := range map[string]map[string]string{
		"no address": {"email": ""}, "no domain": {"email": "xin@"}, "a header": {"email": "xin@example.com\nBcc: a@b.cn"}, "two": {"email": "a@b.cn,c@d.cn"},
	} {
		if form = b.refused(http.StatusUnprocessableEntity, form, formTo("/profile"), fill).faults("email").shows(fill); t.Failed() {
			t.Fatalf("the case is: %s", why)
		}
	}
	form = b.refused(http.StatusUnprocessableEntity, form, formTo("/profile"), map[string]string{"email": "xin@example.com", "captcha": "0"}).faults("captcha")
	b.get("/profile").shows(map[string]string{"email": "kaosheng@example.com"})
	b.sends(form, formTo("/profile"), map[string]string{"email": "xin@example.com", "name": "李四", "id_number": idNumber(t, 1)}).has("邮箱已保存").
		shows(map[string]string{"name": "测试", "id_number": loopNumber, "email": "xin@example.com"})
	if m := r.mail("邮箱已修改", 1); m.To != "kaosheng@example.com" {
		t.Errorf("%s is told, want the old address", m.To)
	}
	r.browser().login(loopNumber, candidatePassword).has("补证申请")
}

func TestChangePassword(t *testing.T) {
	t.Parallel()
	r := office(t, loopRegister)
	b := r.register("测试", loopNumber)
	other := r.browser()
	other.login(loopNumber, candidatePassword)

	form := b.get("/password").has("原密码", "新密码", "请输入6-30位的密码，需要包含字母、数字。", "确认修改")
	for why, c := range map[string]struct {
		old, next, confirm string
		faults             []string
	}{
		"nothing":         {"", "", "", []string{"old_password", "password"}},
		"a wrong old one": {"wrong-pass1", "xin-mima88", "xin-mima88", []string{"old_password"}},
		"all at once":     {"wrong-pass1", "short", "shorter", []string{"old_password", "password", "password_confirm"}},
		"the old one too": {"", "xin-mima88", "xin-mima89", []string{"old_password", "password_confirm"}},
		"no digit":        {candidatePassword, "xinmimaxin", "xinmimaxin", []string{"password"}},
		"unequal":         {candidatePassword, "xin-mima88", "xin-mima89", []string{"password_confirm"}},
		"the same":        {candidatePassword, candidatePassword, candidatePassword, []string{"password"}},
		"the birthday":    {candidatePassword, "a19900307", "a19900307", []string{"password"}},
		"a common one":    {candidatePassword, "password1", "password1", []string{"password"}},
	} {
		form = b.refused(http.StatusUnprocessableEntity, form, formTo("/password"), map[string]string{"old_password": c.old, "password": c.next, "password_confirm": c.confirm})
		form.shows(map[string]string{"old_password": "", "password": "", "password_confirm": ""})
		if form.faults(c.faults...); t.Failed() {
			t.Fatalf("the case is: %s", why)
		}
	}
	other.get("/applications").is(http.StatusOK)
	b.sends(form, formTo("/password"), map[string]string{"old_password": candidatePassword, "password": "xin-mima88", "password_confirm": "xin-mima88"}).has("密码已修改")
	b.at("/applications").is(http.StatusOK)
	other.at("/applications").leads("/login")
	other.refused(http.StatusUnprocessableEntity, other.get("/login"), formTo("/login"), map[string]string{"id_number": loopNumber, "password": candidatePassword}).faults("id_number")
	other.login(loopNumber, "xin-mima88").has("补证申请")

	// Wrong old passwords wait too, but lock nobody out of signing in.
	form = b.get("/password")
	wrong := map[string]string{"old_password": "wrong-pass1", "password": "xin-mima99", "password_confirm": "xin-mima98"}
	for range 5 {
		form = b.refused(http.StatusUnprocessableEntity, form, formTo("/password"), wrong).faults("old_password", "password_confirm")
	}
	wrong["old_password"] = "xin-mima88" // the right one has to wait as well
	form = b.refused(http.StatusUnprocessableEntity, form, formTo("/password"), wrong).faults("old_password", "password_confirm")
	if !strings.Contains(form.problems()["old_password"], "分钟后再试") {
		t.Errorf("after five wrong ones: %v", form.problems())
	}
	r.browser().login(loopNumber, "xin-mima88").has("补证申请")
}

// account is the counter's page of a number.
func (b *browser) account(number string) *page {
	b.t.Helper()
	found := b.sends(b.get("/office/accounts"), formTo("/office/accounts"), map[string]string{"q": number})
	return b.get(found.Find("tbody a").AttrOr("href", ""))
}

func TestOneTimePassword(t *testing.T) {
	t.Parallel()
	r := office(t, loopRegister)
	b, clerk := r.register("测试", loopNumber), r.staff("shenhe")
	reset := clerk.sends(clerk.account(loopNumber), "form[action$='/reset']", nil).has("一次性密码", "离开本页后不再显示")
	oneTime := reset.text(".done-number")
	b.at("/apply").leads("/login")

	b = r.browser()
	must := b.login(loopNumber, oneTime).has("您使用的是一次性密码")
	if must.path != "/password" {
		t.Errorf("a one-time password leads to %s", must.path)
	}
	for _, path := range []string{"/apply", "/apply/self", certificate2015, "/applications", "/profile"} {
		b.at(path).leads("/password")
	}
	b.post(must, "/apply/self", url.Values{"phone": {"13900000000"}}).leads("/password")
	b.post(must, "/profile", url.Values{"email": {"a@b.cn"}}).leads("/password")
	b.sends(must, formTo("/password"), map[string]string{"old_password": oneTime, "password": "xin-mima88", "password_confirm": "xin-mima88"}).has("密码已修改")
	b.get("/apply").is(http.StatusOK)
	b.sends(b.get("/apply"), formTo("/logout"), nil).has("已退出登录")
	b.refused(http.StatusUnprocessableEntity, b.get("/login"), formTo("/login"), map[string]string{"id_number": loopNumber, "password": oneTime}).faults("id_number")
}
