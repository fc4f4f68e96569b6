package reissue

import (
	"fmt"
	"strings"
	"time"
)

// Every Chinese sentence of this package stands in this file and in those of its
// name; what columns, fields and values are called stands where they are defined.

// Word is the state as pages show it (domain.md §1).
func (s Status) Word() string {
	return map[Status]string{
		Pending: "等待审核", Returned: "审核未过", Approved: "审核通过", Refused: "不予受理", Withdrawn: "已撤回",
		InProduction: "制证中", Ready: "待领取", HandedOut: "已领取", Mailed: "已寄出",
	}[s]
}

// StatusOf reads a state's Chinese word, or its code.
func StatusOf(word string) (Status, bool) {
	for _, s := range Statuses {
		if s.Word() == word || string(s) == word {
			return s, true
		}
	}
	return "", false
}

// Word is what was done, as the history tells it.
func (a Act) Word() string {
	return map[Act]string{
		ActSubmit: "提交申请", ActSave: "修改申请信息", ActWithdraw: "撤回申请", ActApprove: "审核通过", ActReturn: "退回修改",
		ActRefuse: "不予受理", ActTakeBack: "收回审核决定", ActLock: "进入制证批次", ActUnlock: "移出制证批次", ActArrive: "新证书到达",
		ActUndoArrival: "更正到达记录", ActHandOut: "领取新证书", ActCorrectHandOut: "更正领取记录", ActMail: "寄出新证书", ActCorrectMailing: "更正寄出记录",
		ActLeaveReturn: "退出制证，退回修改", ActLeaveApprove: "退出制证，重新制证", ActLeaveRefuse: "退出制证，不予受理", ActUndoLeave: "更正退出制证记录",
		MailApproveProof: "审核通过（开具合格证明）", MailMailProof: "寄出合格证明",
		ActPrintProof: "开具合格证明", ActReprintProof: "补打合格证明", ActUndoProof: "作废合格证明",
		ActCorrectHolder: "更正考生信息", ActForgetPhoto: "按保存期限删除照片",
		ActNote: "内部备注", ActHold: "暂缓办理", ActUnhold: "结束暂缓", ActEndHold: "暂缓到期，重新等待审核",
		ActRemindReturn: "提醒补正", ActRemindCollect: "提醒领取", ActLapse: "不予受理（期限已到）",
		ActNumber: "登记新证书管理号", ActShareNumber: "登记新证书管理号（与他人相同，经管理员确认）",
	}[a]
}

// ActWord is what was done to the application, as its history tells it.
func (a *Application) ActWord(act Act) string {
	switch {
	case a.ByProof() && act == ActHandOut:
		return "领取合格证明"
	case a.ByProof() && act == ActMail:
		return MailMailProof.Word()
	}
	return act.Word()
}

// Word is the role as pages show it.
func (r Role) Word() string {
	return map[Role]string{
		RoleCandidate: "考生", RoleReviewer: "审核员", RoleAdmin: "管理员", RoleAuditor: "审计员", RoleSystem: "系统",
	}[r]
}

// Word is the class as the list of reasons shows it.
func (c Class) Word() string {
	return map[Class]string{Correctable: "退回修改", Final: "不予受理", EitherClass: "两者皆可"}[c]
}

// The settings that are more than a text or a number, as the log shows them.

func (r Reason) String() string {
	text := r.Label + "（" + r.Class.Word()
	if r.Field != "" {
		text += "，" + Label(r.Field)
	}
	if r.Key != "" {
		text += "，快捷键 " + strings.ToUpper(r.Key)
	}
	return text + "）"
}

func (l PhotoLimits) String() string {
	return fmt.Sprintf("%d×%d 像素，%d–%d KB，背景低于 %d%% 不合格，%d%% 起不提示", l.Width, l.Height, l.MinKB, l.MaxKB, l.FailBelow, l.ClearFrom)
}

func (p BackupPlan) String() string {
	return fmt.Sprintf("每天 %d 时，保留 %d 份", p.Hour, p.Keep)
}

func (p MirrorPlan) String() string {
	if p.Folder == "" {
		return "没有设置"
	}
	return fmt.Sprintf("%s，每 %d 秒", p.Folder, int(p.Every().Seconds()))
}

func (r Retention) String() string {
	span := func(months int) string {
		if months == 0 {
			return "长期"
		}
		return fmt.Sprintf("%d 个月", months)
	}
	return "照片 " + span(r.PhotoMonths) + "，申请 " + span(r.ApplicationMonths) + "，账号 " + span(r.AccountMonths)
}

func (r Reminders) String() string {
	span := func(days int) string {
		if days == 0 {
			return "不提醒"
		}
		return fmt.Sprintf("%d 天", days)
	}
	return "退回未改 " + span(r.ReturnedDays()) + "，批次逾期 " + span(r.BatchDays()) + "，逾期未领 " + span(r.CollectDays())
}

func (t MailText) String() string { return "主题：" + t.Subject + "\n" + t.Body }

// Word is the route as the office's pages show it (domain.md §5).
func (r Route) Word() string {
	return map[Route]string{
		RoutePaper: "补发纸质证书", RouteElectronic: "引导下载电子证书", RouteProof: "开具合格证明", RouteClosed: "暂不受理",
	}[r]
}

// Word is the rule as the office's pages show it.
func (r PhotoRule) Word() string {
	return map[PhotoRule]string{PhotoByYear: "按年度规定", PhotoRequired: "需要照片", PhotoNotAsked: "不需要照片"}[r]
}

// Told is what candidates are told of the exam's route: the office's own
// sentence, else the usual one; "" where there is nothing to tell.
func (e *Exam) Told() string {
	if e.Sentence != "" {
		return e.Sentence
	}
	return map[Route]string{
		RouteElectronic: "这项考试已启用电子证书，不再补发纸质证书，请下载电子证书。",
		RouteProof:      "这项考试已退出国家职业资格目录，不再补发证书；申请通过后，开具考试合格证明。",
		RouteClosed:     "这项考试的补证申请暂不受理，恢复受理的时间请留意本中心通知。",
	}[e.Route]
}

// WindowWords are the days of acceptance as people read them.
func (e *Exam) WindowWords() string {
	switch {
	case e.Opens == "" && e.Closes == "":
		return "长期受理"
	case e.Closes == "":
		return ShowDate(e.Opens) + "起"
	case e.Opens == "":
		return ShowDate(e.Closes) + "截止"
	}
	return ShowDate(e.Opens) + "至 " + ShowDate(e.Closes)
}

// Sentence tells the candidate why no application is taken.
func (e *NotAcceptedError) Sentence() string {
	if !e.Window {
		return e.Exam.Told()
	}
	sentence := e.Exam.Title() + "的补证申请"
	switch {
	case e.Exam.Opens == "":
		sentence += "已于 " + ShowDate(e.Exam.Closes) + "截止受理。"
	case e.Exam.Closes == "":
		sentence += "自 " + ShowDate(e.Exam.Opens) + "起受理。"
	default:
		sentence += "受理时间为 " + e.Exam.WindowWords() + "，现在不在受理时间内。"
	}
	if e.Exam.Sentence != "" {
		sentence += e.Exam.Sentence
	}
	return sentence
}

// ExamLabel is a field of the office's form of an exam as it is shown.
func ExamLabel(field string) string {
	return map[string]string{
		ExamYear: "考试年度", ExamName: "考试名称", ExamLastDay: "批准日期", ExamLevels: "级别", ExamSpecialties: "专业", ExamRoute: "办理方式",
		ExamSentence: "给考生的说明", ExamLink: "电子证书网址", ExamOpens: "受理开始", ExamCloses: "受理截止", ExamPhoto: "照片",
	}[field]
}

// What asks for a field that was left empty.
const (
	sayNumberMissing    = "请填写证书管理号；没有证书管理号的，填写“无”。"
	sayDateMissing      = "请填写批准日期，即当年该项考试的最后一天，格式如 20201122。"
	sayLevelMissing     = "请填写级别，按报考信息填写；没有级别的，填写“无”。"
	saySpecialtyMissing = "请填写专业，按报考信息填写；没有专业的，填写“无”。"
	sayCityMissing      = "请选择报名市，即当年领取证书所在市。"
	sayPhoneMissing     = "请填写联系方式，确保能联系到您。"
)

const (
	sayBlank                = "不能为空"
	sayNameLost             = "姓名里未能显示的字（?、□、〓 等）在姓氏处或多于一半，无法确定是谁，请按原始档案补全后重新导入"
	sayBadYear              = "考试年度应为四位年份，如 2020"
	sayBadCollected         = "领取状态只能是“已领取”或“未领取”"
	sayBadSex               = "性别只能是“男”或“女”"
	sayBadMonth             = "出生年月无法识别，应如 199003"
	saySpoilt               = "号码已被表格软件改成科学计数法，请在表格中把该列设为文本后重新填写"
	sayBadCertificateNumber = "证书管理号只能由数字、字母和短横线组成，最多 40 位；没有的填写“无”。"
	sayBadDate              = "日期不存在或格式不对，请按年月日八位数字填写，如 20201122。"
	sayDateInFuture         = "批准日期不能晚于今天，请核对。"
	sayExamYearMissing      = "请填写考试年度，如 2020。"
	sayExamNameMissing      = "请填写考试名称，按报考时的名称填写。"
	sayBadCity              = "请从列表中选择报名市。"
	sayBadPhone             = "联系方式应为 7 至 20 位的电话号码，可含空格、+、-、( )。"
	sayNoMobile             = "手机号码应以 13 至 19 开头，" + sayPostAgain
	sayPostAgain            = "确认无误请再次提交。"
	sayPledge               = "请阅读承诺书，同意后勾选。"
	sayUnknownReason        = "所选原因不在列表中，请重新选择。"
	sayNoReason             = "请至少选择一个原因。"
	sayOtherNeedsNote       = "选择“其他”时，请在说明中写明原因。"
	sayPickSpelling         = "档案与账号的姓名写法不同，请核对后选定新证书上的姓名。"
	sayListNeedsNote        = "请写明整批撤回的原因。"
	sayTakeBackNeedsNote    = "请写明收回审核决定的原因。"
	sayBlankField           = "请填写这一项。"
	sayChoose               = "请从列表中选择。"
	sayExamYearOffice       = "考试年度应为四位年份，如 2020。"
	sayLinkMissing          = "选择“引导下载电子证书”时，请填写下载网址。"
	sayBadLink              = "网址应以 http:// 或 https:// 开头，如 https://zscx.example.cn/。"
	sayClearOrSet           = "请填写，或勾选“清空”，不能两样都选。"
	sayNothingToSet         = "没有要改的内容：请至少填写一项，或勾选“清空”。"
	sayClosesBeforeOpens    = "截止日期不能早于开始日期。"

	sayReasonCode  = "代码应为 1 至 30 个小写字母、数字或下划线，请修改，或留空由系统生成。"
	sayReasonLabel = "请填写原因，最多 40 个字。"
	sayReasonField = "所选项目不在列表中，请重新选择。"
	sayReasonClass = "请选择用于退回修改还是不予受理。"

	sayNoRole            = "请至少选择一个角色。"
	sayUnknownRole       = "所选角色不在列表中，请重新选择。"
	sayUnknownCity       = "所选城市不在列表中，请重新选择。"
	sayCityNeedsReviewer = "只有审核员可以限定报名市；请选择“审核员”，或不限定。"
)

// The marks of an application, in a word and in a sentence.
var (
	markNotInRegister    = Mark{Word: "档案无", Text: "档案中查不到对应的证书，信息由考生自行填写"}
	markByHandBesideLine = Mark{Word: "自行填写", Text: "信息由考生自行填写，档案中有相近的证书，请核对"}
	markNameTolerant     = Mark{Word: "姓名写法", Text: "姓名与档案写法略有不同（间隔号、空格、括号字或未能显示的字），请核对"}
	markNameDiffers      = Mark{Word: "姓名不同", Text: "姓名与档案不一致，请核对", Serious: true}
	markNotCollected     = Mark{Word: "原证未领", Text: "档案显示原证书尚未领取"}
	markMoved            = Mark{Word: "档案变动", Text: "保存申请后，档案有变动，请核对标为不一致的项目"}
	markContradicts      = Mark{Word: "证号不符", Text: "性别或出生年月与身份证号表示的不同，请核对", Serious: true}
	markDateUnlikeExam   = Mark{Word: "日期不同", Text: "批准日期与考试表不同"}
	markExamUnknown      = Mark{Word: "考试不明", Text: "考试不在考试表中"}
	markProof            = Mark{Word: "开具证明", Text: "这项考试的办理方式是开具合格证明"}
	markRouteClosed      = Mark{Word: "现不受理", Text: "这项考试现在不受理补证申请"}
	markFromProduction   = Mark{Word: "退出制证", Text: "曾进入制证，因需要修改而退出，考生已保存，请优先审核"}
	markNoFace           = Mark{Word: "未检测到人脸", Text: "照片中没有检测到人脸，考生确认照片里是本人，请核对照片", Serious: true}
	markSamePhoto        = Mark{Word: "同一照片", Text: "其他人的申请用了完全相同的照片，请核对是否本人", Serious: true}
	markSamePhone        = Mark{Word: "同一电话", Text: "其他人的申请留了相同的联系方式，请核对是否本人", Serious: true}
)

// MarkWords are the words of the marks, as lists are asked for them.
func MarkWords() (words []string) {
	for _, mark := range []Mark{markNotInRegister, markByHandBesideLine, markNameTolerant, markNameDiffers, markNotCollected, markMoved, markContradicts,
		markDateUnlikeExam, markExamUnknown, markProof, markRouteClosed, markRound(2), markRound(3), markUntouched(nil), markFiledAtCounter, markNoFace, markPhoto(""), markSamePhoto, markSamePhone} {
		words = append(words, mark.Word)
	}
	return words
}

func markRound(n int) Mark {
	return Mark{Word: fmt.Sprintf("第 %d 次", n), Text: fmt.Sprintf("第 %d 次补办", n)}
}

func markUntouched(fields []string) Mark {
	return Mark{Word: "未按意见改", Text: "退回后考生已保存，但没有修改" + Labels(fields) + "，请核对"}
}

func markPhoto(hint string) Mark { return Mark{Word: "照片提示", Text: hint} }

func sayPhotoMissing(l PhotoLimits) string {
	return fmt.Sprintf("请上传照片：JPG 格式，%d×%d 像素，%d KB 至 %d KB，白色背景。", l.Width, l.Height, l.MinKB, l.MaxKB)
}

func sayTooLong(limit int) string { return fmt.Sprintf("最多 %d 个字，请缩短。", limit) }

func sayTooManyLines(limit int) string {
	return fmt.Sprintf("最多 %d 行，请删去一些。", limit)
}

func sayMobileLength(digits int) string {
	return fmt.Sprintf("手机号码应为 11 位，现在是 %d 位，%s", digits, sayPostAgain)
}

func sayEmailSlip(meant string) string {
	return "您是不是想写 " + meant + "？" + sayPostAgain
}

func sayPhoneLength(digits int) string {
	return fmt.Sprintf("固定电话应写上区号，如 0311-85666666，现在共 %d 位，%s", digits, sayPostAgain)
}

func sayBadExamYear(thisYear int) string {
	return fmt.Sprintf("考试年度应为四位年份，且不晚于 %d 年。", thisYear)
}

func sayDateNotOfYear(year int) string {
	return fmt.Sprintf("批准日期应在 %d 年或 %d 年，请核对考试年度和批准日期。", year, year+1)
}

func sayDateUnlikeExam(lastDay string) string {
	return "您填写的批准日期与本中心登记的该项考试最后一天（" + ShowDate(lastDay) + "）不同，审核时会核对。"
}

func sayReasonOf(reason Reason) string {
	return "“" + reason.Label + "”是“" + reason.Class.Word() + "”的原因，请选择与办理方式相符的原因。"
}

func sayNotToCorrect(reason Reason) string {
	return "这份申请不需要照片，“" + reason.Label + "”不能用作原因，请改选其他原因。"
}

func sayLostInName(name string) string {
	return "“" + name + "”里有字未能显示，会照表导入：考生可用本来的姓名注册，审核时会提示核对；查明后请补全，重新导入"
}

func sayUnlikeNumber(written, told string) string {
	return fmt.Sprintf("表中为“%s”，证件号码表示的是“%s”，请核对", written, told)
}

// ShowDate is a business date as people read it: 2020 年 11 月 22 日. What is no
// such date is shown as it is.
func ShowDate(date string) string {
	t, err := time.Parse("20060102", date)
	if err != nil {
		return date
	}
	return t.Format("2006 年 1 月 2 日")
}

// ShowMonth is a month as people read it: 1990 年 3 月. What is none is shown as it is.
func ShowMonth(month string) string {
	t, err := time.Parse("200601", month)
	if err != nil {
		return month
	}
	return t.Format("2006 年 1 月")
}

// DefaultNotes are the notes that an office starts with: those written most often
// under a return or a refusal.
func DefaultNotes() []string {
	return []string{
		"请上传近期白底免冠证件照。",
		"请上传本人清晰的证件照原图，不要翻拍。",
		"请填写能联系到本人的手机号码。",
		"请按档案填写证书管理号；没有证书管理号的，填写“无”。",
		"批准日期应为当年该项考试的最后一天。",
		"请按报考信息填写级别和专业。",
		"请带身份证件到窗口核验。",
		"您已有电子证书，可自行下载，不需要补办。",
		"请到原发证机构办理。",
	}
}

// Papers are the kinds of identity paper that a counter meets most; any other
// word that the register uses is a kind too.
var Papers = []string{string(IDCard), "护照", "军官证", "士兵证", "港澳居民来往内地通行证", "台湾居民来往大陆通行证"}

// Sexes are the two values of FieldSex.
var Sexes = []string{"男", "女"}

const (
	sayBadHolderName    = "请按证件填写姓名，2 至 50 个字，不含数字和符号。"
	sayIsIDCard         = "这是一个身份证号，证件类型请选“身份证”。"
	sayBirthMonthNeeded = "请填写出生年月，如 199003，且不晚于本月。"
	sayBadPaperNumber   = "证件号码应为 3 至 30 位字母、数字或短横线。"
)

// sayPaperFault is what is wrong with a number of a kind of paper.
func sayPaperFault(paper Paper, err error) string {
	speaks, ok := err.(interface{ Sentence() string })
	if paper == IDCard && ok {
		return speaks.Sentence()
	}
	return sayBadPaperNumber
}
