package office

import (
	"encoding/base64"
	"net/http"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"certreissue/e2e/rig"
	"certreissue/store"

	"github.com/PuerkitoBio/goquery"
	"github.com/pquerna/otp/totp"
)

// appCode is what an authenticator app shows now.
func appCode(r *rig.Running, secret string) string {
	r.T.Helper()
	code, err := totp.GenerateCode(secret, time.Now().Add(time.Duration(r.Skew.Load())))
	if err != nil {
		r.T.Fatal(err)
	}
	return code
}

// askedForCode passes the first step of a sign-in that has a second one.
func askedForCode(r *rig.Running, name string) (*rig.Browser, *rig.Page) {
	r.T.Helper()
	b := r.Browser()
	asked := signInOffice(b, name, name+"-pass1").Has("两步验证", "恢复代码")
	if asked.Path != "/office/login/code" || b.IsSignedIn() {
		r.T.Fatalf("the password alone leads to %s", asked.Path)
	}
	return b, asked
}

const factorPath, codePath = "/office/second-factor", "/office/login/code"

// TestSecondFactor turns a second factor on, signs in with it and turns it off.
func TestSecondFactor(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister)
	clerk, elsewhere := r.Staff("shenhe"), r.Staff("shenhe")
	form := clerk.Get(clerk.Get("/office/password").Link("启用"))
	secret := strings.ReplaceAll(form.TextOf(".secret"), " ", "")
	picture := form.Find(".scan img").AttrOr("src", "")
	if code := clerk.At(picture).Is(http.StatusOK); code.Header.Get("Cache-Control") != "no-store" || code.Header.Get("Content-Type") != "image/svg+xml" {
		t.Errorf("the QR code: %v", code.Header)
	}
	elsewhere.At(picture).Is(http.StatusOK) // the same person
	r.Staff("guanli").At(picture).Is(http.StatusNotFound)

	form = clerk.Refused(http.StatusUnprocessableEntity, form, rig.FormTo(factorPath), map[string]string{"code": "", "password": ""}).Faults("code", "password")
	form = clerk.Refused(http.StatusUnprocessableEntity, form, rig.FormTo(factorPath), map[string]string{"code": appCode(r, secret), "password": "wrong-pass1"}).Faults("password")
	form = clerk.Refused(http.StatusUnprocessableEntity, form, rig.FormTo(factorPath), map[string]string{"code": "abcdef", "password": "shenhe-pass1"}).Faults("code")
	if again := strings.ReplaceAll(form.TextOf(".secret"), " ", ""); again != secret {
		t.Errorf("a refused form has another secret")
	}
	first := appCode(r, secret)
	codes := clerk.Sends(form, rig.FormTo(factorPath), map[string]string{"code": first, "password": "shenhe-pass1"}).Has("恢复代码", "离开本页后不再显示")
	recovery := codes.Find(".recovery li").Map(func(_ int, item *goquery.Selection) string { return item.Text() })
	if len(recovery) != 10 {
		t.Fatalf("recovery codes %q", recovery)
	}
	clerk.Get(codes.Path).Has("停用两步验证", "还剩 10 个")
	if list := rig.Must(t, "", "staff", "list", "-data", r.Data); !strings.Contains(list, "shenhe  审核员  已启用两步验证") || !strings.Contains(list, "guanli  管理员  未启用两步验证") {
		t.Errorf("staff list: %s", list)
	}
	if elsewhere.IsSignedIn() || !clerk.IsSignedIn() {
		t.Error("turning it on has not ended the other session, or this one")
	}

	r.Browser().At(codePath).Leads("/office/login")
	b, asked := askedForCode(r, "shenhe")
	asked = b.Refused(http.StatusUnprocessableEntity, asked, rig.FormTo(codePath), map[string]string{"code": ""}).Faults("code")
	asked = b.Refused(http.StatusUnprocessableEntity, asked, rig.FormTo(codePath), map[string]string{"code": first}).Faults("code") // used
	r.Pass(time.Minute)
	code := appCode(r, secret)
	b.Sends(asked, rig.FormTo(codePath), map[string]string{"code": code}).Has("工作台")
	b.At(codePath).Leads("/office/login")
	b, asked = askedForCode(r, "shenhe")
	b.Refused(http.StatusUnprocessableEntity, asked, rig.FormTo(codePath), map[string]string{"code": code}).Faults("code")
	b.Sends(asked, rig.FormTo(codePath), map[string]string{"code": strings.ToUpper(recovery[0])})
	b.Get(factorPath).Has("还剩 9 个")

	b, asked = askedForCode(r, "shenhe")
	b.Refused(http.StatusUnprocessableEntity, asked, rig.FormTo(codePath), map[string]string{"code": recovery[0]}).Faults("code")
	r.Pass(6 * time.Minute)
	late := b.Follows(b.Send(asked, rig.FormTo(codePath), map[string]string{"code": recovery[1]}))
	if late.Path != "/office/login" || b.IsSignedIn() {
		t.Errorf("the second step after six minutes leads to %s", late.Path)
	}

	clerk, asked = askedForCode(r, "shenhe")
	clerk.Sends(asked, rig.FormTo(codePath), map[string]string{"code": recovery[1]})
	off := clerk.Refused(http.StatusUnprocessableEntity, clerk.Get(factorPath), rig.FormTo(factorPath+"/remove"), map[string]string{"password": "shenhe-pass1", "code": recovery[1]}).Faults("code")
	clerk.Sends(off, rig.FormTo(factorPath+"/remove"), map[string]string{"password": "shenhe-pass1", "code": appCode(r, secret)}).Has("两步验证已停用")
	r.Staff("shenhe")
	r.Staff("shenji").Get("/office/audit?object=staff").Has("启用两步验证", "使用恢复代码", "停用两步验证")
}

// crumbs are a browser's cookies for the office, by name.
func crumbs(b *rig.Browser) map[string]*http.Cookie {
	b.T.Helper()
	office, err := url.Parse(b.URL + "/office/")
	if err != nil {
		b.T.Fatal(err)
	}
	found := map[string]*http.Cookie{}
	for _, cookie := range b.Client.Jar.Cookies(office) {
		found[cookie.Name] = cookie
	}
	return found
}

// bake gives a browser a cookie for the office.
func bake(b *rig.Browser, name, value string) {
	b.T.Helper()
	office, err := url.Parse(b.URL + "/office/")
	if err != nil {
		b.T.Fatal(err)
	}
	b.Client.Jar.SetCookies(office, []*http.Cookie{{Name: name, Value: value, Path: "/office"}})
}

const codeCookie = "office_code"

// TestSecondStepForged: only the browser that has just proven the password of
// somebody with a second factor comes to the second step. A backup, with the
// secret and the passwords' digests, opens it for nobody.
func TestSecondStepForged(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister)
	secret := turnOn(r, "shenhe")
	copied := filepath.Join(t.TempDir(), "copy.db")
	rig.Must(t, "", "backup", copied, "-data", r.Data)
	st, err := store.Open(copied, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	staff, err := st.AllStaff()
	if err != nil {
		t.Fatal(err)
	}
	thief := r.Browser()
	thief.Get("/office/login")
	visitor := crumbs(thief)["office_visitor"].Value
	until := strconv.FormatInt(time.Now().Add(time.Hour).Unix(), 10)
	for _, member := range staff { // as the first step was once sealed
		id := strconv.FormatUint(member.ID, 10)
		seal := base64.RawURLEncoding.EncodeToString(st.Sign("login code", id, until, member.Password, visitor)[:16])
		for _, forged := range []string{id + "." + until + "." + seal, id, seal, ""} {
			bake(thief, codeCookie, forged)
			thief.At(codePath).Leads("/office/login")
			thief.Post(thief.Get("/office/login"), codePath, url.Values{"code": {appCode(r, secret)}}).Leads("/office/login")
		}
	}
	if thief.IsSignedIn() {
		t.Fatal("a backup opens the office")
	}

	// Somebody else's first step is of no use in another browser.
	b, asked := askedForCode(r, "shenhe")
	bake(thief, codeCookie, crumbs(b)[codeCookie].Value)
	thief.At(codePath).Leads("/office/login")
	b.Refused(http.StatusUnprocessableEntity, asked, rig.FormTo(codePath), map[string]string{"code": "000000"})

	// The factor is off, or the password another one: the step begins anew.
	admin := r.Staff("guanli")
	member := admin.Get(admin.Get("/office/staff").Link("shenhe"))
	admin.Sends(member, "form[action$='/second-factor']", nil).Has("两步验证已停用")
	b.At(codePath).Leads("/office/login")
	b.Follows(b.Send(asked, rig.FormTo(codePath), map[string]string{"code": appCode(r, secret)}))
	if b.IsSignedIn() {
		t.Error("the second step lets somebody in who has no second factor")
	}
	secret = turnOn(r, "shenhe")
	clerk, asked := askedForCode(r, "shenhe")
	clerk.Sends(asked, rig.FormTo(codePath), map[string]string{"code": appCode(r, secret)})
	b, _ = askedForCode(r, "shenhe")
	clerk.Sends(clerk.Get("/office/password"), rig.FormTo("/office/password"), map[string]string{"old_password": "shenhe-pass1", "password": "other-pass1", "password_confirm": "other-pass1"})
	b.At(codePath).Leads("/office/login")
}

// TestSecondStepOnce: one first step lets in once.
func TestSecondStepOnce(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister)
	secret := turnOn(r, "shenhe")
	b, asked := askedForCode(r, "shenhe")
	before := crumbs(b)
	b.Sends(asked, rig.FormTo(codePath), map[string]string{"code": appCode(r, secret)})
	bake(b, codeCookie, before[codeCookie].Value)
	bake(b, "office_visitor", before["office_visitor"].Value)
	b.Sends(b.Get("/office"), rig.FormTo("/office/logout"), nil)
	b.At(codePath).Leads("/office/login")
}

// TestSecondFactorGuessing: whoever knows the password has five guesses, shared
// with those of the password.
func TestSecondFactorGuessing(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister)
	secret := turnOn(r, "shenhe")
	b, asked := askedForCode(r, "shenhe") // the first of the five
	for range 4 {
		asked = b.Refused(http.StatusUnprocessableEntity, asked, rig.FormTo(codePath), map[string]string{"code": "abcdef"})
	}
	r.Pass(time.Minute)
	asked = b.Refused(http.StatusUnprocessableEntity, asked, rig.FormTo(codePath), map[string]string{"code": appCode(r, secret)})
	if got := asked.Problems()["code"]; !strings.Contains(got, "分钟后再试") {
		t.Errorf("the sixth guess: %q", got)
	}
	if signsIn(r, "shenhe", "shenhe-pass1") {
		t.Error("the password is still asked for")
	}
}

// turnOn gives somebody of the office a second factor.
func turnOn(r *rig.Running, name string) (secret string) {
	r.T.Helper()
	b := r.Staff(name)
	form := b.Get(factorPath)
	secret = strings.ReplaceAll(form.TextOf(".secret"), " ", "")
	b.Sends(form, rig.FormTo(factorPath), map[string]string{"code": appCode(r, secret), "password": name + "-pass1"})
	r.Pass(time.Minute) // the next code is another one
	return secret
}

// TestSecondFactorLost: the telephone is gone, and an administrator or the
// console helps.
func TestSecondFactorLost(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister)
	turnOn(r, "shenhe")
	secret := turnOn(r, "guanli")
	admin, asked := askedForCode(r, "guanli")
	admin.Sends(asked, rig.FormTo(codePath), map[string]string{"code": appCode(r, secret)})
	list := admin.Get("/office/staff")
	member := admin.Get(list.Link("shenhe")).Has("两步验证", "已启用")
	admin.Sends(member, "form[action$='/second-factor']", nil).Has("两步验证已停用", "未启用")
	r.Staff("shenhe")
	own := admin.Get(list.Link("guanli"))
	if own.Find("form[action$='/second-factor']").Length() != 0 {
		t.Error("an administrator is offered to remove their own")
	}
	admin.Post(own, own.Path+"/second-factor", nil).Is(http.StatusForbidden)

	said := rig.Must(t, "neu-pass1\n", "staff", "password", "guanli", "-password-stdin", "-data", r.Data)
	if !strings.Contains(said, "两步验证已一并停用") {
		t.Errorf("the console says %q", said)
	}
	if admin.IsSignedIn() || !signsIn(r, "guanli", "neu-pass1") {
		t.Error("the console does not open the way back")
	}
}
