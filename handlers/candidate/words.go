package candidate

import (
	"fmt"
	"net/http"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// Every Chinese sentence of this package stands in this file and in those of its
// name; what pages say of themselves stands in templates.

const (
	sayToRegistered   = "去办理这本证书的补证申请"
	sayToApplications = "查看我的申请"
	sayToApply        = "返回补证申请"
)

var errorPages = []visit.ErrorPage{
	{Err: store.ErrNotCollected, Status: http.StatusConflict, Page: templates.Error{Heading: "这本证书不可申请补办",
		Sentence: "该证书尚未领取，不能申请补办。", Advice: "请带身份证件到报名市的证书发放窗口领取原证书。已经领取过的，请联系本中心核对领取记录。",
		Ways: []templates.Link{{Text: "查看领取地点", URL: "/apply"}}}},
	{Err: store.ErrLineMoved, Status: http.StatusConflict, Page: templates.Error{Heading: "这本证书的档案已更正或撤销",
		Sentence: "本中心更正了档案，申请所依据的证书不再登记在您的姓名和证件号码下，这份申请不能再修改。", Advice: "您可以撤回这份申请，重新查找证书，或填写补证申请；有疑问的，请联系本中心。",
		Ways: []templates.Link{{Text: "查看我的申请", URL: "/applications"}}}},
	{Err: store.ErrBeingUndone, Status: http.StatusConflict, Page: templates.Error{Heading: "这本证书的档案正在更正",
		Sentence: "它所在的一次导入正在撤回，您的操作没有执行。", Advice: "请过几分钟再试。"}},
}

// Codes of flashes, the sentences shown once on the page after an accepted
// form.
const (
	flashRegistered    = "registered"
	flashBlankPassword = "blankpassword"
	flashReset         = "reset"
	flashOpen          = "open"
	flashSaved         = "saved"
	flashWithdrawn     = "withdrawn"
	flashEmail         = "email"
	flashLeft          = "left"
	flashConfirmation  = "confirmation"
)

// flashes are shown to candidates.
var flashes = map[string]string{
	flashRegistered:    "注册成功，请登录。",
	flashBlankPassword: "注册成功，请登录。请注意：您的密码以空格开头或结尾，登录时要照样输入这个空格；不是有意输入的，请登录后在“修改密码”中更换。",
	flashReset:         "新密码已设置，请用新密码登录。",
	flashOpen:          "这本证书已有一份正在办理的申请，请在这里查看。",
	flashSaved:         "申请信息已保存，等待审核。",
	flashWithdrawn:     "申请已撤回。",
	flashEmail:         "邮箱已保存。",
	flashLeft:          "账号已注销。",
	flashConfirmation:  "确认邮件已发出，请在邮箱中打开链接；几分钟后还没有收到的，请看看垃圾邮件。",
}

// Fields of the sign-in, registration and password forms.
const (
	sayWrongSignIn    = "身份证号或密码不正确，请重新输入。没有账号的请先注册；忘记密码的可以找回密码。"
	sayConsent        = "请阅读个人信息保护说明，同意后勾选。"
	sayNoRecovery     = "本中心未开通邮件找回，请带证件到窗口办理。"
	sayNoConfirmation = "本中心未开通邮件，邮箱无法确认；这不影响办理。"
)

// Step 1 and what happens to an application.
const (
	sayNotCollectedYet = "该证书尚未领取，不能申请补办。请带身份证件到报名市的证书发放窗口及时领取；已经领取过的，请联系本中心核对。"
	sayToCorrect       = "去修改"
)

func sayUntouched(fields []string) string {
	return "注意：审核意见提到的" + reissue.Labels(fields) + "还没有修改。需要修改的，请点“申请信息维护”改好再保存；确认无误的，等待审核即可。"
}

// sayMadeAnew tells of a certificate that has left production.
const sayMadeAnew = "新证书需要重新制作，请等待通知；收到过领取通知的，请先不要前来。您不需要重新申请。"

// nextSentence tells the candidate what happens next, or what to do.
func nextSentence(a *reissue.Application) string {
	if said := nextOfProof[a.Status]; a.ByProof() && said != "" {
		return said
	}
	return map[reissue.Status]string{
		reissue.Pending:      "您的申请正在等待审核。审核前仍可修改信息，或撤回申请。",
		reissue.Returned:     "您的申请审核未过，请按下面的原因修改后保存，保存后将重新等待审核。",
		reissue.Approved:     "您的申请已审核通过，将安排制证，请等待通知。",
		reissue.Refused:      "您的申请不予受理，原因见下。如有疑问，请联系本中心。",
		reissue.Withdrawn:    "您已撤回这份申请。需要时可以重新申请。",
		reissue.InProduction: "新证书正在制作，到达后可以领取。",
		reissue.Ready:        "新证书已到，请带身份证件到报名市的窗口领取。",
		reissue.HandedOut:    "新证书已领取，请妥善保管。",
		reissue.Mailed:       "新证书已寄出，请注意查收。",
	}[a.Status]
}

// sayUnderReview tells until which day, YYYYMMDD, a pending application should be
// decided.
func sayUnderReview(due, today string) string {
	next := "您的申请正在等待审核，一般在 " + reissue.ShowDate(due) + "前有结果。"
	if due < today {
		next = "您的申请正在等待审核，时间比平时长，工作人员会尽快办理；有疑问的，请联系本中心。"
	}
	return next + "审核前仍可修改信息，或撤回申请。"
}

// nextOfProof is nextSentence where the office hands out a 合格证明.
var nextOfProof = map[reissue.Status]string{
	reissue.Approved:  "您的申请已审核通过，将为您开具合格证明，请等待通知。",
	reissue.Ready:     "合格证明已开具，请带身份证件到报名市的窗口领取。",
	reissue.HandedOut: "合格证明已领取，请妥善保管。",
}

const sayProofFollows = "这项考试不再补发证书，审核通过后为您开具合格证明；收到领取通知后，请带身份证件到下面的窗口领取。"

// whatHappens are the sentences of step 3. mail is the address, masked, to which results go,
// "" where none leave; without it the page says whom to ask.
func whatHappens(targetDays int, mail string, hasAddress bool) []string {
	told := "审核结果在“审核状态查询”中查看"
	switch {
	case mail != "":
		told += "，也会发到您登记的邮箱 " + mail + "；邮箱有误的，请在“注册信息维护”中更换。"
	case hasAddress:
		told += "，不发邮件；有疑问的，请向下面的窗口询问。"
	default:
		told += "。您没有登记邮箱，收不到邮件：可以在“注册信息维护”中登记；有疑问的，请向下面的窗口询问。"
	}
	return []string{
		fmt.Sprintf("工作人员一般在 %d 个自然日内审核。", targetDays),
		told,
		"审核未过的，请按提示修改后保存，不需要重新申请。",
	}
}

// sayExpected tells the candidate of a locked batch and when it should come.
func sayExpected(b *reissue.Batch) string {
	text := "新证书正在制作（" + b.Name + "）"
	if b.Expected != "" {
		return text + "，预计 " + reissue.ShowDate(b.Expected) + "前后到达，到达后可以领取。"
	}
	return text + "，到达后可以领取。"
}

func sayTracking(a *reissue.Application) string {
	what := "新证书"
	if a.ByProof() {
		what = visit.SayProof
	}
	return what + "已寄出，运单号 " + a.Tracking() + "，请注意查收。"
}

// sayDeadline is until when a returned application can be corrected.
func sayDeadline(day string) string {
	return "最晚 " + reissue.ShowDate(day) + " 保存，逾期未补正的，不予受理。"
}
