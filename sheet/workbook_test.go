package sheet

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
)

// book makes a workbook file by means of fill.
func book(t testing.TB, fill func(f *excelize.File)) string {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	fill(f)
	path := filepath.Join(t.TempDir(), "名单.xlsx")
	if err := f.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	return path
}

func style(t testing.TB, f *excelize.File, cell string, builtIn int, custom string) {
	t.Helper()
	format := &excelize.Style{NumFmt: builtIn}
	if custom != "" {
		format.CustomNumFmt = &custom
	}
	id, err := f.NewStyle(format)
	if err != nil {
		t.Fatal(err)
	}
	if err := f.SetCellStyle("Sheet1", cell, cell, id); err != nil {
		t.Fatal(err)
	}
}

const hidden = "sheet: number not as it is shown: 列"

func TestCellsOfAWorkbook(t *testing.T) {
	day := time.Date(2020, 11, 22, 0, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		reason  string
		value   any // excelize.Cell stands for a value as it is in the XML
		builtIn int
		custom  string
		want    string
	}{
		{"date, built-in 14", day, 14, "", "2020-11-22"},
		{"date, built-in 15 (d-mmm-yy)", day, 15, "", "2020-11-22"},
		{"month, built-in 17 (mmm-yy)", day, 17, "", "2020-11-22"},
		{"date and time, built-in 22", day.Add(9 * time.Hour), 22, "", "2020-11-22 09:00:00"},
		{"Chinese date, built-in 31", day, 31, "", "2020-11-22"},
		{"Chinese month, built-in 57", day, 57, "", "2020-11-22"},
		{"Chinese date, custom", day, 0, `yyyy"年"m"月"d"日"`, "2020-11-22"},
		{"Chinese date with a locale", day, 0, `[$-804]yyyy"年"m"月"d"日";@`, "2020-11-22"},
		{"date with slashes", day, 0, `yyyy/m/d;@`, "2020-11-22"},
		{"date with escaped points", day, 0, `d\.m\.yyyy`, "2020-11-22"},
		{"date without marks", day, 0, `yyyymmdd`, "2020-11-22"},
		{"date and time, custom", day.Add(time.Hour), 0, `yyyy-mm-dd hh:mm:ss`, "2020-11-22 01:00:00"},
		{"date before 1970", time.Date(1962, 9, 27, 0, 0, 0, 0, time.UTC), 14, "", "1962-09-27"},
		{"text in a date cell", "2020年11月", 14, "", "2020年11月"},
		{"a number that looks like a date", 20201122, 0, "", "20201122"},
		{"a number beyond the dates is not made a good one", 20201122, 14, "", "20201122|" + hidden},
		{"a year", 2020, 0, "", "2020"},
		{"a birthday", 19900307, 0, "", "19900307"},
		{"a year with two decimals", 2020, 2, "", "2020"},
		{"a year with a comma", 2020, 3, "", "2020"},
		{"a red number, not a date", 2020, 0, `0;[Red]-0`, "2020"},
		{"a number with a word, not a date", 2020, 0, `0"day"`, "2020day"},
		{"a float from another program", rawNumber("2020.0"), 0, "", "2020"},
		{"a number with an exponent", rawNumber("1.9900307E7"), 0, "", "19900307"},
		{"zeros before a number", 1234, 0, `0000000`, "0001234"},
		{"an old ID number of 15 digits", rawNumber("110101900307123"), 0, "", "110101900307123"},
		{"an ID number as Excel keeps it", rawNumber("1.10101199003071E+17"), 0, "", "1.10101199003071E+17"},
		{"the same, shown with its digits", rawNumber("1.10101199003071E+17"), 1, "", "1.10101199003071E+17"},
		{"the same, shown with eighteen zeros", rawNumber("1.10101199003071E+17"), 0, `000000000000000000`, "1.10101199003071E+17"},
		{"the same, shown as text", rawNumber("1.10101199003071E+17"), 49, "", "1.10101199003071E+17"},
		{"the same, by LibreOffice", rawNumber("1.10101199003071E+017"), 0, "", "1.10101199003071E+17"},
		{"an ID number as text", "110101199003071233", 49, "", "110101199003071233"},
		{"a rare name in spaces", "　王䶮\u00A0", 0, "", "王䶮"},
		{"a formula of ours", "'=1+1", 0, "", "=1+1"},
		{"a truth", true, 0, "", "TRUE"},
	} {
		t.Run(test.reason, func(t *testing.T) {
			path := book(t, func(f *excelize.File) {
				f.SetCellValue("Sheet1", "A1", "列")
				if number, ok := test.value.(rawNumber); ok {
					f.SetCellDefault("Sheet1", "A2", string(number))
				} else {
					f.SetCellValue("Sheet1", "A2", test.value)
				}
				if test.builtIn != 0 || test.custom != "" {
					style(t, f, "A2", test.builtIn, test.custom)
				}
			})
			_, rows, _ := read(t, path)
			if got := flat(rows); got != test.want {
				t.Errorf("%q, want %q", got, test.want)
			}
			if got, want := Spoilt(rows[0][0]), strings.Contains(test.want, "E+"); got != want {
				t.Errorf("spoilt: %v", got)
			}
		})
	}
}

// rawNumber is a number as it stands in the XML.
type rawNumber string

// mostMemory is what reading a workbook may hold at a time beyond what it gives, whatever
// it inflates to.
const mostMemory = 64 << 20

// cheapFault is fileFault, within the bounds of memory.
func cheapFault(t *testing.T, path string) (err error) {
	t.Helper()
	defer debug.SetGCPercent(debug.SetGCPercent(10)) // what is garbage is not held
	runtime.GC()
	held := func() int64 {
		var now runtime.MemStats
		runtime.ReadMemStats(&now)
		return int64(now.HeapAlloc)
	}
	before, peak := held(), int64(0)
	done := make(chan struct{})
	go func() { defer close(done); err = fileFault(path) }()
	for ended := false; !ended; {
		peak = max(peak, held()-before)
		select {
		case <-done:
			ended = true
		case <-time.After(time.Millisecond):
		}
	}
	if t.Logf("%d MB", peak>>20); peak > mostMemory {
		t.Errorf("%d MB are held at once", peak>>20)
	}
	return err
}

// TestBadWorkbooks: what is no sound workbook is refused as what it is, and takes little
// memory however much it inflates to.
func TestBadWorkbooks(t *testing.T) {
	if testing.Short() {
		t.Skip("the bombs are left out of a short run")
	}
	const sheet1 = "xl/worksheets/sheet1.xml"
	row := `<row><c t="inlineStr"><is><t>列</t></is></c></row>`
	for _, test := range []struct {
		reason, part, content string
		kind                  FileKind
	}{
		{"a Word document", "xl/workbook.xml", "", NotAWorkbook},
		{"a workbook part that is none", "xl/workbook.xml", `<document xmlns="http://schemas.openxmlformats.org/wordprocessingml/2006/main"/>`, NotAWorkbook},
		{"no worksheet", "xl/workbook.xml", `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>`, Damaged},
		{"an empty sheet", sheet1, worksheet(""), Empty},
		{"a sheet that breaks off", sheet1, strings.TrimSuffix(worksheet(row+row+`<row><c t="inlineStr"><is>`), `</sheetData></worksheet>`), Damaged},
		{"XML wrong in the middle", sheet1, worksheet(row + row + `<row><c t="str"><v>a & b</v></c></row>` + row + row), Damaged},
		{"a control character", sheet1, worksheet(row + row + "<row><c t=\"str\"><v>\x01</v></c></row>" + row), Damaged},
		{"a bomb of one cell", sheet1, worksheet(row + `<row><c t="str"><v>` + strings.Repeat("x", 8<<20) + `</v></c></row>`), Damaged},
		{"a bomb of spaces between rows", sheet1, worksheet(row + strings.Repeat(" ", 20<<20)), Damaged},
		{"a bomb of attributes", sheet1, worksheet(row + "<row" + strings.Repeat(` a="b"`, 3<<20) + "/>"), Damaged},
		{"a bomb of nesting", sheet1, worksheet(row + strings.Repeat("<a>", 1<<20)), Damaged},
		{"a bomb of nesting that looks closed", sheet1, worksheet(row + strings.Repeat("<a><b/>", 1<<20)), Damaged},
		{"a bomb of empty rows", sheet1, worksheet(row + strings.Repeat("<row/>", MaxRows)), TooManyRows},
		{"a bomb of one shared text", "xl/sharedStrings.xml", "<sst><si><t>" + strings.Repeat("x", 8<<20) + "</t></si></sst>", Damaged},
		{"a bomb of texts", "xl/sharedStrings.xml", `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` + strings.Repeat("<si/>", maxTexts+1) + "</sst>", TooLarge},
		{"a bomb of styles", "xl/styles.xml", strings.Repeat(" ", maxPart+1), TooLarge},
	} {
		t.Run(test.reason, func(t *testing.T) {
			checkFault(t, cheapFault(t, archive(t, map[string]string{test.part: test.content})), test.kind, "")
		})
	}
	t.Run("a sheet that declares more than 1536 MB", func(t *testing.T) {
		checkFault(t, cheapFault(t, bomb(t, maxSheet+1)), TooLarge, "解压后超过 1536 MB")
	})
	t.Run("a sheet that declares a thousand times what it is packed to", func(t *testing.T) {
		checkFault(t, cheapFault(t, bomb(t, freeRatio+1)), TooLarge, "请删去图片和多余的工作表")
	})
	t.Run("a sheet that inflates to more than it declares", func(t *testing.T) {
		checkFault(t, cheapFault(t, bomb(t, 10)), Damaged, "读不完整")
	})
	t.Run("a wrong checksum", func(t *testing.T) {
		path := archive(t, nil)
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		name := bytes.LastIndex(content, []byte("xl/worksheets/sheet1.xml")) // in the archive's list
		content[name-46+16]++
		checkFault(t, cheapFault(t, file(t, string(content))), Damaged, "读不完整")
	})
}

// Shared texts too many for memory lie in a temporary file: closed to others, and gone
// after Close.
func TestSpooledTexts(t *testing.T) {
	dir := spooled(t)
	var texts, cells strings.Builder
	for i := range 20_000 {
		fmt.Fprintf(&texts, `<si><t>%d%s</t></si>`, i, strings.Repeat("列", 300))
		fmt.Fprintf(&cells, `<row><c t="s"><v>%d</v></c></row>`, i)
	}
	s, err := Open(archive(t, map[string]string{"xl/worksheets/sheet1.xml": worksheet(cells.String()),
		"xl/sharedStrings.xml": `<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">` + texts.String() + `</sst>`}), dir)
	if err != nil {
		t.Fatal(err)
	}
	rows := 0
	for row, err := range s.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		if rows++; !strings.HasPrefix(row.Cells[0], fmt.Sprint(rows, "列")) {
			t.Fatalf("line %d: %q", row.Line, row.Cells[0])
		}
	}
	if rows != 19_999 {
		t.Errorf("%d rows", rows)
	}
	names, _ := filepath.Glob(filepath.Join(string(dir), "*"))
	if len(names) != 1 {
		t.Fatalf("temporary files %v", names)
	}
	for path, want := range map[string]os.FileMode{names[0]: 0o600, filepath.Dir(names[0]): 0o700} {
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
			t.Errorf("%s: mode %v, %v", path, info.Mode(), err)
		}
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if left, err := os.ReadDir(string(dir)); err == nil {
		t.Errorf("left behind: %v", left)
	}
}

// TestLostDigits: an ID number typed as a number has lost its last digits, one
// typed as text that ends in zeros has not.
func TestLostDigits(t *testing.T) {
	book := excelize.NewFile()
	for cell, value := range map[string]any{"A1": "证件号码", "B1": "证书管理号", "A2": 130102197001070000, "B2": "130102197001070000", "A3": "x", "B3": 20201122} {
		if err := book.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	path := filepath.Join(t.TempDir(), "numbers.xlsx")
	if err := book.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	s, err := Open(path, spooled(t))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	var got []string
	for row, err := range s.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, row.Cells...)
	}
	if len(got) != 4 || !Spoilt(got[0]) || got[1] != "130102197001070000" || got[3] != "20201122" {
		t.Errorf("cells %q", got)
	}
}
