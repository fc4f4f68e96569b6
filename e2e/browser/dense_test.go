package browser

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"certreissue/e2e/rig"
)

// The windows of the office: a notebook with what a browser puts around its pages, an old screen, a low one, a wide one.
var (
	notebook = view{width: 1366, height: 650}
	old      = view{width: 1024, height: 700}
	low      = view{width: 1280, height: 600}
	wide     = view{width: 1920, height: 1000}
	phone    = view{width: 390, height: 800, touch: true}
)

const waitingQueue = "/office/applications?status=等待审核"

// openDesk opens a window for the demo's reviewer.
func openDesk(t *testing.T, v view) *window {
	t.Helper()
	chrome := chromium(t)
	w := openWindow(rig.Start(t, "demo", "-applications", "60"), t, chrome, v)
	clerk := person("shenhe")
	w.officeLogin(clerk.Username, clerk.Password)
	return w
}

// TestBrowserQueueRows: of the queue as the desk opens it so many rows are in view at once, also where every name,
// exam and city is long, every application overdue and marked; what is cut is told in whole.
func TestBrowserQueueRows(t *testing.T) {
	t.Parallel()
	judge := func(w *window) {
		t.Helper()
		for v, least := range map[view]int{notebook: 8, old: 6} {
			w.resize(v)
			w.visit(waitingQueue)
			if rows := ask[int](w, wholeRows); rows < least {
				t.Errorf("%d rows of the queue are in view at %d×%d, want %d", rows, v.width, v.height, least)
			} else {
				t.Logf("%d rows of the queue at %d×%d", rows, v.width, v.height)
			}
			for _, fault := range append(ask[[]string](w, untold), ask[[]string](w, sideways)...) {
				t.Errorf("the queue at %d: %s", v.width, fault)
			}
		}
	}
	demo := openDesk(t, notebook)
	judge(demo)

	register := strings.SplitAfter(longRegister, "\n")[0]
	for year := 2017; year < 2023; year++ {
		for i, exam := range []string{"计算机技术与软件专业技术资格（水平）考试（信息系统项目管理师）", "经济专业技术资格考试（高级）（人力资源管理）"} {
			register += fmt.Sprintf("%d,%s,%s,%s,已领取,中级,人力资源管理,男,%s%d%d,%d0920,张家口市宣化区考务中心\n", year, exam, longName, rig.LoopNumber, longNumber[:35], year, i, year)
		}
	}
	r := rig.Office(t, register)
	b := r.Register(strings.Replace(longName, "·", " ", 1), rig.LoopNumber)
	for n := range 12 {
		b.Apply(fmt.Sprint("/apply/certificates/", n+1), map[string]string{"phone": "13900000000"})
	}
	r.Pass(40 * 24 * time.Hour)
	w := openWindow(r, t, chromium(t), notebook)
	w.officeLogin("shenhe", "shenhe-pass1")
	judge(w)
	if rows := ask[int](w, `[...document.querySelectorAll(".lines tbody tr")].filter(row => row.querySelector(".row-mark") && row.querySelector(".overdue")).length`); rows != 12 {
		t.Errorf("%d rows are marked and overdue, want 12", rows)
	}
	for _, v := range []view{notebook, old, wide, phone} {
		w.resize(v)
		w.visit(waitingQueue)
		w.follow(".lines tbody th a")
		faults := ask[[]string](w, sideways)
		if v != phone {
			faults = append(faults, ask[[]string](w, outOfView)...)
		}
		for _, fault := range faults {
			t.Errorf("a long application at %d: %s", v.width, fault)
		}
	}
}

// wholeRows are the rows of the list that nothing covers.
const wholeRows = `(() => {
	const place = e => e.getBoundingClientRect(), bar = document.querySelector(".many-acts");
	const top = place(document.querySelector(".lines thead")).bottom, bottom = Math.min(innerHeight, place(bar).top);
	return [...document.querySelectorAll(".lines tbody tr")].filter(row => place(row).top >= top - 1 && place(row).bottom <= bottom).length;
})()`

// untold is text of the list that is cut and stands in no title.
const untold = `[...document.querySelectorAll(".lines .cut")].filter(e => (e.scrollWidth > e.clientWidth || e.scrollHeight > e.clientHeight) && e.title !== e.textContent).map(e => "cuts " + e.textContent)`

// sideways is what must be pushed about to be read: the page, the list, what is compared.
const sideways = `[document.scrollingElement, ...[...document.querySelectorAll(".lines, .compare")].map(e => e.parentElement)].filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.className + " is " + e.scrollWidth + " wide in " + e.clientWidth)`

// TestBrowserPanelInView: whatever can be done with an application is in view when its page comes, in each state,
// with a photo and without, from the register and by hand, and after the one before was decided.
func TestBrowserPanelInView(t *testing.T) {
	t.Parallel()
	w := openDesk(t, old)
	w.visit("/office/applications")
	kinds := map[string]bool{}
	judge := func(v view) {
		t.Helper()
		at := ask[string](w, `location.pathname`)
		for _, fault := range append(ask[[]string](w, outOfView), ask[[]string](w, sideways)...) {
			t.Errorf("%s at %d×%d: %s", at, v.width, v.height, fault)
		}
		kinds[ask[string](w, `document.querySelector("h1 .badge").innerText + (document.querySelector(".review-photo") ? ", photo" : "")`)] = true
		kinds[ask[string](w, `document.querySelector(".review-facts .secondary").innerText.slice(0, 7)`)] = true
	}
	filters := []string{"held=1"}
	for _, state := range ask[[]string](w, `[...document.querySelectorAll("#status option")].map(o => o.value).filter(Boolean)`) {
		filters = append(filters, "status="+url.QueryEscape(state))
	}
	for _, filter := range filters {
		w.visit("/office/applications?" + filter)
		for _, path := range ask[[]string](w, `[`+withPhoto+`, `+withoutPhoto+`, `+byHand+`].filter(Boolean)`) {
			for _, v := range []view{notebook, old} {
				w.resize(v)
				w.visit(path)
				judge(v)
			}
		}
	}
	for _, kind := range []string{"等待审核", "等待审核, photo", "审核未过", "审核通过", "审核通过, photo", "制证中", "待领取", "已领取", "不予受理", "申请由档案中的", "申请由考生自行"} {
		if !kinds[kind] {
			t.Errorf("no application is %s", kind)
		}
	}

	for _, v := range []view{notebook, old} {
		w.resize(v)
		w.visit(waitingQueue)
		w.follow(".lines tbody th a")
		w.follow("#approve")
		w.sees("已审核通过")
		judge(v)
	}
}

// One of a list with a photo, as exams until 2016 want one; one without; one by hand, with a photo: it has the most
// reasons to return it.
const (
	found        = `(old, mark) => { const row = [...document.querySelectorAll(".lines tbody tr")].find(row => (parseInt(row.querySelector(".exam").innerText) <= 2016) == old && row.innerText.includes(mark)); return row ? row.querySelector("th a").pathname + row.querySelector("th a").search : ""; }`
	withPhoto    = `(` + found + `)(true, "")`
	withoutPhoto = `(` + found + `)(false, "")`
	byHand       = `(` + found + `)(true, "档案无")`
)

// outOfView is what can be done and is not wholly in view, or lies below something else.
const outOfView = `(() => {
	const faults = [], acts = [...document.querySelectorAll(".review-acts h2, .review-acts summary, .review-acts .button")].filter(e => e.checkVisibility());
	for (const e of acts) {
		const place = e.getBoundingClientRect(), hit = document.elementFromPoint(place.left + place.width / 2, place.top + place.height / 2);
		if (place.top < 0 || place.bottom > innerHeight || place.right > innerWidth || !hit || !e.contains(hit)) faults.push("out of view: " + e.innerText);
	}
	if (acts.length < 2) faults.push("nothing can be done");
	return faults;
})()`

// TestBrowserPhotoStays: while a reason for a return is picked, the photo is in view beside it, however far the page
// was scrolled, and nothing lies over either.
func TestBrowserPhotoStays(t *testing.T) {
	t.Parallel()
	w := openDesk(t, old)
	w.visit(waitingQueue)
	for _, path := range ask[[]string](w, `[`+withPhoto+`, `+byHand+`]`) {
		for _, v := range []view{notebook, old, low, wide} {
			w.resize(v)
			w.visit(path)
			w.press(`//summary[contains(., "退回修改")]`)
			judge := func(when string) {
				for _, part := range []string{"0", ".5", "1"} {
					ask[float64](w, `(scrollTo(0, document.scrollingElement.scrollHeight * `+part+`), scrollY)`)
					for _, fault := range ask[[]string](w, photoHidden) {
						t.Errorf("%s at %d×%d, %s, scrolled by %s: %s", path, v.width, v.height, when, part, fault)
					}
				}
			}
			judge("opened")
			w.follow(button("退回修改"))
			w.sees("请至少选择一个原因")
			judge("refused")
		}
	}
}

// photoHidden goes through the reasons and to the note as Tab does.
const photoHidden = `(() => {
	const faults = [], hit = (x, y, e) => { const found = document.elementFromPoint(x, y); return found && (e.contains(found) || found.contains(e) && found.tagName == "LABEL"); };
	for (const box of document.querySelectorAll("#return-reason input, #return-note")) {
		box.focus();
		const at = box.getBoundingClientRect(), photo = document.querySelector(".review-photo img"), place = photo.getBoundingClientRect();
		if (at.top < 0 || at.bottom > innerHeight || !hit(at.left + at.width / 2, at.top + at.height / 2, box)) faults.push(box.id + " is not in view");
		if (place.top < 0 || place.bottom > innerHeight) faults.push("the photo is not in view at " + box.id);
		for (const y of [place.top + 4, (place.top + place.bottom) / 2, place.bottom - 4])
			for (const x of [place.left + 4, place.right - 4])
				if (!hit(x, y, photo)) faults.push("something lies over the photo at " + box.id);
	}
	const send = document.querySelector(".decide [open] .button").getBoundingClientRect();
	if (send.bottom > innerHeight || send.top < 0) faults.push("the return cannot be sent");
	if (!document.querySelector("#return-reason input")) faults.push("there are no reasons");
	return faults;
})()`

// TestBrowserWide: at 1920 the width is used, an application has three columns beside each other, and no line is
// longer than is comfortable; nothing is pushed sideways at any width.
func TestBrowserWide(t *testing.T) {
	t.Parallel()
	w := openDesk(t, wide)
	w.visit(waitingQueue)
	if place := ask[[]float64](w, `(() => { const table = document.querySelector(".lines").getBoundingClientRect(); return [table.left, table.right, document.querySelector(".lines tbody tr").offsetHeight]; })()`); place[0] > 200 || place[1] < 1840 || place[2] > 36 {
		t.Errorf("at 1920 the queue lies from %.0f to %.0f, with rows of %.0f", place[0], place[1], place[2])
	}
	paths := append([]string{waitingQueue, "/office", "/office/batches", "/office/batches/1", "/office/report", "/office/certificates", "/office/accounts", "/office/handout"},
		ask[[]string](w, `[...document.querySelectorAll(".lines tbody th a")].slice(0, 6).map(a => a.pathname)`)...)
	for _, path := range paths {
		for _, v := range []view{wide, notebook, old, phone} {
			w.resize(v)
			w.visit(path)
			for _, fault := range ask[[]string](w, sideways) {
				t.Errorf("%s at %d: %s", path, v.width, fault)
			}
			if v != wide || !ask[bool](w, `!!document.querySelector(".review-photo")`) {
				continue
			}
			columns := ask[[]float64](w, `[".review-facts", ".picture", ".review-acts"].flatMap(s => { const place = document.querySelector(s).getBoundingClientRect(); return [place.left, place.right, place.top]; })`)
			if columns[1] >= columns[3] || columns[4] >= columns[6] || columns[7] < 1840 || columns[2] != columns[5] || columns[5] != columns[8] {
				t.Errorf("%s at 1920 has its columns at %.0f", path, columns)
			}
			if width := columns[1] - columns[0]; width > 980 {
				t.Errorf("%s at 1920 has facts that are %.0f wide", path, width)
			}
		}
	}
}
