package reissue

import (
	"slices"
	"time"
	"unicode/utf8"
)

// Status is the state of an application, stored as its word.
type Status string

// The states, with their Chinese words in words.go (domain.md §1).
const (
	Pending      Status = "pending"
	Returned     Status = "returned"
	Approved     Status = "approved"
	Refused      Status = "refused"
	Withdrawn    Status = "withdrawn"
	InProduction Status = "production"
	Ready        Status = "ready"
	HandedOut    Status = "collected"
	Mailed       Status = "mailed"
)

// Statuses lists all states in the order of an application's life.
var Statuses = []Status{Pending, Returned, Approved, InProduction, Ready, HandedOut, Mailed, Refused, Withdrawn}

// Open tells whether an application in this state stands in the way of another
// for the same certificate.
func (s Status) Open() bool {
	return slices.Contains([]Status{Pending, Returned, Approved, InProduction, Ready}, s)
}

// Editable tells whether the candidate may correct the application.
func (s Status) Editable() bool { return s == Pending || s == Returned }

// Act is something done to an application.
type Act string

// The acts of domain.md §1.
const (
	ActSubmit         Act = "submit"
	ActSave           Act = "save"
	ActWithdraw       Act = "withdraw"
	ActApprove        Act = "approve"
	ActReturn         Act = "return"
	ActRefuse         Act = "refuse"
	ActTakeBack       Act = "take_back"
	ActLock           Act = "lock"
	ActUnlock         Act = "unlock"
	ActArrive         Act = "arrive"
	ActUndoArrival    Act = "undo_arrival"
	ActHandOut        Act = "hand_out"
	ActCorrectHandOut Act = "correct_hand_out"
	ActMail           Act = "mail"
	ActCorrectMailing Act = "correct_mailing"
	ActPrintProof     Act = "print_proof"
	ActReprintProof   Act = "reprint_proof"
	ActUndoProof      Act = "undo_proof"
	ActLeaveReturn    Act = "leave_return"
	ActLeaveApprove   Act = "leave_approve"
	ActLeaveRefuse    Act = "leave_refuse"
	ActUndoLeave      Act = "undo_leave"
)

// Acts are all acts, in the order of an application's life.
func Acts() []Act {
	acts := make([]Act, len(moves))
	for i, move := range moves {
		acts[i] = move.Act
	}
	return acts
}

// moves is the whole table of domain.md §1: who may do what in which state,
// and where it leads. What is not in it does not happen. The counter does for candidates
// what these may.
var moves = []struct {
	Act  Act
	Role Role
	From []Status
	To   Status
}{
	{ActSubmit, RoleCandidate, []Status{""}, Pending},
	{ActSave, RoleCandidate, []Status{Pending, Returned}, Pending},
	{ActWithdraw, RoleCandidate, []Status{Pending, Returned}, Withdrawn},
	{ActApprove, RoleReviewer, []Status{Pending}, Approved},
	{ActReturn, RoleReviewer, []Status{Pending}, Returned},
	{ActRefuse, RoleReviewer, []Status{Pending}, Refused},
	{ActLapse, RoleSystem, []Status{Returned}, Refused},
	{ActTakeBack, RoleReviewer, []Status{Approved, Refused, Returned}, Pending},
	{ActLock, RoleReviewer, []Status{Approved}, InProduction},
	{ActUnlock, RoleReviewer, []Status{InProduction}, Approved},
	{ActArrive, RoleReviewer, []Status{InProduction}, Ready},
	{ActUndoArrival, RoleReviewer, []Status{Ready}, InProduction},
	{ActPrintProof, RoleReviewer, []Status{Approved}, Ready},
	{ActReprintProof, RoleReviewer, []Status{Ready}, Ready},
	{ActUndoProof, RoleReviewer, []Status{Ready}, Approved},
	{ActHandOut, RoleReviewer, []Status{Ready}, HandedOut},
	{ActCorrectHandOut, RoleReviewer, []Status{HandedOut}, Ready},
	{ActMail, RoleReviewer, []Status{Ready}, Mailed},
	{ActCorrectMailing, RoleReviewer, []Status{Mailed}, Ready},
	{ActLeaveReturn, RoleReviewer, []Status{InProduction, Ready}, Returned},
	{ActLeaveApprove, RoleReviewer, []Status{InProduction, Ready}, Approved},
	{ActLeaveRefuse, RoleReviewer, []Status{InProduction, Ready}, Refused},
	{ActUndoLeave, RoleReviewer, []Status{Returned, Approved, Refused}, InProduction},
}

// move changes the status by the table, counts the revision and writes the
// event. A role that may not is ErrRole, a state that does not fit ErrState.
func (a *Application) move(act Act, by Actor, now time.Time, event Event) error {
	for _, m := range moves {
		if m.Act != act {
			continue
		}
		role, may := by.as(m.Role)
		if !may {
			return ErrRole
		}
		if !slices.Contains(m.From, a.Status) {
			return ErrState
		}
		if limit := Longest[FieldNote]; utf8.RuneCountInString(event.Note) > limit {
			return Problems{{Field: FieldNote, Message: sayTooLong(limit)}}
		}
		if a.Status = m.To; a.Status != Pending {
			a.HeldUntil = "" // there is nothing to put off any more
		}
		a.Revision++
		a.Updated = At(now)
		event.At, event.Act, event.Status, event.Role, event.By = a.Updated, act, m.To, role, by.ID
		a.History = append(a.History, event)
		return nil
	}
	return ErrState
}

// Grounds are what a decision of the staff goes by, beside the application.
type Grounds struct {
	Settings *Settings
	Account  *Account // whose application it is
	Exam     *Exam    // as the office has it now; nil where it does not know it
	// Marks are what to look at in it now.
	Marks func() ([]Mark, error)
}

// Spellings are the ways to write the holder's name of which a reviewer has to
// pick one for the new certificate: the register's, then the account's. There
// are none where both write it alike, or the register does not know it.
func (a *Application) Spellings(owner *Account) []string {
	if a.Certificate == 0 || a.Fields.Name == owner.Name {
		return nil
	}
	return []string{a.Fields.Name, owner.Name}
}

// Approve accepts the application for production, or for a 合格证明 where that is
// the exam's route now: what is decided here stays, whatever the exam's route
// becomes. name is the picked spelling, where there is one to pick. Who filed it leaves
// that to another reviewer.
func (a *Application) Approve(by Actor, now time.Time, note string, on Grounds, name string) error {
	event := Event{Note: note}
	spellings := a.Spellings(on.Account)
	if len(spellings) > 0 && name == on.Account.Name {
		event.Changed, event.Was = []string{FieldName}, []string{a.Fields.Name}
	}
	if err := a.move(ActApprove, by, now, event); err != nil {
		return err
	}
	if a.FiledBy(by.ID) {
		return Problems{{Message: SayFilerApproves}}
	}
	if len(spellings) > 0 && !slices.Contains(spellings, name) {
		return Problems{{Field: FieldName, Message: sayPickSpelling}}
	}
	if len(event.Changed) > 0 {
		a.Fields.Name = name
	}
	if on.Exam != nil && on.Exam.Route == RouteProof {
		a.Route = RouteProof
	}
	return nil
}

// Return sends the application back with correctable reasons; one for a photo
// that is not asked for is none. One for what the register has may stand: the
// candidate reads there what the office will put right.
func (a *Application) Return(by Actor, now time.Time, list []Reason, codes []string, note string) error {
	if err := a.decideWith(ActReturn, Correctable, by, now, list, codes, note); err != nil {
		return err
	}
	return a.correctable(a.History[len(a.History)-1].Reasons).Err()
}

// correctable is what is wrong with reasons of a return.
func (a *Application) correctable(reasons []Reason) (problems Problems) {
	for _, reason := range reasons {
		if reason.Field == FieldPhoto && !a.CanCorrect(FieldPhoto) {
			problems.Add(FieldReason, sayNotToCorrect(reason))
		}
	}
	return problems
}

// Refuse ends the application with final reasons.
func (a *Application) Refuse(by Actor, now time.Time, list []Reason, codes []string, note string) error {
	return a.decideWith(ActRefuse, Final, by, now, list, codes, note)
}

// decideWith tries the move first: a stale screen is told so rather than asked
// for a better reason.
func (a *Application) decideWith(act Act, class Class, by Actor, now time.Time, list []Reason, codes []string, note string) error {
	reasons, problems := PickReasons(list, class, codes, note)
	if err := a.move(act, by, now, Event{Reasons: reasons, Note: note}); err != nil {
		return err
	}
	return problems.Err()
}

// TakeBack undoes a decision, for a reason that the office keeps. An approved
// application leaves the batch that was being made up; one in a locked batch
// stays. The name is the register's again, and the next decision goes by what the
// exam's route is then.
func (a *Application) TakeBack(by Actor, now time.Time, note string) error {
	if a.photoForgotten() {
		return ErrState
	}
	decision := a.LastDecision()
	if err := a.undo(ActTakeBack, by, now, note, sayTakeBackNeedsNote); err != nil {
		return err
	}
	a.Batch, a.Route = 0, RoutePaper
	if decision != nil && decision.Act == ActApprove && len(decision.Changed) > 0 {
		last := &a.History[len(a.History)-1]
		last.Changed, last.Was = []string{FieldName}, []string{a.Fields.Name}
		a.Fields.Name = decision.Was[0]
	}
	return nil
}

// MayTakeBack tells whether there is a decision that can be taken back.
func (a *Application) MayTakeBack() bool {
	return (a.Status == Approved || a.Status == Refused || a.Status == Returned) && !a.photoForgotten()
}

// undo moves back what the office has done. It tries the move first: a stale
// screen is told so rather than asked for a reason.
func (a *Application) undo(act Act, by Actor, now time.Time, note, ask string) error {
	if err := a.move(act, by, now, Event{Note: note}); err != nil {
		return err
	}
	return needNote(note, ask)
}

// TakeBackNote judges the reason for taking back what was done to many at once.
func TakeBackNote(note string) error { return needNote(note, sayListNeedsNote) }

// needNote asks for the reason of an act that undoes another.
func needNote(note, ask string) error {
	var problems Problems
	limit := Longest[FieldNote]
	switch {
	case note == "":
		problems.Add(FieldNote, ask)
	case utf8.RuneCountInString(note) > limit:
		problems.Add(FieldNote, sayTooLong(limit))
	}
	return problems.Err()
}

// undoes says which acts each of the acts that lead back can undo.
var undoes = map[Act][]Act{
	ActTakeBack:       {ActApprove, ActReturn, ActRefuse, ActLapse, ActLeaveReturn, ActLeaveApprove, ActLeaveRefuse},
	ActUnlock:         {ActLock},
	ActUndoArrival:    {ActArrive},
	ActUndoProof:      {ActPrintProof},
	ActCorrectHandOut: {ActHandOut},
	ActCorrectMailing: {ActMail},
	// Who is told to come for a certificate that is made anew must not be told so.
	ActLeaveReturn:  {ActArrive},
	ActLeaveApprove: {ActArrive},
	ActLeaveRefuse:  {ActArrive},
	ActUndoLeave:    {ActLeaveReturn, ActLeaveApprove, ActLeaveRefuse},
}

// Undone is the event that the last one has undone, nil where it undid none.
func (a *Application) Undone() *Event {
	last := len(a.History) - 1
	if last < 0 {
		return nil
	}
	for i := last - 1; i >= 0; i-- {
		if slices.Contains(undoes[a.History[last].Act], a.History[i].Act) {
			return &a.History[i]
		}
	}
	return nil
}

// JoinBatch puts the approved application into a batch that is being made up.
// It is no act: until the batch is locked nothing has happened to it. What leads to
// a 合格证明 is in no batch ever.
func (a *Application) JoinBatch(batch uint64) error {
	if a.Status != Approved || a.Batch != 0 || a.ByProof() {
		return ErrState
	}
	a.Batch = batch
	return nil
}

// LeaveBatch takes it out again.
func (a *Application) LeaveBatch() error {
	if a.Status != Approved {
		return ErrState
	}
	a.Batch = 0
	return nil
}

// LockIntoBatch sends the approved application into production, with the batch
// that it is in.
func (a *Application) LockIntoBatch(by Actor, now time.Time) error {
	if a.Batch == 0 {
		return ErrState
	}
	return a.move(ActLock, by, now, Event{})
}

// Unlock takes it out of production with its whole batch, for a reason. The number of a
// certificate that is not made is none.
func (a *Application) Unlock(by Actor, now time.Time, note string) error {
	if err := a.undo(ActUnlock, by, now, note, sayUndoNeedsNote); err != nil {
		return err
	}
	a.History[len(a.History)-1].renumbers(a.Reissued, "")
	a.Reissued = ""
	return nil
}

// Arrive notes that the new certificate has come to the office.
func (a *Application) Arrive(by Actor, now time.Time) error {
	return a.move(ActArrive, by, now, Event{})
}

// UndoArrival corrects a certificate noted as arrived that is not there.
func (a *Application) UndoArrival(by Actor, now time.Time, note string) error {
	if a.ByProof() {
		return ErrState
	}
	return a.undo(ActUndoArrival, by, now, note, sayUndoNeedsNote)
}

// HandOut notes that the new certificate was collected at the counter, by whom,
// and the number on it.
func (a *Application) HandOut(by Actor, now time.Time, c Collection) error {
	event, noted := Event{Collection: &c}, a.NewNumber()
	event.renumbers(noted, c.NewNumber)
	if err := a.move(ActHandOut, by, now, event); err != nil {
		return err
	}
	a.Reissued = c.NewNumber
	return c.misread(a.Person, noted, Today(now)).Err()
}

// CorrectHandOut takes back what was noted of a collection, the number that it
// brought along too, unless that was corrected since.
func (a *Application) CorrectHandOut(by Actor, now time.Time, note string) error {
	parting, number := a.Parting(), a.NewNumber()
	if err := a.undo(ActCorrectHandOut, by, now, note, sayUndoNeedsNote); err != nil {
		return err
	}
	if parting != nil && len(parting.Changed) > 0 && number == parting.Collection.NewNumber {
		a.Reissued = parting.Was[0]
		a.History[len(a.History)-1].renumbers(number, a.Reissued)
	}
	return nil
}

// Mail notes that the new certificate was sent; the history's note is the
// tracking number.
func (a *Application) Mail(by Actor, now time.Time, tracking string) error {
	number, ok := ParseTracking(tracking)
	if err := a.move(ActMail, by, now, Event{Note: number}); err != nil {
		return err
	}
	if !ok {
		return Problems{{Field: FieldTracking, Message: sayBadTracking}}
	}
	return nil
}

// CorrectMailing takes back what was noted of a mailing.
func (a *Application) CorrectMailing(by Actor, now time.Time, note string) error {
	return a.undo(ActCorrectMailing, by, now, note, sayUndoNeedsNote)
}
