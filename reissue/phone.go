package reissue

import (
	"regexp"
	"strings"
)

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

var (
	// landline is an area code, of two digits in the largest cities and of three elsewhere, with a number of
	// seven or eight. A 0 may stand before a mobile number, too.
	landline = regexp.MustCompile(`^0((10|2\d|[3-9]\d\d)\d{7,8}|1[3-9]\d{9})$`)
	// local is a number without its area code, or one of the services that have none.
	local = regexp.MustCompile(`^([2-9]\d{6,7}|[48]00\d{7})$`)
	// mobile begins with 13 to 19.
	mobile = regexp.MustCompile(`^1[3-9]\d{9}$`)
	// abroad is a number with another country's code.
	abroad = regexp.MustCompile(`^(\+|00)([1-79]|8[0-57-9])`)
	// extension stands behind a landline's number.
	extension = regexp.MustCompile(`-\d{1,5}$`)
)

// doubtPhone is what to ask about a number that nobody can be called under, as
// checkPhone gives it; "" where it may be one.
func doubtPhone(phone string) string {
	digits := PhoneKey(phone)
	switch {
	case abroad.MatchString(phone), mobile.MatchString(digits):
		return ""
	case strings.HasPrefix(digits, "1") && len(digits) != 11:
		return sayMobileLength(len(digits))
	case strings.HasPrefix(digits, "1"):
		return sayNoMobile
	}
	for _, number := range []string{digits, PhoneKey(extension.ReplaceAllString(phone, ""))} {
		if landline.MatchString(number) || local.MatchString(number) {
			return ""
		}
	}
	return sayPhoneLength(len(digits))
}
