package store

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"certreissue/reissue"
)

// doubts imports lines in small transactions, and gives what it points out.
func (o *office) doubts(dry bool, rows ...certificateRow) (said []string) {
	o.t.Helper()
	_, err := imported(o.t.Context(), o.Store, Load{By: reissue.System(), Dry: dry, Reject: func(Reject) {}, Doubt: func(r Reject) {
		said = append(said, fmt.Sprint(r.Line, " ", r.Column, " ", r.Reason))
	}}, rows...)
	o.must(err)
	return said
}

// TestNumbersOfOthers: one 证书管理号 under two people, and a line that differs from a
// stored one in who it is alone, are pointed out, by a dry run as by the import.
// Between the first person and the last lie more lines than one transaction has.
func TestNumbersOfOthers(t *testing.T) {
	const last = 671 // the last of them, by number
	row := func(n int, changes ...change) certificateRow {
		return line(n, append([]change{func(c *reissue.Certificate) { c.Sex, c.BirthMonth = "", "" }}, changes...)...)
	}
	city := func(c *reissue.Certificate) { c.City = "保定市" }
	named := func(name string) change { return func(c *reissue.Certificate) { c.Name = name } }
	sitting := func(year int) change { return func(c *reissue.Certificate) { c.ExamYear = year } }
	like := func(n int) change {
		return func(c *reissue.Certificate) { c.Name, c.Number = name(n), fmt.Sprint("A-", n) }
	}
	for _, c := range []struct {
		reason       string
		before, rows []certificateRow
		want         []string // line, column and parts of the reason, in the order of people
	}{
		{"nothing", []certificateRow{row(0)}, []certificateRow{row(0), row(last)}, nil},
		{"a number twice in the file", nil, []certificateRow{row(0), row(last, numbered("A-0"))}, []string{"673 证书管理号 第 2 行 证件号码却不同"}},
		{"three times", nil, []certificateRow{row(0), row(1, numbered("A-0")), row(last, numbered("A-0"))}, []string{"3 证书管理号 第 2 行", "673 证书管理号 第 2 行"}},
		{"twice under one person", nil, []certificateRow{row(0), row(0, sitting(2015)), row(last)}, nil},
		{"无 is no number", nil, []certificateRow{row(0, numbered("无")), row(last, numbered("无"))}, nil},
		{"nor is a blank", nil, []certificateRow{row(0, numbered("")), row(last, numbered(""))}, nil},
		{"a number of the register", []certificateRow{row(0)}, []certificateRow{row(last, numbered("A-0"))}, []string{"673 证书管理号 档案中“" + name(0) + "”（1****************7） 2016 年 二级建造师"}},
		{"of one's own in another year", []certificateRow{row(0)}, []certificateRow{row(0, sitting(2015))}, nil},
		{"of one's own and of another", []certificateRow{row(0), row(1, numbered("A-0"))}, []certificateRow{row(0)}, []string{"2 证书管理号 档案中“" + name(1)}},
		{"of the register, and twice in the file", []certificateRow{row(1, numbered("A-0"))}, []certificateRow{row(0), row(last, numbered("A-0"))},
			[]string{"2 证书管理号 档案中“" + name(1), "673 证书管理号 第 2 行"}},
		{"which the file leaves as it is", []certificateRow{row(0)}, []certificateRow{row(0, numbered(""), city), row(last, numbered("A-0"))}, []string{"673 证书管理号 档案中“" + name(0)}},
		{"which the file changes before", []certificateRow{row(0)}, []certificateRow{row(0, numbered("B-0")), row(last, numbered("A-0"))}, []string{"673 证书管理号 档案中“" + name(0)}},
		{"which the file changes after", []certificateRow{row(last)}, []certificateRow{row(0, numbered("A-671")), row(last, numbered("B-0"))}, []string{"2 证书管理号 档案中“" + name(last)}},
		{"numbers that change places", []certificateRow{row(0), row(last)}, []certificateRow{row(0, numbered("A-671")), row(last, numbered("A-0"))},
			[]string{"2 证书管理号 档案中“" + name(last), "673 证书管理号 档案中“" + name(0)}},
		{"only the ID number", []certificateRow{row(0)}, []certificateRow{row(last, like(0))}, []string{"673 证件号码 “" + name(0) + "” 只有证件号码不同 撤回第 1 次导入"}},
		{"only the ID number, and less is known", []certificateRow{row(0)}, []certificateRow{row(last, like(0), level("", ""))}, []string{"673 证件号码 只有证件号码不同"}},
		{"only the ID number, of a line that the file changes", []certificateRow{row(0)}, []certificateRow{row(0, numbered(""), city), row(last, like(0))},
			[]string{"673 证件号码 只有证件号码不同"}},
		{"the ID number and more", []certificateRow{row(0)}, []certificateRow{row(last, like(0), city)}, []string{"673 证书管理号 档案中“" + name(0)}},
		{"the ID number and the year", []certificateRow{row(0)}, []certificateRow{row(last, like(0), sitting(2015))}, []string{"673 证书管理号 档案中“" + name(0)}},
		{"only the name", []certificateRow{row(0)}, []certificateRow{row(0, named("李四"))}, []string{"2 姓名 只有姓名不同 “" + name(0) + "” “李四”"}},
		{"the name and more", []certificateRow{row(0)}, []certificateRow{row(0, named("李四"), city)}, nil},
		{"of a line that is refused", []certificateRow{row(0), row(0, level("增报专业", "建筑工程"), numbered("X-1")), row(last)},
			[]certificateRow{row(0, level("", "建筑工程"), numbered("A-671"))}, nil},
		{"of a second line that is refused", nil, []certificateRow{row(0), row(0, numbered("A-671")), row(last)}, nil},
		{"a name written otherwise", []certificateRow{row(0, named("王晓[沛]"))}, []certificateRow{row(0, named("王晓霈"))}, nil},
	} {
		t.Run(c.reason, func(t *testing.T) {
			o := open(t)
			between := make([]certificateRow, 0, last)
			for n := 2; n < last; n++ {
				between = append(between, row(n))
			}
			o.load(append(slices.Clone(between), c.before...)...)
			rows := append(between, c.rows...)
			dry := o.doubts(true, rows...)
			said := o.doubts(false, rows...)
			if !slices.Equal(dry, said) {
				t.Errorf("a dry run says %q, the import %q", dry, said)
			}
			if len(said) != len(c.want) {
				t.Fatalf("%q, want %q", said, c.want)
			}
			for n, want := range c.want {
				parts := strings.Fields(want)
				if !strings.HasPrefix(said[n], parts[0]+" "+parts[1]+" ") || !containsAll(said[n], parts) {
					t.Errorf("%q, want %q", said[n], want)
				}
			}
		})
	}
}

// TestNumberReissued: a line under a number that somebody else's certificate was reissued
// under is pointed out, by a dry run as by the import; the person's own is not.
func TestNumberReissued(t *testing.T) {
	o := open(t)
	a := o.ready(1)
	o.decide(a, noted("N-1", "", false))
	rows := []certificateRow{plain(1, numbered("N-1"), func(c *reissue.Certificate) { c.ExamYear = 2015 }), plain(5, numbered("N-1"))}
	for _, list := range [][]certificateRow{rows[:1], rows[1:]} {
		dry := o.doubts(true, list...)
		said := o.doubts(false, list...)
		others := list[0].Person != human(1)
		if !slices.Equal(dry, said) || (len(said) == 1) != others {
			t.Fatalf("a dry run says %q, the import %q", dry, said)
		}
		// The person's own line has the number, too, by then, and is told of first.
		if others && !strings.Contains(said[0], "证书管理号") {
			t.Errorf("said is %q", said)
		}
	}
	second := o.ready(2)
	o.decide(second, noted("N-2", "", false))
	said := o.doubts(false, plain(6, numbered("N-2")))
	if len(said) != 1 || !containsAll(said[0], []string{"证书管理号", "已作为新证书管理号发给", name(2), "1****************", fmt.Sprint(second)}) {
		t.Errorf("said is %q", said)
	}
	if counts, rejects := o.load(plain(7, numbered("N-2"))); counts.Added != 1 || len(rejects) != 0 {
		t.Errorf("taken in all the same: %+v, %v", counts, rejects)
	}
}
