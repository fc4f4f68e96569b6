package templates

import (
	"html/template"
	"strings"
)

// Login is the data of candidate/login.html. Fields: id_number, password, captcha.
type Login struct{ Page }

// Signup is the data of candidate/signup.html. Fields: name, id_number, email, password, password_confirm,
// captcha, consent.
type Signup struct{ Page }

// Forgot is the data of candidate/forgot.html. Fields: id_number, captcha.
type Forgot struct {
	Page
	NoMail bool // the office sends no mail: the page names the counter, to everyone alike
	Sent   bool // the answer after the post, the same for every number
}

// Reset is the data of candidate/reset.html. Fields: password, password_confirm.
type Reset struct {
	Page
	Token string // from the link of the mail; empty shows that the link no longer works
}

// ConfirmEmail is the data of candidate/confirm_email.html.
type ConfirmEmail struct {
	Page
	Token   string // from the link of the mail; empty shows that the link no longer works
	Address string // masked
	Done    bool   // it is confirmed
}

// Privacy is the data of candidate/privacy.html.
type Privacy struct {
	Page
	Version string   // of the notice, such as 2026-11-24
	Kept    []string // what is kept how long, in sentences
}

// Help is the data of candidate/help.html.
type Help struct {
	Page
	Photo    PhotoRules
	LastYear int // up to this exam year a photo is asked, such as 2016
}

// NotOpen is the data of not_open.html, served with 503 while the office has no administrator.
type NotOpen struct{ Page }

// Checking is the data of checking.html, served with 503 while the data file is checked. The page
// asks again by itself.
type Checking struct {
	Page
	Progress string // how far the check is; "" where there is none
	Seconds  int    // until it asks again
}

// Error is the data of error.html, for every answer that is a refusal and no form.
type Error struct {
	Page
	Heading  string   // such as 没有找到这个页面
	Sentence string   // what happened
	Advice   string   // what to do
	Changes  []Change // what somebody else changed meanwhile, for a stale revision
	Ways     []Link   // where to go on, the first as what to do
	Quiet    bool     // none of the ways stands out
	Request  string   // number of the request, to be told on the phone; may be empty
}

// Change is one field of a record as this visitor saw it and as it is now.
type Change struct{ Label, Was, Now string }

// Apply is the data of candidate/apply.html, step 1.
type Apply struct {
	Page
	Action      string // of the choice
	Groups      []ExamGroup
	Exam        string // text of the chosen exam, such as 2015 年 一级建造师; empty: none chosen
	Cards       []Card // of the chosen exam, else all
	SelfURL     string // 填写补证申请, with the choice of exam
	Unfinished  []Link // forms that were typed into and not sent
	NotAccepted string // why no application for the exam is taken now; empty: it is
	More        Link   // beside it, such as the download of the electronic certificate; may be empty
}

// ExamGroup is a group of options, such as 您名下有证书的考试.
type ExamGroup struct {
	Label string
	Exams []ExamOption
}

// Options are the exams as a select has them, written at once: as a loop of the template, which
// calls a function for every value, they took a third of what the page took.
func (g ExamGroup) Options() template.HTML {
	var list strings.Builder
	for _, exam := range g.Exams {
		list.WriteString(`<option value="`)
		template.HTMLEscape(&list, []byte(exam.Value))
		list.WriteString(`"`)
		if exam.Selected {
			list.WriteString(" selected")
		}
		list.WriteString(">")
		template.HTMLEscape(&list, []byte(exam.Text))
		list.WriteString("</option>\n")
	}
	return template.HTML(list.String())
}

// ExamOption is one option of the select; its value is opaque.
type ExamOption struct {
	Value, Text string
	Selected    bool
}

// Card is one certificate of step 1: a line of the register, the last application about it, or both.
type Card struct {
	Certificate string // number of the register's line; empty: none
	Application string // number of the application; empty: none
	Title       string // such as 2015 年 一级建造师, and what tells it from another of the same exam
	State       string // the application's, else 可申请 or 不可申请
	Says        string // what comes next, or why not
	Reasons     []Reason
	Note        string // of the decision
	Place       *Place // where to go; nil: nowhere
	Rows        []Pair
	Act         Link   // the one next action; without an address there is none
	Dead        bool   // 申请补证 is shown disabled, as in the guide
	Loud        bool   // that is what the candidate should do now
	Again       string // where another application begins; empty: nowhere
}

// Place is a counter, as people find it. Each part may be empty.
type Place struct{ Office, Address, Hours, Telephone string }

// Fill is what the forms of step 2 and of 申请信息维护 share. Their fields are those of reissue's table;
// what comes from the holder always stands in Form.Locked, and so does what the register knows.
// Levels and specialties that the exam does not have are in Form.Skip.
type Fill struct {
	Page
	Action       string
	BackURL      string   // to step 1, or to the application
	NoPhone      bool     // who has no telephone may say so
	Years        []string // newest first
	Exams        []string // suggestions; so are Levels and Specialties
	Levels       []string
	Specialties  []string
	Cities       []string // empty: a text field
	ApprovalNote string   // hint on the date, such as what the exam's table says
	Photo        *Photo   // nil: no photo is asked
	Pledge       string   // text of the 承诺书; empty: none is asked
}

// ApplyCertificate is the data of candidate/apply_certificate.html: step 2 for a certificate of the register.
type ApplyCertificate struct{ Fill }

// ApplySelf is the data of candidate/apply_self.html: step 2 filled in by hand.
type ApplySelf struct {
	Fill
	LastDays []LastDay // of the exams known, for the script that proposes the date
}

// LastDay is a line of the exam table; Date is YYYYMMDD.
type LastDay struct{ Year, Exam, Date string }

// PhotoRules are the limits of the office. Pixels, and kilobytes of 1024 bytes.
type PhotoRules struct{ Width, Height, MinKB, MaxKB int }

// Photo is the photo block of a form.
type Photo struct {
	PhotoRules
	CheckURL   string // where the script asks about a picture
	Camera     bool   // one may be taken right here
	LastYear   int    // of exam that needs a photo, where the form does not know its exam; 0: it does
	Required   bool
	CurrentURL string   // of the photo already accepted; empty: none
	New        bool     // that photo has come since the application was last saved
	Pending    bool     // it is kept, and the candidate has to agree to it
	Confirm    bool     // no face is found in it: the candidate must say that it shows them
	Confirmed  bool     // has said so
	Hints      []string // on that photo
	Details    []string // the figures behind the hints
	// Refused says that the problems are about a file that was not kept. Also is what else is said of
	// it, Behind the figures behind both, Preview its picture, where that can be shown.
	Refused      bool
	Also, Behind []string
	Preview      Picture
	// Refusals say what to do with a picture of a foreign format, by its name, or with
	// one that is transparent.
	Refusals map[string]string
}

// Submitted is the data of candidate/submitted.html, step 3.
type Submitted struct {
	Page
	Number, Exam, Time string
	URL                string   // of the application
	Hints              []string // on what was accepted but looks odd
	Next               []string // what happens now, in sentences
}

// Applications is the data of candidate/applications.html.
type Applications struct {
	Page
	Rows []ApplicationRow
}

// ApplicationRow is one application of the candidate's list.
type ApplicationRow struct {
	Number, Exam, State, Submitted string
	Note                           string // reasons of a return, or what is expected next
	URL                            string
	EditURL                        string // 申请信息维护, where the state allows it
}

// Application is the data of candidate/application.html.
type Application struct {
	Page
	Number, Exam, State string
	Next                string   // what happens next, or what the candidate must do
	Reasons             []Reason // of a return or refusal
	Note                string   // of the reviewer
	Place               *Place   // where to collect; nil: nowhere
	Rows                []Pair
	PhotoURL            string
	History             []Event
	Revision            uint64
	EditURL             string // where the state allows it
	WithdrawURL         string // where the state allows it
	AgainURL            string // a new application, after the end of this one
	SlipURL             string // to print and bring along, while it is open
}

// Reason is one reason of a return; Field is the field it concerns in words, or "".
type Reason struct{ Text, Field string }

// Event is one line of a history. Who stays empty on candidates' pages for what the office did.
type Event struct{ When, What, Who, Note string }

// Edit is the data of candidate/edit.html, 申请信息维护. The reasons of a return stand in Form.Returned.
type Edit struct {
	Fill
	Number, Exam, State string
	Revision            uint64
	Note                string // of the reviewer, on a return
	Stale               *Stale // what the form was not posted in the knowledge of; nil: nothing
}

// Stale is what happened to a record after the form was opened that has just
// been posted.
type Stale struct {
	Events  []Event  // newest first
	Differs []Change // fields that hold another value now; Was is what was typed
}

// Profile is the data of candidate/profile.html. Fields: email, captcha; name and id_number are locked.
type Profile struct {
	Page
	Told string // the address, masked, to which results go; empty: nowhere
	Ask  bool   // the address can be confirmed by a mail with a link
}

// Password is the data of candidate/password.html and of office/password.html. Fields: old_password, password,
// password_confirm.
type Password struct {
	Page
	Must     bool // signed in with a one-time password that must be changed now
	Sessions []SessionRow
}

// SessionRow is one place where the reader is signed in; This is the one that
// is being looked from.
type SessionRow struct {
	Device, Since, Seen string
	This                bool
}
