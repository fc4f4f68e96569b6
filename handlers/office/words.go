package office

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

// Lines of the log.
const (
	logNotCopied    = "备份没有完成"
	logNotImported  = "导入没有完成"
	logNotTakenBack = "导入没有撤回完"
)

const (
	sayToQueue = "返回补证申请"
	sayToDesk  = "返回工作台"
)

var errorPages = []visit.ErrorPage{
	{Err: store.ErrBatch, Status: http.StatusConflict, Page: batchChanged},
	{Err: errNoList, Status: http.StatusNotFound, Page: templates.Error{Heading: "没有找到这份清单",
		Sentence: "清单和办理结果保留 60 天，只有办理人和不限报名市的工作人员可以查看。已办理的不受影响。", Advice: "请在列表中查看各份申请的状态。",
		Ways: []templates.Link{{Text: sayToQueue, URL: "/office/applications"}, {Text: sayToHandout, URL: counterPath}}}},
	{Err: store.ErrLine, Status: http.StatusConflict, Page: templates.Error{Heading: "这本证书现在不能这样办理",
		Sentence: "已撤销的证书须先恢复，才能更正；没有撤销的，不需要恢复。没有作任何改动。", Advice: "请查看这本证书现在的内容。",
		Ways: []templates.Link{{Text: "返回证书档案", URL: "/office/certificates"}}}},
	callOver,
	{Err: store.ErrExamInUse, Status: http.StatusConflict, Page: templates.Error{Heading: "这项考试不能删除",
		Sentence: "档案或申请中已有这项考试。", Advice: "不再受理的，可以把它的办理方式改为“暂不受理”。", Ways: []templates.Link{{Text: "返回考试列表", URL: "/office/exams"}}}},
}

// Codes of flashes, the sentences shown once on the page after an accepted
// form.
const (
	flashFactorOff  = "factoroff"
	flashRecovered  = "recovered"
	flashTooLate    = "toolate"
	flashFirstAdmin = "first"
	flashApproved   = "approved"
	flashReturned   = "returned"
	flashRefused    = "refused"
	flashTakenBack  = "takenback"
	flashLeft       = "left"
	flashNoted      = "noted"
	flashHeld       = "held"
	flashUnheld     = "unheld"
	flashRejoined   = "rejoined"
	flashUnlocked   = "unlocked"
	flashCorrected  = "corrected"
	flashSettings   = "settings"
	flashTestMail   = "testmail"
	flashEnd        = "end"
	flashClosed     = "closed"

	flashHandedOut    = "handedout"
	flashTogether     = "together"
	flashMailed       = "mailed"
	flashArrived      = "arrived"
	flashBatchExpect  = "batchexpect"
	flashStaff        = "staff"
	flashCities       = "cities"
	flashRetry        = "retry"
	flashCopied       = "copied"
	flashNoPassphrase = "nopassphrase"
	flashNoRetry      = "noretry"
	flashReleased     = "released"
	flashStepsHidden  = "stepshidden"
	flashToldChanges  = "toldchanges"
	flashStepsShown   = "stepsshown"
	flashTold         = "told"
	flashUntold       = "untold"
	flashDisabled     = "disabled"
	flashEnabled      = "enabled"

	flashCollected    = "collected"
	flashNotCollected = "notcollected"
	flashImported     = "imported"
	flashConfirmed    = "confirmed"
	flashImportUndone = "importundone"
	flashNoCheck      = "nocheck"

	flashExam        = "exam"
	flashExamAdded   = "examadded"
	flashExamDeleted = "examdeleted"
	flashExamsUndone = "examsundone"

	flashLineCorrected = "linecorrected"
	flashLineWithdrawn = "linewithdrawn"
	flashLineRestored  = "linerestored"

	flashOpen         = "open"
	flashCorrectedFor = "correctedfor"
	flashWithdrawnFor = "withdrawnfor"
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

// flashes are shown to the office.
var flashes = map[string]string{
	flashHandedOut:     "已登记领取。",
	flashNumbered:      "新证书管理号已登记。",
	flashListApplied:   "清单已办理。",
	flashListTakenBack: "已整批撤回。",
	flashProofVoid:     "合格证明已作废，申请回到审核通过。",
	flashMailed:        "已登记寄出。",
	flashArrived:       "已登记到证。",
	flashBatchExpect:   "预计到证日期已保存。批次锁定后，考生可以看到。",
	flashFactorOff:     "两步验证已停用。",
	flashRecovered:     "已用一个恢复代码登录，它不能再用。手机丢失的，请在“修改密码”页面停用两步验证后重新启用。",
	flashTooLate:       "验证码输入超时，请重新登录。",
	flashFirstAdmin:    "管理员账号已创建，请登录。",
	flashApproved:      "已审核通过。",
	flashReturned:      "已退回考生修改。",
	flashRefused:       "已作不予受理。",
	flashTakenBack:     "已收回审核决定，申请重新等待审核。",
	flashNoted:         "内部备注已保存，考生看不到。",
	flashHeld:          "已暂缓办理，到日期自动回到等待审核；之前可以按编号找到，工作台上也有列表。",
	flashUnheld:        "已结束暂缓，重新等待审核。",
	flashLeft:          "这一份已退出制证，批次中的其他申请不变。",
	flashRejoined:      "已更正，这一份回到原批次，制证中。",
	flashUnlocked:      "已解除锁定。",
	flashCorrected:     "已更正。",
	flashOpen:          "这本证书已有一份正在办理的申请，请在这里查看。",
	flashCorrectedFor:  "已代为修改，等待审核。请重新打印申请表，由考生签名。",
	flashWithdrawnFor:  "已代为撤回。",
	flashSettings:      "设置已保存。",
	flashStaff:         "已保存。",
	flashCities:        "报名市列表已更新，考生填写申请时立即生效。",
	flashCopied:        "备份已完成，结构检查通过。",
	flashNoPassphrase:  "口令已失效，没有下载。请重新生成，抄下新的口令；抄过的旧口令，只有已经下载的备份还用得上。",
	flashRetry:         "已安排立即发送，请稍后刷新查看结果。",
	flashNoRetry:       "没有发送失败的邮件。",
	flashReleased:      "已恢复发送。",
	flashToldChanges:   "更新说明已收起，手册的“更新说明”里有全文。",
	flashStepsHidden:   "清单已收起，可以在系统设置中再显示。",
	flashStepsShown:    "清单已显示在工作台。",
	flashUntold:        "已撤销，这位考生仍需通知。",
	flashDisabled:      "已停用，该账号的登录已全部退出。",
	flashEnabled:       "已启用。",
	flashTestMail:      "测试邮件已发出，请到收件箱查看。",
	flashClosed:        "账号已停用。",
	flashEnd:           "这个列表已到头，没有更多申请了。",
	flashCollected:     "已标记为已领取。",
	flashNotCollected:  "已改为未领取。",
	flashImported:      "导入完成。",
	flashImportUndone:  "这次导入已撤回。",
	flashNoCheck:       "检查结果已不在，可能程序重启过或之后又上传了其他文件。请重新上传；没有确认导入的文件不会改动档案。",
	flashExam:          "考试已保存，考生页面立即生效。",
	flashExamAdded:     "考试已添加。",
	flashExamDeleted:   "考试已删除。",
	flashExamsUndone:   "已撤销，这些考试恢复为原来的内容。",

	flashLineCorrected: "档案已更正。依据它的申请，审核页会标出。",
	flashLineWithdrawn: "这本证书已从档案中撤销，考生不再能查到它；可以恢复。",
	flashLineRestored:  "这本证书已恢复。",
}

// Fields of the sign-in, registration and password forms.
const (
	sayUsernameMissing = "请输入用户名。"
	sayWrongStaff      = "用户名或密码不正确，请重新输入。"
	sayBadUsername     = "用户名应为 2 至 30 个字，可用汉字、字母、数字和 . _ -。"
	sayWrongCode       = "一次性代码不正确，请查看启动程序的窗口。"
)

// The office's pages.
const (
	sayToPending       = "去审核"
	sayAccountName     = "账号姓名"
	sayLastLogin       = "最近登录"
	sayMoved           = "保存申请后，档案中的这一项有变动"
	sayAccountSpelling = "审核时选用了账号的写法"
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

func sayDecided(status reissue.Status) string {
	return "这份申请的状态是“" + status.Word() + "”，现在不需要审核。"
}

// The settings.
const (
	sayNoSMTP      = "还没有设置邮件服务器，请先填写并保存。"
	sayTestSubject = "测试邮件"
	sayTestBody    = "这是一封测试邮件。收到它说明邮件设置正确。\n"
)

// The counter.
const (
	sayAccountTaken = "这个号码已有账号。"
	sayToAccount    = "查看这个账号"

	sayAccountMeanwhile = "您打开页面之后，这个账号已有变动，您的操作没有执行。请核对现在的内容后再办理。"
	sayStaffMeanwhile   = "您打开页面之后，这个登录已有变动，您的操作没有执行。请核对现在的内容后再办理。"
)

// The words of one's own access: where one is signed in, and the second factor.

const (
	sayFactor      = "两步验证"
	sayCodeMissing = "请输入验证码。"
	sayCodeWrong   = "验证码不正确或已用过，请等手机上换成新的数字后再输入。"
	sayFirstCode   = "验证码不正确。请核对手机上的账号是本系统的，手机时间是自动设置的，再输入当前的数字。"
	saySetupOver   = "页面打开得太久，二维码已更换。请在手机上删除刚才的账号，重新扫描。"
)

func sayFactorState(f reissue.SecondFactor) string {
	if !f.On() {
		return "未启用"
	}
	return fmt.Sprintf("已启用（%s），恢复代码还剩 %d 个", f.Since, len(f.Recovery))
}
