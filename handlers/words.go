package handlers

import (
	"fmt"
	"net/http"
	"time"

	"certreissue/photo"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// Every Chinese sentence of this package stands in this file; what pages say of
// themselves stands in templates.

const (
	sayCaptchaMissing   = "请填写验证码。"
	sayWrongCaptcha     = "验证码不正确或已过期，请按新图片重新输入。"
	sayBusy             = "现在办理的人较多，请稍等片刻再试。您填写的内容已保留。"
	sayDiskFull         = "系统暂时无法保存，您的内容尚未提交。请稍后再试，或联系本中心。"
	sayDiskFailed       = "系统保存数据时出错，不能确定是否已保存。请稍后重新打开页面看一看，没有保存的再提交一次；仍不行请联系本中心。"
	sayRefused          = "没有办理成功"
	sayBroken           = "系统出错了"
	sayBrokenSentence   = "您的操作没有完成，请稍后再试。"
	sayBrokenAdvice     = "如果多次出现，请联系本中心并告知下面的请求编号。"
	sayTooLarge         = "提交的内容太大"
	sayTooLargeSentence = "提交的文件超过了限制。"
	sayTooLargePhoto    = "照片最大 20 MB，选择的文件超过了，没有提交。"
	sayBackToForm       = "返回表单"
	sayTooLargeAdvice   = "请返回上一页，换一个较小的文件。"
	sayDemoHost         = "只能在本机使用演示系统"
	sayDemoHostSentence = "演示系统只接受本机地址的访问。"
	sayDemoHostAdvice   = "请用启动时显示的地址（127.0.0.1）打开。"
	sayToRegistered     = "去办理这本证书的补证申请"
	sayToQueue          = "返回补证申请"
	sayToDesk           = "返回工作台"
	sayToApplications   = "查看我的申请"
	sayToApply          = "返回补证申请"
	sayToLogin          = "去登录"
)

func sayTooMany(wait time.Duration) string {
	span := fmt.Sprintf("%d 秒", int(wait/time.Second)+1)
	if wait > 2*time.Minute {
		span = fmt.Sprintf("%d 分钟", int(wait/time.Minute)+1)
	}
	return "操作过于频繁，请 " + span + "后再试。您填写的内容已保留。"
}

// sayWait is the sentence for a number that has to wait, known or not.
func sayWait(wait time.Duration) string {
	return fmt.Sprintf("尝试次数过多，请 %d 分钟后再试。忘记密码的，可以找回密码，或带证件到窗口办理。", int((wait+time.Minute-1)/time.Minute))
}

// errorPages say what the errors of every room mean to a visitor.
var errorPages = []struct {
	err    error
	status int
	page   templates.Error
}{
	{reissue.ErrNotFound, http.StatusNotFound, templates.Error{Heading: "没有找到这个页面",
		Sentence: "地址可能不完整，或者这项内容不属于您。", Advice: "请检查地址是否完整，或从下面重新进入。"}},
	{reissue.ErrRole, http.StatusForbidden, templates.Error{Heading: "没有权限",
		Sentence: "您的角色不能办理这项操作。", Advice: "需要办理时，请联系管理员。"}},
	{errToken, http.StatusForbidden, templates.Error{Heading: "页面已失效",
		Sentence: "这个页面打开得太久，或不是从本系统提交的，您的操作没有执行。", Advice: "请返回上一页，刷新后重新提交。"}},
	{errBody, http.StatusBadRequest, templates.Error{Heading: "提交的内容无法读取",
		Sentence: "网络可能中断，您的操作没有执行。", Advice: "请返回上一页重新提交。"}},
	{store.ErrNotCollected, http.StatusConflict, templates.Error{Heading: "这本证书不可申请补办",
		Sentence: "该证书尚未领取，不能申请补办。", Advice: "请带身份证件到报名市的证书发放窗口领取原证书。已经领取过的，请联系本中心核对领取记录。"}},
	{store.ErrBatch, http.StatusConflict, batchChanged},
	{store.ErrBeingUndone, http.StatusConflict, templates.Error{Heading: "这本证书的档案正在更正",
		Sentence: "它所在的一次导入正在撤回，您的操作没有执行。", Advice: "请过几分钟再试。"}},
	{errMailingsGone, http.StatusNotFound, templates.Error{Heading: "登记结果已不在",
		Sentence: "登记结果只保留 12 小时，程序重启后也不再保留。已登记寄出的不受影响。", Advice: "要再看没有登记的行，请再次提交同一个表格。",
		Ways: []templates.Link{{Text: "返回证书发放", URL: "/office/handout"}}}},
	{errOutcomesGone, http.StatusNotFound, templates.Error{Heading: "办理结果已不在",
		Sentence: "办理结果只保留 12 小时，程序重启后也不再保留。已办理的不受影响。", Advice: "请在列表中查看各份申请的状态。",
		Ways: []templates.Link{{Text: sayToQueue, URL: "/office/applications"}}}},
	{store.ErrExamInUse, http.StatusConflict, templates.Error{Heading: "这项考试不能删除",
		Sentence: "档案或申请中已有这项考试。", Advice: "不再受理的，可以把它的办理方式改为“暂不受理”。", Ways: []templates.Link{{Text: "返回考试列表", URL: "/office/exams"}}}},
	{reissue.ErrState, http.StatusConflict, templates.Error{Heading: "当前状态不能办理这项操作",
		Sentence: "这份申请现在的状态不能这样办理（例如审核通过或已撤回的，不能再修改），没有作任何改动。", Advice: "请查看申请的最新状态。"}},
	{reissue.ErrStale, http.StatusConflict, templates.Error{Heading: "这份申请已被更新",
		Sentence: "您打开页面之后，这份申请已有变动，您的操作没有执行。", Advice: "请查看最新内容后再办理。"}},
}

// Codes of flashes, the sentences shown once on the page after an accepted
// form.
const (
	flashRegistered = "registered"
	flashReset      = "reset"
	flashOpen       = "open"
	flashSaved      = "saved"
	flashWithdrawn  = "withdrawn"
	flashEmail      = "email"
	flashPassword   = "password"
	flashLogout     = "logout"
	flashSignedOut  = "signedout"
	flashFactorOff  = "factoroff"
	flashRecovered  = "recovered"
	flashTooLate    = "toolate"
	flashLeft       = "left"
	flashFirstAdmin = "first"
	flashApproved   = "approved"
	flashReturned   = "returned"
	flashRefused    = "refused"
	flashTakenBack  = "takenback"
	flashUnlocked   = "unlocked"
	flashCorrected  = "corrected"
	flashSettings   = "settings"
	flashTestMail   = "testmail"
	flashEnded      = "ended"
	flashKept       = "kept"
	flashUndone     = "undone"
	flashEnd        = "end"
	flashClosed     = "closed"

	flashHandedOut   = "handedout"
	flashMailed      = "mailed"
	flashArrived     = "arrived"
	flashBatchExpect = "batchexpect"
	flashStaff       = "staff"
	flashCities      = "cities"
	flashRetry       = "retry"
	flashCopied      = "copied"
	flashNoRetry     = "noretry"
	flashReleased    = "released"
	flashDisabled    = "disabled"
	flashEnabled     = "enabled"

	flashCollected    = "collected"
	flashNotCollected = "notcollected"
	flashImported     = "imported"
	flashImportUndone = "importundone"
	flashNoCheck      = "nocheck"

	flashExam        = "exam"
	flashExamAdded   = "examadded"
	flashExamDeleted = "examdeleted"
)

// batchFlashes say of an act on a batch what became of how many applications,
// and what comes next.
var batchFlashes = map[string]string{
	"make":         "批次已建立，编入 %d 份申请，还没有锁定。核对之后，请锁定批次。",
	"add":          "已编入 %d 份申请，批次还没有锁定。核对之后，请锁定批次。",
	"remove":       "已移出 %d 份申请，它们仍是审核通过，可以编入其他批次。",
	"lock":         "批次已锁定，%d 份申请进入制证。请下载名册和照片，报送制证单位。",
	"unlock":       "批次已解除锁定，%d 份申请回到审核通过，可以继续编入或移出。",
	"report":       "批次（%d 份）已标记上报。新证书到达后，请标记已到证。",
	"undo_report":  "上报记录已更正，批次（%d 份）回到已锁定。",
	"arrive":       "批次（%d 份）已标记到证，申请变为待领取，考生会收到通知。可以发放了。",
	"undo_arrival": "到证记录已更正，批次（%d 份）等待到证。",
	"dissolve":     "批次已解散，%d 份申请移出，可以编入其他批次。",
}

var flashes = map[string]string{
	flashHandedOut: "已登记领取。", flashMailed: "已登记寄出。", flashArrived: "已登记到证。",
	flashBatchExpect: "预计到证日期已保存。批次锁定后，考生可以看到。",
	flashRegistered:  "注册成功，请登录。",
	flashReset:       "新密码已设置，请用新密码登录。",
	flashOpen:        "这本证书已有一份正在办理的申请，请在这里查看。",
	flashSaved:       "申请信息已保存，等待审核。",
	flashWithdrawn:   "申请已撤回。",
	flashEmail:       "邮箱已保存。",
	flashPassword:    "密码已修改，其他设备上的登录已退出。",
	flashLogout:      "已退出登录。",
	flashSignedOut:   "其他登录已退出。",
	flashFactorOff:   "两步验证已停用。",
	flashRecovered:   "已用一个恢复代码登录，它不能再用。手机丢失的，请在“修改密码”页面停用两步验证后重新启用。",
	flashLeft:        "账号已注销。",
	flashTooLate:     "验证码输入超时，请重新登录。",
	flashFirstAdmin:  "管理员账号已创建，请登录。",
	flashApproved:    "已审核通过。",
	flashReturned:    "已退回考生修改。",
	flashRefused:     "已作不予受理。",
	flashTakenBack:   "已收回审核决定，申请重新等待审核。",
	flashUnlocked:    "已解除锁定。",
	flashCorrected:   "已更正。",
	flashSettings:    "设置已保存。",
	flashEnded:       "登录已超时或已退出，请重新登录。",
	flashUndone:      "登录已超时或已退出，刚才提交的内容没有保存。请重新登录后再办理。",
	flashKept:        "登录已超时或已退出，请重新登录。您填写的内容已保留，登录后可以继续。",
	flashStaff:       "已保存。",
	flashCities:      "报名市列表已更新，考生填写申请时立即生效。",
	flashCopied:      "备份已完成，结构检查通过。",
	flashRetry:       "已安排立即发送，请稍后刷新查看结果。",
	flashNoRetry:     "没有发送失败的邮件。",
	flashReleased:    "已恢复发送。",
	flashDisabled:    "已停用，该账号的登录已全部退出。",
	flashEnabled:     "已启用。",
	flashTestMail:    "测试邮件已发出，请到收件箱查看。",
	flashClosed:      "账号已停用。",
	flashEnd:         "这个列表已到头，没有更多申请了。",

	flashCollected:    "已标记为已领取。",
	flashNotCollected: "已改为未领取。",
	flashImported:     "导入完成。",
	flashImportUndone: "这次导入已撤回。",
	flashNoCheck:      "检查结果已不在，可能程序重启过或之后又上传了其他文件。请重新上传；没有确认导入的文件不会改动档案。",

	flashExam:        "考试已保存，考生页面立即生效。",
	flashExamAdded:   "考试已添加。",
	flashExamDeleted: "考试已删除。",
}

// Fields of the sign-in, registration and password forms.
const (
	sayPasswordMissing = "请输入密码。"
	sayWrongSignIn     = "身份证号或密码不正确，请重新输入。没有账号的请先注册；忘记密码的可以找回密码。"
	sayUsernameMissing = "请输入用户名。"
	sayWrongStaff      = "用户名或密码不正确，请重新输入。"
	sayBadUsername     = "用户名应为 2 至 30 个字，可用汉字、字母、数字和 . _ -。"
	sayWrongCode       = "一次性代码不正确，请查看启动程序的窗口。"
	sayBadName         = "请填写真实姓名，2 至 50 个字，不含数字和符号。"
	sayConsent         = "请阅读个人信息保护说明，同意后勾选。"
	sayUnequal         = "两次输入的密码不一致，请重新输入。"
	sayOldMissing      = "请输入原密码。"
	sayOldWrong        = "原密码不正确，请重新输入。"
	saySamePassword    = "新密码不能与原密码相同，请换一个。"
	sayNoRecovery      = "本中心未开通邮件找回，请带证件到窗口办理。"
	sayStaleEdit       = "您打开页面之后，这份申请已有变动，您的修改还没有保存。请核对下面的变动，再次点击“保存”。"
	sayNoPhoto         = "请选择照片文件。"
	sayOnePhoto        = "一次只能上传一张照片，请重新选择。"
)

// Step 1 and what happens to an application.
const (
	sayOwnExams        = "您名下有证书的考试"
	sayOtherExams      = "其他考试"
	sayApplicable      = "可申请"
	sayNotApplicable   = "不可申请"
	sayApplied         = "已有申请"
	sayNotCollectedYet = "该证书尚未领取，不能申请补办。请带身份证件到报名市的证书发放窗口及时领取；已经领取过的，请联系本中心核对。"
	sayAppliedReason   = "这本证书已有一份正在办理的申请。"
)

const sayByHandForm = "自行填写的补证申请"

func sayEditForm(application uint64) string {
	return fmt.Sprintf("申请 %d 的信息维护", application)
}

func sayLastDay(exam *reissue.Exam) string {
	return "本中心登记的 " + exam.Title() + " 最后一天是 " + reissue.ShowDate(exam.LastDay) + "，批准日期一般填 " + exam.LastDay + "。"
}

func sayPledged(at reissue.Moment) string { return "已于 " + at.String() + " 同意" }

func sayUntouched(fields []string) string {
	return "注意：审核意见提到的" + reissue.Labels(fields) + "还没有修改。需要修改的，请点“申请信息维护”改好再保存；确认无误的，等待审核即可。"
}

// sayChangedBy tells what an event changed. A decision changes no more than how
// the name is written.
func sayChangedBy(event *reissue.Event) string {
	switch event.Act {
	case reissue.ActApprove:
		return sayNameSpelt
	case reissue.ActTakeBack:
		return sayNameAgain
	}
	return "修改了" + reissue.Labels(event.Changed)
}

// nextSentence tells the candidate what happens next, or what to do.
func nextSentence(a *reissue.Application) string {
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

// whatHappens are the sentences of step 3.
func whatHappens(targetDays int, mail bool) []string {
	told := "审核结果在“审核状态查询”中查看。"
	if mail {
		told = "审核结果在“审核状态查询”中查看，也会发到您登记的邮箱。"
	}
	return []string{
		fmt.Sprintf("工作人员一般在 %d 个自然日内审核。", targetDays),
		told,
		"审核未过的，请按提示修改后保存，不需要重新申请。",
	}
}

// The office's pages.
const (
	sayToPending       = "去审核"
	sayPaper           = "证件类型"
	sayAccountName     = "账号姓名"
	sayEmail           = "邮箱"
	sayCreated         = "账号建立"
	sayLastLogin       = "最近登录"
	sayMoved           = "保存申请后，档案中的这一项有变动"
	sayAccountSpelling = "审核时选用了账号的写法"
	sayNameSpelt       = "新证书姓名用账号的写法"
	sayNameAgain       = "姓名恢复档案的写法"
	sayFromRegister    = "申请由档案中的证书发起。"
	sayByHandBeside    = "申请由考生自行填写；左侧是档案中最相近的一本证书。"
	sayByHandAlone     = "申请由考生自行填写；档案中没有这位考生同年度或同名考试的证书。"
	sayReviewersDecide = "您的角色可以查看，审核由审核员办理。"
	sayQueryMissing    = "请输入证件号码或姓名。"
	sayClosed          = "已停用"
	sayOneTime         = "待改密码"
	sayInUse           = "正常"
)

// spellingWords say whose each of reissue's spellings of a name is.
var spellingWords = []string{"档案写法", "账号写法"}

func sayDays(days int) string { return fmt.Sprintf("%d 天", days) }

func sayFoundNumber(number fmt.Stringer) string {
	return "证件号码 " + number.String() + " 的申请"
}

func sayDecided(status reissue.Status) string {
	return "这份申请的状态是“" + status.Word() + "”，现在不需要审核。"
}

var originWords = map[reissue.Origin]string{
	reissue.OriginSelf: "自行注册", reissue.OriginImported: "从证书邮寄系统导入", reissue.OriginOffice: "窗口开立",
}

var actorWords = map[string]string{"candidate": "考生", "staff": "工作人员", "system": "系统"}

// The settings.
const (
	sayFillIn      = "请填写这一项。"
	sayBadURL      = "应以 http:// 或 https:// 开头，只写到域名或端口，如 https://bz.example.cn。"
	sayBadListen   = "请填写本机地址和端口，如 127.0.0.1:8080。要让其他电脑访问，请先用证书（-tls-cert）或 -plain-http 启动。"
	saySecurity    = "请从列表中选择；不加密的只用于内网。"
	sayNoSMTP      = "还没有设置邮件服务器，请先填写并保存。"
	sayTestSubject = "测试邮件"
	sayTestBody    = "这是一封测试邮件。收到它说明邮件设置正确。\n"
)

func sayTooLong(limit int) string { return fmt.Sprintf("最多 %d 个字，请缩短。", limit) }

func sayNumberBetween(least, most int) string {
	return fmt.Sprintf("请填写 %d 至 %d 之间的整数。", least, most)
}

// The counter.
const (
	sayAccountTaken = "这个号码已有账号。"
	sayToAccount    = "查看这个账号"
)

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
