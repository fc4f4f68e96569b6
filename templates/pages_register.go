package templates

// OfficeExams is the data of office/exams.html. The filter's fields are year, year_to and q; those that
// are set for many exams route, sentence, link, opens, closes, photo and clear.
type OfficeExams struct {
	Page
	Years, YearsTo []ExamOption
	Q              string
	Edit           bool // the role may add and change
	Rows           []ExamRow
	ManyURL        string
	Routes, Photos []string
	Clear          []Choice // the fields that can be made empty
}

// ExamRow is an exam in the office's list; Told is the office's own sentence for candidates, and Pick what
// its box says.
type ExamRow struct {
	URL, Year, Name, LastDay, Route, Window, Photo, Told string
	Pick                                                 string
	Picked                                               bool
}

// OfficeExamsMany is the data of office/exams_many.html: what was changed of many exams at once.
type OfficeExamsMany struct {
	Page
	Rows, When, Who string
	Exams           int
	Changes         []ExamChange
	MayUndo         bool // nothing was changed since
}

// ExamChange is a field of an exam, before and after.
type ExamChange struct{ Exam, URL, Field, Old, New string }

// OfficeExam is the data of office/exam.html, a new exam where Title is empty. Fields: year, name,
// last_day, route, sentence, link, opens, closes, photo, levels, specialties (one a line), revision.
type OfficeExam struct {
	Page
	Title, Action string
	Revision      uint64
	Edit          bool // a form; otherwise Facts
	Used          bool // certificates or applications are of it: the year is locked
	Facts         []Pair
	Routes        []string
	Photos        []string
	History       []Event
	DeleteURL     string // empty: it cannot be deleted
}

// OfficeCertificates is the data of office/certificates.html. The filter's fields are exam, city and q;
// the search for an ID number posts id_number to the same address; the marks post certificate
// (repeatable) and collected (已领取 or 未领取) to MarkURL.
type OfficeCertificates struct {
	Page
	Cities   []string
	Exams    []ExamOption
	Found    string // what the list shows, when it answers a search or shows one import
	Filtered bool
	Use      bool // the role may import and mark
	Alerts   []Alert
	Rows     []CertificateRow
	MarkURL  string
	FirstURL string // back to the first page; empty on it
	NextURL  string
	XLSX     string // addresses of the list as a file
	CSV      string
	Continue bool // the search stopped before its end
}

// CertificateRow is a line of the register. IDNumber is masked; Kind is level and specialty.
type CertificateRow struct{ ID, URL, Name, IDNumber, BirthYear, Exam, Number, Kind, City, State string }

// OfficeCertificate is the data of office/certificate.html. Its forms post collected to Path/collected; the
// fields of a correction, reason, seen and, after a question, confirm to Path/correct; reason (with the ids
// withdraw-reason and restore-reason) and seen to Path/withdraw and Path/restore.
type OfficeCertificate struct {
	Page
	Path              string
	Name, Exam, State string
	Facts             []Pair
	Use               bool   // the role may mark, correct and withdraw
	Other             string // the state it can be marked as
	Seen              string // stands for the line as the page shows it
	Withdrawn         bool
	Act               string    // the form that was refused: correct, withdraw, restore or ""
	Correct           Form      // of Path/correct
	Sexes             []string  // for it
	Persons           []Persons // to be looked at before the line gets another ID number or name
	BackURL           string    // shows the form as it was before the last correction; empty where there was none
	Standing          []Link    // applications that were made from the line
	Applications      []QueueRow
	Numbers           []Pair // under which new numbers it was reissued, by application
	History           []Event
}

// Persons are the lines of one of two people.
type Persons struct {
	Title string
	Rows  []CertificateRow
}

// OfficeUpload is the data of office/upload.html. Fields: file, blank_collected.
type OfficeUpload struct {
	Page
	Blanks []string
}

// OfficeImportCheck is the data of office/import_check.html: an uploaded file before it is imported.
type OfficeImportCheck struct {
	Page
	File, Blank string
	Doing       string // while something runs: what, and Done of a thousand
	Done        int64
	Seconds     int    // after which the page asks again; 0: never
	Failed      string // why the file cannot be used
	Counts      []Pair
	Total       int        // lines
	Notes       []string   // sentences about the header, and about what is ignored
	Learned     []string   // sentences about new exams and cities
	Correctable []PickLine // lines that may be corrections of stored ones; they post correct to ApplyURL
	Doubts      []Reject   // other lines that are taken and should be looked at
	Doubted     int        // how many doubts there are
	Rejects     []Reject
	RejectsURL  string
	Changes     []Reject // lines that change what is stored; Column names the fields
	ApplyURL    string

	RejectsCut, DoubtsCut, ChangesCut bool // more than are listed
}

// Reject is a line of a spreadsheet with what is to be said of it.
type Reject struct {
	Line           int
	Column, Reason string
}

// PickLine is a line that can be picked.
type PickLine struct {
	Reject
	Picked bool
}

// OfficeImports is the data of office/imports.html.
type OfficeImports struct {
	Page
	Use     bool
	Rows    []ImportRow
	NextURL string
}

// ImportRow is an import in the list.
type ImportRow struct {
	Number                              uint64
	URL, File, Who, When, State         string
	Added, Changed, Unchanged, Rejected int
}

// OfficeImport is the data of office/import.html. TakeBackURL takes a post without further fields.
type OfficeImport struct {
	Page
	Number      uint64
	State       string
	Facts       []Pair
	Counts      []Pair
	Learned     []string // sentences about the exams and cities that it brought
	Done, Total int      // while it runs
	Seconds     int
	Trouble     string // where it stands, when it was broken off
	Again       bool   // offers to upload the file again
	LinesURL    string
	RejectsURL  string
	TakeBackURL string
}
