package candidate

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

	"certreissue/e2e/rig"
	"certreissue/password"

	"golang.org/x/crypto/bcrypt"
)

func TestSignInPages(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister)
	b := r.Browser()
	login := b.Get("/")
	login.Has("身份证号", "登录密码", "验证码", "换一张", "听验证码", "登录", "注册", "忘记密码", "友情提示", "不必再次注册")
	if login.Path != "/login" || login.TextOf("h1") != "证书补办申请系统" {
		t.Errorf("/ leads to %s, titled %q", login.Path, login.TextOf("h1"))
	}
	b.Get(login.Link("注册")).Has("姓名", "身份证号", "找回密码时使用此邮箱。", "请输入6-30位的密码，需要包含字母、数字。", "密码确认", "验证码", "返回登录", "不必再次注册")
	b.Get("/privacy").Is(http.StatusOK).Has("个人信息保护说明", "您的权利")
	b.Get("/help").Is(http.StatusOK).Has("一、注册及登录", "照片要求", "五、修改密码")
	for name, start := range map[string]string{".png": "\x89PNG\r\n", ".wav": "RIFF"} {
		path := strings.TrimSuffix(login.Find("img.captcha-picture").AttrOr("src", ""), ".png") + name
		served := b.At(path).Is(http.StatusOK)
		if !bytes.HasPrefix(served.Body, []byte(start)) || served.Header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s begins %.8q, headers %v", name, served.Body, served.Header)
		}
		// Players on iOS ask for two bytes, then for the rest.
		var parts []byte
		for _, part := range []string{"bytes=0-1", "bytes=2-"} {
			r, err := http.NewRequest(http.MethodGet, b.URL+path, nil)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("Range", part)
			parts = append(parts, b.Ask(r).Is(http.StatusPartialContent).Body...)
		}
		if !bytes.Equal(parts, served.Body) {
			t.Errorf("%s in parts is another one", name)
		}
		r.Browser().At(path).Is(http.StatusNotFound)
	}
}

func TestRegisterFaults(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister)
	b := r.Browser()
	good := map[string]string{"name": "测试", "id_number": rig.LoopNumber, "email": "kaosheng@example.com", "password": rig.CandidatePassword, "password_confirm": rig.CandidatePassword, "consent": "1"}
	form := b.Get("/register")
	refused := func(fill map[string]string) *rig.Page {
		typed := maps.Clone(good)
		maps.Copy(typed, fill)
		p := b.Refused(http.StatusUnprocessableEntity, form, rig.FormTo("/register"), typed)
		p.Shows(map[string]string{"name": typed["name"], "id_number": typed["id_number"], "email": typed["email"], "password": "", "password_confirm": "", "captcha": ""})
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
		"17 digits":                 {map[string]string{"id_number": rig.LoopNumber[:17]}, []string{"id_number"}},
		"an old number":             {map[string]string{"id_number": "610104620927690"}, []string{"id_number"}},
		"a wrong check digit":       {map[string]string{"id_number": rig.LoopNumber[:17] + "4"}, []string{"id_number"}},
		"30 February":               {map[string]string{"id_number": "110101199002301233"}, []string{"id_number"}},
		"no region":                 {map[string]string{"id_number": "99" + rig.LoopNumber[2:]}, []string{"id_number"}},
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
		if refused(c.fill).Faults(c.faults...); t.Failed() {
			t.Fatalf("the case is: %s", why)
		}
	}
	mismatch := refused(map[string]string{"name": "王五"}).Faults("id_number").Problems()["id_number"]
	if mismatch == "" || !strings.Contains(mismatch, "窗口") {
		t.Errorf("the sentence of a mismatch is %q", mismatch)
	}
	login := b.Sends(form, rig.FormTo("/register"), good).Has("注册成功")
	if login.Path != "/login" {
		t.Errorf("a registration leads to %s", login.Path)
	}
	form = b.Get("/register")
	if taken := refused(nil).Faults("id_number").Problems()["id_number"]; taken != mismatch {
		t.Errorf("taken says %q, mismatch %q", taken, mismatch)
	}
	// With a wrong captcha nothing is looked up, so nothing tells that the number is taken.
	refused(map[string]string{"captcha": "0"}).Faults("captcha")
}

func TestLoginFaults(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister)
	r.Register("测试", rig.LoopNumber)
	b := r.Browser()
	form := b.Get("/login")
	refused := func(fill map[string]string) *rig.Page {
		t.Helper()
		form = b.Refused(http.StatusUnprocessableEntity, form, rig.FormTo("/login"), fill)
		return form.Shows(map[string]string{"id_number": fill["id_number"], "password": "", "captcha": ""})
	}
	empty := refused(map[string]string{"id_number": "", "password": "", "captcha": ""}).Faults("id_number", "password", "captcha")
	if says := empty.Problems()["captcha"]; says != "请填写验证码。" {
		t.Errorf("an empty captcha is %q", says)
	}
	refused(map[string]string{"id_number": rig.LoopNumber[:17] + "4", "password": "x"}).Faults("id_number")
	refused(map[string]string{"id_number": rig.LoopNumber, "password": ""}).Faults("password")
	for range 6 { // more than lock a number
		refused(map[string]string{"id_number": rig.LoopNumber, "password": "wrong-pass1", "captcha": "0"}).Faults("captcha")
	}

	// Known and unknown numbers get the same answer, but for what was typed.
	pages := map[string]string{}
	headers := map[string]int{}
	for who, number := range map[string]string{"known": rig.LoopNumber, "unknown": rig.IDNumber(t, 1)} {
		p := refused(map[string]string{"id_number": number, "password": "wrong-pass1"}).Faults("id_number")
		pages[who] = strings.NewReplacer(number, "NUMBER", p.Find("[name=captcha_id]").AttrOr("value", ""), "CAPTCHA").Replace(string(p.Body))
		headers[who] = len(p.Header)
	}
	if pages["known"] != pages["unknown"] || headers["known"] != headers["unknown"] {
		t.Errorf("the answers differ:\n%s\n%s", pages["known"], pages["unknown"])
	}

	other := r.Browser()
	_, foreign := other.Form(other.Get("/login"), rig.FormTo("/login"))
	used := b.Get("/login")
	_, first := b.Form(used, rig.FormTo("/login"))
	refused(map[string]string{"id_number": rig.LoopNumber, "password": ""})
	good := map[string]string{"id_number": rig.LoopNumber, "password": rig.CandidatePassword}
	for why, captcha := range map[string][2]string{
		"another's": {foreign.Get("captcha_id"), foreign.Get("captcha")}, "missing": {"", ""}, "unknown": {"x", ""}, "empty": {first.Get("captcha_id"), ""},
	} {
		fill := maps.Clone(good)
		fill["captcha_id"], fill["captcha"] = captcha[0], captcha[1]
		if problems := refused(fill).Problems(); len(problems) != 1 || problems["captcha"] == "" {
			t.Errorf("%s: %v", why, problems)
		}
	}
	// The empty answer has used it up.
	replay := maps.Clone(good)
	replay["captcha_id"], replay["captcha"] = first.Get("captcha_id"), first.Get("captcha")
	refused(replay).Faults("captcha")

	b.Sends(form, rig.FormTo("/login"), good).Has("补证申请")
}

func TestNewCaptchaWithoutScript(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister)
	b := r.Browser()
	for path, typed := range map[string]map[string]string{
		"/login":    {"id_number": "1101", "password": "secret1"},
		"/register": {"name": "测", "id_number": "1101", "email": "a@", "password": "secret1", "password_confirm": "secret2", "consent": "1"},
		"/forgot":   {"id_number": "1101"},
	} {
		form := b.Get(path)
		fill := maps.Clone(typed)
		fill["captcha_refresh"] = "1"
		p := b.Refused(http.StatusOK, form, rig.FormTo(path), fill).Faults()
		typed["password"], typed["password_confirm"], typed["captcha"] = "", "", ""
		delete(typed, "consent")
		p.Shows(typed)
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
	r := rig.Office(t, rig.LoopRegister)
	strong, err := bcrypt.GenerateFromPassword([]byte(rig.CandidatePassword), bcrypt.MinCost)
	if err != nil {
		t.Fatal(err)
	}
	digests := []string{"md5:yj2019:" + rig.SumHex("md5", "yj2019"+rig.CandidatePassword), "sha256:" + rig.SumHex("sha256", rig.CandidatePassword), string(strong), password.Hash(rig.CandidatePassword)}
	lines := "姓名,身份证号,邮箱,密码摘要\n"
	for i, digest := range digests {
		lines += fmt.Sprintf("甲乙,%s,k%d@example.com,\"%s\"\n", rig.IDNumber(t, i+1), i, digest)
	}
	sheet := filepath.Join(t.TempDir(), "accounts.csv")
	if err := os.WriteFile(sheet, []byte(lines), 0o600); err != nil {
		t.Fatal(err)
	}
	if out := rig.Must(t, "", "import", "accounts", sheet, "-data", r.Data); !strings.Contains(out, "added=4 changed=0 unchanged=0 rejected=0") {
		t.Errorf("the import says %q", out)
	}
	for i := range digests {
		r.Browser().Login(rig.IDNumber(t, i+1), rig.CandidatePassword).Has("补证申请")
	}
	// The weak digests were renewed by the first sign-in; the password is the same.
	b := r.Browser()
	b.Login(rig.IDNumber(t, 1), rig.CandidatePassword)
	b.Get("/profile").Shows(map[string]string{"name": "甲乙", "email": "k0@example.com"})
	if out := rig.Must(t, "", "import", "accounts", sheet, "-data", r.Data); !strings.Contains(out, "added=0 changed=0 unchanged=4 rejected=0") {
		t.Errorf("the second import says %q", out)
	}
}

func TestLock(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister)
	inside := r.Register("测试", rig.LoopNumber)
	for who, number := range map[string]string{"known": rig.LoopNumber, "unknown": rig.IDNumber(t, 2)} {
		b := r.Browser()
		form := b.Get("/login")
		for range 5 {
			form = b.Refused(http.StatusUnprocessableEntity, form, rig.FormTo("/login"), map[string]string{"id_number": number, "password": "wrong-pass1"}).Faults("id_number")
		}
		form = b.Refused(http.StatusUnprocessableEntity, form, rig.FormTo("/login"), map[string]string{"id_number": number, "password": rig.CandidatePassword}).Faults("id_number")
		if !strings.Contains(form.Problems()["id_number"], "请 15 分钟后再试") {
			t.Errorf("%s: %v", who, form.Problems())
		}
	}
	inside.Get("/applications").Is(http.StatusOK).Has("您还没有补证申请")
	r.Pass(16 * time.Minute)
	r.Browser().Login(rig.LoopNumber, rig.CandidatePassword).Has("补证申请")
}
