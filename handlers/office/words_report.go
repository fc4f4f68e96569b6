package office

import (
	"fmt"
	"strconv"
	"strings"

	"certreissue/reissue"
	"certreissue/sheet"
	"certreissue/store"
	"certreissue/templates"
)

// The words of reports.

const (
	sayReport        = "统计报表"
	sayReportAhead   = "开始日期晚于结束日期，请核对；没有填写结束日期时，统计到今天。"
	sayByExam        = "按考试"
	sayByCity        = "按报名市"
	sayByMonth       = "按月份"
	sayByStaff       = "按工作人员"
	sayExamColumn    = "考试"
	sayCityColumn    = "报名市"
	sayMonthColumn   = "月份"
	sayStaffColumn   = "工作人员"
	sayReasonColumn  = "退回原因"
	sayTimesColumn   = "次数"
	sayReasonsTitle  = "退回原因"
	sayStagesTitle   = "各环节用时（天）"
	sayReceivedChart = "收到的申请（份）"
	sayDecidedChart  = "审核的申请（次）"
	sayMedianChart   = "用时的中位数（天）"
	saySum           = "合计"
	sayAnyTime       = "不限"
	sayThisMonth     = "本月"
	sayLastMonth     = "上月"
	sayThisYear      = "今年"
	sayLastYear      = "去年"
)

// reportCounts are what is counted, in the order of reissue.Counted.
var reportCounts = []string{"收到", "审核通过", "退回", "不予受理", "进入制证", "到证", "领取", "寄出", "退出制证"}

// reportHeads are the columns of the page's tables behind the first, in the lines that they
// are shown in.
var reportHeads = []string{"收到", "审核", "通过", "退回", "不予\n受理", "进入\n制证", "到证", "领取", "寄出", "退出\n制证", "审核\n中位", "审核\n九成", "审核\n超期"}

var reportStageHeads = []string{"环节", "份数", "中位数", "九成不超过", "最长", "超期"}

// stageWords are what the stages are called.
var stageWords = map[reissue.Stage]string{reissue.StageReview: "提交至审核", reissue.StageWait: "通过至进入制证", reissue.StageProduction: "制证至到证", reissue.StageCollect: "到证至领取或寄出"}

// reportColumns are those of the workbook, and reportKinds what is no text in it.
var reportColumns, reportKinds = func() (columns []string, kinds sheet.Kinds) {
	columns = append([]string{"统计项", "考试年度", "名称"}, reportCounts...)
	for _, stage := range reissue.Stages {
		for _, of := range []string{"份数", "中位天数", "九成天数", "最长天数", "超期"} {
			columns = append(columns, stageWords[stage]+of)
		}
	}
	kinds = sheet.Kinds{}
	for _, column := range columns[3:] {
		kinds[column] = sheet.Number
	}
	return columns, kinds
}()

func sayMedianOf(days, of int) string {
	if of == 0 {
		return "–"
	}
	return strconv.Itoa(days)
}

func sayReportPeriod(days store.Days, made reissue.Moment) string {
	return fmt.Sprintf("%s至 %s（统计时间 %s）", reissue.ShowDate(days.From), reissue.ShowDate(days.To), made)
}

// sayReportLacks is what a report cannot tell.
func sayReportLacks(report *store.Report, staff *reissue.Staff) (list []string) {
	if report.Damaged {
		list = append(list, "有申请的记录损坏，无法读取，没有计入。")
	}
	acts := report.Forgotten.Acts
	switch {
	case len(acts) == 0:
	case staff.Limited():
		list = append(list, "这些天办理过的申请，有的已按保存期限删除，没有计入。")
	default:
		list = append(list, fmt.Sprintf("已按保存期限删除的申请没有计入下列各表。这些天全中心对它们的办理：收到 %d，审核通过 %d，退回 %d，不予受理 %d，领取 %d，寄出 %d。",
			acts[reissue.ActSubmit], acts[reissue.ActApprove], acts[reissue.ActReturn], acts[reissue.ActRefuse],
			acts[reissue.ActHandOut]-acts[reissue.ActCorrectHandOut], acts[reissue.ActMail]-acts[reissue.ActCorrectMailing]))
	}
	return list
}

// reportMeanings say what each figure is.
func reportMeanings(settings *reissue.Settings) []templates.Pair {
	return []templates.Pair{
		{Label: "统计范围", Value: "开始和结束两天都计在内，以系统记录的办理时间为准。撤回、更正的办理视为没有办理过，因此以前的报表在撤回、更正后会改变。报名市、考试以申请现在的内容为准。"},
		{Label: "收到", Value: "考生首次提交的申请，以后撤回的也计。退回后重新提交的不再计。"},
		{Label: "审核", Value: "审核通过、退回、不予受理的决定，每作一次计一次：退回后重新提交、再审核通过的，计退回一次、通过一次。逾期未补正而由系统结束的不计。退出制证不是审核，另计；因退出制证而退回的，原因计入退回原因。"},
		{Label: "进入制证", Value: "随批次锁定。开具合格证明的申请没有这一步。"},
		{Label: "到证", Value: "新证书到达本中心，或合格证明已打印。退出制证后重新制作的，以最后一次为准。"},
		{Label: "领取、寄出", Value: "窗口领取，或寄出。"},
		{Label: "天数", Value: "按自然日，当天办结为 0 天；计入环节结束的那一天。提交至审核：从提交（退回的从重新提交）到作出决定，每次决定各计；通过至进入制证：到批次锁定，或合格证明打印；制证至到证：从批次锁定算起。申请导出表中的“审核天数”只是最后一次审核的。"},
		{Label: "中位数、九成", Value: "从短到长排列，取第 50%、第 90% 位（向上取整）那一份的天数，即一半、九成的申请不超过这个天数。"},
		{Label: "超期", Value: sayReportLimits(settings)},
	}
}

func sayReportLimits(settings *reissue.Settings) string {
	sentence := "审核超过 " + strconv.Itoa(settings.TargetDays) + " 天"
	if settings.TargetDays == 0 {
		sentence = "审核没有设时限"
	}
	if days := settings.Reminders.CollectDays(); days > 0 {
		sentence += "；到证后超过 " + strconv.Itoa(days) + " 天才领取或寄出"
	}
	return sentence + "。时限见系统设置。"
}

// reportChosen puts into words what a report is about, for the log.
func reportChosen(days store.Days, staff *reissue.Staff) (chosen []string) {
	if staff.Limited() {
		chosen = append(chosen, sayLimitedTo+" "+strings.Join(staff.Cities, "、"))
	}
	return append(chosen, dashed(days.From)+" 至 "+dashed(days.To))
}
