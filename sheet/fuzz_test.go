package sheet

import (
	"bytes"
	"os"
	"testing"
	"unicode/utf8"
)

// Whatever a text holds, reading it ends, gives rows as wide as the header
// with rising numbers, good text in every row that has no fault, and the same
// again the second time.
func FuzzText(f *testing.F) {
	for _, seed := range []string{
		"姓名,证件号码\r\n王䶮,110101199003071233\r\n",
		"\uFEFFa;b\n\n\"1\n2\";3\n", "a\tb\r1\t2\r", "a,b\n\"1,2\n3,\"4\n\"\"\"5,6\n",
		"\xFF\xFEa\x00\n\x001\x00", "\xD0\xD5,b\n\xFF,1\n", "a,b\n=\"1\",'=2,3\n", "a\n\"\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		text, err := openText(bytes.NewReader(content), int64(len(content)))
		if err != nil {
			checkKind(t, err)
			return
		}
		s := &Sheet{tables: []*table{text.table()}, doubtful: text.charset != nil, shifts: true}
		if err := s.readHeads(); err != nil {
			checkKind(t, err)
			return
		}
		if first, second := checkRows(t, s), checkRows(t, s); first != second {
			t.Fatalf("%d rows, then %d", first, second)
		}
	})
}

// The same for a workbook, of which the fuzzer makes the sheet.
func FuzzWorksheet(f *testing.F) {
	f.Add(worksheet(`<row r="1"><c r="A1" t="inlineStr"><is><t>a</t></is></c></row><row r="3"><c r="A3"><v>1</v></c></row>`))
	f.Fuzz(func(t *testing.T, content string) {
		path := archive(t, map[string]string{"xl/worksheets/sheet1.xml": content})
		s, err := Open(path, spooled(t))
		if err != nil {
			checkKind(t, err)
			return
		}
		defer s.Close()
		checkRows(t, s)
		os.Remove(path)
	})
}

// checkKind fails unless the fault is one with a sentence of its own.
func checkKind(t *testing.T, err error) {
	t.Helper()
	if fault, ok := err.(*FileFault); !ok || fault.Kind == Unreadable {
		t.Fatalf("fault of the file: %v", err)
	}
}

func checkRows(t *testing.T, s *Sheet) (rows int) {
	t.Helper()
	last := s.Top
	for row, err := range s.Rows() {
		if err != nil {
			checkKind(t, err)
			return rows
		}
		if row.Line <= last || len(row.Cells) != len(s.Header) {
			t.Fatalf("line %d after %d, %d cells", row.Line, last, len(row.Cells))
		}
		rows, last = rows+1, row.Line
		for _, cell := range row.Cells {
			if row.Fault == nil && (!utf8.ValidString(cell) || utf8.RuneCountInString(cell) > MaxCell) {
				t.Fatalf("line %d: %q without a fault", last, cell)
			}
		}
	}
	return rows
}
