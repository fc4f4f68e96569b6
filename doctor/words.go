package doctor

import (
	"fmt"
	"io/fs"
	"net/netip"
	"strings"
	"time"

	"certreissue/reissue"
	"certreissue/sample"
	"certreissue/store"
)

// Every Chinese sentence of this package stands in this file, in the order in which
// the doctor looks.

// How much a finding matters.
const (
	Good Weight = "好  "
	Hint Weight = "提示"
	Mend Weight = "要改" // the exit code tells of it
)

const (
	lookRights     = "文件权限"
	lookWriting    = "写入"
	lookConnection = "加密"
	lookAddress    = "对外地址"
	lookClock      = "时钟"
	lookDisk       = "磁盘"
	lookData       = "数据文件"
	lookCopies     = "备份"
	lookMirror     = "镜像"
	lookSamples    = "演示数据"
	lookStaff      = "工作人员"
	lookMail       = "邮件"
	lookFactor     = "两步验证"
	lookRetention  = "保存期限"
)

const (
	sayWindowsRights = "请确认数据文件所在的文件夹只有管理员和运行本服务的账号可以读取。"

	sayCanWrite = "数据文件和它所在的文件夹都可以写入。"

	sayNotRunning     = "服务没有运行，没有检查。请启动服务后再运行一次 doctor。"
	sayOnlyHere       = "只能在本机访问，不需要加密。"
	sayBehindProxy    = "由反向代理加密。"
	sayNoTrustedProxy = "对外地址是 https，但没有指定 -trusted-proxy：经过代理的访问都算作同一个地址，容易互相影响。请指定代理的地址。"

	sayNoAddress        = "没有设置，考生不能用邮件找回密码。"
	sayNoAddressForMail = "设置了邮件服务器，但没有对外地址，找回密码的邮件里没有链接。请在“设置”中填写，或用 -public-url 指定。"

	sayDataGood = "没有发现损坏（服务启动时和每晚检查；随时可用 check 命令检查）。"

	sayNoCopy    = "没有一份成功的备份。请在办公端“备份”页面立即备份，并查看服务窗口里的原因。"
	sayNoCopyYet = "还没有备份，服务运行后会自动备份。"

	sayNoMirror = "没有设置。硬盘损坏时，上次备份以后的工作会全部丢失。请接上另一块磁盘，在办公端“备份”页面填写镜像文件夹，或用 serve -mirror 指定。"

	sayDemoData  = "这是演示用的数据文件，账号和密码都是公开的，不能正式使用。请另建数据文件。"
	sayNoSamples = "没有。"

	sayNoAdmin  = "没有管理员，考生不能使用。请启动服务后按提示创建，或用 staff add 添加。"
	sayOneAdmin = "只有一个管理员，忘记密码或离开时没有人能接替。建议再设一个。"

	sayMailHeld  = "恢复备份后暂停发送，至今没有人确认。请在办公端“邮件”页面查看后恢复发送。"
	sayNoSMTP    = "没有设置邮件服务器，通知不会发出，考生不能用邮件找回密码。"
	sayPlainSMTP = "到邮件服务器的连接没有加密，只宜用于内部网络。"
)

func saySameDisk(folder string) string {
	return "镜像文件夹 " + folder + " 与数据文件在同一块磁盘上，这块磁盘坏了，两份都会丢失。请换到另一块磁盘；已换的，请检查那块磁盘有没有挂载。"
}

func sayRightsGood(path string) string {
	return path + " 只有运行本服务的用户可以读取。"
}

func sayOpenFile(path string, mode fs.FileMode) string {
	wanted := "600"
	if mode.IsDir() {
		wanted = "700"
	}
	return fmt.Sprintf("其他用户可以进入或读写 %s（%04o），里面有个人信息。请执行 chmod %s %s", path, mode.Perm(), wanted, path)
}

func sayOpenFolder(path string, mode fs.FileMode) string {
	return fmt.Sprintf("其他用户可以在文件夹 %s（%04o）里换掉数据文件。请执行 chmod go-w %s", path, mode.Perm(), path)
}

func sayCannotWrite(path string) string {
	return "不能写入 " + path + "，服务不能启动，要写入的命令不能使用（backup、doctor、check 可以）。请让运行本程序的用户能够写入数据文件和它所在的文件夹，磁盘也不能是只读的。"
}

func sayWideProxy(network netip.Prefix) string {
	return "-trusted-proxy 的范围 " + network.String() + " 太大，其中的机器都能冒充别的地址，按地址的限制就不起作用。请只写反向代理自己的地址。"
}

func sayPlainHTTP(addr string) string {
	return "地址 " + addr + " 没有加密，密码和身份证号会明文传输。请用 -tls-cert 和 -tls-key，或 -acme 域名。"
}

func sayNoCertificate(path string) string {
	return "无法读取证书 " + path + "；用 -acme 的，首次访问时才会申请，请用浏览器打开对外地址后再检查。"
}

func sayOpenKey(path string, mode fs.FileMode) string {
	return fmt.Sprintf("其他用户可以读取私钥 %s（%04o）。请执行 chmod o= %s", path, mode.Perm(), path)
}

func sayCertificateOver(from, to time.Time) string {
	return "证书不在有效期内（" + day(from) + "至" + day(to) + "），浏览器会报错。请换新证书，不必重启。"
}

func sayCertificateEnds(to time.Time) string {
	return "证书 " + day(to) + " 到期。请尽快续期，新文件放好后不必重启。"
}

func sayCertificateOfOther(host string) string {
	return "证书里没有域名 " + host + "，浏览器会报错。"
}

func sayCertificate(to time.Time) string { return "证书有效期至 " + day(to) + "。" }

func sayPlainAddress(url string) string {
	return url + " 没有加密，邮件里找回密码的链接会明文传输。请改用 https。"
}

func sayClock(now time.Time) string { return moment(now) + "（北京时间）。" }

func sayClockBeforeBuild(now, built time.Time) string {
	return "现在是 " + moment(now) + "，早于本程序的编译时间 " + moment(built) + "。请校准系统时间。"
}

func sayClockBeforeRow(now, row time.Time) string {
	return "现在是 " + moment(now) + "，早于日志最后一条的时间 " + moment(row) + "。请校准系统时间。"
}

func sayDisk(free, size uint64) string {
	return fmt.Sprintf("剩余 %s，数据文件 %s。", bytesWord(free), bytesWord(size))
}

func sayDiskSmall(free, size uint64) string {
	return fmt.Sprintf("剩余 %s，数据文件 %s，备份、压缩或恢复时可能不够。请清理磁盘，或减少保留的备份份数。", bytesWord(free), bytesWord(size))
}

func sayCopy(made time.Time) string {
	return "最近一次成功的备份在 " + moment(made) + "。请定期另存一份到别的设备。"
}

func sayOldCopy(made time.Time) string {
	return "最近一次成功的备份在 " + moment(made) + "，已超过两天。请查看服务窗口里的原因。"
}

func sayCopyFailed(failure *store.CopyFailure) string {
	return moment(failure.At.Time()) + " 的备份没有成功：" + sayCopiesUnread(failure.Err)
}

// sayCopiesUnread is why the copies could not be made, or looked at.
func sayCopiesUnread(err error) string {
	if why, speaks := reissue.Sentence(err); speaks {
		return why
	}
	return "请查看服务窗口里的原因。"
}

func sayCopyAhead(made time.Time) string {
	return "最近一次成功的备份在 " + moment(made) + "，晚于现在。请校准系统时间，再备份一次。"
}

func saySampleLogin(login sample.Login) string {
	name := login.Username
	if !login.Office {
		name = login.Name // not the number: what is printed here is passed on
	}
	return "账号“" + name + "”用的是公开的演示密码。请修改密码或停用。"
}

func sayAdmins(n int) string { return fmt.Sprintf("%d 个管理员。", n) }

func sayUnusedPasswords(names []string) string {
	return strings.Join(names, "、") + " 还在用一次性密码，没有登录修改过。请提醒本人，或停用。"
}

func sayNoFactor(names []string) string {
	return "管理员" + strings.Join(names, "、") + "只用密码登录。建议在“修改密码”页面启用两步验证。"
}

// keptForEver names what the office has set no retention period for.
func keptForEver(r reissue.Retention) (names []string) {
	for _, kept := range []struct {
		name   string
		months int
	}{{"照片", r.PhotoMonths}, {"申请", r.ApplicationMonths}, {"账号", r.AccountMonths}} {
		if kept.months == 0 {
			names = append(names, kept.name)
		}
	}
	return names
}

func sayNoRetention(names []string) string {
	return strings.Join(names, "、") + "没有设置，一直保存。请按本单位的规定在“系统设置”中设置。"
}

func sayRetention(r reissue.Retention) string {
	return fmt.Sprintf("办结后照片保存 %d 个月，申请 %d 个月；没有申请的账号 %d 个月。", r.PhotoMonths, r.ApplicationMonths, r.AccountMonths)
}

// day and moment are on the office's clock.
func day(t time.Time) string { return reissue.At(t).Time().Format("2006年1月2日") }

func moment(t time.Time) string { return reissue.At(t).Time().Format("2006-01-02 15:04") }

func bytesWord(n uint64) string {
	if n >= 1e9 {
		return fmt.Sprintf("%.1f GB", float64(n)/1e9)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}

// sayMendData says what to do about a damaged record; newest is the path of a copy, ""
// for none.
func sayMendData(newest string) string {
	if newest == "" {
		return "。请停止服务，用 check -repair 新文件 修复。"
	}
	return "。请停止服务，用 check -repair 新文件 -from " + newest + " 修复，或用 restore 恢复该备份。"
}

func sayDamages(n int) string {
	return fmt.Sprintf("数据文件有 %d 处损坏，是哪些见工作台", n)
}

func sayUndelivered(n int) string {
	return fmt.Sprintf("有 %d 封邮件送不到，考生收不到通知。请在办公端“邮件”页面查看原因，核对邮件服务器的设置；邮箱不对的，请电话通知考生。", n)
}
