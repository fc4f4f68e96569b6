package browser

import (
	"strings"
	"testing"

	"certreissue/e2e/rig"
)

// inView fails unless all the elements can be seen as the page stands.
func (w *window) inView(selectors ...string) {
	w.t.Helper()
	for _, selector := range selectors {
		if !ask[bool](w, `(r => r.height > 0 && r.top >= 0 && r.bottom <= innerHeight)(document.querySelector('`+selector+`').getBoundingClientRect())`) {
			w.t.Errorf("%s is not in view", selector)
		}
	}
}

// TestBrowserSummaryLeads: what is wrong leads to its field with the label and what is said of it.
func TestBrowserSummaryLeads(t *testing.T) {
	t.Parallel()
	chrome := chromium(t)
	r := rig.Office(t, rig.GuideRegister)
	r.Register("测试", rig.LoopNumber)
	for name, v := range map[string]view{"with scripts": {width: 390, touch: true}, "without": {width: 390, touch: true, scriptless: true}} {
		t.Run(name, func(t *testing.T) {
			w := openWindow(r, t, chrome, v)
			w.login(rig.LoopNumber, rig.CandidatePassword)
			w.visit("/apply/self")
			w.follow(button("下一步"))
			for _, field := range []string{"phone", "exam_name", "certificate_number", "city"} {
				w.press(`#problems a[href="#` + field + `"]`)
				if v.scriptless {
					w.arrives(`location.hash == "#` + field + `"`)
				} else if id := ask[string](w, `document.activeElement.id`); id != field {
					t.Errorf("the link to %s leads to %q", field, id)
				}
				w.inView(`label[for="`+field+`"]`, "#"+field+"-error", "#"+field)
				ask[string](w, `scrollTo(0, 0); ""`)
			}
		})
	}
}

// TestBrowserShowPassword: a password can be looked at, and is hidden again when it is sent.
func TestBrowserShowPassword(t *testing.T) {
	t.Parallel()
	w := openWindow(rig.Office(t, rig.LoopRegister), t, chromium(t), view{width: 390, touch: true})
	w.visit("/register")
	w.typeIn("password", "mima-7391", "password_confirm", "mima-7392")
	state := func(want string) {
		t.Helper()
		if got := ask[string](w, `[...document.querySelectorAll("#password, #password_confirm")].map(e => e.type + " " + e.value + " " + e.nextSibling.getAttribute("aria-pressed")).join(", ")`); got != want {
			t.Errorf("the passwords are %q, want %q", got, want)
		}
	}
	state("password mima-7391 false, password mima-7392 false")
	w.press(`#password_confirm + button[type=button]`)
	state("password mima-7391 false, text mima-7392 true")
	w.press(`#password_confirm + button[type=button]`)
	w.press(`#password + button[type=button]`)
	state("text mima-7391 true, password mima-7392 false")
	w.follow(button("注册"))
	w.sees("两次输入的密码不一致")
	state("password mima-7391 false, password mima-7392 false")
}

// TestBrowserCaptchaHeard: the captcha plays in the page, is that of the picture, and costs nothing of what was
// typed; another one costs as little.
func TestBrowserCaptchaHeard(t *testing.T) {
	t.Parallel()
	chrome := chromium(t)
	r := rig.Office(t, rig.LoopRegister)
	l := brokenLine(t, r)
	w := openWindow(r, t, chrome, view{width: 390, touch: true})
	w.onEveryPage(`HTMLMediaElement.prototype.play = (play => function () { window.heard = this; return play.call(this); })(HTMLMediaElement.prototype.play)`)
	w.visit("/register")
	w.typeIn("name", "测试", "id_number", "1101", "email", "a@", "password", "mima-7391", "password_confirm", "mima-7392")
	w.press("#consent")
	ask[bool](w, `window.samePage = true`)
	const values = `[...document.querySelectorAll("main form input:not([type=hidden]):not(#captcha)")].map(e => e.value + e.checked).join()`
	typed := ask[string](w, values)
	plays := func(moment string) {
		t.Helper()
		w.press(link("听验证码"))
		w.until(`document.querySelector(".captcha-said")?.textContent.includes("正在播放") && !heard.paused`)
		if !ask[bool](w, `(id => heard.src.endsWith("/captcha/" + id + ".wav") && document.querySelector(".captcha-picture").src.endsWith("/captcha/" + id + ".png"))(document.querySelector("[name=captcha_id]").value)`) {
			t.Errorf("%s: what is heard is not what is seen", moment)
		}
		if now := ask[string](w, values); now != typed {
			t.Errorf("%s: the form holds %q, it held %q", moment, now, typed)
		}
	}
	plays("at first")
	old := ask[string](w, `document.querySelector(".captcha-picture").src`)
	w.press(button("换一张"))
	w.until(`(i => i.src != "` + old + `" && i.complete && i.naturalWidth > 0)(document.querySelector(".captcha-picture"))`)
	if !ask[bool](w, `heard.paused`) {
		t.Error("the picture is another one, and the digits of the old one are heard")
	}
	plays("after another was asked for")
	l.how.Store(dead)
	w.press(button("换一张"))
	w.until(`document.querySelector(".captcha-said").textContent.includes("没有换成，请再点一次")`)
	l.how.Store(sound)
	if now := ask[string](w, values); now != typed || !ask[bool](w, `samePage`) {
		t.Errorf("without a line the form holds %q, it held %q", now, typed)
	}
	w.typeIn("captcha", "0")
	w.follow(button("注册"))
	w.sees("验证码不正确")
	plays("when it was refused")
	if !ask[bool](w, `samePage`) {
		t.Error("the page was loaded anew")
	}
	w.typeCaptcha()
	w.follow(button("注册"))
	if said := ask[string](w, `document.getElementById("problems").innerText`); strings.Contains(said, "验证码") {
		t.Errorf("the right captcha is refused: %s", said)
	}

	plain := openWindow(r, t, chrome, view{width: 390, touch: true, scriptless: true})
	plain.visit("/register")
	if target := ask[string](plain, `document.querySelector(".captcha-sound").target`); target != "_blank" {
		t.Errorf("without scripts the captcha is heard in %q, where the form was", target)
	}
}
