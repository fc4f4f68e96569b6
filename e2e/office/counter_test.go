package office

import (
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"certreissue/e2e/rig"

	"github.com/PuerkitoBio/goquery"
)

// Somebody with three certificates, a namesake, and two others.
const counterRegister = `考试年度,考试名称,姓名,证件号码,领取状态,级别,专业,证书管理号,批准日期,报名市
2020,二级建造师,测试,110101199003071233,已领取,考全科,无,EJ2020001,20201122,石家庄市
2019,监理工程师,测试,110101199003071233,已领取,考全科,无,JL2019001,20191122,石家庄市
2018,经济师,测试,110101199003071233,已领取,中级,金融,JS2018,20181103,唐山市
2020,二级建造师,测试,11010119900307803X,已领取,考全科,无,EJ2020002,20201122,石家庄市
2020,二级建造师,李四,440308199901101512,已领取,考全科,无,EJ2020003,20201122,石家庄市
`

// counterOffice has ready what three people of the register applied for: 测试's three (ours), the namesake's
// and 李四's.
type counterOffice struct {
	*rig.Running
	*rig.Browser
	candidate             *rig.Browser
	ours                  []string
	namesake, other, late string // late is 李四's next, and waits
}

func counter(t *testing.T) *counterOffice {
	r := rig.Office(t, counterRegister)
	o := &counterOffice{Running: r, Browser: r.Staff("shenhe"), candidate: r.Register("测试", rig.LoopNumber)}
	for _, year := range []string{"2020", "2019", "2018"} {
		o.ours = append(o.ours, approved(o.candidate, o.Browser, year))
	}
	o.namesake = approved(r.Register("测试", "11010119900307803X"), o.Browser, "2020")
	lisi := r.Register("李四", "440308199901101512")
	o.other = approved(lisi, o.Browser, "2020")
	ready(o.Browser)
	o.late = strings.TrimPrefix(lisi.Apply("/apply/self", rig.ByHand(nil)), "/applications/")
	return o
}

// types is what the box answers to what is typed into it on a page.
func (o *counterOffice) types(on, q string) *rig.Page {
	o.Browser.T.Helper()
	return o.Send(o.Get(on), rig.FormTo("/office/counter"), map[string]string{"q": q})
}

// begins fails unless the page begins with one field.
func begins(p *rig.Page, id string) *rig.Page {
	p.T.Helper()
	if first := p.Find("[autofocus]"); first.Length() != 1 || first.AttrOr("id", "") != id {
		p.T.Errorf("%s (%d) begins with %d fields, %q, want %q", p.Path, p.Status, first.Length(), first.AttrOr("id", ""), id)
	}
	return p
}

func TestCounterFinds(t *testing.T) {
	t.Parallel()
	o := counter(t)
	begins(o.Get("/office/counter").Has("待领取"), "q")
	path := "/office/handout/" + o.other
	begins(o.Get(path), "q")
	for _, q := range []string{o.other, o.other[:4] + "-" + o.other[4:]} {
		o.types("/office/counter", q).Leads(path)
	}
	for _, q := range []string{"440308199901101512", "440308 19990110 1512", "440308990110151", "李四", "ej2020003"} {
		opened := o.Follows(o.types(path, q))
		if !strings.HasPrefix(opened.Path, path) {
			t.Errorf("%q opens %s", q, opened.Path)
		}
		begins(opened.Has("待领取"), "q")
	}
	o.types(path, o.late).Leads("/office/counter/" + o.late) // which is not ready; another one is
	o.Get("/office/counter/"+o.late).Has("申请 "+o.late+" 的状态是“等待审核”", "有 1 份待领取", "持证人的其他申请")

	// Two people of one name, those first who have something ready.
	o.candidate.Apply("/apply/self", rig.ByHand(nil))
	several := begins(o.types("/office/counter", "测试").Is(http.StatusOK).Has("找到几位持证人"), "q")
	rows := several.Find("h2:contains('找到几位') + .table-wrap tbody tr").Map(func(_ int, row *goquery.Selection) string { return row.Find(".badge").Text() })
	if want := []string{"待领取", "待领取", "待领取", "待领取", "等待审核"}; !slices.Equal(rows, want) {
		t.Errorf("the people of one name: %q", rows)
	}
	several.Has(o.namesake)

	for q, why := range map[string]string{"": "请刷身份证", "赵": "没有找到", "20260009999": "没有找到", rig.IDNumber(t, 7): "这个证件号码没有补证申请", "110101199003071234": "扫描的是编号的"} {
		nothing := o.types(path, q)
		if nothing.Status < 400 || !strings.Contains(nothing.Problems()["q"], why) {
			t.Errorf("%q: %d, %v", q, nothing.Status, nothing.Problems())
		}
		begins(nothing, "q")
	}
	// Somebody of 唐山 sees one of three, and whose the others are.
	rig.Must(t, "city-pass1\n", "staff", "add", "city", "-role", "reviewer", "-city", "唐山市", "-password-stdin", "-data", o.Data)
	city := o.Running.Staff("city")
	one := city.Follows(city.Send(city.Get("/office/counter"), rig.FormTo("/office/counter"), map[string]string{"q": rig.LoopNumber})).Has("另有由石家庄窗口办理的待领取证书", "2018 年 经济师")
	if !strings.HasPrefix(one.Path, "/office/handout/"+o.ours[2]) || strings.Contains(string(one.Body), o.ours[0]) {
		t.Errorf("somebody of 唐山 is led to %s: %s", one.Path, one.TextOf("main"))
	}
	admin := o.Running.Staff("guanli")
	admin.Follows(admin.Send(admin.Get("/office/counter"), rig.FormTo("/office/counter"), map[string]string{"q": o.other})).Has("待领取")
}

// TestCounterScan: a card that is the holder's is told to be, in no address; another's is its agent's.
func TestCounterScan(t *testing.T) {
	t.Parallel()
	o := counter(t)
	const holder = "440308199901101512"
	stranger := rig.IDNumber(t, 7)
	path := "/office/handout/" + o.other
	answer := o.types("/office/counter", holder)
	if to := answer.Header.Get("Location"); !regexp.MustCompile(`^` + path + `\?scan=[A-Z0-9]{20,}$`).MatchString(to) {
		t.Fatalf("a card leads to %q", to)
	}
	chosen := func(p *rig.Page) string { return p.Find("[name=collector][checked]").AttrOr("value", "") }
	matched := o.Follows(answer).Has("刷证号码与持证人一致")
	if chosen(matched) != "holder" {
		t.Errorf("%q is chosen for the holder's card", chosen(matched))
	}
	// It is known of the form that was refused, too, and by nobody else.
	again := begins(o.Refused(http.StatusUnprocessableEntity, matched, rig.FormTo(path+"/collect"), map[string]string{"new_number": holder}).Has("刷证号码与持证人一致", "这是身份证号"), "new_number")
	o.Refused(http.StatusUnprocessableEntity, again, rig.FormTo(path+"/collect"), map[string]string{"new_number": "BF1"}).Faults("paper_checked")
	if colleague := o.Running.Staff("guanli").Get(answer.Header.Get("Location")); strings.Contains(colleague.TextOf("main"), "一致") {
		t.Error("a colleague has scanned it")
	}
	if typed := o.Get(path); typed.Find(".scan").Length() != 0 || chosen(typed) != "holder" {
		t.Errorf("nobody has scanned: %q, %s", chosen(typed), typed.TextOf(".scan"))
	}

	// Somebody else's card beside it: nothing of theirs, or their agent.
	nobody := o.types(path, stranger).Is(http.StatusNotFound)
	agent := o.Get(nobody.Link("这是代领人：继续办理 李四")).Has("刷证号码不是持证人的")
	if chosen(agent) != "agent" || agent.Value("agent_id_number") != stranger {
		t.Errorf("%q is chosen for another's card, with %q", chosen(agent), agent.Value("agent_id_number"))
	}
	done := begins(o.Sends(agent, rig.FormTo(path+"/collect"), map[string]string{"paper_checked": "1", "agent_name": "王代领", "new_number": "BF1"}).Has("已领取", "王代领", stranger), "q")
	done.Link("打印签收单")
	if beside := o.types(path, stranger).Is(http.StatusNotFound); beside.Find(".problems .button").Length() != 0 {
		t.Error("an agent for what was collected")
	}

	// No number of a person stands in an address or in the log.
	auditor := o.Running.Staff("shenji")
	if log := string(auditor.Get("/office/audit.csv").Body); strings.Contains(log, stranger) || strings.Contains(log, holder) || !strings.Contains(log, o.other) {
		t.Errorf("the log: %s", log)
	}
}

// TestCounterTogether: three certificates of one person in one go, all or none.
func TestCounterTogether(t *testing.T) {
	t.Parallel()
	o := counter(t)
	const form = "form[action='/office/counter/collect']"
	answer := o.types("/office/counter", rig.LoopNumber)
	page := begins(o.Follows(answer).Has("刷证号码与持证人一致", "有 3 份待领取", "经济师"), "q")
	if !strings.HasPrefix(page.Path, "/office/counter/") || page.Find("[name=application][checked]").Length() != 3 {
		t.Fatalf("%s shows %d ticked", page.Path, page.Find("[name=application][checked]").Length())
	}
	o.Get("/office/handout/" + o.ours[0]).Link("持证人另有 2 份待领取，一并办理")

	// send posts the form with the numbers that were typed, and what is changed.
	send := func(numbers []string, change url.Values) *rig.Page {
		_, values := o.Form(page, form)
		values["new_number"], values["paper_checked"] = numbers, []string{"1"}
		for name, list := range change {
			values[name] = list
		}
		return o.Post(page, "/office/counter/collect", values)
	}
	listed := page.Find("[name=listed]").Map(func(_ int, field *goquery.Selection) string { return field.AttrOr("value", "") })
	states := func(want string) {
		t.Helper()
		for _, number := range o.ours {
			if got := o.Get("/office/handout/" + number).TextOf("h1 .badge"); got != want {
				t.Errorf("%s is %q, want %q", number, got, want)
			}
		}
	}
	refused := begins(send([]string{"BF1", "", "管理号"}, nil).Is(http.StatusUnprocessableEntity).Faults("new_number-"+listed[1], "new_number-"+listed[2]), "new_number-"+listed[1])
	if refused.Value("new_number-"+listed[0]) != "BF1" || refused.Find("[name=application][checked]").Length() != 3 {
		t.Error("the form is not as it was filled in")
	}
	send([]string{"BF1", "BF2", "BF1"}, nil).Is(http.StatusUnprocessableEntity).Faults("new_number-" + listed[2])
	begins(send([]string{"BF1", "BF2", "BF3"}, url.Values{"paper_checked": {}}).Is(http.StatusUnprocessableEntity).Faults("paper_checked"), "paper_checked")
	send(nil, url.Values{"application": {}}).Is(http.StatusUnprocessableEntity).Faults("ready")
	both := o.Post(page, "/office/counter/collect", url.Values{"application": {o.ours[0], o.namesake}, "collector": {"holder"}, "paper_checked": {"1"}, "new_number": {"BF1", "BF2"}})
	both.Is(http.StatusUnprocessableEntity).Has("一次只能为一位持证人办理")
	states("待领取")

	// One that has changed since, and one that is not ready any more.
	o.Sends(o.Get("/office/handout/"+o.ours[1]), "form[action$='/number']", map[string]string{"new_number": "BF2"})
	stale := send([]string{"BF1", "BF2", "BF3"}, nil).Is(http.StatusConflict).Has("申请 " + o.ours[1] + " 已有变动")
	fresh := o.Get(page.Path).Find("[name=application]")
	stale.Find("[name=application]").Each(func(i int, box *goquery.Selection) {
		if got, want := box.AttrOr("value", "none"), fresh.Eq(i).AttrOr("value", ""); got != want {
			t.Errorf("sent again, what was refused would be of %s, and not of %s", got, want)
		}
	})
	states("待领取")
	path := "/office/handout/" + o.ours[2]
	one := o.Sends(o.Get(path), rig.FormTo(path+"/collect"), map[string]string{"paper_checked": "1", "collector": "holder", "new_number": "无"})
	page = o.Get(page.Path)
	gone := o.Post(page, "/office/counter/collect", url.Values{"application": o.ours, "collector": {"holder"}, "paper_checked": {"1"}, "new_number": {"无"}})
	gone.Is(http.StatusConflict).Has("申请 "+o.ours[2]+" 已有变动", "“已领取”")
	o.Sends(one, rig.FormTo(path+"/correct-handout"), map[string]string{"note": "还没有领"})
	states("待领取")

	// All of them; the second has a number already.
	page = o.Get(page.Path)
	if page.Value("new_number-"+o.ours[1]) != "BF2" {
		t.Error("the number that is noted is not shown")
	}
	listed = page.Find("[name=listed]").Map(func(_ int, field *goquery.Selection) string { return field.AttrOr("value", "") })
	var numbers []string
	for _, number := range listed {
		numbers = append(numbers, "BF"+number)
	}
	numbers[slices.Index(listed, o.ours[1])] = "BF2"
	done := begins(o.Follows(send(numbers, nil)).Has("已登记领取 3 份", "刚刚办理的", "BF2", numbers[0], "本人"), "q")
	states("已领取")
	sheet := o.Get(done.Link("打印签收单")).Has(o.ours...)
	if back := o.Get(sheet.Find(".paper-bar a").AttrOr("href", "")); back.Path != done.Path {
		t.Errorf("the sheet leads back to %s", back.Path)
	}

	// Each is corrected by itself. Without numbers they are as they were noted, and one 无 is of all.
	for _, number := range o.ours[:2] {
		path := "/office/handout/" + number
		o.Sends(o.Get(path), rig.FormTo(path+"/correct-handout"), map[string]string{"note": "登记错人"}).Has("待领取")
	}
	o.Get(path).Has("已领取")
	post := url.Values{"application": {o.ours[1]}, "collector": {"agent"}, "agent_name": {"李代领"}, "agent_id_number": {"440308199901101512"}, "paper_checked": {"1"}}
	o.Follows(o.Post(page, "/office/counter/collect", post)).Has("BF2", "代领人 李代领")
	o.Sends(o.Get("/office/handout/"+o.ours[1]), "form[action$='/correct-handout']", map[string]string{"note": "登记错人"})
	o.Follows(o.Post(page, "/office/counter/collect", url.Values{"application": o.ours[:2], "collector": {"holder"}, "paper_checked": {"1"}, "new_number": {"无"}})).Has("已登记领取 2 份")
	states("已领取")
	if rows := o.Running.Staff("shenji").Get("/office/audit?act=hand_out").Find("main tbody tr").Length(); rows != 7 {
		t.Errorf("%d rows of the log tell of handing out, want 7", rows)
	}
}
