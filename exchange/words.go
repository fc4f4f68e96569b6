package exchange

import (
	"fmt"
	"strings"

	"certreissue/reissue"
)

// Every Chinese sentence of this package stands in this file.

const (
	sheetName       = "补证申请"
	sheetRegister   = "证书档案"
	sheetRejected   = "未导入的行"
	sayFromRegister = "系统登记"
	sayByHand       = "自行填写"
	sayBetween      = "；" // several reasons
	sayBlank        = "不能为空"
	sayBadName      = "姓名应为 2 至 50 个字，不含数字和符号"
)

// wayWords are how a new certificate has left the office.
var wayWords = map[reissue.Status]string{reissue.HandedOut: "窗口领取", reissue.Mailed: "邮寄"}

// What an application leads to.
const (
	sayNewCertificate = "新证书"
	sayProof          = "合格证明"
)

// What the log says of an export.
const (
	sayLimitedTo = "限定报名市"
	sayStatus    = "状态"
	sayExam      = "考试"
	sayImport    = "导入"
	sayUnknown   = "未知"
	sayByNumber  = "按证件号码查找"
	sayByText    = "按姓名或编号查找"
	sayMark      = "提示"
	sayAny       = "任何"
	sayOverdue   = "超期"
	saySubmitted = "提交日期"
	sayDecided   = "审核日期"
	sayUntil     = " 至 "
	sayDecider   = "审核人"
	sayBatch     = "批次"
)

// CallsSheet is the name of the sheet of calls; callColumns are what platforms for short
// messages ask for.
const CallsSheet = "需电话通知"

var callColumns = []string{"手机号", "文字"}

const (
	rosterSheet     = "制证名册"
	photoFolder     = "照片"
	sayBadTracking  = "运单号应为 4 至 40 位字母和数字"
	sayNobodyNamed  = "请填写申请编号或证件号码"
	sayBadNewNumber = "新证书管理号只能由数字、字母和短横线组成，最多 40 位；没有的填写“无”"
)

// mostNamed is how many new exams or cities a sentence names.
const mostNamed = 20

// Learned tells which exams and cities an import brought that the office did not
// know before, in sentences.
func Learned(exams, cities []string) (sentences []string) {
	if n := len(exams); n > 0 {
		sentences = append(sentences, fmt.Sprintf("新增考试 %d 项：%s。", n, names(exams)))
	}
	if n := len(cities); n > 0 {
		sentences = append(sentences, fmt.Sprintf("新增报名市 %d 个：%s；考生填写申请时可以选择，请核对写法。", n, names(cities)))
	}
	return sentences
}

// sayTimesDropped tells in how many lines each date had a time of day, which is not kept.
func sayTimesDropped(timed map[string]int) (sentences []string) {
	for _, column := range reissue.DateColumns {
		if n := timed[column]; n > 0 {
			sentences = append(sentences, fmt.Sprintf("有 %d 行的%s带有时刻，已略去时刻。", n, column))
		}
	}
	return sentences
}

func names(list []string) string {
	if len(list) > mostNamed {
		return strings.Join(list[:mostNamed], "、") + "等"
	}
	return strings.Join(list, "、")
}

func sayBadNumber(typed string) string { return "申请编号“" + typed + "”不正确，请核对" }

func sayTooManyLines(most int) string {
	return fmt.Sprintf("表格超过 %d 行，没有读取。一份清单一次登记，请拆成几个表格，分别提交。", most)
}
