package templates

// OfficeLogin is the data of office/login.html. Fields: username, password, captcha.
type OfficeLogin struct {
	Page
	FirstAdminURL string // while there is no administrator
}

// OfficeFirstAdmin is the data of office/first_admin.html, served at /office/first-admin while there is no
// administrator. Fields: code, username, password, password_confirm, captcha.
type OfficeFirstAdmin struct{ Page }

// OfficeDesk is the data of office/desk.html.
type OfficeDesk struct {
	Page
	Steps      []FirstStep // what a new office does first, for an administrator; its form posts nothing to /office/first-steps
	Changes    []Changes   // what came with the version that runs, the newest first; empty once it was put away
	MayPutAway bool        // the changes; the form posts nothing to /office/changes
	Today      string      // the date, in words
	Counts     []Count     // by state, in the order of the work
	Alerts     []Alert     // what is overdue or has waited longest
	Oldest     []QueueRow
	Recent     []Pair // figures of today, such as 今日提交 and 今日审核
	Scope      string // of the figures of today and of the months, where the others are of fewer cities
	StartURL   string // of the first application to review; empty where nothing waits or the role may not
	CityStates []string
	Cities     []CityLoad
	Months     []MonthRow // the last twelve, this one last
	Reasons    []Bar      // of returns in these months, the most frequent first
}

// CityLoad is what is open in one city; Counts are in the order of Desk.CityStates.
type CityLoad struct {
	Name    string
	Counts  []Count
	Oldest  string // since when the longest-waiting one has queued; empty: none waits
	Overdue int
}

// MonthRow is one month; Bar counts what was submitted in it.
type MonthRow struct {
	Title   string // 2026 年 11 月
	Bar     Bar
	Decided int
}

// MonthBars are the months' bars.
func (d OfficeDesk) MonthBars() []Bar {
	var bars []Bar
	for _, month := range d.Months {
		bars = append(bars, month.Bar)
	}
	return bars
}

// TopReasons are the reasons that the chart has room for.
func (d OfficeDesk) TopReasons() []Bar { return d.Reasons[:min(len(d.Reasons), 10)] }

// Count is a state with how many applications are in it, and the queue that lists them.
type Count struct {
	State, URL string
	N          int
}

// Alert is a sentence that asks for work; Urgent is the word that those begin with
// which cannot wait.
type Alert struct {
	Text   string
	Link   Link
	Urgent string
}

// QueueRow is one application in the office's lists. IDNumber is masked.
type QueueRow struct {
	Number, URL, Name, IDNumber, BirthYear, Exam, City, State, Submitted string
	Waited                                                               string // such as 12 天; empty when it is not waiting
	Overdue                                                              bool
	Held                                                                 string // until when, in words; empty when it is not held
	Marks                                                                []Mark // what to look at, where it waits
}

// Visible are applications beside another record: those that the reader may open, and a sentence about
// those of other cities, "" where there are none.
type Visible struct {
	Rows      []QueueRow
	Elsewhere string
}

// Any tells whether there are any.
func (s Visible) Any() bool { return len(s.Rows) > 0 || s.Elsewhere != "" }

// OfficeApplications is the data of office/applications.html. The filter's fields are status, city,
// exam, year, q and sort, and those that are folded away mark, overdue, submitted_from, submitted_to,
// decided_from, decided_to, by and batch; the search for an ID number posts id_number to the same address. Many decisions
// at once post act (approve or return), application (repeatable), reason, note and, to come back to the
// same list, queue and page to /office/applications/many.
type OfficeApplications struct {
	Page
	Statuses   []string
	Cities     []string
	Years      []string
	Exams      []ExamOption
	Marks      []Choice // words of marks
	Deciders   []Choice
	Batches    []Choice
	More       bool // some filter that is folded away is set
	Chosen     []ChosenFilter
	Newest     bool // first
	Rows       []PickRow
	Many       bool // some rows can be decided by this role
	Reasons    []ReasonOption
	Queue      string // the filters, as forms post them
	PageCursor string
	StartURL   string // of the first to review
	FirstURL   string // back to the first page; empty on it
	NextURL    string
	Continue   bool   // the next page is reached by 继续查找: the search stopped before its end
	ExportURL  string // of the same list as a workbook
	CSVURL     string // and as text
	Letters    *Link  // to print for those of the page what tells them of their state; nil where nothing does
}

// filterDays is what the part "filter-days" shows, made by the template function of that name: two fields
// of a form, Name with _from and _to behind it.
type filterDays struct {
	Form                  Form
	Name, Label, From, To string
}

func newFilterDays(form Form, name, label string) filterDays {
	return filterDays{form, name, label, name + "_from", name + "_to"}
}

// ChosenFilter is a filter that is set, and the list without it.
type ChosenFilter struct{ Label, Value, ClearURL string }

// PickRow is a row that can be picked, where Pick holds what is posted for it.
type PickRow struct {
	QueueRow
	Pick   string
	Picked bool
}

// OfficeMany is the data of office/many.html: what became of many decisions.
type OfficeMany struct {
	Page
	ListState
	Act     string // in words, such as 审核通过
	Done    []ManyRow
	Skipped []ManyRow
	Marked  []ManyRow // left out for what should be looked at: each is confirmed by itself
	// Confirmed are those that were: taking back the others leaves them.
	Confirmed []ManyRow
	Result    string // the list's key, as the confirming forms post it with Queue
	BackURL   string
}

// OfficeApplication is the data of office/application.html.
type OfficeApplication struct {
	Page
	Number, Exam, State string
	Path                string // /office/applications/{id}
	Submitted, Waited   string
	Person              []Pair // name, ID number in full, birth month, sex
	Source              string // 系统登记 or 考生自行填写, and which line of the register it was compared with
	Rows                []Compare
	Marks               []Mark
	PhotoURL            string
	PhotoCheckURL       string   // OfficeApplicationPhoto
	PhotoNotes          []string // hints of the photo check
	NoPhoto             string   // why there is none
	Note                string   // of the last decision
	Reasons             []Reason // of the last decision
	History             []Event
	Others              Visible // other applications of the same person
	Revision            uint64
	Decide              *Decide // nil: nothing to decide, or not for this role
	Waiting             string  // beside the missing panel: why there is nothing to decide
	Way                 *Link   // behind it: where the application goes on from here; nil where there is nothing to do
	TakeBack            bool    // the decision can be taken back, by a post of revision and note to Path/take-back
	// SamePhoto and SamePhone are other people's applications that share it.
	SamePhoto, SamePhone Visible
	// Leave is the form of the ways out of production, nil where there is none; CorrectFirst what has to be
	// corrected at HandoutURL before; UndoLeave the way back into the batch, with Act the form that was
	// refused. Void are numbers of new certificates that are no longer valid.
	Leave        *LeaveProduction
	CorrectFirst string
	UndoLeave    *BatchUndo
	Act          string
	Void         []string
	Proof        *ProofPanel
	LeadsTo      string // what is handed out, where it is no new certificate: 合格证明
	Letter       *Link  // to print what tells the candidate of its state; nil where nothing does
	HandoutURL   string // where its new certificate is handed out; empty: there is none yet
	// Queue is the list that the clerk comes from, as forms post it; BackURL leads to it, the others on in it.
	Queue, BackURL, PreviousURL, NextURL string
	// Asides are until when it is held and the newest note, each in words; candidates see neither. MayNote
	// offers to note more, by a post of note to Path/note; MayHold to put it off, by until and reason to
	// Path/hold, or where it is Held (as forms post it) to take it up again, by a post to Path/unhold.
	Asides           []Pair
	MayNote, MayHold bool
	Held             string
}

// OfficeApplicationPhoto is the data of office/application_photo.html. The review screen shows what stands
// in #photo-seen, and the drawing, in its own page.
type OfficeApplicationPhoto struct {
	Page
	Number, ReviewURL, PhotoURL string
	Faces                       int
	Found                       []string // findings
	Drawing                     FaceDrawing
}

// FaceDrawing is drawn over a photo of Width × Height pixels.
type FaceDrawing struct {
	Width, Height int
	Boxes         []Box // of the faces, the main one first
	Eyes, Crown   *Line // of the main one: through the eyes, and where the hair begins; nil without a face
}

type Box struct{ X, Y, Width, Height float64 }

type Line struct{ X1, Y1, X2, Y2 float64 }

// Compare is one field, in the register's line and in the application.
type Compare struct {
	Label, Register, Application string
	Differs                      bool
	Note                         string // such as 登记后有变动
}

// Mark is something for the reviewer to look at, in a word for lists, and in a sentence; Serious ones
// speak against approval.
type Mark struct {
	Word, Text string
	Serious    bool
}

// Decide is the decision panel. Each act is a form of its own with revision, reason (repeatable) and
// note. The ids are those of the act and the field, such as return-reason and refuse-note: problems
// name them so.
type Decide struct {
	Act           string // the form that was refused: approve, return, refuse or ""
	Barred        string // why this reviewer does not approve it; empty: nothing speaks against it
	ReturnReasons []ReasonOption
	RefuseReasons []ReasonOption
	Name          string     // as the page shows it
	Spellings     []Spelling // of the name, of which one is posted as name; none where there is nothing to pick
	Notes         []string   // often-used ones; the chosen one is posted as common_note, and counts where note is empty
}

// LeaveProduction is the form of leaving production: to, reason, note, revision and queue, posted to
// Path/leave-production. The ids are leave-to, leave-reason and leave-note.
type LeaveProduction struct {
	Open                         bool   // it was refused
	Ways                         []Pair // of what a form says and posts
	ReturnReasons, RefuseReasons []ReasonOption
}

// Spelling is a way to write the holder's name; Whose is where it is written so.
type Spelling struct {
	Name, Whose string
	Chosen      bool // unless the reviewer picks another
}

// ReasonOption is a box of the return or refuse form; Field is the field it concerns, in words, and Key
// picks it.
type ReasonOption struct{ Code, Text, Field, Key string }

// OfficeAccounts is the data of office/accounts.html. The search posts q, a whole ID number or the
// beginning of a name.
type OfficeAccounts struct {
	Page
	Searched bool
	Rows     []AccountRow
	More     bool // there are more than are shown
	// Elsewhere says who serves those that were found and are not shown, "" for none.
	Elsewhere string
}

// AccountRow is an account in a list. IDNumber is masked.
type AccountRow struct{ URL, Name, IDNumber, BirthYear, Email, State, LastLogin string }

// OfficeAccount is the data of office/account.html, the counter. Its forms post to Path/reset, Path/unlock,
// Path/email (email, email_confirm), Path/attach (name, email, email_confirm; the ids of the first two are
// attach-name and attach-email), Path/correct (paper, id_number, name, birth_month, sex) and Path/close, each
// with seen.
type OfficeAccount struct {
	Page
	Path         string
	Name, State  string
	Email        string // the present address
	Facts        []Pair // ID number in full, registered, last sign-in, origin
	Act          string // the form that was refused: email, attach, correct, close or ""
	Correct      Form   // of Path/correct
	Papers       []string
	Sexes        []string
	OneTime      string // the code just made by a reset or an attachment, shown once
	LockedUntil  string // empty: not locked
	Use          bool   // the role may use the counter service
	Seen         string // stands for the account as the page shows it
	Applications Visible
	Former       []Event // what it was before it was changed
	History      []Event
}

// OfficeAccountNew is the data of office/account_new.html. Fields: paper, id_number, name, birth_month, sex, email, email_confirm.
type OfficeAccountNew struct {
	Page
	Papers, Sexes []string
}

// Changes are what a version has changed: what a line is about, and a sentence.
type Changes struct {
	Version string
	Lines   []Pair
}

// FirstStep is what a new office does before it opens, and why.
type FirstStep struct {
	Text, Why, URL string
	Done           bool
}
