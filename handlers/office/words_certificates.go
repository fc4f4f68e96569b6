package office

import (
	"cmp"
	"fmt"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
)

// The Chinese sentences about the register and its imports stand in this file.

const (
	sayNotYetByName        = "正在导入证书档案。新增的证书在导入完成后才能按姓名或证书管理号查到，现在请按证件号码查询。"
	sayRegisterChanging    = "正在导入或撤回证书档案，列表可能随时变化。"
	sayProgress            = "查看进度"
	sayNoneChosen          = "请先在列表中勾选证书。"
	sayChooseState         = "请选择已领取或未领取。"
	sayNoFile              = "请选择要导入的文件。"
	sayOneFile             = "一次只能上传一个文件。"
	sayChooseBlank         = "请从列表中选择。"
	sayJobRunning          = "正在检查、导入或撤回另一个文件，请等它完成后再试。"
	sayTooLargeSheet       = "文件超过 256 MB。"
	sayTooLargeSheetAdvice = "请把表格拆成几个文件，分别导入。"
	sayCommand             = "命令行"
	sayImportBroken        = "处理文件时系统出错，档案没有全部更新，请重新上传；多次出现请联系维护人员。"
	sayStopped             = "程序停止，处理中断，请重新上传。"
	sayBlankAsk            = "表中每行都填写了领取状态"
	sayBlankCollected      = "空白的按“已领取”"
	sayBlankNotCollected   = "空白的按“未领取”"
	sayEmptyFile           = "表格"
	sayRejectedFile        = "-未导入的行.xlsx"
	sayFile                = "文件"
	sayWho                 = "导入人"
	sayBegan               = "开始"
	sayFinished            = "完成"
	sayTakenBack           = "撤回"
	sayAdded               = "新增"
	sayChangedLines        = "改动"
	sayUnchanged           = "不变"
	sayRejectedLines       = "未导入"
)

// blankChoices are what a blank 领取状态 can mean, as the form offers it.
var blankChoices = map[string]reissue.BlankCollected{
	sayBlankAsk: "", sayBlankCollected: reissue.Collected, sayBlankNotCollected: reissue.NotCollected,
}

// blankWords are the same in the form's order.
var blankWords = []string{sayBlankAsk, sayBlankCollected, sayBlankNotCollected}

// sayDoing is what a running job does.
var sayDoing = map[jobPhase]string{jobChecking: "正在检查", jobImporting: "正在导入"}

// sayConfirmedBefore tells whoever confirms an import that a colleague was first.
func sayConfirmedBefore(name string, at reissue.Moment) string {
	return fmt.Sprintf("同事 %s 已于 %s 确认导入，这是它的结果。", name, at)
}

func sayFileChecking(name string) string { return "正在检查文件“" + name + "”。" }

func sayCertificatesOf(number fmt.Stringer) string {
	return "证件号码 " + number.String() + " 的证书"
}

func sayCertificatesOfImport(number uint64) string {
	return fmt.Sprintf("第 %d 次导入添加或最后改动的证书", number)
}

func sayBornIn(year string) string { return "（" + year + " 年生）" }

func sayImportAdded(number uint64) string { return fmt.Sprintf("第 %d 次导入添加", number) }

func sayImportChanged(number uint64) string { return fmt.Sprintf("第 %d 次导入改动", number) }

func sayCorrectionUndone(number uint64) string {
	return fmt.Sprintf("第 %d 次导入撤回，所作更正随之撤销", number)
}

// orCommand names who imported: a command has no name of the staff.
func orCommand(name string) string {
	if name == "" {
		return sayCommand
	}
	return name
}

// fieldLabel is a field of a line of the register in words.
func fieldLabel(field string) string {
	if field == store.FieldCollected {
		return visit.SayFieldCollected
	}
	return reissue.Label(field)
}

// sayFieldChange tells what one field of a line was and became.
func sayFieldChange(field, before, after string) string {
	return fieldLabel(field) + "：" + cmp.Or(before, sayNothing) + " → " + cmp.Or(after, sayNothing)
}

// The correcting of lines.
const (
	sayNotToCorrect   = "所选的行不能按更正办理，没有导入。请在列表中勾选。"
	sayWithdrawn      = "已撤销"
	sayLineMeanwhile  = "您打开页面之后，这本证书的档案已有变动，您的操作没有执行。请核对现在的内容后再办理。"
	saySameLine       = "档案中已有同一个人同一考试、级别、专业的证书。请核对；多余的一行可以撤销。"
	sayToSameLine     = "查看那本证书"
	sayConfirmPersons = "请核对后再保存"
	sayPersonsChange  = "更正会改变这本证书的姓名或证件号码。请核对下面两边的档案，确认是同一本证书后，再次保存。"
	sayPersonsBefore  = "更正前：“%s” %s 名下的档案"
	sayPersonsAfter   = "更正后：“%s” %s 名下的档案"
	sayNamesakes      = "更正后：姓名为“%s”的档案"
)

// sayStanding names an application that stands on a line.
func sayStanding(a *reissue.Application) string {
	return fmt.Sprintf("%d（%s，%s）", a.ID, a.Fields.Name, a.Status.Word())
}

// sayBrokenOff tells where an import stands that was broken off.
func sayBrokenOff(record *store.Import) string {
	return fmt.Sprintf("处理到 %d 行中的 %d 行时中断。用同一个文件重新导入即可接着办理，已导入的行不会重复；也可以撤回已导入的部分。", record.Total, record.Counts.Done())
}

func sayUndoneHalfway(done, total int) string {
	return fmt.Sprintf("撤回到 %d 行中的 %d 行时中断。完成撤回之前，不能导入，其中的证书也不能申请补办。", total, done)
}
