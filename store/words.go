package store

import (
	"cmp"
	"fmt"
	"strings"

	"certreissue/reissue"
)

// Every Chinese sentence of this package stands in this file.

// Sentence says in Chinese what is wrong and what to do.
func (e *FileError) Sentence() string {
	if e.Fault == KeptBeside {
		return fmt.Sprintf("找不到数据文件 %s，但旁边有恢复备份时保留的 %v，因此没有新建。请用 restore 命令恢复该文件；确实要从空白开始的，请先把它移到别处。", e.Path, e.Err)
	}
	if e.Fault == BadCopy {
		return "刚做的备份没有通过检查，没有保留；以前的备份都还在。请用 check 命令检查数据文件：有问题的，用最近一份完好的备份恢复；没有问题的，检查磁盘后重新备份。"
	}
	say := map[Fault]string{
		Unreadable:       "无法读取数据文件 %s，请检查文件权限。",
		MissingFile:      "找不到数据文件 %s，请核对文件名和所在位置（数据文件可用 -data 指定）。",
		EmptyFile:        "数据文件 %s 是空的（0 字节），不能使用。请用 restore 命令恢复备份；若要新建，请先移走这个空文件。",
		CutFile:          "数据文件 %s 不完整，可能复制时中断。请用 restore 命令恢复备份。",
		NotADatabase:     "%s 不是本系统的数据文件，请核对文件名。",
		Foreign:          "%s 是其他程序的数据库，不是本系统的数据文件，请核对文件名。",
		Damaged:          "数据文件 %s 已损坏。请保留原文件，用 restore 命令恢复备份，或用 check -repair 新文件 修复。",
		BeyondRepair:     "数据文件 %s 不能逐条修复：没有可以读取的记录，或是由旧版本建立、没有校验值。请用 restore 命令恢复备份。",
		Newer:            "数据文件 %s 由更新版本的程序建立，请使用新版本的程序打开。",
		Busy:             "数据文件 %s 正被另一个程序使用，请先停止该程序。",
		DemoFile:         "数据文件 %s 是演示数据，只能在本机地址（127.0.0.1）上使用，不能用于正式服务。",
		ServedFile:       "数据文件 %s 已用于正式服务，不能用于演示。请另选一个文件。",
		Full:             "磁盘空间不足，无法写入文件 %s。请清理磁盘后重试。",
		Forbidden:        "没有权限写入 %s。请让运行本程序的用户能够写入它和它所在的文件夹。",
		WriteProtected:   "%s 所在的磁盘是只读的，无法写入。请以可写方式重新挂载，或换到另一个磁盘。",
		NoMemory:         "内存限制太小，无法打开数据文件 %s。请放宽本程序的内存（地址空间）限制，例如 ulimit -v 或服务设置中的 LimitAS，然后重试。",
		FolderUnreadable: "无法读取备份文件夹 %s，请检查它的权限。",
		Unsure:           "写入文件 %s 时出错，不能确定是否已保存，请先查看：没有保存的，请检查磁盘后再做一次。",
		NetworkDrive:     "数据文件 %s 在网络驱动器上，不能使用：通过网络读写可能损坏数据。请把数据文件放在本机的磁盘上（可用 -data 指定）；备份和镜像可以放在网络驱动器上。",
		Unwritable:       "无法写入文件 %s，请检查目录和权限。",
	}[e.Fault]
	return fmt.Sprintf(say, e.Path)
}

// Finding is one thing that the check of a file found wrong.
type Finding string

// What Check can find, each with the record it concerns.
func findPage(page uint64) Finding {
	return Finding(fmt.Sprintf("文件结构损坏：第 %d 页", page))
}

// findUnreadable is of damage that no page can be named for.
func findUnreadable() Finding              { return "文件结构损坏：有内容无法读取" }
func findTableMissing(name string) Finding { return Finding("缺少表 " + name) }
func findRecord(table string, k []byte) Finding {
	return Finding(fmt.Sprintf("%s已损坏", describeRecord(table, k)))
}
func findSequence(table string) Finding {
	return Finding(fmt.Sprintf("%s的编号序列已损坏", tableWords[table]))
}
func findIndexMissing(index string, k []byte) Finding {
	return Finding(fmt.Sprintf("索引 %s 缺少记录 %x", index, k))
}
func findIndexExtra(index string, entries, expected int) Finding {
	return Finding(fmt.Sprintf("索引 %s 有 %d 项，应为 %d 项", index, entries, expected))
}
func findApplication(number uint64, what string) Finding {
	return Finding(fmt.Sprintf("申请 %d：%s", number, what))
}
func findBatch(number uint64, what string) Finding {
	return Finding(fmt.Sprintf("制证批次 %d：%s", number, what))
}
func findProof(number uint64, what string) Finding {
	return Finding("合格证明 " + reissue.ShowProofNumber(number) + "：" + what)
}
func findList(number uint64, what string) Finding {
	return Finding(fmt.Sprintf("批量办理记录 %d：%s", number, what))
}
func findCertificate(number uint64, what string) Finding {
	return Finding(fmt.Sprintf("证书 %d：%s", number, what))
}
func findAudit(row uint64, what string) Finding {
	return Finding(fmt.Sprintf("日志第 %d 条：%s", row, what))
}

// What a repair tells of.
func findTaken(table string, k []byte, from string) Finding {
	return Finding(describeRecord(table, k) + "已从 " + from + " 取回")
}
func findLost(table string, k []byte) Finding {
	return Finding("未能找回：" + strings.TrimSpace(describeRecord(table, k)))
}

// findGap is of a part of a table that cannot be read, and of which nothing tells what
// was in it.
func findGap(table string) Finding {
	return Finding(tableWords[table] + "有一部分无法读取，副本之外缺少哪些不能确定，请核对")
}
func findRebuilt(table string, k []byte) Finding {
	return Finding("未能找回，已按其他记录重建：" + describeRecord(table, k))
}
func findStill(finding Finding) Finding { return "修复后的文件仍有问题：" + finding }
func findCopyUseless(path string) Finding {
	return Finding("没有使用 " + path + "：不能打开，或结构已损坏")
}
func findCopyForeign(path string) Finding {
	return Finding("没有使用 " + path + "：不是这个数据文件的副本")
}
func findHeadDiffers(path string, row uint64) Finding {
	return Finding(fmt.Sprintf("日志第 %d 条与副本 %s 中的不符：日志可能被删减或改写", row, path))
}
func findTally() Finding { return Finding("按状态和报名市的计数与申请不符") }
func findDay(date int) Finding {
	return Finding(fmt.Sprintf("%d 的统计与申请的记录不符", date))
}
func findMail(mail uint64, what string) Finding {
	return Finding(fmt.Sprintf("邮件 %d：%s", mail, what))
}
func findDigestCost(account uint64) Finding {
	return Finding(fmt.Sprintf("考生账号 %d：密码摘要比所记的最费时的还费时，登录的快慢会泄露号码是否注册", account))
}

const (
	sayPhotoMissing       = "缺少照片"
	sayPhotoDamaged       = "照片已损坏"
	sayPhotoChanged       = "照片内容与登记不符"
	sayChangesLost        = "取自较早的副本，其后的办理没有找回，请按日志核对"
	sayPhotoLost          = "照片未能找回，请退回考生重新上传"
	sayPhotoStray         = "有照片，但没有对应的申请"
	sayAuditMissing       = "修改次数与日志不符"
	sayAuditDiffers       = "办理记录的操作人、时间或内容与日志不符"
	sayMailMissing        = "缺少通知邮件的记录"
	sayHistoryBroken      = "状态与历史记录不符"
	sayHoldBroken         = "暂缓与状态或内部记录不符"
	sayOwnerMissing       = "申请人账号不存在"
	sayImportMissing      = "所属的导入记录不存在"
	sayExamMissing        = "所属的考试不存在"
	sayVersionStray       = "有导入前的内容，但证书不存在"
	sayCorrectionStray    = "有更正记录，但证书不存在"
	sayCorrectionMissing  = "更正或撤销过，但没有记录"
	sayCertificateMissing = "所依据的证书不存在"
	sayMovedUnfit         = "所依据的证书是不是本人的，与登记不符"
	sayMailStray          = "所属申请不存在"
	sayBatchLeft          = "退出制证的记录与原制证批次的不符"
	sayProofUnfit         = "状态与合格证明不符"
	sayProofMissing       = "缺少合格证明的存根，或存根已作废"
	sayStubUnfit          = "存根与申请不符"
	sayReprintsUnfit      = "补打次数与申请的办理记录不符"
	sayProofSequence      = "编号超出已用的编号"
	sayRowsMissing        = "缺少各行的内容"
	sayRowsUnfit          = "份数与各行的内容不符"
	sayRowsStray          = "有各行的内容，但没有对应的记录"
	sayBatchUnfit         = "与所属制证批次的状态不符"
	sayBatchCount         = "登记的份数与申请不符"
	sayChainBroken        = "与前一条日志的校验值不符"
	sayRowChanged         = "内容与校验值不符"
	sayChainShortened     = "最后的校验值与登记不符，可能缺少日志"
	sayHeadUnreadable     = "记录链头的内容无法读取"
)

const (
	// sayTakenOrMismatch is one sentence for a number that is taken and for a
	// name that does not match, so that registering tells nobody which.
	sayTakenOrMismatch  = "该身份证号已注册，或姓名与登记信息不一致。已注册过的请直接登录，忘记密码可找回密码；如有疑问，请带身份证件到窗口核验。"
	sayStaffTaken       = "这个用户名已有人使用，请换一个。"
	sayLastAdmin        = "这是唯一能使用的管理员账号，不能停用，也不能去掉管理员角色。请先让另一位工作人员成为管理员。"
	sayCityName         = "请填写报名市，最多 20 个字。"
	sayCityTaken        = "列表中已有这个报名市。"
	sayCityUsed         = "这个报名市仍在使用（有证书、申请，或限定于它的工作人员），不能删除。"
	sayCityUsedName     = "已有证书或申请使用这个报名市，只能改写法（如“石家庄”改为“石家庄市”），不能改成另一个城市。"
	sayOwnerGone        = "申请人的账号已注销或停用。请先在窗口为其开立账号（这份申请会转到新账号），再重新操作。"
	sayMailOver         = "这封邮件已经发出、取消、改为电话通知，或没有收件邮箱，不能重发。"
	sayOldPasswordWrong = "原密码不正确，请重新输入。"
	sayExamTaken        = "这一年度已有同名的考试，请在列表中修改它。"
	sayExamInUse        = "档案或申请中已使用这项考试，年度和名称不能再改；只能改写法（如括号、空格）。"
	logCopied           = "备份"
	logFolder           = "文件夹"
	sayLinkUsed         = "链接无效或已过期，请重新申请找回密码。"
	sayConfirmOver      = "链接无效或已过期。请登录后在“注册信息维护”中重新发送确认邮件。"
	sayNothingToConfirm = "没有需要确认的邮箱。"
)

func sayConfirmsSent(n int) string {
	return fmt.Sprintf("一天内已发过 %d 封确认邮件，请在邮箱（包括垃圾邮件）里查找，或明天再试；邮箱不确认也不影响办理。", n)
}

func saySeveralFit(rivals []*reissue.Certificate) string {
	numbers := make([]string, len(rivals))
	for i, c := range rivals {
		if numbers[i] = c.Number; c.Number == "" {
			numbers[i] = "（无管理号）"
		}
	}
	return "与档案中多本证书相近，无法确定是哪一本：" + strings.Join(numbers, "、") + "。请填写级别和专业"
}

// RegisterBusyError refuses a change of the register while another one of many
// transactions is under way, or was broken off half done (Undoing).
type RegisterBusyError struct {
	Undoing uint64 // the import whose taking back has to be finished first, 0 for none
}

func (e *RegisterBusyError) Error() string { return "the register is being changed" }

// Sentence says in Chinese what to wait for, or to do first.
func (e *RegisterBusyError) Sentence() string {
	if e.Undoing != 0 {
		return fmt.Sprintf("第 %d 次导入的撤回还没有完成，请先在导入记录中继续撤回。", e.Undoing)
	}
	return "正在导入或撤回证书档案，请等它完成后再试。"
}

// Sentence says in Chinese why the import stays, and what could be done.
func (d *Dependents) Sentence() string {
	var parts []string
	if len(d.Imports) > 0 {
		parts = append(parts, "之后的导入（"+numbers(d.Imports, "第 %d 次")+"）改动了其中的证书，请先撤回后面的导入")
	}
	if len(d.Applications) > 0 {
		parts = append(parts, "考生已对其中的证书提出申请（"+numbers(d.Applications, "%d")+"）")
	}
	if d.Marked > 0 {
		parts = append(parts, fmt.Sprintf("其中 %d 本证书的领取状态在导入后手工标记过，请先改回", d.Marked))
	}
	if d.Corrected > 0 {
		parts = append(parts, fmt.Sprintf("其中 %d 本证书在导入后手工更正或撤销过，请先逐本改回或恢复", d.Corrected))
	}
	return "这次导入不能撤回：" + strings.Join(parts, "；") + "。"
}

// numbers lists the first few numbers.
func numbers(list []uint64, form string) string {
	const most = 5
	var words []string
	for i, n := range list {
		if i == most {
			return strings.Join(words, "、") + fmt.Sprintf(" 等 %d 个", len(list))
		}
		words = append(words, fmt.Sprintf(form, n))
	}
	return strings.Join(words, "、")
}

// RegisteredLineError refuses an application filled in by hand that equals a
// line shown to the candidate: it must be made from that line.
type RegisteredLineError struct{ Certificate uint64 }

func (e *RegisteredLineError) Error() string { return "the register has this certificate" }

// Sentence says in Chinese what to do instead.
func (e *RegisteredLineError) Sentence() string {
	return "档案中已有这本证书，请从该证书办理，不需要填写补证申请。"
}

// Sentence is all that is told of somebody whom other cities serve.
func (e Elsewhere) Sentence() string { return "该考生由" + e.Windows() + "办理。" }

// Windows are the counters of the cities, in words.
func (e Elsewhere) Windows() string {
	names := make([]string, len(e))
	for i, city := range e {
		names[i] = strings.TrimSuffix(city, "市")
	}
	return strings.Join(names, "、") + "窗口"
}

// sayExported is what the log says of an export.
func sayExported(chosen []string, count int) string {
	if len(chosen) == 0 {
		chosen = []string{"全部"}
	}
	return fmt.Sprintf("%s；共 %d 条", strings.Join(chosen, "，"), count)
}

// sayWhich names an application to whom its city is their work; of others it tells
// who handles it and no more.
func sayWhich(staff *reissue.Staff, application uint64, city string) string {
	if !staff.Covers(city) {
		return "申请（由" + Elsewhere{city}.Windows() + "办理）"
	}
	return fmt.Sprintf("申请 %d", application)
}

func sayStillOpen(which string) string {
	return "账号名下还有正在办理的" + which + "，请先办结，或请考生撤回，再停用账号。"
}

func sayOwnStillOpen(application uint64) string {
	return fmt.Sprintf("您还有正在办理的申请 %d。请等它办结，或先撤回，再注销账号。", application)
}

func sayLineHasOldNumber(which string) string {
	return which + "：由档案中的证书发起，档案仍是原来的号码，不能随账号更正。请考生先撤回这份申请（已审核通过的，请先办结），再更正账号；并请管理员在“证书档案”中导入号码正确的档案，考生用新号码登录后重新申请。"
}

func sayOtherOpen(which string) string {
	return "更正后的号码名下已有正在办理的同一证书的" + which + "，请先处理那份申请。"
}

func holderCorrectedMail(office string) (subject, body string) {
	return "账号信息已更正", fmt.Sprintf("您好：\n\n您在本系统登记的姓名或证件信息，已由窗口核验证件后更正。证件号码有更正的，请用新的号码登录。如果不是您本人办理，请带身份证件到窗口核验。\n\n%s\n", office)
}

const (
	sayNothingToCollect = "没有符合条件的申请可以编入。只有审核通过、还没有编入其他批次的申请可以编入。"
	sayNoneChosen       = "请先勾选要移出的申请。"
)

// sayLookAtMended asks for agreement to what was made of a photo.
const sayLookAtMended = "照片已按要求调整，请看预览：合适的，直接再次提交；不合适的，请另选照片。"

// Word is how a mail stands, as pages show it; "" for what is no state.
func (s MailState) Word() string {
	return map[MailState]string{
		MailWaiting: "待发送", MailFailing: "发送失败", MailGone: "已发送", MailCancelled: "已取消", MailHomeless: "没有邮箱", MailTold: "已电话通知",
	}[s]
}

// Word is how an import stands, as pages show it.
func (s ImportState) Word() string {
	return map[ImportState]string{
		ImportRunning: "正在导入", ImportDone: "导入完成", ImportBroken: "导入中断", ImportUndoing: "正在撤回", ImportHalfway: "撤回中断", ImportUndone: "已撤回",
	}[s]
}

// tableWords say what a table holds.
var tableWords = map[string]string{
	"accounts": "考生账号", "staff": "工作人员", "exams": "考试", "cities": "报名市", "certificates": "证书登记",
	"certificate_versions": "证书登记的原内容", "corrections": "档案更正记录", "imports": "导入记录", "applications": "申请", "batches": "制证批次", "proofs": "合格证明", "days": "每日统计",
	"forgotten days": "已删除申请的统计",
	"drafts":         "草稿", "lists": "批量办理记录", "list rows": "批量办理各行的内容", "audit": "操作日志", "mails": "邮件", "sessions": "登录状态", "tries": "登录失败次数",
	"resets": "找回密码链接", "devices": "登录过的设备", "photos": "照片", "singles": "系统记录",
}

// Sentence says in Chinese what cannot be shown.
func (e *RecordError) Sentence() string {
	return string(findRecord(e.Table, e.Key)) + "。"
}

// singleWords say what the records are of which there is one.
var singleWords = map[string]string{
	"identity": "文件标识", "settings": "系统设置", "application sequence": "申请编号序列", "audit head": "操作日志末条", "tally": "申请计数",
	"digest cost": "密码摘要的费时", "proof sequence": "证明编号序列", "archived": "存档记录",
}

// describeRecord names a record without saying whose it is: by its number, or by the
// beginning of a key that is none.
func describeRecord(table string, k []byte) string {
	what := tableWords[table]
	switch {
	case table == "singles":
		return what + "“" + cmp.Or(singleWords[string(k)], string(k)) + "”"
	case len(k) == 8:
		return fmt.Sprintf("%s %d 的记录", what, id(k))
	}
	return fmt.Sprintf("%s的记录 %.8x ", what, k)
}

func sayBatchRebuilt(number uint64) string { return fmt.Sprintf("重建的批次 %d", number) }

func sayExamMoved(exam *reissue.Exam) string {
	return exam.Title() + " 在这以后又改过，这次的修改都没有保存。请刷新列表，核对后再试。"
}

func sayOfExam(exam *reissue.Exam, sentence string) string { return exam.Title() + "：" + sentence }
