package main

import (
	"net/http"
	"strings"
	"testing"
)

const staffRegister = `考试年度,考试名称,姓名,证件号码,领取状态,报名市
2015,一级建造师,测试,110101199003071233,已领取,石家庄市
2015,一级建造师,测试二,110101199003071241,已领取,唐山市
`

// signInOffice signs in and answers where that leads.
func (b *browser) signInOffice(name, password string) *page {
	b.t.Helper()
	return b.sends(b.get("/office/login"), formTo("/office/login"), map[string]string{"username": name, "password": password})
}

// signsIn tells whether a name and a password open the office.
func (r *running) signsIn(name, password string) bool {
	r.t.Helper()
	b := r.browser()
	answer := b.send(b.get("/office/login"), formTo("/office/login"), map[string]string{"username": name, "password": password})
	return answer.status == http.StatusSeeOther
}

// isSignedIn tells whether a browser's session of the office still gives its
// rights.
func (b *browser) isSignedIn() bool {
	b.t.Helper()
	return b.do(http.MethodGet, "/office", "", nil).status == http.StatusOK
}

// TestStaff is the life of a login: added, used, limited, locked, disabled and
// given back.
func TestStaff(t *testing.T) {
	r := office(t, staffRegister)
	admin := r.staff("guanli")

	list := admin.get("/office/staff").has("shenhe", "guanli", "shenji", "审核员")
	refused := admin.refused(http.StatusUnprocessableEntity, list, formTo("/office/staff"), map[string]string{"username": "xin ren", "role": "reviewer"})
	if refused.problems()["username"] == "" {
		t.Errorf("a bad name: %v", refused.problems())
	}
	refused = admin.refused(http.StatusUnprocessableEntity, list, formTo("/office/staff"), map[string]string{"username": "xinren"})
	if refused.problems()["role"] == "" || refused.Find("#username").AttrOr("value", "") != "xinren" {
		t.Errorf("no role: %v", refused.problems())
	}
	refused = admin.refused(http.StatusUnprocessableEntity, list, formTo("/office/staff"), map[string]string{"username": "xinren", "role": "reviewer", "city": "北京市"})
	if refused.problems()["city"] == "" {
		t.Errorf("an unknown city: %v", refused.problems())
	}
	refused = admin.refused(http.StatusUnprocessableEntity, list, formTo("/office/staff"), map[string]string{"username": "SHENHE", "role": "reviewer"})
	if refused.problems()["username"] == "" {
		t.Errorf("a taken name: %v", refused.problems())
	}

	added := admin.sends(list, formTo("/office/staff"), map[string]string{"username": "xinren", "role": "reviewer", "city": "唐山市"})
	added.has("xinren", "一次性密码", "唐山市")
	oneTime := added.text(".done-number")
	path := strings.TrimSuffix(added.Find("form[action$='/disable']").AttrOr("action", ""), "/disable")
	if again := admin.get(path).Find(".one-time").Length(); again != 0 {
		t.Error("the one-time password is shown again")
	}
	clerk := r.browser()
	clerk.signInOffice("xinren", oneTime).has("修改密码")
	clerk.sends(clerk.get("/office/password"), formTo("/office/password"), map[string]string{"old_password": oneTime, "password": "xinren-pass1", "password_confirm": "xinren-pass1"})
	if got := clerk.do(http.MethodGet, "/office/staff", "", nil).status; got != http.StatusForbidden {
		t.Errorf("a reviewer at the staff page: %d", got)
	}

	refused = admin.refused(http.StatusUnprocessableEntity, admin.get(path), formTo(path), map[string]string{"role": "auditor"})
	if refused.problems()["city"] == "" {
		t.Errorf("a limit for somebody who reviews nothing: %v", refused.problems())
	}
	if !clerk.isSignedIn() {
		t.Error("a refused change ended a session")
	}
}

// TestStaffRights gives and takes rights.
func TestStaffRights(t *testing.T) {
	r := office(t, staffRegister)
	admin, clerk := r.staff("guanli"), r.staff("shenhe")
	list := admin.get("/office/staff")
	path, own := list.link("shenhe"), list.link("guanli")

	admin.sends(admin.get(path), formTo(path), map[string]string{"role": "reviewer", "city": "石家庄市"}).has("石家庄市", "已保存")
	if clerk.isSignedIn() {
		t.Error("a session went on with its old rights")
	}
	clerk = r.staff("shenhe")
	admin.sends(admin.get(path), formTo(path), map[string]string{"city": "石家庄市"})
	if !clerk.isSignedIn() {
		t.Error("saving without a change ended a session")
	}

	admin.sends(admin.get(path), "form[action$='/disable']", nil).has("已停用")
	if clerk.isSignedIn() || r.signsIn("shenhe", "shenhe-pass1") {
		t.Error("a disabled login still works")
	}
	admin.sends(admin.get(path), "form[action$='/enable']", nil).has("已启用")
	if clerk.isSignedIn() {
		t.Error("enabling revived an old session")
	}
	clerk = r.staff("shenhe")

	reset := admin.sends(admin.get(path), "form[action$='/password']", nil).has("一次性密码")
	if clerk.isSignedIn() || r.signsIn("shenhe", "shenhe-pass1") || !r.signsIn("shenhe", reset.text(".done-number")) {
		t.Error("the new one-time password does not stand alone")
	}
	for range 5 {
		r.signsIn("shenhe", "wrong-pass1")
	}
	if r.signsIn("shenhe", reset.text(".done-number")) {
		t.Error("five failures lock nothing")
	}
	admin.sends(admin.get(path).has("已锁定"), "form[action$='/unlock']", nil).has("已解除锁定")
	if !r.signsIn("shenhe", reset.text(".done-number")) {
		t.Error("an unlocked login does not work")
	}

	// The office keeps an administrator.
	for _, form := range []string{"form[action$='/disable']", formTo(own)} {
		refused := admin.refused(http.StatusUnprocessableEntity, admin.get(own), form, map[string]string{"role": "reviewer"})
		refused.has("唯一能使用的管理员")
	}
	action, values := admin.form(admin.get(path), formTo(path))
	values["role"], values["city"] = []string{"admin", "auditor"}, nil
	if answer := admin.do(http.MethodPost, action, "application/x-www-form-urlencoded", strings.NewReader(values.Encode())); answer.status != http.StatusSeeOther {
		t.Fatalf("a second administrator: %d %v", answer.status, answer.problems())
	}
	admin.sends(admin.get(own), "form[action$='/disable']", nil)
	if admin.isSignedIn() {
		t.Error("a disabled administrator goes on")
	}
}
