package reissue

import "strconv"

// PhotoRule says whether an exam's applications need a photo.
type PhotoRule string

// The zero rule follows the office's year rule (Settings.PhotoYear).
const (
	PhotoByYear   PhotoRule = ""
	PhotoRequired PhotoRule = "required"
	PhotoNotAsked PhotoRule = "none"
)

// Exam is one examination in one year. Exams arise from the register's import;
// the office edits them.
type Exam struct {
	ID          uint64    `cbor:"1,keyasint"`
	Year        int       `cbor:"2,keyasint"`
	Name        string    `cbor:"3,keyasint"`
	LastDay     string    `cbor:"4,keyasint,omitempty"` // 批准日期 of its certificates, YYYYMMDD; "" unknown
	Levels      []string  `cbor:"5,keyasint,omitempty"` // that occur in the register, offered as suggestions
	Specialties []string  `cbor:"6,keyasint,omitempty"`
	Photo       PhotoRule `cbor:"7,keyasint,omitempty"`
}

// Title is the exam as it is offered: year and name.
func (e *Exam) Title() string { return strconv.Itoa(e.Year) + " 年 " + e.Name }

// NeedsPhoto tells whether an application for a certificate of this exam and
// year needs a photo. exam is nil where the office does not know it.
func NeedsPhoto(exam *Exam, year int, s *Settings) bool {
	if exam != nil && exam.Photo != PhotoByYear {
		return exam.Photo == PhotoRequired
	}
	return year <= s.PhotoYear
}

// City is a place where candidates sign up and collect (报名市). Cities arise
// from the register's import.
type City struct {
	ID   uint64 `cbor:"1,keyasint"`
	Name string `cbor:"2,keyasint"`
}
