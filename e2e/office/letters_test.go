package office

import (
	"net/http"
	"strings"
	"testing"

	"certreissue/e2e/rig"
)

// TestLetters: letters tell candidates what was decided, in the office's words, one or
// many; what is in another state has none. A form names who has decided.
func TestLetters(t *testing.T) {
	r := rig.Office(t, batchRegister)
	candidate, reviewer, admin := r.Register("测试", "110101199003071233"), r.Staff("shenhe"), r.Staff("guanli")
	first, second := applied(candidate, "2020"), applied(candidate, "2018")
	number := func(path string) string { return strings.TrimPrefix(path, "/applications/") }
	reviewer.Decide(first, "return", map[string]string{"reason": "other", "note": "请核对证书管理号"})
	reviewer.Decide(second, "refuse", map[string]string{"reason": "fraud"})

	const page = "/office/letters?kind="
	reviewer.Get(page+"returned&application="+number(first)).Has("补正通知书", "测试：", "· 其他", "请核对证书管理号", "救济途径", "盖章")
	both := reviewer.Get(page+"refused&application="+number(first)+"&application="+number(second)).Has("不予受理通知书", "疑似冒领", "申请 "+number(first)+" 现在是“审核未过”，没有可以打印的不予受理通知")
	if both.Find(".letter-sheet").Length() != 1 {
		t.Errorf("%d letters", both.Find(".letter-sheet").Length())
	}
	reviewer.Get(page+"proxy").Has("委托书", "委托人：＿＿")
	reviewer.Get(page+"proxy&application="+number(first)).Has("委托人：测试", "110101199003071233")
	reviewer.At(page + "other").Is(http.StatusNotFound)
	reviewer.At(page + "returned&application=99").Is(http.StatusNotFound)

	for path, text := range map[string]string{"/office/applications/" + number(first): "打印补正通知", "/office/applications/" + number(second): "打印不予受理通知",
		"/office/applications?status=审核未过": "打印补正通知"} {
		if link := reviewer.Get(path).Link(text); !strings.HasPrefix(link, "/office/letters?") {
			t.Errorf("%s leads to %q", path, link)
		}
	}
	reviewer.Get("/office/forms?application=" + number(first)).Has("审核人：shenhe")

	// An auditor's look is one of the log.
	auditor := r.Staff("shenji")
	auditor.Get(page + "returned&application=" + number(first))
	if log := admin.Get("/office/audit?act=viewed").TextOf("tbody"); !strings.Contains(log, "shenji") {
		t.Errorf("the log has %s", log)
	}

	const settings = "/office/settings/letters/returned"
	admin.Sends(admin.Get(settings), rig.FormTo(settings), map[string]string{"title": "补正告知书", "body": "{{姓名}}请在十日内补正：\n{{原因}}"}).Has("设置已保存")
	reviewer.Get(page+"returned&application="+number(first)).Has("补正告知书", "测试请在十日内补正")
	if refused := admin.Refused(http.StatusUnprocessableEntity, admin.Get(settings), rig.FormTo(settings), map[string]string{"body": "{{未知}}"}); refused.Problems()["body"] == "" {
		t.Errorf("an unknown placeholder: %v", refused.Problems())
	}
	admin.Sends(admin.Get(settings), rig.FormTo(settings), map[string]string{"default": "1"})
	reviewer.Get(page + "returned&application=" + number(first)).Has("补正通知书")
}
