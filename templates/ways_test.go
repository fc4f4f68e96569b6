package templates

import (
	"strings"
	"testing"
)

// TestWays: words that name a page lead there, at the field and in the summary, and what is said stays.
func TestWays(t *testing.T) {
	set := newSet(t)
	for message, want := range map[string]string{
		"身份证号或密码不正确，请重新输入。没有账号的请先注册；忘记密码的可以找回密码。":    "/register 注册 /forgot 找回密码",
		"该身份证号已注册，或姓名与登记信息不一致。已注册过的请直接登录，忘记密码可找回密码。": "/login 登录 /forgot 找回密码",
		"尝试次数过多，请 15 分钟后再试。忘记密码的，可以找回密码，或带证件到窗口办理。":  "/forgot 找回密码 /help#counter 窗口",
		"请填写身份证号。": "",
	} {
		page := Login{Page{Form: Form{Problems: []Problem{{"id_number", message}}}}}
		doc := document(t, render(t, set, page))
		for _, place := range []string{"#problems li", "#id_number-error"} {
			var got []string
			at := doc.Find(place)
			for _, link := range at.Find("a:not([href^='#'])").EachIter() {
				got = append(got, link.AttrOr("href", ""), link.Text())
			}
			if said := strings.TrimPrefix(at.Text(), "错误："); strings.Join(got, " ") != want || said != message {
				t.Errorf("%s: %q leads to %q", place, said, got)
			}
		}
		if field := doc.Find("#problems li a").First(); field.AttrOr("href", "") != "#id_number" || doc.Find("#problems a a").Length() > 0 {
			t.Errorf("%q leads to %q first", message, field.AttrOr("href", ""))
		}
	}
}

// TestKeyboards: no keyboard corrects a number, an address or a password, every field names its Enter key,
// and programs that keep passwords are told whose each is.
func TestKeyboards(t *testing.T) {
	set := newSet(t)
	for name, data := range sample() {
		if strings.Contains(name, "office/") {
			continue
		}
		doc := document(t, render(t, set, data))
		for _, input := range doc.Find("form[method=post] input").EachIter() {
			id, kind := input.AttrOr("id", ""), input.AttrOr("type", "")
			if kind == "hidden" || kind == "checkbox" || kind == "file" || input.AttrOr("hidden", "none") == "" {
				continue
			}
			if input.AttrOr("enterkeyhint", "") == "" {
				t.Errorf("%s: %s does not name its Enter key", name, id)
			}
			words := id == "name" || id == "exam_name" || id == "level" || id == "specialty" || id == "city"
			if plain := input.AttrOr("spellcheck", "") == "false" && input.AttrOr("autocapitalize", "") == "off"; plain == words {
				t.Errorf("%s: %s is corrected by keyboards: %t", name, id, !plain)
			}
		}
		for _, form := range doc.Find("form:has(input[type=password])").EachIter() {
			if form.Find("input[autocomplete=username]").Length() != 1 {
				t.Errorf("%s: nobody is told whose password it is", name)
			}
			for _, input := range form.Find("input[type=password]").EachIter() {
				want := "new-password"
				if id := input.AttrOr("id", ""); id == "old_password" || strings.HasPrefix(name, "candidate/login") || form.Find("[name=password_confirm]").Length() == 0 {
					want = "current-password"
				}
				if got := input.AttrOr("autocomplete", ""); got != want {
					t.Errorf("%s: %s is completed as %q", name, input.AttrOr("id", ""), got)
				}
			}
		}
	}
}
