package mail

import "fmt"

// Reason names what is wrong, or what went wrong.
type Reason int

// The reasons.
const (
	// Of an address.
	AddressMissing Reason = iota + 1
	AddressForeign        // characters beyond ASCII
	AddressLong
	AddressForm

	// Of a message.
	MessageForm // a control character in the subject, NUL or broken UTF-8 in the body

	// Of the settings.
	HostForm
	PortRange
	SecurityUnknown
	SenderForm
	SenderName
	LoginForm // one of user name and password alone, or a control character in them

	// Of sending, before the message.
	Unreachable // no connection, no greeting, no TLS where it is required
	CertificateRefused
	LoginUnprotected // the server offers a plain login without TLS
	LoginUnoffered   // by no way that the server and this program both know
	LoginDelayed     // 4xx
	LoginRefused

	// Of sending, with the message, or before it.
	Delayed // 4xx: greylisting, and whatever else passes

	// Of sending, with the message.
	SenderRefused
	RecipientRefused
	MessageRefused
	Interrupted // the connection broke
	TimedOut    // not done in time, or called off
)

// Fault is the error of ParseAddress, Validate and Send. It holds no recipient and no password, and may be logged.
type Fault struct {
	Reason Reason
	Code   int // the server's answer, 0 where there was none

	cause error // of the connection
}

// reasons holds what each reason says to a log and to a person.
var reasons = map[Reason]struct{ log, sentence string }{
	AddressMissing: {"address missing", "请填写邮箱。"},
	AddressForeign: {"address not in ASCII", "邮箱只能由半角的英文字母、数字和符号组成，请检查是否误用了中文或全角字符。"},
	AddressLong:    {"address too long", "邮箱太长，@ 前面最多 64 个字符，总长最多 254 个字符，请核对。"},
	AddressForm:    {"address malformed", "邮箱格式有误，请填写一个完整的邮箱，例如 name@example.com。"},

	MessageForm: {"message holds control characters", "邮件标题或正文中有不可见的控制字符，请删除后重试。"},

	HostForm:        {"host malformed", "邮件服务器地址有误，请填写域名或 IP 地址，例如 smtp.example.com。"},
	PortRange:       {"port out of range", "邮件服务器端口应为 1 至 65535 之间的数字，常用 587 或 465。"},
	SecurityUnknown: {"security unknown", "请选择邮件服务器的加密方式。"},
	SenderForm:      {"sender malformed", "发件邮箱格式有误，请填写一个完整的邮箱，例如 name@example.com。"},
	SenderName:      {"sender's name holds control characters", "发件人名称中有不可见的控制字符，请重新填写。"},
	LoginForm:       {"login incomplete or malformed", "邮件服务器的用户名和密码应同时填写或同时留空，且不能含有不可见的控制字符。"},

	Unreachable:        {"cannot connect", "连接邮件服务器失败，请核对服务器地址、端口和加密方式。"},
	CertificateRefused: {"certificate refused", "邮件服务器的证书不可信，请核对服务器地址，或请服务商更换证书。"},
	LoginUnprotected:   {"login would be unprotected", "未加密的连接上不能登录邮件服务器，请改用 STARTTLS 或 TLS 加密。"},
	LoginUnoffered:     {"login offered by no usable way", "登录邮件服务器失败：服务器不接受本系统支持的登录方式。请核对端口和加密方式（多数服务商要求 STARTTLS 或 TLS），或咨询服务商。"},
	LoginDelayed:       {"login delayed", "登录邮件服务器失败：服务器请稍后再登录。待发的邮件会自动重发；多次失败时请联系邮件服务商。"},
	LoginRefused:       {"login refused", "登录邮件服务器失败：请核对用户名和密码（有的服务商要求使用授权码）。"},

	Delayed: {"server asks to come again", "邮件服务器暂时不收，请稍后再发（常见于灰名单，也可能是一时繁忙或对方邮箱已满）。待发的邮件会自动重发。"},

	SenderRefused:    {"sender refused", "邮件服务器不接受该发件邮箱，请核对发件邮箱是否与登录账号一致。"},
	RecipientRefused: {"recipient refused", "邮件服务器不接受该收件邮箱，请核对收件邮箱。"},
	MessageRefused:   {"message refused", "邮件服务器拒收这封邮件，请稍后重发；多次失败时请联系邮件服务商。"},
	Interrupted:      {"connection broken", "发送途中与邮件服务器的连接中断，请稍后重发。"},
	TimedOut:         {"not done in time", "邮件服务器没有及时响应，请稍后再试。"},
}

// Error is for logs.
func (f Fault) Error() string {
	s := "mail: " + reasons[f.Reason].log
	if f.Code != 0 {
		s += fmt.Sprintf(" (%d)", f.Code)
	}
	if f.cause != nil {
		s += ": " + f.cause.Error()
	}
	return s
}

// Unwrap is the cause, where the connection has one.
func (f Fault) Unwrap() error { return f.cause }

// Sentence is for the person who typed the address or keeps the settings.
func (f Fault) Sentence() string { return reasons[f.Reason].sentence }

// Permanent tells that this message will not go out however often it is sent: its address or text is wrong, or the
// server has refused them for good (5xx). Everything else may pass, or passes once the settings are put right.
func (f Fault) Permanent() bool {
	switch f.Reason {
	case AddressMissing, AddressForeign, AddressLong, AddressForm, MessageForm:
		return true
	case RecipientRefused, MessageRefused:
		return f.Code >= 500
	}
	return false
}
