package office

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

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

// signsIn tells whether a name and a password open the office to a new browser.
func signsIn(r *rig.Running, name, password string) bool {
	r.T.Helper()
	return opens(r.Browser(), name, password)
}

// opens tells whether a name and a password open the office to this browser, which is
// signed out again.
func opens(b *rig.Browser, name, password string) bool {
	b.T.Helper()
	answer := b.Send(b.Get("/office/login"), rig.FormTo("/office/login"), map[string]string{"username": name, "password": password})
	if answer.Status != http.StatusSeeOther {
		return false
	}
	if b.IsSignedIn() { // and not at a second step, or a one-time password
		signOut(b)
	}
	return true
}

func signOut(b *rig.Browser) {
	b.T.Helper()
	b.Sends(b.Get("/office"), rig.FormTo("/office/logout"), nil).Has("已退出登录")
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
	stranger := r.Browser()
	guesses(stranger, "shenhe", 5, "")
	if opens(stranger, "shenhe", reset.TextOf(".done-number")) {
		t.Error("five failures lock nothing")
	}
	admin.Sends(admin.Get(path).Has("已锁定"), "form[action$='/unlock']", nil).Has("已解除锁定")
	if !opens(stranger, "shenhe", reset.TextOf(".done-number")) {
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

// guesses tries wrong passwords; what the last answer says of the name holds a text.
func guesses(b *rig.Browser, name string, n int, says string) {
	b.T.Helper()
	form := b.Get("/office/login")
	for range n {
		form = b.Refused(http.StatusUnprocessableEntity, form, rig.FormTo("/office/login"), map[string]string{"username": name, "password": "wrong-pass1"}).Faults("username")
	}
	if got := form.Problems()["username"]; !strings.Contains(got, says) {
		b.T.Errorf("the last of %d guesses at %s is answered %q, want %q", n, name, got, says)
	}
}

// TestStrangersLockNobodyOut: who guesses at the only administrator's password locks out
// themselves: their own network after five guesses, and others where nobody has signed in
// before after twenty in an hour. The administrator goes on where they have signed in
// before, and another one or the console opens the rest.
func TestStrangersLockNobodyOut(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, staffRegister)
	const wait, wrong = "分钟后再试", "不正确"
	own := r.Staff("guanli")
	signOut(own)

	strangers := []*rig.Browser{r.Browser(), r.Browser(), r.Browser(), r.Browser()}
	for _, name := range []string{"guanli", "nobody"} {
		guesses(strangers[0], name, 5, wrong)
		guesses(strangers[0], name, 1, "请 15 "+wait)
	}
	if opens(strangers[0], "guanli", "guanli-pass1") {
		t.Error("five failures lock nobody")
	}
	fresh := r.Browser()
	if !opens(fresh, "guanli", "guanli-pass1") || !opens(own, "guanli", "guanli-pass1") {
		t.Error("a stranger's failures lock others out")
	}
	for _, b := range strangers[1:] {
		for _, name := range []string{"guanli", "nobody"} {
			guesses(b, name, 5, wrong)
		}
	}
	for _, name := range []string{"guanli", "nobody"} {
		guesses(r.Browser(), name, 1, "请 60 "+wait)
	}
	if signsIn(r, "guanli", "guanli-pass1") {
		t.Error("twenty failures in an hour lock nobody")
	}
	for who, b := range map[string]*rig.Browser{"the first device": own, "the second device": fresh} {
		if !opens(b, "guanli", "guanli-pass1") {
			t.Errorf("%s is locked out", who)
		}
	}

	// Their mark is theirs, and has a count of its own.
	guesses(own, "shenhe", 5, wrong)
	guesses(own, "shenhe", 1, wait)
	guesses(own, "guanli", 5, wrong)
	guesses(own, "guanli", 1, "请 15 "+wait)
	if opens(own, "guanli", "guanli-pass1") || !opens(fresh, "guanli", "guanli-pass1") {
		t.Error("five failures on one's own device do not lock just that")
	}

	// The page offers to unlock while any count refuses, and so does the console.
	signInOffice(fresh, "guanli", "guanli-pass1")
	member := fresh.Get("/office/staff").Link("guanli")
	fresh.Sends(fresh.Get(member).Has("已锁定", "解除锁定"), "form[action$='/unlock']", nil).Has("已解除锁定")
	if fresh.Get(member).Find("form[action$='/unlock']").Length() != 0 {
		t.Error("what is unlocked can be unlocked")
	}
	for who, b := range map[string]*rig.Browser{"a stranger": strangers[0], "the first device": own, "a new device": r.Browser()} {
		if !opens(b, "guanli", "guanli-pass1") {
			t.Errorf("%s is locked out after the page unlocked the name", who)
		}
	}
	guesses(strangers[1], "guanli", 5, wrong)
	rig.Must(t, "", "staff", "unlock", "guanli", "-data", r.Data)
	if !opens(strangers[1], "guanli", "guanli-pass1") {
		t.Error("the console does not unlock")
	}
}

// TestDeviceMark: what a browser keeps of a sign-in opens nothing, is another one after
// each, and is worth nothing after the password was changed, for another name, or after
// a restore.
func TestDeviceMark(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, staffRegister)
	const mark = "office_device"
	b := r.Browser()
	if signInOffice(b, "guanli", "guanli-pass1"); crumbs(b)[mark] == nil {
		t.Fatal("a sign-in leaves no mark")
	}
	first := crumbs(b)[mark].Value
	signOut(b)
	posted := b.Send(b.Get("/office/login"), rig.FormTo("/office/login"), map[string]string{"username": "guanli", "password": "guanli-pass1"})
	for _, cookie := range (&http.Response{Header: posted.Header}).Cookies() {
		if cookie.Name == mark && (!cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode || cookie.Path != "/office" || cookie.Secure || cookie.MaxAge != 90*24*3600) {
			t.Errorf("the mark is %+v", cookie)
		}
	}
	second := crumbs(b)[mark].Value
	if second == first || second == "" {
		t.Errorf("the mark after the second sign-in is %q", second)
	}
	thief := r.Browser()
	bake(thief, mark, second)
	if thief.IsSignedIn() {
		t.Error("a mark signs in")
	}

	// locked has twenty failures of strangers behind it, and tells whether a mark helps.
	helps := func(name, password, value string) bool {
		t.Helper()
		at := r.Browser()
		if value != "" {
			bake(at, mark, value)
		}
		return opens(at, name, password)
	}
	flood := func(name string) {
		t.Helper()
		for range 4 {
			guesses(r.Browser(), name, 5, "")
		}
	}
	flood("guanli")
	flood("shenhe")
	for _, c := range []struct {
		reason, name, value string
		helps               bool
	}{
		{"none", "guanli", "", false},
		{"one that was replaced", "guanli", first, false},
		{"made up", "guanli", strings.Repeat("A", 43), false},
		{"another one's", "shenhe", second, false},
		{"the last one", "guanli", second, true},
	} {
		if got := helps(c.name, c.name+"-pass1", c.value); got != c.helps {
			t.Errorf("the mark that is %s helps: %v", c.reason, got)
		}
	}

	// The last sign-in was the thief's, with the right password: a new password ends that.
	r.Pass(61 * time.Minute)
	b = r.Browser()
	signInOffice(b, "guanli", "guanli-pass1")
	third := crumbs(b)[mark].Value
	b.Sends(b.Get("/office/password"), rig.FormTo("/office/password"), map[string]string{"old_password": "guanli-pass1", "password": "other-pass1", "password_confirm": "other-pass1"}).Has("密码已修改")
	flood("guanli")
	if helps("guanli", "other-pass1", third) {
		t.Error("a mark outlives the password")
	}
	if !helps("guanli", "other-pass1", crumbs(b)[mark].Value) {
		t.Error("whoever changes their own password is locked out on their own device")
	}

	r.Pass(61 * time.Minute)
	b = r.Browser()
	signInOffice(b, "guanli", "other-pass1")
	fourth := crumbs(b)[mark].Value
	copied := filepath.Join(t.TempDir(), "copy.db")
	rig.Must(t, "", "backup", copied, "-data", r.Data)
	r.Stop()
	rig.Must(t, "", "restore", copied, "-data", r.Data)
	ahead := time.Duration(r.Skew.Load())
	r = rig.StartLater(t, ahead, "demo", "-data", r.Data)
	flood("guanli")
	if helps("guanli", "other-pass1", fourth) {
		t.Error("a mark outlives a restore")
	}
}
