package reissue

import (
	"slices"
	"unicode/utf8"

	"certreissue/idcard"
)

// Correction is what staff did to one line of the register by hand.
type Correction struct {
	ID          uint64        `cbor:"1,keyasint"`
	Certificate uint64        `cbor:"2,keyasint"`
	At          Moment        `cbor:"3,keyasint"`
	By          uint64        `cbor:"4,keyasint,omitempty"` // staff number
	Act         CorrectionAct `cbor:"5,keyasint"`
	Reason      string        `cbor:"6,keyasint"`
	Fields      []string      `cbor:"7,keyasint,omitempty"` // in which Before and After differ
	Before      Certificate   `cbor:"8,keyasint"`
	After       Certificate   `cbor:"9,keyasint"`
	// One that an import carried out is undone with it, and stays to be seen.
	Undone   Moment `cbor:"10,keyasint,omitempty"`
	UndoneBy uint64 `cbor:"11,keyasint,omitempty"` // staff number
}

// CorrectionAct is what is done to a line of the register by hand. The way back of a
// withdrawal is a restoring, that of a correction another one.
type CorrectionAct string

// The acts on a line.
const (
	CorrectLine  CorrectionAct = "correct"
	WithdrawLine CorrectionAct = "withdraw"
	RestoreLine  CorrectionAct = "restore"
)

// CorrectionForm is what was typed to correct a line, by field, with FieldReason and
// FieldToldBy; a field that is not there stays as it is.
type CorrectionForm map[string]string

// FieldToldBy is the ID number by which the form has sex and month of birth, where that is
// not the line's.
const FieldToldBy = "told_by"

// correctable are the fields of the form, each with the column of the register whose
// rules it has.
var correctable = []struct{ field, column string }{
	{FieldName, ColumnName}, {FieldIDNumber, ColumnIDNumber}, {FieldSex, ColumnSex}, {FieldBirthMonth, ColumnBirthMonth}, {FieldExamYear, ColumnExamYear},
	{FieldExamName, ColumnExamName}, {FieldLevel, ColumnLevel}, {FieldSpecialty, ColumnSpecialty}, {FieldCertificateNumber, ColumnNumber},
	{FieldApprovalDate, ColumnApproval}, {FieldCity, ColumnCity},
}

// CorrectionFields are the fields of the form, in its order.
var CorrectionFields = func() []string {
	var names []string
	for _, c := range correctable {
		names = append(names, c.field)
	}
	return names
}()

// Form is a line as the form that corrects it shows it.
func (c *Certificate) Form() CorrectionForm {
	form, fields := CorrectionForm{}, c.Fields()
	for _, field := range CorrectionFields {
		form[field] = fields.Get(field)
	}
	form[FieldIDNumber] = c.Person.Number.Full()
	return form
}

// Read is a line as the form corrects it, each field by the rules of an import; the
// exam is the caller's to find. Where sex and month of birth were what the ID number
// told they follow it. Problems name fields of the form.
func (f CorrectionForm) Read(c *Certificate, today string) (Certificate, error) {
	next, problems := f.read(c, today)
	checkReason(f[FieldReason], &problems)
	if err := problems.Err(); err != nil {
		return Certificate{}, err
	}
	return next, nil
}

// Told is what Read makes of sex and month of birth for another ID number than the line's,
// or than they were shown for, with that number as FieldToldBy: so they are shown before
// they are stored. It is nil where no number tells anything new.
func (f CorrectionForm) Told(c *Certificate, today string) CorrectionForm {
	of := CorrectionForm{}
	for _, field := range []string{FieldIDNumber, FieldSex, FieldBirthMonth, FieldToldBy} {
		if text, ok := f[field]; ok {
			of[field] = text
		}
	}
	next, problems := of.read(c, today)
	if len(problems) > 0 || next.Person == c.Person && f[FieldToldBy] == "" {
		return nil
	}
	return CorrectionForm{FieldSex: next.Sex, FieldBirthMonth: next.BirthMonth, FieldToldBy: next.Person.Number.Full()}
}

func (f CorrectionForm) read(c *Certificate, today string) (Certificate, Problems) {
	typed := c.Form()
	for field := range typed {
		if text, ok := f[field]; ok {
			typed[field] = text
		}
	}
	place := func(column string) int {
		return slices.IndexFunc(correctable, func(of struct{ field, column string }) bool { return of.column == column })
	}
	read, problems := ParseCertificate(func(column string) string {
		switch column {
		case ColumnPaper:
			return string(c.Person.Paper)
		case ColumnCollected:
			return c.CollectedWord()
		}
		return typed[correctable[place(column)].field]
	}, "", func(string) bool { return false }, today)
	slices.SortStableFunc(problems, func(a, b Problem) int { return place(a.Field) - place(b.Field) })
	for i := range problems {
		problems[i].Field = correctable[place(problems[i].Field)].field
	}
	next := *c
	if len(problems) > 0 {
		return next, problems
	}
	next.Person, next.Name, next.ExamYear, next.ExamName, next.Level, next.Specialty = read.Person, read.Name, read.ExamYear, read.ExamName, read.Level, read.Specialty
	next.Sex, next.BirthMonth, next.Number, next.ApprovalDate, next.City = read.Sex, read.BirthMonth, read.Number, read.ApprovalDate, read.City
	var shown Person
	if number, err := idcard.ParseRegister(f[FieldToldBy], today); err == nil {
		shown = Person{c.Person.Paper, number}
	}
	next.follow(c, shown)
	return next, nil
}

// follow lets what a former ID number told be what the present one tells, unless something
// else was typed than it was, and than shown tells.
func (c *Certificate) follow(before *Certificate, shown Person) {
	for _, of := range []struct {
		now    *string
		before string
		tells  func(Person) string
	}{{&c.Sex, before.Sex, Person.Sex}, {&c.BirthMonth, before.BirthMonth, Person.BirthMonth}} {
		told, showed := of.tells(c.Person), of.tells(shown)
		if told != "" && of.before == of.tells(before.Person) && (*of.now == of.before || showed != "" && *of.now == showed) {
			*of.now = told
		}
	}
}

// MoveTo gives a line that was written down under a wrong number to the person whose
// it is.
func (c *Certificate) MoveTo(person Person) {
	before := *c
	c.Person = person
	c.follow(&before, Person{})
}

// CheckReason judges why a line is withdrawn or restored.
func CheckReason(reason string) error {
	var problems Problems
	checkReason(reason, &problems)
	return problems.Err()
}

func checkReason(reason string, problems *Problems) {
	switch {
	case reason == "":
		problems.Add(FieldReason, sayCorrectionReason)
	case utf8.RuneCountInString(reason) > Longest[FieldNote]:
		problems.Add(FieldReason, sayTooLong(Longest[FieldNote]))
	}
}

// Follow notes whether the line that the application was made from is still its
// person's, and tells whether that is new.
func (a *Application) Follow(line *Certificate, at Moment) (changed bool) {
	switch moved := line.Person != a.Person; {
	case moved == (a.Moved != 0):
		return false
	case moved:
		a.Moved = at
	default:
		a.Moved = 0
	}
	return true
}

// SavedAt is when the candidate last took over what the register said.
func (a *Application) SavedAt() Moment {
	for _, event := range slices.Backward(a.History) {
		if event.Act == ActSubmit || event.Act == ActSave {
			return event.At
		}
	}
	return a.Submitted
}

// LineState is what was done by hand to the line that an application stands on, since
// the candidate took it over.
type LineState struct {
	Corrected []string // fields
	Moved     bool     // the line is another person's now
	Withdrawn bool
}

// StateOf is what corrections made of the application's line.
func (a *Application) StateOf(line *Certificate, corrections []*Correction) (s LineState) {
	s.Withdrawn, s.Moved = line.Withdrawn != 0, a.Moved != 0
	for _, c := range corrections {
		if c.At < a.SavedAt() {
			continue
		}
		for _, field := range c.Fields {
			if !slices.Contains(s.Corrected, field) {
				s.Corrected = append(s.Corrected, field)
			}
		}
	}
	return s
}

// Marks are what a reviewer is told of it, whatever the application's state.
func (s LineState) Marks() []Mark {
	var marks []Mark
	if s.Withdrawn {
		marks = append(marks, markLineWithdrawn)
	}
	if len(s.Corrected) > 0 {
		marks = append(marks, markLineCorrected(s))
	}
	return marks
}
