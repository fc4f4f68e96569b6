package doctor

import (
	"fmt"
	"io/fs"
	"net/netip"
	"strings"
	"time"

	"certreissue/reissue"
	"certreissue/sample"
)

// Every Chinese sentence of this package stands in the files words*.go; here is what
// concerns no folder and no copy, in the order in which the doctor looks.

// How much a finding matters.
const (
	Good Weight = "好  "
	Hint Weight = "提示"
	Mend Weight = "要改" // the exit code tells of it
)

const (
	lookRights     = "文件权限"
	lookParents    = "上级文件夹"
	lookNetwork    = "网络磁盘"
	lookWriting    = "写入"
	lookSpool      = "临时文件夹"
	lookOthers     = "其他数据文件"
	lookConnection = "加密"
	lookProxies    = "代理"
	lookPort       = "端口"
	lookAddress    = "对外地址"
	lookClock      = "时钟"
	lookDisk       = "磁盘"
	lookData       = "数据文件"
	lookCopies     = "备份"
	lookNewest     = "最新备份"
	lookMirror     = "镜像"
	lookSamples    = "演示数据"
	lookStaff      = "工作人员"
	lookFactor     = "两步验证"
	lookMail       = "邮件"
	lookMailServer = "邮件服务器"
	lookAlarms     = "告警"
	lookRetention  = "保存期限"
)

const (
	sayNotRunning     = "服务没有运行，没有检查。请启动服务后再运行一次 doctor。"
	sayOnlyHere       = "只能在本机访问，不需要加密。"
	sayBehindProxy    = "由反向代理加密。"
	sayNoTrustedProxy = "对外地址是 https，但没有指定 -trusted-proxy：经过代理的访问都算作同一个地址，容易互相影响。请指定代理的地址。"

	sayNoAddress        = "没有设置，考生不能用邮件找回密码。"
	sayNoAddressForMail = "设置了邮件服务器，但没有对外地址，找回密码的邮件里没有链接。请在“设置”中填写，或用 -public-url 指定。"

	sayDemoData  = "这是演示用的数据文件，账号和密码都是公开的，不能正式使用。请另建数据文件。"
	sayNoSamples = "没有。"

	sayNoAdmin  = "没有管理员，考生不能使用。请启动服务后按提示创建，或用 staff add 添加。"
	sayOneAdmin = "只有一个管理员，忘记密码或离开时没有人能接替。建议再设一个。"

	sayProxyUnseen = "服务启动以来还没有经过代理的访问，没有检查。请用浏览器打开对外地址后再运行一次 doctor。"
	sayNoProxy     = "没有指定 -trusted-proxy，服务启动以来也没有经过代理的访问。"

	sayNoAlarms  = "没有填写告警邮箱：备份没有成功、镜像中断、磁盘将满等时没有人收到邮件，只在工作台和日志中提示。请在“系统设置”中填写。"
	sayMailHeld  = "恢复备份后暂停发送，至今没有人确认。请在办公端“邮件”页面查看后恢复发送。"
	sayNoSMTP    = "没有设置邮件服务器，通知不会发出，考生不能用邮件找回密码。"
	sayPlainSMTP = "到邮件服务器的连接没有加密，只宜用于内部网络。"
)

func sayWideProxy(network netip.Prefix) string {
	return "-trusted-proxy 的范围 " + network.String() + " 太大，其中的机器都能冒充别的地址，按地址的限制就不起作用。请只写反向代理自己的地址。"
}

func sayProxySpeaks(n int64) string {
	return fmt.Sprintf("代理在 X-Forwarded-For 里写明了访客的地址（服务启动以来 %d 次）。", n)
}

func saySilentProxy(n int64) string {
	return fmt.Sprintf("服务启动以来有 %d 次访问来自 -trusted-proxy 指定的代理，都没有写明访客的地址，所有访客会被当作同一个人而互相影响。请让代理设置 X-Forwarded-For（写法见《在反向代理之后运行》）；如果只是在代理那台机器上直接打开过网页，请用对外地址打开一次再检查。", n)
}

func sayStrangeProxy(n int64, from netip.Addr) string {
	return fmt.Sprintf("服务启动以来有 %d 次访问声称替别人转发，但不是来自 -trusted-proxy 指定的代理，没有采信；最近一次来自 %s。这是本单位的代理的，请用 -trusted-proxy %s 指定；不是的，不用处理。", n, from, from)
}

func sayPort(addr string) string { return "可以在设置的地址 " + addr + " 上启动服务。" }

func sayPortForbidden(addr string) string {
	return "当前用户没有权限使用设置的地址 " + addr + "：1024 以下的端口要有专门的权限。请用 service install 安装成系统服务，它会得到这项权限；或给程序这项权限（sudo setcap cap_net_bind_service=+ep 程序文件）；或在“系统设置”中把监听地址改成 8443 这样的端口。"
}

func sayPortTaken(addr string) string {
	return "不能在设置的地址 " + addr + " 上启动服务：已被其他程序占用，或不是本机的地址。请停止那个程序，或在“系统设置”中改监听地址，或用 serve -addr 另外指定。"
}

func sayPortOfRoot(addr, user string) string {
	return "地址 " + addr + " 的端口小于 1024，root 可以使用，数据文件的主人 " + user + " 不一定。由系统服务运行的，设置监听地址以后请再执行一次 service install，会带上这项权限。"
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

func saySampleLogin(login sample.Login) string {
	name := login.Username
	if !login.Office {
		name = login.Name // not the number: what is printed here is passed on
	}
	return "账号“" + name + "”用的是公开的演示密码。请修改密码或停用。"
}

func sayAdmins(n int) string { return fmt.Sprintf("%d 个管理员。", n) }

func sayFewAdmins(n int) string {
	return fmt.Sprintf("%d 个管理员中，自己设过密码的不到两个。请还在用一次性密码的管理员登录修改，以便有人接替。", n)
}

func sayUnusedPasswords(names []string) string {
	return strings.Join(names, "、") + " 还在用一次性密码，没有登录修改过。请提醒本人，或停用。"
}

func sayNoFactor(names []string) string {
	return "管理员" + strings.Join(names, "、") + "只用密码登录。建议在“修改密码”页面启用两步验证。"
}

func sayMailServer(host string, login bool) string {
	if login {
		return host + " 可以连接并登录（没有发送邮件）。"
	}
	return host + " 可以连接（没有发送邮件）。"
}

// sayMailServerFails passes on what the mail's own room says of it.
func sayMailServerFails(err error) string {
	why, speaks := reissue.Sentence(err)
	if !speaks {
		why = "连接邮件服务器失败。"
	}
	return "试着连接，没有成功：" + why + "改好后可以在“系统设置”中发送测试邮件。"
}

func sayUndelivered(n int) string {
	return fmt.Sprintf("有 %d 封邮件送不到，考生收不到通知。请在办公端“邮件”页面查看原因，核对邮件服务器的设置；邮箱不对的，请电话通知考生。", n)
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

func sayAlarms(to string) string { return "需要处理的事发到 " + to + "。" }
