package sheet

import (
	"regexp"
	"strings"
	"unicode"

	"certreissue/typed"
)

// clean gives the text that a cell stands for: without what nobody sees, without white
// space around it, without the apostrophe that Harmless put before it, and without the
// ="…", the apostrophe or the backtick by which programs and people keep a
// spreadsheet from rounding long numbers.
func clean(cell string) string {
	cell = typed.Trimmed(cell)
	if cell == "" {
		return ""
	}
	switch cell[0] {
	case '\'', '`':
		if cell[0] == '\'' && harmful(cell[1:]) || len(cell) > 1 && isDigit(cell[1]) {
			return typed.Trimmed(cell[1:])
		}
	case '=':
		if isWrapped(cell) {
			return typed.Trimmed(cell[2 : len(cell)-1])
		}
	}
	return cell
}

func isDigit(b byte) bool { return '0' <= b && b <= '9' }

// isWrapped tells ="…" with no further quotation mark inside.
func isWrapped(cell string) bool {
	return len(cell) > 2 && strings.HasPrefix(cell, `="`) && strings.IndexByte(cell[2:], '"') == len(cell)-3
}

// columnName is a name without blanks and the star of a template.
func columnName(cell string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '*' || r == '＊' {
			return -1
		}
		return r
	}, cell)
}

// Harmless gives the text to write for a cell, so that a spreadsheet program
// does not take it for a formula: an apostrophe goes before = + - @, a tab, or
// a line break at its start, as OWASP's page "CSV Injection" advises, and
// before the full-width ＝ ＋ － ＠, which Chinese and Japanese versions of
// Excel take for the same signs. White space before a sign does not disarm it.
//
// A file we wrote must be readable again as it is, so the reader takes the
// apostrophe away where it stands before one of these signs; and so a cell
// that begins with apostrophes and such a sign gets one more. For every s
// as typed.Trimmed gives it, what is read is what was written. (The price:
// in a file from elsewhere, a genuine '-1 is read as -1.)
func Harmless(s string) string {
	if harmful(s) {
		return "'" + s
	}
	return s
}

// harmful passes over leading apostrophes first, so that it gives the same
// answer for s and for "'"+s: the round trip rests on that. So do digits behind a mark
// that clean would take away.
func harmful(s string) bool {
	s = typed.Visible(s)
	marked := s
	if s = strings.TrimLeft(s, "'"); s == "" {
		return false
	}
	if digits := strings.TrimPrefix(s, "`"); digits != marked && digits != "" && isDigit(digits[0]) {
		return true
	}
	if strings.IndexByte("\t\r\n", s[0]) >= 0 {
		return true
	}
	s = strings.TrimLeftFunc(s, func(r rune) bool { return r == '\'' || unicode.IsSpace(r) })
	for _, r := range s {
		return strings.ContainsRune("=+-@＝＋－＠", r)
	}
	return false
}

// exponential is a number as a spreadsheet shows it when it has more digits
// than fit, or than its 15 significant ones. The point or the plus is asked
// for, because a code such as 2E12 is somebody's certificate number.
var exponential = regexp.MustCompile(`^[+-]?[0-9](\.[0-9]+[eE]\+?|[eE]\+)[0-9]{1,3}$`)

// Spoilt tells a cell in which a spreadsheet program has left something else
// than the number that was typed: 1.10101E+17 or 1.10101199003071E+17, the
// ######## of a column too narrow, or an error value such as #N/A.
func Spoilt(cell string) bool {
	if len(cell) < 2 {
		return false
	}
	return isError(cell) || cell[len(cell)-1] <= '9' && exponential.MatchString(cell)
}

// isError tells what a spreadsheet program shows in the place of a value, in whatever
// column: an error, or the ######## of a column too narrow.
func isError(cell string) bool {
	if len(cell) < 2 || cell[0] != '#' {
		return false
	}
	switch strings.ToUpper(cell) {
	case "#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!", "#BUSY!",
		"#CONNECT!", "#UNKNOWN!", "#EXTERNAL!", "#PYTHON!", "#GETTING_DATA":
		return true
	}
	return strings.Trim(cell, "#") == ""
}
