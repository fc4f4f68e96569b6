package office

import (
	"image/color"
	"net/http"
	"strings"
	"testing"
	"time"

	"certreissue/e2e/rig"
	"certreissue/sample"

	"github.com/PuerkitoBio/goquery"
)

// leaving are the parts of leaving production through the pages.
type leaving struct {
	r                   *rig.Running
	candidate, reviewer *rig.Browser
	batch, number, path string
}

// arrivedBatch is an arrived batch of two, with the application of 2020 in it.
func arrivedBatch(t *testing.T) (l leaving) {
	t.Helper()
	l.r = rig.Office(t, batchRegister)
	l.candidate, l.reviewer = l.r.Register("测试", "110101199003071233"), l.r.Staff("shenhe")
	l.number = approved(l.candidate, l.reviewer, "2020")
	approved(l.candidate, l.reviewer, "2018")
	l.batch, l.path = ready(l.reviewer), "/office/applications/"+l.number
	return l
}

func (l *leaving) form() string { return rig.FormTo(l.path + "/leave-production") }

// leaves sends the form from the page as it is now.
func (l *leaving) leaves(fill map[string]string) *rig.Page {
	l.r.T.Helper()
	return l.reviewer.Sends(l.reviewer.Get(l.path), l.form(), fill)
}

// TestLeaveReturned: out of an arrived batch to the candidate, whose others stay; the
// page, the batch, the candidate, the mail and the log say so; saved again it is first.
func TestLeaveReturned(t *testing.T) {
	l := arrivedBatch(t)
	screen := l.reviewer.Get(l.path)
	for name, c := range map[string]struct {
		fill  map[string]string
		field string
	}{
		"nowhere":               {map[string]string{"note": "印错"}, "leave-to"},
		"for nothing":           {map[string]string{"to": "returned"}, "leave-reason"},
		"for a final reason":    {map[string]string{"to": "returned", "reason": "fraud"}, "leave-reason"},
		"refused for a mistake": {map[string]string{"to": "refused", "reason": "phone"}, "leave-reason"},
		"其他 without a note":     {map[string]string{"to": "refused", "reason": "other"}, "leave-note"},
		"anew for nothing":      {map[string]string{"to": "approved"}, "leave-note"},
	} {
		if l.reviewer.Refused(http.StatusUnprocessableEntity, screen, l.form(), c.fill).Faults(c.field); t.Failed() {
			t.Fatalf("the case is: %s", name)
		}
	}
	left := l.leaves(map[string]string{"to": "returned", "reason": "phone", "note": "制证单位退回"}).Has("审核未过", "退出制证，退回修改", "联系方式无法接通", "制证单位退回")
	l.reviewer.Refused(http.StatusConflict, screen, l.form(), map[string]string{"to": "returned", "reason": "phone"})
	if left.Find(l.form()).Length() != 0 {
		t.Error("it can leave a second time")
	}
	batch := l.reviewer.Get(l.batch).Has("已到证", "一份退出制证", "申请 "+l.number, "制证单位退回", "已退出制证")
	if facts := batch.Facts(); facts["份数"] != "1 份" || !strings.HasPrefix(facts["退出制证"], "1 份") {
		t.Errorf("the batch says %v", facts)
	}
	if rows := table(t, l.reviewer.Get(l.batch+"/roster.xlsx").Body); len(rows) != 2 || strings.Contains(strings.Join(rows[1], " "), l.number) {
		t.Errorf("the roster: %v", rows)
	}
	l.reviewer.Get("/office").Has("今日退出制证")
	l.candidate.Get("/applications/"+l.number).Has("审核未过", "联系方式无法接通", "制证单位退回")
	l.r.Mail("新证书没有制成，补证申请需要修改", 1)
	l.r.Staff("guanli").Get("/office/audit?object=application&id=" + l.number).Has("退出制证，退回修改")

	// Another one waits, submitted later or earlier: this one comes before it.
	applied(l.candidate, "2015", sample.Portrait(1, false, color.White))
	l.r.Pass(24 * time.Hour)
	l.reviewer, l.candidate = l.r.Staff("shenhe"), l.r.Browser()
	l.candidate.Login("110101199003071233", rig.CandidatePassword)
	l.candidate.Sends(l.candidate.Get("/applications/"+l.number+"/edit"), "form[enctype]", map[string]string{"phone": "13900000001"}).Has("等待审核")
	queue := l.reviewer.Get("/office/applications?status=等待审核").Has("重新提交", "退出制证")
	numbers := queue.Find("tbody th a").Map(func(_ int, a *goquery.Selection) string { return strings.TrimSpace(a.Text()) })
	if len(numbers) != 2 || numbers[0] != l.number {
		t.Errorf("the queue is %v, first should be %s", numbers, l.number)
	}
	l.reviewer.Sends(l.reviewer.Get(l.path).Has("请优先审核"), rig.FormTo(l.path+"/approve"), nil)
	l.reviewer.Get("/office/batches/new").Has("合计1")
}

// TestMisprinted: what was handed out is corrected first; its number is void, in the
// history too; made anew it is in the next batch.
func TestMisprinted(t *testing.T) {
	l := arrivedBatch(t)
	counter := "/office/handout/" + l.number
	l.reviewer.Get(counter).Has("退出制证")
	l.reviewer.Sends(l.reviewer.Get(counter), rig.FormTo(counter+"/collect"), map[string]string{"paper_checked": "1", "collector": "holder", "new_number": "BF2026001"}).Has("先更正领取记录，再退出制证")
	handed := l.reviewer.Get(l.path).Has("更正领取记录")
	if handed.Link("发放页面") != counter || handed.Find(l.form()).Length() != 0 {
		t.Error("what was handed out leaves production at once")
	}
	l.reviewer.Sends(l.reviewer.Get(counter), rig.FormTo(counter+"/correct-handout"), map[string]string{"note": "姓名印错"}).Has("退出制证")
	l.leaves(map[string]string{"to": "approved", "note": "姓名印错"}).Has("审核通过", "新证书管理号 BF2026001 作废", "作废的新证书管理号：BF2026001", "可编入下一批次")
	if way := l.reviewer.Get(l.path).Link("编入新批次"); way != "/office/batches/new" {
		t.Errorf("it goes on to %q", way)
	}
	l.candidate.Get("/applications/"+l.number).Has("需要重新制作", "姓名印错")
	l.r.Mail("新证书需要重新制作", 1)
	next := batched(l.reviewer)
	if next == l.batch {
		t.Error("it is in the batch that it left")
	}
	l.reviewer.Get(next).Has(l.number)
	again := l.reviewer.Get(l.path).Has("制证中", "作废的新证书管理号：BF2026001")
	if again.Find(rig.FormTo(l.path+"/undo-leave")).Length() != 0 {
		t.Error("from the next batch it goes back into the first")
	}
}

// TestUndoLeave: back into the batch, for a reason; not once that was unlocked, when the
// decision can be taken back as others.
func TestUndoLeave(t *testing.T) {
	l := arrivedBatch(t)
	undo := rig.FormTo(l.path + "/undo-leave")
	refused := l.leaves(map[string]string{"to": "refused", "reason": "fraud"}).Has("不予受理")
	l.candidate.Get("/applications/"+l.number).Has("不予受理", "疑似冒领")
	l.reviewer.Refused(http.StatusUnprocessableEntity, refused, undo, map[string]string{"note": " "}).Faults("undo-leave-note")
	l.reviewer.Get("/office").Has("今日退出制证1", "今日审核2（通过 2，")
	l.reviewer.Sends(l.reviewer.Get(l.path), undo, map[string]string{"note": "点错了一份"}).Has("制证中", "更正退出制证记录", "点错了一份")
	if desk := l.reviewer.Get("/office").TextOf("main"); strings.Contains(desk, "今日退出制证") {
		t.Errorf("what was put back has left today: %s", desk)
	}
	if facts := l.reviewer.Get(l.batch).Has("一份退出制证已更正").Facts(); facts["份数"] != "2 份" || facts["退出制证"] != "" {
		t.Errorf("the batch says %v", facts)
	}
	l.reviewer.Refused(http.StatusConflict, refused, undo, map[string]string{"note": "x"})

	// The whole batch goes back, without the one that leaves again.
	l.leaves(map[string]string{"to": "approved", "note": "漏印"}).Has("审核通过")
	for _, act := range []string{"undo-arrival", "unlock"} {
		l.reviewer.Sends(l.reviewer.Get(l.batch), rig.FormTo(l.batch+"/"+act), map[string]string{"note": "全部重印"})
	}
	open := l.reviewer.Get(l.path)
	if open.Find(undo).Length() != 0 {
		t.Error("it is offered to go back into a batch that was unlocked")
	}
	l.reviewer.Sends(open, rig.FormTo(l.path+"/take-back"), map[string]string{"note": "再看一眼"}).Has("等待审核")
	l.reviewer.Get("/office").Has("今日审核1（通过 1，")
	for _, other := range []string{"guanli", "shenji"} {
		if l.r.Staff(other).Get(l.path).Find(l.form()).Length() != 0 {
			t.Errorf("%s is offered to take it out of production", other)
		}
	}
}
