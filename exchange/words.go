package exchange

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

const (
	rosterSheet    = "制证名册"
	photoFolder    = "照片"
	sayBadTracking = "运单号应为 4 至 40 位字母和数字"
)

func sayBadNumber(typed string) string { return "申请编号“" + typed + "”不正确，请核对" }
