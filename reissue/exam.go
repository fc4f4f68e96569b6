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

// Route is what the office does with requests for an exam's certificates
// (domain.md §5).
type Route string

// The zero route is the usual one: a reissued certificate on paper.
const (
	RoutePaper      Route = ""
	RouteElectronic Route = "electronic" // no paper any more: candidates are led to the electronic certificate
	RouteProof      Route = "proof"      // the exam left the national catalogue: applications lead to a 合格证明
	RouteClosed     Route = "closed"     // 暂不受理
)

// Routes and PhotoRules are the choices of the office's form, in its order.
var (
	Routes     = []Route{RoutePaper, RouteElectronic, RouteProof, RouteClosed}
	PhotoRules = []PhotoRule{PhotoByYear, PhotoRequired, PhotoNotAsked}
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
	Route       Route     `cbor:"8,keyasint,omitempty"`
	Sentence    string    `cbor:"9,keyasint,omitempty"`  // what candidates are told of the route, "" for the usual words
	Link        string    `cbor:"10,keyasint,omitempty"` // where electronic certificates are downloaded
	Opens       string    `cbor:"11,keyasint,omitempty"` // first and last day of acceptance, YYYYMMDD; "" no bound
	Closes      string    `cbor:"12,keyasint,omitempty"`
	Revision    uint64    `cbor:"13,keyasint,omitempty"` // counts every change, by the office and by imports
}

// Title is the exam as it is offered: year and name.
func (e *Exam) Title() string { return strconv.Itoa(e.Year) + " 年 " + e.Name }

// NotAcceptedError refuses an application for an exam for which the office
// takes none today.
type NotAcceptedError struct {
	Exam *Exam
	// Window is set where only the day is wrong.
	Window bool
}

func (e *NotAcceptedError) Error() string { return "no applications for this exam today" }

// Accept tells whether the office takes applications for the exam on a day:
// nil, or a *NotAcceptedError. An exam that the office does not know (nil) has
// no rule against it.
func (e *Exam) Accept(today string) error {
	switch {
	case e == nil:
		return nil
	case e.Route == RouteElectronic, e.Route == RouteClosed:
		return &NotAcceptedError{Exam: e}
	case e.Opens != "" && today < e.Opens, e.Closes != "" && today > e.Closes:
		return &NotAcceptedError{Exam: e, Window: true}
	}
	return nil
}

// Download is where the electronic certificate is found, "" on other routes.
func (e *Exam) Download() string {
	if e.Route == RouteElectronic {
		return e.Link
	}
	return ""
}

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
