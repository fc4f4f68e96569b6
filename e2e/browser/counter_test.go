package browser

import (
	"fmt"
	"strings"
	"testing"

	"certreissue/e2e/rig"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// atCounter has ready so many certificates of each of some people, whose applications it answers.
func atCounter(r *rig.Running, people map[string]int) (numbers map[string][]string) {
	r.T.Helper()
	clerk := r.Staff("shenhe")
	numbers = map[string][]string{}
	exams := []string{"造价工程师", "监理工程师", "经济师"}
	for id, n := range people {
		candidate := r.Register("测试", id)
		for _, exam := range exams[:n] {
			application := candidate.Apply("/apply/self", rig.ByHand(map[string]string{"exam_name": exam}))
			clerk.Decide(application, "approve", nil)
			numbers[id] = append(numbers[id], application[strings.LastIndexByte(application, '/')+1:])
		}
	}
	batch := clerk.Sends(clerk.Get("/office/batches/new"), rig.FormTo("/office/batches"), nil).Path
	for _, act := range []string{"lock", "arrive"} {
		clerk.Sends(clerk.Get(batch), rig.FormTo(batch+"/"+act), nil)
	}
	return numbers
}

// TestBrowserCounter hands certificates out as a clerk does who has a reader of cards and a scanner: what
// they type goes to where the focus is, with Enter, and the rest is done by a few keys.
func TestBrowserCounter(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister)
	holder, three, third, stranger := rig.IDNumber(t, 1), rig.IDNumber(t, 2), rig.IDNumber(t, 3), rig.IDNumber(t, 4)
	numbers := atCounter(r, map[string]int{holder: 1, three: 3, third: 1})
	w := openWindow(r, t, chromium(t), view{width: 1366})
	w.officeLogin("shenhe", "shenhe-pass1")
	w.visit("/office/counter")

	// A page takes its focus when it is first drawn, which may be after it has come.
	at := func(id string) {
		t.Helper()
		w.until(`document.activeElement.id === "` + id + `"`)
	}
	// types is a device's: it leads to a page; scans is one's that does not.
	types := func(text string) {
		t.Helper()
		w.follows(chromedp.KeyEvent(text + "\r"))
	}
	scans := func(text string) { t.Helper(); w.do(chromedp.KeyEvent(text + "\r")) }
	pressed := 0
	press := func(keys ...string) {
		t.Helper()
		w.settle()
		for _, key := range keys {
			w.do(chromedp.KeyEvent(key))
			pressed++
		}
	}
	badge := func() string { return ask[string](w, `document.querySelector("h1 .badge, td .badge").innerText`) }

	// One certificate, by the holder: one key, and what is scanned.
	at("q")
	types(holder)
	at("q")
	w.sees("刷证号码与持证人一致")
	if strings.Contains(ask[string](w, `location.href`), holder) {
		t.Error("the card's number stands in the address")
	}
	scans("") // a key that was hit by mistake
	at("q")
	press(kb.F2)
	at("new_number")
	types("BF1")
	at("q")
	w.sees("已领取", "BF1")
	t.Logf("one certificate: %d keys", pressed)
	if pressed != 1 {
		t.Errorf("one certificate takes %d keys, want 1", pressed)
	}

	// Three of one person: one key, too. The next number is scanned where it belongs.
	pressed = 0
	types(three)
	w.sees("有 3 份待领取")
	press(kb.F2)
	for i := range 2 {
		scans(fmt.Sprintf("CF%d", i))
		if empty := ask[int](w, `[...document.querySelectorAll("[name=new_number]")].filter(f => !f.value).length`); empty != 2-i {
			t.Errorf("after %d numbers %d are empty", i+1, empty)
		}
	}
	types("CF2")
	at("q")
	w.sees("已登记领取 3 份", "CF0", "CF1", "CF2")
	t.Logf("three certificates of one person: %d keys", pressed)

	// A scanner that ends with two Enters sends once.
	w.visit("/office/handout/" + numbers[third][0])
	if sent := ask[int](w, `(() => {
		const form = document.getElementById("paper_checked").form;
		let sent = 0;
		addEventListener("submit", event => { sent += event.defaultPrevented ? 0 : 1; event.preventDefault(); });
		form.requestSubmit();
		form.requestSubmit();
		return sent;
	})()`); sent != 1 {
		t.Errorf("a form that is sent twice at once goes out %d times", sent)
	}

	// By an agent, whose card is scanned beside the application of the slip.
	w.visit("/office/counter")
	at("q")
	types(numbers[third][0])
	w.sees("待领取")
	press(kb.F4)
	at("agent_name")
	w.keys("李代领" + kb.Tab + stranger)
	press(kb.F2)
	at("new_number")

	// A card into the field of the number, and one while nothing takes it: nothing is collected by that.
	types(third)
	at("new_number")
	w.sees("这是身份证号")
	w.press("#collector-holder")
	at("collector-holder")
	scans("")
	if got := badge(); got != "待领取" {
		t.Fatalf("Enter at a choice: %s", got)
	}
	types(third)
	w.sees("刷证号码与持证人一致")
	press(kb.F4, kb.F3, kb.F2, kb.F8)
	at("new_number")
	w.keys("DF1")
	w.follows(chromedp.KeyEvent(kb.F9))
	at("q")
	w.sees("已领取", "本人", "DF1")
	w.settle()
	w.follows(chromedp.KeyEvent(kb.F7))
	w.sees("领取签收单")

	// Not found: the focus stays, and the next one replaces it.
	w.visit("/office/counter")
	at("q")
	types(stranger)
	at("q")
	w.sees("这个证件号码没有补证申请")
	types(numbers[three][0])
	w.sees("已领取", "CF")
}
