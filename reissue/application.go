package reissue

import (
	"slices"
	"strconv"
	"strings"
	"time"
)

// Application is a candidate's request for a reissued certificate. Its fields
// are set by Submit and Save alone, its status by the acts of acts.go alone.
type Application struct {
	// ID is the number that people see and type: year, six digits of sequence,
	// check digit (see NewNumber).
	ID          uint64   `cbor:"1,keyasint"`
	Owner       uint64   `cbor:"2,keyasint"` // the account
	Person      Person   `cbor:"3,keyasint"`
	Certificate uint64   `cbor:"4,keyasint,omitempty"` // 0: filled in by hand
	Exam        uint64   `cbor:"5,keyasint,omitempty"` // 0: the office does not know the exam
	Fields      Fields   `cbor:"6,keyasint"`
	Photo       Photo    `cbor:"7,keyasint,omitempty"`
	Status      Status   `cbor:"8,keyasint"`
	Revision    uint64   `cbor:"9,keyasint"` // counts every change
	Submitted   Moment   `cbor:"10,keyasint"`
	Queued      Moment   `cbor:"11,keyasint"` // its place in the queue; a return and correction takes a new one, but for one out of production
	Updated     Moment   `cbor:"12,keyasint"`
	History     []Event  `cbor:"13,keyasint"`
	Locked      []string `cbor:"14,keyasint,omitempty"` // fields whose value came from the register at the last save
	Round       int      `cbor:"15,keyasint"`           // 第 N 次补办
	Pledged     Moment   `cbor:"16,keyasint,omitempty"` // when the 承诺书 was accepted
	Batch       uint64   `cbor:"20,keyasint,omitempty"` // 制证批次, from being collected into it on; 0 none
	// Reissued is the new certificate's 证书管理号, or 无; "" while nobody has noted
	// one (see NewNumber).
	Reissued string `cbor:"21,keyasint,omitempty"`
	Route    Route  `cbor:"35,keyasint,omitempty"` // the exam's when it was approved: RouteProof, else RoutePaper
	Proof    uint64 `cbor:"36,keyasint,omitempty"` // number of its 合格证明, once that is printed; 0 none that is good
	// Moved is since when the line of the register that it was made from is another
	// person's, by a correction; 0: it is not.
	Moved Moment `cbor:"40,keyasint,omitempty"`
	// Asides are what staff have noted for themselves; HeldUntil is the day, YYYYMMDD, on
	// which it waits again, "" where it is not held.
	Asides    []Aside `cbor:"41,keyasint,omitempty"`
	HeldUntil string  `cbor:"42,keyasint,omitempty"`
}

// Fields is what the new certificate will say, and how to reach its holder:
// the registered values as last saved and what the candidate filled in.
type Fields struct {
	Name              string `cbor:"1,keyasint"`
	Sex               string `cbor:"2,keyasint,omitempty"`
	BirthMonth        string `cbor:"3,keyasint,omitempty"`
	ExamYear          int    `cbor:"4,keyasint"`
	ExamName          string `cbor:"5,keyasint"`
	CertificateNumber string `cbor:"6,keyasint,omitempty"`
	ApprovalDate      string `cbor:"7,keyasint,omitempty"`
	Level             string `cbor:"8,keyasint,omitempty"`
	Specialty         string `cbor:"9,keyasint,omitempty"`
	City              string `cbor:"10,keyasint,omitempty"`
	Phone             string `cbor:"11,keyasint"`
}

// Photo is what is known of an application's photo; its bytes lie apart.
type Photo struct {
	Digest []byte   `cbor:"1,keyasint,omitempty"` // of the pixels: equal pictures are found by it
	Sum    []byte   `cbor:"2,keyasint,omitempty"` // SHA-256 of the stored bytes
	Hints  []string `cbor:"3,keyasint,omitempty"` // Chinese sentences of the photo check
	NoFace bool     `cbor:"4,keyasint,omitempty"` // none was found; the candidate has confirmed who is in it
}

// Given tells whether there is a photo.
func (p Photo) Given() bool { return len(p.Sum) > 0 }

// Event is one change of an application: the history that both sides see.
type Event struct {
	At      Moment   `cbor:"1,keyasint"`
	Act     Act      `cbor:"2,keyasint"`
	Status  Status   `cbor:"3,keyasint"` // after it
	Role    Role     `cbor:"4,keyasint"`
	By      uint64   `cbor:"5,keyasint"`
	Reasons []Reason `cbor:"6,keyasint,omitempty"`
	Note    string   `cbor:"7,keyasint,omitempty"`
	Changed []string `cbor:"8,keyasint,omitempty"` // names of fields, by a save
	Mail    uint64   `cbor:"9,keyasint,omitempty"` // the mail that tells the candidate
	// Collection says who collected, by a hand-out.
	Collection *Collection `cbor:"10,keyasint,omitempty"`
	// Was are the values of Changed before, in its order; a photo has none.
	Was []string `cbor:"11,keyasint,omitempty"`
	// Left is the batch that the application left, by leaving production; Void the
	// number of the new certificate that is no longer valid for that.
	Left uint64 `cbor:"12,keyasint,omitempty"`
	Void string `cbor:"13,keyasint,omitempty"`
}

// NewNumber makes an application's public number from its year and its place
// in that year: clerks type it, so a check digit (ISO 7064 MOD 11,10) catches
// a slip.
func NewNumber(year int, sequence uint64) uint64 {
	n := uint64(year)*1_000_000 + sequence
	return n*10 + checkDigit(n)
}

// SplitNumber undoes NewNumber.
func SplitNumber(number uint64) (year int, sequence uint64) {
	n := number / 10
	return int(n / 1_000_000), n % 1_000_000
}

// ParseNumber reads a typed application number; spaces and hyphens are free.
func ParseNumber(s string) (uint64, bool) {
	s = strings.ReplaceAll(code(s), "-", "")
	n, err := strconv.ParseUint(s, 10, 64)
	if err != nil || len(s) != 11 || checkDigit(n/10) != n%10 {
		return 0, false
	}
	return n, true
}

// checkDigit is ISO 7064 MOD 11,10 over the decimal digits of n.
func checkDigit(n uint64) uint64 {
	p := uint64(10)
	for _, d := range strconv.FormatUint(n, 10) {
		p = (p + uint64(d-'0')) % 10
		if p == 0 {
			p = 10
		}
		p = p * 2 % 11
	}
	return (11 - p) % 10
}

// OpenKey names what only one open application may be about: its certificate,
// or, filled in by hand, the person, exam, level and specialty. It is "" when
// the application is not open, so that the index over it is a partial one, and when its
// line is another person's now, whom it must not keep out.
func (a *Application) OpenKey() string {
	if !a.Status.Open() || a.Moved != 0 {
		return ""
	}
	return a.SubjectKey()
}

// SubjectKey is OpenKey whether or not the application is open.
func (a *Application) SubjectKey() string {
	if a.Certificate != 0 {
		return "certificate\x00" + strconv.FormatUint(a.Certificate, 10)
	}
	f := &a.Fields
	return strings.Join([]string{"hand", a.Person.Key(), strconv.Itoa(f.ExamYear), Key(f.ExamName), Key(f.Level), Key(f.Specialty)}, "\x00")
}

// SameSubject tells whether two applications are about the same certificate of the same
// person, whether made from the register or by hand.
func SameSubject(a, b *Application) bool {
	f, g := &a.Fields, &b.Fields
	return a.Person == b.Person && f.ExamYear == g.ExamYear && Key(f.ExamName) == Key(g.ExamName) && Key(f.Level) == Key(g.Level) &&
		Key(f.Specialty) == Key(g.Specialty)
}

// LastDecision is the event by which staff, or the end of a term, last decided, nil where that was
// taken back, the candidate has changed the application since, or nobody has
// decided. What production does afterwards leaves the decision standing, and so
// does leaving it to be made anew.
func (a *Application) LastDecision() *Event {
	undone := false
	for i := len(a.History) - 1; i >= 0; i-- {
		switch event := &a.History[i]; event.Act {
		case ActUndoLeave:
			undone = true
		case ActLeaveReturn, ActLeaveApprove, ActLeaveRefuse:
			if !undone && event.Act != ActLeaveApprove {
				return event
			}
			undone = false
		case ActApprove, ActReturn, ActRefuse, ActLapse:
			return event
		case ActSave, ActWithdraw, ActTakeBack:
			return nil
		}
	}
	return nil
}

// CanCorrect tells whether a returned application could be corrected in a field:
// by the candidate, or at the counter where it is the name. "" is the whole
// application.
func (a *Application) CanCorrect(field string) bool {
	if field == FieldPhoto {
		return a.Certificate == 0 || a.Photo.Given()
	}
	return field == FieldName || !a.IsLocked(field)
}

// IsLocked tells whether the field's value came from the register or the
// account, so that the candidate cannot change it.
func (a *Application) IsLocked(field string) bool { return slices.Contains(a.Locked, field) }

// Submit makes the application out of a checked draft.
func (a *Application) Submit(by Actor, now time.Time) error {
	a.Submitted, a.Queued = At(now), At(now)
	return a.move(ActSubmit, by, now, Event{})
}

// Save takes over a corrected draft. A returned application goes back into the
// queue, at its end, unless it came out of production: that one has waited since it
// was submitted, and comes before the first one there, too, which has the place head
// (0: nothing waits). A pending one keeps its place.
func (a *Application) Save(by Actor, now time.Time, fields Fields, locked []string, photo Photo, head Moment) error {
	changed := a.Fields.Diff(fields)
	was := a.Fields.values(changed)
	if photo.Given() && !slices.Equal(photo.Sum, a.Photo.Sum) {
		changed, was = append(changed, FieldPhoto), append(was, "")
	}
	returned, left := a.Status == Returned, a.Left() != nil
	if err := a.move(ActSave, by, now, Event{Changed: changed, Was: was}); err != nil {
		return err
	}
	switch {
	case left:
		if a.Queued = a.Submitted; head != 0 {
			a.Queued = min(a.Queued, head-1)
		}
	case returned:
		a.Queued = At(now)
	}
	if photo.Given() {
		a.Photo = photo
	}
	a.Fields, a.Locked = fields, locked
	return nil
}

// Withdraw is the candidate's way out before a decision.
func (a *Application) Withdraw(by Actor, now time.Time) error {
	return a.move(ActWithdraw, by, now, Event{})
}

// Changed is a field of an application with its value before and now; a photo
// has none.
type Changed struct{ Field, Was, Now string }

// Changes are the fields that some of an application's last events changed,
// each once, without those that are again what they were.
func Changes(a *Application, since []Event) []Changed {
	var list []Changed
	seen := map[string]bool{}
	for _, event := range since {
		for i, field := range event.Changed {
			if seen[field] || i >= len(event.Was) {
				continue
			}
			seen[field] = true
			now := a.Fields.Get(field)
			switch field {
			case FieldIDNumber:
				now = a.Person.Number.Full()
			case FieldNewNumber:
				now = a.NewNumber()
			}
			if field == FieldPhoto || now != event.Was[i] {
				list = append(list, Changed{field, event.Was[i], now})
			}
		}
	}
	return list
}
