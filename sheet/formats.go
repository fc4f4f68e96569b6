package sheet

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// format is a number format of cells, taken apart.
type format struct{ sections []section }

// section is what a format does with some of the numbers, or with texts.
type section struct {
	condition string // its sign, "" for none
	bound     float64
	marks     []mark
	shows     shows
}

// shows tells what a section makes of a number.
type shows int

const (
	digits   shows = iota // placeholders and literals
	wholeDay              // a date, of which no less than a month is shown
	yearOnly
	general  // what stands for the number is its plain form
	obscured // something from which the number cannot be told
)

// mark is one of a section: a placeholder 0 # ?, a point, a percent sign, G for the
// plain number, @ for the text, or a literal.
type mark struct {
	kind byte
	text string // of a literal
}

const literal = '"'

// builtIn are the formats that are known by number (ECMA-376 part 1, 18.8.30), as a
// Chinese program shows them. 14 to 17, 22 and those of builtInDates show dates.
var builtIn = map[int]string{
	1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 5: `"¥"#,##0;"¥"-#,##0`, 6: `"¥"#,##0;"¥"-#,##0`, 7: `"¥"#,##0.00;"¥"-#,##0.00`, 8: `"¥"#,##0.00;"¥"-#,##0.00`,
	9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
	14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm", 19: "h:mm", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
	27: "yyyy年m月", 28: "m月d日", 29: "m月d日", 30: "m-d-yy", 31: "yyyy年m月d日", 32: "h时mm分", 33: "h时mm分ss秒", 34: "h时mm分", 35: "h时mm分ss秒", 36: "yyyy年m月",
	37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00", 40: "#,##0.00;-#,##0.00",
	41: `#,##0;-#,##0;"-"`, 42: `"¥"#,##0;-"¥"#,##0;"¥-"`, 43: `#,##0.00;-#,##0.00;"-"`, 44: `"¥"#,##0.00;-"¥"#,##0.00;"¥-"`,
	45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0",
	50: "yyyy年m月", 51: "m月d日", 52: "yyyy年m月", 53: "m月d日", 54: "m月d日", 55: "h时mm分", 56: "h时mm分ss秒", 57: "yyyy年m月", 58: "m月d日",
}

// formatOf takes a format apart; nil stands for 常规 and for 文本.
func formatOf(id int, code string) *format {
	if code == "" {
		code = builtIn[id]
	}
	if code == "" || code == "@" || strings.EqualFold(code, "General") {
		return nil
	}
	f := &format{}
	for len(f.sections) < 4 {
		var s section
		more := false
		s, code, more = parseSection(code)
		f.sections = append(f.sections, s)
		if !more {
			break
		}
	}
	return f
}

// parseSection reads up to the semicolon that ends a section, and gives what is behind.
func parseSection(code string) (s section, rest string, more bool) {
	var found strings.Builder // the letters of dates and times
	for code != "" {
		r, size := utf8.DecodeRuneInString(code)
		taken := size
		switch {
		case r == ';':
			s.settle(found.String())
			return s, code[size:], true
		case r == '"':
			text, _, _ := strings.Cut(code[1:], `"`)
			s.add(literal, text)
			taken = min(len(text)+2, len(code))
		case r == '\\':
			_, next := utf8.DecodeRuneInString(code[1:])
			s.add(literal, code[1:1+next])
			taken += next
		case r == '_' || r == '*': // as wide as what follows, or filled up with it
			_, next := utf8.DecodeRuneInString(code[1:])
			taken += next
		case r == '[':
			text, _, _ := strings.Cut(code[1:], "]")
			s.bracket(text, &found)
			taken = min(len(text)+2, len(code))
		case prefixed(code, "General"):
			s.add('G', "")
			taken = len("General")
		case prefixed(code, "G/通用格式"):
			s.add('G', "")
			taken = len("G/通用格式")
		case prefixed(code, "AM/PM"), prefixed(code, "上午/下午"):
			found.WriteByte('h')
			taken = 2*strings.IndexByte(code, '/') + 1
		case (r == 'e' || r == 'E') && len(code) > 1 && (code[1] == '+' || code[1] == '-'):
			s.shows = general // the digits are the same, however they are shown
			taken = 2
		case strings.ContainsRune("yYmMdDhHsSeEgGbBaA", r):
			found.WriteRune(r | 0x20)
		case strings.ContainsRune("0#?.,%@", r):
			s.add(byte(r), "")
		case r == '/' && s.has("0#?"):
			s.shows = obscured // a fraction
		default:
			s.add(literal, code[:size])
		}
		code = code[taken:]
	}
	s.settle(found.String())
	return s, "", false
}

func prefixed(code, word string) bool {
	return len(code) >= len(word) && strings.EqualFold(code[:len(word)], word)
}

func (s *section) add(kind byte, text string) { s.marks = append(s.marks, mark{kind, text}) }

func (s *section) has(kinds string) bool {
	for _, m := range s.marks {
		if m.kind != literal && strings.IndexByte(kinds, m.kind) >= 0 {
			return true
		}
	}
	return false
}

// bracket reads what stands in brackets: a condition, a currency, an elapsed time,
// digits of another script; the rest are colours and languages.
func (s *section) bracket(text string, found *strings.Builder) {
	sign := text[:len(text)-len(strings.TrimLeft(text, "<>="))]
	bound, err := strconv.ParseFloat(strings.TrimSpace(text[len(sign):]), 64)
	switch {
	case sign != "" && err == nil:
		s.condition, s.bound = sign, bound
	case strings.HasPrefix(text, "$"):
		symbol, _, _ := strings.Cut(text[1:], "-")
		s.add(literal, symbol)
	case prefixed(text, "DBNum"):
		s.shows = obscured
	case text != "" && strings.Trim(strings.ToLower(text), string(text[0]|0x20)) == "" && strings.ContainsAny(text[:1], "hHmMsS"):
		found.WriteByte('h')
	}
}

// settle tells by the letters of dates and times what is shown.
func (s *section) settle(letters string) {
	timed := strings.ContainsAny(letters, "hs")
	switch {
	case strings.Contains(letters, "d"), strings.Contains(letters, "aaa"), strings.Contains(letters, "m") && !timed,
		strings.ContainsAny(letters, "yeb") && strings.Contains(letters, "m"):
		s.shows = wholeDay
	case strings.ContainsAny(letters, "yeb"):
		s.shows = yearOnly
	case letters != "":
		s.shows = obscured // a time, or a sign of an era
	case s.shows == digits && s.has("G@"):
		s.shows = general
	}
}

// text shows a text cell: as it is, unless the format puts something around it.
func (f *format) text(text string) (string, bool) {
	if f == nil {
		return text, true
	}
	s := &f.sections[len(f.sections)-1]
	if !s.has("@") {
		return text, len(f.sections) < 4
	}
	var out strings.Builder
	for _, m := range s.marks {
		switch m.kind {
		case literal:
			out.WriteString(m.text)
		case '@':
			out.WriteString(text)
		}
	}
	return out.String(), true
}
