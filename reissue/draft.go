package reissue

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Draft is what a candidate typed at step 2 or in 申请信息维护, by field name,
// unchecked.
type Draft map[string]string

// Basis is all that a draft is judged by. The store loads it inside the
// transaction that will hold the application.
type Basis struct {
	Account     *Account
	Certificate *Certificate // nil: filled in by hand
	Exam        *Exam        // nil: not known to the office
	Cities      []string
	Settings    *Settings
	HasPhoto    bool     // an accepted photo is there, new or kept
	PhotoFaults []string // why a posted photo was refused, in sentences; they stand in for "missing"
	Pledged     bool     // the 承诺书 was accepted before
	Phone       string   // of the application that is corrected: nobody is asked about it again
	AtCounter   bool     // a clerk fills it in for the holder, who may have no telephone
	Today       string
}

// Locked names the fields that the candidate cannot change: those of the
// account and those the register has.
func (b *Basis) Locked() []string {
	locked := FieldsFrom(FromHolder)
	if b.Certificate == nil {
		return locked
	}
	locked = append(locked, FieldsFrom(FromExam)...)
	known := b.Certificate.Fields()
	for _, field := range FieldsFrom(FromRegister) {
		if known.Get(field) != "" {
			locked = append(locked, field)
		}
	}
	return locked
}

// Asks tells whether the form has a field for the candidate to fill in. A
// level or specialty is asked for only where some line of the exam has one; by
// hand both are on the form, since the exam is not known before.
func (b *Basis) Asks(field string) bool {
	switch field {
	case FieldPhoto:
		return b.Certificate == nil || NeedsPhoto(b.Exam, b.Certificate.ExamYear, b.Settings)
	case FieldPledge:
		return b.Settings.Pledge != "" && !b.Pledged
	}
	f := fieldNamed(field)
	switch {
	case f == nil, f.From == FromHolder:
		return false
	case f.From == FromCandidate, b.Certificate == nil:
		return true
	case f.From == FromExam, slices.Contains(b.Locked(), field):
		return false
	}
	return f.Optional || f.requiredBy(b.Exam)
}

// Check judges the draft and gives the application's fields. Locked values
// come from the register and the account, whatever the draft says.
func (d Draft) Check(b *Basis) (Fields, error) {
	var fields Fields
	var problems Problems
	if b.Certificate != nil {
		fields = b.Certificate.Fields()
	} else {
		d.checkExam(b, &fields, &problems)
	}
	// The account's name stands by hand; from the register the register's does,
	// which matched it.
	fields.Name = cmp.Or(fields.Name, b.Account.Name)
	fields.Sex = cmp.Or(fields.Sex, b.Account.Gender())
	fields.BirthMonth = cmp.Or(fields.BirthMonth, b.Account.Birth())

	for _, name := range FieldsFrom(FromRegister, FromCandidate) {
		if field := fieldNamed(name); b.Asks(name) {
			*field.text(&fields) = field.read(d[name], b, &fields, &problems)
		}
	}
	if phone := fields.Phone; problems.Of(FieldPhone) == "" && phone != b.Phone && phone != None && phone != plainPhone(d[Confirm(FieldPhone)]) {
		if doubt := doubtPhone(phone); doubt != "" {
			problems.Ask(FieldPhone, doubt)
		}
	}
	// Without a year nobody knows yet whether a photo is needed.
	needsPhoto := b.Asks(FieldPhoto) && fields.ExamYear != 0 && NeedsPhoto(b.Exam, fields.ExamYear, b.Settings)
	if needsPhoto && !b.HasPhoto && len(b.PhotoFaults) == 0 {
		problems.Add(FieldPhoto, sayPhotoMissing(b.Settings.Photo))
	}
	for _, fault := range b.PhotoFaults {
		problems.Add(FieldPhoto, fault)
	}
	if b.Asks(FieldPledge) && d[FieldPledge] == "" {
		problems.Add(FieldPledge, sayPledge)
	}
	return fields, problems.Err()
}

// ExamOf reads the exam that a draft filled in by hand names; ok is false
// where the year cannot be read.
func (d Draft) ExamOf() (year int, name string, ok bool) {
	year, ok = ParseYear(d[FieldExamYear])
	return year, Clean(d[FieldExamName]), ok
}

// checkExam reads year and name of a form filled in by hand. A known exam
// gives its own way of writing the name.
func (d Draft) checkExam(b *Basis, fields *Fields, problems *Problems) {
	year, name, ok := d.ExamOf()
	thisYear, _ := strconv.Atoi(b.Today[:4])
	switch {
	case Clean(d[FieldExamYear]) == "":
		problems.Add(FieldExamYear, sayExamYearMissing)
	case !ok, year > thisYear:
		problems.Add(FieldExamYear, sayBadExamYear(thisYear))
	default:
		fields.ExamYear = year
	}
	switch {
	case name == "":
		problems.Add(FieldExamName, sayExamNameMissing)
	case utf8.RuneCountInString(name) > Longest[FieldExamName]:
		problems.Add(FieldExamName, sayTooLong(Longest[FieldExamName]))
	case b.Exam != nil:
		name = b.Exam.Name
	}
	fields.ExamName = name
}

// read judges what the candidate typed into the field. The exam's year must
// have been read before.
func (f *Field) read(typed string, b *Basis, fields *Fields, problems *Problems) string {
	typed = Clean(typed)
	switch {
	case typed == "":
		if f.requiredBy(b.Exam) {
			problems.Add(f.Name, f.missing)
		}
		return ""
	case f.check != nil:
		return f.check(typed, b, fields, problems)
	case utf8.RuneCountInString(typed) > f.Longest:
		problems.Add(f.Name, sayTooLong(f.Longest))
	}
	return typed
}

func checkCertificateNumber(typed string, _ *Basis, _ *Fields, problems *Problems) string {
	number, ok := ParseCertificateNumber(typed)
	if !ok {
		problems.Add(FieldCertificateNumber, sayBadCertificateNumber)
		return typed
	}
	return number
}

func checkCity(typed string, b *Basis, _ *Fields, problems *Problems) string {
	city, ok := FindCity(b.Cities, typed)
	if !ok {
		problems.Add(FieldCity, sayBadCity)
		return typed
	}
	return city
}

// checkApprovalDate wants a real date of the exam's year or the one after: an
// exam at the end of December is approved in January.
func checkApprovalDate(typed string, b *Basis, fields *Fields, problems *Problems) string {
	date, err := ParseDate(typed)
	if err != nil {
		problems.Add(FieldApprovalDate, sayBadDate)
		return typed
	}
	examYear := fields.ExamYear
	year, _ := strconv.Atoi(date[:4])
	switch {
	case examYear != 0 && year != examYear && year != examYear+1:
		problems.Add(FieldApprovalDate, sayDateNotOfYear(examYear))
	case date > b.Today:
		problems.Add(FieldApprovalDate, sayDateInFuture)
	}
	return date
}

// plainPhone is a telephone number as it is kept.
func plainPhone(typed string) string { return HalfWidth(hyphens(Clean(typed))) }

// checkPhone takes 7 to 20 of digits, space, + - ( ), with at least 7 digits
// among them; at the counter, and where it stands already, 无 too.
func checkPhone(typed string, b *Basis, _ *Fields, problems *Problems) string {
	phone := plainPhone(typed)
	if phone == None && (b.AtCounter || b.Phone == None) {
		return None
	}
	digits := 0
	for _, r := range phone {
		if r >= '0' && r <= '9' {
			digits++
		} else if !strings.ContainsRune(" +-()", r) {
			digits = -100
		}
	}
	if digits < 7 || len(phone) > longestPhone {
		problems.Add(FieldPhone, sayBadPhone)
	}
	return phone
}
