package sheet

import (
	"strings"
	"testing"
)

// styled is a workbook whose cell below the header has a format of its own.
func styled(t *testing.T, cell, code string, more map[string]string) string {
	t.Helper()
	all := map[string]string{
		"xl/styles.xml":            stylesOf(code),
		"xl/worksheets/sheet1.xml": worksheet(`<row r="1"><c r="A1" t="inlineStr"><is><t>列</t></is></c></row><row r="2">` + cell + `</row>`),
	}
	for name, content := range more {
		all[name] = content
	}
	return archive(t, all)
}

// What a cell shows is what is read, but for dress; what cannot be told is rejected.
func TestFormats(t *testing.T) {
	for _, test := range []struct{ reason, value, code, want string }{
		{"a literal before a number", "1234", `"2015"000000`, "2015001234"},
		{"an escaped literal before a number", "1234", `\A000000`, "A001234"},
		{"a literal behind a number", "2015", `0"年"`, "2015年"},
		{"a literal behind a number in its plain form", "2015", `General"年"`, "2015年"},
		{"a bare character", "2015", `0年`, "2015年"},
		{"a bracket that nothing closes", "12", `000[`, "012"},
		{"a currency that nothing closes", "15", `[$¥`, "¥"},
		{"a literal that nothing closes", "2015", `0"年`, "2015年"},
		{"a sign that escapes nothing", "2015", `0\`, "2015"},
		{"a space as wide as nothing", "2015", `0_`, "2015"},
		{"zeros before a number", "12", `000000`, "000012"},
		{"zeros before a number, with colours", "12", `[Blue]000000;[Red]-000000`, "000012"},
		{"zeros before a negative number, with colours", "-12", `[Blue]000000;[Red]-000000`, "-000012"},
		{"a negative number without a section of its own", "-12", `000000`, "-000012"},
		{"more digits than places", "1234567", `000`, "1234567"},
		{"zeros before zero", "0", `0000`, "0000"},
		{"a zero that is shown otherwise", "0", `0;-0;"无"`, "无"},
		{"a zero that is not shown", "0", `0;-0;`, ""},
		{"a condition that holds", "12", `[<100]000;00000`, "012"},
		{"a condition that does not hold", "120", `[<100]000;00000`, "00120"},
		{"marks between digits", "19900307", `0000"-"00"-"00`, "1990-03-07"},
		{"a point between digits that is none", "199003", `0000\.00`, "1990.03"},
		{"a month as a number", "1990.1", `0.00`, "1990.10"},
		{"a month as a number of binary fractions", "1990.0999999999999", `0.00`, "1990.10"},
		{"a month as a plain number", "1990.1", `General`, "1990.1"},
		{"digits that need not be shown", "1990.5", `0.0##`, "1990.5"},
		{"a whole number with decimals", "2015", `0.00`, "2015"},
		{"a whole number with marks between thousands", "2015", `#,##0`, "2015"},
		{"an accountant's number", "2015", `_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ `, "2015"},
		{"a percentage", "0.5", `0%`, "50%"},
		{"a currency", "15", `[$¥-804]0.00`, "¥15"},
		{"an exponent", "201500000123", `0.00E+00`, "201500000123"},
		{"fewer decimals than there are", "1990.12", `0.0`, "1990.12|" + hidden},
		{"a half hidden by a whole number", "2015.5", `0`, "2015.5|" + hidden},
		{"thousands left out", "2015000", `0,`, "2015000|" + hidden},
		{"a fraction", "0.5", `# ?/?`, "0.5|" + hidden},
		{"Chinese digits", "2015", `[DBNum1]0`, "2015|" + hidden},
		{"a number that is not shown at all", "2015", `;;;`, "2015|" + hidden},
		{"a time of the day", "0.5", `h:mm`, "0.5|" + hidden},
		{"hours that have gone by", "0.5", `[h]:mm`, "0.5|" + hidden},
		{"a time by halves of the day", "0.5", `上午/下午h"时"mm"分"`, "0.5|" + hidden},
		{"a Chinese month", "42267", `e"年"m"月"`, "2015-09-20"},
		{"a Chinese month with a hyphen", "42267", `e-mm`, "2015-09-20"},
		{"a Chinese date in Chinese digits", "42267", `[DBNum1][$-804]yyyy"年"m"月"d"日"`, "2015-09-20"},
		{"a month alone", "42267", `mm`, "2015-09-20"},
		{"a day of the week", "42267", `aaaa`, "2015-09-20"},
		{"a year that is a date", "42005", `yyyy`, "2015"},
		{"a year that is a date, with a word", "42005", `yyyy"年"`, "2015"},
		{"a year that is a date, the Chinese way", "42005", `[$-804]e"年"`, "2015"},
		{"a year of two digits", "42005", `yy`, "2015"},
		{"a date and a time", "42267.999999", `yyyy/m/d h:mm:ss`, "2015-09-20 23:59:59.914"},
		{"a date and a time that is no midnight", "42267.3541666667", `yyyy/m/d h:mm:ss`, "2015-09-20 08:30:00"},
		{"a time that the format does not show", "42267.5", `yyyy-mm-dd`, "2015-09-20 12:00:00"},
		{"a time of less than a second", "42267.000005", `yyyy-mm-dd`, "2015-09-20 00:00:00.432"},
		{"a rounded midnight", "42267.000000001", `yyyy-mm-dd`, "2015-09-20"},
		{"the midnight of the next day, rounded", "42266.999999999", `yyyy-mm-dd`, "2015-09-20"},
		{"a time of a year", "42005.5", `yyyy`, "2015"},
		{"a date before the leap day that was none", "59", `yyyy-mm-dd`, "1900-02-28"},
		{"the leap day that was none", "60", `yyyy-mm-dd`, "60|" + hidden},
		{"the day behind it", "61", `yyyy-mm-dd`, "1900-03-01"},
		{"the last day", "2958465", `yyyy-mm-dd`, "9999-12-31"},
		{"the day behind it is none", "2958466", `yyyy-mm-dd`, "2958466|" + hidden},
		{"no day", "0", `yyyy-mm-dd`, "0|" + hidden},
		{"no number", "1,5", `0`, "1,5|" + hidden},
		{"no finite number", "NaN", `General`, "NaN|" + hidden},
		{"an ID number behind a literal", "110101199003071233", `"A"0`, "1.10101199003071E+17"},
	} {
		t.Run(test.reason, func(t *testing.T) {
			sentinel := `<c r="A2" s="1"><v>` + test.value + `</v></c></row><row r="3"><c r="A3" t="str"><v>x</v></c>`
			_, rows, _ := read(t, styled(t, sentinel, test.code, nil))
			want := "x"
			if test.want != "" {
				want = test.want + "\nx"
			}
			if got := flat(rows); got != want {
				t.Errorf("%q, want %q", got, want)
			}
		})
	}
	t.Run("a workbook that counts from 1904", func(t *testing.T) {
		_, rows, _ := read(t, styled(t, `<c r="A2" s="1"><v>40805</v></c>`, "yyyy-mm-dd", map[string]string{"xl/workbook.xml": strings.Replace(minimal()["xl/workbook.xml"], "<sheets>", `<workbookPr date1904="1"/><sheets>`, 1)}))
		if got := flat(rows); got != "2015-09-20" {
			t.Errorf("%q", got)
		}
	})
	for _, test := range []struct{ reason, cell, code, want string }{
		{"a date that is written as one", `<c r="A2" s="1" t="d"><v>2015-09-20</v></c>`, "yyyy-mm-dd", "2015-09-20"},
		{"with a time", `<c r="A2" s="1" t="d"><v>2015-09-20T00:00:00.000Z</v></c>`, "yyyy-mm-dd h:mm", "2015-09-20"},
		{"without a format", `<c r="A2" t="d"><v>2015-09-20T08:30:00</v></c>`, "0", "2015-09-20T08:30:00"},
		{"with a clock", `<c r="A2" s="1" t="d"><v>2015-09-20T00:00:00+08:00</v></c>`, "yyyy-mm-dd", "2015-09-20T00:00:00+08:00"},
		{"with a time that is none", `<c r="A2" s="1" t="d"><v>2015-09-20T25:00</v></c>`, "yyyy-mm-dd", "2015-09-20T25:00"},
		{"with a time, shown as a year", `<c r="A2" s="1" t="d"><v>2015-01-01T08:30:00</v></c>`, "yyyy", "2015"},
		{"shown as a year", `<c r="A2" s="1" t="d"><v>2015-01-01</v></c>`, "yyyy", "2015"},
		{"no date", `<c r="A2" s="1" t="d"><v>2015-02-30</v></c>`, "yyyy", "2015-02-30|" + hidden},
		{"a time alone", `<c r="A2" s="1" t="d"><v>T08:30:00</v></c>`, "h:mm", "T08:30:00|" + hidden},
		{"a text with something around it", `<c r="A2" s="1" t="str"><v>王</v></c>`, `0;-0;0;"冀"@`, "冀王"},
		{"a text in the only section", `<c r="A2" s="1" t="str"><v>王</v></c>`, `@"市"`, "王市"},
		{"a text in a date cell", `<c r="A2" s="1" t="str"><v>王</v></c>`, `yyyy-mm-dd;@`, "王"},
		{"a text that is not shown", `<c r="A2" s="1" t="str"><v>王</v></c>`, `;;;`, "王|" + hidden},
	} {
		t.Run(test.reason, func(t *testing.T) {
			_, rows, _ := read(t, styled(t, test.cell, test.code, nil))
			if got := flat(rows); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
		})
	}
}
