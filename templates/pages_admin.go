package templates

// OfficeSettings is the data of office/settings.html. Its fields are those of reissue.SettingsForm, and
// confirm_retention (where there is a Loss); the test mail posts test_to to /office/settings/test-mail.
type OfficeSettings struct {
	Page
	Securities  []string
	Seen        string // stands for the settings that the form was made from
	Loss        *Loss  // nil where the typed periods delete nothing that was kept
	StepsHidden bool   // what a new office does first is not shown on the desk
	TermSays    string // what the term for corrections closes soon; empty for nothing
}

// Loss is what shorter periods delete, to be confirmed by the value that stands for them. Archive tells what of it is
// in no archive; empty for nothing.
type Loss struct{ Periods, Sentence, Archive string }

// OfficeStaff is the data of office/staff.html. Fields of the form: username, role and city (repeatable).
type OfficeStaff struct {
	Page
	Rows   []StaffRow
	Grants Grants
}

// StaffRow is a login of the office in the list.
type StaffRow struct{ URL, Name, Roles, Cities, State, LastLogin string }

// Grants are the roles and cities that a login can be given.
type Grants struct{ Roles, Cities []Choice }

// Choice is one box or option of several.
type Choice struct {
	Value, Text, Hint string
	Chosen            bool
}

// ChoiceGroup are choices under a title.
type ChoiceGroup struct {
	Title   string
	Choices []Choice
}

// OfficeStaffMember is the data of office/staff_member.html. Its forms post role and city to Path, and nothing
// to Path/password, Path/unlock, Path/second-factor, Path/disable and Path/enable, each with seen.
type OfficeStaffMember struct {
	Page
	Path, Name, State string
	Facts             []Pair
	Grants            Grants
	Seen              string // stands for the login as the page shows it
	OneTime           string // the password just made, shown once
	LockedUntil       string // empty: not locked
	Disabled          bool
	Own               bool // whoever looks at it is signed in with it
	Factor            bool // it asks for a second factor
	History           []Event
}

// OfficeAudit is the data of office/audit.html. The filter's fields, all of the address: who, act, object, id,
// from and to.
type OfficeAudit struct {
	Page
	Own      bool // only what the reader did: no filter by who
	Filtered bool
	Who      []Choice
	Acts     []ChoiceGroup
	Objects  []Choice
	Rows     []AuditRow
	FirstURL string // back to the first page; empty on it
	NextURL  string
	Continue bool // the search stopped before its end
	Verify   bool // the role may verify the chain and export
	XLSX     string
	CSV      string
}

// AuditRow is one row of the log. URL leads to the object, where the role may open it.
type AuditRow struct {
	Number                uint64
	When, Who, What, Note string
	Object, URL           string
}

// OfficeAuditVerify is the data of office/audit_verify.html: the audit chain, checked. The comparison with paper is a GET
// form with row and hash.
type OfficeAuditVerify struct {
	Page
	Row      uint64
	Hash     string
	Findings []string
	More     int    // findings that are not shown
	Compared string // the answer of the comparison
	Equal    bool
}

// OfficeReasons is the data of office/reasons.html. Fields: notes, and for each row code-N, label-N, field-N,
// class-N, order-N and remove-N.
type OfficeReasons struct {
	Page
	Seen string
	Rows []ReasonRow
}

// ReasonRow is one reason of the list in its form, or room for a new one.
type ReasonRow struct {
	Index, Code, Label, Key, Order string
	Known                          bool // its code is in use and stays
	Remove                         bool
	Fields, Classes                []Choice
	Error                          string // the first of the row
}

// OfficeCities is the data of office/cities.html. The forms post name: to /office/settings/cities for a new one,
// and to that address with the row's id, or with /remove behind it.
type OfficeCities struct {
	Page
	Rows []CityRow
}

// CityRow is one place of the list, with the counter that is set for it. PlaceForm is its form, which posts address,
// hours, telephone and seen to the address with /place behind it.
type CityRow struct {
	ID, Name, Error string
	Place           []string // what is set for it
	Open            bool     // the form of the place is being filled in
	PlaceForm       Form
	Seen            string
}

// OfficeMail is the data of office/mail.html. The filter's field, of the address, is state.
type OfficeMail struct {
	Page
	States   []Choice
	Failed   string // how many mails have failed, in words; empty for none
	Waiting  string // how many wait
	Held     bool   // nothing leaves until somebody releases the outbox
	NoServer bool   // nothing leaves: there is no mail server
	Rows     []MailRow
	FirstURL string
	NextURL  string
	Continue bool
}

// MailRow is one mail. To is masked; an Application has its URL.
type MailRow struct {
	ID, Created, To, Subject, Body, State, Note string
	Application, URL                            string
	Retry                                       bool
}

// OfficeMailTelephone is the data of office/mail_telephone.html. Its form posts mail, repeatable, to its own address; a
// call that was made posts nothing to that with its ID and /undo.
type OfficeMailTelephone struct {
	Page
	Rows     []CallRow
	Told     []CallRow
	FirstURL string
	NextURL  string
	Continue bool
}

// CallRow is what somebody is to be told by telephone, and why no mail tells them; or, with Told, when that was
// done, and by whom.
type CallRow struct {
	ID, Number, URL, Name, Phone, Exam, Text, Since, Why string // Phone is empty for who has none
	Letter                                               *Link  // to print what is said, for them; nil where nothing says it
	Picked                                               bool
	Told, By                                             string
}

// OfficeMailTexts is the data of office/mail_texts.html.
type OfficeMailTexts struct {
	Page
	Rows []MailTextRow
}

// MailTextRow is the text of one act's mail.
type MailTextRow struct {
	URL, Act, Subject string
	Own               bool // not the default
}

// OfficeMailText is the data of office/mail_text.html. Fields: subject and body; the buttons preview and default.
type OfficeMailText struct {
	Page
	Path, Act, Seen string
	Own             bool
	Placeholders    []Pair
	Preview         *Preview
}

// Preview is a mail as it would be sent.
type Preview struct{ Subject, Body string }

// OfficeBackup is the data of office/backup.html. Its forms post password and copy to /office/backup/download,
// nothing to /office/backup/make and /office/backup/locked, and hour, keep, mirror_folder and mirror_seconds to /office/backup.
type OfficeBackup struct {
	Page
	Last   string // when the last good copy was made, and how long ago; empty for never
	TooOld bool
	Seen   string   // of the plan's form
	Plan   string   // when copies are made by themselves, in words
	Copies []Choice // what can be downloaded: the data as they are now, and each copy
	Rows   []CopyRow
	Folder string
	Row    uint64 // of the log, the last one
	Hash   string
	Purged bool // bytes of deleted records wait for the next start
	// Failed is of the last copy that was not made: when, why, and what to do; empty
	// where it was.
	Failed     string
	Damaged    bool // the file is known to be damaged: no copy makes room
	KeptByHand int  // copies that somebody asked for
	Mirror     *MirrorState
}

// OfficeBackupLocked is the data of office/backup_locked.html. Its form posts passphrase, copy and password to Path.
type OfficeBackupLocked struct {
	Page
	Path       string
	Passphrase string
	Copies     []Choice
}

// MirrorState is how old the second copy is, or what is wrong with it.
type MirrorState struct {
	Age, Trouble, Folder string
	Wrong                bool
	ByFlag               bool // and not by the settings
}

// CopyRow is one copy in the folder.
type CopyRow struct{ Name, Made, Size string }
