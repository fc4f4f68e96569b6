package office

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"certreissue/e2e/rig"

	"github.com/PuerkitoBio/goquery"
)

func TestOfficeLogin(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.LoopRegister)
	password := rig.OneTime(t, rig.Must(t, "", "staff", "add", "新人", "-role", "reviewer", "-data", r.Data))
	b := r.Browser()
	form := b.Get("/office").Has("工作人员登录")
	form = b.Refused(http.StatusUnprocessableEntity, form, rig.FormTo("/office/login"), map[string]string{"username": "", "captcha": "0"}).Faults("username", "password", "captcha")
	form = b.Refused(http.StatusUnprocessableEntity, form, rig.FormTo("/office/login"), map[string]string{"username": "新人", "password": "wrong-pass1"}).Faults("username")
	form = b.Refused(http.StatusUnprocessableEntity, form, rig.FormTo("/office/login"), map[string]string{"username": "nobody", "password": "wrong-pass1"}).Faults("username")
	must := b.Sends(form, rig.FormTo("/office/login"), map[string]string{"username": "新人", "password": password}).Has("您使用的是一次性密码")
	for _, path := range []string{"/office", "/office/applications", "/office/accounts"} {
		b.At(path).Leads("/office/password")
	}
	b.Post(must, "/office/accounts", url.Values{"q": {rig.LoopNumber}}).Leads("/office/password")
	must = b.Refused(http.StatusUnprocessableEntity, must, rig.FormTo("/office/password"), map[string]string{"old_password": password, "password": "short", "password_confirm": "short"}).Faults("password")
	b.Sends(must, rig.FormTo("/office/password"), map[string]string{"old_password": password, "password": "xinren-pass1", "password_confirm": "xinren-pass1"}).Has("工作台", "密码已修改")
	b.Sends(b.Get("/office"), rig.FormTo("/office/logout"), nil).Has("已退出登录")
	b.At("/office").Leads("/office/login")
	// A candidate's session opens nothing here, nor a clerk's there.
	r.Register("测试", rig.LoopNumber).At("/office").Leads("/office/login")
	r.Staff("shenhe").At("/apply").Leads("/login")
}

func TestQueue(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	rig.Must(t, "city-pass1\n", "staff", "add", "city", "-role", "reviewer", "-city", "唐山", "-password-stdin", "-data", r.Data)
	b, other := r.Register("测试", rig.LoopNumber), r.Register("李四", "440308199901101512")
	form := b.Get("/apply/self")
	for i := range 54 {
		fill := url.Values{}
		for name, value := range rig.ByHand(map[string]string{"specialty": "专业" + strconv.Itoa(i)}) {
			fill.Set(name, value)
		}
		b.Post(form, "/apply/self", fill).Is(http.StatusSeeOther)
	}
	theirs := other.Apply(rig.SomebodyElses, map[string]string{"phone": "13900000000"})
	clerk := r.Staff("shenhe")
	numbers := func(p *rig.Page) []string {
		return p.Find("tbody th a").Map(func(_ int, a *goquery.Selection) string { return strings.TrimSpace(a.Text()) })
	}
	first := clerk.Get("/office/applications")
	second := clerk.Get(first.Link("下一页"))
	seen := map[string]bool{}
	for _, number := range append(numbers(first), numbers(second)...) {
		seen[number] = true
	}
	if len(numbers(first)) != 50 || len(seen) != 55 || second.Find("a[rel=next]").Length() != 0 {
		t.Errorf("pages of %d and %d, %d different", len(numbers(first)), len(numbers(second)), len(seen))
	}
	if strings.Contains(string(first.Body), rig.LoopNumber) {
		t.Error("the list shows a whole ID number")
	}
	exam := first.Find("option:contains('2018 年 经济师')").AttrOr("value", "")
	their := strings.TrimPrefix(theirs, "/applications/")
	for query, want := range map[string]int{"status=等待审核&city=唐山市": 1, "city=唐山": 1, "status=审核通过": 0, "exam=" + exam: 1, "q=" + their: 1, "q=李": 1, "q=四": 0, "q=JJ2018002": 1, "q=jj2018002&status=审核未过": 0} {
		if got := numbers(clerk.Get("/office/applications?" + query).Is(http.StatusOK)); len(got) != want || want == 1 && got[0] != their {
			t.Errorf("%s finds %v, want %d", query, got, want)
		}
	}
	clerk.At("/office/nowhere").Is(http.StatusNotFound).Has("返回工作台")
	for _, query := range []string{"status=没有", "exam=x", "page=!", "page=99", "search=unknown"} {
		clerk.At("/office/applications?" + query).Is(http.StatusNotFound)
	}

	search := rig.FormTo("/office/applications") + "[method=post]"
	first = clerk.Refused(http.StatusUnprocessableEntity, first, search, map[string]string{"id_number": "44030819990110151"}).Faults("id_number")
	answer := clerk.Send(first, search, map[string]string{"id_number": "440308199901101512"}).Is(http.StatusSeeOther)
	address := answer.Header.Get("Location")
	if strings.Contains(address, "4403081999") || len(numbers(clerk.Get(address))) != 1 {
		t.Errorf("the search leads to %s", address)
	}
	r.Staff("shenji").At(address).Is(http.StatusNotFound)
	// Typed into the other box, the number leaves the address at once.
	for _, path := range []string{"/office/applications", "/office/certificates"} {
		left := clerk.At(path + "?q=440308199901101512").Is(http.StatusSeeOther).Header.Get("Location")
		if strings.Contains(left, "4403081999") {
			t.Errorf("%s leads to %s", path, left)
		}
		clerk.Get(left).Has("4****************2")
	}

	// A reviewer of one city sees no other.
	limited := r.Staff("city")
	limited.Get("/office").Has("全部报名市")
	if offered := limited.Get("/office/applications").Find("#city option").Length(); offered != 2 {
		t.Errorf("%d cities are offered", offered)
	}
	if got := numbers(limited.Get("/office/applications")); len(got) != 1 || got[0] != their {
		t.Errorf("the reviewer of 唐山 sees %v", got)
	}
	for number := range seen {
		if number != their {
			limited.At("/office/applications/" + number).Is(http.StatusNotFound)
			limited.Post(limited.Get("/office"), "/office/applications/"+number+"/approve", url.Values{"revision": {"1"}}).Is(http.StatusNotFound)
			break
		}
	}
	limited.Decide(theirs, "approve", nil).Has("审核通过")

	// What a page would have had may have been decided in the meantime.
	const pending = "/office/applications?status=等待审核"
	next := clerk.Get(pending).Link("下一页")
	decided := url.Values{"act": {"approve"}}
	for _, number := range numbers(clerk.Get(next)) {
		decided.Add("application", number+".1")
	}
	clerk.Follows(clerk.Post(clerk.Get(pending), "/office/applications/many", decided))
	lost := clerk.Get(next).Has("这一页没有内容")
	if got := numbers(clerk.Get(lost.Link("从第一页查看"))); len(got) != 50 {
		t.Errorf("from the first page there are %d", len(got))
	}
}

// rows is how many rows the log has.
func rows(r *rig.Running) int {
	r.T.Helper()
	out := rig.Must(r.T, "", "backup", r.T.TempDir()+"/copy.db", "-data", r.Data)
	n, err := strconv.Atoi(strings.Fields(strings.TrimPrefix(out, "日志共"))[0])
	if err != nil {
		r.T.Fatalf("%v in %q", err, out)
	}
	return n
}

func TestReview(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	b := r.Register("测试", rig.LoopNumber)
	application := b.Apply("/apply/self", rig.ByHand(map[string]string{"exam_year": "2018", "exam_name": "经济师", "level": "初级", "approval_date": "20181104"}))
	clerk := r.Staff("shenhe")
	before := rows(r)
	screen := clerk.Get("/office"+application).Has(rig.LoopNumber, "由考生自行填写", "批准日期与考试表不同", "不一致", "唐山市")
	clerk.Get(screen.Path)
	if got := rows(r) - before; got != 1 {
		t.Errorf("two looks of a day leave %d rows, want 1", got)
	}
	r.Pass(24 * time.Hour)
	clerk = r.Staff("shenhe")
	before = rows(r)
	clerk.Get(screen.Path)
	clerk.Get(screen.Path)
	if got := rows(r) - before; got != 1 {
		t.Errorf("two looks of the next day leave %d rows, want 1", got)
	}

	for why, c := range map[string]struct {
		act    string
		values url.Values
		fault  string
	}{
		"no reason":             {"return", nil, "return-reason"},
		"a final one":           {"return", url.Values{"reason": {"electronic"}}, "return-reason"},
		"an unknown one":        {"return", url.Values{"reason": {"phone", "nonsense"}}, "return-reason"},
		"其他 without a note":     {"return", url.Values{"reason": {"other"}}, "return-note"},
		"too long a note":       {"return", url.Values{"reason": {"phone"}, "note": {strings.Repeat("长", 501)}}, "return-note"},
		"refused for nothing":   {"refuse", nil, "refuse-reason"},
		"refused for a mistake": {"refuse", url.Values{"reason": {"phone"}}, "refuse-reason"},
		"refused for 其他":        {"refuse", url.Values{"reason": {"other"}, "note": {" "}}, "refuse-note"},
	} {
		values := url.Values{"revision": {"1"}, "reason": c.values["reason"], "note": c.values["note"]}
		fresh := clerk.Get(screen.Path)
		if clerk.Post(fresh, screen.Path+"/"+c.act, values).Is(http.StatusUnprocessableEntity).Faults(c.fault); t.Failed() {
			t.Fatalf("the case is: %s", why)
		}
	}
	b = r.Browser()
	b.Login(rig.LoopNumber, rig.CandidatePassword)
	b.Get(application).Has("等待审核")
	clerk.Decide(application, "return", map[string]string{"reason": "other", "note": "请到窗口核验"}).Has("审核未过", "请到窗口核验")
	r.Mail("补证申请需要修改", 1)
	clerk.Post(clerk.Get(screen.Path), screen.Path+"/approve", url.Values{"revision": {"2"}}).Is(http.StatusConflict)
	b.Sends(b.Get(application+"/edit"), "form[enctype]", nil).Has("等待审核")
	clerk.Decide(application, "refuse", map[string]string{"reason": "not_ours"}).Has("不予受理", "非本中心发证")
	b.Get(application).Has("不予受理", "非本中心发证")
}

func TestTwoClerks(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	rig.Must(t, "erhao-pass1\n", "staff", "add", "erhao", "-role", "reviewer", "-password-stdin", "-data", r.Data)
	b := r.Register("测试", rig.LoopNumber)
	clerks := []*rig.Browser{r.Staff("shenhe"), r.Staff("erhao")}
	for range 5 {
		application := b.Apply("/apply/self", rig.ByHand(nil))
		screens := []*rig.Page{clerks[0].Get("/office" + application), clerks[1].Get("/office" + application)}
		answers := make([]*rig.Page, 2)
		var group sync.WaitGroup
		for i, clerk := range clerks {
			group.Go(func() {
				act, values := "approve", url.Values{"revision": {"1"}}
				if i == 1 {
					act, values = "refuse", url.Values{"revision": {"1"}, "reason": {"electronic"}}
				}
				answers[i] = clerk.Post(screens[i], screens[i].Path+"/"+act, values)
			})
		}
		group.Wait()
		first, second := answers[0], answers[1]
		word := "审核通过"
		if second.Status == http.StatusSeeOther {
			first, second, word = second, first, "不予受理"
		}
		first.Is(http.StatusSeeOther)
		second.Is(http.StatusConflict).Has(word)
		b.Get(application).Has(word)
		if word == "审核通过" {
			break // it stays open: no second application of the same
		}
	}
}
