package reissue

// Course is how far an application has come as it stands, and since when. What was
// undone has no moment.
type Course struct {
	Returned int    // how often it was sent back
	Came     Moment // to be reviewed: submitted, or saved after a return
	Reviewed Moment // decided in the review
	Approved Moment // by the review, or to be made anew
	Locked   Moment // into its batch
	Arrived  Moment // the new certificate, at the office
	Left     Moment // the office: collected or mailed
}

// Since is the moment from which an application waits in its state: a certificate whose
// collection was corrected has been there all the time.
func (a *Application) Since() (at Moment) {
	switch a.Status {
	case Pending:
		return a.WaitsSince()
	case Ready:
		return a.Course().Arrived
	}
	for i := len(a.History) - 1; i >= 0 && a.History[i].Status == a.Status; i-- {
		at = a.History[i].At
	}
	return at
}

// comes tells whether an event brings an application to be reviewed; was is the state
// before it.
func (e *Event) comes(was Status) bool {
	return e.Act == ActSubmit || e.Act == ActSave && was == Returned
}

// Course reads the history. Of production it goes by the states that the acts lead to,
// since several lead into each.
func (a *Application) Course() (c Course) {
	var out Course // as it was before it left production
	was := Status("")
	for i := range a.History {
		event := &a.History[i]
		if event.comes(was) {
			c.Came = event.At
		}
		switch event.Act {
		case ActApprove, ActReturn, ActRefuse:
			c.Reviewed = event.At
		case ActSave, ActWithdraw, ActTakeBack:
			c.Reviewed = 0
		case ActUndoLeave:
			c.Locked, c.Approved = out.Locked, out.Approved
		}
		switch event.Status {
		case InProduction:
			if c.Locked == 0 {
				c.Locked = event.At
			}
			c.Arrived, c.Left = 0, 0
		case Ready:
			if c.Arrived == 0 {
				c.Arrived = event.At
			}
			c.Left = 0
		case HandedOut, Mailed:
			c.Left = event.At
		default:
			if event.Act.leaves() {
				out = c
			}
			switch {
			case event.Status != Approved:
				c.Approved = 0
			case event.Act == ActApprove || event.Act == ActLeaveApprove:
				c.Approved = event.At
			}
			c.Locked, c.Arrived, c.Left = 0, 0, 0
		}
		switch {
		case event.Status == Returned && was != Returned:
			c.Returned++
		case was == Returned && (event.Act == ActTakeBack || event.Act == ActUndoLeave):
			c.Returned--
		}
		was = event.Status
	}
	return c
}
