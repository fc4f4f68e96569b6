package main

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
)

func TestCounter(t *testing.T) {
	t.Parallel()
	r := office(t, guideRegister)
	r.register("测试", loopNumber)
	clerk, b := r.staff("shenhe"), r.browser()
	form := b.get("/login")
	for range 5 {
		form = b.refused(http.StatusUnprocessableEntity, form, formTo("/login"), map[string]string{"id_number": loopNumber, "password": "wrong-pass1"})
	}
	form = b.refused(http.StatusUnprocessableEntity, form, formTo("/login"), map[string]string{"id_number": loopNumber, "password": candidatePassword}).faults("id_number")

	clerk.refused(http.StatusUnprocessableEntity, clerk.get("/office/accounts"), formTo("/office/accounts"), map[string]string{"q": " "}).faults("q")
	found := clerk.sends(clerk.get("/office/accounts"), formTo("/office/accounts"), map[string]string{"q": "测"}).has("测试", "k***@example.com", "已锁定")
	if strings.Contains(found.text("main"), loopNumber) {
		t.Error("the list of accounts shows a whole number")
	}
	clerk.sends(found, formTo("/office/accounts"), map[string]string{"q": idNumber(t, 9)}).has("没有找到账号")
	account := clerk.account(loopNumber).has(loopNumber, "解除锁定")
	if state := account.text("h1 .badge"); state != "已锁定" {
		t.Errorf("a locked account is %q", state)
	}
	clerk.sends(account, "form[action$='/unlock']", nil).has("已解除锁定")
	b.sends(form, formTo("/login"), map[string]string{"id_number": loopNumber, "password": candidatePassword}).has("补证申请")

	account = clerk.refused(http.StatusUnprocessableEntity, clerk.get(account.path), "form[action$='/email']", map[string]string{"email": "x@"}).faults("email")
	clerk.sends(account, "form[action$='/email']", map[string]string{"email": "xin@example.com"}).has("已更正", "xin@example.com")
	if m := r.mail("邮箱已修改", 1); m.To != "kaosheng@example.com" {
		t.Errorf("%s is told, want the old address", m.To)
	}
}

// TestAttachNumber: somebody has registered another's number; its owner comes
// to the counter.
func TestAttachNumber(t *testing.T) {
	t.Parallel()
	r := office(t, guideRegister)
	number := idNumber(t, 3)
	thief := r.register("冒名者", number)
	application := thief.apply("/apply/self", byHand(nil))
	r.browser().forgot(number)
	link := r.resetPath(1)
	clerk := r.staff("shenhe")
	account := clerk.account(number)
	refused := clerk.refused(http.StatusUnprocessableEntity, account, "form[action$='/attach']", map[string]string{"name": "1", "email": "x@"}).faults("attach-email", "attach-name")
	attached := clerk.sends(refused, "form[action$='/attach']", map[string]string{"name": "赵六", "email": "zhaoliu@example.com"}).has("一次性密码", "赵六", number)
	password := attached.text(".done-number")
	if m := r.mail("账号已停用", 1); m.To != "kaosheng@example.com" {
		t.Errorf("%s is told, want the old address", m.To)
	}

	thief.at("/applications").leads("/login")
	thief.at(application + "/photo").leads("/login")
	thief.at(link).is(http.StatusNotFound)
	thief.refused(http.StatusUnprocessableEntity, thief.get("/login"), formTo("/login"), map[string]string{"id_number": number, "password": candidatePassword}).faults("id_number")
	if old := clerk.get(account.path).has("已停用"); old.Find("form[action$='/reset']").Length() != 0 {
		t.Error("the closed account can still be reset")
	}
	clerk.post(account, account.path+"/reset", nil).is(http.StatusNotFound)

	owner := r.browser()
	must := owner.login(number, password).has("您使用的是一次性密码")
	owner.sends(must, formTo("/password"), map[string]string{"old_password": password, "password": "zhaoliu88", "password_confirm": "zhaoliu88"})
	owner.get("/profile").shows(map[string]string{"name": "赵六", "id_number": number, "email": "zhaoliu@example.com"})
	owner.get(application).has("等待审核")

	// Somebody without an address gets the number back all the same.
	clerk.sends(clerk.get(attached.path), "form[action$='/attach']", map[string]string{"name": "赵六", "email": ""}).has("一次性密码")
	r.mail("账号已停用", 2)
	owner.at(application).leads("/login")
}

// TestFirstAdmin: a new office answers candidates 尚未启用 until whoever started
// the program has made an admin.
func TestFirstAdmin(t *testing.T) {
	t.Parallel()
	r := start(t, "serve", "-data", t.TempDir()+"/new.db")
	b := r.browser()
	for _, path := range []string{"/", "/login", "/register", "/apply", "/privacy"} {
		if closed := b.at(path).is(http.StatusServiceUnavailable).has("尚未启用"); closed.header.Get("Retry-After") == "" {
			t.Errorf("%s has no Retry-After", path)
		}
	}
	b.do(http.MethodPost, "/login", "application/x-www-form-urlencoded", strings.NewReader("id_number=1")).is(http.StatusServiceUnavailable)
	if healthy := b.at("/healthz").is(http.StatusOK); string(healthy.body) != "ok" {
		t.Errorf("/healthz says %q", healthy.body)
	}
	code := regexp.MustCompile(`一次性代码 (\S+) `).FindStringSubmatch(r.out.String())
	if code == nil {
		t.Fatalf("the start prints no code: %s", r.out)
	}
	form := b.get(b.get("/office").link("创建第一个管理员"))
	good := map[string]string{"code": strings.ToLower(code[1]), "username": "主管", "password": "zhuguan88", "password_confirm": "zhuguan88"}
	form = b.refused(http.StatusUnprocessableEntity, form, formTo("/office/first-admin"), map[string]string{"code": code[1], "username": "a b", "password": "admin", "password_confirm": "", "captcha": "0"}).
		faults("username", "password", "password_confirm", "captcha")
	form = b.refused(http.StatusUnprocessableEntity, form, formTo("/office/first-admin"), map[string]string{"code": "WRONG", "username": "主管", "password": "zhuguan88", "password_confirm": "zhuguan88"}).
		faults("code").shows(map[string]string{"username": "主管", "password": "", "password_confirm": "", "captcha": ""})
	for _, pair := range [][2]string{{"admin", "admin"}, {"admin", "123456"}, {"root", "root"}} {
		p := b.get("/office/login")
		b.refused(http.StatusUnprocessableEntity, p, formTo("/office/login"), map[string]string{"username": pair[0], "password": pair[1]}).faults("username")
	}
	b.sends(form, formTo("/office/first-admin"), good).has("管理员账号已创建")
	b.at("/office/first-admin").is(http.StatusNotFound)
	b.send(form, formTo("/office/first-admin"), good).is(http.StatusNotFound)
	b.get("/login").is(http.StatusOK).has("证书补办申请系统")
	b.sends(b.get("/office/login"), formTo("/office/login"), map[string]string{"username": "主管", "password": "zhuguan88"}).has("工作台")
	// No mail is set up: that is said to everyone.
	b.get("/forgot").has("本中心未开通邮件找回", "带证件到窗口")
	b.post(b.get("/login"), "/forgot", url.Values{"id_number": {loopNumber}}).is(http.StatusUnprocessableEntity)
}
