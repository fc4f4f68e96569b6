package reissue

import (
	"slices"
	"strconv"
	"strings"
)

// The names of the fields of an application, as forms post them (contract.md).
const (
	FieldName              = "name"
	FieldIDNumber          = "id_number"
	FieldSex               = "sex"
	FieldBirthMonth        = "birth_month"
	FieldExamYear          = "exam_year"
	FieldExamName          = "exam_name"
	FieldCertificateNumber = "certificate_number"
	FieldApprovalDate      = "approval_date"
	FieldLevel             = "level"
	FieldSpecialty         = "specialty"
	FieldCity              = "city"
	FieldPhone             = "phone"
	FieldPhoto             = "photo"
	FieldPledge            = "pledge"
	FieldReason            = "reason"
	FieldNote              = "note"
	FieldConfirmed         = "confirm" // answers a question that stands before an act

	FieldPaperChecked = "paper_checked"
	FieldCollector    = "collector"
	FieldAgentName    = "agent_name"
	FieldAgentNumber  = "agent_id_number"
	FieldNewNumber    = "new_number"
	FieldTracking     = "tracking"
	FieldExpected     = "expected"
)

// Source says who gives the value of a field.
type Source int

// The sources of fields.
const (
	// FromHolder is the account, which the register's line must match. It is never asked.
	FromHolder Source = iota + 1
	// FromExam names the exam: chosen on a form filled in by hand, else of the register's line.
	FromExam
	// FromRegister is the register's line where it has the value, else the candidate.
	FromRegister
	// FromCandidate is always asked.
	FromCandidate
)

// Field is all that is known of one field of an application. Lists, labels,
// checks, the review, the export, the A4 form and the roster derive from it.
type Field struct {
	Name    string
	Label   string // the guide's word, and the column of tables
	Longest int    // in characters, on forms and in the register alike; 0 where its check bounds it
	From    Source
	// Optional fields may stay empty, and show nothing then.
	Optional bool
	// OfExam is true where what was typed for one exam does not hold for another.
	OfExam bool
	// NoReason is true where no reason of the office can concern it: the candidate
	// cannot correct it.
	NoReason bool
	// Paper is its place on the A4 form, 0 where it is not on it.
	Paper int

	missing string // asks for it where it was left empty
	// lists are the exam's own values. An exam without any does not have the field.
	lists func(*Exam) []string
	// check judges what was typed, after the exam's year has been read, and gives it
	// in the one way of writing. Without it only the length counts.
	check func(typed string, b *Basis, fields *Fields, problems *Problems) string
	// text is its place in Fields; nil for the year, which is a number, and for the
	// number of the person.
	text func(*Fields) *string
	// show is its value as people read it, where that is not as it is typed and kept.
	show func(string) string
}

// The bounds that a check of a row needs: one that read them from the table would
// close a circle.
const (
	longestNumber = 40
	longestPhone  = 20
)

// fieldTable has the fields in the order of the guide's form. A new one needs,
// beside its row and its place in Fields, a line on the form (templates/fields.html).
var fieldTable = []Field{
	{Name: FieldName, Label: "姓名", Longest: 50, From: FromHolder, Paper: 1,
		text: func(f *Fields) *string { return &f.Name }},
	{Name: FieldIDNumber, Label: "证件号码", Longest: 30, From: FromHolder, NoReason: true, Paper: 3},
	{Name: FieldSex, Label: "性别", From: FromHolder, NoReason: true, Paper: 2,
		text: func(f *Fields) *string { return &f.Sex }},
	{Name: FieldBirthMonth, Label: "出生年月", From: FromHolder, NoReason: true, Paper: 4,
		text: func(f *Fields) *string { return &f.BirthMonth }, show: ShowMonth},
	{Name: FieldExamYear, Label: "考试年度", From: FromExam, Paper: 6},
	{Name: FieldExamName, Label: "考试名称", Longest: 60, From: FromExam, Paper: 5,
		text: func(f *Fields) *string { return &f.ExamName }},
	{Name: FieldCertificateNumber, Label: "证书管理号", Longest: longestNumber, From: FromRegister, OfExam: true, Paper: 9,
		missing: sayNumberMissing, check: checkCertificateNumber, text: func(f *Fields) *string { return &f.CertificateNumber }},
	{Name: FieldApprovalDate, Label: "批准日期", Longest: 20, From: FromRegister, OfExam: true, Paper: 10,
		missing: sayDateMissing, check: checkApprovalDate, text: func(f *Fields) *string { return &f.ApprovalDate }, show: ShowDate},
	{Name: FieldLevel, Label: "级别", Longest: 60, From: FromRegister, OfExam: true, Paper: 7,
		missing: sayLevelMissing, lists: func(e *Exam) []string { return e.Levels }, text: func(f *Fields) *string { return &f.Level }},
	{Name: FieldSpecialty, Label: "专业", Longest: 60, From: FromRegister, OfExam: true, Paper: 8,
		missing: saySpecialtyMissing, lists: func(e *Exam) []string { return e.Specialties }, text: func(f *Fields) *string { return &f.Specialty }},
	{Name: FieldCity, Label: "报名市", Longest: 30, From: FromRegister, Paper: 11,
		missing: sayCityMissing, check: checkCity, text: func(f *Fields) *string { return &f.City }},
	{Name: FieldPhone, Label: "联系方式", Longest: longestPhone, From: FromCandidate, Paper: 12,
		missing: sayPhoneMissing, check: checkPhone, text: func(f *Fields) *string { return &f.Phone }},
}

// fieldNamed is the row of a field, nil for a name that is none of the table's.
func fieldNamed(name string) *Field {
	for i := range fieldTable {
		if fieldTable[i].Name == name {
			return &fieldTable[i]
		}
	}
	return nil
}

// namesOf are the names of the fields that pass, in the order of the table.
func namesOf(pass func(*Field) bool) []string {
	var names []string
	for i := range fieldTable {
		if pass(&fieldTable[i]) {
			names = append(names, fieldTable[i].Name)
		}
	}
	return names
}

// AllFields are the fields in the order of the guide's form.
var AllFields = namesOf(func(*Field) bool { return true })

// FieldNames are those of Fields: all but the ID number, which is the person's.
var FieldNames = namesOf(func(f *Field) bool { return f.Name != FieldIDNumber })

// FieldsFrom are the fields of some sources, one source after the other.
func FieldsFrom(sources ...Source) []string {
	var names []string
	for _, source := range sources {
		names = append(names, namesOf(func(f *Field) bool { return f.From == source })...)
	}
	return names
}

// FieldsOfExam are the fields that must be filled in anew for another exam.
var FieldsOfExam = namesOf(func(f *Field) bool { return f.OfExam })

// PaperFields are the fields on the A4 form, in its order.
var PaperFields = func() []string {
	names := namesOf(func(f *Field) bool { return f.Paper != 0 })
	slices.SortFunc(names, func(a, b string) int { return fieldNamed(a).Paper - fieldNamed(b).Paper })
	return names
}()

// Longest are the most characters that the text of a field may have, by name.
var Longest = func() map[string]int {
	longest := map[string]int{FieldNote: 500}
	for _, field := range fieldTable {
		if field.Longest != 0 {
			longest[field.Name] = field.Longest
		}
	}
	return longest
}()

// Label is a field's name as forms show it (the guide's words).
func Label(field string) string {
	if f := fieldNamed(field); f != nil {
		return f.Label
	}
	return map[string]string{FieldPaper: "证件类型", FieldPhoto: "照片", FieldPledge: "承诺书", FieldNewNumber: "新证书管理号"}[field]
}

// Labels are the names of some fields in a row.
func Labels(fields []string) string {
	words := make([]string, len(fields))
	for i, field := range fields {
		words[i] = Label(field)
	}
	return strings.Join(words, "、")
}

// MayLack tells whether a field can be empty in a good application, and is left
// out where it is: an optional one, or one that not every exam has.
func MayLack(field string) bool {
	f := fieldNamed(field)
	return f != nil && (f.Optional || f.lists != nil)
}

// Optional tells whether a field is asked for, but need not be filled in.
func Optional(field string) bool {
	f := fieldNamed(field)
	return f != nil && f.Optional
}

// requiredBy tells whether the field must be filled in for an exam, nil for one
// that the office does not know.
func (f *Field) requiredBy(exam *Exam) bool {
	return !f.Optional && (f.lists == nil || exam == nil || len(f.lists(exam)) > 0)
}

// Get is the field's value as text, "" for a name that is none of the fields'.
func (f *Fields) Get(field string) string {
	if field == FieldExamYear && f.ExamYear != 0 {
		return strconv.Itoa(f.ExamYear)
	}
	if row := fieldNamed(field); row != nil && row.text != nil {
		return *row.text(f)
	}
	return ""
}

// ShowField is a field's value as candidates read it: dates and months in words. In inputs and
// spreadsheets it stands as it is kept.
func ShowField(field, value string) string {
	if row := fieldNamed(field); row != nil && row.show != nil {
		return row.show(value)
	}
	return value
}

// Value is what an application says in a field: of Fields, or the ID number in
// full.
func (a *Application) Value(field string) string {
	if field == FieldIDNumber {
		return a.Person.Number.Full()
	}
	return a.Fields.Get(field)
}

// Diff names the fields in which two sets of values differ.
func (f *Fields) Diff(g Fields) []string {
	var names []string
	for _, name := range FieldNames {
		if f.Get(name) != g.Get(name) {
			names = append(names, name)
		}
	}
	return names
}

// values are the values of fields, in their order.
func (f *Fields) values(fields []string) []string {
	var list []string
	for _, name := range fields {
		list = append(list, f.Get(name))
	}
	return list
}

// Fields are the certificate's values as an application holds them; blank is
// what the register does not know.
func (c *Certificate) Fields() Fields {
	return Fields{
		Name: c.Name, Sex: c.Sex, BirthMonth: c.BirthMonth, ExamYear: c.ExamYear, ExamName: c.ExamName,
		CertificateNumber: c.Number, ApprovalDate: c.ApprovalDate, Level: c.Level, Specialty: c.Specialty, City: c.City,
	}
}
