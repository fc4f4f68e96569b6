package reissue

import (
	"testing"
	"time"
)

func TestParseDate(t *testing.T) {
	for _, c := range []struct{ reason, in, want string }{
		{"eight digits", "20201122", "20201122"},
		{"hyphens", "2020-11-22", "20201122"},
		{"slashes without zeros", "2020/1/2", "20200102"},
		{"dots", "2020.11.22", "20201122"},
		{"Chinese", "2020年11月22日", "20201122"},
		{"full-width digits and hyphens", "２０２０－１１－２２", "20201122"},
		{"spaces around", " 20201122　", "20201122"},
		{"leap day", "20200229", "20200229"},
		{"leap day of a year without one", "20190229", ""},
		{"leap day of a century", "19000229", ""},
		{"first year", "19000101", "19000101"},
		{"too early", "18991231", ""},
		{"last year", "29991231", "29991231"},
		{"too late", "30000101", ""},
		{"thirteenth month", "20191332", ""},
		{"day zero", "2020-11-00", ""},
		{"month zero", "2020-00-10", ""},
		{"31st of November", "2020-11-31", ""},
		{"year of two digits", "20-11-22", ""},
		{"day first", "22-11-2020", ""},
		{"month only", "202011", ""},
		{"seven digits", "2020112", ""},
		{"nine digits", "202011220", ""},
		{"eight with a sign", "+2020112", ""},
		{"month of three digits", "2020-011-22", ""},
		{"a spreadsheet's number", "44157", ""},
		{"words", "昨天", ""},
		{"nothing", "", ""},
		{"separators only", "-年/", ""},
	} {
		got, err := ParseDate(c.in)
		if got != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%s: ParseDate(%q) = %q, %v, want %q", c.reason, c.in, got, err, c.want)
		}
	}
}

func TestParseMonth(t *testing.T) {
	for _, c := range []struct{ reason, in, want string }{
		{"six digits", "199003", "199003"},
		{"hyphen", "1990-03", "199003"},
		{"dot without zero", "1990.3", "199003"},
		{"slash", "1990/12", "199012"},
		{"Chinese", "1990年3月", "199003"},
		{"a whole date", "1990-03-07", "199003"},
		{"a whole date in digits", "19900307", "199003"},
		{"full-width", "１９９００３", "199003"},
		{"thirteenth month", "199013", ""},
		{"month zero", "1990-00", ""},
		{"a date that does not exist", "1990-02-30", ""},
		{"year only", "1990", ""},
		{"too early", "189912", ""},
		{"nothing", "", ""},
	} {
		got, err := ParseMonth(c.in)
		if got != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%s: ParseMonth(%q) = %q, %v, want %q", c.reason, c.in, got, err, c.want)
		}
	}
}

func FuzzParseDate(f *testing.F) {
	for _, seed := range []string{"20201122", "2020-11-22", "2020年1月2日", "20191332", "２０２０．１１．２２", "", "年月日", "1990.3"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		date, err := ParseDate(s)
		if err == nil {
			if day, bad := time.Parse("20060102", date); bad != nil || day.Year() < 1900 || day.Year() > 2999 {
				t.Errorf("ParseDate(%q) = %q, no date", s, date)
			}
			if again, _ := ParseDate(date); again != date {
				t.Errorf("ParseDate(%q) = %q, but that reads as %q", s, date, again)
			}
		}
		month, monthErr := ParseMonth(s)
		if err == nil && (monthErr != nil || month != date[:6]) {
			t.Errorf("ParseMonth(%q) = %q, %v beside the date %q", s, month, monthErr, date)
		}
		if monthErr == nil {
			if _, bad := time.Parse("200601", month); bad != nil {
				t.Errorf("ParseMonth(%q) = %q, no month", s, month)
			}
		}
	})
}

func TestMoment(t *testing.T) {
	lateEvening := time.Date(2026, 1, 14, 16, 30, 0, 0, time.UTC)
	for _, c := range []struct{ reason, got, want string }{
		{"the office's day begins eight hours earlier", Today(lateEvening), "20260115"},
		{"and so does a moment's", At(lateEvening).Date(), "20260115"},
		{"shown on the office's clock", At(lateEvening).String(), "2026-01-15 00:30"},
		{"never", Moment(0).String(), ""},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.reason, c.got, c.want)
		}
	}
	midnight := time.Date(2026, 1, 15, 0, 0, 0, 0, cst)
	for _, c := range []struct {
		reason   string
		from, to time.Time
		want     int
	}{
		{"the same minute", midnight, midnight, 0},
		{"a day whole", midnight, midnight.Add(24*time.Hour - time.Millisecond), 0},
		{"over midnight", midnight.Add(-time.Millisecond), midnight, 1},
		{"a month", midnight, midnight.AddDate(0, 1, 0), 31},
		{"backwards", midnight, midnight.AddDate(0, 0, -2), -2},
	} {
		if got := DaysBetween(At(c.from), At(c.to)); got != c.want {
			t.Errorf("%s: %d days, want %d", c.reason, got, c.want)
		}
	}
}

func TestOverdue(t *testing.T) {
	settings := DefaultSettings()
	queued := time.Date(2026, 1, 1, 23, 0, 0, 0, cst)
	for _, c := range []struct {
		reason string
		days   int
		want   bool
	}{
		{"on the last day promised", 15, false},
		{"the day after", 16, true},
	} {
		if got := settings.Overdue(At(queued), queued.AddDate(0, 0, c.days)); got != c.want {
			t.Errorf("%s: %v", c.reason, got)
		}
	}
}

func TestStartOf(t *testing.T) {
	for _, c := range []struct {
		why  string
		date string
		days int
		want string
	}{
		{"the day begins at midnight of the office", "20261124", 0, "2026-11-24 00:00"},
		{"a later day, over the end of a month", "20261130", 1, "2026-12-01 00:00"},
		{"no date", "2026-11-24", 0, ""},
	} {
		if got := StartOf(c.date, c.days).String(); got != c.want {
			t.Errorf("%s: %q, want %q", c.why, got, c.want)
		}
	}
}
