package main

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
)

// oneTime is the one-time password that a command printed.
func oneTime(t *testing.T, out string) string {
	t.Helper()
	found := regexp.MustCompile(`一次性密码：(\S+)（`).FindStringSubmatch(out)
	if found == nil {
		t.Fatalf("no one-time password in %q", out)
	}
	return found[1]
}

func TestOfficeLogin(t *testing.T) {
	t.Parallel()
	r := office(t, loopRegister)
	password := oneTime(t, must(t, "", "staff", "add", "新人", "-role", "reviewer", "-data", r.data))
	b := r.browser()
	form := b.get("/office").has("工作人员登录")
	form = b.refused(http.StatusUnprocessableEntity, form, formTo("/office/login"), map[string]string{"username": "", "captcha": "0"}).faults("username", "password", "captcha")
	form = b.refused(http.StatusUnprocessableEntity, form, formTo("/office/login"), map[string]string{"username": "新人", "password": "wrong-pass1"}).faults("username")
	form = b.refused(http.StatusUnprocessableEntity, form, formTo("/office/login"), map[string]string{"username": "nobody", "password": "wrong-pass1"}).faults("username")
	must := b.sends(form, formTo("/office/login"), map[string]string{"username": "新人", "password": password}).has("您使用的是一次性密码")
	for _, path := range []string{"/office", "/office/applications", "/office/accounts"} {
		b.at(path).leads("/office/password")
	}
	b.post(must, "/office/accounts", url.Values{"q": {loopNumber}}).leads("/office/password")
	must = b.refused(http.StatusUnprocessableEntity, must, formTo("/office/password"), map[string]string{"old_password": password, "password": "short", "password_confirm": "short"}).faults("password")
	b.sends(must, formTo("/office/password"), map[string]string{"old_password": password, "password": "xinren-pass1", "password_confirm": "xinren-pass1"}).has("工作台", "密码已修改")
	b.sends(b.get("/office"), formTo("/office/logout"), nil).has("已退出登录")
	b.at("/office").leads("/office/login")
	// A candidate's session opens nothing here, nor a clerk's there.
	r.register("测试", loopNumber).at("/office").leads("/office/login")
	r.staff("shenhe").at("/apply").leads("/login")
}

func TestQueue(t *testing.T) {
	t.Parallel()
	r := office(t, guideRegister)
	must(t, "city-pass1\n", "staff", "add", "city", "-role", "reviewer", "-city", "唐山", "-password-stdin", "-data", r.data)
	b, other := r.register("测试", loopNumber), r.register("李四", "440308199901101512")
	form := b.get("/apply/self")
	for i := range 54 {
		fill := url.Values{}
		for name, value := range byHand(map[string]string{"specialty": "专业" + strconv.Itoa(i)}) {
			fill.Set(name, value)
		}
		b.post(form, "/apply/self", fill).is(http.StatusSeeOther)
	}
	theirs := other.apply(somebodyElses, map[string]string{"phone": "13900000000"})
	clerk := r.staff("shenhe")
	numbers := func(p *page) []string {
		return p.Find("tbody th a").Map(func(_ int, a *goquery.Selection) string { return strings.TrimSpace(a.Text()) })
	}
	first := clerk.get("/office/applications")
	second := clerk.get(first.link("下一页"))
	seen := map[string]bool{}
	for _, number := range append(numbers(first), numbers(second)...) {
		seen[number] = true
	}
	if len(numbers(first)) != 50 || len(seen) != 55 || second.Find("a[rel=next]").Length() != 0 {
		t.Errorf("pages of %d and %d, %d different", len(numbers(first)), len(numbers(second)), len(seen))
	}
	if strings.Contains(string(first.body), loopNumber) {
		t.Error("the list shows a whole ID number")
	}
	exam := first.Find("option:contains('2018 年 经济师')").AttrOr("value", "")
	their := strings.TrimPrefix(theirs, "/applications/")
	for query, want := range map[string]int{"status=等待审核&city=唐山市": 1, "city=唐山": 1, "status=审核通过": 0, "exam=" + exam: 1, "q=" + their: 1, "q=李": 1, "q=四": 0, "q=JJ2018002": 1, "q=jj2018002&status=审核未过": 0} {
		if got := numbers(clerk.get("/office/applications?" + query).is(http.StatusOK)); len(got) != want || want == 1 && got[0] != their {
			t.Errorf("%s finds %v, want %d", query, got, want)
		}
	}
	for _, path := range []string{"/office/applications?page=99", "/office/applications?status=等待审核&page=99"} {
		lost := clerk.get(path).has("这一页没有内容")
		if len(numbers(clerk.get(lost.link("从第一页查看")))) == 0 {
			t.Errorf("%s leads to %s", path, lost.link("从第一页查看"))
		}
	}
	clerk.at("/office/nowhere").is(http.StatusNotFound).has("返回工作台")
	for _, query := range []string{"status=没有", "exam=x", "page=!", "search=unknown"} {
		clerk.at("/office/applications?" + query).is(http.StatusNotFound)
	}

	search := formTo("/office/applications") + "[method=post]"
	first = clerk.refused(http.StatusUnprocessableEntity, first, search, map[string]string{"id_number": "44030819990110151"}).faults("id_number")
	answer := clerk.send(first, search, map[string]string{"id_number": "440308199901101512"}).is(http.StatusSeeOther)
	address := answer.header.Get("Location")
	if strings.Contains(address, "4403081999") || len(numbers(clerk.get(address))) != 1 {
		t.Errorf("the search leads to %s", address)
	}
	r.staff("shenji").at(address).is(http.StatusNotFound)
	// Typed into the other box, the number leaves the address at once.
	for _, path := range []string{"/office/applications", "/office/certificates"} {
		left := clerk.at(path + "?q=440308199901101512").is(http.StatusSeeOther).header.Get("Location")
		if strings.Contains(left, "4403081999") {
			t.Errorf("%s leads to %s", path, left)
		}
		clerk.get(left).has("4****************2")
	}

	// A reviewer of one city sees no other.
	limited := r.staff("city")
	limited.get("/office").has("全部报名市")
	if offered := limited.get("/office/applications").Find("#city option").Length(); offered != 2 {
		t.Errorf("%d cities are offered", offered)
	}
	if got := numbers(limited.get("/office/applications")); len(got) != 1 || got[0] != their {
		t.Errorf("the reviewer of 唐山 sees %v", got)
	}
	for number := range seen {
		if number != their {
			limited.at("/office/applications/" + number).is(http.StatusNotFound)
			limited.post(limited.get("/office"), "/office/applications/"+number+"/approve", url.Values{"revision": {"1"}}).is(http.StatusNotFound)
			break
		}
	}
	limited.decide(theirs, "approve", nil).has("审核通过")
}

// rows is how many rows the log has.
func (r *running) rows() int {
	r.t.Helper()
	out := must(r.t, "", "backup", r.t.TempDir()+"/copy.db", "-data", r.data)
	n, err := strconv.Atoi(strings.Fields(strings.TrimPrefix(out, "日志共"))[0])
	if err != nil {
		r.t.Fatalf("%v in %q", err, out)
	}
	return n
}

func TestReview(t *testing.T) {
	t.Parallel()
	r := office(t, guideRegister)
	b := r.register("测试", loopNumber)
	application := b.apply("/apply/self", byHand(map[string]string{"exam_year": "2018", "exam_name": "经济师", "level": "初级", "approval_date": "20181104"}))
	clerk := r.staff("shenhe")
	before := r.rows()
	screen := clerk.get("/office"+application).has(loopNumber, "由考生自行填写", "批准日期与考试表不同", "不一致", "唐山市")
	clerk.get(screen.path)
	if got := r.rows() - before; got != 1 {
		t.Errorf("two looks of a day leave %d rows, want 1", got)
	}
	r.pass(24 * time.Hour)
	clerk = r.staff("shenhe")
	before = r.rows()
	clerk.get(screen.path)
	clerk.get(screen.path)
	if got := r.rows() - before; got != 1 {
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
		fresh := clerk.get(screen.path)
		if clerk.post(fresh, screen.path+"/"+c.act, values).is(http.StatusUnprocessableEntity).faults(c.fault); t.Failed() {
			t.Fatalf("the case is: %s", why)
		}
	}
	b = r.browser()
	b.login(loopNumber, candidatePassword)
	b.get(application).has("等待审核")
	clerk.decide(application, "return", map[string]string{"reason": "other", "note": "请到窗口核验"}).has("审核未过", "请到窗口核验")
	r.mail("补证申请需要修改", 1)
	clerk.post(clerk.get(screen.path), screen.path+"/approve", url.Values{"revision": {"2"}}).is(http.StatusConflict)
	b.sends(b.get(application+"/edit"), "form[enctype]", nil).has("等待审核")
	clerk.decide(application, "refuse", map[string]string{"reason": "not_ours"}).has("不予受理", "非本中心发证")
	b.get(application).has("不予受理", "非本中心发证")
}

func TestTwoClerks(t *testing.T) {
	t.Parallel()
	r := office(t, guideRegister)
	must(t, "erhao-pass1\n", "staff", "add", "erhao", "-role", "reviewer", "-password-stdin", "-data", r.data)
	b := r.register("测试", loopNumber)
	clerks := []*browser{r.staff("shenhe"), r.staff("erhao")}
	for range 5 {
		application := b.apply("/apply/self", byHand(nil))
		screens := []*page{clerks[0].get("/office" + application), clerks[1].get("/office" + application)}
		answers := make([]*page, 2)
		var group sync.WaitGroup
		for i, clerk := range clerks {
			group.Go(func() {
				act, values := "approve", url.Values{"revision": {"1"}}
				if i == 1 {
					act, values = "refuse", url.Values{"revision": {"1"}, "reason": {"electronic"}}
				}
				answers[i] = clerk.post(screens[i], screens[i].path+"/"+act, values)
			})
		}
		group.Wait()
		first, second := answers[0], answers[1]
		word := "审核通过"
		if second.status == http.StatusSeeOther {
			first, second, word = second, first, "不予受理"
		}
		first.is(http.StatusSeeOther)
		second.is(http.StatusConflict).has(word)
		b.get(application).has(word)
		if word == "审核通过" {
			break // it stays open: no second application of the same
		}
	}
}
