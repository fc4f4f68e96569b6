package templates

// OfficeHandout is the data of office/handout.html: the counter's search field, what is ready, and the
// list of tracking numbers. The search is a GET form with number; the list of a city with city; the
// spreadsheet is posted as file to /office/handout/mailings.
type OfficeHandout struct {
	Page
	Use      bool
	Number   string // as typed
	Cities   []string
	City     string
	Rows     []QueueRow
	SheetURL string // 领取签收单 of what is listed
	FormsURL string // 补办申请表 of what is listed
	FirstURL string
	NextURL  string
}

// OfficeHandoutItem is the data of office/handout_item.html. Its forms post to Path/collect (revision,
// paper_checked, collector, agent_name, agent_id_number, new_number), Path/mail (revision, tracking),
// Path/arrive (revision), and Path/undo-arrival, Path/correct-handout, Path/correct-mailing (revision,
// note). The ids of the notes are those of the act and the field.
type OfficeHandoutItem struct {
	Page
	Path, Number, Exam, State string
	ReviewURL                 string
	Next                      string // what can be done, or why nothing
	Person                    []Pair
	Facts                     []Pair
	Done                      []Pair // who collected, or the tracking number
	PhotoURL                  string
	Revision                  uint64
	Act                       string // the form that was refused, such as collect
	HandOut                   bool   // ready, and the role may hand it out
	Arrive                    bool   // in production, and the role may mark it arrived
	Undo                      *BatchUndo
	History                   []Event
}

// OfficeMailings is the data of office/mailings.html: what became of a list of tracking numbers.
type OfficeMailings struct {
	Page
	File        string
	Counts      []Pair
	Notes       []string // sentences about the header, and about what is ignored
	Rejects     []RejectedLine
	More        int    // rejected lines beyond those shown
	RejectedURL string // the rejected lines as a file; empty when all were taken
}

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
}

// OfficeForms is the data of office/forms.html: 补证申请表 to print, one a sheet.
type OfficeForms struct {
	Page
	Forms   []PaperForm
	BackURL string
	NextURL string
}

// PaperForm is one 补办申请表.
type PaperForm struct {
	Number, State      string
	Rows               [][]Pair // two facts a line, one in the last of an odd number
	PhotoURL           string   // empty where none is asked
	CodeURL            string   // QR code of the number
	Submitted          string
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
	Address             string
	BackURL             string
}
