package office

import (
	"image/color"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"certreissue/e2e/rig"
	"certreissue/sample"
)

// applies applies a checked list.
func applies(b *rig.Browser, p *rig.Page) *rig.Page {
	b.T.Helper()
	return b.Sends(p, "form[action$='/apply']", nil)
}

// TestMailings: a list of tracking numbers shows what it would do, marks it when somebody says
// so, can be taken in again, and taken back.
func TestMailings(t *testing.T) {
	r := rig.Office(t, batchRegister)
	candidate, reviewer := r.Register("测试", "110101199003071233"), r.Staff("shenhe")
	first, second := approved(candidate, reviewer, "2020"), approved(candidate, reviewer, "2018")
	ready(reviewer)
	third := strings.TrimPrefix(applied(candidate, "2015", sample.Portrait(1, false, color.White)), "/applications/")

	counter := reviewer.Get("/office/handout")
	form := rig.FormTo("/office/handout/mailings")
	for why, answer := range map[string]*rig.Page{
		"no file":        sendsFile(reviewer, counter, form, "", ""),
		"missing column": sendsFile(reviewer, counter, form, "运单.csv", "申请编号,运单号\n1,2\n"),
		"no spreadsheet": sendsFile(reviewer, counter, form, "运单.xlsx", "PK\x03\x04x"),
		"too many lines": sendsFile(reviewer, counter, form, "运单.csv", "申请编号,姓名,运单号\n"+strings.Repeat("1,测试,2\n", 2001)),
	} {
		if answer.Status != http.StatusUnprocessableEntity || answer.Problems()["file"] == "" {
			t.Errorf("%s: status %d, %v", why, answer.Status, answer.Problems())
		}
	}
	list := "备注,申请编号,姓名,运单号\n加急," + first + ",测试,ems1001\n," + second + ",测试,1.1E+17\n," + third + ",测试,EMS1003\n,12345,测试,EMS1004\n," + second + ",别人,EMS1002\n"
	checked := reviewer.Follows(sendsFile(reviewer, counter, form, "运单.csv", list)).Has("待确认", "将登记寄出1", "不能登记4", "备注", "等待审核", "姓名不一致", first, "EMS1001")
	candidate.Get("/applications/" + first).Has("待领取")
	rejected := reviewer.Get(checked.Link("下载不能登记的行"))
	if !strings.Contains(string(rejected.Body), "行号,列,原因") || !strings.Contains(string(rejected.Body), third) || strings.Contains(string(rejected.Body), first) {
		t.Errorf("the rejected lines: %s", rejected.Body)
	}
	r.Staff("shenji").Get("/office/audit?object=rejected+lines").Has("导出", "未导入的行", "共 4 条")
	if other := r.Staff("shenhe").Get(checked.Link("下载不能登记的行")); other.Status != http.StatusOK {
		t.Errorf("the same clerk, signed in again: %d", other.Status)
	}
	rig.Must(t, "liwei-pass1\n", "staff", "add", "liwei", "-role", "reviewer", "-password-stdin", "-data", r.Data)
	colleague := r.Staff("liwei")
	opened := colleague.Get(checked.Path)
	applies(reviewer, checked).Has("已办理", "已登记寄出1", "不能登记4")
	candidate.Get("/applications/"+first).Has("已寄出", "EMS1001")
	if way := reviewer.Refused(http.StatusConflict, checked, "form[action$='/apply']", nil).Has("这份清单已有变动").Link("返回办理结果"); way != checked.Path {
		t.Errorf("applied twice: back to %q", way)
	}
	colleague.Refused(http.StatusConflict, opened, "form[action$='/apply']", nil).Has("同事 shenhe 已于", "办理这份清单")
	if log := r.Staff("shenji").Get("/office/audit?object=list").TextOf("tbody"); !strings.Contains(log, "检查") || !strings.Contains(log, "办理") {
		t.Errorf("the log: %s", log)
	}
	reviewer.Get("/office/lists").Has("办理 1 份，4 份没有办理")
	corrected := strings.Replace(strings.ReplaceAll(string(rejected.Body), "1.1E+17", "EMS1001"), "别人", "测试", 1)
	doubtful := reviewer.Follows(sendsFile(reviewer, counter, form, "改.csv", corrected)).Has("将登记寄出1", "不能登记3")
	applies(reviewer, doubtful)
	again := reviewer.Follows(sendsFile(reviewer, counter, form, "运单.csv", list)).Has("将登记寄出0", "此前已登记1", "不能登记4", "没有可以登记的申请")
	if again.Find("form[action$='/apply']").Length() != 0 {
		t.Error("nothing can be applied")
	}
	if bad := sendsFile(r.Staff("guanli"), counter, form, "运单.csv", list); bad.Status != http.StatusForbidden {
		t.Errorf("an admin mails: %d", bad.Status)
	}

	// One of them has moved on: then nothing is taken back.
	back := "form[action$='/take-back']"
	path := "/office/handout/" + second
	reviewer.Sends(reviewer.Get(path), rig.FormTo(path+"/correct-mailing"), map[string]string{"note": "单号错"})
	blocked := reviewer.Refused(http.StatusConflict, reviewer.Get(doubtful.Path), back, map[string]string{"note": "发错单"}).Has("不能撤回的申请", second, "此后又有新的办理")
	if blocked.Problems()[""] == "" {
		t.Errorf("nothing is said: %v", blocked.Problems())
	}
	if why := reviewer.Refused(http.StatusUnprocessableEntity, reviewer.Get(checked.Path), back, nil); why.Problems()["note"] == "" {
		t.Errorf("without a reason: %v", why.Problems())
	}
	undone := reviewer.Sends(reviewer.Get(checked.Path), back, map[string]string{"note": "发错单"}).Has("已撤回1", "发错单", "整批撤回", "寄出登记已撤回", "此前登记，保持不变0")
	if text := undone.TextOf("main"); strings.Contains(text, "已登记") {
		t.Errorf("it says that something is noted: %s", text)
	}
	reviewer.Get("/office/lists").Has("撤回 1 份，4 份没有办理")
	candidate.Get("/applications/" + first).Has("待领取")
}

// TestSameParcel: one tracking number for two applications is pointed out, and taken.
func TestSameParcel(t *testing.T) {
	r := rig.Office(t, batchRegister)
	candidate, reviewer := r.Register("测试", "110101199003071233"), r.Staff("shenhe")
	first, second := approved(candidate, reviewer, "2020"), approved(candidate, reviewer, "2018")
	ready(reviewer)
	list := "申请编号,姓名,运单号\n" + first + ",测试,EMS1\n" + second + ",测试,EMS1\n"
	checked := reviewer.Follows(sendsFile(reviewer, reviewer.Get("/office/handout"), rig.FormTo("/office/handout/mailings"), "运单.csv", list)).
		Has("将登记寄出2", "请核对的行", "与第 2 行（申请 "+first+"）的运单号相同")

	// The second one is collected meanwhile.
	path := "/office/handout/" + second
	reviewer.Sends(reviewer.Get(path), rig.FormTo(path+"/collect"), map[string]string{"paper_checked": "1", "collector": "holder", "new_number": "无"})
	moved := applies(reviewer, checked).Has("已登记寄出1", "检查之后有变动", "已领取")
	if file := reviewer.Get(moved.Link("下载不能登记的行")); !strings.Contains(string(file.Body), second+",测试,EMS1,3,申请编号,") {
		t.Errorf("what has moved can be corrected: %s", file.Body)
	}

	reviewer.Sends(reviewer.Get(path), rig.FormTo(path+"/correct-handout"), map[string]string{"note": "看错"})
	list = "申请编号,姓名,运单号\n" + second + ",测试,EMS1\n"
	reviewer.Follows(sendsFile(reviewer, reviewer.Get("/office/handout"), rig.FormTo("/office/handout/mailings"), "运单.csv", list)).
		Has("将登记寄出1", "请核对的行", "申请 "+first+" 已登记过这个运单号")
}

// TestNewNumbers: the producer's list notes the new numbers of a batch, which then find the
// application and its certificate, and are nobody else's.
func TestNewNumbers(t *testing.T) {
	r := rig.Office(t, batchRegister+"2020,二级建造师,别人,440308199901101512,已领取,考全科,无,EJ2020009,20201122,石家庄市\n")
	candidate, reviewer, admin := r.Register("测试", "110101199003071233"), r.Staff("shenhe"), r.Staff("guanli")
	first, second := approved(candidate, reviewer, "2020"), approved(candidate, reviewer, "2018")
	stranger := r.Register("别人", "440308199901101512")
	third := approved(stranger, reviewer, "2020")
	batch := batched(reviewer)
	form := rig.FormTo(batch + "/numbers")
	if early := reviewer.Get(batch).Has("新证书到达并标记已到之后"); early.Find(form).Length() != 0 {
		t.Error("a list is asked for before there is what it could note")
	}
	arrived := reviewer.Sends(reviewer.Get(batch), rig.FormTo(batch+"/arrive"), nil)
	reviewer.Sends(arrived, rig.FormTo(batch+"/undo-arrival"), map[string]string{"note": "点错"})
	early := "申请编号,姓名,新证书管理号\n" + first + ",测试,EJ2026001\n"
	reviewer.Follows(sendsFile(reviewer, arrived, form, "早.csv", early)).Has("将登记0", "新证书到达后才能登记")
	reviewer.Sends(reviewer.Get(batch), rig.FormTo(batch+"/arrive"), nil)

	if missing := sendsFile(reviewer, reviewer.Get(batch), form, "号.csv", "申请编号,新证书管理号\n"); missing.Problems()["file"] == "" {
		t.Errorf("without names: %d %v", missing.Status, missing.Problems())
	}
	list := "申请编号,证件号码,姓名,新证书管理号\n" + first + ",,测试,EJ2026001\n,110101199003071233,测试,JS2026\n,440308199901101512,别人,ej2020001\n"
	checked := reviewer.Follows(sendsFile(reviewer, reviewer.Get(batch), form, "号.csv", list)).Has("将登记1", "不能登记2", "有 2 份这个证件号码的申请", "在证书档案中属于另一个人")
	done := applies(reviewer, checked).Has("已登记1")
	for who, path := range map[string]string{"the queue": "/office/applications?q=EJ2026001", "the register": "/office/certificates?q=ej2026001"} {
		if n := reviewer.Get(path).Find("tbody tr").Length(); n != 1 {
			t.Errorf("%s finds %d", who, n)
		}
	}
	line := reviewer.Get("/office/certificates?q=EJ2026001").Find("tbody a").AttrOr("href", "")
	reviewer.Get(line).Has(first, "EJ2026001", "EJ2020001")
	counter := reviewer.Get("/office/handout/" + first).Has("EJ2026001")
	if got := counter.Find("#new_number").AttrOr("value", ""); got != "EJ2026001" {
		t.Errorf("the counter starts with %q", got)
	}

	// Nobody else gets it, but by an administrator's word.
	path := "/office/handout/" + third
	number := rig.FormTo(path + "/number")
	refused := reviewer.Refused(http.StatusUnprocessableEntity, reviewer.Get(path), number, map[string]string{"new_number": "EJ2026001", "confirm": "1"})
	if refused.Problems()["number-new_number"] == "" || refused.Link("查看已有这个号码的申请") != "/office/handout/"+first || refused.Find("#number-confirm").Length() != 0 {
		t.Errorf("the second holder: %v", refused.Problems())
	}
	collect := map[string]string{"paper_checked": "1", "collector": "holder", "new_number": "EJ2026001"}
	if again := reviewer.Refused(http.StatusUnprocessableEntity, reviewer.Get(path), rig.FormTo(path+"/collect"), collect); again.Problems()["new_number"] == "" {
		t.Errorf("collected under it: %v", again.Problems())
	}
	refused.Has("由管理员在这份申请的")
	asked := admin.Refused(http.StatusUnprocessableEntity, admin.Get(path), number, map[string]string{"new_number": "EJ2026001"}).Has("请在下面填写原因并勾选确认")
	if strings.Contains(asked.TextOf("main"), "由管理员") {
		t.Error("an administrator is sent to an administrator")
	}
	admin.Refused(http.StatusUnprocessableEntity, asked, number, map[string]string{"confirm": "1"}).Has("请写明原因")
	admin.Sends(asked, number, map[string]string{"confirm": "1", "reason": "制证单位确认重号"}).Has("EJ2026001", "经管理员确认", "制证单位确认重号")
	if log := r.Staff("shenji").Get("/office/audit").TextOf("tbody"); !strings.Contains(log, "经管理员确认") || strings.Contains(log, "EJ2026001") {
		t.Errorf("the log: %s", log)
	}
	stale := reviewer.Send(refused, number, map[string]string{"new_number": "X1"})
	if stale.Status != http.StatusConflict || stale.Link("返回这份申请的发放页面") != path {
		t.Errorf("an old screen: %d", stale.Status)
	}

	// Corrected with a reason, also where it was mailed; and taken back as a list.
	mailed := "/office/handout/" + second
	sent := reviewer.Sends(reviewer.Get(mailed), rig.FormTo(mailed+"/mail"), map[string]string{"tracking": "EMS1"})
	noted := reviewer.Sends(sent, rig.FormTo(mailed+"/number"), map[string]string{"new_number": "JS2018"}).Has("JS2018", "EMS1", "已寄出") // its former one
	reviewer.Refused(http.StatusUnprocessableEntity, noted, rig.FormTo(mailed+"/number"), map[string]string{"new_number": "JS2026"}).Has("请写明原因")
	reviewer.Sends(noted, rig.FormTo(mailed+"/number"), map[string]string{"new_number": "JS2026", "reason": "抄错"}).Has("JS2018 改为 JS2026", "抄错")
	uploads(admin, "新.csv", []byte("考试年度,考试名称,姓名,证件号码,领取状态,证书管理号\n2018,经济师,王五,34240120010721571X,已领取,JS2026\n"), askBlank).
		Has("请核对的行", "已作为新证书管理号发给“测试”（1****************3），见申请 "+second)
	reviewer.Sends(reviewer.Get(done.Path), "form[action$='/take-back']", map[string]string{"note": "表格有误"}).Has("已撤回")
	if n := reviewer.Get("/office/applications?q=EJ2026001").Find("tbody tr").Length(); n != 1 { // the shared one
		t.Errorf("after taking back %d have the number", n)
	}
}

// TestListsOutliveARestart: what a list came to is found again, applied and taken back by the
// next run of the program; a mass decision is taken back as a whole or not at all.
func TestListsOutliveARestart(t *testing.T) {
	r := rig.Office(t, batchRegister)
	candidate, reviewer := r.Register("测试", "110101199003071233"), r.Staff("shenhe")
	var numbers []string
	for _, year := range []string{"2020", "2018"} {
		numbers = append(numbers, strings.TrimPrefix(applied(candidate, year), "/applications/"))
	}
	many := func(act, revision string, picked ...string) *rig.Page {
		values := url.Values{"act": {act}, "queue": {url.Values{"city": {"唐山市"}}.Encode()}, "reason": {"phone"}}
		for _, number := range picked {
			values.Add("application", number+"."+revision)
		}
		return reviewer.Follows(reviewer.Post(reviewer.Get("/office/applications"), "/office/applications/many", values))
	}
	decided := many("approve", "1", numbers...).Has("2 份已办理")
	back := "form[action$='/take-back']"
	reviewer.Decide("/applications/"+numbers[1], "take-back", map[string]string{"note": "再看看"})
	reviewer.Refused(http.StatusConflict, reviewer.Get(decided.Path), back, map[string]string{"note": "看错了"}).Has("有 1 份申请此后又有办理", numbers[1])
	reviewer.Get("/office/applications/" + numbers[0]).Has("审核通过")
	returned := many("return", "3", numbers[1]).Has("1 份已办理")

	r.Stop()
	again := rig.Start(t, "demo", "-data", r.Data)
	reviewer = again.Staff("shenhe")
	found := reviewer.Get("/office/lists").Has("批量审核通过", "批量退回修改", "已办理")
	reviewer.Get(found.Link("批量审核通过")).Has("2 份已办理", numbers[0])
	taken := reviewer.Sends(reviewer.Get(returned.Path), back, map[string]string{"note": "看错了"}).Has("已撤回", "看错了")
	if twice := reviewer.Send(returned, back, map[string]string{"note": "看错了"}); twice.Status == http.StatusSeeOther {
		t.Error("taken back twice")
	}
	if home := taken.Link("返回列表"); !strings.Contains(home, url.QueryEscape("唐山市")) {
		t.Errorf("the way back %s has lost the filter", home)
	}
	reviewer.Get("/office/applications/"+numbers[1]).Has("等待审核", "看错了")
}
