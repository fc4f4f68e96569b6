package office

import (
	"net/http"
	"strings"
	"testing"

	"certreissue/e2e/rig"

	"github.com/PuerkitoBio/goquery"
)

// TestPlaces: an administrator sets the counter of a city, and whoever of that city is sent to one is sent there,
// on pages, slips and in mails.
func TestPlaces(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	admin := r.Staff("guanli")
	b, _ := r.Apply("测试", rig.LoopNumber)
	if body := r.Mail("补证申请已收到", 1).Body; !strings.Contains(body, "状态：等待审核\n查看申请：http") || !strings.Contains(body, " 年 ") {
		t.Errorf("a mail does not say what it is about:\n%s", body)
	}
	list := admin.Get("/office/settings/cities")
	form := ""
	list.Find("form[action$='/place']").Each(func(_ int, s *goquery.Selection) {
		if strings.HasPrefix(s.AttrOr("aria-label", ""), "石家庄") {
			form = rig.FormTo(s.AttrOr("action", ""))
		}
	})
	admin.Refused(http.StatusUnprocessableEntity, list, form, map[string]string{"address": strings.Repeat("路", 81)}).Has("80")
	admin.Sends(admin.Get("/office/settings/cities"), form, map[string]string{"address": "市路 8 号", "telephone": "0311-8888"}).Has("市路 8 号，0311-8888")
	admin.Refused(http.StatusConflict, list, form, map[string]string{"address": "别处"}) // from before
	b.Get("/help").Has("办理窗口", "石家庄", "市路 8 号")
	for _, page := range []string{"/forgot", "/register", "/privacy", "/profile"} {
		b2 := b
		if page != "/profile" {
			b2 = r.Browser()
		}
		if b2.Get(page).Has("办理窗口").Link("各市的窗口") != "/help#counter" {
			t.Errorf("%s does not lead to the cities' counters", page)
		}
	}
	if where := b.Get("/apply").TextOf("[data-state='不可申请'] .place"); !strings.Contains(where, "市路 8 号") || !strings.Contains(where, "0311-8888") {
		t.Errorf("who has not collected is sent to %q", where)
	}
}
