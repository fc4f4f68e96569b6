package sheet

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"testing"

	"github.com/xuri/excelize/v2"
)

// written writes rows with these kinds and opens what they have become.
func written(t *testing.T, kinds Kinds, rows ...[]string) (*excelize.File, string) {
	t.Helper()
	var out bytes.Buffer
	w, err := NewXLSX(&out, "名单", spooled(t), kinds)
	if err != nil {
		t.Fatal(err)
	}
	for _, cells := range rows {
		if err := w.WriteRow(cells); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f, out.String()
}

// TestKinds: a column of dates holds dates and one of numbers numbers, behind the rows
// that decide on the widths, too; what is none stays text, and where there is nothing
// there is no cell.
func TestKinds(t *testing.T) {
	kinds := Kinds{"批准日期": Date, "审核时间": Time, "审核天数": Number}
	row := []string{"110101199003071233", "20201122", "2026-11-30 15:04", "12"}
	rows := [][]string{{"证件号码", "批准日期", "审核时间", "审核天数"}, row, {"20201122", "2020", "未审核", "=1"}, {"", "", "", ""}}
	for range sample {
		rows = append(rows, row)
	}
	f, content := written(t, kinds, rows...)
	for cell, want := range map[string]struct {
		raw, shown string
		text       bool
	}{
		"B1": {"批准日期", "批准日期", true},
		"A2": {"110101199003071233", "110101199003071233", true}, "B2": {"44157", "2020-11-22", false},
		"C2": {"46356.6277777778", "2026-11-30 15:04", false}, "D2": {"12", "12", false},
		"A3": {"20201122", "20201122", true}, "B3": {"2020", "2020", true}, "C3": {"未审核", "未审核", true}, "D3": {"'=1", "'=1", true},
		"B104": {"44157", "2020-11-22", false}, "D104": {"12", "12", false},
	} {
		raw, _ := f.GetCellValue("名单", cell, excelize.Options{RawCellValue: true})
		shown, _ := f.GetCellValue("名单", cell)
		kind, err := f.GetCellType("名单", cell)
		if text := kind == excelize.CellTypeInlineString; err != nil || raw != want.raw || shown != want.shown || text != want.text {
			t.Errorf("%s holds %q, shown as %q, of type %v, %v", cell, raw, shown, kind, err)
		}
	}
	for cell, missing := range map[string]bool{"A4": false, "B4": true, "C4": true, "D4": true} {
		if kind, _ := f.GetCellType("名单", cell); (kind == excelize.CellTypeUnset) != missing {
			t.Errorf("%s is of type %v", cell, kind)
		}
	}
	_, back, _ := read(t, file(t, content))
	if want := []string{"110101199003071233", "2020-11-22", "2026-11-30 15:04:00", "12"}; !slices.Equal(back[0], want) {
		t.Errorf("read again as %q, want %q", back[0], want)
	}
}

// TestTimesAreNotEarly: no minute of a day is written as an earlier one, with the digits
// that a cell has.
func TestTimesAreNotEarly(t *testing.T) {
	for minute := range 24 * 60 {
		text := fmt.Sprintf("2026-11-30 %02d:%02d", minute/60, minute%60)
		n, _ := Time.number(text)
		cut := strconv.FormatFloat(n, 'f', -1, 64)
		cut = cut[:min(len(cut), 16)] // 15 digits and the point; what is added below is a double's last bit
		if n, _ = strconv.ParseFloat(cut, 64); int((n-46356)*24*60+2e-8) != minute {
			t.Errorf("%s is written as %s", text, cut)
		}
	}
}

// TestKindOfOldDays: programs do not agree on what lies before March 1900, and count
// no days before that year.
func TestKindOfOldDays(t *testing.T) {
	for text, want := range map[string]float64{"19000228": 0, "19000301": 61, "18991231": 0, "20201322": 0} {
		if got, ok := Date.number(text); ok != (want > 0) || ok && got != want {
			t.Errorf("%s: %v, %v", text, got, ok)
		}
	}
}

// TestLayout: a workbook has a filter over all of its rows, a header that stays on the
// screen and on paper, and comes out one page wide.
func TestLayout(t *testing.T) {
	f, _ := written(t, Kinds{"批准日期": Date}, []string{"姓名", "批准日期"}, []string{"王", "20201122"}, []string{"李", "20201122"})
	names := map[string]string{}
	for _, name := range f.GetDefinedName() {
		names[name.Name] = name.RefersTo
	}
	if names["_xlnm._FilterDatabase"] != "'名单'!$A$1:$B$3" || names["_xlnm.Print_Titles"] != "'名单'!$1:$1" {
		t.Errorf("names %v", names)
	}
	page, err := f.GetPageLayout("名单")
	if err != nil || *page.Size != 9 || *page.Orientation != "landscape" || *page.FitToWidth != 1 || *page.FitToHeight != 0 {
		t.Errorf("the page is %v, %v", page, err)
	}
	if props, err := f.GetSheetProps("名单"); err != nil || props.FitToPage == nil || !*props.FitToPage {
		t.Errorf("not made to fit: %v", err)
	}
	if width, _ := f.GetColWidth("名单", "B"); width < 12 {
		t.Errorf("a column of dates is %v wide", width)
	}
	if f, _ := written(t, nil); len(f.GetDefinedName()) != 1 {
		t.Errorf("an empty table: %v", f.GetDefinedName())
	}
}
