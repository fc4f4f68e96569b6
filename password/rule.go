// Package password keeps the rule for new passwords, hashes and verifies them with argon2id, and takes over the
// digests of 证书邮寄系统.
//
// One hash takes some 45 ms of one core and 19 MiB; whoever calls Hash, Verify, Waste, Import or Same on behalf of
// visitors bounds how many run at once.
package password

import (
	"strings"
	"unicode/utf8"
)

const (
	shortest = 6
	longest  = 30
	tail     = 6
)

const (
	letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	figures = "0123456789"
)

// Check holds a new password against the guide's rule (6 to 30 characters, among them a Latin letter and a digit)
// and against what is guessed first: the commonest passwords, and the end or the birthday of the owner's own ID
// number. number is that number whole and normalised, or that of another paper, or "" for staff.
// The error is a Fault, the first one found.
func Check(plain, number string) error {
	small := strings.ToLower(plain)
	switch count := utf8.RuneCountInString(plain); {
	case count < shortest:
		return TooShort
	case count > longest:
		return TooLong
	case !strings.ContainsAny(plain, letters):
		return NoLetter
	case !strings.ContainsAny(plain, figures):
		return NoDigit
	case common()[small]:
		return Common
	case holdsTail(small, strings.ToLower(number)):
		return HoldsNumber
	case holdsBirthday(small, number):
		return HoldsBirthday
	}
	return nil
}

// holdsTail finds the last six characters of the number, with and without the X that many leave out. The last
// eight, the other usual password, contain the last six.
func holdsTail(plain, number string) bool {
	for _, n := range []string{number, strings.TrimSuffix(number, "x")} {
		if len(n) >= tail && strings.Contains(plain, n[len(n)-tail:]) {
			return true
		}
	}
	return false
}

// holdsBirthday finds YYYYMMDD anywhere, and YYMMDD where these are all the digits there are: six digits also
// happen to stand within longer ones.
func holdsBirthday(plain, number string) bool {
	if len(number) != 18 {
		return false
	}
	birth := number[6:14]
	core := strings.Map(func(r rune) rune {
		if strings.ContainsRune(figures, r) {
			return r
		}
		return -1
	}, plain)
	return strings.Contains(core, birth) || core == birth[2:]
}
