package browser

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"certreissue/e2e/rig"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	cdpruntime "github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// chromium is the one Chromium of these tests, or skips the test where there is
// none; the environment CI=true makes it a must. The tests that use it are
// called TestBrowser…, by which .ci/run knows them. The shell is Chromium without
// the parts around its pages, and takes half the time.
func chromium(t *testing.T) context.Context {
	t.Helper()
	if testing.Short() {
		t.Skip("browser tests are left out of a short run")
	}
	path := ""
	for _, name := range []string{os.Getenv("CHROME"), "chromium-headless-shell", "headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	switch {
	case path != "":
	case os.Getenv("CI") == "true":
		t.Fatal("no Chromium in the path and none named by CHROME")
	default:
		t.Skip("no Chromium in the path and none named by CHROME; browser tests skipped")
	}
	chrome.once.Do(func() { chrome.ctx, chrome.close, chrome.err = startChromium(path) })
	if chrome.err != nil {
		t.Fatalf("%s does not start: %v", path, chrome.err)
	}
	return chrome.ctx
}

// chrome is started by the first test that needs it, and closed by TestMain.
var chrome struct {
	once  sync.Once
	ctx   context.Context
	close func()
	err   error
}

func closeChromium() {
	if chrome.close != nil {
		chrome.close()
	}
}

func startChromium(path string) (ctx context.Context, closeAll func(), err error) {
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), // the profile is a temporary directory of its own
		chromedp.NoSandbox,      // root cannot have one, and the pages are our own
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("use-fake-device-for-media-stream", true), // a camera that shows a pattern
		chromedp.Flag("use-fake-ui-for-media-stream", true),     // and is given away unasked
		chromedp.Flag("host-resolver-rules", "MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"),
	)
	ctx, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(ctx)
	return ctx, func() { cancel(); stop() }, chromedp.Do(ctx)
}

// view is what somebody looks at the pages with.
type view struct {
	width      int64
	height     int64 // 900 where none is told
	touch      bool  // a phone
	scriptless bool
}

// window is a page of Chromium with cookies of its own.
type window struct {
	*rig.Running
	view
	t   *testing.T
	ctx context.Context

	mu     sync.Mutex
	faults []string // what the console says, and addresses elsewhere
}

// step is how long one step may take on a busy machine.
const step = 30 * time.Second

// openWindow opens a window on the program. When the test ends, nothing may have
// gone wrong in it: no error in the console, no broken policy, nothing fetched
// from elsewhere.
func openWindow(r *rig.Running, t *testing.T, browser context.Context, v view) *window {
	t.Helper()
	ctx, cancel := chromedp.NewContext(browser, chromedp.WithNewBrowserContext())
	w := &window{Running: r, view: v, t: t, ctx: ctx}
	t.Cleanup(func() {
		cancel()
		w.mu.Lock()
		defer w.mu.Unlock()
		for _, fault := range w.faults {
			t.Error(fault)
		}
	})
	if err := chromedp.Listen(ctx, w.hear); err != nil {
		t.Fatal(err)
	}
	w.resize(v)
	if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: v.scriptless}); err != nil {
		t.Fatal(err)
	}
	return w
}

// resize makes the window as large as a view is, and a phone or not.
func (w *window) resize(v view) {
	w.t.Helper()
	var options []chromedp.EmulateViewportOption
	if v.touch {
		options = append(options, chromedp.EmulateMobile, chromedp.EmulateTouch)
	}
	w.do(chromedp.EmulateViewport(v.width, cmp.Or(v.height, 900), options...))
}

// onEveryPage runs a script before every page's own. Sent once, it costs a tenth
// of what sending it to each page does.
func (w *window) onEveryPage(script string) {
	w.t.Helper()
	if _, err := chromedp.Call(w.ctx, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script}); err != nil {
		w.t.Fatal(err)
	}
}

func (w *window) hear(event any) {
	w.mu.Lock()
	defer w.mu.Unlock()
	switch e := event.(type) {
	case *log.EventEntryAdded:
		// A page that is answered with 4xx is logged as a failed resource, and so is what a broken line kept.
		part := strings.Contains(e.Entry.URL, "/static/") || strings.Contains(e.Entry.URL, "/captcha/") && !strings.HasSuffix(e.Entry.URL, "/new")
		page := e.Entry.Source == log.EntrySourceNetwork && !part
		if !page && e.Entry.Level != log.EntryLevelVerbose {
			w.faults = append(w.faults, e.Entry.URL+": "+e.Entry.Text)
		}
	case *cdpruntime.EventExceptionThrown:
		w.faults = append(w.faults, e.ExceptionDetails.URL+": "+e.ExceptionDetails.Text)
	case *cdpruntime.EventConsoleAPICalled:
		w.faults = append(w.faults, "something is written to the console: "+string(e.Type))
	case *network.EventRequestWillBeSent:
		if !strings.HasPrefix(e.Request.URL, w.URL) && !strings.HasPrefix(e.Request.URL, "data:") && !strings.HasPrefix(e.Request.URL, "blob:"+w.URL) {
			w.faults = append(w.faults, "an address elsewhere: "+e.Request.URL)
		}
	}
}

func (w *window) do(steps ...chromedp.Action[chromedp.Void]) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, step)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		w.fail(err)
	}
}

// ask is the value of an expression, which may be a promise.
func ask[T any](w *window, expression string) T {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, step)
	defer cancel()
	value, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
	if err != nil {
		w.fail(err)
	}
	return value
}

// until waits for an expression to be true.
func (w *window) until(expression string) {
	w.t.Helper()
	w.do(chromedp.Poll[chromedp.Void](expression, chromedp.WithPollingTimeout(step)))
}

func (w *window) fail(err error) {
	w.t.Helper()
	page, _ := chromedp.Run(w.ctx, chromedp.Evaluate[string](`location.href + "\n" + document.body.innerText`))
	w.t.Fatalf("%v at %s", err, page)
}

func (w *window) visit(path string) {
	w.t.Helper()
	w.do(chromedp.Navigate(w.URL + path))
}

// press clicks or taps; selectors are of CSS, or of XPath when they begin with
// a slash.
func (w *window) press(selector string) {
	w.t.Helper()
	w.do(w.pressing(selector))
	if !w.scriptless {
		// What it opens is scrolled into view a moment later, by an event of its own:
		// the next press must not aim at where something stood before.
		ask[bool](w, `new Promise(done => setTimeout(done, 50, true))`)
	}
}

func (w *window) pressing(selector string) chromedp.Action[chromedp.Void] {
	if w.touch {
		return chromedp.Tap(selector, chromedp.NodeVisible)
	}
	return chromedp.Click(selector, chromedp.NodeVisible)
}

// follow presses what leads to a page and waits for it.
func (w *window) follow(selector string) {
	w.t.Helper()
	w.follows(w.pressing(selector))
}

// follows does what leads to a page, be it a new one or one that comes in the place of this
// one, and waits for it.
func (w *window) follows(action chromedp.Action[chromedp.Void]) {
	w.t.Helper()
	if w.scriptless {
		ctx, cancel := context.WithTimeout(w.ctx, step)
		defer cancel()
		if _, err := chromedp.RunResponse(ctx, action); err != nil {
			w.fail(err)
		}
		return
	}
	ask[string](w, `document.getElementById("main").setAttribute("data-left", ""); ""`)
	w.do(action)
	w.arrives(`!!document.querySelector("#main:not([data-left])")`)
}

// arrives waits for a page of which an expression is true.
func (w *window) arrives(expression string) {
	w.t.Helper()
	ctx, cancel := context.WithTimeout(w.ctx, step)
	defer cancel()
	for there := false; !there; {
		if err := ctx.Err(); err != nil {
			w.fail(err)
		}
		time.Sleep(10 * time.Millisecond)
		// Between two pages there is nobody to ask.
		there, _ = chromedp.Run(ctx, chromedp.Evaluate[bool](`document.readyState == "complete" && `+expression))
	}
}

// link and button are selectors by what stands on them; a key is not of it.
func link(text string) string {
	return `//main//a[normalize-space()="` + text + `" or normalize-space(text())="` + text + `"]`
}

func button(text string) string {
	return `//main//button[not(@tabindex)][normalize-space(text())="` + text + `"]`
}

// typeIn types into fields by their id, over what stands there.
func (w *window) typeIn(pairs ...string) {
	w.t.Helper()
	for i := 0; i < len(pairs); i += 2 {
		w.do(chromedp.Focus(chromedp.ID(pairs[i]), chromedp.NodeVisible),
			chromedp.KeyEvent(kb.End), chromedp.KeyEvent(kb.Home, chromedp.KeyModifiers(chromedp.ModifierShift)),
			chromedp.KeyEvent(pairs[i+1]))
	}
}

// captchaAnswer is the answer to the picture that the page shows.
func (w *window) captchaAnswer() string {
	w.t.Helper()
	id := ask[string](w, `document.querySelector("[name=captcha_id]").value`)
	w.Running.Mu.Lock()
	defer w.Running.Mu.Unlock()
	return w.Captchas[id]
}

// typeCaptcha types it.
func (w *window) typeCaptcha() {
	w.t.Helper()
	w.typeIn("captcha", w.captchaAnswer())
}

// sees fails unless the page shows all the texts.
func (w *window) sees(texts ...string) {
	w.t.Helper()
	page := strings.Join(strings.Fields(ask[string](w, `document.querySelector("main").innerText`)), " ")
	for _, text := range texts {
		if !strings.Contains(page, text) {
			w.t.Fatalf("%s lacks %q:\n%s", ask[string](w, `location.href`), text, page)
		}
	}
}

// pick chooses the option of a list whose text holds a text. It sets the value:
// a list forgets what was typed into it within a second, which a busy machine
// needs for four keys.
func (w *window) pick(id, text string) {
	w.t.Helper()
	chosen := ask[string](w, fmt.Sprintf(`(function (list) {
		for (var i = 0; i < list.options.length; i++) {
			if (list.options[i].text.indexOf(%[2]q) >= 0) { list.selectedIndex = i; return list.options[i].text }
		}
		return ""
	})(document.getElementById(%[1]q))`, id, text))
	if chosen == "" {
		w.t.Fatalf("the list %s has no option with %q", id, text)
	}
}

// attach chooses the photo to upload.
func (w *window) attach(file string) {
	w.t.Helper()
	w.do(chromedp.SetUploadFiles(chromedp.ID("photo"), []string{file}))
}

// login signs in a candidate.
func (w *window) login(number, password string) {
	w.t.Helper()
	w.visit("/login")
	w.signIn("id_number", number, password)
}

// officeLogin signs in one of the staff.
func (w *window) officeLogin(name, password string) {
	w.t.Helper()
	w.visit("/office/login")
	w.signIn("username", name, password)
}

func (w *window) signIn(field, name, password string) {
	w.t.Helper()
	w.typeIn(field, name, "password", password)
	w.typeCaptcha()
	w.follow(button("登录"))
}
