package reissue

import "strconv"

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

	FieldPaperChecked = "paper_checked"
	FieldCollector    = "collector"
	FieldAgentName    = "agent_name"
	FieldAgentNumber  = "agent_id_number"
	FieldNewNumber    = "new_number"
	FieldTracking     = "tracking"
	FieldExpected     = "expected"
)

// FieldNames are the text fields of an application in the order of the guide's
// form.
var FieldNames = []string{
	FieldName, FieldSex, FieldBirthMonth, FieldExamYear, FieldExamName, FieldCertificateNumber,
	FieldApprovalDate, FieldLevel, FieldSpecialty, FieldCity, FieldPhone,
}

// Longest are the most characters that the text of a field may have, on forms
// and in the register alike.
var Longest = map[string]int{
	FieldName: 50, FieldIDNumber: 30, FieldExamName: 60, FieldCertificateNumber: 40, FieldApprovalDate: 20,
	FieldLevel: 60, FieldSpecialty: 60, FieldCity: 30, FieldPhone: 20, FieldNote: 500,
}

// Get is the field's value as text, "" for a name that is none of the fields'.
func (f *Fields) Get(field string) string {
	if field == FieldExamYear && f.ExamYear != 0 {
		return strconv.Itoa(f.ExamYear)
	}
	if p := f.text(field); p != nil {
		return *p
	}
	return ""
}

// text is the place of a text field, nil for the others.
func (f *Fields) text(field string) *string {
	switch field {
	case FieldName:
		return &f.Name
	case FieldSex:
		return &f.Sex
	case FieldBirthMonth:
		return &f.BirthMonth
	case FieldExamName:
		return &f.ExamName
	case FieldCertificateNumber:
		return &f.CertificateNumber
	case FieldApprovalDate:
		return &f.ApprovalDate
	case FieldLevel:
		return &f.Level
	case FieldSpecialty:
		return &f.Specialty
	case FieldCity:
		return &f.City
	case FieldPhone:
		return &f.Phone
	}
	return nil
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
