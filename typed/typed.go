// Package typed reads what people type, paste and keep in spreadsheets as they mean it: without what nobody sees,
// and without the width that input methods give to letters and digits. Every text comes in through it, but
// passwords, which stay as they were typed.
package typed

import (
	"strings"
	"unicode"
)

// Visible is text without its invisible characters, line for line: those of Unicode's category Cf (joiners,
// direction marks), variation selectors, and what has no look of its own. No-break and narrow spaces are spaces;
// the full-width one, which indents a Chinese paragraph, stays.
func Visible(s string) string {
	if isPlain(s) {
		return s
	}
	return strings.Map(visible, s)
}

// Trimmed is Visible without white space around it.
func Trimmed(s string) string {
	if isPlain(s) {
		return s
	}
	return strings.TrimSpace(strings.Map(visible, s))
}

func visible(r rune) rune {
	switch {
	case r < 0x7F, '一' <= r && r <= '龥', r == '　':
		return r
	case unicode.Is(unicode.Zs, r), r == '\u2800': // a pattern of Braille without a dot
		return ' '
	case unicode.In(r, unicode.Cf, unicode.Variation_Selector, unicode.Other_Default_Ignorable_Code_Point):
		return -1
	}
	return r
}

// Clean is one line of text as it is kept: visible, without control characters, with half-width letters and digits,
// no space at the ends, and single spaces inside.
func Clean(s string) string {
	if isPlain(s) {
		return s
	}
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		if r = visible(r); r > 0 && unicode.IsControl(r) || r == 0 {
			return -1
		}
		if half := HalfWidth(r); half >= '0' && half <= '9' || half >= 'A' && half <= 'Z' || half >= 'a' && half <= 'z' {
			return half
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

// isPlain tells text that Clean leaves as it is by its commonest characters
// alone, visible ASCII and ideographs with single spaces in between: a register
// of a million lines has twelve million cells of it.
func isPlain(s string) bool {
	spaced := true
	for _, r := range s {
		plain := r > ' ' && r < 0x7F || r >= '一' && r <= '龥'
		if !plain && (r != ' ' || spaced) {
			return false
		}
		spaced = !plain
	}
	return !spaced || s == ""
}

// HalfWidth is the half-width form of a full-width digit, letter, sign or space: input methods leave them
// everywhere.
func HalfWidth(r rune) rune {
	switch {
	case '！' <= r && r <= '～':
		return r - '！' + '!'
	case r == '　':
		return ' '
	}
	return r
}

// Hyphen is - for each of the hyphens, dashes and minus signs that people put between digits.
func Hyphen(r rune) rune {
	if r > unicode.MaxASCII && strings.ContainsRune("‐‑‒–—―−﹣－", r) {
		return '-'
	}
	return r
}

// Address is an e-mail address as it is meant, where an input method wrote its signs: ＠ and 。 have no other
// meaning in one. It keeps control characters, for which an address is refused.
func Address(s string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		switch r = visible(r); r {
		case '。', '｡', '．':
			return '.'
		case '﹫':
			return '@'
		}
		return HalfWidth(Hyphen(r))
	}, s))
}
