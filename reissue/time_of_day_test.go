package reissue

import "testing"

func TestCutTime(t *testing.T) {
	const day = "20150920"
	for _, c := range []struct {
		reason, in string
		want       string // "" where it comes back as it is
		timed      bool
	}{
		{"a database's", "2015-09-20 00:00:00", day, false},
		{"a spreadsheet's", "2015/9/20 0:00", day, false},
		{"a spreadsheet's to the second", "2015/9/20 0:00:00", day, false},
		{"ISO", "2015-09-20T00:00:00", day, false},
		{"a fraction", "2015-09-20T00:00:00.0000000", day, false},
		{"a fraction behind a comma", "2015-09-20 00:00:00,000", day, false},
		{"a fraction that is not midnight", "2015-09-20T00:00:00.001", day, true},
		{"Greenwich", "2015-09-20T00:00:00.000Z", day, false},
		{"the office's clock", "2015-09-20T00:00:00+08:00", day, false},
		{"a database's, with its clock", "2015-09-20 00:00:00.0000000 +08:00", day, false},
		{"short, with its clock", "2015-09-20 00:00:00+08", day, false},
		{"midnight of a clock further east", "2015-09-20T00:00:00+0900", day, false},
		{"midnight of the office, as Greenwich has it", "2015-09-19T16:00:00.000Z", day, false},
		{"a second later", "2015-09-19T16:00:01Z", day, true},
		{"a second earlier", "2015-09-20T15:59:59Z", day, true},
		{"over the end of a year", "2015-12-31T16:00:00Z", "20160101", false},
		{"no midnight", "2015-09-20 08:30:00", day, true},
		{"the last minute", "2015-09-20 23:59", day, true},
		{"on the office's clock, said so", "2015-09-20T08:30:00+08:00", day, true},
		{"上午", "2015/9/20 上午 12:00:00", day, false},
		{"上午 without a blank", "2015年9月20日上午12:00", day, false},
		{"上午 of another kind", "2015/9/20 上午0:00", day, false},
		{"下午", "2015/9/20 下午 12:00", day, true},
		{"下午, and the hour says so too", "2015/9/20 下午 13:30", day, true},
		{"AM", "2015/9/20 12:00:00 AM", day, false},
		{"am", "2015/9/20 12:00am", day, false},
		{"PM", "2015-09-20 12:00 PM", day, true},
		{"Chinese", "2015年9月20日 0时00分00秒", day, false},
		{"Chinese, to the minute", "2015年09月20日00时00分", day, false},
		{"Chinese, to the hour", "2015年9月20日 0时", day, false},
		{"with blanks inside", " 2015 年 9 月 20 日　0 时 00 分 ", day, false},
		{"points", "2015.09.20 0:00", day, false},
		{"digits", "20150920 00:00:00", day, false},
		{"digits alone", "20150920000000", day, false},
		{"digits alone, another time", "20150920083000", day, true},
		{"ISO without marks", "20150920T000000Z", day, false},
		{"full-width", "２０１５／９／２０　０：００", day, false},

		{"a date alone", "2015年9月20日", "", false},
		{"a date alone, of ten", "2015-09-20", "", false},
		{"25 hours", "2015-09-20 25:00", "", false},
		{"24 hours are of one day or the other", "2015-09-20 24:00", "", false},
		{"60 minutes", "2015-09-20 00:60", "", false},
		{"60 seconds", "2015-09-20 00:00:60", "", false},
		{"25 hours in digits", "20150920250000", "", false},
		{"13 in the morning", "2015-09-20 13:00 AM", "", false},
		{"morning and afternoon", "2015-09-20 上午 1:00 PM", "", false},
		{"no such day", "2015-02-30 00:00", "", false},
		{"no such clock", "2015-09-20T00:00:00+25:00", "", false},
		{"half a time", "2015-09-20 12:", "", false},
		{"an hour alone", "2015-09-20 12", "", false},
		{"more behind it", "2015-09-20 00:00 x", "", false},
		{"a month", "2015-09 00:00:00", "", false},
		{"nothing", "", "", false},
	} {
		want := c.want
		if want == "" {
			want = c.in
		}
		if got, timed := CutTime(c.in); got != want || timed != c.timed {
			t.Errorf("%s: CutTime(%q) = %q, %v, want %q, %v", c.reason, c.in, got, timed, want, c.timed)
		}
	}
}

func FuzzCutTime(f *testing.F) {
	for _, seed := range []string{"2015-09-20T00:00:00.000+08:00", "2015年9月20日 上午12时00分", "20150920000000", "1900-01-01T00:00:01+14:00", "2999-12-31T23:59:59Z"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		date, timed := CutTime(s)
		if again, twice := CutTime(date); again != date || twice {
			t.Errorf("CutTime(%q) = %q, and of that %q, %v", s, date, again, twice)
		}
		if timed && len(date) != len("20150920") {
			t.Errorf("CutTime(%q) = %q, no date", s, date)
		}
	})
}
