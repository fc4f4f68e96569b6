package sheet

import (
	"math"
	"strconv"
	"strings"
)

// kept is how many digits of a number a spreadsheet program keeps.
const kept = 15

// plain is a number with all its digits and no more: 2020 for 2020.0. One of more
// digits than are kept has lost the others, and takes the form that Spoilt knows: an
// ID number typed into a cell that is not text ends in zeros, and about one in eleven
// passes its check digit all the same, as somebody else's.
func plain(number float64) string {
	if math.Abs(number) >= 1e15 {
		return strconv.FormatFloat(number, 'E', kept-1, 64)
	}
	return strconv.FormatFloat(rounded(number), 'f', -1, 64)
}

// rounded leaves out the digits that are only there because computers count by twos.
func rounded(number float64) float64 {
	number, _ = strconv.ParseFloat(strconv.FormatFloat(number, 'g', kept, 64), 64)
	return number
}

// number shows a number as the format does, but for what is no more than dress: the
// marks between thousands, and zeros behind the point of a whole number. It answers
// false where what the cell shows cannot be told from the number, or hides some of it.
func (f *format) number(text string, from epoch) (string, bool) {
	value, err := strconv.ParseFloat(text, 64)
	if err != nil || strings.Trim(text, "0123456789+-.eE") != "" {
		return text, false
	}
	if f == nil {
		return plain(value), true
	}
	s, negative := f.choose(value)
	if s.shows == wholeDay || s.shows == yearOnly {
		day, ok := from.day(value)
		return s.date(day), ok
	}
	if math.Abs(value) >= 1e15 {
		return plain(value), true
	}
	shown, ok := s.number(rounded(math.Abs(value)))
	if negative {
		shown = "-" + shown
	}
	return shown, ok
}

// choose finds the section for a number, and tells whether the sign is to be shown
// beside it: a section of their own that negative numbers have brings its own.
func (f *format) choose(value float64) (s *section, negative bool) {
	all := f.sections[:min(len(f.sections), 3)]
	if len(f.sections) > 1 && len(f.sections) < 4 && all[len(all)-1].has("@") {
		all = all[:len(all)-1] // it is for texts
	}
	for i := range all {
		if all[i].condition != "" && all[i].meets(value) {
			return &all[i], value < 0
		}
	}
	switch {
	case all[0].condition != "" && len(all) > 1:
		return &all[len(all)-1], value < 0
	case value < 0 && len(all) > 1 && all[1].condition == "":
		return &all[1], false
	case value == 0 && len(all) > 2:
		return &all[2], false
	}
	return &all[0], value < 0
}

func (s *section) meets(value float64) bool {
	switch s.condition {
	case "<":
		return value < s.bound
	case "<=":
		return value <= s.bound
	case ">":
		return value > s.bound
	case ">=":
		return value >= s.bound
	case "<>":
		return value != s.bound
	}
	return value == s.bound
}

// number fills a number that is not negative into the placeholders.
func (s *section) number(value float64) (string, bool) {
	var out strings.Builder
	switch {
	case s.shows == obscured:
		return "", false
	case s.shows == general:
		if !s.has("G@") {
			return plain(value), true
		}
		for _, m := range s.marks {
			if m.kind == 'G' || m.kind == '@' {
				out.WriteString(plain(value))
			}
			out.WriteString(m.text)
		}
		return out.String(), true
	case !s.has("0#?"):
		for _, m := range s.marks {
			out.WriteString(m.text)
		}
		return out.String(), out.Len() > 0 || value == 0
	}
	var places, decimals, least int
	pointed, scaled := false, false
	for _, m := range s.marks {
		switch m.kind {
		case '.':
			pointed = true
		case '%':
			value = rounded(value * 100)
		case ',':
			scaled = true
		case '0', '#', '?':
			scaled = scaled && pointed
			if !pointed {
				places++
			} else if decimals++; m.kind == '0' {
				least = decimals
			}
		}
	}
	text := strconv.FormatFloat(value, 'f', decimals, 64)
	if back, _ := strconv.ParseFloat(text, 64); back != value || scaled {
		return "", false // the cell shows less than it holds
	}
	whole, part, _ := strings.Cut(text, ".")
	for len(part) > least && part[len(part)-1] == '0' {
		part = part[:len(part)-1]
	}
	if strings.Trim(part, "0") == "" {
		part = ""
	}
	return s.fill(whole, part, places), true
}

// fill puts the digits before the point into as many places, from the right, the first
// of which takes all that are left, and those behind it into as many as there are.
func (s *section) fill(whole, part string, places int) string {
	var out strings.Builder
	whole = strings.TrimLeft(whole, "0")
	first, pointed := true, false
	for _, m := range s.marks {
		switch m.kind {
		case literal:
			out.WriteString(m.text)
		case '%':
			out.WriteByte('%')
		case '.':
			if pointed = true; part != "" {
				out.WriteByte('.')
			}
		case '0', '#', '?':
			switch {
			case pointed && part != "":
				out.WriteByte(part[0])
				part = part[1:]
			case pointed:
			case len(whole) >= places:
				n := 1
				if first {
					n = len(whole) - places + 1
				}
				out.WriteString(whole[:n])
				whole = whole[n:]
			case m.kind == '0':
				out.WriteByte('0')
			}
			if !pointed {
				places--
				first = false
			}
		}
	}
	return out.String()
}
