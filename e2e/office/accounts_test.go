package office

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"certreissue/e2e/rig"
)

func TestCounter(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	r.Register("测试", rig.LoopNumber)
	clerk, b := r.Staff("shenhe"), r.Browser()
	form := b.Get("/login")
	for range 5 {
		form = b.Refused(http.StatusUnprocessableEntity, form, rig.FormTo("/login"), map[string]string{"id_number": rig.LoopNumber, "password": "wrong-pass1"})
	}
	form = b.Refused(http.StatusUnprocessableEntity, form, rig.FormTo("/login"), map[string]string{"id_number": rig.LoopNumber, "password": rig.CandidatePassword}).Faults("id_number")

	clerk.Refused(http.StatusUnprocessableEntity, clerk.Get("/office/accounts"), rig.FormTo("/office/accounts"), map[string]string{"q": " "}).Faults("q")
	found := clerk.Sends(clerk.Get("/office/accounts"), rig.FormTo("/office/accounts"), map[string]string{"q": "测"}).Has("测试", "k***@example.com", "已锁定")
	if strings.Contains(found.TextOf("main"), rig.LoopNumber) {
		t.Error("the list of accounts shows a whole number")
	}
	clerk.Sends(found, rig.FormTo("/office/accounts"), map[string]string{"q": rig.IDNumber(t, 9)}).Has("没有找到账号")
	account := clerk.Account(rig.LoopNumber).Has(rig.LoopNumber, "解除锁定")
	if state := account.TextOf("h1 .badge"); state != "已锁定" {
		t.Errorf("a locked account is %q", state)
	}
	clerk.Sends(account, "form[action$='/unlock']", nil).Has("已解除锁定")
	b.Sends(form, rig.FormTo("/login"), map[string]string{"id_number": rig.LoopNumber, "password": rig.CandidatePassword}).Has("补证申请")

	account = clerk.Refused(http.StatusUnprocessableEntity, clerk.Get(account.Path), "form[action$='/email']", map[string]string{"email": "x@"}).Faults("email")
	clerk.Sends(account, "form[action$='/email']", map[string]string{"email": "xin@example.com"}).Has("已更正", "xin@example.com")
	if m := r.Mail("邮箱已修改", 1); m.To != "kaosheng@example.com" {
		t.Errorf("%s is told, want the old address", m.To)
	}
}

// TestAttachNumber: somebody has registered another's number; its owner comes
// to the counter.
func TestAttachNumber(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	number := rig.IDNumber(t, 3)
	thief := r.Register("冒名者", number)
	application := thief.Apply("/apply/self", rig.ByHand(nil))
	r.Browser().Forgot(number)
	link := r.ResetPath(1)
	clerk := r.Staff("shenhe")
	account := clerk.Account(number)
	refused := clerk.Refused(http.StatusUnprocessableEntity, account, "form[action$='/attach']", map[string]string{"name": "1", "email": "x@"}).Faults("attach-email", "attach-name")
	attached := clerk.Sends(refused, "form[action$='/attach']", map[string]string{"name": "赵六", "email": "zhaoliu@example.com"}).Has("一次性密码", "赵六", number)
	password := attached.TextOf(".done-number")
	if m := r.Mail("账号已停用", 1); m.To != "kaosheng@example.com" {
		t.Errorf("%s is told, want the old address", m.To)
	}

	thief.At("/applications").Leads("/login")
	thief.At(application + "/photo").Leads("/login")
	thief.At(link).Is(http.StatusNotFound)
	thief.Refused(http.StatusUnprocessableEntity, thief.Get("/login"), rig.FormTo("/login"), map[string]string{"id_number": number, "password": rig.CandidatePassword}).Faults("id_number")
	if old := clerk.Get(account.Path).Has("已停用"); old.Find("form[action$='/reset']").Length() != 0 {
		t.Error("the closed account can still be reset")
	}
	clerk.Post(account, account.Path+"/reset", nil).Is(http.StatusNotFound)

	owner := r.Browser()
	must := owner.Login(number, password).Has("您使用的是一次性密码")
	owner.Sends(must, rig.FormTo("/password"), map[string]string{"old_password": password, "password": "zhaoliu88", "password_confirm": "zhaoliu88"})
	owner.Get("/profile").Shows(map[string]string{"name": "赵六", "id_number": number, "email": "zhaoliu@example.com"})
	owner.Get(application).Has("等待审核")

	// Somebody without an address gets the number back all the same.
	clerk.Sends(clerk.Get(attached.Path), "form[action$='/attach']", map[string]string{"name": "赵六", "email": ""}).Has("一次性密码")
	r.Mail("账号已停用", 2)
	owner.At(application).Leads("/login")
}

// TestFirstAdmin: a new office answers candidates 尚未启用 until whoever started
// the program has made an admin.
func TestFirstAdmin(t *testing.T) {
	t.Parallel()
	r := rig.Start(t, "serve", "-data", t.TempDir()+"/new.db")
	b := r.Browser()
	for _, path := range []string{"/", "/login", "/register", "/apply", "/privacy"} {
		if closed := b.At(path).Is(http.StatusServiceUnavailable).Has("尚未启用"); closed.Header.Get("Retry-After") == "" {
			t.Errorf("%s has no Retry-After", path)
		}
	}
	b.Do(http.MethodPost, "/login", "application/x-www-form-urlencoded", strings.NewReader("id_number=1")).Is(http.StatusServiceUnavailable)
	if healthy := b.At("/healthz").Is(http.StatusOK); string(healthy.Body) != "ok" {
		t.Errorf("/healthz says %q", healthy.Body)
	}
	code := regexp.MustCompile(`一次性代码 (\S+) `).FindStringSubmatch(r.Out.String())
	if code == nil {
		t.Fatalf("the start prints no code: %s", r.Out)
	}
	form := b.Get(b.Get("/office").Link("创建第一个管理员"))
	good := map[string]string{"code": strings.ToLower(code[1]), "username": "主管", "password": "zhuguan88", "password_confirm": "zhuguan88"}
	form = b.Refused(http.StatusUnprocessableEntity, form, rig.FormTo("/office/first-admin"), map[string]string{"code": code[1], "username": "a b", "password": "admin", "password_confirm": "", "captcha": "0"}).
		Faults("username", "password", "password_confirm", "captcha")
	form = b.Refused(http.StatusUnprocessableEntity, form, rig.FormTo("/office/first-admin"), map[string]string{"code": "WRONG", "username": "主管", "password": "zhuguan88", "password_confirm": "zhuguan88"}).
		Faults("code").Shows(map[string]string{"username": "主管", "password": "", "password_confirm": "", "captcha": ""})
	for _, pair := range [][2]string{{"admin", "admin"}, {"admin", "123456"}, {"root", "root"}} {
		p := b.Get("/office/login")
		b.Refused(http.StatusUnprocessableEntity, p, rig.FormTo("/office/login"), map[string]string{"username": pair[0], "password": pair[1]}).Faults("username")
	}
	b.Sends(form, rig.FormTo("/office/first-admin"), good).Has("管理员账号已创建")
	b.At("/office/first-admin").Is(http.StatusNotFound)
	b.Send(form, rig.FormTo("/office/first-admin"), good).Is(http.StatusNotFound)
	b.Get("/login").Is(http.StatusOK).Has("证书补办申请系统")
	b.Sends(b.Get("/office/login"), rig.FormTo("/office/login"), map[string]string{"username": "主管", "password": "zhuguan88"}).Has("工作台")
	// No mail is set up: that is said to everyone.
	b.Get("/forgot").Has("本中心未开通邮件找回", "带证件到窗口")
	b.Post(b.Get("/login"), "/forgot", url.Values{"id_number": {rig.LoopNumber}}).Is(http.StatusUnprocessableEntity)
}

// TestCounterAsksEmail: the counter is asked once about an obvious slip of an address, in each of its forms.
func TestCounterAsksEmail(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	number := rig.IDNumber(t, 3)
	r.Register("测试", number)
	clerk := r.Staff("shenhe")
	account := clerk.Account(number).Path
	opened := map[string]string{"paper": "护照", "id_number": "E12345678", "name": "约翰", "birth_month": "1988-05", "sex": "男", "email": "yuehan@qq.con"}
	for _, c := range []struct {
		page, form, field string
		fill              map[string]string
	}{
		{"/office/accounts/new", rig.FormTo("/office/accounts/new"), "email", opened},
		{account, "form[action$='/email']", "email", map[string]string{"email": "ceshi@qq.con"}},
		{account, "form[action$='/attach']", "attach-email", map[string]string{"name": "赵六", "email": "zhao@qq.con"}},
	} {
		asked := clerk.Refused(http.StatusUnprocessableEntity, clerk.Get(c.page), c.form, c.fill).Faults(c.field)
		undone := "尚未保存，请核对"
		if c.page != account {
			undone = "尚未提交，请核对"
		}
		if asked.Has("@qq.com？确认无误请再次提交", undone); asked.Find(".question").Length() != 1 {
			t.Errorf("%s: a question looks like a fault", c.form)
		}
		other := strings.Replace(c.fill["email"], "qq.con", "163.co", 1)
		asked = clerk.Refused(http.StatusUnprocessableEntity, asked, c.form, map[string]string{"email": other}).Has("@163.com？")
		clerk.Sends(asked, c.form, nil).Has(other)
	}
}
