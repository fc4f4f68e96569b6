package office

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"certreissue/e2e/rig"

	"github.com/PuerkitoBio/goquery"
)

// listed are the numbers that a list of the queue shows.
func listed(p *rig.Page) []string {
	return p.Find("tbody th a").Map(func(_ int, a *goquery.Selection) string { return strings.TrimSpace(a.Text()) })
}

// TestQueueFilters: the list is narrowed by day, by who decided, by batch, by mark and
// by what is late, and so are its exports and the way through it; what it is narrowed by
// stands above it, each with the way without; a day that is none is told.
func TestQueueFilters(t *testing.T) {
	r := rig.Office(t, batchRegister)
	rig.Must(t, "zweiter-pass1\n", "staff", "add", "zweiter", "-role", "reviewer", "-password-stdin", "-data", r.Data)
	candidate, reviewer := r.Register("测试", "110101199003071233"), r.Staff("shenhe")
	first := approved(candidate, reviewer, "2020")
	batch := batched(reviewer)
	id := batch[strings.LastIndex(batch, "/")+1:]
	r.Pass(2 * 24 * time.Hour)
	candidate.Login("110101199003071233", rig.CandidatePassword)
	second := approved(candidate, r.Staff("zweiter"), "2018")
	byHand := strings.TrimPrefix(candidate.Apply("/apply/self", rig.ByHand(map[string]string{"phone": "0311-8566 7777"})), "/applications/")
	r.Pass(20 * 24 * time.Hour)
	reviewer = r.Staff("shenhe")
	day := func(ago int) string {
		return time.Now().Add(time.Duration(r.Skew.Load())).AddDate(0, 0, -ago).In(time.FixedZone("", 8*3600)).Format("20060102")
	}
	iso := func(ago int) string { d := day(ago); return d[:4] + "-" + d[4:6] + "-" + d[6:] }

	for _, c := range []struct {
		query string
		want  []string
	}{
		{"submitted_from=" + day(21), []string{second, byHand}},
		{"submitted_to=" + iso(21), []string{first}},
		{"submitted_from=" + day(22) + "&submitted_to=" + day(20), []string{first, second, byHand}},
		{"decided_from=" + iso(20) + "&decided_to=" + day(20), []string{second}},
		{"decided_to=" + day(22), []string{first}},
		{"by=shenhe", []string{first}}, {"by=zweiter&status=审核通过", []string{second}}, {"by=niemand", nil},
		{"batch=" + id, []string{first}}, {"batch=" + id + "&status=审核通过", nil}, {"batch=x", nil},
		{"mark=any", []string{byHand}}, {"mark=档案无", []string{byHand}}, {"mark=同一照片", nil}, {"mark=any&city=唐山市", nil},
		{"overdue=1", []string{byHand}}, {"overdue=1&status=待领取", nil}, {"overdue=1&status=审核通过", nil},
		{"q=0311 85667777", []string{byHand}}, {"q=js2018", []string{second}},
	} {
		query := strings.ReplaceAll(c.query, " ", "+")
		if got := listed(reviewer.Get("/office/applications?" + query)); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.query, got, c.want)
		}
		exported := string(reviewer.Get("/office/applications.csv?" + query).Body)
		for _, number := range []string{first, second, byHand} {
			if strings.Contains(exported, number) != slices.Contains(c.want, number) {
				t.Errorf("%s: the export has %s", c.query, number)
			}
		}
		next := reviewer.At("/office/applications/next?" + query)
		if leads := next.Header.Get("Location"); len(c.want) > 0 && !strings.HasPrefix(leads, "/office/applications/"+c.want[0]+"?") {
			t.Errorf("%s: next leads to %s", c.query, leads)
		}
	}
	reviewer.At("/office/applications/next?submitted_from=" + day(30) + "&from=" + first).Is(http.StatusSeeOther)

	// What is set is told, and stays when the rest is changed.
	page := reviewer.Get("/office/applications?by=zweiter&batch=" + id + "&decided_from=" + day(25))
	if page.Find("details.more-filters[open]").Length() != 1 || reviewer.Get("/office/applications?status=审核通过").Find("details.more-filters[open]").Length() != 0 {
		t.Error("what is folded away is open where nothing of it is set, or not where it is")
	}
	without := url.Values{"by": {"zweiter"}, "decided_from": {day(25)}}
	page.Has("审核人", "zweiter", "审核自", "没有符合条件的申请")
	if cleared := page.Find(".chosen a[aria-label*='批次']").AttrOr("href", ""); cleared != "/office/applications?"+without.Encode() {
		t.Errorf("without the batch: %s", cleared)
	} else if got := listed(reviewer.Get(cleared)); !slices.Equal(got, []string{second}) {
		t.Errorf("without the batch: %v", got)
	}
	if chosen := page.Find("#batch option[selected]").AttrOr("value", ""); chosen != id {
		t.Errorf("the form has the batch %q", chosen)
	}

	for field, bad := range map[string]string{"submitted_from": "昨天", "submitted_to": "20261332", "decided_from": "2026", "decided_to": "x"} {
		page := reviewer.Get("/office/applications?" + url.Values{field: {bad}}.Encode()).Is(http.StatusUnprocessableEntity).Faults(field)
		if len(listed(page)) > 0 || page.Find("input[name="+field+"]").AttrOr("value", "") != bad || page.Find("details.more-filters[open]").Length() != 1 {
			t.Errorf("%s=%s: the page lists something, or has lost what was typed", field, bad)
		}
		for _, path := range []string{"/office/applications.xlsx", "/office/applications/next"} {
			reviewer.At(path + "?" + url.Values{field: {bad}}.Encode()).Leads("/office/applications?" + url.Values{field: {bad}}.Encode())
		}
	}
	reviewer.Get("/office/applications?decided_from=" + day(1) + "&decided_to=" + day(2)).Is(http.StatusUnprocessableEntity).Faults("decided_to").Has("结束日期早于开始日期")
	for _, page := range []string{"/office/batches/new", "/office/audit"} {
		reviewer.Get(page + "?from=" + day(1) + "&to=" + day(2)).Is(http.StatusUnprocessableEntity).Faults("to").Has("结束日期早于开始日期")
		reviewer.Get(page + "?from=" + day(2) + "&to=" + day(2)).Is(http.StatusOK)
	}

	// What is late is of a state, which is told.
	for status, told := range map[string]string{"": "等待审核（没有选择状态）", "待领取": "到证后没有领取", "审核通过": "这个状态不计超期"} {
		if chosen := reviewer.Get("/office/applications?overdue=1&status=" + status).TextOf(".chosen"); !strings.Contains(chosen, told) {
			t.Errorf("late and %q: %q", status, chosen)
		}
	}

	log := r.Staff("shenji").Get("/office/audit?act=applications.export").TextOf("main")
	for _, told := range []string{"审核人 zweiter", "提示 任何", "超期", "批次 ", "按姓名或编号查找"} {
		if !strings.Contains(log, told) {
			t.Errorf("the log of the exports has no %q", told)
		}
	}
	if strings.Contains(log, "85667777") {
		t.Error("the log has the telephone that was searched for")
	}
}

// TestDeskLate: the desk counts what is late, each with its list, after the days of the
// settings and not before; a batch's page counts its applications by state.
func TestDeskLate(t *testing.T) {
	r := rig.Office(t, batchRegister)
	candidate, reviewer := r.Register("测试", "110101199003071233"), r.Staff("shenhe")
	admin := r.Staff("guanli")
	admin.Sends(admin.Get("/office/settings"), rig.FormTo("/office/settings"), map[string]string{"target_days": "30", "returned_days": "10", "batch_days": "5", "collect_days": "20"}).Has("设置已保存")
	back := applied(candidate, "2018")
	reviewer.Decide(back, "return", map[string]string{"reason": "other", "note": "请核对"})
	number := approved(candidate, reviewer, "2020")
	batch := batched(reviewer)
	reviewer.Sends(reviewer.Get(batch), rig.FormTo(batch+"/expect"), map[string]string{"expected": time.Now().In(time.FixedZone("", 8*3600)).Format("20060102")})
	id := batch[strings.LastIndex(batch, "/")+1:]
	if counts := reviewer.Get(batch).TextOf(".batch-counts"); !strings.Contains(counts, "制证中") || !strings.Contains(counts, "1 份") {
		t.Errorf("the batch counts %q", counts)
	}
	lines := func(days int) (found []string) {
		r.Pass(time.Duration(days) * 24 * time.Hour)
		reviewer = r.Staff("shenhe")
		return reviewer.Get("/office").Find(".alerts .urgent").Map(func(_ int, line *goquery.Selection) string { return line.Text() })
	}
	if found := lines(5); len(found) != 0 {
		t.Errorf("on the fifth day: %q", found)
	}
	if found := lines(1); len(found) != 1 || !strings.Contains(found[0], "1 个制证批次过了预计到证日期 5 天以上") {
		t.Errorf("the batch: %q", found)
	}
	reviewer.Get(reviewer.Get("/office").Link("查看这些批次")).Has("逾期未到证", reviewer.Get(batch).TextOf("h1")[:len("2026 年第")])
	reviewer.Sends(reviewer.Get(batch), rig.FormTo(batch+"/arrive"), nil)
	reviewer.Get("/office/batches?late=1").Has("没有逾期的批次")
	found := lines(5)
	if len(found) != 1 || !strings.Contains(found[0], "1 份申请退回后超过 10 天") {
		t.Errorf("the return: %q", found)
	}
	if got := listed(reviewer.Get(reviewer.Get("/office").Find(".alerts .urgent a").AttrOr("href", ""))); !slices.Equal(got, []string{strings.TrimPrefix(back, "/applications/")}) {
		t.Errorf("the list of returns: %v", got)
	}
	found = lines(16)
	if len(found) != 2 || !strings.Contains(found[1], "1 份新证书到证超过 20 天") {
		t.Errorf("what is not collected: %q", found)
	}
	if got := listed(reviewer.Get(reviewer.Get("/office").Find(".alerts .urgent a").Last().AttrOr("href", ""))); !slices.Equal(got, []string{number}) {
		t.Errorf("the list of what is not collected: %v", got)
	}
	if got := listed(reviewer.Get("/office/applications?batch=" + id)); !slices.Equal(got, []string{number}) {
		t.Errorf("the batch's list: %v", got)
	}
	admin = r.Staff("guanli")
	admin.Sends(admin.Get("/office/settings"), rig.FormTo("/office/settings"), map[string]string{"returned_days": "0", "collect_days": ""}).Has("设置已保存")
	if found := lines(0); len(found) != 0 {
		t.Errorf("turned off: %q", found)
	}
}
