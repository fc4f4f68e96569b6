package sheet

import (
	"math"
	"regexp"
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

// day gives the date of a number of days.
func (e epoch) day(number float64) (time.Time, bool) {
	days := math.Floor(number + 1e-8) // a time just before midnight is that of rounding
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
	return start.AddDate(0, 0, int(days)), true
}

// date shows a day as 2020-11-22, whatever the order and the marks of the format, or
// the year alone where the format shows no more: what is hidden is no part of the data.
// A month keeps the day, which a column of dates needs and one of months passes over.
func (s *section) date(day time.Time) string {
	if s.shows == yearOnly {
		return day.Format("2006")
	}
	return day.Format(time.DateOnly)
}

var isoForm = regexp.MustCompile(`^\d{4}-\d\d-\d\d($|[T ])`)

// isoDate shows a cell whose value is written as a date, with or without a time.
func (f *format) isoDate(text string) (string, bool) {
	if !isoForm.MatchString(text) {
		return "", false
	}
	day, err := time.Parse(time.DateOnly, text[:len(time.DateOnly)])
	if err != nil {
		return "", false
	}
	if f == nil {
		return day.Format(time.DateOnly), true
	}
	return f.sections[0].date(day), true
}
