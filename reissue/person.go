package reissue

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"certreissue/idcard"
)

// Paper is a kind of identity paper, in the register's own word.
type Paper string

// IDCard is the resident's ID card and everything that is numbered like it:
// residence permits of people from 香港, 澳门, 台湾, permanent-residence cards.
const IDCard Paper = "身份证"

// idCardNames are what registers call it; a blank is one too. 香港身份证 is not
// one: it is numbered otherwise.
var idCardNames = []Paper{"", "居民身份证", "二代身份证", "第二代居民身份证", "临时身份证", "港澳台居民居住证", "外国人永久居留身份证"}

// Person is who somebody is for this office: a kind of paper and its number.
type Person struct {
	Paper  Paper         `cbor:"1,keyasint"`
	Number idcard.Number `cbor:"2,keyasint"`
}

// ParsePerson reads a paper's kind (blank is 身份证) and number. Registers may
// hold ID numbers of 15 digits; they become 18. today is YYYYMMDD.
func ParsePerson(paper, number, today string) (Person, error) {
	kind := Paper(Clean(paper))
	if slices.Contains(idCardNames, kind) {
		kind = IDCard
	}
	if kind == IDCard {
		n, err := idcard.ParseRegister(number, today)
		return Person{IDCard, n}, err
	}
	n := idcard.Normalise(number)
	if !ValidPaperNumber(n) || utf8.RuneCountInString(string(kind)) > 20 {
		return Person{}, idcard.Fault{Reason: idcard.Characters}
	}
	return Person{kind, idcard.Number(n)}, nil
}

// ValidPaperNumber tells whether a normalised number can be that of a
// passport, officer's card or the like: 3 to 30 letters of any script, digits
// and hyphens (军字第12345678号 is one).
func ValidPaperNumber(n string) bool {
	count := utf8.RuneCountInString(n)
	return count >= 3 && count <= Longest[FieldIDNumber] && !strings.ContainsFunc(n, func(r rune) bool {
		return r != '-' && !unicode.IsDigit(r) && (!unicode.IsLetter(r) || r >= 'a' && r <= 'z')
	})
}

// Key is the person as keys and indexes hold them: the number first, since some
// searches know nothing else.
func (p Person) Key() string { return p.Number.Full() + "\x00" + string(p.Paper) }

// BirthMonth is the month that the number itself tells (YYYYMM), or "".
func (p Person) BirthMonth() string {
	if p.Paper != IDCard {
		return ""
	}
	return p.Number.BirthMonth()
}

// Sex is 男 or 女 as the number itself tells, or "".
func (p Person) Sex() string {
	if p.Paper != IDCard {
		return ""
	}
	return p.Number.Sex()
}

// contradicts tells whether a sex or month of birth is not what the number
// tells; blank ones say nothing.
func (p Person) contradicts(sex, birthMonth string) bool {
	return unlike(sex, p.Sex()) || unlike(birthMonth, p.BirthMonth())
}

func unlike(written, told string) bool { return written != "" && told != "" && written != told }
