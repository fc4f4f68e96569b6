package office

import (
	"net/http"
	"strings"
	"testing"

	"certreissue/e2e/rig"

	"github.com/PuerkitoBio/goquery"
)

// lineOf is the page of the one line of the register that a search finds.
func lineOf(b *rig.Browser, number string) *rig.Page {
	b.T.Helper()
	return b.Get(b.Get("/office/certificates?q="+number).Find("tbody th a").AttrOr("href", ""))
}

// TestCorrectLine: a line of the register is corrected in the pages, with the lines of
// both people looked at first; what it was stays to be seen, applications that stand on
// it are named and marked, and its true owner finds it.
func TestCorrectLine(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	const correct = "form[action$='/correct']"
	stranger, _ := r.Apply("测试", rig.LoopNumber)
	application := stranger.Get("/applications").Find("main a[href^='/applications/']").First().AttrOr("href", "")
	number := strings.TrimPrefix(application, "/applications/")
	admin, colleague, clerk := r.Staff("guanli"), r.Staff("guanli"), r.Staff("shenhe")
	exam := stranger.Get(application).Facts()["证书管理号"]
	page := lineOf(admin, exam).Has("更正档案", number, "测试")
	if clerk.Get(page.Path).Has("1****************3").Find(correct).Length() != 0 {
		t.Error("a reviewer is offered to correct")
	}
	older := colleague.Get(page.Path)

	admin.Refused(http.StatusUnprocessableEntity, page, correct, map[string]string{"approval_date": "20150931", "certificate_number": "x_y"}).
		Faults("approval_date", "certificate_number", "reason")
	owner := rig.IDNumber(t, 9)
	fill := map[string]string{"id_number": owner, "name": "张三", "reason": "原始档案中是另一个号码"}
	admin.Post(page, page.Path+"/correct", map[string][]string{"id_number": {owner}, "reason": {"x"}}).Is(http.StatusUnprocessableEntity).Shows(map[string]string{"name": "测试", "level": "考全科", "id_number": owner})
	asked := admin.Refused(http.StatusUnprocessableEntity, page, correct, fill).Has("更正前：“测试” "+rig.LoopNumber, "更正后：“张三” "+owner, "已核对").Faults("confirm")
	asked.Shows(map[string]string{"id_number": owner, "name": "张三"})
	fill["confirm"] = "1"
	done := admin.Sends(asked, correct, map[string]string{"confirm": "1"}).Has("档案已更正", "姓名：测试 → 张三", rig.LoopNumber+" → "+owner, "原始档案中是另一个号码", "guanli", number)
	admin.Send(asked, correct, map[string]string{"confirm": "1"}).Is(http.StatusSeeOther) // a double click
	if again := admin.Get(page.Path); again.Find(".history li").Length() != done.Find(".history li").Length() {
		t.Error("a double click corrects twice")
	}
	told := colleague.Refused(http.StatusConflict, older, correct, map[string]string{"city": "保定市", "reason": "x"}).Has("这本证书的档案已有变动", "guanli", "更正：")
	if got := told.Problems()["name"]; !strings.Contains(got, "张三") {
		t.Errorf("at the name it says %q", got)
	}

	if got := clerk.Get("/office/applications"); got.Find(".row-mark.serious:contains('档案已更正')").Length() != 1 {
		t.Error("the queue does not mark the application")
	}
	clerk.Get("/office"+application).Has("档案已更正", "另一个证件号码")
	stranger.Get(application + "/edit").Is(http.StatusConflict).Has("档案已更正或撤销")
	candidate, _ := r.Apply("张三", owner)
	candidate.Get("/applications").Has("等待审核")

	// The way back is offered, filled in.
	back := admin.Get(done.Link("填入上次更正前的内容")).Shows(map[string]string{"name": "测试", "id_number": rig.LoopNumber})
	admin.Sends(back, correct, map[string]string{"reason": "更正有误", "confirm": "1"}).Has("张三 → 测试")
}

// TestCorrectFollows: what the ID number tells of sex and month of birth is shown before it
// is stored, and follows once more where the number is changed again.
func TestCorrectFollows(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, "考试年度,考试名称,姓名,证件号码,领取状态,性别,出生年月,证书管理号\n2015,一级建造师,测试,"+rig.LoopNumber+",已领取,男,199003,ZJ2015001\n")
	const correct, woman = "form[action$='/correct']", "110101199105071242"
	admin, third := r.Staff("guanli"), rig.IDNumber(t, 9) // a man's
	page := lineOf(admin, "ZJ2015001").Shows(map[string]string{"sex": "男", "birth_month": "199003"})
	shown := admin.Refused(http.StatusUnprocessableEntity, page, correct, map[string]string{"id_number": woman}).Faults("reason").Shows(map[string]string{"sex": "女", "birth_month": "199105"})
	shown = admin.Refused(http.StatusUnprocessableEntity, shown, correct, map[string]string{"reason": "原始档案"}).Faults("confirm").Shows(map[string]string{"sex": "女", "birth_month": "199105"})
	shown = admin.Refused(http.StatusUnprocessableEntity, shown, correct, map[string]string{"id_number": third}).Faults("confirm").Shows(map[string]string{"sex": "男", "birth_month": third[6:12]})
	admin.Sends(shown, correct, map[string]string{"id_number": woman, "confirm": "1"}).Has("性别：男 → 女", "199003 → 199105")
}

// TestWithdrawLine: a line that was withdrawn is offered to nobody and exported nowhere;
// it is marked where somebody has applied for it, and comes back.
func TestWithdrawLine(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	candidate, _ := r.Apply("测试", rig.LoopNumber)
	application := candidate.Get("/applications").Find("main a[href^='/applications/']").First().AttrOr("href", "")
	exam := candidate.Get(application).Facts()["证书管理号"]
	admin, clerk := r.Staff("guanli"), r.Staff("shenhe")
	clerk.Decide(application, "approve", nil)
	page := lineOf(admin, exam)
	older := admin.Get(page.Path)
	admin.Refused(http.StatusUnprocessableEntity, page, "form[action$='/withdraw']", nil).Faults("withdraw-reason")
	gone := admin.Sends(page, "form[action$='/withdraw']", map[string]string{"reason": "重复登记"}).Has("已撤销", "重复登记", "恢复")
	if gone.Find("form[action$='/correct'], form[action$='/collected']").Length() != 0 {
		t.Error("a withdrawn line is offered to be corrected")
	}
	admin.Refused(http.StatusConflict, older, "form[action$='/withdraw']", map[string]string{"reason": "再撤"}).Has("档案已有变动", "撤销")
	admin.Post(older, page.Path+"/withdraw", map[string][]string{"reason": {"再撤"}}).Is(http.StatusConflict)
	clerk.Get("/office" + application).Has("档案已撤销")
	clerk.Get("/office/applications?status=审核通过").Has("档案已撤销")
	if text := string(admin.At("/office/certificates.csv").Body); strings.Contains(text, exam) {
		t.Error("a withdrawn line is exported")
	}
	admin.Get("/office/certificates").Has("已撤销")
	admin.Refused(http.StatusUnprocessableEntity, gone, "form[action$='/restore']", nil).Faults("restore-reason")
	admin.Sends(gone, "form[action$='/restore']", map[string]string{"reason": "核对无误"}).Has("这本证书已恢复", "核对无误", "已领取")
	if text := string(admin.At("/office/certificates.csv").Body); !strings.Contains(text, exam) {
		t.Error("a restored line is not exported")
	}
}

// TestImportOffersCorrection: the page of an import offers to correct a stored line
// instead of adding a second one; the command adds it.
func TestImportOffersCorrection(t *testing.T) {
	t.Parallel()
	r := rig.Office(t, rig.GuideRegister)
	admin, clerk := r.Staff("guanli"), r.Staff("shenhe")
	stranger, _ := r.Apply("测试", rig.LoopNumber)
	application := stranger.Get("/applications").Find("main a[href^='/applications/']").First().AttrOr("href", "")
	number := rig.IDNumber(t, 9)
	const head = "考试年度,考试名称,姓名,证件号码,领取状态,级别,专业,证书管理号,批准日期,报名市\n"
	rows := head + "2015,一级建造师,测试," + number + ",已领取,考全科,建筑工程,ZJ2015001,20150920,石家庄市\n" +
		"2016,会计,李思思,440308199901101512,已领取,初级,会计学,KJ2016001,20160910,唐山市\n2022,会计,王五,34240120010721571X,已领取,初级,会计学,KJ2022001,20220910,唐山市\n"
	check := counts(uploads(admin, "新.csv", []byte(rows), askBlank), 2, 1, 0, 0).Has("请核对的行（2 处）", "只有证件号码不同", "只有姓名不同", "更正")
	const apply = "form[action$='/apply']"
	if got := check.Find(apply + " input[name=correct]").Length(); got != 2 {
		t.Fatalf("%d lines are offered to be corrected", got)
	}
	admin.Refused(http.StatusUnprocessableEntity, check, apply, map[string]string{"correct": "4"}).Has("不能按更正办理", "确认导入")
	done := settled(admin, admin.Sends(check, apply, map[string]string{"correct": "2"}).Path)
	counts(done, 1, 2, 0, 0)
	line := lineOf(admin, "ZJ2015001").Has(rig.LoopNumber+" → "+number, "导入“新.csv”时更正", "guanli")
	if got := admin.Get("/office/certificates?q=ZJ2015001").Find("tbody tr").Length(); got != 1 {
		t.Errorf("%d lines have the number", got)
	}
	clerk.Get("/office" + application).Has("档案已更正")
	admin.Sends(done, "form[action$='/take-back']", nil).Has("已撤回")
	after := admin.Get(line.Path)
	if facts := after.Facts()["证件号码"]; facts != rig.LoopNumber {
		t.Errorf("after the import was taken back the line is of %s", facts)
	}
	steps := after.Find(".history li").Map(func(_ int, li *goquery.Selection) string { return li.Text() })
	if len(steps) != 3 || !strings.Contains(steps[0], "导入撤回，所作更正随之撤销") || !strings.Contains(steps[0], "guanli") || !strings.Contains(steps[1], rig.LoopNumber+" → "+number) || !strings.Contains(steps[1], "guanli") {
		t.Errorf("what was corrected and taken back left %q", steps)
	}
	if after.Find("a:contains('填入上次更正前的内容')").Length() != 0 {
		t.Error("what was taken back is offered to be corrected back")
	}
	if text := clerk.Get("/office" + application).TextOf("main"); strings.Contains(text, "档案已更正") {
		t.Error("the application is still marked")
	}
}
