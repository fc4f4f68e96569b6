package reissue

import (
	"time"
	"unicode/utf8"
)

// Aside is what the office notes about an application for itself: that it was put off,
// what was heard, and by the system whom it has reminded. It is no part of the history, which its candidate sees,
// and no change of the application that anybody's form could be too old for.
type Aside struct {
	At    Moment `cbor:"1,keyasint"`
	Act   Act    `cbor:"2,keyasint"`
	By    uint64 `cbor:"3,keyasint,omitempty"` // of the staff; 0: the office's system
	Text  string `cbor:"4,keyasint,omitempty"` // the note, or the reason
	Until string `cbor:"5,keyasint,omitempty"` // YYYYMMDD: of a hold, on which it waits again; of a reminder, the last day to correct it
	Days  int    `cbor:"6,keyasint,omitempty"` // of a reminder: which of the office's days it is of
	Mail  uint64 `cbor:"7,keyasint,omitempty"` // of a reminder: the mail, 0 where there is no address
	Void  bool   `cbor:"8,keyasint,omitempty"` // of a reminder: the mail left too late to count
}

// The acts of asides. They are none of the moves of acts.go: a hold is a flag.
const (
	ActNote    Act = "note"
	ActHold    Act = "hold"
	ActUnhold  Act = "unhold"
	ActEndHold Act = "end_hold" // its day has come
)

// AsideActs are the acts of asides.
var AsideActs = []Act{ActNote, ActHold, ActUnhold, ActEndHold, ActRemindReturn, ActRemindCollect}

// FieldUntil is the form name of a hold's last day.
const FieldUntil = "until"

// A hold is short enough for a list, and ends by itself before anybody has forgotten it.
const (
	longestHoldReason = 200
	longestHoldYears  = 1
)

// Held tells whether the application is out of the queue until a day.
func (a *Application) Held() bool { return a.HeldUntil != "" }

// Hold is the aside by which it is held, nil where it is not.
func (a *Application) Hold() *Aside {
	if !a.Held() {
		return nil
	}
	return a.lastHold()
}

// lastHold is how it was last held, nil where it never was.
func (a *Application) lastHold() *Aside {
	for i := len(a.Asides) - 1; i >= 0; i-- {
		if a.Asides[i].Act == ActHold {
			return &a.Asides[i]
		}
	}
	return nil
}

// HeldLast is the day until which it was last held, "" where it never was.
func (a *Application) HeldLast() string {
	if hold := a.lastHold(); hold != nil {
		return hold.Until
	}
	return ""
}

// LastNote is the newest note, nil where there is none.
func (a *Application) LastNote() *Aside {
	for i := len(a.Asides) - 1; i >= 0; i-- {
		if a.Asides[i].Act == ActNote {
			return &a.Asides[i]
		}
	}
	return nil
}

// AddNote keeps what a reviewer has to tell colleagues, whatever the state. What the
// same one has just noted in the same words came twice, and is kept once.
func (a *Application) AddNote(by Actor, now time.Time, text string) error {
	if !by.Is(RoleReviewer) {
		return ErrRole
	}
	if err := needNote(text, sayNoteEmpty); err != nil {
		return err
	}
	if n := len(a.Asides); n > 0 && a.Asides[n-1].Act == ActNote && a.Asides[n-1].By == by.ID && a.Asides[n-1].Text == text {
		return nil
	}
	a.aside(by, now, Aside{Act: ActNote, Text: text})
	return nil
}

// PutOff holds a waiting application until a day as it was typed, for a reason that
// stays in the office; one that is held already, until another day or for another
// reason.
func (a *Application) PutOff(by Actor, now time.Time, until, reason string) error {
	if !by.Is(RoleReviewer) {
		return ErrRole
	}
	if a.Status != Pending {
		return ErrState
	}
	day, problems := parseUntil(until, now)
	switch {
	case reason == "":
		problems.Add(FieldReason, sayHoldReasonMissing)
	case utf8.RuneCountInString(reason) > longestHoldReason:
		problems.Add(FieldReason, sayTooLong(longestHoldReason))
	}
	if err := problems.Err(); err != nil {
		return err
	}
	a.HeldUntil = day
	a.aside(by, now, Aside{Act: ActHold, Text: reason, Until: day})
	return nil
}

// parseUntil reads the day on which a held application waits again.
func parseUntil(typed string, now time.Time) (day string, problems Problems) {
	if Clean(typed) == "" {
		return "", Problems{{Field: FieldUntil, Message: sayUntilMissing}}
	}
	day, err := ParseDate(typed)
	switch today := At(now).Time(); {
	case err != nil:
		problems.Add(FieldUntil, sayUntilUnreadable)
	case day <= Today(now):
		problems.Add(FieldUntil, sayUntilPast)
	case day > Today(today.AddDate(longestHoldYears, 0, 0)):
		problems.Add(FieldUntil, sayUntilFar)
	}
	return day, problems
}

// TakeUp ends a hold before its day.
func (a *Application) TakeUp(by Actor, now time.Time) error {
	switch {
	case !by.Is(RoleReviewer):
		return ErrRole
	case !a.Held():
		return ErrState
	}
	a.HeldUntil = ""
	a.aside(by, now, Aside{Act: ActUnhold})
	return nil
}

// EndHold ends a hold whose day has come, and tells whether there was one.
func (a *Application) EndHold(by Actor, now time.Time) bool {
	if !a.Held() || a.HeldUntil > Today(now) {
		return false
	}
	a.HeldUntil = ""
	a.aside(by, now, Aside{Act: ActEndHold})
	return true
}

func (a *Application) aside(by Actor, now time.Time, aside Aside) {
	aside.At, aside.By = At(now), by.ID
	a.Asides = append(a.Asides, aside)
}
