package handlers

import "fmt"

// The words of the settings, the mail and the backup pages.

const (
	sayMaxBelowMin    = "最大文件应大于最小文件，请核对。"
	sayClearBelowFail = "不提示的比例不能小于不合格的比例，请核对。"
	saySeen           = "您打开页面之后，设置已被修改。下面是您填写的内容；确认仍要保存的，请再点一次“保存”。"

	sayReasonTwice = "代码与另一项相同，请换一个。"
	sayReasonMany  = "原因太多，请先删去不用的。"
	sayReasonOrder = "请填写序号，如 1。"
	sayWhole       = "整份申请"
)

func sayNotesMany(most int) string {
	return fmt.Sprintf("最多 %d 条，请删去不常用的。", most)
}

func sayNoteLong(line, most int) string {
	return fmt.Sprintf("第 %d 条超过 %d 个字，请缩短。", line, most)
}
