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
	r.Staff("shenji").Get("/office/audit?object=settings").Has("各市窗口（石家庄）")
	if where := b.Get("/apply").TextOf("[data-state='不可申请'] .place"); !strings.Contains(where, "市路 8 号") || !strings.Contains(where, "0311-8888") {
		t.Errorf("who has not collected is sent to %q", where)
	}
}

// TestPlacesOfWhoWaits: who is told by no mail, and who collects a 合格证明, is told where to come and whom to
// ask, from step 3 on.
func TestPlacesOfWhoWaits(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	admin, clerk := r.Staff("guanli"), r.Staff("shenhe")
	admin.Sends(admin.Get("/office/settings"), rig.FormTo("/office/settings"), map[string]string{"address": "省路 1 号", "hours": "工作日", "telephone": "0311-1111"})
	list := admin.Get("/office/settings/cities")
	list.Find("form[action$='/place']").Each(func(_ int, s *goquery.Selection) {
		if strings.HasPrefix(s.AttrOr("aria-label", ""), "唐山") {
			admin.Sends(list, rig.FormTo(s.AttrOr("action", "")), map[string]string{"address": "海路 3 号"})
		}
	})
	routed(admin, "经济师", "开具合格证明")

	plain := oneTime(clerk.Sends(clerk.Get("/office/accounts/new"), rig.FormTo("/office/accounts/new"), map[string]string{"paper": "身份证", "id_number": rig.LoopNumber, "name": "测试"}))
	b := r.Browser()
	b.Sends(b.Login(rig.LoopNumber, plain), rig.FormTo("/password"), map[string]string{"old_password": plain, "password": rig.CandidatePassword, "password_confirm": rig.CandidatePassword})
	where := func(p *rig.Page, want ...string) {
		t.Helper()
		said := strings.Join(strings.Fields(p.Find(".place").Text()), " ")
		for _, part := range want {
			if !strings.Contains(said, part) {
				t.Errorf("%s sends people to %q, not to %q", p.Path, said, part)
			}
		}
	}
	own := b.Apply(rig.Certificate2015, map[string]string{"phone": "13900000000"}, rig.Portrait())
	where(b.Get(own+"/submitted").Has("没有登记邮箱", "下面的窗口"), "省路 1 号", "工作日", "0311-1111")

	proof := b.Apply("/apply/certificates/2", map[string]string{"certificate_number": "无", "specialty": "无", "phone": "13900000000"})
	where(b.Get(proof+"/submitted").Has("开具合格证明", "办理窗口：唐山"), "海路 3 号", "工作日", "0311-1111")
	b.Sends(b.Get("/profile"), rig.FormTo("/profile"), map[string]string{"email": "kaosheng@example.com"})
	where(b.Get(proof+"/submitted").Has("k***@example.com", "开具合格证明", "下面的窗口"), "海路 3 号")
	if told := b.Get(own + "/submitted").Has("k***@example.com"); told.Find(".place").Length() != 0 {
		t.Error("who is told by mail is sent somewhere all the same")
	}
	clerk.Decide(proof, "approve", nil)
	clerk.Sends(clerk.Get("/office"+proof), "form[action$='/proof']", nil).Has("合格证明")
	where(b.Get(proof).Has("合格证明已开具"), "海路 3 号", "工作日", "0311-1111")
	if body := r.Mail("合格证明已开具，请来领取", 1).Body; !strings.Contains(body, "地址：海路 3 号\n服务时间：工作日\n") {
		t.Errorf("the mail does not say where:\n%s", body)
	}
}
