package browser

import (
	"strings"
	"testing"

	"certreissue/e2e/rig"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// TestBrowserSignatures: on the sheet that those who collect sign a name has 40 mm, on the
// screen as on paper, and the table lies across A4 without being cut off.
func TestBrowserSignatures(t *testing.T) {
	t.Parallel()
	chrome := chromium(t)
	r := rig.Office(t, rig.LoopRegister)
	_, submitted := r.Apply("测试", rig.LoopNumber)
	clerk := r.Staff("shenhe")
	clerk.Decide(strings.TrimSuffix(submitted.Path, "/submitted"), "approve", nil)
	clerk.Sends(clerk.Get("/office/batches/new"), rig.FormTo("/office/batches"), nil)
	for _, act := range []string{"/lock", "/arrive"} {
		clerk.Sends(clerk.Get("/office/batches/1"), rig.FormTo("/office/batches/1"+act), nil)
	}

	const mm = 96 / 25.4 // pixels
	w := openWindow(r, t, chrome, view{width: 1366})
	w.officeLogin("shenhe", "shenhe-pass1")
	for _, media := range []string{"screen", "print"} {
		w.visit("/office/handout/sheet?batch=1")
		if media == "print" {
			w.resize(view{width: 1031}) // 297 mm without the edges
		}
		if _, err := chromedp.Call(w.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: media}); err != nil {
			t.Fatal(err)
		}
		w.settle()
		place := ask[[]float64](w, `(() => {
			const head = [...document.querySelectorAll(".signatures th")].find(th => th.textContent === "领取人签名"), leaf = document.querySelector(".leaf");
			return [head.getBoundingClientRect().width, document.querySelector(".signatures").getBoundingClientRect().right - leaf.getBoundingClientRect().right, document.querySelectorAll(".signatures tbody tr").length];
		})()`)
		if width, over, rows := place[0], place[1], place[2]; width < 39.9*mm || over >= 1 || rows != 1 {
			t.Errorf("on %s a signature has %.1f mm, the table is %.0f pixels too wide, of %.0f rows", media, width/mm, over, rows)
		}
	}
}
