package reissue

import (
	"strings"
	"unicode"
)

// None is what people write where a certificate has no number, level or
// specialty. For a level or a specialty it means the same as a blank.
const None = "无"

// HalfWidth turns full-width digits, letters, signs and the full-width space
// into their half-width forms: input methods leave them everywhere.
func HalfWidth(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		case r == '　':
			return ' '
		}
		return r
	}, s)
}

// Clean is text as it is kept: no control or invisible format characters, no
// space at the ends, inner white space folded to single spaces.
func Clean(s string) string {
	if isPlain(s) {
		return s
	}
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return ' '
		}
		if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) {
			return -1
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

// Key is text as it is compared in keys: half-width, upper-case, without any
// space, and with 无 for the same as blank. 二级（建造师） equals 二级(建造师).
func Key(s string) string {
	s = strings.ToUpper(strings.ReplaceAll(HalfWidth(Clean(s)), " ", ""))
	if s == None {
		return ""
	}
	return s
}

// CityKey is a city as it is compared: 石家庄 equals 石家庄市.
func CityKey(s string) string { return strings.TrimSuffix(Key(s), "市") }

// FindCity is the office's way of writing the city, if it is in the list.
func FindCity(cities []string, s string) (string, bool) {
	key := CityKey(s)
	for _, city := range cities {
		if CityKey(city) == key {
			return city, key != ""
		}
	}
	return "", false
}
