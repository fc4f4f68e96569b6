package browser

import (
	"fmt"
	"os"
	"testing"

	"certreissue/e2e/rig"
)

// lookLarge judges the page in 大字版, without leaving it, and goes back to the usual one.
func (c *crawl) lookLarge(at string, suffix ...string) {
	c.t.Helper()
	if !ask[bool](c.window, `!!document.querySelector(".bar a[data-size=large]")`) {
		c.t.Errorf("%s of %q has no way to 大字版", at, c.name)
		return
	}
	c.switchText("large")
	for _, width := range []int64{360, 390, 768, 1280} {
		c.resize(view{width: width, touch: width < 700})
		for _, fault := range append(ask[[]string](c.window, fmt.Sprintf(plainFaults, width)), ask[[]string](c.window, small)...) {
			c.t.Errorf("%s of %q, large at %d: %s", at, c.name, width, fault)
		}
		if directory := os.Getenv("SCREENSHOTS"); directory != "" {
			c.picture(directory, append([]string{fmt.Sprint("large-", width), c.name, at}, suffix...)...)
		}
	}
	c.switchText("standard")
}

// switchText presses the switch and waits for the stylesheet.
func (w *window) switchText(size string) {
	w.t.Helper()
	w.do(w.pressing(".bar a[data-size=" + size + "]"))
	w.until(`document.querySelectorAll("link[data-other]").length == document.querySelectorAll("link[href*='/app'], link[href*='/paper']").length &&
		getComputedStyle(document.body).fontSize == "` + map[string]string{"large": "22px", "standard": "16px"}[size] + `"`)
}

// TestBrowserLargeBarriers: axe finds nothing on the candidates' main pages in 大字版, where the cookie has
// brought it, either, nor on a form that was refused.
func TestBrowserLargeBarriers(t *testing.T) {
	t.Parallel()
	chrome := chromium(t)
	axe, err := os.ReadFile("testdata/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	r := rig.Office(t, rig.GuideRegister)
	own := r.Register("测试", rig.LoopNumber).Apply(rig.Certificate2015, map[string]string{"phone": "13900000000"}, rig.Portrait())
	w := openWindow(r, t, chrome, view{width: 390, touch: true})
	w.onEveryPage(string(axe))
	judge := func() {
		t.Helper()
		at := ask[string](w, `location.pathname`)
		if !ask[bool](w, `document.body.classList.contains("large")`) {
			t.Errorf("%s is not in 大字版", at)
		}
		for _, width := range []int64{390, 1280} {
			w.resize(view{width: width, touch: width < 700})
			for _, fault := range ask[[]string](w, fmt.Sprintf(barriers, true)) {
				t.Errorf("%s, large at %d: %s", at, width, fault)
			}
		}
	}
	look := func(paths ...string) {
		t.Helper()
		for _, path := range paths {
			w.visit(path)
			judge()
		}
	}
	w.visit("/login")
	w.switchText("large")
	look("/login", "/register", "/forgot", "/help")
	w.login(rig.LoopNumber, rig.CandidatePassword)
	look("/apply", "/apply/certificates/2", "/applications", own, own+"/submitted", own+"/slip", own+"/edit", "/profile", "/password", "/apply/self")
	w.follow(button("下一步"))
	w.sees("请更正以下")
	judge()
}

// small is what is not large: text below 18 px, what is pressed below 60, and tables that must be pushed about.
const small = `(() => {
	const faults = [], size = e => parseFloat(getComputedStyle(e).fontSize), texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
	while (texts.nextNode()) {
		const e = texts.currentNode.parentElement;
		if (texts.currentNode.data.trim() && e.checkVisibility() && !e.closest("svg, option, .unseen") && size(e) < 18) faults.push("has text of " + size(e) + ": " + e.outerHTML);
	}
	for (const e of document.querySelectorAll(".button, select, input[type=text], input[type=password], input[type=email], input[type=tel]"))
		if (e.checkVisibility() && (e.offsetHeight < 60 || size(e) < 22)) faults.push("has a small " + e.outerHTML);
	for (const e of document.querySelectorAll(".table-wrap"))
		if (e.scrollWidth > e.clientWidth + 1) faults.push("has a table that is cut: " + e.innerText);
	return faults;
})()`

// TestBrowserTextSize: the switch keeps the page and what is typed, with scripts and without, and holds on
// every page after it, as the one of the register's values does.
func TestBrowserTextSize(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, longRegister)
	browser := chromium(t)
	body := `getComputedStyle(document.body).fontSize`

	w := openWindow(r, t, browser, view{width: 390, touch: true})
	w.visit("/register?from=mail")
	w.typeIn("name", "张三", "password", "not-lost-1")
	w.switchText("large")
	if got := ask[string](w, `["name", "password"].map(id => document.getElementById(id).value).join() + location.search`); got != "张三,not-lost-1?from=mail" {
		t.Errorf("after the switch the form has %q", got)
	}
	w.visit("/login")
	if got := ask[string](w, body); got != "22px" {
		t.Errorf("the next page's text has %s", got)
	}
	w.visit("/office/login")
	if got := ask[string](w, body); got != "16px" {
		t.Errorf("the office's text has %s", got)
	}
	w.visit("/login")
	w.switchText("standard")
	w.visit("/help")
	if got := ask[string](w, body); got != "16px" {
		t.Errorf("back in 标准版 text has %s", got)
	}

	plain := openWindow(r, t, browser, view{width: 390, touch: true, scriptless: true})
	plain.visit("/help?from=mail")
	for _, want := range []struct{ word, size string }{{"大字版", "22px"}, {"标准版", "16px"}} {
		plain.follow(`//header//a[.="` + want.word + `"]`)
		if got := ask[string](plain, body+` + location.pathname + location.search`); got != want.size+"/help?from=mail" {
			t.Errorf("without scripts %s leads to %s", want.word, got)
		}
	}
}
