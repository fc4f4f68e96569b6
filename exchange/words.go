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
	sayBlank        = "不能为空"
	sayBadName      = "姓名应为 2 至 50 个字，不含数字和符号"
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
)

const (
	rosterSheet    = "制证名册"
	photoFolder    = "照片"
	sayBadTracking = "运单号应为 4 至 40 位字母和数字"
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
