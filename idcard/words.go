package idcard

import "fmt"

const (
	male   = "男"
	female = "女"
)

// Reason names the rule that a number breaks.
type Reason int

// The reasons in the order in which they are looked for; only the first is told.
const (
	Empty          Reason = iota + 1 // nothing but white space
	Length                           // not 18 characters
	Characters                       // something else than 17 digits and a digit or X
	Region                           // the first two digits are no region
	NoSuchDate                       // 19900230
	TooEarly                         // born before 1900
	InFuture                         // born after today
	CheckCharacter                   // the last character does not fit the others
)

// Fault is the error of Parse and ParseRegister. It holds nothing of the number itself and may be logged.
type Fault struct {
	Reason Reason
	Found  int // characters found, for Length only
}

// Error is for logs.
func (f Fault) Error() string {
	switch f.Reason {
	case Empty:
		return "idcard: empty"
	case Length:
		return fmt.Sprintf("idcard: %d characters, want %d", f.Found, length)
	case Characters:
		return "idcard: not 17 digits and a digit or X"
	case Region:
		return "idcard: unknown region"
	case NoSuchDate:
		return "idcard: no such date of birth"
	case TooEarly:
		return "idcard: born before " + firstYear
	case InFuture:
		return "idcard: born after today"
	default:
		return "idcard: wrong check character"
	}
}

// Sentence is for the person who typed the number.
func (f Fault) Sentence() string {
	switch f.Reason {
	case Empty:
		return "请填写身份证号。"
	case Length:
		if f.Found == oldLength {
			return "身份证号应为 18 位，现在是 15 位。请填写现用的 18 位号码。"
		}
		return fmt.Sprintf("身份证号应为 18 位，现在是 %d 位，请核对后重新填写。", f.Found)
	case Characters:
		return "身份证号的前 17 位应为数字，最后一位应为数字或 X，请核对后重新填写。"
	case Region:
		return "身份证号开头的地区代码不存在，请核对前两位数字。"
	case NoSuchDate:
		return "身份证号中的出生日期不存在，请核对第 7 至 14 位数字。"
	case TooEarly:
		return "身份证号中的出生日期早于 1900 年，请核对第 7 至 14 位数字。"
	case InFuture:
		return "身份证号中的出生日期晚于今天，请核对第 7 至 14 位数字。"
	default:
		return "身份证号的最后一位与前面的数字不符，请逐位核对。"
	}
}
