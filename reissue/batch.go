package reissue

import (
	"slices"
	"strconv"
	"time"
)

// Batch is a 制证批次: approved applications that are sent to production
// together. Which they are stands with them (Application.Batch); Members,
// Exams and Cities are what they come to, or came to before the last of them left.
type Batch struct {
	ID       uint64       `cbor:"1,keyasint"`
	Name     string       `cbor:"2,keyasint"`
	Status   BatchStatus  `cbor:"3,keyasint"`
	Created  Moment       `cbor:"4,keyasint"`
	Locked   Moment       `cbor:"5,keyasint,omitempty"`
	Reported Moment       `cbor:"6,keyasint,omitempty"`
	Arrived  Moment       `cbor:"7,keyasint,omitempty"`
	Expected string       `cbor:"8,keyasint,omitempty"` // YYYYMMDD on which the new certificates should come; "" not known
	Members  int          `cbor:"9,keyasint"`
	Exams    []string     `cbor:"10,keyasint,omitempty"` // titles
	Cities   []string     `cbor:"11,keyasint,omitempty"`
	Revision uint64       `cbor:"12,keyasint"` // counts every change
	History  []BatchEvent `cbor:"13,keyasint"`
	// Forgotten is how many of Members the office keeps no longer.
	Forgotten int `cbor:"30,keyasint,omitempty"`
}

// BatchEvent is one change of a batch.
type BatchEvent struct {
	At     Moment      `cbor:"1,keyasint"`
	Act    BatchAct    `cbor:"2,keyasint"`
	Status BatchStatus `cbor:"3,keyasint"` // after it
	By     uint64      `cbor:"4,keyasint"`
	Note   string      `cbor:"5,keyasint,omitempty"`
	// Application is the one that left production, or came back.
	Application uint64 `cbor:"6,keyasint,omitempty"`
}

// MaxBatch is how many applications a batch can hold: all of them move in one
// transaction, during which nobody else can save.
const MaxBatch = 2000

// BatchStatus is the state of a batch, stored as its word.
type BatchStatus string

// The states of a batch. A dissolved one is kept for its history.
const (
	BatchOpen      BatchStatus = "open"
	BatchLocked    BatchStatus = "locked"
	BatchReported  BatchStatus = "reported"
	BatchArrived   BatchStatus = "arrived"
	BatchDissolved BatchStatus = "dissolved"
)

// InProduction tells whether the batch's applications have been locked into it.
func (s BatchStatus) InProduction() bool {
	return s == BatchLocked || s == BatchReported || s == BatchArrived
}

// BatchAct is something done to a batch.
type BatchAct string

// The acts on a batch.
const (
	BatchMake        BatchAct = "make"
	BatchAdd         BatchAct = "add"
	BatchRemove      BatchAct = "remove"
	BatchExpect      BatchAct = "expect"
	BatchLock        BatchAct = "lock"
	BatchUnlock      BatchAct = "unlock"
	BatchReport      BatchAct = "report"
	BatchUndoReport  BatchAct = "undo_report"
	BatchArrive      BatchAct = "arrive"
	BatchUndoArrival BatchAct = "undo_arrival"
	BatchDissolve    BatchAct = "dissolve"
	BatchLeave       BatchAct = "leave"
	BatchRejoin      BatchAct = "rejoin"
)

// batchMove is one line of the table of a batch's acts.
type batchMove struct {
	Act  BatchAct
	From []BatchStatus
	To   BatchStatus // "" leaves the state
	Why  bool        // it needs a reason
}

// batchMoves is the whole table of what may be done to a batch, by reviewers.
var batchMoves = []batchMove{
	{BatchMake, []BatchStatus{""}, BatchOpen, false},
	{BatchAdd, []BatchStatus{BatchOpen}, "", false},
	{BatchRemove, []BatchStatus{BatchOpen}, "", false},
	{BatchExpect, []BatchStatus{BatchOpen, BatchLocked, BatchReported}, "", false},
	{BatchLock, []BatchStatus{BatchOpen}, BatchLocked, false},
	{BatchUnlock, []BatchStatus{BatchLocked}, BatchOpen, true},
	{BatchReport, []BatchStatus{BatchLocked}, BatchReported, false},
	{BatchUndoReport, []BatchStatus{BatchReported}, BatchLocked, true},
	{BatchArrive, []BatchStatus{BatchLocked, BatchReported}, BatchArrived, false},
	{BatchUndoArrival, []BatchStatus{BatchArrived}, BatchReported, true},
	{BatchDissolve, []BatchStatus{BatchOpen}, BatchDissolved, true},
	{BatchLeave, []BatchStatus{BatchLocked, BatchReported, BatchArrived}, "", false},
	{BatchRejoin, []BatchStatus{BatchLocked, BatchReported, BatchArrived}, "", false},
}

// move is the table's line for an act in the batch's state, nil where there is
// none.
func (b *Batch) move(act BatchAct) *batchMove {
	for i := range batchMoves {
		if m := &batchMoves[i]; m.Act == act && slices.Contains(m.From, b.Status) {
			return m
		}
	}
	return nil
}

// May tells whether the act fits the batch's state.
func (b *Batch) May(act BatchAct) bool { return b.move(act) != nil }

// Do changes the batch's own state by the table. What it means for the
// applications in it is BatchAct.On.
func (b *Batch) Do(act BatchAct, by Actor, now time.Time, note string) error {
	m := b.move(act)
	switch {
	case !by.Is(RoleReviewer):
		return ErrRole
	case m == nil:
		return ErrState
	case m.Why:
		if err := needNote(note, sayUndoNeedsNote); err != nil {
			return err
		}
	}
	if m.To != "" {
		b.Status = m.To
	}
	b.stamp(act, At(now))
	b.Revision++
	b.History = append(b.History, BatchEvent{At: At(now), Act: act, Status: b.Status, By: by.ID, Note: note})
	return nil
}

// Without changes the batch for an application that has left it, by being taken back
// while it was open, or out of production.
func (b *Batch) Without(a *Application, by Actor, now time.Time, note string) error {
	if b.Status == BatchOpen {
		return b.Do(BatchRemove, by, now, "")
	}
	return b.about(a, BatchLeave, by, now, note)
}

// TakesBack tells whether an application that has left production can come back into
// the batch: not once it was unlocked, since what is made from then on is made by
// another roster.
func (b *Batch) TakesBack(a *Application) bool {
	for _, event := range slices.Backward(b.History) {
		switch {
		case event.Act == BatchUnlock:
			return false
		case event.Act == BatchLeave && event.Application == a.ID:
			return true
		}
	}
	return false
}

// With changes it for one that is back in production.
func (b *Batch) With(a *Application, by Actor, now time.Time, note string) error {
	if !b.TakesBack(a) {
		return ErrState
	}
	return b.about(a, BatchRejoin, by, now, note)
}

func (b *Batch) about(a *Application, act BatchAct, by Actor, now time.Time, note string) error {
	err := b.Do(act, by, now, note)
	if err == nil {
		b.History[len(b.History)-1].Application = a.ID
	}
	return err
}

// Left are the applications that have left the batch's production, in that order.
func (b *Batch) Left() (list []uint64) {
	for _, event := range b.History {
		switch event.Act {
		case BatchLeave:
			list = append(list, event.Application)
		case BatchRejoin:
			list = slices.DeleteFunc(list, func(id uint64) bool { return id == event.Application })
		}
	}
	return list
}

// Tells tells whether the batch's history has what an application's has: that it left
// the batch's production.
func (b *Batch) Tells(a *Application, left *Event) bool {
	return left.Left == b.ID && slices.ContainsFunc(b.History, func(event BatchEvent) bool {
		return event.Act == BatchLeave && event.Application == a.ID && event.At == left.At && event.By == left.By
	})
}

// stamp keeps the moments of what stands, and of nothing that was undone.
func (b *Batch) stamp(act BatchAct, at Moment) {
	switch act {
	case BatchMake:
		b.Created = at
	case BatchLock:
		b.Locked = at
	case BatchUnlock:
		b.Locked = 0
	case BatchReport:
		b.Reported = at
	case BatchUndoReport:
		b.Reported = 0
	case BatchArrive:
		b.Arrived = at
	case BatchUndoArrival:
		b.Arrived = 0
		if b.Reported == 0 { // it had arrived without ever being marked reported
			b.Status = BatchLocked
		}
	}
}

// On is what the act means for one application of the batch.
func (act BatchAct) On(a *Application, by Actor, now time.Time, note string) error {
	switch act {
	case BatchLock:
		return a.LockIntoBatch(by, now)
	case BatchUnlock:
		return a.Unlock(by, now, note)
	case BatchArrive:
		return a.Arrive(by, now)
	case BatchUndoArrival:
		return a.UndoArrival(by, now, note)
	case BatchDissolve:
		return a.LeaveBatch()
	}
	return nil
}

// Skips tells whether the act passes an application by: certificates may come
// one by one, before and after the others of their batch.
func (act BatchAct) Skips(a *Application) bool {
	return act == BatchArrive && a.Status != InProduction || act == BatchUndoArrival && a.Status == InProduction
}

// Lockable judges the whole of a batch before it is locked.
func (b *Batch) Lockable(members []*Application, by Actor, settings *Settings) error {
	if len(members) == 0 {
		return Problems{{Message: sayEmptyBatch}}
	}
	if !settings.SecondPerson {
		return nil
	}
	if slices.ContainsFunc(members, func(a *Application) bool {
		decision := a.LastDecision()
		return decision != nil && decision.By != by.ID
	}) {
		return nil
	}
	return Problems{{Message: saySecondPerson}}
}

// MovedOn refuses an act for the sake of members whose state does not fit.
func MovedOn(members []*Application) error {
	if len(members) == 0 {
		return nil
	}
	return Problems{{Field: FieldNote, Message: saySomeMovedOn(len(members), strconv.FormatUint(members[0].ID, 10)+" "+members[0].Status.Word())}}
}

// Tally counts the members anew. What a batch is of, it stays when the last of them
// leaves, and for those that are kept no longer: whose work it was tells who may see it.
func (b *Batch) Tally(members []*Application) {
	b.Members = len(members) + b.Forgotten
	if len(members) > 0 && b.Forgotten == 0 {
		b.Exams, b.Cities = nil, nil
	}
	for _, a := range members {
		exam := Exam{Year: a.Fields.ExamYear, Name: a.Fields.ExamName}
		if title := exam.Title(); !slices.Contains(b.Exams, title) {
			b.Exams = append(b.Exams, title)
		}
		if !slices.Contains(b.Cities, a.Fields.City) {
			b.Cities = append(b.Cities, a.Fields.City)
		}
	}
	slices.Sort(b.Exams)
	slices.Sort(b.Cities)
}

// ParseExpected reads when the new certificates are expected; "" is not known.
// today is YYYYMMDD.
func ParseExpected(typed, today string) (string, Problems) {
	if Clean(typed) == "" {
		return "", nil
	}
	date, err := ParseDate(typed)
	switch {
	case err != nil:
		return "", Problems{{Field: FieldExpected, Message: sayBadDate}}
	case date < today:
		return "", Problems{{Field: FieldExpected, Message: sayExpectedPast}}
	}
	return date, nil
}

// BatchActs are those that are done to a batch once it is made.
var BatchActs = []BatchAct{BatchAdd, BatchRemove, BatchExpect, BatchLock, BatchUnlock, BatchReport, BatchUndoReport, BatchArrive, BatchUndoArrival, BatchDissolve,
	BatchLeave, BatchRejoin}
