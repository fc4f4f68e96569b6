package browser

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"certreissue/e2e/rig"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// typist works a window by keyboard alone and counts what is pressed.
type typist struct {
	*window
	pressed int
	begun   time.Time
	since   int
}

// strikes presses one key after the other on the page that is shown.
func (t *typist) strikes(keys ...string) {
	t.t.Helper()
	for _, key := range keys {
		t.do(stroke(key))
		t.pressed++
	}
}

// leads presses keys of which the last leads to another page, once the page takes them.
func (t *typist) leads(keys ...string) {
	t.t.Helper()
	t.strikes(keys[:len(keys)-1]...)
	t.follows(stroke(keys[len(keys)-1]))
	t.pressed++
	t.settle()
}

// writes types a text, each letter of which is a key.
func (t *typist) writes(text string) {
	t.t.Helper()
	for _, r := range text {
		t.strikes(string(r))
	}
}

// stroke is one key, with what is held: "ctrl+\r", "shift+x". As from a keyboard, its letter comes only where
// no script took the key; chromedp.KeyEvent sends it in any case.
func stroke(key string) chromedp.Action[chromedp.Void] {
	rest, ctrl := strings.CutPrefix(key, "ctrl+")
	if letter, shift := strings.CutPrefix(rest, "shift+"); shift {
		rest = strings.ToUpper(letter)
	}
	events := kb.Encode([]rune(rest)[0])
	down, up := *events[0], *events[len(events)-1]
	if ctrl {
		down.Modifiers |= int64(chromedp.ModifierCtrl)
		up.Modifiers = down.Modifiers
	} else if len(events) == 3 {
		down.Text, down.UnmodifiedText = events[1].Text, events[1].UnmodifiedText
	}
	return chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, input.DispatchKeyEvent, down)
		if err == nil {
			_, err = cdp.Call(ctx, target, input.DispatchKeyEvent, up)
		}
		return err
	})
}

// part begins to count anew, and says what was done before.
func (t *typist) part(what string, n int) {
	if what != "" {
		took := time.Since(t.begun)
		t.t.Logf("%s: %d keys and %.1f s in all, of %d: %.1f keys each", what, t.pressed-t.since, took.Seconds(), n, float64(t.pressed-t.since)/float64(n))
	}
	t.since, t.begun = t.pressed, time.Now()
}

// signsIn signs in one of the staff without a pointer: the first field has the focus.
func (t *typist) signsIn(name, password string) {
	t.t.Helper()
	t.visit("/office/login")
	t.writes(name)
	t.strikes(kb.Tab)
	t.writes(password)
	t.strikes(kb.Tab, kb.Tab) // over what shows the password
	t.writes(t.captchaAnswer())
	t.leads(kb.Enter)
}

func (t *typist) ticked() int {
	t.t.Helper()
	return ask[int](t.window, `document.querySelectorAll("main tbody input:checked").length`)
}

// at fails unless the page is the one of an address.
func (t *typist) at(path string) {
	t.t.Helper()
	if got := ask[string](t.window, `location.pathname`); got != path {
		t.t.Fatalf("the page is %s, want %s", got, path)
	}
}

// TestBrowserFirstField: a page for signing in begins in its first field, and in what is wrong where
// something is.
func TestBrowserFirstField(t *testing.T) {
	t.Parallel()
	chrome := chromium(t)
	demo, empty := openWindow(rig.Start(t, "demo"), t, chrome, view{width: 1280}), openWindow(rig.Start(t, "serve", "-data", filepath.Join(t.TempDir(), "new.db")), t, chrome, view{width: 1280})
	for path, field := range map[string]string{"/login": "id_number", "/office/login": "username", "/office/first-admin": "code"} {
		w := demo
		if field == "code" {
			w = empty
		}
		w.visit(path)
		if at := ask[string](w, `document.activeElement.id`); at != field {
			t.Errorf("%s begins at %q, want %s", path, at, field)
		}
		w.typeCaptcha()
		w.follows(chromedp.KeyEvent(kb.Enter))
		if at := ask[string](w, `document.activeElement.id`); at != "problems" {
			t.Errorf("%s, refused, begins at %q", path, at)
		}
	}
}

// TestBrowserListKeys walks a list by its keys: rows, boxes, a range up and down, all at once, and what a key
// does to those that are ticked.
func TestBrowserListKeys(t *testing.T) {
	t.Parallel()
	w := typist{window: openWindow(rig.Start(t, "demo"), t, chromium(t), view{width: 1366})}
	w.signsIn("shenhe", "banli2026")
	w.leads("g", "s")
	w.at("/office/applications")
	w.visit("/office/applications?status=%E7%AD%89%E5%BE%85%E5%AE%A1%E6%A0%B8")
	w.settle()
	row := func() int {
		return ask[int](w.window, `[...document.querySelectorAll("main tbody tr")].indexOf(document.activeElement.closest("tr"))`)
	}
	for _, c := range []struct {
		key         string
		row, ticked int
	}{
		{"k", -1, 0}, {kb.ArrowDown, -1, 0}, // no row yet: the arrows scroll
		{"j", 0, 0}, {"k", 0, 0}, {"x", 0, 1}, {"x", 0, 0}, {"x", 0, 1},
		{kb.ArrowDown, 1, 1}, {"j", 2, 1}, {"j", 3, 1}, {"shift+x", 3, 4},
		{kb.ArrowUp, 2, 4}, {"x", 2, 3}, {"k", 1, 3}, {"k", 0, 3}, {"shift+x", 0, 4},
		{"w", -2, -1}, {"q", -2, -1}, {"q", -2, 0},
	} {
		w.strikes(c.key)
		if got := row(); c.row > -2 && got != c.row {
			t.Errorf("after %q the focus is in row %d, want %d", c.key, got, c.row)
		}
		if got := w.ticked(); c.ticked >= 0 && got != c.ticked {
			t.Errorf("after %q %d boxes are ticked, want %d", c.key, got, c.ticked)
		}
		if said := ask[string](w.window, `document.querySelector("[data-picked]").textContent`); c.ticked > 0 && said != fmt.Sprintf("已勾选 %d 份", c.ticked) {
			t.Errorf("after %q the form says %q", c.key, said)
		}
	}
	w.strikes(kb.Escape, "/")
	if at := ask[string](w.window, `document.activeElement.id`); at != "q" {
		t.Errorf("/ leads to %q", at)
	}
	w.writes("xja")
	if got := w.ticked(); got != 0 || ask[string](w.window, `document.activeElement.value || ""`) != "xja" {
		t.Errorf("what is typed into the search ticks %d boxes: %s", got, ask[string](w.window, `document.activeElement.value`))
	}
	w.strikes(kb.Escape, "j", "x", "j", "shift+x")
	if first := ask[int](w.window, `Math.round(document.activeElement.getBoundingClientRect().bottom)`); first > 900 {
		t.Errorf("the row is not in view: %d", first)
	}
	w.leads("a")
	w.sees("办理结果")
	w.leads("b")
	w.at("/office/applications")

	// With the pointer, Shift takes a range, too.
	w.press("tbody tr:nth-child(2) td.pick input")
	ask[bool](w.window, `document.querySelector("tbody tr:nth-child(5) td.pick input").dispatchEvent(new MouseEvent("click", {bubbles: true, cancelable: true, shiftKey: true}))`)
	if got := w.ticked(); got != 4 {
		t.Errorf("from the second to the fifth %d are ticked", got)
	}
	if said := ask[string](w.window, `document.querySelector("[data-picked]").textContent`); said != "已勾选 4 份" {
		t.Errorf("the form says %q", said)
	}
}

// TestBrowserKeysTold: ? tells every key of the page, by the words that stand there, and those of an open panel
// alone; while it is open no other key does anything. G shows the letters of the menu.
func TestBrowserKeysTold(t *testing.T) {
	t.Parallel()
	w := typist{window: openWindow(rig.Start(t, "demo"), t, chromium(t), view{width: 1366})}
	w.signsIn("shenhe", "banli2026")
	told := func() string {
		return ask[string](w.window, `[...document.querySelectorAll(".keys dl > div")].map(line => line.innerText.replace(/\s+/g, " ")).join("\n")`)
	}
	w.strikes("?")
	if got := told(); !strings.Contains(got, "S 开始审核") || !strings.Contains(got, "G 主菜单") || strings.Contains(got, "Shift+X") {
		t.Errorf("the desk tells %s", got)
	}
	w.strikes("s", "g", "s")
	w.at("/office")
	w.strikes("?")
	if got := told(); got != "" {
		t.Errorf("a second ? leaves %s", got)
	}
	letters := `getComputedStyle(document.querySelector(".menu [data-go] kbd")).display`
	if got := ask[string](w.window, letters); got != "none" {
		t.Errorf("the letters of the menu show before G: %s", got)
	}
	w.strikes("g")
	if got := ask[string](w.window, letters); got == "none" {
		t.Error("G does not show the letters of the menu")
	}
	w.strikes(kb.Escape, "s")
	w.arrives(`!!document.querySelector("#approve")`)
	w.settle()
	w.strikes("?")
	if got := told(); !strings.Contains(got, "A 审核通过") || !strings.Contains(got, "B 返回列表") || !strings.Contains(got, "Y 打印补办申请表") || strings.Contains(got, "照片不清晰") {
		t.Errorf("an application tells %s", got)
	}
	w.strikes(kb.Escape, "r", "?")
	if got := told(); !strings.Contains(got, "1 照片不清晰") || strings.Contains(got, "审核通过") {
		t.Errorf("the panel tells %s", got)
	}
	w.strikes(kb.Escape, kb.Escape)
	if open := ask[bool](w.window, `!!document.querySelector(".decide details[open], .keys")`); open {
		t.Error("Esc leaves something open")
	}

	// A card that is read here, its X last, picks nothing and sends nothing.
	here := ask[string](w.window, `location.pathname`)
	for _, key := range "1300001965031404X\rX1\r" {
		w.strikes(string(key))
	}
	w.settle()
	w.at(here)
	w.strikes(kb.Escape)

	// Of two things with one key the first has it, and says so alone.
	w.onEveryPage(`document.addEventListener("readystatechange", function () { if (document.readyState === "interactive") {
		document.getElementById("main").insertAdjacentHTML("beforeend", '<p><a id="second" href="/office/lists" data-key="s">再来<kbd>S</kbd></a></p>'); } })`)
	w.visit("/office")
	if got := ask[string](w.window, `document.getElementById("second").textContent`); got != "再来" {
		t.Errorf("the second of a key says %s", got)
	}
	w.settle()
	w.strikes("?")
	if got := told(); strings.Count(got, "S ") != 1 {
		t.Errorf("with two of a key the page tells %s", got)
	}
}
