package office

import (
	"fmt"
	"time"

	"certreissue/reissue"
	"certreissue/store"
)

// The Chinese sentences of the desk, the queue and the review screen.

const (
	saySubmittedToday = "今日提交"
	sayAllCities      = "全部报名市"
	sayLastCopy       = "最近备份"
	sayDecidedToday   = "今日审核"
	sayLeftToday      = "今日退出制证"
	sayNoCity         = "未填报名市"
	sayLookAgain      = "再看一眼"
	sayToReview       = "查看这份申请的最新内容"
	sayToItem         = "返回这份申请的发放页面"
	sayForBatch       = "可编入下一批次："
	sayNewBatch       = "编入新批次"
	sayInBatch        = "已编入批次，等待锁定："
	sayItsBatch       = "查看批次"
	sayNext           = "审核下一份"
	sayNothingPicked  = "请先在列表中勾选申请。"
	sayNoAct          = "请选择“审核通过”或“退回修改”。"
	sayManySpellings  = "有需要注意的提示，且须选定新证书上的姓名，请打开申请审核"
	sayExportName     = "补证申请"
	sayToOverdue      = "查看这些申请"
	sayToLateBatches  = "查看这些批次"
)

// filterWords are what the filters of the queue are called where they are set.
var filterWords = map[string]string{"status": "状态", "city": "报名市", "exam": "考试", "year": "考试年度", "q": "查找", "search": "证件号码", "mark": "提示", "overdue": "超期",
	"submitted_from": "提交自", "submitted_to": "提交至", "decided_from": "审核自", "decided_to": "审核至", "by": "审核人", "batch": "批次", "held": "暂缓"}

const (
	sayAnyMark    = "任何提示"
	sayDaysTurned = "结束日期早于开始日期，请核对。"
)

// sayOverdueFilter is what is late about the applications of a state.
func sayOverdueFilter(status reissue.Status) string {
	switch status {
	case "":
		return "等待审核（没有选择状态）"
	case reissue.Pending:
		return "等待审核"
	case reissue.Returned:
		return "退回后没有重新提交"
	case reissue.Ready:
		return "到证后没有领取"
	}
	return "这个状态不计超期"
}

// sayOthersElsewhere is told below accounts that were found.
func sayOthersElsewhere(cities store.Elsewhere) string {
	return "还有考生由" + cities.Windows() + "办理，这里不显示。"
}

// sayLineElsewhere is all that is told of a line of the register of other cities.
func sayLineElsewhere(cities store.Elsewhere) string {
	return "与申请对应的档案由" + cities.Windows() + "办理，请与该窗口核对。"
}

// sayAlsoElsewhere is all that is told of applications of other cities.
func sayAlsoElsewhere(cities store.Elsewhere) string {
	return "另有由" + cities.Windows() + "办理的申请。"
}

func sayResubmitted(at reissue.Moment) string { return at.String() + " 重新提交" }

const sayOverdueMark = "超期"

func sayOverdue(count, days, target int) string {
	return fmt.Sprintf("%d 份申请等待超过 %d 个自然日，最早的一份已等待 %d 天。", count, target, days)
}

func sayLateReturned(count, days int) string {
	return fmt.Sprintf("%d 份申请退回后超过 %d 天，考生还没有重新提交。", count, days)
}

func sayLateBatches(count, days int) string {
	return fmt.Sprintf("%d 个制证批次过了预计到证日期 %d 天以上，还没有到证。", count, days)
}

func sayUncollected(count, days int) string {
	return fmt.Sprintf("%d 份新证书到证超过 %d 天，还没有领取或寄出。", count, days)
}

func sayDecidedAs(day *store.Day) string {
	if day.Decided() == 0 {
		return "0"
	}
	return fmt.Sprintf("%d（通过 %d，退回 %d，不予受理 %d）", day.Decided(),
		day.Acts[reissue.ActApprove], day.Acts[reissue.ActReturn], day.Acts[reissue.ActRefuse])
}

func sayAbout(application uint64, sentence string) string {
	return fmt.Sprintf("申请 %d：%s", application, sentence)
}

func sayColleague(name string, ago time.Duration) string {
	if ago < time.Minute {
		return name + " 刚刚打开了这份申请，可能正在审核"
	}
	return fmt.Sprintf("%s 在 %d 分钟前打开了这份申请，可能正在审核", name, int(ago/time.Minute))
}
