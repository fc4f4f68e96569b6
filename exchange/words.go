package exchange

// Every Chinese sentence of this package stands in this file.

const (
	sheetName       = "补证申请"
	sheetRejected   = "未导入的行"
	sayFromRegister = "系统登记"
	sayByHand       = "自行填写"
	sayBlank        = "不能为空"
	sayBadName      = "姓名应为 2 至 50 个字，不含数字和符号"
)
