package browser

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"certreissue/e2e/rig"
	"certreissue/sample"

	"github.com/chromedp/cdproto/accessibility"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// person is somebody of the demo, by their name or user name.
func person(name string) sample.Login {
	logins := sample.Logins()
	return logins[slices.IndexFunc(logins, func(l sample.Login) bool { return l.Name == name || l.Username == name })]
}

// tab goes on to the next thing by the key, which must show where it is.
func (w *window) tab() {
	w.t.Helper()
	w.do(chromedp.KeyEvent(kb.Tab))
	if lost := ask[string](w, `(() => {
		const e = document.activeElement, r = e.getBoundingClientRect(), s = getComputedStyle(e);
		const seen = e !== document.body && r.width > 0 && r.height > 0 && r.bottom > 0 && r.top < innerHeight;
		return seen && (s.outlineStyle !== "none" || s.boxShadow !== "none") ? "" : e.outerHTML.slice(0, 200);
	})()`); lost != "" {
		w.t.Fatalf("the focus does not show: %s", lost)
	}
}

// tabTo goes on until the focus is there.
func (w *window) tabTo(selector string) {
	w.t.Helper()
	for range 80 {
		if ask[bool](w, `document.activeElement.matches(`+"`"+selector+"`"+`)`) {
			return
		}
		w.tab()
	}
	w.t.Fatalf("Tab does not reach %s", selector)
}

// keys types where the focus is.
func (w *window) keys(text string) {
	w.t.Helper()
	w.do(chromedp.KeyEvent(text))
}

// TestBrowserKeysAlone: a candidate signs in and applies without a pointer, in the order
// in which things stand.
func TestBrowserKeysAlone(t *testing.T) {
	t.Parallel()
	r := rig.Start(t, "demo")
	w := openWindow(r, t, chromium(t), view{width: 1280})
	l := person("张丽华")
	w.visit("/login")
	w.tabTo("#id_number")
	w.keys(l.Username)
	w.tabTo("#password")
	w.keys(l.Password)
	w.tabTo("#captcha")
	w.keys(w.captchaAnswer())
	w.follows(chromedp.KeyEvent(kb.Enter))

	certificate := ask[string](w, `[...document.querySelectorAll("[data-certificate]")].find(c => c.innerText.includes("2020 年")).querySelector("a").getAttribute("href")`)
	w.tabTo(`a[href="` + certificate + `"]`)
	w.follows(chromedp.KeyEvent(kb.Enter))
	typed := map[string]string{"certificate_number": "无", "approval_date": "20201122", "specialty": "建筑工程", "level": "考全科", "phone": "13900000000"}
	const send = "main form .buttons button[type=submit]"
	for !ask[bool](w, `document.activeElement.matches("`+send+`")`) {
		w.tab()
		name := ask[string](w, `document.activeElement.name || ""`)
		switch text, known := typed[name]; {
		case ask[bool](w, `document.activeElement.matches("main select")`):
			w.keys(kb.ArrowDown)
		case ask[bool](w, `document.activeElement.matches("main [type=checkbox]")`):
			w.keys(" ")
		case known && ask[bool](w, `!document.activeElement.value`):
			w.keys(text)
		}
	}
	w.follows(chromedp.KeyEvent(kb.Enter))
	w.sees("提交完成", "申请编号")
}

// heard is a thing as a screen reader has it.
type heard struct {
	role, name, about string
	level             float64
	required, invalid bool
}

// hears is the whole page as a screen reader has it.
func (w *window) hears() (list []heard) {
	w.t.Helper()
	tree, err := chromedp.Call(w.ctx, accessibility.GetFullAXTree, accessibility.GetFullAXTreeParams{})
	if err != nil {
		w.t.Fatal(err)
	}
	read := func(v *accessibility.Value, to any) {
		if v != nil && len(v.Value) > 0 {
			_ = json.Unmarshal(v.Value, to) // what is of another kind stays empty
		}
	}
	for _, node := range tree.Nodes {
		if node.Ignored {
			continue
		}
		var h heard
		read(node.Role, &h.role)
		read(node.Name, &h.name)
		read(node.Description, &h.about)
		for _, p := range node.Properties {
			switch p.Name {
			case "level":
				read(p.Value, &h.level)
			case "required":
				read(p.Value, &h.required)
			case "invalid":
				var said string
				read(p.Value, &said)
				h.invalid = said == "true"
			}
		}
		list = append(list, h)
	}
	return list
}

// TestBrowserHeard: a screen reader finds on each page of the candidate's way one heading
// at the top and the others in their order, the parts of the page, and a name for
// whatever can be worked; after a refusal it is told what was wrong, and where.
func TestBrowserHeard(t *testing.T) {
	t.Parallel()
	r := rig.Start(t, "demo")
	w := openWindow(r, t, chromium(t), view{width: 1280})
	w.visit("/register")
	w.wellHeard(false)
	w.follow(button("注册"))
	w.toldOfFaults("姓名", "身份证号", "邮箱", "密码", "验证码")
	w.visit("/login")
	w.wellHeard(false)

	l := person("赵强")
	w.login(l.Username, l.Password)
	w.wellHeard(true)
	for _, path := range []string{"/applications", "/profile", "/password", "/help", "/apply/self"} {
		w.visit(path)
		w.wellHeard(true)
	}
	w.follow("main form .buttons button[type=submit]")
	w.toldOfFaults("考试年度", "考试名称", "联系方式")
	w.visit("/applications")
	w.follow("main a[href^='/applications/']")
	w.wellHeard(true)
	w.follow(link("申请信息维护"))
	w.wellHeard(true)
}

// wellHeard judges a page; on one of somebody who is signed in there is a menu.
func (w *window) wellHeard(menu bool) {
	w.t.Helper()
	at, roles, last := ask[string](w, `location.pathname`), map[string]int{}, 0.0
	for _, h := range w.hears() {
		roles[h.role]++
		switch h.role {
		case "heading":
			if h.level > last+1 || h.level == 1 && last != 0 || h.name == "" {
				w.t.Errorf("%s: after a heading of level %v comes %q of level %v", at, last, h.name, h.level)
			}
			last = h.level
		case "textbox", "combobox", "checkbox", "radio", "button", "link", "image", "listbox":
			if h.name == "" {
				w.t.Errorf("%s: a %s has no name", at, h.role)
			}
		}
	}
	for _, part := range []string{"banner", "main", "contentinfo"} {
		if roles[part] != 1 {
			w.t.Errorf("%s: there are %d of %s", at, roles[part], part)
		}
	}
	if last == 0 || menu && roles["navigation"] == 0 {
		w.t.Errorf("%s: no heading, or no menu: %v", at, roles)
	}
}

// toldOfFaults judges a page that refuses a form: the focus is on what lists the faults, and
// each field that is named says that it is wrong, and why.
func (w *window) toldOfFaults(fields ...string) {
	w.t.Helper()
	if !ask[bool](w, `document.activeElement.matches("[role=alert]")`) {
		w.t.Errorf("the focus is not where the faults are told: %s", ask[string](w, `document.activeElement.outerHTML.slice(0, 200)`))
	}
	list := w.hears()
	for _, field := range fields {
		i := slices.IndexFunc(list, func(h heard) bool {
			return (h.role == "textbox" || h.role == "combobox") && strings.Contains(h.name, field)
		})
		// Chromium does not tell of a list that it is required.
		if i < 0 || !list[i].invalid || !list[i].required && list[i].role == "textbox" || list[i].about == "" {
			w.t.Errorf("%s is not told as wrong: %+v", field, list[max(i, 0)])
		}
	}
}
