package browser

import (
	"strings"
	"testing"

	"certreissue/e2e/rig"
)

// The two ways in which text becomes a program, where a page forgets to escape
// it: among elements, and inside an attribute.
const (
	hostileElement   = `<script>alert(1)</script>`
	hostileAttribute = `"><img src=x onerror=alert(1)>`
)

// hostileRegister has them in every column that takes any text.
const hostileRegister = `考试年度,考试名称,姓名,证件号码,领取状态,级别,专业,批准日期,报名市
2020,考试<script>alert(1)</script>,测试,110101199003071233,已领取,"级""><img src=x onerror=alert(1)>",业<script>alert(1)</script>,20201122,"""><img src=x onerror=alert(1)>"
`

// TestBrowserHostileText brings such text into every page that shows it. A window
// fails by itself when a script is tried, since the policy forbids it.
func TestBrowserHostileText(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, hostileRegister)
	r.Register("测试", "110101199003071233")
	browser := chromium(t)
	candidate, reviewer := openWindow(r, t, browser, view{width: 1280}), openWindow(r, t, browser, view{width: 1280})
	shown := func(w *window, texts ...string) {
		t.Helper()
		all := ask[string](w, `document.querySelector("main").innerText + [...document.querySelectorAll("main input, main option")].map(i => i.value + i.text).join("\n")`)
		for _, text := range texts {
			if !strings.Contains(all, text) {
				t.Errorf("%s does not show %q:\n%s", ask[string](w, `location.href`), text, all)
			}
		}
		if n := ask[int](w, `document.querySelectorAll("main script, img[src=x], [onerror]").length`); n != 0 {
			t.Errorf("%s has %d elements made of text", ask[string](w, `location.href`), n)
		}
	}

	candidate.visit("/register")
	candidate.typeIn("name", hostileElement, "id_number", hostileElement, "email", hostileAttribute)
	candidate.follow(button("注册"))
	shown(candidate, hostileElement, hostileAttribute)

	candidate.login("110101199003071233", rig.CandidatePassword)
	candidate.pick("exam", "2020")
	candidate.follow(button("查询证书"))
	shown(candidate, "考试"+hostileElement, "级"+hostileAttribute, "业"+hostileElement)
	candidate.follow(link("申请补证"))
	candidate.typeIn("phone", "<b>", "certificate_number", hostileAttribute)
	candidate.follow(button("下一步"))
	shown(candidate, "考试"+hostileElement, "级"+hostileAttribute, "业"+hostileElement, "<b>", hostileAttribute)
	candidate.typeIn("phone", "13900000000", "certificate_number", "无")
	candidate.follow(button("下一步"))
	shown(candidate, "考试"+hostileElement)

	reviewer.officeLogin("shenhe", "shenhe-pass1")
	reviewer.visit("/office/applications")
	shown(reviewer, "考试"+hostileElement, hostileAttribute)
	reviewer.follow(".queue tbody a")
	shown(reviewer, "考试"+hostileElement, "级"+hostileAttribute, "业"+hostileElement)
	reviewer.press(`//summary[contains(., "退回修改")]`)
	reviewer.press("#return-other")
	reviewer.typeIn("return-note", hostileElement+hostileAttribute)
	reviewer.follow(button("退回修改"))
	reviewer.follow(link("再看一眼"))
	shown(reviewer, hostileElement+hostileAttribute)

	candidate.visit("/applications")
	shown(candidate, "考试"+hostileElement)
	candidate.follow("main tbody th a")
	shown(candidate, "级"+hostileAttribute, hostileElement+hostileAttribute)
	candidate.follow(link("申请信息维护"))
	shown(candidate, "级"+hostileAttribute, hostileElement+hostileAttribute)
}
