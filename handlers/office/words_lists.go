package office

import (
	"cmp"
	"fmt"
	"strings"

	"certreissue/reissue"
	"certreissue/store"
)

// The sentences about lists: mass decisions, tracking numbers, new numbers.

// listWords are what the page of a kind of list says.
type listWords struct {
	heading, value                      string
	would, done, before, rejected       string
	apply                               string
	back, kept                          string // of what was taken back, and of what that has left
	nothing, waiting, applied, takenOff string
}

var mailingWords = listWords{heading: "寄出清单", value: "运单号",
	would: "将登记寄出", done: "已登记寄出", before: "此前已登记", rejected: "不能登记", apply: "确认登记寄出",
	back: "寄出登记已撤回", kept: "此前登记，保持不变",
	nothing:  "没有可以登记的申请。请按下面的原因改正表格，再次提交。",
	waiting:  "现在还没有登记。请核对下面的申请和运单号，无误后确认；确认时一次登记完成，并通知考生。",
	applied:  "清单已登记，考生会收到寄出通知。",
	takenOff: "清单已整批撤回，申请回到待领取。"}

var numberWords = listWords{heading: "新证书管理号清单", value: "新证书管理号",
	would: "将登记", done: "已登记", before: "此前已登记", rejected: "不能登记", apply: "确认登记新证书管理号",
	back: "新证书管理号已撤回", kept: "此前登记，保持不变",
	nothing:  "没有可以登记的申请。请按下面的原因改正表格，再次提交。",
	waiting:  "现在还没有登记。请核对下面的申请和新证书管理号，无误后确认；确认时一次登记完成。",
	applied:  "清单已登记。窗口发证时会带出新证书管理号。",
	takenOff: "清单已整批撤回，新证书管理号恢复到登记之前。"}

// next is what is to be done with a list now.
func (w *listWords) next(l *store.List) string {
	switch {
	case l.TakenBack != 0:
		return w.takenOff
	case l.Applied != 0:
		return w.applied
	case l.MayApply():
		return w.waiting
	}
	return w.nothing
}

const (
	sayToHandout = "返回证书发放"
	sayToBatch   = "返回制证批次"

	sayListChecked   = "检查"
	sayListApplied   = "办理"
	sayListTakenBack = "撤回"
	sayListNote      = "撤回原因"
	sayListFile      = "不能登记的行.csv"

	sayListNotNow = "这份清单已有变动，您的操作没有执行。下面是它现在的情况。"
	sayListDone   = "同事 %s 已于 %s %s这份清单，您的操作没有执行。下面是它的结果。"
	sayToOutcome  = "返回办理结果"
	sayListMoved  = "有 %d 份申请此后又有办理，整批撤回没有执行，任何一份都没有改动。原因见下；其余的可以逐份更正。"

	sayShareNumber = "，请核对新证书；确实相同的，请在下面填写原因并勾选确认。"

	sayVoided   = "（作废）"
	sayToHolder = "查看已有这个号码的申请"
	sayToLine   = "查看档案中有这个号码的证书"

	flashNumbered      = "numbered"
	flashListApplied   = "listapplied"
	flashListTakenBack = "listtakenback"
)

// sayListBack says what taking back a list does.
var sayListBack = map[store.ListKind]string{
	store.ListDecisions: "一起办理的申请全部重新等待审核，还没有发出的通知不再发送。",
	store.ListMailings:  "这份清单登记的寄出全部撤回，申请回到待领取。",
	store.ListNumbers:   "这份清单登记的新证书管理号全部撤回。",
}

// sayConfirmedStay says of those that were confirmed one by one what taking back the
// others does to them.
func sayConfirmedStay(n int) string {
	return fmt.Sprintf("逐份确认的 %d 份不在其内，保持不变；需要撤回的，请打开那份申请收回审核。", n)
}

// sayListCounts is what became of a list's rows.
func sayListCounts(l *store.List) string {
	var parts []string
	add := func(n int, form string) {
		if n > 0 {
			parts = append(parts, fmt.Sprintf(form, n))
		}
	}
	n, rest := l.Counts, "%d 份没有办理"
	switch {
	case l.TakenBack != 0:
		add(n.Done, "撤回 %d 份")
	case l.Applied != 0:
		add(n.Done, "办理 %d 份")
	default:
		add(n.Waits, "可办理 %d 份")
		rest = "%d 份不能办理"
	}
	add(n.Marked, "%d 份另行逐份确认")
	add(n.Before, "%d 份此前已登记")
	add(n.Skipped+n.Rejected, rest)
	return cmp.Or(strings.Join(parts, "，"), "没有申请")
}

// sayListMeanwhile says who was first to apply a list, or to take it back, where that was
// a colleague.
func sayListMeanwhile(l store.KeptList, staff *reissue.Staff) string {
	switch {
	case l.TakenBack != 0 && l.TakenBackBy != staff.ID:
		return fmt.Sprintf(sayListDone, l.TakenBackName, l.TakenBack, "整批撤回")
	case l.TakenBack == 0 && l.Applied != 0 && l.AppliedBy != staff.ID:
		return fmt.Sprintf(sayListDone, l.AppliedName, l.Applied, "办理")
	}
	return sayListNotNow
}

// sayListState is how a list stands.
func sayListState(l *store.List) string {
	switch {
	case l.TakenBack != 0:
		return "已撤回"
	case l.Applied != 0:
		return "已办理"
	}
	return "待确认"
}

func sayNumberOf(a *reissue.Application) string {
	return fmt.Sprintf("%s（申请 %d）", reissue.Label(reissue.FieldNewNumber), a.ID)
}

func sayDecisions(act reissue.Act) string { return "批量" + act.Word() }
