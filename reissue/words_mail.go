package reissue

// The words of the mails that tell candidates about their applications.

// The placeholders of mail texts.
const (
	placeName    = "姓名"
	placeNumber  = "申请编号"
	placeExam    = "考试"
	placeCity    = "报名市"
	placeReasons = "原因"
	placeNote    = "说明"
	placeOffice  = "单位"
	placePhone   = "咨询电话"
	placeHours   = "服务时间"
	placeAddress = "地址"
)

// Placeholders are the names that may stand between {{ and }} in a mail text.
var Placeholders = []string{placeName, placeNumber, placeExam, placeCity, placeReasons, placeNote, placeOffice, placePhone, placeHours, placeAddress}

const (
	sayTextMissing = "请填写这一项；需要原来的文字时，点击“恢复默认”。"
	sayOneLine     = "主题只能有一行。"
)

func sayUnknownPlaceholder(found string) string {
	return "“" + found + "”不是可用的占位符，请从列表中选用，并注意成对的大括号。"
}

// DefaultMailText is the text of an act's mail before the office words it.
func DefaultMailText(act Act) MailText {
	return map[Act]MailText{
		ActSubmit: {"补证申请已收到",
			"{{姓名}}：\n\n您的补证申请已收到，申请编号 {{申请编号}}。我们会尽快审核，您可以登录系统，在“审核状态查询”中查看进度。\n\n{{单位}}\n"},
		ActReturn: {"补证申请需要修改",
			"{{姓名}}：\n\n您的补证申请（申请编号 {{申请编号}}）审核未过，请登录系统，在“审核状态查询”中按提示修改后保存。\n\n原因：\n{{原因}}\n说明：{{说明}}\n\n{{单位}}\n"},
		ActRefuse: {"补证申请不予受理",
			"{{姓名}}：\n\n您的补证申请（申请编号 {{申请编号}}）不予受理。如有疑问，请联系本中心。\n\n原因：\n{{原因}}\n说明：{{说明}}\n\n{{单位}}\n"},
		ActApprove: {"补证申请审核通过",
			"{{姓名}}：\n\n您的补证申请（申请编号 {{申请编号}}）已审核通过，将安排制证。请在“审核状态查询”中查看后续进度。\n说明：{{说明}}\n\n{{单位}}\n"},
		ActArrive: {"新证书已到，请来领取",
			"{{姓名}}：\n\n您补办的证书（申请编号 {{申请编号}}）已到，请带身份证件到{{报名市}}的窗口领取。\n地址：{{地址}}\n服务时间：{{服务时间}}\n咨询电话：{{咨询电话}}\n\n{{单位}}\n"},
		ActMail: {"新证书已寄出",
			"{{姓名}}：\n\n您补办的证书（申请编号 {{申请编号}}）已寄出，请注意查收。\n说明：{{说明}}\n\n{{单位}}\n"},
	}[act]
}
