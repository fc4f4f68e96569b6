package reissue

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// dateAndTime is a date with a time of day as spreadsheets, databases and
// programs write it: 2015/9/20 0:00, 2015-09-20T00:00:00.000+08:00,
// 2015年9月20日 上午12时00分.
var dateAndTime = regexp.MustCompile(`(?i)^(\d{8}[T ]|\d{4} ?[-/.] ?\d{1,2} ?[-/.] ?\d{1,2}[T ]|\d{4} ?年 ?\d{1,2} ?月 ?\d{1,2} ?日) ?` +
	`(AM|PM|上午|下午)? ?(\d{1,2}) ?(?:时|[:时] ?(\d{1,2}) ?(?:分|[:分] ?(\d{1,2})(?:[.,](\d+))? ?秒?)?) ?(AM|PM|上午|下午)? ?(Z|[-+]\d\d(?::?\d\d)?)?$`)

// compactTime is one in digits alone: 20150920000000, 20150920T000000.
var compactTime = regexp.MustCompile(`(?i)^(\d{8})T?(\d\d)(\d\d)(\d\d)`)

// CutTime is the date of a date with a time of day, YYYYMMDD, and tells whether
// that was another than midnight. A time that says how far its clock is from
// Greenwich, and is not midnight by it, is of the day on the office's clock:
// programs write 2015-09-19T16:00:00Z for 2015-09-20 here. What has no time, or
// an impossible one, comes back as it is.
func CutTime(s string) (date string, timed bool) {
	if len(s) <= len("2015-09-20") {
		return s, false
	}
	m := dateAndTime.FindStringSubmatch(compactTime.ReplaceAllString(HalfWidth(hyphens(Clean(s))), "$1 $2:$3:$4"))
	if m == nil {
		return s, false
	}
	date, err := ParseDate(strings.TrimRight(strings.ToUpper(m[1]), "T"))
	clock, ok := timeOfDay(m[2]+m[7], m[3], m[4], m[5], m[6])
	east, known := offset(m[8])
	if err != nil || !ok || !known || m[2] != "" && m[7] != "" {
		return s, false
	}
	if clock == 0 || m[8] == "" {
		return date, clock != 0
	}
	day, err := time.Parse("20060102", date)
	if err != nil {
		return s, false
	}
	here := day.Add(clock - east).In(cst)
	date = Today(here)
	return date, !here.Equal(StartOf(date, 0).Time())
}

// timeOfDay is how long after midnight a time is; half is "" on a clock of 24
// hours. Where the half of the day says no more than the hour does (下午 13:30),
// the hour stands.
func timeOfDay(half, hour, minute, second, fraction string) (clock time.Duration, ok bool) {
	// The pattern has let pass no more than two digits of each, or none.
	h, _ := strconv.Atoi(hour)
	m, _ := strconv.Atoi(minute)
	s, _ := strconv.Atoi(second)
	switch strings.ToUpper(half) {
	case "AM", "上午":
		if h > 12 {
			return 0, false
		}
		h %= 12
	case "PM", "下午":
		if h < 12 {
			h += 12
		}
	}
	if h > 23 || m > 59 || s > 59 {
		return 0, false
	}
	clock = time.Duration(h)*time.Hour + time.Duration(m)*time.Minute + time.Duration(s)*time.Second
	if strings.Trim(fraction, "0") != "" {
		clock += time.Nanosecond // however small, it is not midnight
	}
	return clock, true
}

// offset is how far east of Greenwich a clock is: Z, +08, +0800 or +08:00.
func offset(s string) (east time.Duration, ok bool) {
	if s == "" || strings.EqualFold(s, "Z") {
		return 0, true
	}
	h, _ := strconv.Atoi(s[1:3])
	m, _ := strconv.Atoi(strings.TrimPrefix(s[3:], ":"))
	east = time.Duration(h)*time.Hour + time.Duration(m)*time.Minute
	if s[0] == '-' {
		east = -east
	}
	return east, h <= 14 && m <= 59
}
