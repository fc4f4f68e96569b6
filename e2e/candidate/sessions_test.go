package candidate

import (
	"strings"
	"testing"
	"time"

	"certreissue/e2e/rig"
)

// TestSignOutElsewhere: somebody sees where they are signed in, and ends what is
// not theirs.
func TestSignOutElsewhere(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister)
	candidate := r.Register("测试", rig.LoopNumber)
	again := r.Browser()
	again.Login(rig.LoopNumber, rig.CandidatePassword)
	clerk, clerkAgain, stranger := r.Staff("shenhe"), r.Staff("shenhe"), r.Staff("guanli")

	for _, c := range []struct {
		here, there *rig.Browser
		page        string
	}{{candidate, again, "/password"}, {clerk, clerkAgain, "/office/password"}} {
		list := c.here.Get(c.page).Has("已登录的设备", "其他设备")
		if n, this := list.Find("table tbody tr").Length(), list.Find("table .badge").Length(); n != 2 || this != 1 {
			t.Errorf("%s lists %d sessions, %d of them this one", c.page, n, this)
		}
		done := c.here.Sends(list, rig.FormTo(c.page+"/sign-out"), nil).Has("其他登录已退出")
		if n := done.Find("table tbody tr").Length(); n != 1 || done.Find(rig.FormTo(c.page+"/sign-out")).Length() != 0 {
			t.Errorf("%s lists %d sessions afterwards", c.page, n)
		}
		c.there.At(c.page).Leads(strings.Replace(c.page, "password", "login", 1))
	}
	if !stranger.IsSignedIn() {
		t.Error("somebody else was signed out")
	}
	r.Staff("shenji").Get("/office/audit?act=sign_out").Has("退出其他登录", "shenhe", "考生账号 1")
}

// TestEndedMeansEnded: what ends a session ends what it could still leave behind, a
// draft. One that only timed out leaves one for a day.
func TestEndedMeansEnded(t *testing.T) {
	t.Parallel()
	const next = "xin-mima88"
	change := map[string]string{"old_password": rig.CandidatePassword, "password": next, "password_confirm": next}
	elsewhere := func(r *rig.Running, page, form string, fill map[string]string) {
		b := r.Browser()
		b.Login(rig.LoopNumber, rig.CandidatePassword)
		b.Sends(b.Get(page), form, fill)
	}
	counter := func(r *rig.Running, form string) *rig.Page {
		clerk := r.Staff("shenhe")
		return clerk.Sends(clerk.Account(rig.LoopNumber), form, nil)
	}
	for _, c := range []struct {
		reason   string
		end      func(r *rig.Running, b *rig.Browser) (password string)
		keeps    bool
		sentence string // of the login page, to whom the late form leads
	}{
		{"password changed elsewhere", func(r *rig.Running, _ *rig.Browser) string {
			elsewhere(r, "/password", rig.FormTo("/password"), change)
			return next
		}, false, "没有保存"},
		{"signed out elsewhere", func(r *rig.Running, _ *rig.Browser) string {
			elsewhere(r, "/password", rig.FormTo("/password/sign-out"), nil)
			return rig.CandidatePassword
		}, false, "没有保存"},
		{"reset by mail", func(r *rig.Running, _ *rig.Browser) string {
			b := r.Browser()
			b.Forgot(rig.LoopNumber)
			b.Sends(b.Get(r.ResetPath(1)), rig.FormTo("/reset"), map[string]string{"password": next, "password_confirm": next})
			return next
		}, false, "没有保存"},
		{"signed out in another window", func(_ *rig.Running, b *rig.Browser) string {
			b.Sends(b.Get("/apply"), rig.FormTo("/logout"), nil)
			return rig.CandidatePassword
		}, false, "没有保存"},
		{"timed out, then ended elsewhere", func(r *rig.Running, _ *rig.Browser) string {
			r.Pass(3 * time.Hour)
			elsewhere(r, "/password", rig.FormTo("/password"), change)
			return next
		}, false, "没有保存"},
		{"reset at the counter", func(r *rig.Running, _ *rig.Browser) string {
			oneTime := counter(r, "form[action$='/reset']").TextOf(".done-number")
			b := r.Browser()
			must := b.Login(rig.LoopNumber, oneTime)
			b.Sends(must, rig.FormTo("/password"), map[string]string{"old_password": oneTime, "password": next, "password_confirm": next})
			return next
		}, false, "没有保存"},
		{"closed", func(r *rig.Running, _ *rig.Browser) string {
			counter(r, "form[action$='/close']")
			return ""
		}, false, ""},
		{"timed out", func(r *rig.Running, _ *rig.Browser) string {
			r.Pass(3 * time.Hour)
			return rig.CandidatePassword
		}, true, "已保留"},
		{"timed out more than a day ago", func(r *rig.Running, _ *rig.Browser) string {
			r.Pass(27 * time.Hour)
			return rig.CandidatePassword
		}, false, "没有保存"},
	} {
		t.Run(c.reason, func(t *testing.T) {
			t.Parallel()
			r := rig.Office(t, rig.LoopRegister)
			b := r.Register("测试", rig.LoopNumber)
			form := b.Get("/apply/self")
			password := c.end(r, b)
			late := b.Send(form, "form[enctype]", rig.ByHand(map[string]string{"phone": "13966666666"}))
			if late.Leads("/login"); c.sentence != "" {
				b.Get("/login").Has(c.sentence)
			}
			if password == "" {
				return
			}
			again := r.Browser()
			again.Login(rig.LoopNumber, password)
			phone := ""
			if c.keeps {
				phone = "13966666666"
			}
			again.Get("/apply/self").Shows(map[string]string{"phone": phone})
		})
	}
}
