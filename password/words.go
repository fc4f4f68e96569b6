package password

// Fault is the error of Check and of Import. It holds nothing of the password and may be logged.
type Fault int

// The faults of a new password.
const (
	TooShort Fault = iota + 1
	TooLong
	NoLetter
	NoDigit
	Common
	HoldsNumber   // the last six characters of the owner's ID number
	HoldsBirthday // the birthday in the owner's ID number
)

// The faults of a 密码摘要.
const (
	NoDigest Fault = iota + 101
	UnknownDigest
	BadBcrypt
	CostlyBcrypt
	BadArgon
	CostlyArgon
	BadHex
	BadSalt
)

// faults holds what each fault says to a log and to a person.
var faults = map[Fault]struct{ log, sentence string }{
	TooShort:      {"password too short", "密码太短，请输入 6 至 30 位的密码。"},
	TooLong:       {"password too long", "密码太长，请输入 6 至 30 位的密码。"},
	NoLetter:      {"password without a letter", "密码中没有字母，请同时使用字母和数字。"},
	NoDigit:       {"password without a digit", "密码中没有数字，请同时使用字母和数字。"},
	Common:        {"password is a common one", "这个密码太常见，容易被猜中，请换一个。"},
	HoldsNumber:   {"password holds the end of the ID number", "密码中含有证件号码的最后几位，容易被猜中，请换一个。"},
	HoldsBirthday: {"password holds the birthday", "密码中含有您的生日，容易被猜中，请换一个。"},

	NoDigest:      {"digest missing", "密码摘要为空，请填写原系统导出的摘要。"},
	UnknownDigest: {"digest of unknown form", "密码摘要的格式不认识，应以 $2a$、$2b$、$2y$、$argon2id$、md5:、sha1: 或 sha256: 开头。"},
	BadBcrypt:     {"bcrypt digest malformed", "bcrypt 密码摘要不完整或有误，应为 60 个字符，请重新导出。"},
	CostlyBcrypt:  {"bcrypt cost out of bounds", "bcrypt 密码摘要的强度参数应在 4 至 12 之间，请在原系统调整后重新导出。"},
	BadArgon:      {"argon2id digest malformed", "argon2id 密码摘要不完整或有误，请重新导出。"},
	CostlyArgon:   {"argon2id cost out of bounds", "argon2id 密码摘要的参数超出范围：m 不超过 65536，t 为 1 至 4，p 为 1 至 8。请在原系统调整后重新导出。"},
	BadHex:        {"digest is not hexadecimal of the right length", "密码摘要应以十六进制书写：md5 为 32 位，sha1 为 40 位，sha256 为 64 位。请核对后重新导出。"},
	BadSalt:       {"digest salt too long or unprintable", "密码摘要中的盐值过长（最多 128 字节）或含有不可见字符，请核对后重新导出。"},
}

// Error is for logs.
func (f Fault) Error() string { return "password: " + faults[f].log }

// Sentence is for the person who chose the password or imports the list.
func (f Fault) Sentence() string { return faults[f].sentence }
