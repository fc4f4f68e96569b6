package reissue

import "strings"

// PhoneKey is a telephone number as it is compared: its digits, without the
// country's 86. 0311-8566 6666 equals (0311) 85666666.
func PhoneKey(phone string) string {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, HalfWidth(phone))
	if len(digits) > 11 {
		digits = strings.TrimPrefix(strings.TrimPrefix(digits, "00"), "86")
	}
	return digits
}
