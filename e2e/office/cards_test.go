package office

import (
	"strings"
	"testing"

	"certreissue/e2e/rig"
)

// TestCardsInProduction: what step 1 says of an application while its certificate is made
// and handed out: when, where, under which number.
func TestCardsInProduction(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, batchRegister)
	candidate, reviewer, admin := r.Register("测试", "110101199003071233"), r.Staff("shenhe"), r.Staff("guanli")
	admin.Sends(admin.Get("/office/settings"), rig.FormTo("/office/settings"), map[string]string{"address": "示例路 8 号", "hours": "工作日上午", "telephone": "0311-85666666"})
	number := approved(candidate, reviewer, "2020")
	card := func(state string, parts ...string) {
		t.Helper()
		card := candidate.Get("/apply").Find(".card[data-application='" + number + "']")
		if got := card.AttrOr("data-state", ""); got != state || card.AttrOr("data-certificate", "") == "" || card.Find(".primary").Length() != 0 {
			t.Errorf("the card says %q, want %q, and nothing loud", got, state)
		}
		for _, part := range parts {
			if !strings.Contains(card.Text(), part) {
				t.Errorf("%s: the card lacks %q:\n%s", state, part, card.Text())
			}
		}
	}
	card("审核通过", "将安排制证", "审核时间")
	made := reviewer.Sends(reviewer.Get("/office/batches/new"), rig.FormTo("/office/batches"), map[string]string{"expected": "20991231"})
	batch := strings.TrimSuffix(made.Find("form[action$='/lock']").AttrOr("action", ""), "/lock")
	reviewer.Sends(made, rig.FormTo(batch+"/lock"), nil)
	card("制证中", "预计 2099 年 12 月 31 日", "开始制证")
	reviewer.Sends(reviewer.Get(batch), rig.FormTo(batch+"/arrive"), nil)
	card("待领取", "示例路 8 号", "工作日上午", "0311-85666666", "身份证件", "到证时间")
	path := "/office/handout/" + number
	reviewer.Sends(reviewer.Get(path), rig.FormTo(path+"/mail"), map[string]string{"tracking": "EX000000001CN"})
	card("已寄出", "EX000000001CN", "寄出时间")
	certificate := candidate.Get("/apply").Find(".card[data-application='"+number+"']").AttrOr("data-certificate", "")
	for _, path := range []string{"/apply", "/applications/" + number} {
		if again := candidate.Get(path).Find("a:contains('重新申请')"); again.AttrOr("href", "") != "/apply/certificates/"+certificate || again.HasClass("primary") {
			t.Errorf("on %s 重新申请 leads to %s, or is loud", path, again.AttrOr("href", ""))
		}
	}
}
