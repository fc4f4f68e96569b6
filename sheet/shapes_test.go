package sheet

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestShapes reads lists as offices keep them: with titles and notes above, marks for
// spreadsheet programs, digits behind an apostrophe, the header once more in the middle.
func TestShapes(t *testing.T) {
	want := []Column{{"姓名", true}, {"证件号码", true}, {"专业", false}}
	prose := strings.Repeat("填写说明。", 300)
	for reason, c := range map[string]struct {
		in       string
		top      int
		rows     string // name, number and what else there is, by line
		repeated int
	}{
		"plain":                         {"姓名,证件号码\n张三,11\n", 1, "2:张三|11", 0},
		"a title above":                 {"2015年证书档案,\n姓名,证件号码\n张三,11\n", 2, "3:张三|11", 0},
		"a title, a blank line, notes":  {"档案\n\n说明：* 为必填\n*姓名,*证件号码\n张三,11\n", 4, "5:张三|11", 0},
		"prose longer than a cell":      {prose + "\n姓名,证件号码\n张三,11\n", 2, "3:张三|11", 0},
		"notes with a stray quote":      {"注意\"：,\n姓名,证件号码\n张三,11\n", 2, "3:张三|11", 0},
		"the tenth row":                 {strings.Repeat("x\n", 9) + "姓名,证件号码\n张三,11\n", 10, "11:张三|11", 0},
		"a row with some of them first": {"姓名,备注\n姓名,证件号码\n张三,11\n", 2, "3:张三|11", 0},
		"the header once more":          {"姓名,证件号码\n张三,11\n 姓名 ,证件号码*\n李四,12\n姓名,证件号码\n", 1, "2:张三|11 4:李四|12", 2},
		"a header twice from the top":   {"姓名,证件号码\n姓名,证件号码\n张三,11\n", 1, "3:张三|11", 1},
		"sep=; and the word of a comma": {"sep=;\n姓名;证件号码\n张,三;11\n", 2, "3:张,三|11", 0},
		"sep=, quoted":                  {"\"sep=,\"\n姓名,证件号码\n张三,11\n", 2, "3:张三|11", 0},
		"sep with a bar":                {"sep=|\r\n姓名|证件号码\r\n张三|11\r\n", 2, "3:张三|11", 0},
		"the end of a text of DOS":      {"姓名,证件号码\r\n张三,11\r\n\x1a", 1, "2:张三|11", 0},
		"and behind a value":            {"姓名,证件号码\n张三,11\x1a", 1, "2:张三|11", 0},
		"digits behind an apostrophe":   {"姓名,证件号码\n张三,'0011\n李四,`0012\n", 1, "2:张三|0011 3:李四|0012", 0},
		"an apostrophe before a word":   {"姓名,证件号码\n'张三,`x\n", 1, "2:'张三|`x", 0},
		"empty columns and rows behind": {"姓名,证件号码,,\n张三,11,,\n,,,\n\n", 1, "2:张三|11", 0},
	} {
		t.Run(reason, func(t *testing.T) {
			s, err := Open(file(t, c.in), spooled(t))
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			if _, _, err := s.Columns(want); err != nil {
				t.Fatal(err)
			}
			for range 2 { // it is read twice where lines are rejected
				var rows []string
				for row, err := range s.Rows() {
					if err != nil {
						t.Fatal(err)
					}
					if row.Fault != nil {
						t.Errorf("line %d: %v", row.Line, row.Fault)
					}
					rows = append(rows, fmt.Sprintf("%d:%s", row.Line, strings.Join(row.Cells, "|")))
				}
				if got := strings.Join(rows, " "); got != c.rows || s.Top != c.top || s.Repeated != c.repeated {
					t.Errorf("the header is row %d, repeated %d times, the rows are %q", s.Top, s.Repeated, got)
				}
			}
		})
	}
	for reason, c := range map[string]struct{ in, missing string }{
		"nothing of it":                   {"a,b\nc,d\n", "姓名、证件号码"},
		"the eleventh row":                {strings.Repeat("x\n", 10) + "姓名,证件号码\n张三,11\n", "姓名、证件号码"},
		"the nearest row is what is told": {"档案\n姓名,号码\n张三,11\n", "证件号码。"},
		"prose, and the nearest row":      {prose + "\n姓名,号码\n张三,11\n", "证件号码。"},
	} {
		s, err := Open(file(t, c.in), spooled(t))
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = s.Columns(want)
		if fault, ok := errors.AsType[*HeaderFault](err); !ok || !strings.Contains(fault.Sentence(), "缺少必需的列："+c.missing) {
			t.Errorf("%s: %v", reason, err)
		}
		s.Close()
	}
}

// TestErrorValues: what a spreadsheet program shows in the place of a value is none, in
// whatever column; what merely looks like it is.
func TestErrorValues(t *testing.T) {
	for _, value := range []string{"#N/A", "#REF!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#DIV/0!", "#SPILL!", "#CALC!", "########", "##", "#n/a", " #N/A　", "\u200e#N/A", "#\u200bN/A\ufeff"} {
		_, rows, _ := read(t, file(t, "姓名,专业\n张三,"+value+"\n李四,通信\n"))
		if len(rows) != 2 || !slices.ContainsFunc(rows[0], func(cell string) bool { return strings.Contains(cell, "error value: 专业") }) || len(rows[1]) != 2 {
			t.Errorf("%q: %q", value, rows)
		}
	}
	for _, value := range []string{"#", "#1", "C#", "# N/A", "N/A", "#abc!"} {
		if _, rows, _ := read(t, file(t, "姓名,专业\n张三,"+value+"\n")); len(rows) != 1 || len(rows[0]) != 2 {
			t.Errorf("%q is taken for an error: %q", value, rows)
		}
	}
	fault := RowFault{Kind: ErrorValue, Column: "专业", Text: "#N/A"}
	if want := "“专业”列是表格软件的错误值“#N/A”，请填入原来的内容。"; fault.Sentence() != want {
		t.Errorf("%s", fault.Sentence())
	}
}
