package office

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"certreissue/e2e/rig"
	"certreissue/reissue"
)

// aside is what staff have written for themselves, and no candidate may read.
const aside = "疑似冒领，等公安机关回函"

// day is a day so many days from now, as it is typed.
func day(days int) string {
	return reissue.At(time.Now().AddDate(0, 0, days)).Time().Format(time.DateOnly)
}

// shownDay is until when something is put off so many days from now, as pages say it.
func shownDay(days int) string {
	return "暂缓到 " + reissue.ShowDate(reissue.Today(time.Now().AddDate(0, 0, days)))
}

// silent fails where what staff have written for themselves is told to the candidate.
func silent(t *testing.T, candidate *rig.Browser, number string) {
	t.Helper()
	takesAlong(candidate, number)
	data := candidate.Get("/profile/data")
	downloaded := candidate.Send(data, rig.FormTo("/profile/data"), map[string]string{"password": rig.CandidatePassword})
	for where, page := range map[string]string{
		"the application": string(candidate.Get("/applications/" + number).Body), "the form": string(candidate.Get("/applications/" + number + "/edit").Body),
		"the list": string(candidate.Get("/applications").Body), "step 1": string(candidate.Get("/apply").Body), "what is downloaded": string(unpacked(t, downloaded.Body)["我的信息.html"]),
	} {
		if strings.Contains(page, "公安") || strings.Contains(page, "暂缓") || strings.Contains(page, "内部备注") {
			t.Errorf("%s tells: %s", where, page)
		}
	}
}

// told wants an act about an application in the log, and not what was written there.
func told(t *testing.T, r *rig.Running, number, act string) {
	t.Helper()
	if rows := r.Staff("guanli").Get("/office/audit?object=application&id=" + number).Has(act); strings.Contains(rows.Text(), aside) {
		t.Errorf("the log has what was written: %s", rows.Text())
	}
}

// TestHold: what is put off is away from the queue and the desk until its day, is found by
// its number and in a list of its own, and comes back by itself; the candidate sees none
// of it.
func TestHold(t *testing.T) {
	r := rig.Office(t, takeBackRegister)
	candidate, reviewer := r.Register("测试", "110101199003071233"), r.Staff("shenhe")
	first, second := strings.TrimPrefix(applied(candidate, "2020"), "/applications/"), strings.TrimPrefix(applied(candidate, "2018"), "/applications/")
	path, queue := "/office/applications/"+first, "/office/applications?sort=oldest&status=等待审核"
	screen := reviewer.Get(path + "?status=等待审核")
	before := candidate.Get("/applications/" + first)
	form := rig.FormTo(path + "/hold")
	for name, c := range map[string]struct{ until, reason, field string }{
		"today":            {day(0), aside, "hold-until"},
		"no day":           {"明天", aside, "hold-until"},
		"more than a year": {day(367), aside, "hold-until"},
		"for no reason":    {day(1), " ", "hold-reason"},
	} {
		refused := reviewer.Refused(http.StatusUnprocessableEntity, screen, form, map[string]string{"until": c.until, "reason": c.reason}).Faults(c.field)
		if got := refused.Find("#hold-until").AttrOr("value", ""); got != c.until {
			t.Errorf("%s: the form has %q", name, got)
		}
	}
	// It leads on to the next one of the list.
	reviewer.Sends(screen, form, map[string]string{"until": day(20), "reason": aside}).Has("已暂缓办理", "2018 年")
	if list := reviewer.Get(queue); strings.Contains(list.Text(), first) || !strings.Contains(list.Text(), second) {
		t.Errorf("the queue: %s", list.Text())
	}
	reviewer.Get("/office").Has("1 份申请暂缓办理")
	reviewer.Get("/office/applications?q="+first).Has(first, shownDay(20))
	held := reviewer.Get("/office/applications?held=1").Has(first, "还没有到日期")
	if strings.Contains(held.Text(), second) || held.Find("[name=application]").Length() != 0 {
		t.Errorf("the list of what is held: %s", held.Text())
	}
	reviewer.Get(path).Has("等待审核", shownDay(20), aside, "shenhe")
	told(t, r, first, "暂缓办理")
	silent(t, candidate, first)
	if after := candidate.Get("/applications/" + first); after.TextOf("main") != before.TextOf("main") {
		t.Errorf("the candidate sees %s", after.TextOf("main"))
	}

	// Who has not seen it decides nothing, alone or among many; who has, does.
	reviewer.Refused(http.StatusConflict, screen, rig.FormTo(path+"/approve"), nil)
	if again := reviewer.Send(screen, form, map[string]string{"until": day(3), "reason": "x"}); again.Status != http.StatusConflict {
		t.Errorf("put off by who has not seen it: %d", again.Status)
	}
	seen := reviewer.Get(path)
	reviewer.Sends(seen, rig.FormTo(path+"/unhold"), nil).Has("已结束暂缓", "结束暂缓")
	reviewer.Get(queue).Has(first)
	reviewer.Refused(http.StatusConflict, seen, rig.FormTo(path+"/unhold"), nil)
	reviewer.Sends(reviewer.Get(path), form, map[string]string{"until": day(2), "reason": aside})
	candidate.Sends(candidate.Get("/applications/"+first+"/edit"), "form[enctype]", map[string]string{"phone": "13911112222"}).Has("等待审核")
	if strings.Contains(reviewer.Get(queue).Text(), first) {
		t.Error("a correction ends the hold")
	}

	// Its day comes.
	ahead := 3 * 24 * time.Hour
	r.Stop()
	r = rig.StartLater(t, ahead, "demo", "-data", r.Data)
	reviewer = r.Staff("shenhe")
	reviewer.Eventually(queue, first)
	reviewer.Get(path).Has("暂缓到期", "系统")
	reviewer.Sends(reviewer.Get(path), rig.FormTo(path+"/approve"), nil)
}

// TestNote: a note is for colleagues alone, in every state.
func TestNote(t *testing.T) {
	r := rig.Office(t, takeBackRegister)
	candidate, reviewer := r.Register("测试", "110101199003071233"), r.Staff("shenhe")
	number := approved(candidate, reviewer, "2020")
	path := "/office/applications/" + number
	form := rig.FormTo(path + "/note")
	screen := reviewer.Get(path)
	refused := reviewer.Refused(http.StatusUnprocessableEntity, screen, form, map[string]string{"note": " "}).Faults("note-note")
	reviewer.Refused(http.StatusUnprocessableEntity, screen, form, map[string]string{"note": strings.Repeat("长", 501)}).Faults("note-note")
	noted := reviewer.Sends(refused, form, map[string]string{"note": aside}).Has("内部备注已保存")
	if history := noted.TextOf(".history"); !strings.Contains(history, aside) || !strings.Contains(history, "shenhe") || !strings.Contains(noted.TextOf(".asides"), aside) {
		t.Errorf("the page says %s", noted.TextOf("main"))
	}
	reviewer.Sends(screen, form, map[string]string{"note": aside}) // sent again
	if n := reviewer.Get(path).Find(".history li:contains('" + aside + "')").Length(); n != 1 {
		t.Errorf("%d notes", n)
	}
	silent(t, candidate, number)
	auditor := r.Staff("shenji")
	auditor.Get(path).Has(aside)
	if auditor.Get(path).Find(form).Length() != 0 {
		t.Error("an auditor is offered to note")
	}
	told(t, r, number, "内部备注")
	for _, paper := range []string{"/office/forms?application=" + number, "/office/applications.csv", "/office/archive?application=" + number} {
		if page := reviewer.At(paper); strings.Contains(string(page.Body), aside) {
			t.Errorf("%s has the note", paper)
		}
	}
}
