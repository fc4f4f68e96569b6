package browser

import (
	"strings"
	"testing"
	"time"

	"certreissue/e2e/rig"

	"github.com/chromedp/chromedp/kb"
)

// TestBrowserMonth goes through an office's month by keyboard alone, and says how many keys each thing took:
// signing in, deciding one by one and many at once, taking back, putting off, a note, a letter, a batch from
// its making to its arrival, a hand-out, what is printed, and the report.
func TestBrowserMonth(t *testing.T) {
	t.Parallel()
	w := typist{window: openWindow(rig.Start(t, "demo"), t, chromium(t), view{width: 1366})}
	w.onEveryPage(`window.print = function () { window.printed = true; }`)
	prints := func() {
		t.Helper()
		w.strikes("y")
		if !ask[bool](w.window, `window.printed === true`) {
			t.Errorf("%s: Y does not print", ask[string](w.window, `location.pathname`))
		}
	}
	w.part("", 0)
	w.signsIn("shenhe", "banli2026")
	w.part("signing in", 1)

	w.leads("s")
	w.part("from the desk to the first application", 1)
	for range 5 {
		w.leads("a")
	}
	w.part("approvals", 5)
	w.leads("r", "1", "ctrl+"+kb.Enter)
	w.part("a return", 1)
	w.strikes("h")
	w.writes(time.Now().AddDate(0, 0, 10).Format("20060102"))
	w.strikes(kb.Tab)
	w.writes("等来电")
	w.leads("ctrl+" + kb.Enter)
	w.part("a hold", 1)
	w.strikes("m")
	w.writes("已电话核实")
	w.leads("ctrl+" + kb.Enter)
	w.sees("已电话核实")
	w.part("a note", 1)

	// What was decided last is looked at again, taken back, and decided anew.
	w.leads("a")
	w.leads("v")
	w.strikes("u")
	w.writes("看错了")
	w.leads("ctrl+" + kb.Enter)
	w.sees("等待审核")
	w.part("an approval taken back", 1)
	w.leads("r", "2", "ctrl+"+kb.Enter)

	// A returned one gets its letter.
	w.leads("v")
	w.part("", 0)
	w.leads("d")
	w.at("/office/letters")
	prints()
	w.leads("b")
	w.part("a letter", 1)
	w.leads("y")
	w.at("/office/forms")
	prints()
	w.leads("b")
	w.part("a form printed", 1)

	// Many at once.
	w.leads("g", "s")
	w.part("", 0)
	w.leads("f", kb.ArrowDown, "ctrl+"+kb.Enter)
	if chosen := ask[string](w.window, `document.querySelector(".chosen").innerText`); !strings.Contains(chosen, "等待审核") {
		t.Errorf("the list is filtered by %s", chosen)
	}
	w.part("the list filtered by its state", 1)
	w.strikes("w")
	n := w.ticked()
	w.leads("a")
	w.sees("办理结果")
	w.part("many approved", n)
	w.strikes("u")
	w.writes("重看")
	w.leads("ctrl+" + kb.Enter)
	w.sees("已撤回")
	w.leads("b")
	w.part("many taken back", n)

	// A batch.
	w.leads("g", "p")
	w.leads("c")
	w.at("/office/batches/new")
	w.leads("a")
	members := ask[int](w.window, `document.querySelectorAll("#members tbody tr").length`)
	w.strikes("j", "x")
	w.leads("m")
	w.sees("移出")
	w.leads("a")
	w.leads("r")
	w.sees("已上报")
	w.strikes("o") // which tells every candidate of it, and so takes a second press
	w.settle()
	w.sees("标记已到证")
	w.leads("o")
	w.sees("已到证")
	w.part("a batch made, one taken out, locked, reported and arrived", members)
	w.leads("y")
	prints()
	w.leads("b")
	w.leads("s")
	prints()
	w.leads("b")
	w.part("its forms and its signatures printed", members)
	w.strikes("u")
	w.writes("点错了")
	w.leads("ctrl+" + kb.Enter)
	if state := ask[string](w.window, `document.querySelector("h1 .badge").innerText`); !strings.Contains(state, "已上报") {
		t.Errorf("the arrival that was taken back leaves the batch %s", state)
	}
	w.part("an arrival taken back", 1)

	// The counter: by the number on a slip, as a scanner would type it, and what the new certificate says.
	w.leads("g", "f")
	w.at("/office/counter")
	number := ask[string](w.window, `document.querySelector("main tbody tr a").innerText`)
	w.part("", 0)
	w.writes(number)
	w.leads(kb.Enter)
	w.strikes(kb.F2)
	w.writes("2026B0012345")
	w.leads(kb.Enter)
	w.sees("已领取", "2026B0012345")
	w.part("a hand-out, both numbers typed", 1)
	w.leads(kb.F7)
	prints()
	w.leads("b")
	w.strikes(kb.Escape)
	w.part("its sheet to sign printed", 1)

	w.leads("g", "t")
	w.at("/office/report")
	prints()
	w.part("the report printed", 1)
}
