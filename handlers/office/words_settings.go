package office

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"certreissue/reissue"
	"certreissue/store"
)

// The words of the settings, the mail and the backup pages.

const (
	saySeen = "您打开页面之后，设置已被同事修改，您填写的内容没有保存。请核对标出的各项后再保存。"

	sayConfirmLoss = "请先确认保存期限"

	sayWhole  = "整份申请"
	sayNoList = "没有收到原因列表，没有作任何改动。请刷新页面后再保存。"
)

// rosterLabels are the fields of the roster's settings as the summary of problems
// names them.
var rosterLabels = map[string]string{"columns": "名册的列", "photos_by_id_number": "照片文件以证件号码命名", "second_person": "锁定须有第二人"}

// boxWords tell whether a box is ticked.
var boxWords = map[bool]string{true: "已勾选", false: "未勾选"}

// sayLoss tells what shorter periods delete, after the copy that is made at an
// hour of the day. In a demo nobody deletes.
func sayLoss(due store.Forgotten, hour int, demo bool) string {
	var goes []string
	for _, kind := range []struct {
		n    int
		text string
	}{{due.Photos, "照片 %d 张"}, {due.Applications, "申请 %d 份（连同照片和邮件）"}, {due.Accounts, "考生账号 %d 个"}} {
		if kind.n > 0 {
			goes = append(goes, fmt.Sprintf(kind.text, kind.n))
		}
	}
	told := "按填写的保存期限，现在已到期的有：" + strings.Join(goes, "、") + "。"
	if demo {
		return told + "演示系统不会删除它们；正式使用时，保存后在下一次自动备份之后删除，不能恢复。"
	}
	return told + fmt.Sprintf("保存后，它们最早在下一次自动备份（每天 %d 时）之后删除。删除之前会先做一份备份；删除之后不能恢复。", hour)
}

// The outbox.
const (
	sayHeld       = "已暂停"
	sayToMail     = "查看邮件"
	sayMailIsHeld = "恢复备份后，邮件已暂停发送，请确认后恢复。"
)

func sayCount(n int) string {
	if n >= store.MostUnsent {
		return fmt.Sprintf("%d 以上", store.MostUnsent)
	}
	return fmt.Sprint(n)
}

func sayMailsFailed(n int) string {
	return sayCount(n) + " 封邮件发送失败，系统会继续重试。"
}

// mailNote tells what a mail waits for, or what became of it.
func mailNote(m *store.Mail, now reissue.Moment) string {
	switch m.State() {
	case store.MailGone:
		if m.Sent.String() == m.Created.String() {
			return ""
		}
		return m.Sent.String() + " 发出"
	case store.MailCancelled:
		return m.Cancelled.String() + " 取消"
	case store.MailFailing:
		return m.Failure + "　下次重试：" + m.Due.String()
	}
	if m.Due > now {
		return "等到 " + m.Due.String() + " 发出，以便收回"
	}
	return ""
}

// The example of a mail's preview.
var previewFields = reissue.Fields{Name: "张三", ExamYear: 2015, ExamName: "一级建造师", City: "石家庄市"}

const previewNote = "请核对后重新填写。"

// placeholderHints tell what the placeholders become.
var placeholderHints = map[string]string{
	"姓名": "考生姓名", "申请编号": "补证申请的编号", "考试": "年度和考试名称", "状态": "申请的状态", "网址": "申请的网页地址（设了公开网址的）", "期限": "最晚修改的日期（设了补正期限的，仅退回修改）", "报名市": "考生的报名市", "原因": "审核原因，每行一条（仅退回修改、不予受理）",
	"说明": "审核或寄出时填写的说明", "证明编号": "合格证明的编号（仅开具合格证明的申请）",
	"单位": "设置中的单位名称", "咨询电话": "设置中的咨询电话", "服务时间": "设置中的服务时间", "地址": "设置中的地址",
}

// The backups.
const (
	sayCopyNow         = "现在的数据"
	sayUnknownCopy     = "所选的备份已不在列表中，请重新选择。"
	sayToBackup        = "去备份"
	sayPassphraseWrong = "与上面的口令不同，请照抄在纸上的重新输入。"
	sayNoCopy          = "还没有成功的备份。"
	sayAhead           = "（时间有误）"
	sayDiskIsFull      = "磁盘已满，现在什么也不能保存。请清理服务器的磁盘，不必重新启动。"
	sayByHand          = "（手工）"
	sayCopyNotMade     = "备份没有成功，请检查磁盘空间和文件夹权限后再试。"
	sayCopyFailed      = "备份没有成功："
)

// sayClockBehind tells of a clock that was set back, or had been ahead.
func sayClockBehind(now time.Time, newest reissue.Moment) string {
	return "服务器的时钟是 " + reissue.At(now).String() + "，但数据文件里已有 " + newest.String() + " 的记录。请核对服务器的时钟；时钟没有错的，说明它以前快过，到那时为止可以不管。"
}

// sayLastCopyFailed tells of a copy that was not made, and what to do.
func sayLastCopyFailed(at reissue.Moment, why string) string {
	return at.String() + " 的" + why
}

// sayAge tells how old a copy is; a negative age is none.
func sayAge(age time.Duration) string {
	switch hours := int(age.Hours()); {
	case age < 0:
		return "时间晚于现在，请核对服务器的时钟"
	case hours < 1:
		return "不到 1 小时前"
	case hours < 48:
		return fmt.Sprintf("%d 小时前", hours)
	default:
		return fmt.Sprintf("%d 天前", hours/24)
	}
}

const (
	sayDamageMark    = "损坏"
	sayDamageToAdmin = "请告诉管理员。"
)

// sayDamage tells of the first findings, and that the rest goes on.
func sayDamage(found []store.Finding) string {
	const told = 3
	var list []string
	for _, finding := range found[:min(told, len(found))] {
		list = append(list, string(finding))
	}
	more := ""
	if len(found) > told {
		more = "等"
	}
	return fmt.Sprintf("数据文件有 %d 处损坏（%s%s）。损坏的记录不显示、不能办理，其余照常。", len(found), strings.Join(list, "；"), more)
}

// sayMendDamage says what to do; newest is the path of a copy, "" for none.
func sayMendDamage(newest string) string {
	if newest == "" {
		return "请停止服务，用 check -repair 命令修复。"
	}
	return "请停止服务，用 check -repair 命令从副本补回，或恢复最近的备份 " + filepath.Base(newest) + "。"
}

const sayMirrorAge = "镜像"

func sayMirror(sentence string) string { return sayMirrorAge + "：" + sentence }

func sayCopyOld(age time.Duration) string {
	return "最近一次成功的备份：" + sayAge(age) + "。"
}

func saySize(bytes int64) string {
	if bytes < 1<<20 {
		return fmt.Sprintf("%d KB", (bytes+1023)>>10)
	}
	return fmt.Sprintf("%.1f MB", float64(bytes)/(1<<20))
}

// sayOverTerm tells what a term for corrections closes soon.
func sayOverTerm(count, days, grace int) string {
	return fmt.Sprintf("现在有 %d 份申请退回已超过 %d 天：没有提醒过的先发提醒，至少 %d 天后仍没有修改的，才不予受理。", count, days, grace)
}
