package reissue

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// cst is the office's clock: the whole country keeps one time, and a machine
// may have no zone database.
var cst = time.FixedZone("CST", 8*3600)

// Moment is a point in time, in milliseconds since 1970 UTC; 0 is "never".
type Moment int64

// At is the moment of a time.
func At(t time.Time) Moment { return Moment(t.UnixMilli()) }

// Time is the moment on the office's clock.
func (m Moment) Time() time.Time { return time.UnixMilli(int64(m)).In(cst) }

// Date is the moment's day, YYYYMMDD.
func (m Moment) Date() string { return Today(m.Time()) }

// String is the moment as people read it, to the minute; "" for never.
func (m Moment) String() string {
	if m == 0 {
		return ""
	}
	return m.Time().Format("2006-01-02 15:04")
}

// Today is the office's date at a time, YYYYMMDD. Business dates (批准日期, a
// batch's day) are such strings and never moments: they have no hour.
func Today(t time.Time) string { return t.In(cst).Format("20060102") }

// StartOf is the moment at which a date, YYYYMMDD, begins; days later is as many
// days after it. What is no date gives 0.
func StartOf(date string, days int) Moment {
	t, err := time.ParseInLocation("20060102", date, cst)
	if err != nil {
		return 0
	}
	return At(t.AddDate(0, 0, days))
}

// DaysBetween counts the calendar days from one moment's date to another's.
func DaysBetween(from, to Moment) int {
	day := func(m Moment) time.Time {
		t := m.Time()
		return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, cst)
	}
	return int(day(to).Sub(day(from)).Hours() / 24)
}

// ParseDate reads a date as offices write it (20201122, 2020-11-22,
// 2020/11/22, 2020.11.22, 2020年11月22日) and gives YYYYMMDD. It must exist and
// lie between 1900 and 2999.
func ParseDate(s string) (string, error) {
	year, month, day, err := split(s, 3)
	if err != nil {
		return "", err
	}
	t := time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	if t.Year() != year || int(t.Month()) != month || t.Day() != day {
		return "", fmt.Errorf("no such date")
	}
	return t.Format("20060102"), nil
}

// The years of exams.
const (
	firstYear = 1949
	lastYear  = 2999
)

// ParseYear reads the year of an exam as people write it: 2020 or 2020年.
func ParseYear(typed string) (year int, ok bool) {
	text := strings.TrimSuffix(HalfWidth(Clean(typed)), "年")
	year, err := strconv.Atoi(text)
	return year, err == nil && len(text) == 4 && year >= firstYear && year <= lastYear
}

// ParseMonth reads a month (199003, 1990-03, 1990.3, 1990年3月) or the month of
// a whole date, and gives YYYYMM.
func ParseMonth(s string) (string, error) {
	if date, err := ParseDate(s); err == nil {
		return date[:6], nil
	}
	year, month, _, err := split(s, 2)
	if err != nil {
		return "", err
	}
	if month < 1 || month > 12 {
		return "", fmt.Errorf("no such month")
	}
	return fmt.Sprintf("%04d%02d", year, month), nil
}

// split takes a date apart into its first n of year, month and day.
func split(s string, n int) (year, month, day int, err error) {
	s = code(s)
	parts := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("-/.年月日", r) })
	if digits := 2 + 2*n; len(parts) == 1 && len(s) == digits {
		parts = []string{s[:4], s[4:6], s[6:]}[:n]
	}
	if len(parts) != n {
		return 0, 0, 0, fmt.Errorf("not a date")
	}
	numbers := [3]int{0, 1, 1}
	for i, part := range parts {
		v, err := strconv.ParseUint(part, 10, 16)
		if err != nil || (i == 0 && len(part) != 4) || (i > 0 && len(part) > 2) {
			return 0, 0, 0, fmt.Errorf("not a date")
		}
		numbers[i] = int(v)
	}
	if numbers[0] < 1900 || numbers[0] > 2999 {
		return 0, 0, 0, fmt.Errorf("year out of range")
	}
	return numbers[0], numbers[1], numbers[2], nil
}
