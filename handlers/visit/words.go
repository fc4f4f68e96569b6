package visit

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

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
	sayDiskFailed       = "系统保存数据时出错，您的内容尚未提交。请稍后再试，或联系本中心。"
	sayUnsure           = "系统保存数据时出错，不能确定是否已保存，请先查看：重新打开页面看一看，没有保存的再提交一次；仍不行请联系本中心。"
	sayRefused          = "没有办理成功"
	SayBroken           = "系统出错了"
	SayBrokenSentence   = "您的操作没有完成，请稍后再试。"
	SayBrokenAdvice     = "如果多次出现，请联系本中心并告知下面的请求编号。"
	sayTooLarge         = "提交的内容太大"
	sayTooLargeSentence = "提交的文件超过了限制。"
	sayDamaged          = "这项内容暂时不能显示"
	sayDamagedSentence  = "它在数据文件中的记录已损坏。为避免出错，修复之前不显示，也不能办理；其他内容不受影响。"
	sayTellOffice       = "请联系本中心，并告知下面的请求编号。"
	sayBackToForm       = "返回表单"
	SayTooLargeAdvice   = "请返回上一页，换一个较小的文件。"
	sayToLogin          = "去登录"
	sayTooOld           = "页面已失效"
	sayTooOldSentence   = "这个页面打开得太久，或不是从本系统提交的，您的操作没有执行。"
	sayTooOldAdvice     = "请重新打开填写的页面，再重新提交。"
	sayReopen           = "重新打开这个页面"
	sayKept             = "您填写的内容已保留。"
	sayNotTaken         = "刚才提交的内容没有接收。请返回上一页，稍后重新提交；同一网络的人较多时，请错开一会儿。"
)

// sayTellAdmin leads staff to who can mend a damaged record.
func sayTellAdmin(record string) string {
	return record + "请告诉管理员：先停止服务，再用 check -repair 命令修复，或恢复最近的备份。"
}

// notSaved is what is said of what the disk did not take.
var notSaved = map[store.Fault]string{store.Full: sayDiskFull, store.Unwritable: sayDiskFailed, store.Forbidden: sayDiskFailed, store.WriteProtected: sayDiskFailed, store.Unsure: sayUnsure}

// NotSaved is what is said of an error of the disk; "" of any other.
func NotSaved(err error) string {
	file, ok := errors.AsType[*store.FileError](err)
	if !ok {
		return ""
	}
	return notSaved[file.Fault]
}

func sayTooMany(wait time.Duration) string {
	span := fmt.Sprintf("%d 秒", int(wait/time.Second)+1)
	if wait > 2*time.Minute {
		span = fmt.Sprintf("%d 分钟", int(wait/time.Minute)+1)
	}
	return "操作过于频繁，请 " + span + "后再试。"
}

// sayWait is the sentence for a number that has to wait, known or not.
func sayWait(wait time.Duration, staff bool) string {
	way := "忘记密码的，可以找回密码，或带证件到窗口办理。"
	if staff {
		way = "急用时可以换用以前登录过的电脑和浏览器，或请管理员解除锁定。"
	}
	return fmt.Sprintf("尝试次数过多，请 %d 分钟后再试。%s", int((wait+time.Minute-1)/time.Minute), way)
}

// ErrorPage says what an error means to a visitor.
type ErrorPage struct {
	Err    error
	Status int
	Page   templates.Error
}

// errorPages are those that every room knows.
var errorPages = []ErrorPage{
	{Err: reissue.ErrNotFound, Status: http.StatusNotFound, Page: templates.Error{Heading: "没有找到这个页面",
		Sentence: "地址可能不完整，或者这项内容不属于您。", Advice: "请检查地址是否完整，或从下面重新进入。"}},
	{Err: reissue.ErrRole, Status: http.StatusForbidden, Page: templates.Error{Heading: "没有权限",
		Sentence: "您的角色不能办理这项操作。", Advice: "需要办理时，请联系管理员。"}},
	{Err: errBody, Status: http.StatusBadRequest, Page: templates.Error{Heading: "提交的内容无法读取",
		Sentence: "网络可能中断，您的操作没有执行。", Advice: "请返回上一页重新提交。"}},
	{Err: reissue.ErrState, Status: http.StatusConflict, Page: templates.Error{Heading: "当前状态不能办理这项操作",
		Sentence: "这份申请现在的状态不能这样办理（例如审核通过或已撤回的，不能再修改），没有作任何改动。", Advice: "请查看申请的最新状态。"}},
	{Err: reissue.ErrStale, Status: http.StatusConflict, Page: templates.Error{Heading: "这份申请已被更新",
		Sentence: "您打开页面之后，这份申请已有变动，您的操作没有执行。", Advice: "请查看最新内容后再办理。"}},
}

// Codes of flashes, the sentences shown once on the page after an accepted
// form.
const (
	FlashPassword  = "password"
	flashLogout    = "logout"
	flashSignedOut = "signedout"
	flashEnded     = "ended"
	flashKept      = "kept"
	flashUndone    = "undone"
)

// flashes are those of every room.
var flashes = map[string]string{
	FlashPassword:  "密码已修改，其他设备上的登录已退出。",
	flashLogout:    "已退出登录。",
	flashSignedOut: "其他登录已退出。",
	flashEnded:     "登录已超时或已退出，请重新登录。",
	flashUndone:    "登录已超时或已退出，刚才提交的内容没有保存。请重新登录后再办理。",
	flashKept:      "登录已超时或已退出，请重新登录。您填写的内容已保留，登录后可以继续。",
}

// undoneFlashes tell of what has not been done.
var undoneFlashes = []string{flashEnded, flashKept, flashUndone}

// Fields of the sign-in, registration and password forms.
const (
	SayPasswordMissing = "请输入密码。"
	SayBadName         = "请填写真实姓名，2 至 50 个字，不含数字和符号。"
	sayUnequal         = "两次输入的密码不一致，请重新输入。"
	sayOldMissing      = "请输入原密码。"
	sayOldWrong        = "原密码不正确，请重新输入。"
	saySamePassword    = "新密码不能与原密码相同，请换一个。"
)

func SayPledged(at reissue.Moment) string { return "已于 " + at.String() + " 同意" }

// sayChangedBy tells what an event changed. A decision changes no more than how
// the name is written.
func sayChangedBy(event *reissue.Event) string {
	switch event.Act {
	case reissue.ActApprove, reissue.ActUndoLeave:
		return sayNameSpelt
	case reissue.ActTakeBack, reissue.ActLeaveReturn, reissue.ActLeaveRefuse:
		return sayNameAgain
	}
	return "修改了" + reissue.Labels(event.Changed)
}

// sayRenumbered tells which new number an event brought in the place of another.
func sayRenumbered(was, now string) string {
	label := reissue.Label(reissue.FieldNewNumber)
	switch {
	case was == "":
		return label + " " + now
	case now == "":
		return label + " " + was + " 不再登记"
	}
	return label + " " + was + " 改为 " + now
}

// What histories and pages say of an account and its name.
const (
	SayPaper     = "证件类型"
	SayEmail     = "邮箱"
	SayCreated   = "账号建立"
	sayNameSpelt = "新证书姓名用账号的写法"
	sayNameAgain = "姓名恢复档案的写法"
	sayNone      = "（没有）"
)

var OriginWords = map[reissue.Origin]string{
	reissue.OriginSelf: "自行注册", reissue.OriginImported: "从证书邮寄系统导入", reissue.OriginOffice: "窗口开立",
}

var ActorWords = map[string]string{"candidate": "考生", "staff": "工作人员", "system": "系统"}

// SayUnknownDevice is a browser of which nothing is known.
const SayUnknownDevice = "其他设备"

// SayAnd stands between the members of a list.
const SayAnd = "、"

// What rows of the log can hold: every act, object and field.

// fieldWords are the names of changed fields, beside those of an application.
var fieldWords = map[string]string{
	"password": "密码", "email": "邮箱", "roles": "角色", "cities": "限定报名市", "disabled": "状态", store.FieldCollected: SayFieldCollected,
	"SystemName": "系统名称", "OfficeName": "单位名称", "Telephone": "咨询电话", "Hours": "服务时间", "Address": "地址", "Notice": "友情提示",
	"PhotoYear": "需要照片的年度", "TargetDays": "审核期限", "MailDelay": "审核邮件延迟", "Reasons": "审核原因", "Pledge": "承诺书",
	"PublicURL": "公开网址", "SMTP": "邮件服务器", "Announcement": "公告", "Photo": "照片要求", "Notes": "常用说明", "Backup": "自动备份", "Mirror": "镜像",
	"MailTexts": "邮件文字", "Places": "各市窗口", "ProofText": "合格证明文字", "LetterTexts": "通知书文字", "RosterColumns": "名册的列", "PhotosByIDNumber": "照片按证件号码命名", "SecondPerson": "锁定批次须另一位审核员", "Retention": "保存期限",
	"Reminders": "提醒天数", "Listen": "监听地址", "StepsHidden": "收起开始使用清单", "Told": "已看更新说明", "AlarmTo": "告警邮箱", "RemindDays": "补正提醒", "TermDays": "补正期限", "UncollectedDays": "领取提醒",
}

// fieldWord is a field's name in words; the text of a mail is named with its act, a place with
// its city.
func fieldWord(field string) string {
	if field, of, ok := strings.Cut(field, "."); ok {
		return fieldWord(field) + "（" + cmp.Or(reissue.Act(of).Word(), of) + "）"
	}
	return cmp.Or(fieldWords[field], reissue.Label(field), field)
}

// AuditWhat is what a row tells, the changed fields included.
func AuditWhat(row *store.Audit) string {
	word := ActWord(row.Object, row.Act)
	if row.Object == "application" && row.Kind == "staff" {
		word = cmp.Or(reissue.Act(row.Act).CounterWord(), word)
	}
	names := make([]string, len(row.Fields))
	for i, field := range row.Fields {
		if names[i] = fieldWord(field); row.Object == "exam" {
			names[i] = reissue.ExamLabel(field)
		}
	}
	if len(names) > 0 && row.Act != "disable" && row.Act != "enable" {
		word += "：" + strings.Join(names, SayAnd)
	}
	return word
}

// sayUntil tells until when something was put off, and why, or by when it is to be corrected.
func sayUntil(day, reason string) string {
	if reason == "" {
		return "最晚 " + reissue.ShowDate(day)
	}
	return "到 " + reissue.ShowDate(day) + "：" + reason
}

func sayVoid(number string) string { return "新证书管理号 " + number + " 作废" }

// SayFormer tells what a field of an account was before.
func SayFormer(was reissue.Former) string {
	return fieldWord(was.Field) + "原为：" + cmp.Or(reissue.ShowField(was.Field, was.Was), sayNone)
}

func SayTrackingNumber(number string) string { return "运单号 " + number }

// LogActs are the acts that rows of the log can hold, in words, by what they are
// about: the same act has another word on another object.
var LogActs = map[string]map[string]string{
	"application": applicationActs(),
	"batch":       batchWords(),
	"account": {"register": "注册", "import": "从证书邮寄系统导入", "change": "修改", "renew": "更新密码存储方式", "reset": "重置密码", "correct": "窗口更正",
		"unlock": "解除锁定", "close": "停用（号码归还本人）", "shut": "停用", "open": "窗口开立", "attach": "窗口开立（号码归还本人）", "ask_reset": "申请找回密码", "ask_confirm": "重发确认邮件", "confirm": "确认邮箱",
		"viewed": "查看完整信息", "sign_out": "退出其他登录", "leave": "本人注销", "forget": "按保存期限删除", "export": "本人下载"},
	"staff": {"add": "添加", "change": "修改", "disable": "停用", "enable": "重新启用", "unlock": "解除锁定", "sign_out": "退出其他登录",
		"factor_on": "启用两步验证", "factor_off": "停用两步验证", "recovery": "使用恢复代码"},
	"certificates": {"import": "导入", "take_back": "撤回导入", "export": "导出"},
	"certificate": {"collect": "标记为已领取", "uncollect": "改为未领取", "viewed": "查看完整信息", "correct": "更正", "withdraw": "撤销",
		"restore": "恢复"},
	"exam":           {"add": "添加", "change": "修改", "delete": "删除"},
	"city":           {"add": "添加", "rename": "改名", "remove": "删除"},
	"list":           {"check": "检查", "apply": "办理", "take_back": "整批撤回"},
	"settings":       {"change": "修改"},
	"mail":           {"retry": "立即重发", "release": "恢复发送"},
	"backup":         {"backup": "备份", "download": "下载备份"},
	"file":           {"restore": "恢复备份", "repair": "修复数据文件"},
	"audit":          {"verify": "核验", "export": "导出", "lost": "本条记录已丢失（修复数据文件时）"},
	"accounts":       {"import": "导入"},
	"applications":   {"export": "导出"},
	"proofs":         {"export": "导出"},
	"rejected lines": {"export": "导出"},
	"calls":          {"export": "导出"},
	"archive":        {"export": "导出"},
	"report":         {"export": "导出"},
}

// applicationActs are those of an application: a clerk's looks beside what
// changes it.
func applicationActs() map[string]string {
	words := map[string]string{"viewed": "查看完整信息", "tell": "标记已电话通知", "untell": "撤销电话通知标记", "forget": "按保存期限删除", "repair": "修复数据文件时核对"}
	for _, act := range slices.Concat(reissue.Acts(), reissue.AsideActs, []reissue.Act{reissue.ActCorrectHolder, reissue.ActForgetPhoto, reissue.ActNumber, reissue.ActShareNumber}) {
		words[string(act)] = act.Word()
	}
	return words
}

func batchWords() map[string]string {
	words := map[string]string{"export": "导出"}
	for _, act := range append(reissue.BatchActs, reissue.BatchMake) {
		words[string(act)] = act.Word()
	}
	return words
}

// ActWord is what was done, in words; what the tables do not know is shown as
// it stands in the file.
func ActWord(object, act string) string { return cmp.Or(LogActs[object][act], act) }

const (
	SayState      = "状态"
	sayOldPhoto   = "原照片"
	sayNewPhoto   = "已换新照片"
	sayOpinion    = "审核意见"
	sayLastChange = "最后变动"

	SayFieldCollected = "领取状态"

	SayFiling      = "填报"
	sayFiledForYou = "由窗口代为填写"

	SayLeadsTo     = "发放内容"
	SayProof       = "合格证明"
	SayProofNumber = "证明编号"
)

// SayMailsMoved tells what a new address brings to its owner.
func SayMailsMoved(n int) string { return fmt.Sprintf("%d 封邮件将发到新地址。", n) }

// SaySubject is what a mail is about. The text of one with a link is made when it is sent.
func SaySubject(m *store.Mail) string {
	switch m.Kind {
	case store.MailReset:
		return "找回密码（发送时生成链接，此处不显示）"
	case store.MailConfirm:
		return "请确认邮箱（发送时生成链接，此处不显示）"
	}
	return m.Subject
}

// SayAddress is the address of an account as it is shown, with whether its holder is
// known to get what is sent there.
func SayAddress(shown string, a *reissue.Account) string {
	switch {
	case a.Email == "":
		return ""
	case a.Confirmed == 0:
		return shown + "（未确认）"
	}
	return shown + "（" + a.Confirmed.String() + " 确认）"
}

// sayWrongOwn answers a password that proves nobody to be himself.
const sayWrongOwn = "密码不正确，请重新输入。"
