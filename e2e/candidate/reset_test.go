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
	b.Get(older).Is(http.StatusNotFound).Has("链接已失效").Link("重新发送邮件")
	b.Get(newest).Is(http.StatusOK)
	form := b.Get(newest).Is(http.StatusOK)
	form = b.Refused(http.StatusUnprocessableEntity, form, rig.FormTo("/reset"), map[string]string{"password": "xin-mima88", "password_confirm": "xin-mima89"}).Faults("password_confirm")
	form = b.Refused(http.StatusUnprocessableEntity, form, rig.FormTo("/reset"), map[string]string{"password": "short", "password_confirm": "short"}).Faults("password")
	inside.Get("/applications").Is(http.StatusOK).Has("您还没有补证申请")

	next := map[string]string{"password": "xin-mima88", "password_confirm": "xin-mima88"}
	if done := b.Sends(form, rig.FormTo("/reset"), next).Has("新密码已设置"); done.Path != "/login" {
		t.Errorf("a reset leads to %s", done.Path)
	}
	inside.At("/applications").Leads("/login")
	b.Get(newest).Is(http.StatusNotFound)
	used := b.Send(form, rig.FormTo("/reset"), next).Is(http.StatusUnprocessableEntity)
	if len(used.Problems()) == 0 {
		t.Error("a used link is refused without a word")
	}
	b.Post(form, "/reset", url.Values{"token": {"unknown"}, "password": {"xin-mima88"}, "password_confirm": {"xin-mima88"}}).Is(http.StatusUnprocessableEntity)
	b.Refused(http.StatusUnprocessableEntity, b.Get("/login"), rig.FormTo("/login"), map[string]string{"id_number": rig.LoopNumber, "password": rig.CandidatePassword}).Faults("id_number")
	b.Login(rig.LoopNumber, "xin-mima88").Has("补证申请")
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
