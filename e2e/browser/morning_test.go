package browser

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"certreissue/e2e/rig"

	"github.com/chromedp/chromedp"
)

// TestBrowserMorning decides one application after the other by keyboard alone, from
// the desk on: most are approved, some are returned with a reason and a note,
// some refused. MORNING=200,5000 makes it as long as a clerk's: so many
// decisions, and so many applications beside the samples.
func TestBrowserMorning(t *testing.T) {
	t.Parallel()
	decisions, more := 12, "20"
	if morning := os.Getenv("MORNING"); morning != "" {
		var long string
		long, more, _ = strings.Cut(morning, ",")
		decisions, _ = strconv.Atoi(long)
	}
	r := rig.Start(t, "demo", "-applications", more)
	w := openWindow(r, t, chromium(t), view{width: 1280})
	clerk := person("shenhe")
	w.officeLogin(clerk.Username, clerk.Password)
	waiting := func() int { return ask[int](w, `+document.querySelector(".counts-n").innerText`) }
	w.visit("/office")
	before := waiting()

	w.settle()
	w.follows(chromedp.KeyEvent("s"))
	seen := map[string]bool{}
	begun := time.Now()
	for i := range decisions {
		number := ask[string](w, `document.querySelector("h1 .number").innerText`)
		if seen[number] {
			t.Fatalf("%s comes a second time", number)
		}
		seen[number] = true
		w.settle()
		switch {
		case i%10 == 4: // 退回: the first reason, another by its key, and a note
			w.do(chromedp.KeyEvent("r"), chromedp.KeyEvent("1"), chromedp.KeyEvent("9"), chromedp.KeyEvent("0"), chromedp.KeyEvent("请重新拍摄"))
			w.follows(chromedp.KeyEvent("\r", chromedp.KeyModifiers(2)))
		case i%10 == 9: // 不予受理
			w.do(chromedp.KeyEvent("x"), chromedp.KeyEvent("3"))
			w.follows(chromedp.KeyEvent("\r", chromedp.KeyModifiers(2)))
		case i%10 == 7: // look at the next one and come back
			w.follows(chromedp.KeyEvent("n"))
			w.settle()
			w.follows(chromedp.KeyEvent("p"))
			w.settle()
			w.follows(chromedp.KeyEvent("a"))
		default:
			w.follows(chromedp.KeyEvent("a"))
		}
	}
	t.Logf("%d decisions by keyboard in %s: %.2f s each", decisions, time.Since(begun).Round(time.Second), time.Since(begun).Seconds()/float64(decisions))
	w.visit("/office")
	if after := waiting(); after != before-decisions {
		t.Errorf("%d wait, want %d less than %d", after, decisions, before)
	}
}

// settle waits until keys count on a page that has just been shown.
func (w *window) settle() { time.Sleep(270 * time.Millisecond) }
