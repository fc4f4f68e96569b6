package candidate

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"certreissue/e2e/rig"
)

func TestForgottenPassword(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister)
	inside := r.Register("测试", rig.LoopNumber)
	b := r.Browser()
	b.Refused(http.StatusUnprocessableEntity, b.Get("/forgot"), rig.FormTo("/forgot"), map[string]string{"id_number": "", "captcha": "0"}).Faults("id_number", "captcha")

	known := b.Forgot(rig.LoopNumber).Has("20 分钟内有效", "带证件到窗口")
	if unknown := b.Forgot(rig.IDNumber(t, 1)); string(unknown.Body) != string(known.Body) {
		t.Errorf("known and unknown differ:\n%s\n%s", known.Body, unknown.Body)
	}
	older := r.ResetPath(1)
	b.Forgot(rig.LoopNumber)
	newest := r.ResetPath(2)
	form := b.Get(newest).Is(http.StatusOK)
	b.Get(newest).Is(http.StatusOK)
	form = b.Refused(http.StatusUnprocessableEntity, form, rig.FormTo("/reset"), map[string]string{"password": "xin-mima88", "password_confirm": "xin-mima89"}).Faults("password_confirm")
	form = b.Refused(http.StatusUnprocessableEntity, form, rig.FormTo("/reset"), map[string]string{"password": "short", "password_confirm": "short"}).Faults("password")
	inside.Get("/applications").Is(http.StatusOK).Has("您还没有补证申请")

	next := map[string]string{"password": "xin-mima88", "password_confirm": "xin-mima88"}
	if done := b.Sends(form, rig.FormTo("/reset"), next).Has("新密码已设置"); done.Path != "/login" {
		t.Errorf("a reset leads to %s", done.Path)
	}
	inside.At("/applications").Leads("/login")
	b.Get(newest).Is(http.StatusNotFound).Has("链接已失效").Link("重新发送邮件")
	b.Get(older).Is(http.StatusNotFound)
	used := b.Send(form, rig.FormTo("/reset"), next).Is(http.StatusUnprocessableEntity)
	if len(used.Problems()) == 0 {
		t.Error("a used link is refused without a word")
	}
	b.Post(form, "/reset", url.Values{"token": {"unknown"}, "password": {"xin-mima88"}, "password_confirm": {"xin-mima88"}}).Is(http.StatusUnprocessableEntity)
	b.Refused(http.StatusUnprocessableEntity, b.Get("/login"), rig.FormTo("/login"), map[string]string{"id_number": rig.LoopNumber, "password": rig.CandidatePassword}).Faults("id_number")
	b.Login(rig.LoopNumber, "xin-mima88").Has("补证申请")
}

// TestStrangerAsksForReset: who asks for somebody else's number, however often, neither
// ends the links of its holder nor keeps them from getting one.
func TestStrangerAsksForReset(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister)
	inside := r.Register("测试", rig.LoopNumber)
	stranger, b := r.Browser(), r.Browser()
	known := b.Forgot(rig.LoopNumber)
	own := r.ResetPath(1)
	for range 5 {
		if p := stranger.Forgot(rig.LoopNumber); string(p.Body) != string(known.Body) {
			t.Errorf("an ask too many is answered otherwise:\n%s", p.Body)
		}
	}
	for _, path := range []string{own, r.ResetPath(2), r.ResetPath(3)} {
		b.Get(path).Is(http.StatusOK)
	}
	r.Pass(21 * time.Minute) // five asks of a stranger do not cost the holder an hour
	b.Forgot(rig.LoopNumber)
	waiting := b.Get(r.ResetPath(4)).Is(http.StatusOK)
	stranger.Forgot(rig.LoopNumber)
	stranger.Forgot(rig.LoopNumber)
	stranger.Forgot(rig.LoopNumber)
	foreign := r.ResetPath(6) // that of the stranger, who cannot read it
	if sent := len(r.ResetMails()); sent != 6 {
		t.Errorf("%d mails were sent, want 6", sent)
	}
	b.Sends(waiting, rig.FormTo("/reset"), map[string]string{"password": "xin-mima88", "password_confirm": "xin-mima88"}).Has("新密码已设置")
	b.Get(foreign).Is(http.StatusNotFound)

	// What else ends them.
	inside.Login(rig.LoopNumber, "xin-mima88")
	clerk := r.Staff("shenhe")
	sent := 6
	for reason, act := range map[string]func(){
		"a new password": func() {
			inside.Sends(inside.Get("/password"), rig.FormTo("/password"), map[string]string{"old_password": "xin-mima88", "password": "xin-mima99", "password_confirm": "xin-mima99"})
		},
		"a new address": func() {
			inside.Sends(inside.Get("/profile"), rig.FormTo("/profile"), map[string]string{"email": "new@example.com"})
		},
		"the counter": func() {
			clerk.Sends(clerk.Account(rig.LoopNumber), "form[action$='/correct']", map[string]string{"name": "测四"})
		},
	} {
		b.Forgot(rig.LoopNumber)
		sent++
		path := r.ResetPath(sent)
		b.Get(path).Is(http.StatusOK)
		act()
		if got := b.Get(path).Status; got != http.StatusNotFound {
			t.Errorf("%s leaves a link: %d", reason, got)
		}
	}
	b.Forgot(rig.LoopNumber)
	last := r.ResetPath(sent + 1)
	clerk.Sends(clerk.Account(rig.LoopNumber), "form[action$='/close']", nil)
	b.Get(last).Is(http.StatusNotFound)
}

func TestResetLinkExpires(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister)
	r.Register("测试", rig.LoopNumber)
	b := r.Browser()
	b.Forgot(rig.LoopNumber)
	path := r.ResetPath(1)
	form := b.Get(path).Is(http.StatusOK)
	r.Pass(21 * time.Minute)
	b.Get(path).Is(http.StatusNotFound)
	b.Send(form, rig.FormTo("/reset"), map[string]string{"password": "xin-mima88", "password_confirm": "xin-mima88"}).Is(http.StatusUnprocessableEntity)
}

// TestSessions: a new id at sign-in, a planted one refused, one that was
// logged out dead.
func TestSessions(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister)
	b := r.Register("测试", rig.LoopNumber)
	address, _ := url.Parse(r.URL)
	cookie := func() string {
		for _, c := range b.Client.Jar.Cookies(address) {
			if c.Name == "session" {
				return c.Value
			}
		}
		return ""
	}
	first := cookie()
	b.Sends(b.Get("/apply"), rig.FormTo("/logout"), nil).Has("已退出登录")
	b.Client.Jar.SetCookies(address, []*http.Cookie{{Name: "session", Value: first, Path: "/"}})
	b.At("/apply").Leads("/login")
	planted := "planted-by-somebody"
	b.Client.Jar.SetCookies(address, []*http.Cookie{{Name: "session", Value: planted, Path: "/"}})
	b.Login(rig.LoopNumber, rig.CandidatePassword)
	if now := cookie(); now == planted || now == first || now == "" {
		t.Errorf("signing in gives the session %q", now)
	}
	r.Pass(2*time.Hour + time.Minute)
	b.At("/apply").Leads("/login")
}
