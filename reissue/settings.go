package reissue

import "time"

// Settings are what an office decides for itself: one record, which starts from
// DefaultSettings.
type Settings struct {
	SystemName string   `cbor:"1,keyasint,omitempty"`
	OfficeName string   `cbor:"2,keyasint,omitempty"`
	Telephone  string   `cbor:"3,keyasint,omitempty"`
	Hours      string   `cbor:"4,keyasint,omitempty"`
	Address    string   `cbor:"5,keyasint,omitempty"`
	Notice     string   `cbor:"6,keyasint,omitempty"`  // 友情提示 under the sign-in card
	PhotoYear  int      `cbor:"7,keyasint,omitempty"`  // exams of this year and before need a photo
	TargetDays int      `cbor:"8,keyasint,omitempty"`  // 自然日 from submission to decision
	MailDelay  int      `cbor:"9,keyasint,omitempty"`  // minutes a decision mail waits, so that a decision can be taken back unseen
	Reasons    []Reason `cbor:"10,keyasint,omitempty"` // for returns and refusals
	Pledge     string   `cbor:"11,keyasint,omitempty"` // 承诺书 accepted at step 2; "" is none
	PublicURL  string   `cbor:"12,keyasint,omitempty"` // https://host of links in mail; "" means no mail recovery
	SMTP       SMTP     `cbor:"13,keyasint,omitempty"`

	RosterColumns    []string             `cbor:"14,keyasint,omitempty"` // of a batch's roster, in order; none is DefaultRoster
	PhotosByIDNumber bool                 `cbor:"15,keyasint,omitempty"` // name a batch's photos by ID number instead of application number
	SecondPerson     bool                 `cbor:"16,keyasint,omitempty"` // whoever locks a batch must not be the only one who approved in it
	Announcement     string               `cbor:"17,keyasint,omitempty"` // 公告 on the candidates' pages
	Photo            PhotoLimits          `cbor:"18,keyasint,omitempty"`
	Notes            []string             `cbor:"19,keyasint,omitempty"` // often used in returns and refusals
	MailTexts        map[Act]MailText     `cbor:"20,keyasint,omitempty"` // those that are not the defaults
	Backup           BackupPlan           `cbor:"21,keyasint,omitempty"`
	Retention        Retention            `cbor:"22,keyasint,omitempty"`
	Listen           string               `cbor:"23,keyasint,omitempty"` // address of `serve` without -addr; "" is the usual one
	Mirror           MirrorPlan           `cbor:"24,keyasint,omitempty"`
	Reminders        Reminders            `cbor:"25,keyasint,omitempty"`
	Places           map[string]Place     `cbor:"26,keyasint,omitempty"` // of cities, by CityKey, where they are not the office's own
	AlarmTo          string               `cbor:"27,keyasint,omitempty"` // who is mailed about alarms; "" is nobody
	LetterTexts      map[Letter]ProofText `cbor:"28,keyasint,omitempty"` // those that are not the defaults
	RemindDays       DayList              `cbor:"29,keyasint,omitempty"` // before the end of the term
	TermDays         int                  `cbor:"30,keyasint,omitempty"` // in which a returned application is to be corrected; 0 for any time
	UncollectedDays  DayList              `cbor:"31,keyasint,omitempty"` // after a new certificate has come
	ProofText        ProofText            `cbor:"40,keyasint,omitempty"` // of the 合格证明; none is DefaultProofText
	StepsHidden      bool                 `cbor:"50,keyasint,omitempty"` // the desk does not show what a new office does first
	Told             string               `cbor:"70,keyasint,omitempty"` // the version whose changes the desk has told; "" while no release has served the file
}

// PhotoLimits are the office's rules for a photo, as package photo takes them.
type PhotoLimits struct {
	Width     int `cbor:"1,keyasint"` // pixels
	Height    int `cbor:"2,keyasint"`
	MinKB     int `cbor:"3,keyasint"`
	MaxKB     int `cbor:"4,keyasint"`
	FailBelow int `cbor:"5,keyasint"` // percent of the background that must be near white
	ClearFrom int `cbor:"6,keyasint"` // percent from which it passes without a hint
}

// SMTPSecurities are how a connection to a mail server can be secured.
var SMTPSecurities = []string{"starttls", "tls", "none"}

// SMTP is how mail leaves the office; without a host it waits in the outbox.
type SMTP struct {
	Host     string `cbor:"1,keyasint,omitempty"`
	Port     int    `cbor:"2,keyasint,omitempty"`
	Username string `cbor:"3,keyasint,omitempty"`
	Password string `cbor:"4,keyasint,omitempty"`
	From     string `cbor:"5,keyasint,omitempty"`
	Security string `cbor:"6,keyasint,omitempty"` // starttls, tls or none
}

// PrivacyVersion is the version of the privacy notice that candidates consent
// to; it changes whenever the notice's text does.
const PrivacyVersion = "2026-12-01"

// DefaultSettings is an office before it has decided anything.
func DefaultSettings() Settings {
	return Settings{
		SystemName: "证书补办申请系统",
		OfficeName: "考试中心",
		Notice:     defaultNotice,
		PhotoYear:  2016,
		TargetDays: 15,
		MailDelay:  10,
		Reasons:    DefaultReasons(),
		Photo:      PhotoLimits{Width: 295, Height: 413, MinKB: 10, MaxKB: 30, FailBelow: 85, ClearFrom: 90},
		Notes:      DefaultNotes(),
		Backup:     BackupPlan{Hour: 3, Keep: 14},
	}
}

// Overdue tells whether an application that queued at a moment has waited
// longer than the office promises.
func (s *Settings) Overdue(queued Moment, now time.Time) bool {
	return DaysBetween(queued, At(now)) > s.TargetDays
}

// LateBefore is the moment before which whatever came into a state waits there for too
// long; 0 where it may wait for ever.
func (s *Settings) LateBefore(status Status, now time.Time) Moment {
	days := 0
	switch status {
	case Pending:
		days = s.TargetDays
	case Returned:
		days = s.Reminders.ReturnedDays()
	case Ready:
		days = s.Reminders.CollectDays()
	}
	if days == 0 {
		return 0
	}
	return StartOf(Today(now), -days)
}

// BatchLateBefore is the day, YYYYMMDD, before which a batch had to be expected to be
// late now; "" where none ever is.
func (s *Settings) BatchLateBefore(now time.Time) string {
	days := s.Reminders.BatchDays()
	if days == 0 {
		return ""
	}
	return StartOf(Today(now), -days).Date()
}
