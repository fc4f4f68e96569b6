package sheet

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"
)

var dangerous = [][]string{
	{"姓名", "电话", "=列"},
	{"=1+1", "+86 138 0000 0000", "110101199003071233"},
	{"'-x", "@a", "a\"b,c"},
	{"𠮷\n田", "", "＝1"},
	{"'x", "-", "_x0041_"},
}

// What either writer writes, Open reads as it was: so the file of rejected
// lines can be imported again.
func TestRoundTrip(t *testing.T) {
	for name, create := range map[string]func(*bytes.Buffer) (Writer, error){
		"CSV":  func(out *bytes.Buffer) (Writer, error) { return NewCSV(out), nil },
		"XLSX": func(out *bytes.Buffer) (Writer, error) { return NewXLSX(out, "名单", spooled(t)) },
	} {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			w, err := create(&out)
			if err != nil {
				t.Fatal(err)
			}
			want := append([][]string(nil), dangerous...)
			for i := range 3 * sample {
				want = append(want, []string{fmt.Sprint(i), "2", "3"})
			}
			for _, cells := range want {
				if err := w.WriteRow(cells); err != nil {
					t.Fatal(err)
				}
			}
			if err := w.Close(); err != nil {
				t.Fatal(err)
			}
			header, rows, _ := read(t, file(t, out.String()))
			if got := flat(append([][]string{header}, rows...)); got != flat(want) {
				t.Errorf("%q,\nwant %q", got, flat(want))
			}
			if dangerous[1][0] != "=1+1" {
				t.Error("the caller's cells were changed")
			}
		})
	}
}

func TestCSVBytes(t *testing.T) {
	var out bytes.Buffer
	w := NewCSV(&out)
	w.WriteRow([]string{"姓名", "电话"})
	w.WriteRow([]string{"=1", "a,b"})
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if got, want := out.String(), "\uFEFF姓名,电话\r\n'=1,\"a,b\"\r\n"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func TestXLSXLooks(t *testing.T) {
	var out bytes.Buffer
	w, err := NewXLSX(&out, "补证申请", spooled(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, cells := range dangerous {
		if err := w.WriteRow(cells); err != nil {
			t.Fatal(err)
		}
	}
	if out.Len() > 0 {
		t.Error("written before Close")
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(out.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	const name = "补证申请"
	for _, cell := range []string{"A1", "A2", "C2"} {
		kind, _ := f.GetCellType(name, cell)
		id, _ := f.GetCellStyle(name, cell)
		style, err := f.GetStyle(id)
		if err != nil || kind != excelize.CellTypeInlineString || style.NumFmt != 49 {
			t.Errorf("%s: type %v, format %d, %v", cell, kind, style.NumFmt, err)
		}
		if bold := style.Font != nil && style.Font.Bold; bold != (cell == "A1") {
			t.Errorf("%s: bold %v", cell, bold)
		}
	}
	if value, _ := f.GetCellValue(name, "A2"); value != "'=1+1" {
		t.Errorf("A2 holds %q", value)
	}
	if formula, _ := f.GetCellFormula(name, "A2"); formula != "" {
		t.Errorf("A2 is the formula %q", formula)
	}
	if panes, err := f.GetPanes(name); err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes %+v, %v", panes, err)
	}
	if width, _ := f.GetColWidth(name, "C"); width < 18 {
		t.Errorf("a column of ID numbers is %v wide", width)
	}
}

func TestWriterFaults(t *testing.T) {
	if _, err := NewXLSX(&bytes.Buffer{}, "a/b", spooled(t)); err == nil {
		t.Error("a name with a slash passed")
	}
	full := errors.New("disk full")
	for name, w := range map[string]Writer{"CSV": NewCSV(broken{full}), "XLSX": must(NewXLSX(broken{full}, "a", spooled(t)))} {
		err := w.WriteRow([]string{strings.Repeat("x", 10)})
		if err = errors.Join(err, w.Close()); !errors.Is(err, full) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

type broken struct{ err error }

func (b broken) Write([]byte) (int, error) { return 0, b.err }

func must(w Writer, err error) Writer {
	if err != nil {
		panic(err)
	}
	return w
}
