package store

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"certreissue/reissue"
)

// importing takes in lines, of which some shall be corrections, and gives what it points out.
func (o *office) importing(correct []int, dry bool, rows ...certificateRow) (counts Counts, number uint64, doubts, rejects []Reject) {
	o.t.Helper()
	counts, err := imported(o.t.Context(), o.Store, Load{File: "新.xlsx", By: chief().Actor(), Dry: dry, Correct: correct, Began: func(n uint64) { number = n },
		Reject: func(r Reject) { rejects = append(rejects, r) }, Doubt: func(r Reject) { doubts = append(doubts, r) }}, rows...)
	o.must(err)
	return counts, number, doubts, rejects
}

// plain is a line that says no more than the ID number.
func plain(n int, changes ...change) certificateRow {
	return line(n, append([]change{func(c *reissue.Certificate) { c.Sex, c.BirthMonth = "", "" }}, changes...)...)
}

// like gives a line the name and the number of the n-th person.
func like(n int) change {
	return func(c *reissue.Certificate) { c.Name, c.Number = name(n), fmt.Sprint("A-", n) }
}

// TestImportCorrects: a line that differs from a stored one in the ID number alone, or in
// the name alone, is carried out as a correction of that where it shall be, and taken back
// with the import; else it is added, or changes the name, and is pointed out.
func TestImportCorrects(t *testing.T) {
	for why, c := range map[string]struct {
		rows    []certificateRow
		correct []int
		offered []int
		counts  Counts
		people  int // who the register's lines are of
	}{
		"the number, not asked for":        {[]certificateRow{plain(5, like(1))}, nil, []int{7}, Counts{Added: 1}, 2},
		"the number":                       {[]certificateRow{plain(5, like(1))}, []int{7}, []int{7}, Counts{Changed: 1}, 1},
		"the name, not asked for":          {[]certificateRow{plain(1, func(c *reissue.Certificate) { c.Name = "李四" })}, nil, []int{3}, Counts{Changed: 1}, 1},
		"the name":                         {[]certificateRow{plain(1, func(c *reissue.Certificate) { c.Name = "李四" })}, []int{3}, []int{3}, Counts{Changed: 1}, 1},
		"the name of a line without one":   {[]certificateRow{plain(1, func(c *reissue.Certificate) { c.Name, c.Number = "李四", "" })}, []int{3}, nil, Counts{Rejected: 1}, 1},
		"the number and the city":          {[]certificateRow{plain(5, like(1), func(c *reissue.Certificate) { c.City = "保定市" })}, []int{7}, nil, Counts{Rejected: 1}, 1},
		"a number that the file has twice": {[]certificateRow{plain(5, like(1)), plain(6, like(1))}, []int{7}, nil, Counts{Added: 1, Rejected: 1}, 2},
		"the same line":                    {[]certificateRow{plain(1)}, []int{3}, nil, Counts{Rejected: 1}, 1},
		"somebody new":                     {[]certificateRow{plain(9)}, []int{11}, nil, Counts{Rejected: 1}, 1},
	} {
		t.Run(why, func(t *testing.T) {
			o := open(t)
			o.load(plain(1))
			before := o.only()
			var offered []int
			_, _, doubts, _ := o.importing(nil, true, c.rows...)
			for _, doubt := range doubts {
				if doubt.Correctable {
					offered = append(offered, doubt.Line)
				}
			}
			if !slices.Equal(offered, c.offered) {
				t.Errorf("offered %v, want %v: %v", offered, c.offered, doubts)
			}
			dry, _, _, _ := o.importing(c.correct, true, c.rows...)
			counts, number, doubts, rejects := o.importing(c.correct, false, c.rows...)
			if counts != c.counts || dry != counts {
				t.Errorf("%+v, a dry run %+v, want %+v: %v", counts, dry, c.counts, rejects)
			}
			people := map[reissue.Person]bool{}
			for _, line := range rows(o, &certificates) {
				people[line.Person] = true
			}
			if len(people) != c.people {
				t.Errorf("lines of %d people, want %d", len(people), c.people)
			}
			corrected := len(c.correct) > 0 && c.counts.Changed == 1
			list := rows(o, &corrections)
			if (len(list) == 1) != corrected {
				t.Errorf("%d corrections are kept", len(list))
			}
			if corrected {
				d := o.line(before.ID)
				if len(doubts) != 0 || len(d.Versions) != 2 || d.Versions[0].Correction == nil || *d.Versions[0].Before != *before || !strings.Contains(d.Versions[0].Correction.Reason, "新.xlsx") || d.Versions[0].Correction.By != chief().ID {
					t.Errorf("kept as %+v, pointed out %v", d.Versions, doubts)
				}
			}
			o.must(o.takeBackAll(t, number))
			after, d := o.only(), o.line(before.ID)
			if *after != *before || len(d.Versions) != 1 || (len(d.Undone) == 1) != corrected || len(rows(o, &corrections)) != len(d.Undone) {
				t.Errorf("taken back to %+v, want %+v: %+v", after, before, d)
			}
			for _, c := range d.Undone {
				if c.Undone == 0 || c.UndoneBy != reissue.System().ID || c.Before != *before || c.After.Import != number {
					t.Errorf("kept as %+v", c.Correction)
				}
			}
			// It is no correction any more: an older list is what the register says.
			if _, _, doubts, _ := o.importing(nil, true, plain(1)); len(doubts) != 0 {
				t.Errorf("of an older list is said %v", doubts)
			}
			for _, finding := range o.findings() {
				t.Error(finding)
			}
		})
	}
}

// TestOlderList: a list from before a correction does not undo it unsaid.
func TestOlderList(t *testing.T) {
	for why, c := range map[string]struct {
		act    func(o *office, number uint64)
		counts Counts
		says   []string
	}{
		"nothing":                       {func(*office, uint64) {}, Counts{Unchanged: 1}, nil},
		"the number of the certificate": {func(o *office, n uint64) { o.correct(n, reissue.FieldCertificateNumber, "B-1") }, Counts{Changed: 1}, []string{"证书管理号 手工更正过"}},
		"another field":                 {func(o *office, n uint64) { o.correct(n, reissue.FieldCity, "") }, Counts{Changed: 1}, []string{"报名市 手工更正过"}},
		"the name":                      {func(o *office, n uint64) { o.correct(n, reissue.FieldName, "李四") }, Counts{Changed: 1}, []string{"姓名 只有姓名不同", "姓名 手工更正过"}},
		"the ID number":                 {func(o *office, n uint64) { o.correct(n, reissue.FieldIDNumber, human(5).Number.Full()) }, Counts{Added: 1}, []string{"证件号码 只有证件号码不同", "证件号码 更正为 另外登记一本"}},
		"the ID number without another": {func(o *office, n uint64) {
			o.correct(n, reissue.FieldIDNumber, human(5).Number.Full(), reissue.FieldCertificateNumber, "无")
		}, Counts{Added: 1}, []string{"证书管理号 更正为 另外登记一本"}},
		"the specialty": {func(o *office, n uint64) { o.correct(n, reissue.FieldSpecialty, "市政工程") }, Counts{Added: 1}, []string{"专业 更正为"}},
		"the year":      {func(o *office, n uint64) { o.correct(n, reissue.FieldExamYear, "2017") }, Counts{Added: 1}, []string{"考试年度 更正为"}},
		"all of it":     {func(o *office, n uint64) { o.must(o.WithdrawCertificate(chief(), n, "", "重复")) }, Counts{Unchanged: 1}, []string{"证件号码 撤销 不会恢复"}},
	} {
		t.Run(why, func(t *testing.T) {
			o := open(t)
			o.load(plain(1))
			c.act(o, o.only().ID)
			_, _, dry, _ := o.importing(nil, true, plain(1))
			counts, _, doubts, _ := o.importing(nil, false, plain(1))
			if counts != c.counts || fmt.Sprint(dry) != fmt.Sprint(doubts) || len(doubts) != len(c.says) {
				t.Fatalf("%+v, pointed out %v, in a dry run %v", counts, doubts, dry)
			}
			for i, says := range c.says {
				parts := strings.Fields(says)
				if doubts[i].Column != parts[0] || !containsAll(doubts[i].Reason, parts[1:]) {
					t.Errorf("%+v, want %q", doubts[i], says)
				}
			}
		})
	}
}
