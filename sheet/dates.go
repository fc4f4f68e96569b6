package sheet

import (
	"math"
	"regexp"
	"strings"
	"time"
)

// epoch tells from which day a workbook counts.
type epoch bool

const epoch1904 epoch = true

// The days of spreadsheet programs, which take 1900 for a leap year.
const (
	noSuchDay = 60        // 1900-02-29
	lastDay   = 2_958_465 // 9999-12-31
)

// day gives the date of a number of days, and the time to the millisecond.
func (e epoch) day(number float64) (time.Time, bool) {
	days := math.Floor(number + 1e-8) // a time just before midnight is that of rounding
	clock := time.Duration(math.Round(max(0, number-days)*24*60*60*1000)) * time.Millisecond
	start := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case e == epoch1904:
		start = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
		if days < 0 || days > lastDay-1462 {
			return start, false
		}
	case days < 1 || days == noSuchDay || days > lastDay:
		return start, false
	case days < noSuchDay:
		days++
	}
	return start.AddDate(0, 0, int(days)).Add(clock), true
}

// date shows a day as 2020-11-22, whatever the order and the marks of the format, or
// the year alone where the format shows no more: what is hidden is no part of the data.
// A month keeps the day, which a column of dates needs and one of months passes over, and
// so does a day its time, unless it is midnight: who reads dates drops it, and says so.
func (s *section) date(day time.Time) string {
	switch {
	case s.shows == yearOnly:
		return day.Format("2006")
	case day.Equal(day.Truncate(24 * time.Hour)):
		return day.Format(time.DateOnly)
	}
	return day.Format(time.DateTime + ".999")
}

var isoForm = regexp.MustCompile(`^(\d{4}-\d\d-\d\d)([T ].*)?$`)

// isoDate shows a cell whose value is written as a date, with or without a time, which
// stays as it is written unless it is midnight.
func (f *format) isoDate(text string) (string, bool) {
	m := isoForm.FindStringSubmatch(text)
	if m == nil {
		return "", false
	}
	day, err := time.Parse(time.DateOnly, m[1])
	if err != nil {
		return "", false
	}
	var s section
	if f != nil {
		s = f.sections[0]
	}
	if s.shows != yearOnly && strings.Trim(m[2], "T 0:.Z") != "" {
		return text, true
	}
	return s.date(day), true
}
