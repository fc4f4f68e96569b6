package sheet

import (
	"archive/zip"
	"bytes"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"certreissue/spool"
)

// Whatever a text holds, reading it ends, gives rows as wide as the header
// with rising numbers, good text in every row that has no fault, and the same
// again the second time.
func FuzzText(f *testing.F) {
	for _, c := range slices.Concat(goodTexts(f), faultyTexts(f)) {
		f.Add([]byte(c.content))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		if len(content) == 0 {
			return // Open tells
		}
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

// fuzzed are the parts of a workbook that the fuzzer makes.
var fuzzed = [...]string{"xl/workbook.xml", sheet1, "xl/sharedStrings.xml", "xl/styles.xml"}

// The same for a workbook, part by part.
func FuzzWorkbook(f *testing.F) {
	for _, c := range slices.Concat(goodBooks(f), faultyBooks(f)) {
		all, err := openParts(strings.NewReader(c.content), int64(len(c.content)))
		if err != nil {
			continue // a seed of FuzzArchive
		}
		var contents [len(fuzzed)]string
		for i, name := range fuzzed {
			if part := all[partName(name)]; part != nil {
				contents[i] = inflated(f, part)
			}
		}
		f.Add(contents[0], contents[1], contents[2], contents[3])
	}
	spooled := spooled(f)
	f.Fuzz(func(t *testing.T, book, sheet, texts, styles string) {
		all := minimal()
		for i, content := range []string{book, sheet, texts, styles} {
			all[fuzzed[i]] = content
		}
		checkArchive(t, packBy(t, zip.Store, all), spooled) // packing would take nearly all of the time
	})
}

func inflated(f *testing.F, part *zip.File) string {
	f.Helper()
	in, err := part.Open()
	if err != nil {
		f.Fatal(err)
	}
	defer in.Close()
	content, _ := io.ReadAll(in) // a wrong checksum is none of a new archive
	return string(content)
}

// The same for the archive itself.
func FuzzArchive(f *testing.F) {
	for _, c := range slices.Concat(goodBooks(f), faultyBooks(f)) {
		f.Add(c.content)
	}
	spooled := spooled(f)
	f.Fuzz(func(t *testing.T, content string) { checkArchive(t, content, spooled) })
}

func checkArchive(t *testing.T, content string, spooled spool.Folder) {
	t.Helper()
	book, err := openWorkbook(strings.NewReader(content), int64(len(content)), spooled)
	if err != nil {
		checkKind(t, err)
		return
	}
	defer book.close()
	s := &Sheet{book: book, tables: book.tables, doubtful: true}
	if err := s.readHeads(); err != nil {
		checkKind(t, err)
		return
	}
	if first, second := checkRows(t, s), checkRows(t, s); first != second {
		t.Fatalf("%d rows, then %d", first, second)
	}
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
	if _, _, err := s.Columns(corpusColumns); err != nil {
		if _, ok := err.(*HeaderFault); !ok {
			checkKind(t, err)
		}
	}
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
