package templates

// OfficeProofSheets is the data of office/proof_sheets.html: 合格证明 to print, one a sheet.
type OfficeProofSheets struct {
	Page
	Sheets  []ProofSheet
	BackURL string
}

// ProofSheet is one 合格证明.
type ProofSheet struct {
	Number, Application string
	Title               string
	Paragraphs          []string
	PhotoURL            string // empty where the application has none
	Office, Date        string
	Reprint             string // that it was printed again; empty the first time
	Outdated            string // why it is not to be printed; empty where it is good
}

// ProofPanel is what the review screen has of the 合格证明 that the application leads to. Its forms post to
// Path (revision) and Path/undo (revision, note; the note's id is undo-note).
type ProofPanel struct {
	Path     string
	Revision uint64
	Next     string // what happens next, or what is to be done
	Facts    []Pair // number, when and by whom; none before it is printed
	URL      string // where it is shown; empty before
	ListURL  string // its stub
	Print    bool   // it can be printed by this role
	Reprint  bool   // likewise, once more
	Undo     *BatchUndo
}

// OfficeProofs is the data of office/proofs.html, the stubs. The filter is a GET form with year and number.
type OfficeProofs struct {
	Page
	Waiting           int // to be printed
	Filtered          bool
	Rows              []StubRow
	FirstURL, NextURL string
	Continue          bool // the next page is reached by 继续查找
	ExportURL, CSVURL string
}

// StubRow is one stub. IDNumber is masked; name, number and URL are empty where the office keeps the
// application no longer.
type StubRow struct {
	Number, Issued, Name, IDNumber, BirthYear, URL, Exam, City, By, State string
	Reprints                                                              int
}

// OfficeProofsWaiting is the data of office/proofs_waiting.html. Its form posts application (repeatable) to
// /office/proofs; the id of the choice as a whole is pick-all.
type OfficeProofsWaiting struct {
	Page
	Many              bool // they can be printed by this role
	Rows              []PickRow
	FirstURL, NextURL string
}

// OfficeProofText is the data of office/proof_text.html. Fields: title, body; preview and default are
// buttons.
type OfficeProofText struct {
	Page
	Seen         string
	Own          bool // it is not the default
	Placeholders []Pair
	Preview      *ProofSheet
}
