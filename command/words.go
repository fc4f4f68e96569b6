package command

import (
	"fmt"
	"strings"
	"time"

	"certreissue/about"
	"certreissue/locked"
	"certreissue/reissue"
	"certreissue/store"
)

// Every Chinese sentence of this package stands in this file.

const usage = `certreissue — 证书补办申请系统

用法：
  certreissue [serve] [-addr 127.0.0.1:8080]   启动服务
  certreissue demo [-applications N]           用演示数据启动，随便试
  certreissue import certificates 文件         导入证书档案（.csv 或 .xlsx）
  certreissue import accounts 文件             导入证书邮寄系统的账号
  certreissue export applications 文件 [-status 等待审核]  导出申请（.xlsx 或 .csv）
  certreissue export archive 文件.zip -year 2025  存档：这一年提交的申请，每份一张申请表
  certreissue staff add 用户名 -role reviewer|admin|auditor [-city 城市] [-password-stdin]
  certreissue staff list | password 用户名 | unlock 用户名
  certreissue backup 文件                      备份（不必停止服务）
  certreissue backup 文件.age                  加密备份，带到别处保存：显示口令，抄下后再输入一遍
  certreissue check [文件]                     检查数据文件
  certreissue check -repair 新文件 [-from 副本或文件夹]… [文件]  把完好的记录写入新文件，缺的从副本取回
  certreissue service install [-print] [serve 的选项]  安装成系统服务，随电脑启动
  certreissue service start | stop | status | uninstall
  certreissue doctor                           检查运行环境和设置：权限、加密、时钟、磁盘、备份、弱设置
  certreissue restore 文件或文件夹             恢复备份或镜像（先停止服务），文件夹中取最新的完好的一份
  certreissue compact                          压缩数据文件（先停止服务）
  certreissue photo 文件…                      检查照片是否合格
  certreissue photo -fit 新文件 文件           把照片改成合格的尺寸和大小，另存为新文件
  certreissue version                          版本、提交和日期（也可以写 --version）
  certreissue licenses                         所用开源组件的许可声明

每个命令都可以用 -data 指定数据文件，默认是当前目录的 certreissue.db（Windows 上没有的，是 %ProgramData%\certreissue 中的）。
serve 找不到数据文件、附近却有本系统的其他数据文件时，不会新建空文件；确实要新建的，加 -new。
serve 还可以用 -tls-cert、-tls-key、-acme 域名、-acme-directory、-public-url、-trusted-proxy、-plain-http、-log 日志文件，
镜像用 -mirror 文件夹、-mirror-every 15s；-mirror-replace 覆盖文件夹里另一份数据的、或更新的镜像。
import certificates 可以用 -blank-collected 已领取|未领取 指定空白领取状态的含义。
check、restore 打开加密备份时询问口令；脚本中用 -passphrase-stdin，从标准输入读取一行。

例：
  certreissue demo
  certreissue import certificates 档案.xlsx
  certreissue staff add 王芳 -role reviewer -role admin
  certreissue serve -addr 0.0.0.0:443 -tls-cert cert.pem -tls-key key.pem -public-url https://bz.example.cn
  certreissue serve -addr 0.0.0.0:443 -acme bz.example.cn

退出码：0 完成，1 失败，2 用法不对，3 部分完成（service status：没有运行）。
`

const (
	sayHelp             = "用 certreissue help 查看用法。"
	sayTLSPair          = "-tls-cert 和 -tls-key 要一起使用。"
	sayTLSOrACME        = "-acme 与 -tls-cert、-tls-key 只能用一种。"
	sayEverybodyTrusted = "-trusted-proxy 包括了所有地址，任何人都能冒充别的地址。请只写反向代理自己的地址，如 127.0.0.1。"
	sayBadPublicURL     = "-public-url 应以 http:// 或 https:// 开头。"
	sayBadMirror        = "-mirror-every 应为 5s 至 1h 之间的整秒数，如 15s。"
	sayBadCount         = "-applications 应为 0 或正整数。"
	sayMakingSamples    = "正在准备演示数据"
	sayImporting        = "正在导入"
	sayBadBlank         = "-blank-collected 只能是 已领取 或 未领取。"
	sayBadRole          = "角色应为 reviewer（审核员）、admin（管理员）或 auditor（审计员），用 -role 指定，可以多次使用。"
	sayBadStaffName     = "用户名应为 2 至 30 个字，可用汉字、字母、数字和 . _ -。"
	sayGood             = "检查完成，没有发现问题。"
	sayUnknown          = "未知"
	sayNotRestored      = "没有恢复，现有数据没有改动。"
	sayTypeBack         = "请把口令抄在纸上，与备份分开保管：没有口令，谁也打不开这份备份。然后在这里照抄下的输入一遍，按回车："
	sayTypedWrong       = "输入的口令与显示的不同，没有备份。请重新运行，抄下新的口令。"
	sayAskPassphrase    = "请输入加密备份的口令："
	sayAnyKey           = "请按任意键关闭这个窗口。"
	sayStoppedAsking    = "没有等到输入就被停止了，什么也没有做。"
)

// sayBuild has a line each for version, commit, date and what compiled it.
func sayBuild(b about.Build, goVersion, target string) string {
	commit, date := sayUnknown, sayUnknown
	if b.Commit != "" {
		commit = b.Commit
	}
	if !b.Date.IsZero() {
		date = b.Date.Format(time.RFC3339)
	}
	return "certreissue " + b.Version + "\n提交 " + commit + "\n日期 " + date + "\nGo " + goVersion + " " + target + "\n"
}

// sayWindow begins the window that a double click opens.
func sayWindow(data string) string {
	return "证书补办申请系统\n\n这个窗口开着，系统就在运行，请不要关闭。要停止时，关闭这个窗口，或按 Ctrl+C。\n" +
		"浏览器会自动打开办公端；数据文件是 " + data + "。\n"
}

func sayRunsAlready(url string) string {
	return "系统正在运行，浏览器会打开 " + url + "。"
}

func sayOpenYourself(url string) string {
	return "没能打开浏览器。请自己用浏览器打开 " + url + "。"
}

// sayChosenData tells whoever named no data file which one is meant.
func sayChosenData(path string) string { return "数据文件：" + path }

func sayUnknownCommand(name string) string { return "没有这个命令：" + name + "。" }

func sayUnknownFlag(flag string) string { return "没有 " + flag + " 这个选项。" }

func sayNoValue(flag string) string { return flag + " 后面缺少内容。" }

func sayBadValue(flag, value string) string { return flag + " 的内容“" + value + "”不对。" }

func sayBadArguments(command string) string { return "命令 " + command + " 的参数个数不对。" }

func sayNeedsTLS(addr string) string {
	return "地址 " + addr + " 可从其他电脑访问，需要用 -tls-cert 和 -tls-key（或 -acme 域名）加密；确实要用明文时（例如在可信的代理之后），请加 -plain-http。"
}

func sayNoTemp(folder string) string {
	return "无法在临时文件夹 " + folder + " 中建立演示数据。请用 -data 指定一个新文件，例如 certreissue demo -data demo.db。"
}

func sayDemoLoopback(addr string) string {
	return "演示系统只能在本机使用，不能用地址 " + addr + "。请用 127.0.0.1。"
}

func sayBadImport(kind string) string {
	return "可以导入 certificates（证书档案）或 accounts（账号），不能导入 " + kind + "。"
}

func sayBadExport(kind string) string {
	return "可以导出 applications（申请）和 archive（存档），不能导出 " + kind + "。"
}

func sayBadArchive(path string) string {
	return "存档是一个压缩文件，" + path + " 的文件名请以 .zip 结尾。"
}

func sayBadYear(year string) string {
	if year == "" {
		return "请用 -year 指定存档哪一年提交的申请，如 -year 2025。"
	}
	return "-year 应为四位年份，如 2025，不能是 " + year + "。"
}

func sayOnlyFor(option, what string) string { return option + " 只能用于 export " + what + "。" }

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

func sayCannotRead(path string) string {
	return "无法读取文件 " + path + "，请检查文件名和权限。"
}

func sayChosen(path string, made reissue.Moment, now time.Time) string {
	return fmt.Sprintf("选用最新的完好的一份：%s（%s 写成，%s前）。", path, made, store.SaySpan(now.Sub(made.Time())))
}

func sayNoneGood(folder string) string {
	return "文件夹 " + folder + " 里没有完好的镜像或备份。请核对文件夹，或指明要恢复的文件。"
}

func sayBackupThere(path string) string {
	return "文件 " + path + " 已存在，没有覆盖。请换一个文件名，例如在名字里加上日期。"
}

// sayRepaired tells what came of a repair, and what to do with it.
func sayRepaired(path, out string, done store.Repaired) string {
	return fmt.Sprintf("修复后的数据已写入 %s：保留 %d 条记录，从副本取回 %d 条，未能找回 %d 条。原文件 %s 没有改动，请保留。核对后用 restore %s 换上。", out, done.Kept, done.Taken, done.Lost, path, out)
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

// sayPassphrase begins as docs/contract.md promises to scripts.
func sayPassphrase(passphrase string) string { return "口令：" + passphrase }

func sayNotUnlocked(path string, fault locked.Fault) string { return path + "：" + fault.Sentence() }

// sayOnlyWhole refuses to take single records out of a locked copy.
func sayOnlyWhole(path string) string {
	return path + " 是加密备份，只能整份检查和恢复，不能用于修复和核对日志。请先用 restore 恢复到另一个文件（-data 新文件），再用那个文件。"
}

func sayBackupIsData(path string) string {
	return path + " 就是现在的数据文件，没有恢复。请换一份备份。"
}

// sayStranded is told where a restore failed and could not be undone.
func sayStranded(data, kept string) string {
	return "恢复没有完成：" + data + " 可能是恢复后的数据，原数据文件在 " + kept + "，请不要删除。请检查磁盘，然后重新恢复。"
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

func sayOneTime(name, password string) string {
	return name + " 的一次性密码：" + password + "（首次登录后必须修改）"
}

func sayDone(name string) string { return name + "：已完成。" }
