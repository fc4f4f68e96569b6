package reissue

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// NameMatch says how well two names agree (domain.md §3).
type NameMatch int

// The three answers. A tolerant match is shown to the candidate and marked for
// the reviewer, who decides.
const (
	NamesDiffer NameMatch = iota
	NamesTolerant
	NamesEqual
)

// dots are the ways in which people type the middle dot of a name.
const dots = "·•・‧．.∙⋅。●﹒▪･"

// CleanName is a name as it is kept: every kind of middle dot is a ·.
func CleanName(s string) string {
	return strings.Map(func(r rune) rune {
		if strings.ContainsRune(dots, r) {
			return '·'
		}
		return r
	}, Clean(s))
}

// ValidName tells whether s can be a person's name: at most 50 characters, at
// least 2 of them letters of any script, the others marks, dots, spaces,
// hyphens or apostrophes. Rare characters are real and may be newer than Go's
// tables, in a private area or, like 〇, no letter to Unicode, so the
// ideographic planes, private use and all of Han pass whole.
func ValidName(s string) bool {
	letters := 0
	for _, r := range s {
		rare := r >= 0x20000 && r <= 0x3FFFF || unicode.In(r, unicode.Co, unicode.Han)
		switch {
		case rare, unicode.IsLetter(r):
			letters++
		case !unicode.IsMark(r) && !strings.ContainsRune("· -'’", r):
			return false
		}
	}
	return letters >= 2 && utf8.RuneCountInString(s) <= Longest[FieldName]
}

// MatchNames compares a typed name with a registered one. Equal but for dots,
// spaces, the code points of the same characters, or a character that an old register could not write and put as a
// homophone in brackets (王晓[沛]) or lost (王?明) is a tolerant match.
func MatchNames(a, b string) NameMatch {
	a, b = CleanName(a), CleanName(b)
	if a == b && a != "" {
		return NamesEqual
	}
	if hasLost(a) && !isCertain(a) || hasLost(b) && !isCertain(b) { // of an older import
		return NamesDiffer
	}
	left, right := foldName(a), foldName(b)
	if len(left) != len(right) || len(left) == 0 {
		return NamesDiffer
	}
	for i := range left {
		if left[i] != right[i] && left[i] != anyRune && right[i] != anyRune {
			return NamesDiffer
		}
	}
	return NamesTolerant
}

// anyRune stands for a bracketed part, or a lost character, in a folded name.
const anyRune = '\x00'

// foldName has one code point for a character, drops dots and spaces and puts anyRune for each bracketed part and
// each lost character.
func foldName(s string) []rune {
	var folded []rune
	inside := false
	for _, r := range HalfWidth(sameCharacters(s)) {
		switch {
		case strings.ContainsRune("[(【〔", r):
			if !inside {
				folded = append(folded, anyRune)
			}
			inside = true
		case strings.ContainsRune("])】〕", r):
			inside = false
		case !inside && strings.ContainsRune(lostMarks, r):
			folded = append(folded, anyRune)
		case inside || r == '·' || r == ' ' || r == '.':
		default:
			folded = append(folded, unicode.ToUpper(r))
		}
	}
	return folded
}
