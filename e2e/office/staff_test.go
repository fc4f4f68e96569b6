package office

import (
	"net/http"
	"strings"
	"testing"

	"certreissue/e2e/rig"
)

const staffRegister = `考试年度,考试名称,姓名,证件号码,领取状态,报名市
2015,一级建造师,测试,110101199003071233,已领取,石家庄市
2015,一级建造师,测试二,110101199003071241,已领取,唐山市
`

// signInOffice signs in and answers where that leads.
func signInOffice(b *rig.Browser, name, password string) *rig.Page {
	b.T.Helper()
	return b.Sends(b.Get("/office/login"), rig.FormTo("/office/login"), map[string]string{"username": name, "password": password})
}

// signsIn tells whether a name and a password open the office.
func signsIn(r *rig.Running, name, password string) bool {
	r.T.Helper()
	b := r.Browser()
	answer := b.Send(b.Get("/office/login"), rig.FormTo("/office/login"), map[string]string{"username": name, "password": password})
	return answer.Status == http.StatusSeeOther
}

// TestStaff is the life of a login: added, used, limited, locked, disabled and
// given back.
func TestStaff(t *testing.T) {
	r := rig.Office(t, staffRegister)
	admin := r.Staff("guanli")

	list := admin.Get("/office/staff").Has("shenhe", "guanli", "shenji", "审核员")
	refused := admin.Refused(http.StatusUnprocessableEntity, list, rig.FormTo("/office/staff"), map[string]string{"username": "xin ren", "role": "reviewer"})
	if refused.Problems()["username"] == "" {
		t.Errorf("a bad name: %v", refused.Problems())
	}
	refused = admin.Refused(http.StatusUnprocessableEntity, list, rig.FormTo("/office/staff"), map[string]string{"username": "xinren"})
	if refused.Problems()["role"] == "" || refused.Find("#username").AttrOr("value", "") != "xinren" {
		t.Errorf("no role: %v", refused.Problems())
	}
	refused = admin.Refused(http.StatusUnprocessableEntity, list, rig.FormTo("/office/staff"), map[string]string{"username": "xinren", "role": "reviewer", "city": "北京市"})
	if refused.Problems()["city"] == "" {
		t.Errorf("an unknown city: %v", refused.Problems())
	}
	refused = admin.Refused(http.StatusUnprocessableEntity, list, rig.FormTo("/office/staff"), map[string]string{"username": "SHENHE", "role": "reviewer"})
	if refused.Problems()["username"] == "" {
		t.Errorf("a taken name: %v", refused.Problems())
	}

	added := admin.Sends(list, rig.FormTo("/office/staff"), map[string]string{"username": "xinren", "role": "reviewer", "city": "唐山市"})
	added.Has("xinren", "一次性密码", "唐山市")
	oneTime := added.TextOf(".done-number")
	path := strings.TrimSuffix(added.Find("form[action$='/disable']").AttrOr("action", ""), "/disable")
	if again := admin.Get(path).Find(".one-time").Length(); again != 0 {
		t.Error("the one-time password is shown again")
	}
	clerk := r.Browser()
	signInOffice(clerk, "xinren", oneTime).Has("修改密码")
	clerk.Sends(clerk.Get("/office/password"), rig.FormTo("/office/password"), map[string]string{"old_password": oneTime, "password": "xinren-pass1", "password_confirm": "xinren-pass1"})
	if got := clerk.Do(http.MethodGet, "/office/staff", "", nil).Status; got != http.StatusForbidden {
		t.Errorf("a reviewer at the staff page: %d", got)
	}

	refused = admin.Refused(http.StatusUnprocessableEntity, admin.Get(path), rig.FormTo(path), map[string]string{"role": "auditor"})
	if refused.Problems()["city"] == "" {
		t.Errorf("a limit for somebody who reviews nothing: %v", refused.Problems())
	}
	if !clerk.IsSignedIn() {
		t.Error("a refused change ended a session")
	}
}

// TestStaffRights gives and takes rights.
func TestStaffRights(t *testing.T) {
	r := rig.Office(t, staffRegister)
	admin, clerk := r.Staff("guanli"), r.Staff("shenhe")
	list := admin.Get("/office/staff")
	path, own := list.Link("shenhe"), list.Link("guanli")

	admin.Sends(admin.Get(path), rig.FormTo(path), map[string]string{"role": "reviewer", "city": "石家庄市"}).Has("石家庄市", "已保存")
	if clerk.IsSignedIn() {
		t.Error("a session went on with its old rights")
	}
	clerk = r.Staff("shenhe")
	admin.Sends(admin.Get(path), rig.FormTo(path), map[string]string{"city": "石家庄市"})
	if !clerk.IsSignedIn() {
		t.Error("saving without a change ended a session")
	}

	admin.Sends(admin.Get(path), "form[action$='/disable']", nil).Has("已停用")
	if clerk.IsSignedIn() || signsIn(r, "shenhe", "shenhe-pass1") {
		t.Error("a disabled login still works")
	}
	admin.Sends(admin.Get(path), "form[action$='/enable']", nil).Has("已启用")
	if clerk.IsSignedIn() {
		t.Error("enabling revived an old session")
	}
	clerk = r.Staff("shenhe")

	reset := admin.Sends(admin.Get(path), "form[action$='/password']", nil).Has("一次性密码")
	if clerk.IsSignedIn() || signsIn(r, "shenhe", "shenhe-pass1") || !signsIn(r, "shenhe", reset.TextOf(".done-number")) {
		t.Error("the new one-time password does not stand alone")
	}
	for range 5 {
		signsIn(r, "shenhe", "wrong-pass1")
	}
	if signsIn(r, "shenhe", reset.TextOf(".done-number")) {
		t.Error("five failures lock nothing")
	}
	admin.Sends(admin.Get(path).Has("已锁定"), "form[action$='/unlock']", nil).Has("已解除锁定")
	if !signsIn(r, "shenhe", reset.TextOf(".done-number")) {
		t.Error("an unlocked login does not work")
	}

	// The office keeps an administrator.
	for _, form := range []string{"form[action$='/disable']", rig.FormTo(own)} {
		refused := admin.Refused(http.StatusUnprocessableEntity, admin.Get(own), form, map[string]string{"role": "reviewer"})
		refused.Has("唯一能使用的管理员")
	}
	action, values := admin.Form(admin.Get(path), rig.FormTo(path))
	values["role"], values["city"] = []string{"admin", "auditor"}, nil
	if answer := admin.Do(http.MethodPost, action, "application/x-www-form-urlencoded", strings.NewReader(values.Encode())); answer.Status != http.StatusSeeOther {
		t.Fatalf("a second administrator: %d %v", answer.Status, answer.Problems())
	}
	admin.Sends(admin.Get(own), "form[action$='/disable']", nil)
	if admin.IsSignedIn() {
		t.Error("a disabled administrator goes on")
	}
}
