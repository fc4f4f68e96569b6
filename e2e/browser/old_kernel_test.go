package browser

import (
	"fmt"
	"testing"

	"certreissue/e2e/rig"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// plainer takes out of the styles what a kernel does not know, which a pattern finds.
const plainer = `Promise.all([...document.querySelectorAll("link[rel=stylesheet]")].map(async link => {
	const text = await (await fetch(link.href)).text(), sheet = new CSSStyleSheet();
	sheet.replaceSync(text.replace(new RegExp(%q, "g"), ""));
	link.disabled = true;
	return sheet;
})).then(sheets => { document.adoptedStyleSheets = sheets; return true; })`

// What IE 9 does not know, and the kernels of 360 of some years ago.
const (
	noGaps  = `[ {](row-|column-)?gap: [^;}]*;|[a-z-]+: [^;{}]*\b(min|max)\([^;{}]*;`
	noBoxes = `display: (inline-)?(flex|grid);|[ {](order|columns): [^;}]*;|` + noGaps
)

// TestBrowserOldKernel: without flex boxes and grids every page of the guide can be read and used on a desk,
// without gaps on a phone, too.
func TestBrowserOldKernel(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, longRegister)
	b := r.Register(longName, rig.LoopNumber)
	w := openWindow(r, t, chromium(t), view{width: 1024})
	look := func(path string) {
		t.Helper()
		for _, kernel := range []struct {
			lacks string
			width int64
		}{{noBoxes, 1024}, {noGaps, 1024}, {noGaps, 390}} {
			w.visit(path)
			w.resize(view{width: kernel.width})
			ask[bool](w, fmt.Sprintf(plainer, kernel.lacks))
			for _, fault := range append(ask[[]string](w, fmt.Sprintf(plainFaults, kernel.width)), ask[[]string](w, overlaps)...) {
				t.Errorf("%s at %d without %s: %s", path, kernel.width, kernel.lacks, fault)
			}
		}
	}
	look("/login")
	look("/register")
	w.login(rig.LoopNumber, rig.CandidatePassword)
	for _, path := range []string{"/apply", rig.Certificate2015, "/apply/self", "/profile", "/password"} {
		look(path)
	}
	application := b.Apply(rig.Certificate2015, map[string]string{"phone": "13900000000"}, rig.Portrait())
	for _, path := range []string{"/applications", application, application + "/edit", application + "/submitted"} {
		look(path)
	}
}

// overlaps are controls, labels and values that lie over each other or out of the page, and buttons that touch.
const overlaps = `(() => {
	const faults = [], all = [...document.querySelectorAll("label, .button, input:not([type=hidden]), select, textarea, dt, dd, .who-link, .foot a, .foot span, .link, .captcha-sound, .captcha-picture")]
		.filter(e => e.checkVisibility() && !e.closest(".unseen") && e.offsetWidth > 1).map(e => [e, e.getBoundingClientRect()]);
	const pressed = e => e.matches(".button, .link, .who-link, .captcha-sound, .foot a");
	for (const [e, place] of all) {
		if (place.left < 0 || place.right > innerWidth) faults.push("is out of the page: " + e.outerHTML);
		for (const [other, where] of all)
			if (e != other && !e.contains(other) && !other.contains(e) && place.left < where.right - 1 && where.left < place.right - 1 && place.top < where.bottom - 1 && where.top < place.bottom - 1)
				faults.push(e.outerHTML + " lies over " + other.outerHTML);
			else if (pressed(e) && pressed(other) && place.left >= where.right - 1 && place.left < where.right + 4 && place.top < where.bottom && where.top < place.bottom)
				faults.push(other.outerHTML + " touches " + e.outerHTML);
	}
	return faults;
})()`

// TestBrowserPrintButton: the button to print is there where printing works: not without scripts, and not in
// the browsers within other programs.
func TestBrowserPrintButton(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	b := r.Register("测试", rig.LoopNumber)
	slip := b.Apply(rig.Certificate2015, map[string]string{"phone": "13900000000"}, rig.Portrait()) + "/slip"
	browser := chromium(t)
	for _, c := range []struct {
		agent      string
		scriptless bool
		shown      bool
	}{
		{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36", false, true},
		{"Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 MicroMessenger/8.0", false, false},
		{"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/120.0 Safari/537.36", true, false},
	} {
		w := openWindow(r, t, browser, view{width: 1280, scriptless: c.scriptless})
		if _, err := chromedp.Call(w.ctx, emulation.SetUserAgentOverride, emulation.SetUserAgentOverrideParams{UserAgent: c.agent}); err != nil {
			t.Fatal(err)
		}
		w.login(rig.LoopNumber, rig.CandidatePassword)
		w.visit(slip)
		if shown := ask[bool](w, `document.querySelector("[data-print]").checkVisibility()`); shown != c.shown {
			t.Errorf("scripts off %v, %s: the button is shown %v", c.scriptless, c.agent, shown)
		}
	}
}
