package reissue

import (
	"slices"
	"time"
	"unicode/utf8"
)

// NewNumber is the 证书管理号 of the new certificate, 无 where it has none, "" while
// nobody has noted one. Of what was collected before an application had a place for
// it, the collection alone knows it.
func (a *Application) NewNumber() string {
	if c := a.Collected(); a.Reissued == "" && c != nil {
		return c.NewNumber
	}
	return a.Reissued
}

// renumbers notes that the event gives the new certificate another number.
func (e *Event) renumbers(was, now string) {
	if was != now {
		e.Changed, e.Was = append(e.Changed, FieldNewNumber), append(e.Was, was)
	}
}

// Renumbered is the new number that the application had before the event, where the
// event gave it another.
func (e *Event) Renumbered() (was string, is bool) {
	at := slices.Index(e.Changed, FieldNewNumber)
	if at < 0 {
		return "", false
	}
	return e.Was[at], true
}

// The acts that note or correct a new number. They are none of the moves of
// acts.go: the state stays. A number that another has too is shared by an
// administrator's word.
const (
	ActNumber      Act = "number"
	ActShareNumber Act = "share_number"
)

// Numbered tells whether the application can have a new number: the new certificate has
// come. A proof has a number of its own.
func (a *Application) Numbered() bool {
	return a.Route != RouteProof && slices.Contains([]Status{Ready, HandedOut, Mailed}, a.Status)
}

// Number notes the new number that was typed. One that takes the place of another
// needs a reason, and so does one that is shared. An empty one takes it away, unless
// it was read on a certificate that was collected.
func (a *Application) Number(by Actor, now time.Time, typed, reason string, shared bool) error {
	number, ok := ParseCertificateNumber(typed)
	had := a.NewNumber()
	var problems Problems
	switch {
	case Clean(typed) == "" && (had == "" || a.Status == HandedOut):
		problems.Add(FieldNewNumber, sayNewNumberMissing)
	case Clean(typed) == "":
		number = ""
	case !ok:
		problems.Add(FieldNewNumber, sayBadCertificateNumber)
	case number == had && !shared:
		problems.Add(FieldNewNumber, saySameNumber)
	}
	switch limit := Longest[FieldNote]; {
	case reason == "" && (had != "" || shared):
		problems.Add(FieldReason, sayNumberNeedsReason)
	case utf8.RuneCountInString(reason) > limit:
		problems.Add(FieldReason, sayTooLong(limit))
	}
	act := ActNumber
	if shared {
		act = ActShareNumber
	}
	if err := a.setNumber(act, by, now, number, reason); err != nil {
		return err
	}
	return problems.Err()
}

// TakeBackNumber gives the application the new number that it had before its last
// change, for a reason.
func (a *Application) TakeBackNumber(by Actor, now time.Time, note string) error {
	was, is := a.History[len(a.History)-1].Renumbered()
	if !is {
		return ErrState
	}
	if err := a.setNumber(ActNumber, by, now, was, note); err != nil {
		return err
	}
	return needNote(note, sayUndoNeedsNote)
}

func (a *Application) setNumber(act Act, by Actor, now time.Time, number, note string) error {
	role := RoleReviewer
	if act == ActShareNumber || !by.Is(role) {
		role = RoleAdmin
	}
	switch {
	case !by.Is(role):
		return ErrRole
	case !a.Numbered():
		return ErrState
	}
	event := Event{Act: act, Status: a.Status, Role: role, By: by.ID, Note: note}
	event.renumbers(a.NewNumber(), number)
	a.Reissued = number
	a.Revision++
	a.Updated = At(now)
	event.At = a.Updated
	a.History = append(a.History, event)
	return nil
}
