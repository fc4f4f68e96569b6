package reissue

import (
	"strings"
	"testing"
)

func TestParseCertificateNumber(t *testing.T) {
	for _, c := range []struct{ reason, in, want string }{
		{"digits", "20201234567890", "20201234567890"},
		{"small and full-width letters", " ａb-12 ", "AB-12"},
		{"spaces within", "AB 12", "AB12"},
		{"无", " 无 ", "无"},
		{"forty", strings.Repeat("9", 40), strings.Repeat("9", 40)},
		{"forty-one", strings.Repeat("9", 41), ""},
		{"other signs", "AB/12", ""},
		{"a decimal", "1.5", ""},
		{"Chinese", "建字12", ""},
		{"无 with more", "无1", ""},
		{"nothing", " ", ""},
	} {
		got, ok := ParseCertificateNumber(c.in)
		if got != c.want || ok != (c.want != "") {
			t.Errorf("%s: ParseCertificateNumber(%q) = %q, %v, want %q", c.reason, c.in, got, ok, c.want)
		}
	}
}

// columns are a good line of the register.
func columns(changed map[string]string) func(string) string {
	cells := map[string]string{
		ColumnExamYear: "2016", ColumnExamName: "二级建造师", ColumnName: "王小明", ColumnIDNumber: "110101199003071233", ColumnCollected: "已领取",
		ColumnLevel: "考全科", ColumnSpecialty: "建筑工程", ColumnSex: "男", ColumnBirthMonth: "199003", ColumnNumber: "A-123", ColumnApproval: "2016-06-05",
		ColumnCity: "石家庄市",
	}
	for column, cell := range changed {
		cells[column] = cell
	}
	return func(column string) string { return cells[column] }
}

func exponent(cell string) bool { return strings.Contains(cell, "E+") }

func TestParseCertificate(t *testing.T) {
	good := Certificate{Person: Person{IDCard, "110101199003071233"}, Name: "王小明", ExamYear: 2016, ExamName: "二级建造师", Level: "考全科",
		Specialty: "建筑工程", Sex: "男", BirthMonth: "199003", Number: "A-123", ApprovalDate: "20160605", City: "石家庄市", Collected: true}
	type cells = map[string]string
	for _, c := range []struct {
		reason  string
		cells   cells
		blank   BlankCollected
		want    func(*Certificate)
		problem string // the column at fault
	}{
		{"all there", nil, "", func(*Certificate) {}, ""},
		{"what the register does not know", cells{ColumnLevel: "", ColumnSpecialty: "", ColumnSex: "", ColumnBirthMonth: "", ColumnNumber: "", ColumnApproval: "", ColumnCity: ""}, "",
			func(c *Certificate) {
				c.Level, c.Specialty, c.Sex, c.BirthMonth, c.Number, c.ApprovalDate, c.City = "", "", "", "", "", "", ""
			}, ""},
		{"written otherwise", cells{ColumnExamYear: "２０１６年", ColumnName: " 买买提•艾力 ", ColumnSex: "女性", ColumnBirthMonth: "1990.3", ColumnNumber: "无", ColumnApproval: "2016年6月5日", ColumnCollected: "未领取"}, "",
			func(c *Certificate) { c.Name, c.Sex, c.Number, c.Collected = "买买提·艾力", "女", "无", false }, ""},
		{"dates with times", cells{ColumnBirthMonth: "1990-03-07T00:00:00.000+08:00", ColumnApproval: "2016-06-04T16:00:00.0000000Z"}, "", func(*Certificate) {}, ""},
		{"dates with times that are no midnight", cells{ColumnBirthMonth: "1990/3/7 下午 11:59", ColumnApproval: "2016 年 6 月 5 日 8:30"}, "", func(*Certificate) {}, ""},
		{"a name with a homophone", cells{ColumnName: "王晓[沛]"}, "", func(c *Certificate) { c.Name = "王晓[沛]" }, ""},
		{"a name with a lost character", cells{ColumnName: "王？明"}, "", func(c *Certificate) { c.Name = "王？明" }, ""},
		{"a name of which half is lost", cells{ColumnName: "王□"}, "", func(c *Certificate) { c.Name = "王□" }, ""},
		{"an old number", cells{ColumnIDNumber: "610104620927690"}, "", func(c *Certificate) { c.Person.Number = "610104196209276908" }, ""},
		{"another paper", cells{ColumnPaper: "护照", ColumnIDNumber: "e1234567"}, "", func(c *Certificate) { c.Person = Person{"护照", "E1234567"} }, ""},
		{"no state, taken for collected", cells{ColumnCollected: ""}, Collected, func(*Certificate) {}, ""},
		{"no state, taken for not collected", cells{ColumnCollected: ""}, NotCollected, func(c *Certificate) { c.Collected = false }, ""},
		{"a state stands against the choice", cells{ColumnCollected: "未领取"}, Collected, func(c *Certificate) { c.Collected = false }, ""},

		{"no state", cells{ColumnCollected: ""}, "", nil, ColumnCollected},
		{"an unknown state", cells{ColumnCollected: "是"}, Collected, nil, ColumnCollected},
		{"no year", cells{ColumnExamYear: ""}, "", nil, ColumnExamYear},
		{"a year that is only the word", cells{ColumnExamYear: "年"}, "", nil, ColumnExamYear},
		{"a year of two digits", cells{ColumnExamYear: "16"}, "", nil, ColumnExamYear},
		{"a year with a sign", cells{ColumnExamYear: "+201"}, "", nil, ColumnExamYear},
		{"a year before the republic", cells{ColumnExamYear: "1948"}, "", nil, ColumnExamYear},
		{"no exam", cells{ColumnExamName: " "}, "", nil, ColumnExamName},
		{"too long an exam", cells{ColumnExamName: strings.Repeat("考", 61)}, "", nil, ColumnExamName},
		{"no name", cells{ColumnName: ""}, "", nil, ColumnName},
		{"a name of which more than half is lost", cells{ColumnName: "王?[?]"}, "", nil, ColumnName},
		{"a lost surname", cells{ColumnName: "〓小明"}, "", nil, ColumnName},
		{"too long a name", cells{ColumnName: strings.Repeat("王", 51)}, "", nil, ColumnName},
		{"no ID number", cells{ColumnIDNumber: ""}, "", nil, ColumnIDNumber},
		{"a bad ID number", cells{ColumnIDNumber: "110101199003071234"}, "", nil, ColumnIDNumber},
		{"a spoilt ID number", cells{ColumnIDNumber: "1.10101E+17"}, "", nil, ColumnIDNumber},
		{"a spoilt certificate number", cells{ColumnNumber: "2.0201E+13"}, "", nil, ColumnNumber},
		{"a bad certificate number", cells{ColumnNumber: "建字第1号"}, "", nil, ColumnNumber},
		{"a date that does not exist", cells{ColumnApproval: "20191332"}, "", nil, ColumnApproval},
		{"a time that does not exist", cells{ColumnApproval: "2016-06-05 25:00"}, "", nil, ColumnApproval},
		{"a month of a day that does not exist", cells{ColumnBirthMonth: "1990-02-30 0:00"}, "", nil, ColumnBirthMonth},
		{"a month that does not exist", cells{ColumnBirthMonth: "199013"}, "", nil, ColumnBirthMonth},
		{"a third sex", cells{ColumnSex: "M"}, "", nil, ColumnSex},
		{"too long a level", cells{ColumnLevel: strings.Repeat("级", 61)}, "", nil, ColumnLevel},
		{"too long a specialty", cells{ColumnSpecialty: strings.Repeat("专", 61)}, "", nil, ColumnSpecialty},
		{"too long a city", cells{ColumnCity: strings.Repeat("市", 31)}, "", nil, ColumnCity},
	} {
		got, problems := ParseCertificate(columns(c.cells), c.blank, exponent, "20260115")
		if c.problem != "" {
			if len(problems) == 0 || problems.Of(c.problem) == "" {
				t.Errorf("%s: %v, want a problem with %s", c.reason, problems, c.problem)
			}
			for _, problem := range problems {
				if problem.Field != c.problem {
					t.Errorf("%s: %s is blamed too: %s", c.reason, problem.Field, problem.Message)
				}
			}
			continue
		}
		want := good
		c.want(&want)
		if len(problems) > 0 || got != want {
			t.Errorf("%s: %+v with %v, want %+v", c.reason, got, problems, want)
		}
	}

	if _, problems := ParseCertificate(columns(cells{ColumnIDNumber: "1.10101E+17"}), "", exponent, "20260115"); problems.Of(ColumnIDNumber) != saySpoilt {
		t.Errorf("a spoilt number is not called so: %v", problems)
	}
	empty := func(string) string { return "" }
	_, problems := ParseCertificate(empty, "", exponent, "20260115")
	for _, column := range []string{ColumnExamYear, ColumnExamName, ColumnName, ColumnIDNumber, ColumnCollected} {
		if problems.Of(column) == "" {
			t.Errorf("an empty line is not told that %s is missing", column)
		}
	}
}

func FuzzParseCertificate(f *testing.F) {
	f.Add("2016", "二级建造师", "王小明", "110101199003071233", "已领取", "考全科", "男", "1990.3", "无", "20160605", "石家庄")
	f.Add("年", "\xff", "·", "1.1E+17", "", "无", "性", "0", "A\x00", "--", "市")
	f.Fuzz(func(t *testing.T, year, exam, name, number, collected, level, sex, month, certificate, date, city string) {
		c, problems := ParseCertificate(columns(map[string]string{
			ColumnExamYear: year, ColumnExamName: exam, ColumnName: name, ColumnIDNumber: number, ColumnCollected: collected, ColumnLevel: level,
			ColumnSex: sex, ColumnBirthMonth: month, ColumnNumber: certificate, ColumnApproval: date, ColumnCity: city,
		}), "", exponent, "20260115")
		if len(problems) > 0 {
			for _, problem := range problems {
				if problem.Field == "" || problem.Message == "" {
					t.Errorf("a problem says nothing: %+v", problem)
				}
			}
			return
		}
		if c.ExamYear < 1949 || c.ExamName == "" || c.Name == "" || len(c.Person.Number) != 18 || strings.ContainsAny(c.ExamName+c.Name+c.Level+c.City, "\x00\r\n\t") {
			t.Errorf("taken: %+v", c)
		}
	})
}

func TestSameFitsMerge(t *testing.T) {
	type pair struct{ level, specialty string }
	for _, c := range []struct {
		reason    string
		a, b      pair
		same, fit bool
		merged    pair // a after taking over b
	}{
		{"equal", pair{"二级", "建筑"}, pair{"二级", "建筑"}, true, true, pair{"二级", "建筑"}},
		{"equal but for width and spaces", pair{"二级(全)", "建筑"}, pair{"二级（全）", " 建筑"}, true, true, pair{"二级（全）", " 建筑"}},
		{"both blank", pair{}, pair{}, true, true, pair{}},
		{"无 and blank are one value", pair{"无", ""}, pair{"", "无"}, true, true, pair{"无", "无"}},
		{"a filled level against a blank one", pair{"", "建筑"}, pair{"二级", "建筑"}, false, true, pair{"二级", "建筑"}},
		{"a blank level against a filled one", pair{"二级", "建筑"}, pair{"", "建筑"}, false, true, pair{"二级", "建筑"}},
		{"each has what the other lacks", pair{"二级", ""}, pair{"", "建筑"}, false, true, pair{"二级", "建筑"}},
		{"another level", pair{"二级", ""}, pair{"一级", ""}, false, false, pair{}},
		{"another specialty under a blank level", pair{"", "建筑"}, pair{"二级", "市政"}, false, false, pair{}},
		{"无 contradicts a filled value", pair{"无", ""}, pair{"二级", ""}, false, false, pair{}},
	} {
		a, b := Certificate{Level: c.a.level, Specialty: c.a.specialty}, Certificate{Level: c.b.level, Specialty: c.b.specialty}
		if a.Same(&b) != c.same || b.Same(&a) != c.same || a.Fits(&b) != c.fit || b.Fits(&a) != c.fit {
			t.Errorf("%s: same %v, fits %v", c.reason, a.Same(&b), a.Fits(&b))
		}
		if !c.fit {
			continue
		}
		if a.Merge(&b); a.Level != c.merged.level || a.Specialty != c.merged.specialty {
			t.Errorf("%s: merged into %q, %q", c.reason, a.Level, a.Specialty)
		}
	}

	known := Certificate{ID: 4, Name: "王晓[沛]", Sex: "男", BirthMonth: "199003", Number: "A1", ApprovalDate: "20160605", City: "保定", Collected: true, Import: 1}
	blank := known
	blank.Merge(&Certificate{Collected: true})
	if blank != known {
		t.Errorf("blanks changed %+v into %+v", known, blank)
	}
	written := known
	for _, lost := range []string{"王?霈", "王晓□"} {
		written.Name = "王晓霈"
		if written.Merge(&Certificate{Name: lost, Collected: true}); written.Name != "王晓霈" {
			t.Errorf("%s replaces what it does not know: %s", lost, written.Name)
		}
		if written.Merge(&Certificate{Name: "李?霈", Collected: true}); written.Name != "李?霈" {
			t.Errorf("another name, of which something is lost, is passed over: %s", written.Name)
		}
	}
	newer := Certificate{Name: "王晓霈", Sex: "女", BirthMonth: "199103", Number: "B2", ApprovalDate: "20160606", City: "唐山"}
	merged := known
	merged.Merge(&newer)
	want := newer
	want.ID, want.Import = 4, 1
	if merged != want {
		t.Errorf("merged into %+v, want %+v", merged, want)
	}

	line := Certificate{Person: Person{IDCard, "110101199003071233"}, ExamYear: 2016, ExamName: "二级（建造师）"}
	for _, c := range []struct {
		reason string
		change func(*Certificate)
		want   bool
	}{
		{"another way of writing", func(c *Certificate) { c.ExamName = "二级(建造师)" }, true},
		{"another level", func(c *Certificate) { c.Level = "二级" }, true},
		{"another year", func(c *Certificate) { c.ExamYear = 2015 }, false},
		{"another exam", func(c *Certificate) { c.ExamName = "一级建造师" }, false},
		{"another paper", func(c *Certificate) { c.Person.Paper = "护照" }, false},
	} {
		other := line
		c.change(&other)
		if line.SameSitting(&other) != c.want {
			t.Errorf("%s: same sitting %v", c.reason, !c.want)
		}
	}
}
