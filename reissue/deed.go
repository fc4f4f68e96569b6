package reissue

import "slices"

// Counted is what a report counts of the acts on an application.
type Counted int

// What is counted, in the order of an application's life. A 合格证明 that was printed
// counts as produced.
const (
	CountReceived Counted = iota
	CountApproved
	CountReturned
	CountRefused
	CountLocked
	CountProduced
	CountCollected
	CountMailed
	CountLeft
	counted
)

// Stage is a part of the way whose days are measured.
type Stage int

// The stages: until a decision, from the approval into production or to a printed
// 合格证明, until the new certificate is there, and until it has left the office.
const (
	StageReview Stage = iota
	StageWait
	StageProduction
	StageCollect
	stages
)

// Stages are all of them, in their order.
var Stages = []Stage{StageReview, StageWait, StageProduction, StageCollect}

// Deed is one thing that was done to an application and stands. Since is when the
// stage began that it has ended, 0 where it has ended none.
type Deed struct {
	Count   Counted
	At      Moment
	By      uint64   // of the staff; 0 is the candidate
	Reasons []Reason // of what was returned
	Stage   Stage
	Since   Moment
}

// Days is how long the stage took that the deed has ended; false where it ended none.
func (d *Deed) Days() (days int, ok bool) {
	if d.Since == 0 {
		return 0, false
	}
	return DaysBetween(d.Since, d.At), true
}

// decides says how each decision counts.
var decides = map[Act]Counted{ActApprove: CountApproved, ActReturn: CountReturned, ActRefuse: CountRefused}

// Deeds are what was done to an application and stands: each decision that was not
// taken back, however often it came to be reviewed, and of production what Course knows.
func (a *Application) Deeds() (list []Deed) {
	var back []*Event
	for i := range a.History {
		if event := a.TookBack(i); event != nil {
			back = append(back, event)
		}
	}
	list = append(list, Deed{Count: CountReceived, At: a.Submitted})
	came, was := Moment(0), Status("")
	for i := range a.History {
		event := &a.History[i]
		if event.comes(was) {
			came = event.At
		}
		was = event.Status
		if slices.Contains(back, event) {
			continue
		}
		if count, decides := decides[event.Act]; decides {
			list = append(list, Deed{Count: count, At: event.At, By: event.By, Reasons: event.returnedFor(), Stage: StageReview, Since: came})
		}
		if event.Act.leaves() {
			list = append(list, Deed{Count: CountLeft, At: event.At, By: event.By, Reasons: event.returnedFor()})
		}
	}
	return a.produced(list)
}

// produced adds what has become of the new certificate, or the 合格证明.
func (a *Application) produced(list []Deed) []Deed {
	c := a.Course()
	if c.Locked != 0 {
		list = append(list, Deed{Count: CountLocked, At: c.Locked, Stage: StageWait, Since: c.Approved})
	}
	if c.Arrived != 0 {
		made := Deed{Count: CountProduced, At: c.Arrived, Stage: StageProduction, Since: c.Locked}
		if c.Locked == 0 {
			made.Stage, made.Since = StageWait, c.Approved
		}
		list = append(list, made)
	}
	if parting := a.Parting(); parting != nil {
		left := Deed{Count: CountCollected, At: c.Left, By: parting.By, Stage: StageCollect, Since: c.Arrived}
		if a.Status == Mailed {
			left.Count = CountMailed
		}
		list = append(list, left)
	}
	return list
}

// returnedFor are the reasons of an event by which an application was returned.
func (e *Event) returnedFor() []Reason {
	if e.Status != Returned {
		return nil
	}
	return e.Reasons
}
