package reissue

import (
	"slices"
	"testing"
)

// TestFieldTable keeps the rows whole: what a later field can forget.
func TestFieldTable(t *testing.T) {
	names, labels, places := map[string]bool{}, map[string]bool{}, map[int]bool{}
	var values Fields
	for _, f := range fieldTable {
		asked := f.From == FromRegister || f.From == FromCandidate
		switch {
		case f.Name == "" || f.Label == "" || names[f.Name] || labels[f.Label]:
			t.Errorf("%q (%s) has no name of its own", f.Name, f.Label)
		case f.From < FromHolder || f.From > FromCandidate:
			t.Errorf("%s comes from nowhere", f.Name)
		case asked && (f.text == nil || f.Longest == 0):
			t.Errorf("%s is asked for, and has no place or no bound", f.Name)
		case asked && f.Optional == (f.missing != ""):
			t.Errorf("%s: optional is %v, and what asks for it is %q", f.Name, f.Optional, f.missing)
		case f.Paper != 0 && places[f.Paper]:
			t.Errorf("%s has the place of another on the A4 form", f.Name)
		}
		names[f.Name], labels[f.Label], places[f.Paper] = true, true, true
		if f.text != nil {
			*f.text(&values) = f.Name
		}
	}
	// No two rows share a place in Fields.
	for _, name := range FieldNames {
		if name != FieldExamYear && values.Get(name) != name {
			t.Errorf("the place of %s holds %q", name, values.Get(name))
		}
	}
}

func TestFieldLists(t *testing.T) {
	for what, c := range map[string]struct{ got, want []string }{
		"by source":   {FieldsFrom(FromExam, FromHolder), []string{FieldExamYear, FieldExamName, FieldName, FieldIDNumber, FieldSex, FieldBirthMonth}},
		"asked":       {FieldsFrom(FromRegister, FromCandidate), []string{FieldCertificateNumber, FieldApprovalDate, FieldLevel, FieldSpecialty, FieldCity, FieldPhone}},
		"of one exam": {FieldsOfExam, []string{FieldCertificateNumber, FieldApprovalDate, FieldLevel, FieldSpecialty}},
		"on paper": {PaperFields, []string{FieldName, FieldSex, FieldIDNumber, FieldBirthMonth, FieldExamName, FieldExamYear,
			FieldLevel, FieldSpecialty, FieldCertificateNumber, FieldApprovalDate, FieldCity, FieldPhone}},
		"of Fields": {FieldNames, slices.DeleteFunc(slices.Clone(AllFields), func(name string) bool { return name == FieldIDNumber })},
		"reasons": {ReasonFields, []string{"", FieldPhoto, FieldName, FieldExamYear, FieldExamName, FieldCertificateNumber, FieldApprovalDate,
			FieldLevel, FieldSpecialty, FieldCity, FieldPhone}},
	} {
		if !slices.Equal(c.got, c.want) {
			t.Errorf("%s: %q, not %q", what, c.got, c.want)
		}
	}
	if Longest[FieldIDNumber] != 30 || Longest[FieldNote] != 500 || Longest[FieldSex] != 0 || len(Longest) != 10 {
		t.Error("the bounds of the table:", Longest)
	}
}

// TestRosterColumns keeps the roster of every office as it is, whatever fields
// come.
func TestRosterColumns(t *testing.T) {
	want := []string{"序号", "申请编号", "姓名", "性别", "证件类型", "证件号码", "出生年月", "考试年度", "考试名称", "级别", "专业", "证书管理号", "批准日期", "报名市", "联系方式", "照片文件名"}
	if !slices.Equal(DefaultRoster, want) {
		t.Error("the roster of an office that has not decided:", DefaultRoster)
	}
	if !slices.Equal(RosterChoice, append(want, "制证批次", "第几次补办")) {
		t.Error("the columns that an office can choose:", RosterChoice)
	}
	a := &Application{Person: Person{IDCard, "110101199003071233"}, Fields: Fields{ExamYear: 2016, Phone: "138"}}
	for column, value := range map[string]string{"证件号码": "110101199003071233", "考试年度": "2016", "联系方式": "138", "级别": "", "没有的列": ""} {
		if got := RosterCell(column, 1, &Batch{}, a, ""); got != value {
			t.Errorf("%s: %q, not %q", column, got, value)
		}
	}
}

// TestOptionalField makes one of the fields optional.
func TestOptionalField(t *testing.T) {
	phone := fieldNamed(FieldPhone)
	given := *phone
	t.Cleanup(func() { *phone = given })
	if Optional(FieldPhone) || MayLack(FieldPhone) || Optional("none") || MayLack("none") || !MayLack(FieldLevel) || Optional(FieldLevel) {
		t.Error("which fields an application may lack")
	}
	phone.Optional = true
	if !Optional(FieldPhone) || !MayLack(FieldPhone) || !fromRegister().Asks(FieldPhone) {
		t.Error("an optional field is not asked for")
	}
	fields, err := filled(Draft{FieldPhone: " "}).Check(byHand())
	if err != nil || fields.Phone != "" {
		t.Error("left empty:", fields, err)
	}
	if _, err := filled(Draft{FieldPhone: "x"}).Check(byHand()); err == nil {
		t.Error("what is typed into an optional field is not judged")
	}
	empty, full := &Application{}, &Application{Fields: Fields{Phone: "138"}}
	row := func(a *Application) bool {
		return slices.ContainsFunc(Compare(a, nil), func(d Difference) bool { return d.Field == FieldPhone })
	}
	if row(empty) || !row(full) {
		t.Error("an empty optional value is shown beside the register's, or a full one is not")
	}
	// One that the register could know is asked for where it does not.
	level := fieldNamed(FieldLevel)
	was := *level
	t.Cleanup(func() { *level = was })
	level.Optional = true
	if !fromRegister(func(b *Basis) { b.Exam.Levels = nil }).Asks(FieldLevel) {
		t.Error("an optional field that the register lacks is not asked for")
	}
}

// TestShowField: dates and months are read in words, also those that nobody could read.
func TestShowField(t *testing.T) {
	for _, c := range []struct{ field, value, want string }{
		{FieldApprovalDate, "20150906", "2015 年 9 月 6 日"},
		{FieldBirthMonth, "199003", "1990 年 3 月"},
		{FieldApprovalDate, "2015-09-31", "2015-09-31"},
		{FieldApprovalDate, "", ""},
		{FieldBirthMonth, "", ""},
		{FieldCertificateNumber, "20150906", "20150906"},
		{"none", "20150906", "20150906"},
	} {
		if got := ShowField(c.field, c.value); got != c.want {
			t.Errorf("%s %q is read as %q, want %q", c.field, c.value, got, c.want)
		}
	}
}
