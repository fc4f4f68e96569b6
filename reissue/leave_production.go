package reissue

import "time"

// FieldTo is the form name of where an application goes that leaves production.
const FieldTo = "to"

// ways are the acts by which one application leaves production, whatever becomes of
// the others of its batch, in the order that pages offer them.
var ways = []struct {
	To  Status
	Act Act
}{{Approved, ActLeaveApprove}, {Returned, ActLeaveReturn}, {Refused, ActLeaveRefuse}}

// WaysOut are the states that an application in production can leave for.
func WaysOut() (list []Status) {
	for _, way := range ways {
		list = append(list, way.To)
	}
	return list
}

// leaves tells whether the act leads out of production.
func (act Act) leaves() bool {
	return act == ActLeaveReturn || act == ActLeaveApprove || act == ActLeaveRefuse
}

// MayLeaveProduction tells whether the application is where LeaveProduction leads out
// of. One that was handed out or sent is corrected first, and a 合格证明 is made void
// (UndoProof).
func (a *Application) MayLeaveProduction() bool {
	return a.Status == InProduction || a.Status == Ready && !a.ByProof()
}

// LeaveProduction takes one application out of its batch: to be corrected by the
// candidate or refused, with reasons as by Return and Refuse, or to be made anew in
// the next batch, for a reason that is told. The number of a new certificate that was
// given is void. Where the approval does not stand, the name is the register's again.
func (a *Application) LeaveProduction(by Actor, now time.Time, to Status, list []Reason, codes []string, note string) error {
	if a.ByProof() {
		return ErrState
	}
	act, event := ActLeaveApprove, Event{Note: note, Left: a.Batch, Void: a.lastNumber()}
	var problems Problems
	switch to {
	case Returned:
		act = ActLeaveReturn
		event.Reasons, problems = PickReasons(list, Correctable, codes, note)
		problems = append(problems, a.correctable(event.Reasons)...)
	case Refused:
		act = ActLeaveRefuse
		event.Reasons, problems = PickReasons(list, Final, codes, note)
	case Approved:
		if note == "" {
			problems.Add(FieldNote, sayAnewNeedsNote)
		}
	default:
		problems.Add(FieldTo, sayNoWayOut)
	}
	approval := a.LastDecision()
	if act != ActLeaveApprove && approval != nil && len(approval.Changed) > 0 {
		event.Changed, event.Was = []string{FieldName}, []string{a.Fields.Name}
	}
	if err := a.move(act, by, now, event); err != nil {
		return err
	}
	if len(event.Changed) > 0 {
		a.Fields.Name = approval.Was[0]
	}
	a.Batch, a.Reissued = 0, ""
	return problems.Err()
}

// UndoLeave puts back into its batch what has left production by mistake, for a
// reason. It is in production again, also where it had arrived. One that is being collected
// into that batch anew is none: it was unlocked.
func (a *Application) UndoLeave(by Actor, now time.Time, note string) error {
	left := a.Left()
	if left == nil || left.Left == 0 || left.Left == a.Batch || a.photoForgotten() {
		return ErrState
	}
	batch, number, changed, was := left.Left, left.Void, left.Changed, left.Was
	if err := a.undo(ActUndoLeave, by, now, note, sayUndoNeedsNote); err != nil {
		return err
	}
	if len(changed) > 0 {
		last := &a.History[len(a.History)-1]
		last.Changed, last.Was = changed, []string{a.Fields.Name}
		a.Fields.Name = was[0]
	}
	a.Batch, a.Reissued = batch, number
	return nil
}

// Left is the event by which the application has left production, nil where something
// else has happened to it since.
func (a *Application) Left() *Event {
	for i := len(a.History) - 1; i >= 0; i-- {
		switch event := &a.History[i]; {
		case event.Act.leaves():
			return event
		case event.Act != ActCorrectHolder && event.Act != ActForgetPhoto:
			return nil
		}
	}
	return nil
}

// TookBack is the decision that an event of the history has taken back, so that it was
// none: the one that stood, or that by which the application had left production; nil
// where the event has taken back none.
func (a *Application) TookBack(event int) *Event {
	before := Application{History: a.History[:event]}
	switch a.History[event].Act {
	case ActTakeBack:
		return before.LastDecision()
	case ActUndoLeave:
		return before.Left()
	}
	return nil
}

// Resubmitted is when a returned application that waits came back into the queue, 0
// where it did not; first tells whether it came out of production, and so before all
// others.
func (a *Application) Resubmitted() (at Moment, first bool) {
	if a.Status != Pending {
		return 0, false
	}
	var returned Act
	for i := range a.History {
		switch event := &a.History[i]; event.Act {
		case ActReturn, ActLeaveReturn:
			returned = event.Act
		case ActTakeBack, ActUndoLeave:
			returned = ""
		case ActSave:
			if returned != "" {
				at, first = event.At, returned == ActLeaveReturn
			}
			returned = ""
		}
	}
	return at, first
}

// WaitsSince is when the application's wait began, which its place in the queue may
// precede.
func (a *Application) WaitsSince() Moment { return max(a.Queued, a.Submitted) }

// lastNumber is the number that was noted of the certificate that was made last, ""
// for none.
func (a *Application) lastNumber() string {
	if number := a.NewNumber(); number != "" && number != None {
		return number
	}
	for i := len(a.History) - 1; i >= 0; i-- {
		switch event := &a.History[i]; {
		case event.Collection != nil && event.Collection.NewNumber == None, event.Act == ActLock:
			return ""
		case event.Collection != nil:
			return event.Collection.NewNumber
		}
	}
	return ""
}

// Voided are the numbers of new certificates that are no longer valid, since the
// application has left production.
func (a *Application) Voided() (numbers []string) {
	void := ""
	for i := range a.History {
		switch event := &a.History[i]; {
		case event.Act.leaves():
			if void = event.Void; void != "" {
				numbers = append(numbers, void)
			}
		case event.Act == ActUndoLeave && void != "":
			numbers = numbers[:len(numbers)-1]
		}
	}
	return numbers
}
