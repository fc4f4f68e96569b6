package main

import (
	"strings"
	"testing"
)

// TestSignOutElsewhere: somebody sees where they are signed in, and ends what is
// not theirs.
func TestSignOutElsewhere(t *testing.T) {
	t.Parallel()
	r := office(t, loopRegister)
	candidate := r.register("测试", loopNumber)
	again := r.browser()
	again.login(loopNumber, candidatePassword)
	clerk, clerkAgain, stranger := r.staff("shenhe"), r.staff("shenhe"), r.staff("guanli")

	for _, c := range []struct {
		here, there *browser
		page        string
	}{{candidate, again, "/password"}, {clerk, clerkAgain, "/office/password"}} {
		list := c.here.get(c.page).has("已登录的设备", "其他设备")
		if n, this := list.Find("table tbody tr").Length(), list.Find("table .badge").Length(); n != 2 || this != 1 {
			t.Errorf("%s lists %d sessions, %d of them this one", c.page, n, this)
		}
		done := c.here.sends(list, formTo(c.page+"/sign-out"), nil).has("其他登录已退出")
		if n := done.Find("table tbody tr").Length(); n != 1 || done.Find(formTo(c.page+"/sign-out")).Length() != 0 {
			t.Errorf("%s lists %d sessions afterwards", c.page, n)
		}
		c.there.at(c.page).leads(strings.Replace(c.page, "password", "login", 1))
	}
	if !stranger.isSignedIn() {
		t.Error("somebody else was signed out")
	}
	r.staff("shenji").get("/office/audit?act=sign_out").has("退出其他登录", "shenhe", "考生账号 1")
}
