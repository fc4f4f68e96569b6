package candidate

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"certreissue/e2e/rig"
)

// Parts 4 and 5 of the guide: 注册信息维护 and 修改密码.

func TestProfile(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister)
	b := r.Register("测试", rig.LoopNumber)
	form := b.Get("/profile").Shows(map[string]string{"name": "测试", "id_number": rig.LoopNumber, "email": "kaosheng@example.com"})
	if form.Find(".known #name, .known #id_number").Length() != 2 {
		t.Error("name or number is not locked")
	}
	for why, fill := range map[string]map[string]string{
		"no address": {"email": ""}, "no domain": {"email": "xin@"}, "a header": {"email": "xin@example.com\nBcc: a@b.cn"}, "two": {"email": "a@b.cn,c@d.cn"},
	} {
		if form = b.Refused(http.StatusUnprocessableEntity, form, rig.FormTo("/profile"), fill).Faults("email").Shows(fill); t.Failed() {
			t.Fatalf("the case is: %s", why)
		}
	}
	form = b.Refused(http.StatusUnprocessableEntity, form, rig.FormTo("/profile"), map[string]string{"email": "xin@example.com", "captcha": "0"}).Faults("captcha")
	b.Get("/profile").Shows(map[string]string{"email": "kaosheng@example.com"})
	b.Sends(form, rig.FormTo("/profile"), map[string]string{"email": "xin@example.com", "name": "李四", "id_number": rig.IDNumber(t, 1)}).Has("邮箱已保存").
		Shows(map[string]string{"name": "测试", "id_number": rig.LoopNumber, "email": "xin@example.com"})
	if m := r.Mail("邮箱已修改", 1); m.To != "kaosheng@example.com" {
		t.Errorf("%s is told, want the old address", m.To)
	}
	r.Browser().Login(rig.LoopNumber, rig.CandidatePassword).Has("补证申请")
}

func TestChangePassword(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister)
	b := r.Register("测试", rig.LoopNumber)
	other := r.Browser()
	other.Login(rig.LoopNumber, rig.CandidatePassword)

	form := b.Get("/password").Has("原密码", "新密码", "请输入6-30位的密码，需要包含字母、数字。", "确认修改")
	for why, c := range map[string]struct {
		old, next, confirm string
		faults             []string
	}{
		"nothing":         {"", "", "", []string{"old_password", "password"}},
		"a wrong old one": {"wrong-pass1", "xin-mima88", "xin-mima88", []string{"old_password"}},
		"all at once":     {"wrong-pass1", "short", "shorter", []string{"old_password", "password", "password_confirm"}},
		"the old one too": {"", "xin-mima88", "xin-mima89", []string{"old_password", "password_confirm"}},
		"no digit":        {rig.CandidatePassword, "xinmimaxin", "xinmimaxin", []string{"password"}},
		"unequal":         {rig.CandidatePassword, "xin-mima88", "xin-mima89", []string{"password_confirm"}},
		"the same":        {rig.CandidatePassword, rig.CandidatePassword, rig.CandidatePassword, []string{"password"}},
		"the birthday":    {rig.CandidatePassword, "a19900307", "a19900307", []string{"password"}},
		"a common one":    {rig.CandidatePassword, "password1", "password1", []string{"password"}},
	} {
		form = b.Refused(http.StatusUnprocessableEntity, form, rig.FormTo("/password"), map[string]string{"old_password": c.old, "password": c.next, "password_confirm": c.confirm})
		form.Shows(map[string]string{"old_password": "", "password": "", "password_confirm": ""})
		if form.Faults(c.faults...); t.Failed() {
			t.Fatalf("the case is: %s", why)
		}
	}
	other.Get("/applications").Is(http.StatusOK)
	b.Sends(form, rig.FormTo("/password"), map[string]string{"old_password": rig.CandidatePassword, "password": "xin-mima88", "password_confirm": "xin-mima88"}).Has("密码已修改")
	b.At("/applications").Is(http.StatusOK)
	other.At("/applications").Leads("/login")
	other.Refused(http.StatusUnprocessableEntity, other.Get("/login"), rig.FormTo("/login"), map[string]string{"id_number": rig.LoopNumber, "password": rig.CandidatePassword}).Faults("id_number")
	other.Login(rig.LoopNumber, "xin-mima88").Has("补证申请")

	// Wrong old passwords wait too, but lock nobody out of signing in.
	form = b.Get("/password")
	wrong := map[string]string{"old_password": "wrong-pass1", "password": "xin-mima99", "password_confirm": "xin-mima98"}
	for range 5 {
		form = b.Refused(http.StatusUnprocessableEntity, form, rig.FormTo("/password"), wrong).Faults("old_password", "password_confirm")
	}
	wrong["old_password"] = "xin-mima88" // the right one has to wait as well
	form = b.Refused(http.StatusUnprocessableEntity, form, rig.FormTo("/password"), wrong).Faults("old_password", "password_confirm")
	if !strings.Contains(form.Problems()["old_password"], "分钟后再试") {
		t.Errorf("after five wrong ones: %v", form.Problems())
	}
	r.Browser().Login(rig.LoopNumber, "xin-mima88").Has("补证申请")
}

func TestOneTimePassword(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister)
	b, clerk := r.Register("测试", rig.LoopNumber), r.Staff("shenhe")
	reset := clerk.Sends(clerk.Account(rig.LoopNumber), "form[action$='/reset']", nil).Has("一次性密码", "离开本页后不再显示")
	oneTime := reset.TextOf(".done-number")
	b.At("/apply").Leads("/login")

	b = r.Browser()
	must := b.Login(rig.LoopNumber, oneTime).Has("您使用的是一次性密码")
	if must.Path != "/password" {
		t.Errorf("a one-time password leads to %s", must.Path)
	}
	for _, path := range []string{"/apply", "/apply/self", rig.Certificate2015, "/applications", "/profile"} {
		b.At(path).Leads("/password")
	}
	b.Post(must, "/apply/self", url.Values{"phone": {"13900000000"}}).Leads("/password")
	b.Post(must, "/profile", url.Values{"email": {"a@b.cn"}}).Leads("/password")
	b.Sends(must, rig.FormTo("/password"), map[string]string{"old_password": oneTime, "password": "xin-mima88", "password_confirm": "xin-mima88"}).Has("密码已修改")
	b.Get("/apply").Is(http.StatusOK)
	b.Sends(b.Get("/apply"), rig.FormTo("/logout"), nil).Has("已退出登录")
	b.Refused(http.StatusUnprocessableEntity, b.Get("/login"), rig.FormTo("/login"), map[string]string{"id_number": rig.LoopNumber, "password": oneTime}).Faults("id_number")
}
