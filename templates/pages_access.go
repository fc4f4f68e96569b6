package templates

import "html/template"

// OfficeHelp is the data of office/help.html.
type OfficeHelp struct {
	Page
	Manual template.HTML
}

// OfficePassword is the data of office/password.html.
type OfficePassword struct {
	Password
	Factor bool // the second factor is on
}

// OfficeLoginCode is the data of office/login_code.html. Field: code.
type OfficeLoginCode struct{ Page }

// OfficeSecondFactor is the data of office/second_factor.html. Fields, where it is off: setup, password and code; where it is
// on, posted to /office/second-factor/remove: password and code.
type OfficeSecondFactor struct {
	Page
	On      bool
	State   string // since when, and how many recovery codes are left
	Setup   string // stands for the secret that the form would turn on
	CodeURL string // of the QR code
	Secret  string // to be typed where nothing can be scanned, in groups of four
	App     string // under what the app lists it
}

// OfficeRecoveryCodes is the data of office/recovery_codes.html, shown once.
type OfficeRecoveryCodes struct {
	Page
	Codes   []string
	Made    string
	BackURL string
}

// MyData is the data of candidate/my_data.html. Field: password.
type MyData struct{ Page }

// MyDataFile is the data of candidate/my_data_file.html, which candidates take along: it stands alone, without
// style sheets of this site.
type MyDataFile struct {
	Page
	Title, Made string
	Sections    []DataSection
}

// DataSection is one thing that the office holds of somebody. Photo is the name of the file beside it.
type DataSection struct {
	Heading string
	Facts   []Pair
	Events  []Event
	Photo   string
}

// Leave is the data of candidate/leave.html. Fields: understood, password.
type Leave struct {
	Page
	Open      []Link // applications that have to be finished first
	Kept      int    // applications that stay
	Retention string // how long after their end, in words; empty for no end
}
