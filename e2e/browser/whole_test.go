package browser

import (
	"fmt"
	"testing"

	"certreissue/e2e/rig"
)

// The longest that people and registers come up with.
const (
	longName     = "古丽米热·艾比布力买买提吐尔逊"
	longNumber   = "2015034340342015340409000208201503434034"
	longRegister = `考试年度,考试名称,姓名,证件号码,领取状态,级别,专业,性别,证书管理号,批准日期,报名市
2015,经济专业技术资格考试（中级）,` + longName + `,` + rig.LoopNumber + `,已领取,中级,人力资源管理,男,` + longNumber + `,20150920,石家庄市
`
)

// wholeWidths are those of phones, tablets and desks; 640 and 320 are 1280 at 200 % and 400 %.
var wholeWidths = []int64{320, 360, 390, 430, 640, 700, 820, 1024, 1280}

// TestBrowserWhole: what the register knows can be read off at every width, and is asked for after what is asked
// on a phone.
func TestBrowserWhole(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, longRegister)
	b := r.Register(longName, rig.LoopNumber)
	application := b.Apply(rig.Certificate2015, map[string]string{"phone": "13900000000"}, rig.Portrait())
	w := openWindow(r, t, chromium(t), view{width: 1280})
	w.login(rig.LoopNumber, rig.CandidatePassword)
	for _, page := range []struct {
		path    string
		numbers int
		parts   int    // of names, one pair in the header
		asked   string // what comes before the register on a phone
	}{
		{application + "/edit", 2, 4, "#phone"},
		{"/apply/self", 1, 4, "#exam_year"},
		{"/profile", 1, 4, ""},
		{application, 3, 4, ""},
		{"/apply", 2, 2, ""},
	} {
		w.visit(page.path)
		judge := func(large string) {
			for _, width := range wholeWidths {
				w.resize(view{width: width, touch: width < 700})
				first := width < 700 || large != "" && width < 962 // where there is one column
				for _, fault := range ask[[]string](w, fmt.Sprintf(broken, page.numbers, page.parts, page.asked, first)) {
					t.Errorf("%s%s at %d: %s", page.path, large, width, fault)
				}
			}
		}
		judge("")
		w.switchText("large")
		judge(", large")
		w.switchText("standard")
	}
}

// broken is what cannot be read off; it takes how many numbers there are, what is asked, and whether that
// comes first.
const broken = `(() => {
	const faults = [], wide = document.scrollingElement.scrollWidth, lines = e => {
		const text = document.createRange();
		text.selectNodeContents(e);
		return [...text.getClientRects()];
	};
	if (wide > innerWidth) faults.push("is " + wide + " pixels wide");
	const numbers = [...document.querySelectorAll("main dd .number")], names = [...document.querySelectorAll(".who-name .part, main dd .part")];
	if (numbers.length != %d) faults.push("has " + numbers.length + " numbers");
	if (names.length != %d) faults.push("has " + names.length + " parts of names");
	for (const whole of [...numbers, ...names])
		if (new Set(lines(whole).map(line => Math.round(line.top))).size != 1) faults.push("breaks " + whole.textContent);
	for (const value of document.querySelectorAll(".who-name, main dd")) {
		const place = value.getBoundingClientRect();
		for (const line of lines(value))
			if (line.right > place.right + 1 || line.bottom > place.bottom + 1 || line.left < place.left - 1 || line.right > innerWidth) faults.push("cuts " + value.textContent);
	}
	const asked = %q && document.querySelector(%[3]q), known = document.querySelector(".known");
	if (asked && (asked.getBoundingClientRect().top < known.getBoundingClientRect().top) != %[4]t) faults.push("has what is asked in the wrong place");
	return faults;
})()`
