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
	sayNoCity         = "未填报名市"
	sayLookAgain      = "再看一眼"
	sayToReview       = "查看这份申请的最新内容"
	sayNext           = "审核下一份"
	sayNothingPicked  = "请先在列表中勾选申请。"
	sayNoAct          = "请选择“审核通过”或“退回修改”。"
	sayManyState      = "状态已改变，不再等待审核"
	sayManyStale      = "列表打开之后，考生修改了申请，请重新查看"
	sayManyFailed     = "系统出错，没有办理，请稍后再试；仍不成功的，请告诉管理员"
	sayManyGone       = "申请不存在，或不在您负责的报名市"
	sayExportName     = "补证申请"
)

// manyWords are the acts that can be done to many at once.
var manyWords = map[string]string{"approve": reissue.ActApprove.Word(), "return": reissue.ActReturn.Word()}

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
