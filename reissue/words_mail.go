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
	placeState   = "状态"
	placePage    = "网址"

	placeDeadline = "期限"
)

// Placeholders are the names that may stand between {{ and }} in a mail text.
var Placeholders = []string{placeName, placeNumber, placeExam, placeState, placePage, placeCity, placeReasons, placeNote, placeDeadline, placeProof, placeOffice, placePhone, placeHours, placeAddress}

const (
	sayTextMissing = "请填写这一项；需要原来的文字时，点击“恢复默认”。"
	sayOneLine     = "主题只能有一行。"
)

func sayUnknownPlaceholder(found string) string {
	return "“" + found + "”不是可用的占位符，请从列表中选用，并注意成对的大括号。"
}

// mailFoot ends every mail: what it is about, where that stands, and whom to ask.
const mailFoot = "\n考试：{{考试}}\n状态：{{状态}}\n查看申请：{{网址}}\n咨询电话：{{咨询电话}}\n\n{{单位}}\n"

// DefaultMailText is the text of an act's mail before the office words it.
func DefaultMailText(act Act) MailText {
	text := map[Act]MailText{
		ActSubmit: {"补证申请已收到",
			"{{姓名}}：\n\n您的补证申请已收到，申请编号 {{申请编号}}。我们会尽快审核，您可以登录系统，在“审核状态查询”中查看进度。\n"},
		ActReturn: {"补证申请需要修改",
			"{{姓名}}：\n\n您的补证申请（申请编号 {{申请编号}}）审核未过，请登录系统，在“审核状态查询”中按提示修改后保存。\n最晚 {{期限}} 保存，逾期未补正的，不予受理。\n\n原因：\n{{原因}}\n说明：{{说明}}\n"},
		ActRefuse: {"补证申请不予受理",
			"{{姓名}}：\n\n您的补证申请（申请编号 {{申请编号}}）不予受理。如有疑问，请联系本中心。\n\n原因：\n{{原因}}\n说明：{{说明}}\n"},
		ActApprove: {"补证申请审核通过",
			"{{姓名}}：\n\n您的补证申请（申请编号 {{申请编号}}）已审核通过，将安排制证。请在“审核状态查询”中查看后续进度。\n说明：{{说明}}\n"},
		MailApproveProof: {"补证申请审核通过",
			"{{姓名}}：\n\n您的补证申请（申请编号 {{申请编号}}）已审核通过。这项考试不再补发证书，将为您开具合格证明，请在“审核状态查询”中查看后续进度。\n说明：{{说明}}\n"},
		ActPrintProof: {"合格证明已开具，请来领取",
			"{{姓名}}：\n\n您的考试合格证明（申请编号 {{申请编号}}，证明编号 {{证明编号}}）已开具，请带身份证件到{{报名市}}的窗口领取。\n地址：{{地址}}\n服务时间：{{服务时间}}\n"},
		MailMailProof: {"合格证明已寄出",
			"{{姓名}}：\n\n您的考试合格证明（申请编号 {{申请编号}}，证明编号 {{证明编号}}）已寄出，请注意查收。\n说明：{{说明}}\n"},
		ActArrive: {"新证书已到，请来领取",
			"{{姓名}}：\n\n您补办的证书（申请编号 {{申请编号}}）已到，请带身份证件到{{报名市}}的窗口领取。\n地址：{{地址}}\n服务时间：{{服务时间}}\n"},
		ActLeaveReturn: {"新证书没有制成，补证申请需要修改",
			"{{姓名}}：\n\n您补办的证书（申请编号 {{申请编号}}）没有制成，申请需要修改；收到过领取通知的，请先不要前来。请登录系统，在“审核状态查询”中按提示修改后保存，我们会优先审核。\n最晚 {{期限}} 保存，逾期未补正的，不予受理。\n\n原因：\n{{原因}}\n说明：{{说明}}\n"},
		ActLeaveApprove: {"新证书需要重新制作",
			"{{姓名}}：\n\n您补办的证书（申请编号 {{申请编号}}）需要重新制作；收到过领取通知的，请先不要前来，制好后会再通知您。您不需要重新申请。\n说明：{{说明}}\n"},
		ActLeaveRefuse: {"补证申请不予受理",
			"{{姓名}}：\n\n您补办的证书（申请编号 {{申请编号}}）没有制成，申请不予受理；收到过领取通知的，请不要前来。如有疑问，请联系本中心。\n\n原因：\n{{原因}}\n说明：{{说明}}\n"},
		ActRemindReturn: {"提醒：补证申请还没有修改",
			"{{姓名}}：\n\n您的补证申请（申请编号 {{申请编号}}）审核未过，还没有修改。请登录系统，在“审核状态查询”中按提示修改后保存。\n最晚 {{期限}} 保存，逾期未补正的，不予受理。\n已经修改保存的，不必理会这封邮件。\n"},
		ActLapse: {"补证申请逾期未补正，不予受理",
			"{{姓名}}：\n\n您的补证申请（申请编号 {{申请编号}}）在期限内没有修改，不予受理。仍需要补办的，请登录系统重新申请；如有疑问，请联系本中心。\n\n原因：\n{{原因}}\n"},
		ActRemindCollect: {"提醒：请来领取",
			"{{姓名}}：\n\n您的新证书或合格证明（申请编号 {{申请编号}}）已经可以领取，目前还没有领取，请带身份证件到{{报名市}}的窗口领取。不方便前来的，请联系本中心。\n地址：{{地址}}\n服务时间：{{服务时间}}\n已经领取的，不必理会这封邮件。\n"},
		ActMail: {"新证书已寄出",
			"{{姓名}}：\n\n您补办的证书（申请编号 {{申请编号}}）已寄出，请注意查收。\n说明：{{说明}}\n"},
	}[act]
	text.Body += mailFoot
	return text
}
