package main

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"certreissue/store"

	"github.com/PuerkitoBio/goquery"
	"github.com/pquerna/otp/totp"
)

// code is what an authenticator app shows now.
func (r *running) code(secret string) string {
	r.t.Helper()
	code, err := totp.GenerateCode(secret, time.Now().Add(time.Duration(r.skew.Load())))
	if err != nil {
		r.t.Fatal(err)
	}
	return code
}

// askedForCode passes the first step of a sign-in that has a second one.
func (r *running) askedForCode(name string) (*browser, *page) {
	r.t.Helper()
	b := r.browser()
	asked := b.signInOffice(name, name+"-pass1").has("两步验证", "恢复代码")
	if asked.path != "/office/login/code" || b.isSignedIn() {
		r.t.Fatalf("the password alone leads to %s", asked.path)
	}
	return b, asked
}

const factorPath, codePath = "/office/second-factor", "/office/login/code"

// TestSecondFactor turns a second factor on, signs in with it and turns it off.
func TestSecondFactor(t *testing.T) {
	t.Parallel()
	r := office(t, loopRegister)
	clerk, elsewhere := r.staff("shenhe"), r.staff("shenhe")
	form := clerk.get(clerk.get("/office/password").link("启用"))
	secret := strings.ReplaceAll(form.text(".secret"), " ", "")
	picture := form.Find(".scan img").AttrOr("src", "")
	if code := clerk.at(picture).is(http.StatusOK); code.header.Get("Cache-Control") != "no-store" || code.header.Get("Content-Type") != "image/svg+xml" {
		t.Errorf("the QR code: %v", code.header)
	}
	elsewhere.at(picture).is(http.StatusOK) // the same person
	r.staff("guanli").at(picture).is(http.StatusNotFound)

	form = clerk.refused(http.StatusUnprocessableEntity, form, formTo(factorPath), map[string]string{"code": "", "password": ""}).faults("code", "password")
	form = clerk.refused(http.StatusUnprocessableEntity, form, formTo(factorPath), map[string]string{"code": r.code(secret), "password": "wrong-pass1"}).faults("password")
	form = clerk.refused(http.StatusUnprocessableEntity, form, formTo(factorPath), map[string]string{"code": "abcdef", "password": "shenhe-pass1"}).faults("code")
	if again := strings.ReplaceAll(form.text(".secret"), " ", ""); again != secret {
		t.Errorf("a refused form has another secret")
	}
	first := r.code(secret)
	codes := clerk.sends(form, formTo(factorPath), map[string]string{"code": first, "password": "shenhe-pass1"}).has("恢复代码", "离开本页后不再显示")
	recovery := codes.Find(".recovery li").Map(func(_ int, item *goquery.Selection) string { return item.Text() })
	if len(recovery) != 10 {
		t.Fatalf("recovery codes %q", recovery)
	}
	clerk.get(codes.path).has("停用两步验证", "还剩 10 个")
	if list := must(t, "", "staff", "list", "-data", r.data); !strings.Contains(list, "shenhe  审核员  已启用两步验证") || !strings.Contains(list, "guanli  管理员  未启用两步验证") {
		t.Errorf("staff list: %s", list)
	}
	if elsewhere.isSignedIn() || !clerk.isSignedIn() {
		t.Error("turning it on has not ended the other session, or this one")
	}

	r.browser().at(codePath).leads("/office/login")
	b, asked := r.askedForCode("shenhe")
	asked = b.refused(http.StatusUnprocessableEntity, asked, formTo(codePath), map[string]string{"code": ""}).faults("code")
	asked = b.refused(http.StatusUnprocessableEntity, asked, formTo(codePath), map[string]string{"code": first}).faults("code") // used
	r.pass(time.Minute)
	code := r.code(secret)
	b.sends(asked, formTo(codePath), map[string]string{"code": code}).has("工作台")
	b.at(codePath).leads("/office/login")
	b, asked = r.askedForCode("shenhe")
	b.refused(http.StatusUnprocessableEntity, asked, formTo(codePath), map[string]string{"code": code}).faults("code")
	b.sends(asked, formTo(codePath), map[string]string{"code": strings.ToUpper(recovery[0])})
	b.get(factorPath).has("还剩 9 个")

	b, asked = r.askedForCode("shenhe")
	b.refused(http.StatusUnprocessableEntity, asked, formTo(codePath), map[string]string{"code": recovery[0]}).faults("code")
	r.pass(6 * time.Minute)
	late := b.follows(b.send(asked, formTo(codePath), map[string]string{"code": recovery[1]}))
	if late.path != "/office/login" || b.isSignedIn() {
		t.Errorf("the second step after six minutes leads to %s", late.path)
	}

	clerk, asked = r.askedForCode("shenhe")
	clerk.sends(asked, formTo(codePath), map[string]string{"code": recovery[1]})
	off := clerk.refused(http.StatusUnprocessableEntity, clerk.get(factorPath), formTo(factorPath+"/remove"), map[string]string{"password": "shenhe-pass1", "code": recovery[1]}).faults("code")
	clerk.sends(off, formTo(factorPath+"/remove"), map[string]string{"password": "shenhe-pass1", "code": r.code(secret)}).has("两步验证已停用")
	r.staff("shenhe")
	r.staff("shenji").get("/office/audit?object=staff").has("启用两步验证", "使用恢复代码", "停用两步验证")
}

// crumbs are a browser's cookies for the office, by name.
func (b *browser) crumbs() map[string]*http.Cookie {
	b.t.Helper()
	office, err := url.Parse(b.url + "/office/")
	if err != nil {
		b.t.Fatal(err)
	}
	found := map[string]*http.Cookie{}
	for _, cookie := range b.client.Jar.Cookies(office) {
		found[cookie.Name] = cookie
	}
	return found
}

// bake gives a browser a cookie for the office.
func (b *browser) bake(name, value string) {
	b.t.Helper()
	office, err := url.Parse(b.url + "/office/")
	if err != nil {
		b.t.Fatal(err)
	}
	b.client.Jar.SetCookies(office, []*http.Cookie{{Name: name, Value: value, Path: "/office"}})
}

const codeCookie = "office_code"

// TestSecondStepForged: only the browser that has just proven the password of
// somebody with a second factor comes to the second step. A backup, with the
// secret and the passwords' digests, opens it for nobody.
func TestSecondStepForged(t *testing.T) {
	t.Parallel()
	r := office(t, loopRegister)
	secret := r.turnOn("shenhe")
	copied := filepath.Join(t.TempDir(), "copy.db")
	must(t, "", "backup", copied, "-data", r.data)
	st, err := store.Open(copied, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	staff, err := st.AllStaff()
	if err != nil {
		t.Fatal(err)
	}
	thief := r.browser()
	thief.get("/office/login")
	visitor := thief.crumbs()["office_visitor"].Value
	until := strconv.FormatInt(time.Now().Add(time.Hour).Unix(), 10)
	for _, member := range staff { // as the first step was once sealed
		id := strconv.FormatUint(member.ID, 10)
		seal := base64.RawURLEncoding.EncodeToString(st.Sign("login code", id, until, member.Password, visitor)[:16])
		for _, forged := range []string{id + "." + until + "." + seal, id, seal, ""} {
			thief.bake(codeCookie, forged)
			thief.at(codePath).leads("/office/login")
			thief.post(thief.get("/office/login"), codePath, url.Values{"code": {r.code(secret)}}).leads("/office/login")
		}
	}
	if thief.isSignedIn() {
		t.Fatal("a backup opens the office")
	}

	// Somebody else's first step is of no use in another browser.
	b, asked := r.askedForCode("shenhe")
	thief.bake(codeCookie, b.crumbs()[codeCookie].Value)
	thief.at(codePath).leads("/office/login")
	b.refused(http.StatusUnprocessableEntity, asked, formTo(codePath), map[string]string{"code": "000000"})

	// The factor is off, or the password another one: the step begins anew.
	admin := r.staff("guanli")
	member := admin.get(admin.get("/office/staff").link("shenhe"))
	admin.sends(member, "form[action$='/second-factor']", nil).has("两步验证已停用")
	b.at(codePath).leads("/office/login")
	b.follows(b.send(asked, formTo(codePath), map[string]string{"code": r.code(secret)}))
	if b.isSignedIn() {
		t.Error("the second step lets somebody in who has no second factor")
	}
	secret = r.turnOn("shenhe")
	clerk, asked := r.askedForCode("shenhe")
	clerk.sends(asked, formTo(codePath), map[string]string{"code": r.code(secret)})
	b, _ = r.askedForCode("shenhe")
	clerk.sends(clerk.get("/office/password"), formTo("/office/password"), map[string]string{"old_password": "shenhe-pass1", "password": "other-pass1", "password_confirm": "other-pass1"})
	b.at(codePath).leads("/office/login")
}

// TestSecondStepOnce: one first step lets in once.
func TestSecondStepOnce(t *testing.T) {
	t.Parallel()
	r := office(t, loopRegister)
	secret := r.turnOn("shenhe")
	b, asked := r.askedForCode("shenhe")
	before := b.crumbs()
	b.sends(asked, formTo(codePath), map[string]string{"code": r.code(secret)})
	b.bake(codeCookie, before[codeCookie].Value)
	b.bake("office_visitor", before["office_visitor"].Value)
	b.sends(b.get("/office"), formTo("/office/logout"), nil)
	b.at(codePath).leads("/office/login")
}

// TestSecondFactorGuessing: whoever knows the password has five guesses, shared
// with those of the password.
func TestSecondFactorGuessing(t *testing.T) {
	t.Parallel()
	r := office(t, loopRegister)
	secret := r.turnOn("shenhe")
	b, asked := r.askedForCode("shenhe") // the first of the five
	for range 4 {
		asked = b.refused(http.StatusUnprocessableEntity, asked, formTo(codePath), map[string]string{"code": "abcdef"})
	}
	r.pass(time.Minute)
	asked = b.refused(http.StatusUnprocessableEntity, asked, formTo(codePath), map[string]string{"code": r.code(secret)})
	if got := asked.problems()["code"]; !strings.Contains(got, "分钟后再试") {
		t.Errorf("the sixth guess: %q", got)
	}
	if r.signsIn("shenhe", "shenhe-pass1") {
		t.Error("the password is still asked for")
	}
}

// turnOn gives somebody of the office a second factor.
func (r *running) turnOn(name string) (secret string) {
	r.t.Helper()
	b := r.staff(name)
	form := b.get(factorPath)
	secret = strings.ReplaceAll(form.text(".secret"), " ", "")
	b.sends(form, formTo(factorPath), map[string]string{"code": r.code(secret), "password": name + "-pass1"})
	r.pass(time.Minute) // the next code is another one
	return secret
}

// TestSecondFactorLost: the telephone is gone, and an administrator or the
// console helps.
func TestSecondFactorLost(t *testing.T) {
	t.Parallel()
	r := office(t, loopRegister)
	r.turnOn("shenhe")
	secret := r.turnOn("guanli")
	admin, asked := r.askedForCode("guanli")
	admin.sends(asked, formTo(codePath), map[string]string{"code": r.code(secret)})
	list := admin.get("/office/staff")
	member := admin.get(list.link("shenhe")).has("两步验证", "已启用")
	admin.sends(member, "form[action$='/second-factor']", nil).has("两步验证已停用", "未启用")
	r.staff("shenhe")
	own := admin.get(list.link("guanli"))
	if own.Find("form[action$='/second-factor']").Length() != 0 {
		t.Error("an administrator is offered to remove their own")
	}
	admin.post(own, own.path+"/second-factor", nil).is(http.StatusForbidden)

	said := must(t, "neu-pass1\n", "staff", "password", "guanli", "-password-stdin", "-data", r.data)
	if !strings.Contains(said, "两步验证已一并停用") {
		t.Errorf("the console says %q", said)
	}
	if admin.isSignedIn() || !r.signsIn("guanli", "neu-pass1") {
		t.Error("the console does not open the way back")
	}
}
