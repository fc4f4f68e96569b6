package reissue

import (
	"strings"

	"certreissue/typed"
)

// None is what people write where a certificate has no number, level or
// specialty. For a level or a specialty it means the same as a blank.
const None = "无"

// HalfWidth turns full-width digits, letters, signs and the full-width space
// into their half-width forms.
func HalfWidth(s string) string { return strings.Map(typed.HalfWidth, s) }

// Clean is text as it is kept (typed.Clean).
func Clean(s string) string { return typed.Clean(s) }

// hyphens makes one kind of all hyphens, dashes and minus signs.
func hyphens(s string) string { return strings.Map(typed.Hyphen, s) }

// code is a number or a code as it is compared: half-width, with plain hyphens
// and without any space.
func code(s string) string {
	return strings.ReplaceAll(HalfWidth(hyphens(Clean(s))), " ", "")
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
