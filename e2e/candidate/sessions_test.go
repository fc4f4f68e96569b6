package candidate

import (
	"strings"
	"testing"

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
