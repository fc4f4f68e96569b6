// Package idcard reads the Chinese ID number (身份证号): it normalises what was typed, checks it, tells birth
// and sex from it, and hides it wherever it might be printed.
//
// The structure is that of GB 11643-1999: 6 digits region, 8 digits date of birth, 3 digits sequence whose last
// is odd for men and even for women, and a check character after ISO 7064 MOD 11-2. The residence permits of
// people from 香港, 澳门 and 台湾 (81, 82, 83) follow it too, and so does the permanent-residence card for
// foreigners of 2023 (GA 2102-2023): 9, two digits province and three digits country in place of the region.
package idcard

import (
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"certreissue/typed"
)

// Number is an ID number of 18 characters as Parse returns it, or the normalised number of another paper such as
// a passport. The zero value "" stands for none.
//
// It prints masked (see mask.go); Full is the only way to the whole.
type Number string

const (
	oldLength = 15
	length    = 18
	firstYear = "1900"
)

// Normalise brings what was typed, pasted or read from a spreadsheet into the one form that is compared and
// stored: without white space and invisible characters, full-width characters as half-width ones, Latin letters
// in capitals, one kind of hyphen, and an X where an ID number ends in what only looks like one. It suits the numbers
// of every paper and checks nothing.
func Normalise(s string) string {
	s = strings.Map(func(r rune) rune {
		switch r = typed.HalfWidth(typed.Hyphen(r)); {
		case unicode.IsSpace(r):
			return -1
		// No other alphabet is folded: unicode.ToUpper would make one number of ı and I.
		case 'a' <= r && r <= 'z':
			return r - 'a' + 'A'
		}
		return r
	}, typed.Visible(s))
	if len(s) > length-1 && digits(s[:length-1]) && slices.Contains(likeX, s[length-1:]) {
		return s[:length-1] + "X"
	}
	return s
}

// likeX are what input methods and other alphabets offer for an X: the Roman ten, the sign of multiplication, Ха and
// Chi.
var likeX = []string{"Ⅹ", "ⅹ", "×", "✕", "х", "Х", "χ", "Χ"}

// Parse normalises s and checks it as a number of 18 characters. today is YYYYMMDD: nobody is born after it.
// The error is a Fault.
func Parse(s, today string) (Number, error) {
	s = Normalise(s)
	if err := check(s, today); err != nil {
		return "", err
	}
	return Number(s), nil
}

// ParseRegister is Parse for registers, which may still hold the 15-digit numbers given out before 1999: region,
// YYMMDD, sequence. Those become 18 characters by putting 19 before the year and adding the check character.
func ParseRegister(s, today string) (Number, error) {
	s = Normalise(s)
	if len(s) == oldLength && digits(s) {
		s = s[:6] + "19" + s[6:]
		s += string(checkCharacter(s))
	}
	return Parse(s, today)
}

// check answers nil or a Fault for the first rule that the normalised s breaks.
func check(s, today string) error {
	count := utf8.RuneCountInString(s)
	switch {
	case s == "":
		return Fault{Reason: Empty}
	case count != length:
		return Fault{Reason: Length, Found: count}
	case len(s) != length, !digits(s[:17]), !digits(s[17:]) && s[17] != 'X':
		return Fault{Reason: Characters}
	case !regions[s[:2]] && s[0] != '9':
		return Fault{Reason: Region}
	}
	birth := s[6:14]
	if _, err := time.Parse("20060102", birth); err != nil {
		return Fault{Reason: NoSuchDate}
	}
	switch {
	case birth[:4] < firstYear:
		return Fault{Reason: TooEarly}
	case birth > today:
		return Fault{Reason: InFuture}
	case s[17] != checkCharacter(s[:17]):
		return Fault{Reason: CheckCharacter}
	}
	return nil
}

// regions are the first two digits in use. The other four are left alone: codes of dissolved counties stay valid
// for life and are in no list any more.
var regions = map[string]bool{
	"11": true, "12": true, "13": true, "14": true, "15": true,
	"21": true, "22": true, "23": true,
	"31": true, "32": true, "33": true, "34": true, "35": true, "36": true, "37": true,
	"41": true, "42": true, "43": true, "44": true, "45": true, "46": true,
	"50": true, "51": true, "52": true, "53": true, "54": true,
	"61": true, "62": true, "63": true, "64": true, "65": true,
	"71": true, "81": true, "82": true, "83": true,
}

// weights are 2^(17-i) mod 11, see ISO 7064 MOD 11-2.
var weights = [17]int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}

// checkCharacter answers the 18th character for the first 17 digits.
func checkCharacter(s string) byte {
	sum := 0
	for i, w := range weights {
		sum += w * int(s[i]-'0')
	}
	return "10X98765432"[sum%11]
}

func digits(s string) bool {
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return true
}

// isID tells an ID number from the number of another paper, from which nothing can be read.
func (n Number) isID() bool {
	return len(n) == length && digits(string(n[:17])) && n[17] == checkCharacter(string(n[:17]))
}

// Birth is the date of birth as YYYYMMDD, "" for the number of another paper.
func (n Number) Birth() string {
	if !n.isID() {
		return ""
	}
	return string(n[6:14])
}

// BirthMonth is the month of birth as YYYYMM, "" for the number of another paper.
func (n Number) BirthMonth() string {
	if !n.isID() {
		return ""
	}
	return string(n[6:12])
}

// BirthYear is the year of birth as YYYY, "" for the number of another paper.
func (n Number) BirthYear() string {
	if !n.isID() {
		return ""
	}
	return string(n[6:10])
}

// Sex is 男 or 女, "" for the number of another paper.
func (n Number) Sex() string {
	switch {
	case !n.isID():
		return ""
	case (n[16]-'0')%2 == 1:
		return male
	default:
		return female
	}
}
