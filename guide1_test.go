package main

import (
	"bytes"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"certreissue/password"

	"golang.org/x/crypto/bcrypt"
)

// Part 1 of the guide: 注册及登录.

const loopNumber = "110101199003071233" // of 测试 in loopRegister

func TestSignInPages(t *testing.T) {
	t.Parallel()
	r := office(t, loopRegister)
	b := r.browser()
	login := b.get("/")
	login.has("身份证号", "登录密码", "验证码", "换一张", "听验证码", "登录", "注册", "忘记密码", "友情提示", "不必再次注册")
	if login.path != "/login" || login.text("h1") != "证书补办申请系统" {
		t.Errorf("/ leads to %s, titled %q", login.path, login.text("h1"))
	}
	b.get(login.link("注册")).has("姓名", "身份证号", "找回密码时使用此邮箱。", "请输入6-30位的密码，需要包含字母、数字。", "密码确认", "验证码", "返回登录", "不必再次注册")
	b.get("/privacy").is(http.StatusOK).has("个人信息保护说明", "您的权利")
	b.get("/help").is(http.StatusOK).has("一、注册及登录", "照片要求", "五、修改密码")
	for name, start := range map[string]string{".png": "\x89PNG\r\n", ".wav": "RIFF"} {
		path := strings.TrimSuffix(login.Find("img.captcha-picture").AttrOr("src", ""), ".png") + name
		if served := b.at(path).is(http.StatusOK); !bytes.HasPrefix(served.body, []byte(start)) || served.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s begins %.8q, headers %v", name, served.body, served.header)
		}
		r.browser().at(path).is(http.StatusNotFound)
	}
}

func TestRegisterFaults(t *testing.T) {
	t.Parallel()
	r := office(t, loopRegister)
	b := r.browser()
	good := map[string]string{"name": "测试", "id_number": loopNumber, "email": "kaosheng@example.com", "password": candidatePassword, "password_confirm": candidatePassword, "consent": "1"}
	form := b.get("/register")
	refused := func(fill map[string]string) *page {
		typed := maps.Clone(good)
		maps.Copy(typed, fill)
		p := b.refused(http.StatusUnprocessableEntity, form, formTo("/register"), typed)
		p.shows(map[string]string{"name": typed["name"], "id_number": typed["id_number"], "email": typed["email"], "password": "", "password_confirm": "", "captcha": ""})
		if form = p; p.Find("title").Text() == "" || !strings.HasPrefix(p.Find("title").Text(), "错误：") {
			t.Errorf("the title is %q", p.Find("title").Text())
		}
		return p
	}
	for why, c := range map[string]struct {
		fill   map[string]string
		faults []string
	}{
		"nothing filled in": {map[string]string{"name": "", "id_number": "", "email": "", "password": "", "password_confirm": "", "consent": "", "captcha": ""},
			[]string{"name", "id_number", "email", "password", "consent", "captcha"}},
		"no name":                   {map[string]string{"name": " "}, []string{"name"}},
		"a name with digits":        {map[string]string{"name": "测试1"}, []string{"name"}},
		"too long a name":           {map[string]string{"name": strings.Repeat("测", 51)}, []string{"name"}},
		"17 digits":                 {map[string]string{"id_number": loopNumber[:17]}, []string{"id_number"}},
		"an old number":             {map[string]string{"id_number": "610104620927690"}, []string{"id_number"}},
		"a wrong check digit":       {map[string]string{"id_number": loopNumber[:17] + "4"}, []string{"id_number"}},
		"30 February":               {map[string]string{"id_number": "110101199002301233"}, []string{"id_number"}},
		"no region":                 {map[string]string{"id_number": "99" + loopNumber[2:]}, []string{"id_number"}},
		"letters":                   {map[string]string{"id_number": "11010119900307123A"}, []string{"id_number"}},
		"no e-mail":                 {map[string]string{"email": ""}, []string{"email"}},
		"an address without domain": {map[string]string{"email": "kaosheng@"}, []string{"email"}},
		"a header in the address":   {map[string]string{"email": "a@b.cn\nBcc: c@d.cn"}, []string{"email"}},
		"too short a password":      {map[string]string{"password": "abc12", "password_confirm": "abc12"}, []string{"password"}},
		"too long a password":       {map[string]string{"password": strings.Repeat("a1", 16), "password_confirm": strings.Repeat("a1", 16)}, []string{"password"}},
		"no digit":                  {map[string]string{"password": "kaoshengmima", "password_confirm": "kaoshengmima"}, []string{"password"}},
		"no letter":                 {map[string]string{"password": "7391846205", "password_confirm": "7391846205"}, []string{"password"}},
		"the number's tail":         {map[string]string{"password": "ab071233", "password_confirm": "ab071233"}, []string{"password"}},
		"unequal passwords":         {map[string]string{"password_confirm": "kaosheng89"}, []string{"password_confirm"}},
		"no consent":                {map[string]string{"consent": ""}, []string{"consent"}},
		"a wrong captcha":           {map[string]string{"captcha": "x"}, []string{"captcha"}},
		"everything too long": {map[string]string{"name": strings.Repeat("长", 2000), "id_number": strings.Repeat("1", 2000), "email": strings.Repeat("e", 2000) + "@example.com"},
			[]string{"name", "id_number", "email"}},
	} {
		if refused(c.fill).faults(c.faults...); t.Failed() {
			t.Fatalf("the case is: %s", why)
		}
	}
	mismatch := refused(map[string]string{"name": "王五"}).faults("id_number").problems()["id_number"]
	if mismatch == "" || !strings.Contains(mismatch, "窗口") {
		t.Errorf("the sentence of a mismatch is %q", mismatch)
	}
	login := b.sends(form, formTo("/register"), good).has("注册成功")
	if login.path != "/login" {
		t.Errorf("a registration leads to %s", login.path)
	}
	form = b.get("/register")
	if taken := refused(nil).faults("id_number").problems()["id_number"]; taken != mismatch {
		t.Errorf("taken says %q, mismatch %q", taken, mismatch)
	}
	// With a wrong captcha nothing is looked up, so nothing tells that the number is taken.
	refused(map[string]string{"captcha": "0"}).faults("captcha")
}

func TestLoginFaults(t *testing.T) {
	t.Parallel()
	r := office(t, loopRegister)
	r.register("测试", loopNumber)
	b := r.browser()
	form := b.get("/login")
	refused := func(fill map[string]string) *page {
		t.Helper()
		form = b.refused(http.StatusUnprocessableEntity, form, formTo("/login"), fill)
		return form.shows(map[string]string{"id_number": fill["id_number"], "password": "", "captcha": ""})
	}
	empty := refused(map[string]string{"id_number": "", "password": "", "captcha": ""}).faults("id_number", "password", "captcha")
	if says := empty.problems()["captcha"]; says != "请填写验证码。" {
		t.Errorf("an empty captcha is %q", says)
	}
	refused(map[string]string{"id_number": loopNumber[:17] + "4", "password": "x"}).faults("id_number")
	refused(map[string]string{"id_number": loopNumber, "password": ""}).faults("password")
	for range 6 { // more than lock a number
		refused(map[string]string{"id_number": loopNumber, "password": "wrong-pass1", "captcha": "0"}).faults("captcha")
	}

	// Known and unknown numbers get the same answer, but for what was typed.
	pages := map[string]string{}
	headers := map[string]int{}
	for who, number := range map[string]string{"known": loopNumber, "unknown": idNumber(t, 1)} {
		p := refused(map[string]string{"id_number": number, "password": "wrong-pass1"}).faults("id_number")
		pages[who] = strings.NewReplacer(number, "NUMBER", p.Find("[name=captcha_id]").AttrOr("value", ""), "CAPTCHA").Replace(string(p.body))
		headers[who] = len(p.header)
	}
	if pages["known"] != pages["unknown"] || headers["known"] != headers["unknown"] {
		t.Errorf("the answers differ:\n%s\n%s", pages["known"], pages["unknown"])
	}

	other := r.browser()
	_, foreign := other.form(other.get("/login"), formTo("/login"))
	used := b.get("/login")
	_, first := b.form(used, formTo("/login"))
	refused(map[string]string{"id_number": loopNumber, "password": ""})
	good := map[string]string{"id_number": loopNumber, "password": candidatePassword}
	for why, captcha := range map[string][2]string{
		"another's": {foreign.Get("captcha_id"), foreign.Get("captcha")}, "missing": {"", ""}, "unknown": {"x", ""}, "empty": {first.Get("captcha_id"), ""},
	} {
		fill := maps.Clone(good)
		fill["captcha_id"], fill["captcha"] = captcha[0], captcha[1]
		if problems := refused(fill).problems(); len(problems) != 1 || problems["captcha"] == "" {
			t.Errorf("%s: %v", why, problems)
		}
	}
	// The empty answer has used it up.
	replay := maps.Clone(good)
	replay["captcha_id"], replay["captcha"] = first.Get("captcha_id"), first.Get("captcha")
	refused(replay).faults("captcha")

	b.sends(form, formTo("/login"), good).has("补证申请")
}

func TestNewCaptchaWithoutScript(t *testing.T) {
	t.Parallel()
	r := office(t, loopRegister)
	b := r.browser()
	for path, typed := range map[string]map[string]string{
		"/login":    {"id_number": "1101", "password": "secret1"},
		"/register": {"name": "测", "id_number": "1101", "email": "a@", "password": "secret1", "password_confirm": "secret2", "consent": "1"},
		"/forgot":   {"id_number": "1101"},
	} {
		form := b.get(path)
		fill := maps.Clone(typed)
		fill["captcha_refresh"] = "1"
		p := b.refused(http.StatusOK, form, formTo(path), fill).faults()
		typed["password"], typed["password_confirm"], typed["captcha"] = "", "", ""
		delete(typed, "consent")
		p.shows(typed)
		if p.Find("[name=captcha_id]").AttrOr("value", "") == form.Find("[name=captcha_id]").AttrOr("value", "") {
			t.Errorf("%s: the captcha is the same", path)
		}
		if path == "/register" && p.Find("#consent[checked]").Length() != 1 {
			t.Error("the consent is lost")
		}
	}
}

func TestImportedAccounts(t *testing.T) {
	t.Parallel()
	r := office(t, loopRegister)
	strong, err := bcrypt.GenerateFromPassword([]byte(candidatePassword), bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	digests := []string{"md5:yj2019:" + sumHex("md5", "yj2019"+candidatePassword), "sha256:" + sumHex("sha256", candidatePassword), string(strong), password.Hash(candidatePassword)}
	lines := "姓名,身份证号,邮箱,密码摘要\n"
	for i, digest := range digests {
		lines += fmt.Sprintf("甲乙,%s,k%d@example.com,\"%s\"\n", idNumber(t, i+1), i, digest)
	}
	sheet := filepath.Join(t.TempDir(), "accounts.csv")
	if err := os.WriteFile(sheet, []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	if out := must(t, "", "import", "accounts", sheet, "-data", r.data); !strings.Contains(out, "added=4 changed=0 unchanged=0 rejected=0") {
		t.Errorf("the import says %q", out)
	}
	for i := range digests {
		r.browser().login(idNumber(t, i+1), candidatePassword).has("补证申请")
	}
	// The weak digests were renewed by the first sign-in; the password is the same.
	b := r.browser()
	b.login(idNumber(t, 1), candidatePassword)
	b.get("/profile").shows(map[string]string{"name": "甲乙", "email": "k0@example.com"})
	if out := must(t, "", "import", "accounts", sheet, "-data", r.data); !strings.Contains(out, "added=0 changed=0 unchanged=4 rejected=0") {
		t.Errorf("the second import says %q", out)
	}
}

func TestLock(t *testing.T) {
	t.Parallel()
	r := office(t, loopRegister)
	inside := r.register("测试", loopNumber)
	for who, number := range map[string]string{"known": loopNumber, "unknown": idNumber(t, 2)} {
		b := r.browser()
		form := b.get("/login")
		for range 5 {
			form = b.refused(http.StatusUnprocessableEntity, form, formTo("/login"), map[string]string{"id_number": number, "password": "wrong-pass1"}).faults("id_number")
		}
		form = b.refused(http.StatusUnprocessableEntity, form, formTo("/login"), map[string]string{"id_number": number, "password": candidatePassword}).faults("id_number")
		if !strings.Contains(form.problems()["id_number"], "请 15 分钟后再试") {
			t.Errorf("%s: %v", who, form.problems())
		}
	}
	inside.get("/applications").is(http.StatusOK).has("您还没有补证申请")
	r.pass(16 * time.Minute)
	r.browser().login(loopNumber, candidatePassword).has("补证申请")
}
