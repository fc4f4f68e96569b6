package reissue

import (
	"strings"
	"unicode/utf8"

	"certreissue/idcard"
)

// Certificate is one line of the office's register: who passed what, and when.
// It is imported, and never edited by candidates. Blank fields are what the
// register does not know.
type Certificate struct {
	ID           uint64 `cbor:"1,keyasint"`
	Person       Person `cbor:"2,keyasint"`
	Name         string `cbor:"3,keyasint"`
	Exam         uint64 `cbor:"4,keyasint"`
	ExamYear     int    `cbor:"5,keyasint"`
	ExamName     string `cbor:"6,keyasint"`
	Level        string `cbor:"7,keyasint,omitempty"`
	Specialty    string `cbor:"8,keyasint,omitempty"`
	Sex          string `cbor:"9,keyasint,omitempty"`
	BirthMonth   string `cbor:"10,keyasint,omitempty"` // YYYYMM
	Number       string `cbor:"11,keyasint,omitempty"` // 证书管理号, "无" where there is none
	ApprovalDate string `cbor:"12,keyasint,omitempty"` // YYYYMMDD
	City         string `cbor:"13,keyasint,omitempty"`
	Collected    bool   `cbor:"14,keyasint,omitempty"`
	Import       uint64 `cbor:"15,keyasint,omitempty"` // the last import that made or changed it
	// Marked is when staff set Collected against what that import said, 0 where
	// the import's word stands.
	Marked Moment `cbor:"16,keyasint,omitempty"`
	// Corrected is when staff first corrected it against what that import said, 0
	// where the import's word stands; Withdrawn since when it is no certificate of the
	// register any more, 0 for one that is.
	Corrected Moment `cbor:"17,keyasint,omitempty"`
	Withdrawn Moment `cbor:"18,keyasint,omitempty"`
}

// MarkCollected notes by hand whether the certificate has been collected, and
// tells whether that changed anything. Marking back to what the import said is
// as if nothing had been marked.
func (c *Certificate) MarkCollected(collected bool, at Moment) (changed bool) {
	if c.Collected == collected {
		return false
	}
	c.Collected = collected
	if c.Marked != 0 {
		at = 0
	}
	c.Marked = at
	return true
}

// CollectedWord is the state as the register's spreadsheet has it.
func (c *Certificate) CollectedWord() string {
	if c.Collected {
		return string(Collected)
	}
	return string(NotCollected)
}

// Columns of the register's spreadsheet, as contract.md names them.
const (
	ColumnExamYear   = "考试年度"
	ColumnExamName   = "考试名称"
	ColumnName       = "姓名"
	ColumnIDNumber   = "证件号码"
	ColumnCollected  = "领取状态"
	ColumnLevel      = "级别"
	ColumnSpecialty  = "专业"
	ColumnSex        = "性别"
	ColumnBirthMonth = "出生年月"
	ColumnNumber     = "证书管理号"
	ColumnApproval   = "批准日期"
	ColumnCity       = "报名市"
	ColumnPaper      = "证件类型"
)

// BlankCollected says what a blank 领取状态 means in an import, for old lists
// without it: the zero value refuses the line.
type BlankCollected string

// The two choices an office can make for lists without a state.
const (
	Collected    BlankCollected = "已领取"
	NotCollected BlankCollected = "未领取"
)

// DateColumns are those in which a time of day is dropped.
var DateColumns = []string{ColumnBirthMonth, ColumnApproval}

// ParseCertificate reads one line of the register's spreadsheet; cell gives
// the trimmed text of a column, "" where the sheet lacks it. spoilt tells
// whether a spreadsheet program has destroyed a number. The problems' fields
// are column names. Of the DateColumns CutTime tells where a time was dropped.
func ParseCertificate(cell func(column string) string, blank BlankCollected, spoilt func(string) bool, today string) (Certificate, Problems) {
	var c Certificate
	var problems Problems
	bounded := func(column, typed string, limit int) string {
		s := Clean(typed)
		if utf8.RuneCountInString(s) > limit {
			problems.Add(column, sayTooLong(limit))
		}
		return s
	}
	text := func(column string, limit int) string { return bounded(column, cell(column), limit) }
	date := func(column string, limit int) string {
		s, _ := CutTime(cell(column))
		return bounded(column, s, limit)
	}
	required := func(column string, limit int) string {
		s := text(column, limit)
		if s == "" {
			problems.Add(column, sayBlank)
		}
		return s
	}

	c.ExamName = required(ColumnExamName, Longest[FieldExamName])
	typed := required(ColumnExamYear, 10)
	if year, ok := ParseYear(typed); ok {
		c.ExamYear = year
	} else if typed != "" {
		problems.Add(ColumnExamYear, sayBadYear)
	}

	c.Name = CleanName(required(ColumnName, Longest[FieldName]))
	if hasLost(c.Name) && !isCertain(c.Name) {
		problems.Add(ColumnName, sayNameLost)
	}
	number := cell(ColumnIDNumber)
	switch person, err := ParsePerson(cell(ColumnPaper), number, today); {
	case err == nil:
		c.Person = person
	case spoilt(number):
		problems.Add(ColumnIDNumber, saySpoilt)
	default:
		problems.AddFault(ColumnIDNumber, err)
	}

	switch state := text(ColumnCollected, 10); {
	case state == string(Collected), state == "" && blank == Collected:
		c.Collected = true
	case state == string(NotCollected), state == "" && blank == NotCollected:
	case state == "":
		problems.Add(ColumnCollected, sayBlank)
	default:
		problems.Add(ColumnCollected, sayBadCollected)
	}

	c.Level, c.Specialty, c.City = text(ColumnLevel, Longest[FieldLevel]), text(ColumnSpecialty, Longest[FieldSpecialty]), text(ColumnCity, Longest[FieldCity])
	if sex := text(ColumnSex, 4); sex != "" {
		if c.Sex = strings.TrimSuffix(sex, "性"); c.Sex != "男" && c.Sex != "女" {
			problems.Add(ColumnSex, sayBadSex)
		}
	}
	var err error
	if month := date(ColumnBirthMonth, Longest[FieldApprovalDate]); month != "" {
		if c.BirthMonth, err = ParseMonth(month); err != nil {
			problems.Add(ColumnBirthMonth, sayBadMonth)
		}
	}
	if day := date(ColumnApproval, Longest[FieldApprovalDate]); day != "" {
		if c.ApprovalDate, err = ParseDate(day); err != nil {
			problems.Add(ColumnApproval, sayBadDate)
		}
	}
	if raw := text(ColumnNumber, 80); raw != "" {
		switch number, ok := ParseCertificateNumber(raw); {
		case spoilt(raw):
			problems.Add(ColumnNumber, saySpoilt)
		case !ok:
			problems.Add(ColumnNumber, sayBadCertificateNumber)
		default:
			c.Number = number
		}
	}
	return c, problems
}

// Doubts tell what to look at in a line that is taken: a name with lost
// characters, and where 性别 or 出生年月 is not what the ID number tells. Either can
// be the slip, and there are true numbers that tell neither right.
func (c *Certificate) Doubts() Problems {
	var problems Problems
	if hasLost(c.Name) {
		problems.Add(ColumnName, sayLostInName(c.Name))
	}
	for _, told := range []struct{ column, written, told string }{
		{ColumnSex, c.Sex, c.Person.Sex()}, {ColumnBirthMonth, c.BirthMonth, c.Person.BirthMonth()},
	} {
		if unlike(told.written, told.told) {
			problems.Add(told.column, sayUnlikeNumber(told.written, told.told))
		}
	}
	return problems
}

// ParseCertificateNumber normalises a 证书管理号: there is no reliable public
// format, so 1 to 40 of digits, capital letters and hyphens, or 无.
func ParseCertificateNumber(s string) (string, bool) {
	s = idcard.Normalise(s)
	if s == None {
		return s, true
	}
	if len(s) < 1 || len(s) > longestNumber {
		return "", false
	}
	for _, r := range s {
		if (r < '0' || r > '9') && (r < 'A' || r > 'Z') && r != '-' {
			return "", false
		}
	}
	return s, true
}

// SameSitting tells whether two lines are of one person, year and exam, so
// that only level and specialty can tell them apart.
func (c *Certificate) SameSitting(d *Certificate) bool {
	return c.Person == d.Person && c.ExamYear == d.ExamYear && Key(c.ExamName) == Key(d.ExamName)
}

// Same tells whether two lines of one sitting are the same certificate: level
// and specialty are equal (无 is the same as blank).
func (c *Certificate) Same(d *Certificate) bool {
	return Key(c.Level) == Key(d.Level) && Key(c.Specialty) == Key(d.Specialty)
}

// Fits tells whether two lines of one sitting can be the same certificate: no
// filled level or specialty contradicts the other's. A written 无 contradicts
// a filled value, a blank does not.
func (c *Certificate) Fits(d *Certificate) bool {
	fits := func(a, b string) bool { return a == "" || b == "" || Key(a) == Key(b) }
	return fits(c.Level, d.Level) && fits(c.Specialty, d.Specialty)
}

// Merge takes over what a newer line of the same certificate knows. A blank
// cell says that the newer list does not know, not that there is nothing, and
// leaves what stands; 无 does not replace a filled level or specialty, nor a name
// with lost characters one that has them.
func (c *Certificate) Merge(d *Certificate) {
	take := func(to *string, from string) {
		if from != "" {
			*to = from
		}
	}
	if !hasLost(d.Name) || hasLost(c.Name) || MatchNames(c.Name, d.Name) == NamesDiffer {
		take(&c.Name, d.Name)
	}
	if Key(d.Level) != "" || c.Level == "" {
		take(&c.Level, d.Level)
	}
	if Key(d.Specialty) != "" || c.Specialty == "" {
		take(&c.Specialty, d.Specialty)
	}
	take(&c.Sex, d.Sex)
	take(&c.BirthMonth, d.BirthMonth)
	take(&c.Number, d.Number)
	take(&c.ApprovalDate, d.ApprovalDate)
	take(&c.City, d.City)
	c.Collected = d.Collected
}
