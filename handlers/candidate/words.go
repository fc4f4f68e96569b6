package candidate

import (
	"errors"
	"fmt"
	"net/http"

	"certreissue/handlers/visit"
	"certreissue/photo"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// Every Chinese sentence of this package stands in this file and in those of its
// name; what pages say of themselves stands in templates.

const (
	sayTooLargePhoto  = "照片最大 20 MB，选择的文件超过了，没有提交。"
	sayBrokenPhoto    = "照片未能读出：可能是网络中断，或文件已被移动或删除。其他内容还在，请重新选择照片。"
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
	sayStaleEdit      = "您打开页面之后，这份申请已有变动，您的修改还没有保存。请核对下面的变动，再次点击“保存”。"
	sayNoPhoto        = "请选择照片文件。"
	sayOnePhoto       = "一次只能上传一张照片，请重新选择。"
)

// Step 1 and what happens to an application.
const (
	sayOwnExams        = "您名下有证书的考试"
	sayOtherExams      = "其他考试"
	sayApplicable      = "可申请"
	sayNotApplicable   = "不可申请"
	sayNotCollectedYet = "该证书尚未领取，不能申请补办。请带身份证件到报名市的证书发放窗口及时领取；已经领取过的，请联系本中心核对。"
	sayApply           = "申请补证"
	sayToCorrect       = "去修改"
	sayLook            = "查看申请"
	sayNumber          = "申请编号"
)

const sayByHandForm = "填写补证申请（没有填完）"

func sayEditForm(application uint64) string {
	return fmt.Sprintf("申请 %d 的信息维护", application)
}

func sayLastDay(exam *reissue.Exam) string {
	return "本中心登记的 " + exam.Title() + " 最后一天是 " + reissue.ShowDate(exam.LastDay) + "，批准日期一般填 " + exam.LastDay + "。"
}

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

// saySince names the moment from which an application is in its state.
func saySince(a *reissue.Application) string {
	switch a.Status {
	case reissue.Pending:
		return saySubmitted
	case reissue.InProduction:
		return "开始制证"
	case reissue.Ready:
		if a.ByProof() {
			return "开具时间"
		}
		return "到证时间"
	case reissue.HandedOut:
		return "领取时间"
	case reissue.Mailed:
		return "寄出时间"
	}
	return "审核时间"
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

// sayMended tells what was made of a photo that could not be taken as it came.
func sayMended(before, after int) string {
	if after < before {
		return fmt.Sprintf("选择的照片现为 %s，已压缩到 %s，尺寸已按要求裁剪。", photo.Size(before), photo.Size(after))
	}
	return fmt.Sprintf("选择的照片现为 %s，尺寸和大小已按要求调整，调整后为 %s。", photo.Size(before), photo.Size(after))
}

const sayLookAtPhoto = "请核对照片"

// sayPhotoAgreed asks for agreement to a photo that was mended.
func sayPhotoAgreed(edit bool) string {
	button := "下一步"
	if edit {
		button = "保存"
	}
	return "照片已按要求调整，请看预览：合适的，请再点“" + button + "”；不合适的，请另选照片。"
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

const (
	sayDownload    = "下载电子证书"
	sayNotAccepted = "这项考试现在不能申请补办"
)

// notAcceptedPage tells a candidate why step 2 is closed, and where to go on.
func notAcceptedPage(e *reissue.NotAcceptedError) templates.Error {
	page := templates.Error{Heading: sayNotAccepted, Sentence: e.Sentence(), Ways: []templates.Link{{Text: sayToApply, URL: "/apply"}}}
	if link := e.Exam.Download(); link != "" {
		page.Ways = append([]templates.Link{{Text: sayDownload, URL: link}}, page.Ways...)
	}
	return page
}

// notAcceptedWords are the reason and the way on that stand on step 1; nothing
// for nil.
func notAcceptedWords(err error) (reason string, more templates.Link) {
	var e *reissue.NotAcceptedError
	if !errors.As(err, &e) {
		return "", more
	}
	if link := e.Exam.Download(); link != "" {
		more = templates.Link{Text: sayDownload, URL: link}
	}
	return e.Sentence(), more
}

// sayDeadline is until when a returned application can be corrected.
func sayDeadline(day string) string {
	return "最晚 " + reissue.ShowDate(day) + " 保存，逾期未补正的，不予受理。"
}
