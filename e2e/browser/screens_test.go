package browser

import (
	"cmp"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"certreissue/e2e/rig"
	"certreissue/sample"

	"github.com/chromedp/chromedp"
)

// screens are the places from which the pages of one login are found; the
// empty name is a visitor. What is linked from there is looked at too, one page
// of each kind on each side.
var screens = []struct {
	side   string
	logins []screen
}{
	{"candidates", []screen{
		{"", []string{"/login", "/reset?token=none", "/office/login", "/nowhere"}},
		{"张丽华", []string{"/apply", "/help", "/nowhere"}},
		{"刘洋", []string{"/apply"}},
		{"秦小兵", []string{"/password"}}, // has to set one of their own
		{"陈静", []string{"/apply", "/applications"}},
		{"赵强", []string{"/applications"}},
		{"孙志远", []string{"/apply", "/applications"}},
		{"郑凯", []string{"/applications"}},
	}},
	{"office", []screen{
		{"shenhe", []string{"/office", "/office/accounts"}},
		{"guanli", []string{"/office", "/office/applications"}},
		{"xinren", []string{"/office"}},
	}},
}

type screen struct {
	login string // a name or a user name of sample.Logins
	paths []string
}

// refusals are forms that are refused when they are sent as they are found.
var refusals = regexp.MustCompile(`^/(login|register|forgot|apply/self|apply/certificates/\d+|profile|profile/data|password|office/login|office/password|office/second-factor)$`)

// TestBrowserScreens looks at every page of both sides at the width of a desk and of a
// phone. With the environment SCREENSHOTS=DIR it leaves a picture of each
// there, for somebody to look at.
func TestBrowserScreens(t *testing.T) {
	t.Parallel()
	browser := chromium(t)
	axe, err := os.ReadFile("testdata/axe.min.js")
	if err != nil {
		t.Fatal(err)
	}
	r := rig.Start(t, "demo")
	logins := map[string]sample.Login{}
	for _, l := range sample.Logins() {
		logins[cmp.Or(l.Name, l.Username)] = l
	}
	for _, side := range screens {
		t.Run(side.side, func(t *testing.T) {
			t.Parallel()
			seen := map[string]bool{}
			for _, s := range side.logins {
				t.Run(s.login, func(t *testing.T) {
					l := logins[s.login]
					c := crawl{window: openWindow(r, t, browser, view{width: 1280}), name: s.login, office: l.Office, seen: seen}
					c.onEveryPage(string(axe))
					if l.Office {
						c.officeLogin(l.Username, l.Password)
					} else if s.login != "" {
						c.login(l.Username, l.Password)
					}
					for _, path := range s.paths {
						seen[path] = true
						c.from(path)
					}
				})
			}
		})
	}
}

// crawl is a walk through the pages of one login.
type crawl struct {
	*window
	name   string
	office bool            // the side on which it stays
	seen   map[string]bool // kinds of pages
}

// from looks at a page and at every kind of page that it leads to.
func (c *crawl) from(path string) {
	c.t.Helper()
	c.visit(path)
	c.look()
	next := ask[[]lead](c.window, linked)
	at := ask[string](c.window, `location.pathname`)
	switch {
	case refusals.MatchString(at):
		c.follow(`main form[method=post] .primary`)
		c.look("refused")
	case at == "/office/accounts":
		c.typeIn("q", "张")
		c.follow(button("查找"))
		c.look("found")
		next = append(next, ask[[]lead](c.window, linked)...)
	case ask[bool](c.window, `!!document.getElementById("return-reason")`):
		c.press(`//summary[contains(., "退回修改")]`)
		c.follow(button("退回修改"))
		c.look("refused")
	}
	for _, n := range next {
		if !c.seen[n.Kind] && strings.HasPrefix(n.Path, "/office") == c.office {
			c.seen[n.Kind] = true
			c.from(n.Path)
		}
	}
}

// lead is where a page leads.
type lead struct{ Kind, Path string }

// linked are the leads of a page. Applications are of one kind when they are in
// one state. The first exam of each group of step 1 counts as a link.
const linked = `(() => {
	const found = [], add = (path, more) => found.push({Kind: path.replace(/[?].*/, "").replace(/[/][0-9]+/g, "/#").replace(/(settings[/]mail[/]).+/, "$1#") + more, Path: path});
	for (const a of document.querySelectorAll("a[href^='/']:not(.brand)")) {
		const badge = a.closest("tr") && a.closest("tr").querySelector(".badge");
		if (!/[.](wav|csv|xlsx|zip|svg)$|photo$/.test(a.pathname) && !/archive[?]batch/.test(a.href)) add(a.pathname + a.search, badge ? badge.innerText : "");
	}
	if (location.pathname == "/apply")
		for (const o of document.querySelectorAll("#exam optgroup option:first-child"))
			add("/apply?exam=" + o.value, o.parentNode.label);
	return found;
})()`

// look judges the page that is shown at every width, and takes its pictures.
func (c *crawl) look(suffix ...string) {
	c.t.Helper()
	at := ask[string](c.window, `location.pathname + location.search`)
	widths := []int64{320, 360, 768, 1920, 390, 1280} // the smallest phones and the widest screens are candidates'
	if c.office {
		widths = []int64{1440, 390, 1280}
	}
	for _, width := range widths {
		c.resize(view{width: width, touch: width < 700})
		faults := ask[[]string](c.window, fmt.Sprintf(plainFaults, width))
		// Looking for barriers takes most of the time; who works at a desk has a desk's width.
		if width == 1280 || width == 390 && !c.office {
			faults = append(faults, ask[[]string](c.window, fmt.Sprintf(barriers, width == 1280))...)
		}
		for _, fault := range faults {
			c.t.Errorf("%s of %q at %d: %s", at, c.name, width, fault)
		}
		if directory := os.Getenv("SCREENSHOTS"); directory != "" {
			c.picture(directory, append([]string{fmt.Sprint(width), c.name, at}, suffix...)...)
		}
	}
	if !strings.HasPrefix(at, "/office") {
		c.lookLarge(at, suffix...)
	}
}

// plainFaults takes the width of the window.
const plainFaults = `(() => {
	const faults = [], wide = document.scrollingElement.scrollWidth;
	if (wide > %d) faults.push("is " + wide + " pixels wide");
	if (document.querySelectorAll("h1").length != 1) faults.push("has not one h1");
	if (!document.title) faults.push("has no title");
	for (const field of document.querySelectorAll("input:not([type=hidden]), select, textarea"))
		if (field.checkVisibility() && !field.labels.length && !field.ariaLabel) faults.push("has no label for " + field.outerHTML);
	return faults;
})()`

// barriers are what axe finds, be it small. It takes whether to look at the contrast
// of colours, which costs half the time and is the same at every width. What is still
// fading in has no colours yet.
const barriers = `Promise.allSettled(document.getAnimations().map(a => a.finished)).then(() => axe.run({
	resultTypes: ["violations"],
	rules: {"color-contrast": {enabled: %t}},
})).then(found => found.violations.map(v => v.id + ": " + v.help + ": " + v.nodes.map(n => n.html).join(" | ")))`

func (c *crawl) picture(directory string, names ...string) {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.ctx, step)
	defer cancel()
	png, err := chromedp.Run(ctx, chromedp.FullScreenshot(100))
	if err != nil {
		c.t.Fatal(err)
	}
	if err := os.MkdirAll(directory, 0o700); err != nil {
		c.t.Fatal(err)
	}
	name := strings.NewReplacer("/", "_", "?", "_", "=", "_", "%", "").Replace(strings.Join(names, "-")) + ".png"
	if err := os.WriteFile(filepath.Join(directory, name), png, 0o644); err != nil {
		c.t.Fatal(err)
	}
}
