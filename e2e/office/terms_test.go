package office

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"certreissue/e2e/rig"
	"certreissue/reissue"
)

// TestTerm: the office sets a term; the candidate reads its last day on the page and in the
// mail; a service reminds of it by itself, and the office sees that it has.
func TestTerm(t *testing.T) {
	r := rig.Office(t, takeBackRegister)
	candidate, reviewer, admin := r.Register("测试", "110101199003071233"), r.Staff("shenhe"), r.Staff("guanli")
	settings := rig.FormTo("/office/settings")
	page := admin.Get("/office/settings").Shows(map[string]string{"term_days": "", "remind_days": "14 7 2", "uncollected_remind_days": "30 60"})
	admin.Refused(http.StatusUnprocessableEntity, page, settings, map[string]string{"term_days": "3"}).Faults("term_days")
	admin.Refused(http.StatusUnprocessableEntity, page, settings, map[string]string{"term_days": "8", "remind_days": "14"}).Faults("remind_days")
	admin.Refused(http.StatusUnprocessableEntity, page, settings, map[string]string{"uncollected_remind_days": "明天"}).Faults("uncollected_remind_days")

	number := strings.TrimPrefix(applied(candidate, "2020"), "/applications/")
	returned := func() { reviewer.Decide("/applications/"+number, "return", map[string]string{"reason": "phone"}) }
	returned()
	if text := candidate.Get("/applications/" + number).Text(); strings.Contains(text, "逾期") {
		t.Errorf("without a term the candidate reads %s", text)
	}
	reviewer.Sends(reviewer.Get("/office/applications/"+number), rig.FormTo("/office/applications/"+number+"/take-back"), map[string]string{"note": "重来"})
	admin.Sends(page, settings, map[string]string{"term_days": "9", "remind_days": "7 2"})
	admin.Get("/office/settings").Shows(map[string]string{"term_days": "9", "remind_days": "7 2"})
	returned()
	last := reissue.ShowDate(reissue.Today(time.Now().AddDate(0, 0, 9)))
	candidate.Get("/applications/" + number).Has("最晚 " + last)
	if m := r.Mail("补证申请需要修改", 2); !strings.Contains(m.Body, "最晚 "+last) {
		t.Errorf("the mail says %s", m.Body)
	}

	// A week's start makes sure of the clock, the next day reminds.
	const day = 24 * time.Hour
	r.Stop()
	rig.StartLater(t, day, "serve", "-data", r.Data).Stop()
	later := rig.StartLater(t, 2*day, "serve", "-data", r.Data)
	later.Staff("shenhe").Eventually("/office/applications/"+number, "提醒补正")
	later.Staff("shenhe").Get("/office/applications/"+number).Has("系统", "最晚 "+last)
	later.Staff("guanli").Get("/office/settings/mail/remind_return").Has("期限")
	later.Staff("guanli").Get("/office/audit?object=application&id=" + number).Has("提醒补正")
	other := later.Browser()
	other.Login("110101199003071233", rig.CandidatePassword)
	if text := other.Get("/applications/" + number).Text(); !strings.Contains(text, "最晚 "+last) || strings.Contains(text, "提醒补正") {
		t.Errorf("the candidate reads %s", text)
	}
}
