package templates

// Settings is the data of office_settings.html. Fields: system_name, office_name, telephone, hours,
// address, notice, announcement, photo_width, photo_height, photo_min_kb, photo_max_kb, photo_fail_below,
// photo_clear_from, photo_year, target_days, mail_delay, pledge, photo_months, application_months,
// account_months, confirm_retention (where there is a Loss), listen, public_url, smtp_host, smtp_port,
// smtp_security, smtp_username, smtp_password, smtp_from; the test mail posts test_to to
// /office/settings/test-mail.
type Settings struct {
	Page
	Securities []string
	Seen       string // stands for the settings that the form was made from
	Loss       *Loss  // nil where the typed periods delete nothing that was kept
}

// Loss is what shorter periods delete, to be confirmed by the value that stands for them.
type Loss struct{ Periods, Sentence string }

// StaffList is the data of office_staff.html. Fields of the form: username, role and city (repeatable).
type StaffList struct {
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

// StaffMember is the data of office_staff_member.html. Its forms post role and city to Path, and nothing
// to Path/password, Path/unlock, Path/second-factor, Path/disable and Path/enable.
type StaffMember struct {
	Page
	Path, Name, State string
	Facts             []Pair
	Grants            Grants
	OneTime           string // the password just made, shown once
	LockedUntil       string // empty: not locked
	Disabled          bool
	Own               bool // whoever looks at it is signed in with it
	Factor            bool // it asks for a second factor
	History           []Event
}

// Audit is the data of office_audit.html. The filter's fields, all of the address: who, act, object, id,
// from and to.
type Audit struct {
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

// Verify is the data of office_verify.html: the audit chain, checked. The comparison with paper is a GET
// form with row and hash.
type Verify struct {
	Page
	Row      uint64
	Hash     string
	Findings []string
	More     int    // findings that are not shown
	Compared string // the answer of the comparison
	Equal    bool
}

// Reasons is the data of office_reasons.html. Fields: notes, and for each row code-N, label-N, field-N,
// class-N, order-N and remove-N.
type Reasons struct {
	Page
	Seen string
	Rows []ReasonRow
}

// ReasonRow is one reason of the list in its form, or room for a new one.
type ReasonRow struct {
	Index, Code, Label, Order string
	Known                     bool // its code is in use and stays
	Remove                    bool
	Fields, Classes           []Choice
	Error                     string // the first of the row
}

// Cities is the data of office_cities.html. The forms post name: to /office/settings/cities for a new one,
// and to that address with the row's id, or with /remove behind it.
type Cities struct {
	Page
	Rows []CityRow
}

// CityRow is one place of the list.
type CityRow struct{ ID, Name, Error string }

// Outbox is the data of office_mail.html. The filter's field, of the address, is state.
type Outbox struct {
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

// MailTexts is the data of office_mail_texts.html.
type MailTexts struct {
	Page
	Rows []MailTextRow
}

// MailTextRow is the text of one act's mail.
type MailTextRow struct {
	URL, Act, Subject string
	Own               bool // not the default
}

// MailText is the data of office_mail_text.html. Fields: subject and body; the buttons preview and default.
type MailText struct {
	Page
	Path, Act, Seen string
	Own             bool
	Placeholders    []Pair
	Preview         *Preview
}

// Preview is a mail as it would be sent.
type Preview struct{ Subject, Body string }

// Backup is the data of office_backup.html. Its forms post password and copy to /office/backup/download,
// nothing to /office/backup/make, and hour and keep to /office/backup.
type Backup struct {
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
}

// CopyRow is one copy in the folder.
type CopyRow struct{ Name, Made, Size string }
