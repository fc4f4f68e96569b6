package office

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"certreissue/e2e/rig"
)

// TestManyMarked: a mass approval leaves out what speaks against it, by the marks as
// they are now and not as the list showed them; each of those is confirmed by itself.
func TestManyMarked(t *testing.T) {
	r := rig.Office(t, rig.GuideRegister)
	clerk := r.Staff("shenhe")
	mine := r.Register("测试", rig.LoopNumber)
	number := func(path string) string { return strings.TrimPrefix(path, "/applications/") }
	first := number(mine.Apply("/apply/self", rig.ByHand(map[string]string{"phone": "13911112222"})))
	second := number(mine.Apply("/apply/self", rig.ByHand(map[string]string{"phone": "13911113333", "specialty": "金融"})))
	list := clerk.Get("/office/applications?status=等待审核")
	if strings.Contains(list.TextOf("table"), "同一电话") {
		t.Fatal("there is a mark already")
	}
	// Somebody else gives the same telephone number after the list was opened.
	other := r.Register("李四", "440308199901101512")
	third := number(other.Apply(rig.SomebodyElses, map[string]string{"phone": "139 1111 2222"}))

	picked := url.Values{"act": {"approve"}, "note": {"已核对"}, "queue": {"status=等待审核"}, "application": {first + ".1", second + ".1", third + ".1"}}
	answer := clerk.Follows(clerk.Post(list, "/office/applications/many", picked)).Has("1 份已办理", "2 份需要逐份确认", "留了相同的联系方式")
	clerk.Get("/office/applications/"+second).Has("审核通过", "已核对")
	for _, marked := range []string{first, third} {
		clerk.Get("/office/applications/" + marked).Has("等待审核")
		if answer.Link(marked) != "/office/applications/"+marked {
			t.Errorf("%s is not led to", marked)
		}
	}
	confirm := rig.FormTo("/office/applications/" + first + "/approve")
	if got := clerk.Get("/office/lists").TextOf("tbody td[data-label='结果']"); got != "办理 1 份，2 份另行逐份确认" {
		t.Errorf("the lists say %q", got)
	}
	back := clerk.Sends(answer, confirm, nil).Has("1 份已办理，1 份已逐份确认，1 份需要逐份确认", "逐份确认的 1 份不在其内")
	clerk.Get("/office/applications/"+first).Has("审核通过", "已核对", "可编入下一批次")
	if way := clerk.Refused(http.StatusConflict, answer, confirm, nil).Link("返回办理结果"); way != back.Path {
		t.Errorf("a second confirmation leads to %q, and not to %s", way, back.Path)
	}

	// What was confirmed is done, whatever becomes of it afterwards.
	clerk.Sends(clerk.Get("/office/batches/new"), rig.FormTo("/office/batches"), nil)
	clerk.Sends(clerk.Get("/office/batches/1"), rig.FormTo("/office/batches/1/lock"), nil)
	clerk.Get("/office/applications/" + first).Has("制证中")
	clerk.Get(back.Path).Has("1 份已逐份确认", "1 份需要逐份确认")

	// What the candidate has changed meanwhile is to be looked at anew.
	other.Sends(other.Get("/applications/"+third+"/edit"), "form[enctype]", map[string]string{"phone": "13911112222"})
	clerk.Refused(http.StatusConflict, back, rig.FormTo("/office/applications/"+third+"/approve"), nil)
	clerk.Get(back.Path).Has("考生修改了申请")
	// Returned with the others it can be all the same.
	returned := url.Values{"act": {"return"}, "reason": {"phone"}, "application": {third + ".2"}}
	clerk.Follows(clerk.Post(list, "/office/applications/many", returned)).Has("1 份已办理")
}
