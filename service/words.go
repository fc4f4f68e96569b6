package service

import (
	"encoding/hex"
	"fmt"
	"os"
	"strings"
	"time"

	"certreissue/reissue"
	"certreissue/sample"
	"certreissue/store"
)

// Every Chinese sentence of this package stands in this file.

const (
	sayNoStaff     = "还没有工作人员。用 staff add 添加。"
	sayStopping    = "正在停止，请稍候……"
	sayMirrorHangs = "镜像所在的磁盘没有响应，服务已停止，没有等它。数据已保存，下次启动时会先检查数据文件。请检查那块磁盘。"
	sayCutShort    = "已停止，没有做完。可以再运行一次同样的命令。"
	sayServiceGone = "服务在处理中停止了，请查看服务的窗口，然后重试。"
)

// Lines of the log, and the names of what they tell.
const (
	logStarted          = "启动"
	logStopped          = "停止"
	logFailed           = "服务没有启动，或没有正常停止"
	logNotEntered       = "导入的姓名和证件号码没有登记完，稍后再试"
	logNotChecked       = "数据文件没有检查完，稍后再试"
	logChecked          = "检查了数据文件"
	logDamaged          = "数据文件有损坏，请用 check 检查、用 repair 修复"
	logNotCopied        = "备份没有完成，稍后再试"
	logForgotten        = "清除"
	logNotForgotten     = "到期的内容没有清除完，稍后再试"
	logHoldsEnded       = "暂缓到期，回到等待审核"
	logReminded         = "提醒和逾期"
	logMails            = "邮件"
	logLapsed           = "逾期未补正"
	logDayNotDone       = "到期的事没有办完，稍后再试"
	logForgetWaits      = "清除推迟到下一夜：时钟跳动过，或服务停了很久"
	logMirrorChecked    = "检查了镜像"
	logMirrorDamaged    = "镜像有损坏，将重新写入"
	logMirrorNotChecked = "镜像没有检查完，稍后再试"
	logMirrorGoesOn     = "镜像恢复写入"
	logMirrorFailed     = "镜像没有写成，请检查镜像所在的磁盘"
	logOutbox           = "发件箱出错，稍后再试"
	logMailFailed       = "邮件没有发出，稍后再试"
	logAlarm            = "告警"
	logAlarmOver        = "告警解除"
	logAlarmNotSent     = "告警邮件没有发出"
	logNoAlarms         = "告警没有记下，稍后再试"
	logNoCertificate    = "没有取得 TLS 证书"

	logWhy          = "原因"
	logDetail       = "详情"
	logVersion      = "版本"
	logData         = "数据文件"
	logAddress      = "地址"
	logFile         = "文件"
	logFolder       = "文件夹"
	logFinding      = "内容"
	logFindings     = "问题"
	logPhotos       = "照片"
	logApplications = "申请"
	logAccounts     = "账号"
	logMail         = "邮件"
	logHost         = "域名"
)

func sayLogIsData(path string) string {
	return "-log 的文件 " + path + " 就是数据文件，请换一个文件名，如 certreissue.log。"
}

func sayNoLog(path string, err error) string {
	return fmt.Sprintf("无法写入日志文件 %s：%v。请检查它所在的文件夹是否存在、是否可写，或换一个位置。", path, err)
}

// sayMirrorBehind is told at a stop where the mirror lacks what was done last.
func sayMirrorBehind(err error) string {
	return "镜像没有写完，缺少最后的内容，下次启动后会补上；数据文件是完整的。原因：" + Sentence(err)
}

func sayFailed(err error) string { return "没有完成：" + err.Error() }

func sayCannotListen(addr string) string {
	return "无法在地址 " + addr + " 上启动，可能已被其他程序占用，或不是本机的地址。请用 -addr 换一个端口或地址。"
}

// sayPortForbidden names the ways to a port for which this user has no right.
func sayPortForbidden(addr string) string {
	program, err := os.Executable()
	if err != nil {
		program = "certreissue"
	}
	return "没有权限使用地址 " + addr + " 的端口：1024 以下的端口（如 80、443）要有专门的权限。请用 -addr 换一个端口，如 8443；或安装成系统服务（sudo " + program +
		" service install，加上同样的选项），它会得到这项权限；或给程序这项权限（sudo setcap cap_net_bind_service=+ep " + program + "），再启动。"
}

func sayBadACMEHost(host string) string {
	return "-acme 的“" + host + "”不是公网域名，应如 bz.example.cn，多个域名用逗号分开。"
}

func sayBadTLS(err error) string { return fmt.Sprintf("无法读取 TLS 证书：%v", err) }

func sayHeldBy(data string, pid int) string {
	return fmt.Sprintf("数据文件 %s 正由运行中的服务使用（进程 %d）。请先停止该服务。", data, pid)
}

func sayNotReady(pid int) string {
	return fmt.Sprintf("服务正在启动或停止（进程 %d），请稍后再试。", pid)
}

func sayChecking(data string) string {
	return "数据文件 " + data + " 上次没有正常关闭，正在检查，请稍候……"
}

// sayNewestCopy names what a damaged file can be mended with.
func sayNewestCopy(path string) string {
	return "最近的副本是 " + path + "，恢复和修复都可以用它（修复时加 -from " + path + "）。"
}

// SayStopped is of a check that did not come to its end.
const SayStopped = "检查没有做完就被停止了，不能说明文件是否完好。请重新检查。"

const sayCheckNoMemory = "内存不足，没有检查完。请关闭其他程序，或放宽内存限制后重试。"

const sayProgressBegins = "正在检查数据文件"

// sayProgress says how far the check of a file is; a left of 0 is not known yet.
func sayProgress(share int, left time.Duration) string {
	said := fmt.Sprintf(sayProgressBegins+"：已完成 %d%%", share)
	switch {
	case left <= 0:
	case left < time.Minute:
		said += "，还需不到 1 分钟"
	default:
		said += fmt.Sprintf("，大约还需 %d 分钟", int((left+time.Minute-1)/time.Minute))
	}
	return said + "。"
}

func sayFull(data string) string {
	return "数据文件 " + data + " 所在的磁盘已满：服务照常启动，可以查看，但什么也不能保存。请清理磁盘，不必重新启动。"
}

func sayClockBehind(now time.Time, newest reissue.Moment) string {
	return "请核对本机的时钟：现在是 " + reissue.At(now).String() + "，但数据文件里已有 " + newest.String() + " 的记录。"
}

func sayNoRun(path string) string {
	return "磁盘已满，无法写入 " + path + "：清理磁盘并重新启动以前，backup、check 等命令不能通过服务进行。"
}

func sayFileCreated(path string) string { return "已建立数据文件 " + path }

func sayReady(url string) string {
	return "服务已启动，请用浏览器打开 " + url + "（办公端 " + url + "/office）。按 Ctrl+C 停止。"
}

func sayFirstAdmin(url, code string) string {
	const rule = "=================================================="
	return "系统还没有管理员，考生暂时不能使用。请打开 " + url + "/office/first-admin，填写下面的代码，创建第一个管理员：\n\n" +
		rule + "\n\n            一次性代码 " + code + " \n\n" + rule + "\n"
}

// sayLogins lists whom a demo can be tried as.
func sayLogins(url string, logins []sample.Login) string {
	var b strings.Builder
	b.WriteString("\n考生登录 " + url + "/login\n")
	for _, l := range logins {
		if !l.Office {
			fmt.Fprintf(&b, "  %s  密码 %s  %s：%s\n", l.Username, l.Password, l.Name, l.Shows)
		}
	}
	b.WriteString("工作人员登录 " + url + "/office/login\n")
	for _, l := range logins {
		if l.Office {
			fmt.Fprintf(&b, "  %s  密码 %s  %s\n", l.Username, l.Password, l.Shows)
		}
	}
	return b.String()
}

func sayUnknownStaff(name string) string {
	return "没有叫“" + name + "”的工作人员。用 staff list 查看。"
}

func sayDoubt(r store.Reject) string {
	return fmt.Sprintf("第 %d 行 %s：%s。", r.Line, r.Column, r.Reason)
}

func sayMoreDoubts(more int) string {
	return fmt.Sprintf("还有 %d 处需要核对，没有列出。", more)
}

func sayCompacting(data string) string {
	return "数据文件 " + data + " 中有已按期限或要求删除的信息，正在压缩文件以清除残留，请稍候……"
}

func sayNotCompacted(why string) string {
	return "压缩没有完成，服务照常启动，下次启动时再试。原因：" + why
}

// SayCompacted tells both sizes of a compacted file.
func SayCompacted(before, after int64) string {
	if before == after {
		return "压缩完成：没有可以收回的空间，大小不变。"
	}
	return fmt.Sprintf("压缩完成：%.1f MB → %.1f MB", float64(before)/1e6, float64(after)/1e6)
}

func sayFactorRemoved(name string) string {
	return name + " 的两步验证已一并停用，登录后可以重新启用。"
}

func sayChainHead(row uint64, hash []byte) string {
	return fmt.Sprintf("日志共 %d 条，校验值 %s，请与备份一起保存。", row, hex.EncodeToString(hash))
}

// describeStaff is a line of staff list.
func describeStaff(s *reissue.Staff) string {
	words := make([]string, len(s.Roles))
	for i, role := range s.Roles {
		words[i] = role.Word()
	}
	line := s.Name + "  " + strings.Join(words, "、")
	if len(s.Cities) > 0 {
		line += "  " + strings.Join(s.Cities, "、")
	}
	if s.Factor.On() {
		line += "  已启用两步验证"
	} else {
		line += "  未启用两步验证"
	}
	switch {
	case s.Disabled:
		line += "  已停用"
	case s.MustChange:
		line += "  待改密码"
	}
	return line
}

func sayNoArchive(year int) string {
	return fmt.Sprintf("没有 %d 年提交的申请，没有写入存档。", year)
}
