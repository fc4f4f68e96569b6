package templates

import (
	"encoding/base64"
	"html/template"
)

// OfficeHandoutItem is the data of office/handout_item.html. Its forms post to Path/collect (revision,
// paper_checked, collector, agent_name, agent_id_number, new_number), Path/mail (revision, tracking),
// Path/number (revision, new_number, reason, confirm; the ids begin with number-), Path/arrive (revision), and Path/undo-arrival, Path/correct-handout, Path/correct-mailing (revision,
// note). The ids of the notes are those of the act and the field.
type OfficeHandoutItem struct {
	Page
	Collecting
	Box                        CounterBox
	Path, Number, Exam, State  string
	ReviewURL                  string
	Next                       string // what can be done, or why nothing
	Person                     []Pair
	Facts                      []Pair
	Done                       []Pair // who collected, or the tracking number
	SheetURL                   string // to sign on, of what is ready or was collected
	Together                   *Link  // to all that is ready of the holder, where that is more than this
	Elsewhere                  string // of what is ready of the holder in other cities
	PhotoURL                   string
	Revision                   uint64
	Act                        string // the form that was refused, such as collect
	HandOut                    bool   // ready, and the role may hand it out
	Arrive                     bool   // in production, and the role may mark it arrived
	Undo                       *BatchUndo
	Numbered                   bool   // a new certificate is handed out, whose number is asked; else a 合格证明
	ProofURL                   string // of the 合格证明; empty where there is none
	Numbering                  bool   // the new number can be noted or corrected
	NewNumber                  string // as it is noted, empty where it is not
	CollectNumber, TypedNumber string // what the forms of the collection and of the number show
	Clearable                  bool   // the new number can be taken away
	Confirm                    bool   // an administrator may say that two have the number
	MayLeave                   bool   // at ReviewURL it can leave production
	LeaveAfter                 string // or can after this correction
	History                    []Event
}

// ListState is how a list stands that was done to many applications, or is to be. TakeBackURL takes it
// back as a whole (note); Moved are those that stand against it.
type ListState struct {
	State       string // 待确认, 已办理 or 已撤回
	Facts       []Pair // who checked, applied and took it back, and when
	TakeBackURL string // empty where there is nothing to take back
	TakeBack    string // what that does
	Queue       string // carried on with it
	Moved       []ManyRow
}

// ManyRow is an application in a list: Value is what is noted of it, Why what stands against it, or what
// to look at.
type ManyRow struct {
	Number, URL, Name, Exam, State, Value, Why string
	Confirm                                    *Confirm // of one that a mass decision has left to be confirmed
}

// Confirm is the form that approves it after a look at its marks: revision, name, note, queue and many,
// posted to URL/approve.
type Confirm struct {
	Revision   uint64
	Name, Note string
	Marks      []Mark
	PhotoURL   string // "" without a photo
}

// listed is what the part "list-rows" shows, made by the template function listed: rows with the columns of
// what is noted and of why, each left away where it has no name.
type listed struct {
	Rows       []ManyRow
	Value, Why string
}

func newListed(rows []ManyRow, value, why string) listed { return listed{rows, value, why} }

// OfficeList is the data of office/list.html: what a spreadsheet of tracking numbers or of new numbers
// would do, or has done. ApplyURL carries it out.
type OfficeList struct {
	Page
	ListState
	Menu          string // the entry of the menu
	Back          Link
	Heading, File string
	Next          string   // what is to be done, or was
	Notes         []string // sentences about the header, and about what is ignored
	Counts        []Pair
	ApplyURL      string // empty where nothing waits
	ApplyText     string
	Value         string // the column of what is noted
	RowsHeading   string
	Outcome       string // the column of what became of Rows, which their Why says; "" where all are as the heading says
	Rows          []ManyRow
	MoreRows      int       // beyond those shown
	Doubts        []ManyRow // to be looked at
	Skipped       []ManyRow // that have moved between check and application
	Rejects       []RejectedLine
	More          int    // rejected lines beyond those shown
	RejectedURL   string // the rejected lines as a file; empty when all were taken
}

// OfficeLists is the data of office/lists.html: the lists there are, the newest first.
type OfficeLists struct {
	Page
	Rows              []ListLine
	FirstURL, NextURL string
}

// ListLine is a list in that page.
type ListLine struct{ Made, By, Kind, URL, File, Counts, State string }

// RejectedLine is a line of a spreadsheet that was not taken.
type RejectedLine struct {
	Line           int
	Column, Reason string
}

// OfficeSignatures is the data of office/signatures.html, to print: who collects signs.
type OfficeSignatures struct {
	Page
	Heading, Today string
	Rows           []SignatureRow
	BackURL        string
	NextURL        string
}

// SignatureRow is one line to sign. IDNumber is masked.
type SignatureRow struct {
	N                                       int
	Number, Name, IDNumber, BirthYear, Exam string
	Proof                                   string // its 证明编号, where a 合格证明 is collected
}

// OfficeForms is the data of office/forms.html: 补证申请表 to print, one a sheet.
type OfficeForms struct {
	Page
	Forms   []PaperForm
	BackURL string
	NextURL string
}

// OfficeArchiveForm is the data of office/archive_form.html: a 补办申请表 that needs nothing beside it. The addresses in
// its form hold the pictures themselves.
type OfficeArchiveForm struct {
	Style template.CSS
	Form  PaperForm
	Made  string
}

// OfficeArchive is the data of office/archive.html, whose GET forms have the field year or batch.
type OfficeArchive struct {
	Page
	Years   []ArchiveRow
	Batches []Choice
	Scope   string // whose applications are in it, for a reviewer who is limited; empty for all
}

// ArchiveRow is a year that can be put away.
type ArchiveRow struct {
	Year                 int
	Applications, Photos int
	Size, Taken          string // Taken is when that was done last, empty for never
}

// Picture lies at an address of the site, or is here itself.
type Picture struct {
	Address   string
	JPEG, SVG []byte
}

// URL is what an img takes as its source.
func (p Picture) URL() any {
	switch {
	case p.JPEG != nil:
		return template.URL("data:image/jpeg;base64," + base64.StdEncoding.EncodeToString(p.JPEG))
	case p.SVG != nil:
		return template.URL("data:image/svg+xml;base64," + base64.StdEncoding.EncodeToString(p.SVG))
	}
	return p.Address
}

// PaperForm is one 补办申请表.
type PaperForm struct {
	Number, State      string
	LeadsTo            string   // what is handed out, where it is no new certificate
	Rows               [][]Pair // two facts a line, one in the last of an odd number
	Photo              *Picture // nil where none is asked
	Code               Picture  // QR code of the number
	Submitted          string
	Filed              string // by whom at the counter, and when; empty: by the applicant
	Decision, Decided  string // of the office, and when
	Collected, Mailed  string
	OfficeName, Pledge string
}

// Slip is the data of candidate/slip.html, which the candidate prints and brings along.
type Slip struct {
	Page
	Number, Exam, State string
	CodeURL             string // QR code of the number
	Rows                []Pair
	Place               Place
	BackURL             string
}
