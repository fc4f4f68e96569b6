package sheet

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"certreissue/spool"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// file puts content into a new file and gives its path.
func file(t testing.TB, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "名单.csv")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// spooled is where sheets of a test spool, a folder that is not there yet.
func spooled(t testing.TB) spool.Folder {
	t.Helper()
	return spool.Of(filepath.Join(t.TempDir(), "data.db"))
}

// read gives a file's header and rows, the fault of a row as its last cell.
func read(t testing.TB, path string) (header []string, rows [][]string, lines []int) {
	t.Helper()
	s, err := Open(path, spooled(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	for row, err := range s.Rows() {
		if err != nil {
			t.Fatal(err)
		}
		cells := slices.Clone(row.Cells)
		if row.Fault != nil {
			cells = append(cells, row.Fault.Error())
		}
		rows, lines = append(rows, cells), append(lines, row.Line)
	}
	return s.Header, rows, lines
}

// flat makes rows easy to compare and to read.
func flat(rows [][]string) string {
	var out []string
	for _, cells := range rows {
		out = append(out, strings.Join(cells, "|"))
	}
	return strings.Join(out, "\n")
}

func encode(t testing.TB, to encoding.Encoding, text string) string {
	t.Helper()
	out, err := to.NewEncoder().String(text)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// A quotation mark that is never closed must not cost the rows below it, nor
// the memory for them, and a line without end must not either.
func TestHugeRecords(t *testing.T) {
	const rows = 200_000 // 2 MB, more than one record may have
	plain := strings.Repeat("12345,789\n", rows)
	for _, test := range []struct {
		reason, in string
		want       int
		kind       RowKind
	}{
		{"a quote never closed", "a,b\n\"1,2\n" + plain, rows + 1, BadQuote},
		{"a line of 3 MB", "a,b\n" + strings.Repeat("x", 3<<20) + "\n" + plain, rows + 1, LongCell},
		{"a line of 3 MB of commas and a word", "a,b\n" + strings.Repeat(",", 200) + "x" + strings.Repeat(",", 3<<20) + "\n" + plain, rows + 1, ExtraCell},
		{"a quoted line of 3 MB", "a,b\n\"" + strings.Repeat("x", 3<<20) + "\"\n" + plain, rows + 1, LongCell},
		{"3 MB of white space", "a,b\n" + strings.Repeat(" ", 3<<20) + "\n" + plain, rows, LongCell},
	} {
		t.Run(test.reason, func(t *testing.T) {
			s, err := Open(file(t, test.in), spooled(t))
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			count := 0
			for row, err := range s.Rows() {
				if err != nil {
					t.Fatal(err)
				}
				if count++; row.Line == 2 && (row.Fault == nil || row.Fault.Kind != test.kind) {
					t.Errorf("fault %v", row.Fault)
				} else if row.Line > 2 && row.Fault != nil {
					t.Fatalf("line %d: %v", row.Line, row.Fault)
				}
			}
			if count < test.want {
				t.Errorf("%d rows, want %d", count, test.want)
			}
		})
	}
}

func TestFileFaults(t *testing.T) {
	t.Run("no file", func(t *testing.T) {
		checkFault(t, fileFault(filepath.Join(t.TempDir(), "无.csv")), NotFound, "找不到文件“无.csv”")
	})
	t.Run("a directory", func(t *testing.T) {
		checkFault(t, fileFault(t.TempDir()), NotAFile, "不是文件")
	})
}

// fileFault opens and reads a file to its end.
func fileFault(path string) error {
	s, err := Open(path, spool.Of(path))
	if err != nil {
		return err
	}
	defer s.Close()
	if _, _, err := s.Columns([]Column{{s.Header[0], true}}); err != nil {
		return err
	}
	for _, err := range s.Rows() {
		if err != nil {
			return err
		}
	}
	return nil
}

func checkFault(t *testing.T, err error, kind FileKind, sentence string) {
	t.Helper()
	var fault *FileFault
	if !errors.As(err, &fault) || fault.Kind != kind {
		t.Fatalf("got %v, want kind %v", err, fileKinds[kind])
	}
	if !strings.Contains(fault.Sentence(), sentence) {
		t.Errorf("sentence %q, want %q in it", fault.Sentence(), sentence)
	}
}

func TestTooManyRows(t *testing.T) {
	s, err := Open(file(t, "a\n"+strings.Repeat("1\n", MaxRows)), spooled(t))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	rows := 0
	for _, err = range s.Rows() {
		if err == nil {
			rows++
		}
	}
	checkFault(t, err, TooManyRows, "超过 2000000 行")
	if rows != MaxRows-1 {
		t.Errorf("%d rows before the fault", rows)
	}
}

// The rare character that tells the encoding may stand in the last line, and
// across the border of two blocks.
func TestEncodingOfTheWholeFile(t *testing.T) {
	for shift := range 4 {
		in := "name,b\n" + strings.Repeat("x", shift) + strings.Repeat("12345678\n", 3*buffer/9) + strings.Repeat("中𠮷", buffer/7)
		if valid, marked, err := survey(strings.NewReader(in)); !valid || marked || err != nil {
			t.Errorf("shift %d: valid UTF-8 not seen as such, %v", shift, err)
		}
		if valid, _, _ := survey(strings.NewReader(in[:len(in)-1])); valid {
			t.Errorf("shift %d: a cut last character passed", shift)
		}
	}
	in := encode(t, simplifiedchinese.GB18030, "name,b\n"+strings.Repeat("1,2\n", buffer)+"李,4\n")
	_, rows, _ := read(t, file(t, in))
	if last := rows[len(rows)-1]; last[0] != "李" {
		t.Errorf("last row %q", last)
	}
}

func TestRowsAgainAndProgress(t *testing.T) {
	s, err := Open(file(t, "a,b\n1,2\n3,4\n"), spooled(t))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	for range 2 {
		count := 0
		for range s.Rows() {
			count++
		}
		if count != 2 {
			t.Errorf("%d rows", count)
		}
		if done, total := s.Progress(); done != 12 || total != 12 {
			t.Errorf("progress %d of %d", done, total)
		}
	}
	for range s.Rows() {
		break // leaving early must not hurt
	}
}

func TestRowFaultSentences(t *testing.T) {
	for fault, want := range map[RowFault]string{
		{Kind: BadQuote}:                               "双引号不成对",
		{Kind: ExtraCell, Text: "石家庄"}:                 "多出“石家庄”",
		{Kind: BadText, Column: "姓名", Text: "王\uFFFD"}: "“姓名”列有无法识别的字符",
		{Kind: LongCell, Column: "专业"}:                 "“专业”列超过 1000 个字",
		{Kind: LongCell}:                               "本行超过 1000 个字",
		{Kind: ErrorValue, Column: "专业", Text: "#N/A"}: "“专业”列是表格软件的错误值“#N/A”，请填入原来的内容。",
		{Kind: NoResult, Column: "级别"}:                 "“级别”列的公式没有保存计算结果",
		{Kind: Hidden, Column: "级别", Text: "12.5"}:     "“级别”列的单元格里存的是“12.5”",
	} {
		if got := fault.Sentence(); !strings.Contains(got, want) {
			t.Errorf("%v: %q, want %q in it", fault, got, want)
		}
	}
}

func TestColumns(t *testing.T) {
	s := &Sheet{tables: []*table{{heads: []head{{names: []string{"专业", "姓名", "备注", "", "姓名", "备注", "级别"}}}}}}
	at, unknown, err := s.Columns([]Column{{"姓名", true}, {"证件号码", true}, {"专业", false}, {"报名市", false}})
	if !slices.Equal(at, []int{1, -1, 0, -1}) {
		t.Errorf("positions %v", at)
	}
	if !slices.Equal(unknown, Unknown{"备注", "级别"}) || !strings.Contains(unknown.Sentence(), "备注、级别") {
		t.Errorf("unknown %v", unknown)
	}
	var fault *HeaderFault
	if !errors.As(err, &fault) {
		t.Fatalf("error %v", err)
	}
	if want := "表头缺少必需的列：证件号码；表头中有重复的列：姓名。"; !strings.HasPrefix(fault.Sentence(), want) {
		t.Errorf("sentence %q", fault.Sentence())
	}
	if _, _, err := s.Columns([]Column{{"专业", true}, {"报名市", false}}); err != nil {
		t.Errorf("nothing is missing, but: %v", err)
	}
	if sentence := (Unknown{}).Sentence(); sentence != "" {
		t.Errorf("nothing unknown: %q", sentence)
	}
}
