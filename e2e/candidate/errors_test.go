package candidate

import (
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"certreissue/e2e/rig"
)

// TestProblemsAtOnce: what is wrong with a form is told in one round, as far as nothing has to be looked
// up for it, and what has to be typed again is said as well.
func TestProblemsAtOnce(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister)
	b := r.Browser()
	typed := map[string]string{"name": "", "id_number": "1", "email": "a@", "password": "mima-7391", "password_confirm": "mima-7392", "captcha": "0"}
	form := b.Refused(http.StatusUnprocessableEntity, b.Get("/register"), rig.FormTo("/register"), typed).Faults("name", "id_number", "email", "password_confirm", "captcha", "consent")
	if form.Find("#password-again").Length() != 1 || form.Find("#password_confirm-again").Length() != 0 {
		t.Error("a password that has to be typed again is not asked for, or one twice")
	}
	refresh := maps.Clone(typed)
	refresh["captcha_refresh"] = "1"
	again := b.Refused(http.StatusOK, b.Get("/register"), rig.FormTo("/register"), refresh).Faults().Has("密码不会留在网页上，请重新输入")
	if again.Find("#password-again, #password_confirm-again").Length() != 2 {
		t.Error("who asks for another captcha is not told that the passwords are gone")
	}
	if plain := b.Refused(http.StatusOK, b.Get("/register"), rig.FormTo("/register"), map[string]string{"captcha_refresh": "1"}); plain.Find("#password-again").Length() != 0 {
		t.Error("a password is asked for again that was never there")
	}
	wrong := b.Refused(http.StatusUnprocessableEntity, b.Get("/login"), rig.FormTo("/login"), map[string]string{"id_number": rig.LoopNumber, "password": "wrong-pass1"}).Faults("id_number")
	if wrong.Link("注册") != "/register" || wrong.Link("找回密码") != "/forgot" {
		t.Error("the words of a refused sign-in lead nowhere")
	}

	b = r.Register("测试", rig.LoopNumber)
	leave := b.Get("/profile/close")
	leave = b.Refused(http.StatusUnprocessableEntity, leave, rig.FormTo("/profile/close"), map[string]string{"password": ""}).Faults("understood", "password")
	b.Refused(http.StatusUnprocessableEntity, leave, rig.FormTo("/profile/close"), map[string]string{"password": "wrong-pass1"}).Faults("understood")
}

// TestUndoneIsNoSuccess: what has not been done is not told in the green of what has.
func TestUndoneIsNoSuccess(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister)
	told := func(p *rig.Page, undone bool, text string) {
		t.Helper()
		if flash := p.Find(".flash"); flash.HasClass("undone") != undone || flash.Length() != 1 {
			t.Errorf("%s tells as undone, %t: %q", p.Path, !undone, flash.Text())
		}
		p.Has(text)
	}
	b := r.Browser()
	told(b.Sends(b.Get("/register"), rig.FormTo("/register"), map[string]string{"name": "测试", "id_number": rig.LoopNumber, "email": "kaosheng@example.com",
		"password": rig.CandidatePassword, "password_confirm": rig.CandidatePassword, "consent": "1"}), false, "注册成功")
	for _, c := range []struct {
		late func() *rig.Page
		says string
	}{
		{func() *rig.Page { r.Pass(3 * time.Hour); return b.Get("/apply") }, "登录已超时"},
		{func() *rig.Page {
			form := b.Get("/apply/self")
			r.Pass(3 * time.Hour)
			return b.Sends(form, "form[enctype]", rig.ByHand(nil))
		}, "已保留"},
		{func() *rig.Page {
			form := b.Get("/profile")
			r.Pass(3 * time.Hour)
			return b.Sends(form, rig.FormTo("/profile"), nil)
		}, "没有保存"},
	} {
		b.Login(rig.LoopNumber, rig.CandidatePassword)
		told(c.late(), true, c.says)
	}
	b.Login(rig.LoopNumber, rig.CandidatePassword)
	open := b.Get("/profile")
	address, err := url.Parse(r.URL)
	if err != nil {
		t.Fatal(err)
	}
	b.Client.Jar.SetCookies(address, []*http.Cookie{{Name: "session", Path: "/", MaxAge: -1}}) // a browser that forgot it
	told(b.Sends(open, rig.FormTo("/profile"), nil), true, "没有保存")
	b.Login(rig.LoopNumber, rig.CandidatePassword)
	form, again := b.Get("/apply/self"), b.Get("/apply/self")
	b.Sends(form, "form[enctype]", rig.ByHand(nil))
	told(b.Sends(again, "form[enctype]", rig.ByHand(map[string]string{"phone": "13911111111"})), true, "已有一份正在办理的申请")
	told(b.Sends(b.Get("/apply"), rig.FormTo("/logout"), nil), false, "已退出登录")
}

// TestTooOld: a form that was sent from elsewhere, or from a page that is too old, leads back to it, whoever
// is signed in or not; nothing stands out, and nobody is asked to sign in who need not.
func TestTooOld(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	b := r.Register("测试", rig.LoopNumber)
	for path, form := range map[string]string{"/apply/self": "/apply/self", rig.Certificate2015: rig.Certificate2015, "/profile/confirm-email": "/profile", "/register": "/register", "/logout": ""} {
		for _, origin := range []string{"", "https://evil.example"} {
			post, err := http.NewRequest(http.MethodPost, b.URL+path, strings.NewReader("csrf_token=x"))
			if err != nil {
				t.Fatal(err)
			}
			post.Header.Set("Content-Type", "application/x-www-form-urlencoded")
			if origin != "" {
				post.Header.Set("Origin", origin)
			}
			old := b.Ask(post).Is(http.StatusForbidden).Has("页面已失效")
			if old.Find(".primary").Length() != 0 {
				t.Errorf("%s from %q: %q stands out", path, origin, old.TextOf(".primary"))
			}
			if form != "" && (old.Link("重新打开这个页面") != form || old.Find("main .buttons a").Length() != 1) {
				t.Errorf("%s from %q leads on by %q", path, origin, old.TextOf("main .buttons"))
			}
		}
	}
}
