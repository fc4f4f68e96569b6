package main

import (
	"encoding/hex"
	"fmt"
	"strings"

	"certreissue/reissue"
	"certreissue/sample"
	"certreissue/store"
)

// The Chinese sentences of this package stand in this file and in those of its
// name.

const usage = `certreissue — 证书补办申请系统

用法：
  certreissue [serve] [-addr 127.0.0.1:8080]   启动服务
  certreissue demo [-applications N]           用演示数据启动，随便试
  certreissue import certificates 文件         导入证书档案（.csv 或 .xlsx）
  certreissue import accounts 文件             导入证书邮寄系统的账号
  certreissue export applications 文件 [-status 等待审核]  导出申请（.xlsx 或 .csv）
  certreissue staff add 用户名 -role reviewer|admin|auditor [-city 城市] [-password-stdin]
  certreissue staff list | password 用户名 | unlock 用户名
  certreissue backup 文件                      备份（不必停止服务）
  certreissue check [文件]                     检查数据文件
  certreissue doctor                           检查运行环境和设置：权限、加密、时钟、磁盘、备份、弱设置
  certreissue restore 文件                     恢复备份（先停止服务）
  certreissue compact                          压缩数据文件（先停止服务）
  certreissue photo 文件…                      检查照片是否合格
  certreissue photo -fit 新文件 文件           把照片改成合格的尺寸和大小，另存为新文件
  certreissue version

每个命令都可以用 -data 指定数据文件，默认是当前目录的 certreissue.db。
serve 还可以用 -tls-cert、-tls-key、-acme 域名、-acme-directory、-public-url、-trusted-proxy、-plain-http。
import certificates 可以用 -blank-collected 已领取|未领取 指定空白领取状态的含义。

例：
  certreissue demo
  certreissue import certificates 档案.xlsx
  certreissue staff add 王芳 -role reviewer -role admin
  certreissue serve -addr 0.0.0.0:443 -tls-cert cert.pem -tls-key key.pem -public-url https://bz.example.cn
  certreissue serve -addr 0.0.0.0:443 -acme bz.example.cn

退出码：0 完成，1 失败，2 用法不对，3 部分完成。
`

const (
	sayHelp          = "用 certreissue help 查看用法。"
	sayTLSPair       = "-tls-cert 和 -tls-key 要一起使用。"
	sayTLSOrACME     = "-acme 与 -tls-cert、-tls-key 只能用一种。"
	sayBadPublicURL  = "-public-url 应以 http:// 或 https:// 开头。"
	sayBadCount      = "-applications 应为 0 或正整数。"
	sayMakingSamples = "正在准备演示数据"
	sayImporting     = "正在导入"
	sayBadBlank      = "-blank-collected 只能是 已领取 或 未领取。"
	sayBadRole       = "角色应为 reviewer（审核员）、admin（管理员）或 auditor（审计员），用 -role 指定，可以多次使用。"
	sayBadStaffName  = "用户名应为 2 至 30 个字，可用汉字、字母、数字和 . _ -。"
	sayNoStaff       = "还没有工作人员。用 staff add 添加。"
	sayGood          = "检查完成，没有发现问题。"
	sayStopping      = "正在停止，请稍候……"
	sayServiceGone   = "服务在处理中停止了，请查看服务的窗口，然后重试。"
	sayUnknown       = "unknown"
	sayNotRestored   = "没有恢复，现有数据没有改动。"
)

func sayUnknownCommand(name string) string { return "没有这个命令：" + name + "。" }

func sayUnknownFlag(flag string) string { return "没有 " + flag + " 这个选项。" }

func sayNoValue(flag string) string { return flag + " 后面缺少内容。" }

func sayBadValue(flag, value string) string { return flag + " 的内容“" + value + "”不对。" }

func sayBadArguments(command string) string { return "命令 " + command + " 的参数个数不对。" }

func sayFailed(err error) string { return "没有完成：" + err.Error() }

func sayNeedsTLS(addr string) string {
	return "地址 " + addr + " 可从其他电脑访问，需要用 -tls-cert 和 -tls-key（或 -acme 域名）加密；确实要用明文时（例如在可信的代理之后），请加 -plain-http。"
}

func sayDemoLoopback(addr string) string {
	return "演示系统只能在本机使用，不能用地址 " + addr + "。请用 127.0.0.1。"
}

func sayCannotListen(addr string) string {
	return "无法在地址 " + addr + " 上启动，可能已被其他程序占用，或不是本机的地址。请用 -addr 换一个端口或地址。"
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

func sayFileCreated(path string) string { return "已建立数据文件 " + path }

func sayReady(url string) string {
	return "服务已启动，请用浏览器打开 " + url + "（办公端 " + url + "/office）。按 Ctrl+C 停止。"
}

func sayFirstAdmin(url, code string) string {
	return "系统还没有管理员，考生暂时不能使用。请打开 " + url + "/office/first-admin，用一次性代码 " + code + " 创建第一个管理员。"
}

// sayLogins lists whom a demo can be tried as.
func sayLogins(url string) string {
	var b strings.Builder
	b.WriteString("\n考生登录 " + url + "/login\n")
	for _, l := range sample.Logins() {
		if !l.Office {
			fmt.Fprintf(&b, "  %s  密码 %s  %s：%s\n", l.Username, l.Password, l.Name, l.Shows)
		}
	}
	b.WriteString("工作人员登录 " + url + "/office/login\n")
	for _, l := range sample.Logins() {
		if l.Office {
			fmt.Fprintf(&b, "  %s  密码 %s  %s\n", l.Username, l.Password, l.Shows)
		}
	}
	return b.String()
}

func sayBadImport(kind string) string {
	return "可以导入 certificates（证书档案）或 accounts（账号），不能导入 " + kind + "。"
}

func sayBadExport(kind string) string {
	return "可以导出 applications（申请），不能导出 " + kind + "。"
}

func sayBadTable(path string) string {
	return "不知道 " + path + " 应是哪种表格，文件名请以 .xlsx 或 .csv 结尾。"
}

func sayBadStatus(word string) string {
	words := make([]string, len(reissue.Statuses))
	for i, s := range reissue.Statuses {
		words[i] = s.Word()
	}
	return "没有“" + word + "”这个状态，可以用：" + strings.Join(words, "、") + "。"
}

func sayBadStaff(do string) string {
	return "staff 之后应为 add、list、password 或 unlock，不能是 " + do + "。"
}

func sayUnknownStaff(name string) string {
	return "没有叫“" + name + "”的工作人员。用 staff list 查看。"
}

func sayCannotRead(path string) string {
	return "无法读取文件 " + path + "，请检查文件名和权限。"
}

func sayBackupThere(path string) string {
	return "文件 " + path + " 已存在，没有覆盖。请换一个文件名，例如在名字里加上日期。"
}

// sayBadBackup refuses to restore a file.
func sayBadBackup(path string, fault store.Fault) string {
	switch fault {
	case store.MissingFile:
		return "找不到备份文件 " + path + "，请核对文件名和所在位置。"
	case store.Unreadable:
		return "无法读取备份文件 " + path + "，请检查文件权限。"
	case store.NotADatabase, store.Foreign:
		return path + " 不是本系统的备份，没有恢复。请核对文件名，换成用 backup 命令做的备份。"
	case store.Newer:
		return "备份 " + path + " 由更新版本的程序做成，请使用新版本的程序恢复。"
	case store.Busy:
		return "文件 " + path + " 正被另一个程序使用，没有恢复。请先停止该程序，或换一份备份。"
	}
	return "备份 " + path + " 不完整或已损坏，没有恢复，现有数据没有改动。请换一份备份。"
}

func sayBackupIsData(path string) string {
	return path + " 就是现在的数据文件，没有恢复。请换一份备份。"
}

// sayStranded is told where a restore failed and could not be undone.
func sayStranded(data, kept string) string {
	return "恢复没有完成：" + data + " 可能是恢复后的数据，原数据文件在 " + kept + "，请不要删除。请检查磁盘，然后重新恢复。"
}

func sayDoubt(r store.Reject) string {
	return fmt.Sprintf("第 %d 行 %s：%s。", r.Line, r.Column, r.Reason)
}

func sayMoreDoubts(more int) string {
	return fmt.Sprintf("还有 %d 处需要核对，没有列出。", more)
}

func sayRejected(path string) string {
	return "有些行没有导入，原因见 " + path + "。改正后可以直接再导入这个文件。"
}

func sayOldRejected(path string, removed bool) string {
	if removed {
		return "所有行都已导入，已删除以前导入时留下的 " + path + "。"
	}
	return "所有行都已导入，但无法删除以前导入时留下的 " + path + "，请自行删除。"
}

func sayWritten(path string) string { return "已写入 " + path }

func sayKept(path string) string { return "原数据文件保留为 " + path }

func sayRestored(path string) string {
	return "已恢复到 " + path + "。所有登录已退出；待发邮件已暂停，请在办公端确认后再发送。"
}

func sayCompacting(data string) string {
	return "数据文件 " + data + " 中有已按期限或要求删除的信息，正在压缩文件以清除残留，请稍候……"
}

func sayNotCompacted(why string) string {
	return "压缩没有完成，服务照常启动，下次启动时再试。原因：" + why
}

func sayCompacted(before, after int64) string {
	return fmt.Sprintf("压缩完成：%.1f MB → %.1f MB", float64(before)/1e6, float64(after)/1e6)
}

func sayOneTime(name, password string) string {
	return name + " 的一次性密码：" + password + "（首次登录后必须修改）"
}

func sayFactorRemoved(name string) string {
	return name + " 的两步验证已一并停用，登录后可以重新启用。"
}

func sayDone(name string) string { return name + "：已完成。" }

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
