package browser

import (
	"testing"

	"certreissue/e2e/rig"
)

// TestBrowserUnmarked picks, of a list, what nothing is to be looked at in, and is led
// to confirm the others one by one where they are picked, too.
func TestBrowserUnmarked(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	r.Register("李四", "440308199901101512").Apply(rig.SomebodyElses, map[string]string{"phone": "13911113333"}) // plain
	for name, number := range map[string]string{"测试": rig.LoopNumber, "王五": rig.IDNumber(t, 7)} {              // with the same telephone
		r.Register(name, number).Apply("/apply/self", rig.ByHand(map[string]string{"phone": "13911112222"}))
	}
	w := openWindow(r, t, chromium(t), view{width: 1366})
	w.officeLogin("shenhe", "shenhe-pass1")
	w.visit("/office/applications?status=等待审核")
	const picked = `document.querySelectorAll("input[name=application]:checked").length`
	plain := ask[int](w, `[...document.querySelectorAll("tbody tr")].filter(tr => tr.querySelector("input[name=application]") && !tr.querySelector(".row-mark")).length`)
	all := ask[int](w, `document.querySelectorAll("input[name=application]").length`)
	serious := ask[int](w, `document.querySelectorAll(".row-mark.serious").length`)
	if plain == 0 || plain == all || serious == 0 {
		t.Fatalf("of %d %d are plain, %d marks are serious", all, plain, serious)
	}
	w.press(`//button[contains(., "全选无标记")]`)
	if got := ask[int](w, picked); got != plain || ask[bool](w, `!!document.querySelector("tr:has(input:checked) .row-mark")`) {
		t.Errorf("%d are picked of %d without a mark", got, plain)
	}
	w.press(`input[aria-label=全选本页]`)
	if got := ask[int](w, picked); got != all {
		t.Errorf("%d are picked of all %d", got, all)
	}
	w.follow(button("审核通过"))
	w.sees("需要逐份确认")
	left := ask[int](w, `document.querySelectorAll(".confirm").length`)
	w.follow(`.confirm button`)
	if got := ask[int](w, `document.querySelectorAll(".confirm").length`); got != left-1 {
		t.Errorf("%d are left of %d after one was confirmed", got, left)
	}
}
