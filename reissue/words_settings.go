package reissue

import (
	"fmt"
	"strings"
)

// The words of the settings' forms.

// defaultNotice is the guide's 友情提示.
const defaultNotice = "为保证功能使用顺畅，推荐使用 IE9 及以上版本，或 360、Chrome、Firefox 等浏览器。"

const (
	sayMaxBelowMin    = "最大文件应大于最小文件，请核对。"
	sayClearBelowFail = "不提示的比例不能小于不合格的比例，请核对。"
	sayConfirmLoss    = "按填写的保存期限，有信息即将删除，设置还没有保存。请核对数量，勾选确认后再保存。"
	sayBadPublicURL   = "应以 http:// 或 https:// 开头，只写到域名或端口，如 https://bz.example.cn。"
	sayBadListen      = "请填写本机地址和端口，如 127.0.0.1:8080。要让其他电脑访问，请先用证书（-tls-cert）或 -plain-http 启动。"
	sayBadFolder      = "请填写完整的路径，如 /mnt/usb/镜像 或 E:\\镜像。文件夹要先建好，系统不会自己建立。"
	sayPasswordAgain  = "更改了服务器、端口、加密方式或用户名，请重新输入邮件服务器的密码。"
	saySecurity       = "请从列表中选择；不加密的只用于内网。"
	sayReasonTwice    = "代码与另一项相同，请换一个。"
	sayReasonKey      = "请填写一个数字（1 至 9）或字母，留空则自动选一个。"
	sayReasonMany     = "原因太多，请先删去不用的。"
	sayReasonOrder    = "请填写序号，如 1。"
)

// securities are the ways to secure the connection to a mail server, in words.
var securities = map[string]string{
	"starttls": "先连接再加密（STARTTLS，一般用端口 587）", "tls": "全程加密（TLS，一般用端口 465）", "none": "不加密（只用于内网，一般用端口 25）",
}

func sayNumberBetween(least, most int) string {
	return fmt.Sprintf("请填写 %d 至 %d 之间的整数。", least, most)
}

func sayMonths(least, most int) string {
	return fmt.Sprintf("请填写 0（长期保存），或 %d 至 %d 之间的整数。", least, most)
}

func sayNotesMany(most int) string {
	return fmt.Sprintf("最多 %d 条，请删去不常用的。", most)
}

func sayNoteLong(line, most int) string {
	return fmt.Sprintf("第 %d 条超过 %d 个字，请缩短。", line, most)
}

func sayKeyTwice(key string) string {
	return "快捷键 " + strings.ToUpper(key) + " 已用于可以一同出现的另一项，请换一个，或留空自动选一个。"
}
