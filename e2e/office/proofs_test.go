package office

import (
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"certreissue/e2e/rig"
	"certreissue/reissue"

	"github.com/PuerkitoBio/goquery"
)

// routed gives the exam of a year another route.
func routed(admin *rig.Browser, exam, route string) {
	admin.T.Helper()
	page := admin.Get(admin.Get("/office/exams").Link(exam))
	admin.Sends(page, "form[novalidate]", map[string]string{"route": route}).Has("考试已保存")
}

// TestProof takes an application from its approval to the counter without a batch:
// printed, printed once more, made void, printed anew, collected.
func TestProof(t *testing.T) {
	r := rig.Office(t, batchRegister)
	admin, reviewer, candidate := r.Staff("guanli"), r.Staff("shenhe"), r.Register("测试", "110101199003071233")
	routed(admin, "二级建造师", "开具合格证明")
	number := approved(candidate, reviewer, "2020")
	review, seen := "/office/applications/"+number, "/applications/"+number
	r.Mail("补证申请审核通过", 1)
	candidate.Get(seen).Has("发放内容", "合格证明", "将为您开具合格证明")
	reviewer.Get(review).Has("发放：合格证明", "打印合格证明")
	reviewer.Get("/office/handout/" + number).Has("合格证明还没有打印")
	reviewer.Get("/office/forms?application=" + number).Has("发放内容：合格证明")

	// It is in no batch, though there is nothing else to collect.
	reviewer.Get("/office/batches/new").Has("没有可以编入的申请")
	if made := reviewer.Post(reviewer.Get("/office/batches/new"), "/office/batches", url.Values{}); made.Status != http.StatusUnprocessableEntity {
		t.Errorf("a batch of proofs: %d", made.Status)
	}
	reviewer.Get("/office").Has("有 1 份合格证明等待打印")
	routed(admin, "二级建造师", "补发纸质证书") // which changes nothing for what is approved
	reviewer.Get("/office/batches/new").Has("没有可以编入的申请")
	stale := reviewer.Get(review).Has("办理方式与现在不同")

	// Printed; a second click, and another clerk's older page, print nothing.
	year := reissue.At(time.Now()).Date()[:4]
	first, second := year+"-000001", year+"-000002"
	sheet := reviewer.Sends(stale, rig.FormTo(review+"/proof"), nil).Has("考试合格证明", first, "110101199003071233", "二级建造师", "（盖章）")
	if sheet.Find(".proof-again").Length() != 0 {
		t.Error("the first one is marked as printed again")
	}
	if again := reviewer.Send(stale, rig.FormTo(review+"/proof"), nil); again.Status != http.StatusConflict {
		t.Errorf("printed by an older page: %d", again.Status)
	}
	reviewer.Get("/office").Has("工作台")
	candidate.Get(seen).Has("待领取", "合格证明已开具")
	r.Mail("合格证明已开具，请来领取", 1)
	reviewer.Sends(reviewer.Get(review).Has(first), rig.FormTo(review+"/proof"), nil).Has("补打（第 1 次）", first)

	// Made void, for a reason, and printed anew under another number.
	if refused := reviewer.Refused(http.StatusUnprocessableEntity, reviewer.Get(review), rig.FormTo(review+"/proof/undo"), nil); refused.Problems()["undo-note"] == "" {
		t.Errorf("void without a reason: %v", refused.Problems())
	}
	reviewer.Sends(reviewer.Get(review), rig.FormTo(review+"/proof/undo"), map[string]string{"note": "纸张弄脏"}).Has("审核通过", "纸张弄脏", "打印合格证明")
	reviewer.Get(review + "/proof").Has("没有可以打印的合格证明")
	reviewer.Sends(reviewer.Get(review), rig.FormTo(review+"/proof"), nil).Has(second)

	// Collected without a new number; then it is neither printed again nor void.
	path := "/office/handout/" + number
	counter := reviewer.Get(path).Has("合格证明已打印", second)
	if counter.Find("[name=new_number], form[action$='/undo-arrival']").Length() != 0 {
		t.Error("the counter asks for a new certificate's number, or offers to undo its arrival")
	}
	if undo := reviewer.Post(counter, path+"/undo-arrival", url.Values{"revision": {counter.Value("revision")}, "note": {"x"}}); undo.Status != http.StatusConflict {
		t.Errorf("its arrival is undone: %d", undo.Status)
	}
	reviewer.Get("/office/handout/sheet?application=" + number).Has(second)
	reviewer.Sends(counter, rig.FormTo(path+"/collect"), map[string]string{"paper_checked": "1", "collector": "holder"}).Has("已领取", "合格证明已领取")
	candidate.Get(seen).Has("合格证明已领取", "领取合格证明", "证明编号", second)
	takesAlong(candidate, "发放内容", "合格证明", "证明编号", second)
	for _, late := range []string{"/proof", "/proof/undo"} {
		if answer := reviewer.Post(counter, review+late, url.Values{"revision": {"99"}, "note": {"x"}}); answer.Status != http.StatusConflict {
			t.Errorf("%s after it was collected: %d", late, answer.Status)
		}
	}

	// The stubs: both numbers, masked, by year and number, as a workbook.
	auditor := r.Staff("shenji")
	list := auditor.Get("/office/proofs").Has(first, second, "已作废", "已领取", "1****************3", "shenhe", "1 次")
	if strings.Contains(string(list.Body), "110101199003071233") {
		t.Error("the list shows the whole number")
	}
	if one := auditor.Get("/office/proofs?number=" + second); one.Find("tbody tr").Length() != 1 {
		t.Errorf("%d stubs have the number", one.Find("tbody tr").Length())
	}
	auditor.Get("/office/proofs?year=1999").Has("没有符合条件的存根")
	if wrong := auditor.Get("/office/proofs?number=x"); wrong.Status != http.StatusUnprocessableEntity || wrong.Problems()["number"] == "" {
		t.Errorf("what is no number: %d %v", wrong.Status, wrong.Problems())
	}
	rows := table(t, auditor.Get("/office/proofs.xlsx?year="+year).Body)
	if len(rows) != 3 || rows[0][0] != "证明编号" || rows[1][0] != second || rows[2][10] != "已作废" || rows[1][3] != "测试" {
		t.Errorf("the workbook has %q", rows)
	}
	issued := regexp.MustCompile(`^` + year + `-\d\d-\d\d \d\d:\d\d$`)
	for query, want := range map[string][]string{"?number=" + second: {"开具时间", "补打次数"}, "?number=" + first: {"作废时间", "开具时间", "最近补打", "补打次数"}} {
		found := reckons(t, auditor.Get("/office/proofs.xlsx"+query).Body)
		if got := slices.Sorted(maps.Keys(found)); !slices.Equal(got, want) || !issued.MatchString(found["开具时间"]) {
			t.Errorf("of %s dates and numbers are %v, want %v", query, found, want)
		}
	}
	auditor.Get("/office/audit?act=print_proof").Has("开具合格证明")
	auditor.Get("/office/audit?act=reprint_proof").Has("补打合格证明")
	if auditor.Get(review).Find("form[action*='/proof']").Length() != 0 {
		t.Error("an auditor is offered to print")
	}
}

// TestProofsAtOnce: what waits is printed in one go, all or none, and one of them is
// mailed as other applications are.
func TestProofsAtOnce(t *testing.T) {
	r := rig.Office(t, batchRegister)
	admin, reviewer, candidate := r.Staff("guanli"), r.Staff("shenhe"), r.Register("测试", "110101199003071233")
	routed(admin, "二级建造师", "开具合格证明")
	routed(admin, "经济师", "开具合格证明")
	first, second := approved(candidate, reviewer, "2020"), approved(candidate, reviewer, "2018")
	waiting := reviewer.Get("/office/proofs/waiting").Has(first, second)
	if nothing := reviewer.Post(waiting, "/office/proofs", url.Values{}); nothing.Status != http.StatusUnprocessableEntity || nothing.Problems()["pick-all"] == "" {
		t.Errorf("none is picked: %d", nothing.Status)
	}
	picked := waiting.Find("input[name=application]").Map(func(_ int, box *goquery.Selection) string { return box.AttrOr("value", "") })
	if stale := reviewer.Post(waiting, "/office/proofs", url.Values{"application": {picked[0], picked[1] + "9"}}); stale.Status != http.StatusConflict || stale.Problems()["pick-all"] == "" {
		t.Errorf("one of them has moved: %d, %v", stale.Status, stale.Problems())
	}
	reviewer.Get("/office/proofs/waiting").Has(first, second)
	sheets := reviewer.Follows(reviewer.Post(waiting, "/office/proofs", url.Values{"application": picked}))
	if n := sheets.Find(".proof").Length(); n != 2 {
		t.Errorf("%d sheets, want 2", n)
	}
	reviewer.Get("/office/proofs/waiting").Has("没有等待打印的合格证明")
	path := "/office/handout/" + first
	reviewer.Sends(reviewer.Get(path), rig.FormTo(path+"/mail"), map[string]string{"tracking": "ems 1234"}).Has("已寄出", "寄出合格证明")
	candidate.Get("/applications/"+first).Has("合格证明已寄出", "EMS1234")
	r.Mail("合格证明已寄出", 1)
}

// TestProofText: the office words what is printed, sees it before it is saved, and
// what was printed before stays as it was.
func TestProofText(t *testing.T) {
	r := rig.Office(t, batchRegister)
	admin, reviewer, candidate := r.Staff("guanli"), r.Staff("shenhe"), r.Register("测试", "110101199003071233")
	routed(admin, "二级建造师", "开具合格证明")
	number := approved(candidate, reviewer, "2020")
	review := "/office/applications/" + number
	reviewer.Sends(reviewer.Get(review), rig.FormTo(review+"/proof"), nil).Has("成绩合格")

	const page, form = "/office/settings/proof", "form[action='/office/settings/proof']"
	stored := admin.Get(admin.Get("/office/settings").Link("合格证明")).Has("{{证件号码}}").Shows(map[string]string{"title": "考试合格证明"})
	for field, wrong := range map[string]map[string]string{"body": {"body": "{{原因}}"}, "title": {"title": " "}} {
		if refused := admin.Refused(http.StatusUnprocessableEntity, stored, form, wrong); refused.Problems()[field] == "" {
			t.Errorf("%q: %v", wrong, refused.Problems())
		}
	}
	text := map[string]string{"title": "合格证明书", "body": "兹证明{{姓名}}已合格。\n专业：{{专业}}"}
	preview := admin.Send(stored, form, map[string]string{"title": text["title"], "body": text["body"], "preview": "1"}).Has("预览（尚未保存）", "兹证明张三已合格。")
	if strings.Contains(preview.TextOf(".proof"), "专业") {
		t.Error("a line without its value is printed")
	}
	admin.Get(page).Has("成绩合格")
	admin.Sends(stored, form, text).Has("兹证明{{姓名}}已合格。").Shows(map[string]string{"title": "合格证明书"})
	if stale := admin.Send(stored, form, map[string]string{"title": "别的"}); stale.Status != http.StatusConflict {
		t.Errorf("an older form: %d", stale.Status)
	}
	reviewer.Sends(reviewer.Get(review), rig.FormTo(review+"/proof"), nil).Has("成绩合格", "补打")
	reviewer.Sends(reviewer.Get(review), rig.FormTo(review+"/proof/undo"), map[string]string{"note": "换新文字"})
	reviewer.Sends(reviewer.Get(review), rig.FormTo(review+"/proof"), nil).Has("合格证明书", "兹证明测试已合格。")
	admin.Sends(admin.Get(page), form, map[string]string{"default": "1"}).Has("成绩合格")
}

// TestProofFound: a proof is found by its number, a void one's too, in the queue and at
// the counter, and the export says what each application leads to.
func TestProofFound(t *testing.T) {
	r := rig.Office(t, batchRegister)
	admin, reviewer, candidate := r.Staff("guanli"), r.Staff("shenhe"), r.Register("测试", "110101199003071233")
	routed(admin, "二级建造师", "开具合格证明")
	waits := applied(candidate, "2020")
	number := strings.TrimPrefix(waits, "/applications/")
	leads := func(number string) (what, proof string) {
		row := cellsOf(t, reviewer.Get("/office/applications.xlsx").Body)[number]
		return row["发放内容"], row["证明编号"]
	}
	paper := approved(candidate, reviewer, "2018")
	if what, proof := leads(number); what != "合格证明" || proof != "" {
		t.Errorf("before the decision, as the exam's route is: %q %q", what, proof)
	}
	reviewer.Decide(waits, "approve", nil)
	routed(admin, "二级建造师", "补发纸质证书")
	review, year := "/office/applications/"+number, reissue.At(time.Now()).Date()[:4]
	first, second := year+"-000001", year+"-000002"
	reviewer.Sends(reviewer.Get(review), rig.FormTo(review+"/proof"), nil).Has(first)
	if what, proof := leads(number); what != "合格证明" || proof != first {
		t.Errorf("printed: %q %q", what, proof)
	}
	reviewer.Sends(reviewer.Get(review), rig.FormTo(review+"/proof/undo"), map[string]string{"note": "纸张弄脏"})
	if what, proof := leads(number); what != "合格证明" || proof != "" {
		t.Errorf("void: %q %q", what, proof)
	}
	reviewer.Sends(reviewer.Get(review), rig.FormTo(review+"/proof"), nil).Has(second)
	if what, proof := leads(paper); what != "新证书" || proof != "" {
		t.Errorf("of a new certificate: %q %q", what, proof)
	}
	for _, typed := range []string{first, second, strings.ReplaceAll(second, "-", "")} {
		if got := listed(reviewer.Get("/office/applications?q=" + typed)); !slices.Equal(got, []string{number}) {
			t.Errorf("the queue finds %v by %s", got, typed)
		}
		reviewer.At("/office/handout?number=" + typed).Leads("/office/handout/" + number)
	}
	reviewer.At("/office/handout?number=" + year + "-000003").Is(http.StatusNotFound).Faults("q")
	reviewer.At("/office/handout?number=测试").Is(http.StatusNotFound).Faults("q") // which is no number

	// What several have is listed, each with its way to the counter.
	found := reviewer.Get("/office/handout?number=139-0000-0000").Has("有这个编号的申请").Find("h2:contains('有这个编号的申请') + .table-wrap tbody th a")
	if ways := found.Map(func(_ int, a *goquery.Selection) string { return a.AttrOr("href", "") }); !slices.Equal(ways, []string{"/office/handout/" + paper, "/office/handout/" + number}) {
		t.Errorf("by a telephone: %v", ways)
	}
	reviewer.Decide("/applications/"+paper, "take-back", map[string]string{"note": "看错了"})
	reviewer.Decide("/applications/"+paper, "refuse", map[string]string{"reason": "other", "note": "不予受理"})
	if what, proof := leads(paper); what != "" || proof != "" {
		t.Errorf("refused: %q %q", what, proof)
	}
}
