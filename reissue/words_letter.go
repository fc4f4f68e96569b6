package reissue

// The words of letters.

// LetterPlaceholders are the names that may stand between {{ and }} in the text of a
// letter.
var LetterPlaceholders = []string{placeName, placePaper, placeIDNumber, placeNumber, placeExam, placeCity, placeReasons, placeNote, placeDeadline, placeProof, placeDate, placeOffice, placePhone, placeHours, placeAddress}

// Word is what a letter is called.
func (l Letter) Word() string {
	return map[Letter]string{LetterReturned: "补正通知", LetterRefused: "不予受理通知", LetterReady: "领取通知", LetterProxy: "委托书"}[l]
}

// remedy is the line that an office fills in, by its text or by hand.
const remedy = "救济途径：＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿\n"

// DefaultLetterText is the text of a kind of letter before the office words it.
func DefaultLetterText(letter Letter) ProofText {
	return map[Letter]ProofText{
		LetterReturned: {"补正通知书", "{{姓名}}：\n您关于{{考试}}的补证申请（申请编号 {{申请编号}}）经审核，需要补正，原因如下：\n{{原因}}\n说明：{{说明}}\n" +
			"请登录系统，在“审核状态查询”中按提示修改后保存，我们收到后继续审核。\n最晚 {{期限}} 保存，逾期未补正的，不予受理。\n咨询电话：{{咨询电话}}\n" + remedy},
		LetterRefused: {"不予受理通知书", "{{姓名}}：\n您关于{{考试}}的补证申请（申请编号 {{申请编号}}）经审核，不予受理，原因如下：\n{{原因}}\n说明：{{说明}}\n咨询电话：{{咨询电话}}\n" + remedy},
		LetterReady: {"领取通知书", "{{姓名}}：\n您关于{{考试}}的补证申请（申请编号 {{申请编号}}）已经办好，请本人带身份证件原件领取。不能亲自前来的，可以委托他人，代领人须带委托书和双方的身份证件。\n" +
			"地址：{{地址}}\n服务时间：{{服务时间}}\n咨询电话：{{咨询电话}}\n"},
		LetterProxy: {"委托书", "委托人：{{姓名}}\n{{证件类型}}号码：{{证件号码}}\n受委托人：＿＿＿＿＿＿＿＿＿＿＿＿\n证件号码：＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿＿\n联系电话：＿＿＿＿＿＿＿＿＿＿＿＿\n" +
			"委托事项：代为领取{{考试}}补办的证书（申请编号 {{申请编号}}）。受委托人在委托事项内的办理，委托人予以承认。\n" +
			"委托人签名：＿＿＿＿＿＿＿＿＿＿＿＿\n受委托人签名：＿＿＿＿＿＿＿＿＿＿＿＿\n日期：　　　　年　　月　　日\n"},
	}[letter]
}

// BlankLetter are the values of a 委托书 that is filled in by hand.
func BlankLetter() map[string]string {
	const line = "＿＿＿＿＿＿＿＿＿＿＿＿"
	values := map[string]string{}
	for _, name := range LetterPlaceholders {
		values[name] = line
	}
	values[placePaper] = "证件"
	return values
}
