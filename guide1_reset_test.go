package main

import (
	"crypto/md5"
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

func sumHex(algorithm, text string) string {
	if algorithm == "md5" {
		sum := md5.Sum([]byte(text))
		return hex.EncodeToString(sum[:])
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// forgot asks for a reset mail and answers the page that says what happens.
func (b *browser) forgot(number string) *page {
	b.t.Helper()
	return b.sends(b.get("/forgot"), formTo("/forgot"), map[string]string{"id_number": number})
}

// resetPath is the address of the link in the nth reset mail.
func (r *running) resetPath(n int) string {
	r.t.Helper()
	_, link, found := strings.Cut(r.mail("找回密码", n).Body, r.url)
	path, _, _ := strings.Cut(link, "\n")
	if !found || !strings.HasPrefix(path, "/reset?token=") {
		r.t.Fatalf("the mail has no link to %s: %q", r.url, link)
	}
	return path
}

func TestForgottenPassword(t *testing.T) {
	t.Parallel()
	r := office(t, loopRegister)
	inside := r.register("测试", loopNumber)
	b := r.browser()
	b.refused(http.StatusUnprocessableEntity, b.get("/forgot"), formTo("/forgot"), map[string]string{"id_number": "", "captcha": "0"}).faults("id_number", "captcha")

	known := b.forgot(loopNumber).has("20 分钟内有效", "带证件到窗口")
	if unknown := b.forgot(idNumber(t, 1)); string(unknown.body) != string(known.body) {
		t.Errorf("known and unknown differ:\n%s\n%s", known.body, unknown.body)
	}
	older := r.resetPath(1)
	b.forgot(loopNumber)
	newest := r.resetPath(2)
	b.get(older).is(http.StatusNotFound).has("链接已失效").link("重新发送邮件")
	b.get(newest).is(http.StatusOK)
	form := b.get(newest).is(http.StatusOK)
	form = b.refused(http.StatusUnprocessableEntity, form, formTo("/reset"), map[string]string{"password": "xin-mima88", "password_confirm": "xin-mima89"}).faults("password_confirm")
	form = b.refused(http.StatusUnprocessableEntity, form, formTo("/reset"), map[string]string{"password": "short", "password_confirm": "short"}).faults("password")
	inside.get("/applications").is(http.StatusOK).has("您还没有补证申请")

	next := map[string]string{"password": "xin-mima88", "password_confirm": "xin-mima88"}
	if done := b.sends(form, formTo("/reset"), next).has("新密码已设置"); done.path != "/login" {
		t.Errorf("a reset leads to %s", done.path)
	}
	inside.at("/applications").leads("/login")
	b.get(newest).is(http.StatusNotFound)
	used := b.send(form, formTo("/reset"), next).is(http.StatusUnprocessableEntity)
	if len(used.problems()) == 0 {
		t.Error("a used link is refused without a word")
	}
	b.post(form, "/reset", url.Values{"token": {"unknown"}, "password": {"xin-mima88"}, "password_confirm": {"xin-mima88"}}).is(http.StatusUnprocessableEntity)
	b.refused(http.StatusUnprocessableEntity, b.get("/login"), formTo("/login"), map[string]string{"id_number": loopNumber, "password": candidatePassword}).faults("id_number")
	b.login(loopNumber, "xin-mima88").has("补证申请")
}

func TestResetLinkExpires(t *testing.T) {
	t.Parallel()
	r := office(t, loopRegister)
	r.register("测试", loopNumber)
	b := r.browser()
	b.forgot(loopNumber)
	path := r.resetPath(1)
	form := b.get(path).is(http.StatusOK)
	r.pass(21 * time.Minute)
	b.get(path).is(http.StatusNotFound)
	b.send(form, formTo("/reset"), map[string]string{"password": "xin-mima88", "password_confirm": "xin-mima88"}).is(http.StatusUnprocessableEntity)
}

// TestSessions: a new id at sign-in, a planted one refused, one that was
// logged out dead.
func TestSessions(t *testing.T) {
	t.Parallel()
	r := office(t, loopRegister)
	b := r.register("测试", loopNumber)
	address, _ := url.Parse(r.url)
	cookie := func() string {
		for _, c := range b.client.Jar.Cookies(address) {
			if c.Name == "session" {
				return c.Value
			}
		}
		return ""
	}
	first := cookie()
	b.sends(b.get("/apply"), formTo("/logout"), nil).has("已退出登录")
	b.client.Jar.SetCookies(address, []*http.Cookie{{Name: "session", Value: first, Path: "/"}})
	b.at("/apply").leads("/login")
	planted := "planted-by-somebody"
	b.client.Jar.SetCookies(address, []*http.Cookie{{Name: "session", Value: planted, Path: "/"}})
	b.login(loopNumber, candidatePassword)
	if now := cookie(); now == planted || now == first || now == "" {
		t.Errorf("signing in gives the session %q", now)
	}
	r.pass(2*time.Hour + time.Minute)
	b.at("/apply").leads("/login")
}
