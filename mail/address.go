package mail

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"certreissue/typed"
)

// LongestAddress and longestLocal are lengths of RFC 5321 §4.5.3.1, in bytes, less the angle brackets of a path.
const (
	LongestAddress = 254
	longestLocal   = 64
)

// atom is the run of characters that RFC 5322 allows before the @ without quotes.
const atom = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"

// addressForm is one bare address in ASCII: atoms joined by dots, and a domain of two labels or more. It leaves out
// what the standard allows and no candidate has: quotes, comments, [192.0.2.1].
var addressForm = regexp.MustCompile(`^` + atom + `(\.` + atom + `)*` +
	`@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]$`)

// ParseAddress reads one e-mail address without a name beside it, as typed.Address reads it. Domains beyond
// ASCII are refused: many servers on the way cannot carry them, and mail to them would be lost in silence.
// The error is a Fault that does not repeat the address.
func ParseAddress(s string) (string, error) {
	s = typed.Address(s)
	local, _, _ := strings.Cut(s, "@")
	switch {
	case s == "":
		return "", Fault{Reason: AddressMissing}
	case len(s) != utf8.RuneCountInString(s):
		return "", Fault{Reason: AddressForeign}
	case len(s) > LongestAddress, len(local) > longestLocal:
		return "", Fault{Reason: AddressLong}
	case !addressForm.MatchString(s):
		return "", Fault{Reason: AddressForm}
	}
	return s, nil
}
