package reissue

import "testing"

// TestSince: an application waits in its state since it came into it, whatever was
// corrected there.
func TestSince(t *testing.T) {
	a := Application{Status: Returned, Submitted: 1, Queued: 1, History: []Event{{At: 1, Status: Pending}, {At: 2, Status: Returned}, {At: 3, Act: ActCorrectHolder, Status: Returned}}}
	if got := a.Since(); got != 2 {
		t.Errorf("returned since %d", got)
	}
	a.Status, a.History = Ready, []Event{{At: 1, Status: Approved}, {At: 2, Status: InProduction}, {At: 3, Status: Ready}, {At: 4, Status: HandedOut}, {At: 5, Status: Ready}}
	if got := a.Since(); got != 3 {
		t.Errorf("there since %d", got)
	}
	a.Status, a.Queued, a.Submitted = Pending, 1, 2
	if got := a.Since(); got != 2 { // before what has queued longest, but not for so long
		t.Errorf("waits since %d", got)
	}
}

// TestCourse: what an application has gone through is told as it stands, without what
// was undone.
func TestCourse(t *testing.T) {
	type step struct {
		act Act
		to  Status
	}
	submit, lock, arrive := step{ActSubmit, Pending}, step{ActLock, InProduction}, step{ActArrive, Ready}
	approve, back := step{ActApprove, Approved}, step{ActReturn, Returned}
	for name, c := range map[string]struct {
		steps []step
		want  Course // of moments that count the steps from 1
	}{
		"submitted":                 {[]step{submit}, Course{Came: 1}},
		"returned twice":            {[]step{submit, back, {ActCorrectHolder, Returned}, {ActSave, Pending}, back}, Course{Came: 4, Returned: 2, Reviewed: 5}},
		"out of production":         {[]step{submit, approve, lock, {ActLeaveReturn, Returned}}, Course{Came: 1, Returned: 1, Reviewed: 2}},
		"corrected out of it":       {[]step{submit, approve, lock, {ActLeaveReturn, Returned}, {ActSave, Pending}, {ActSave, Pending}, approve}, Course{Came: 5, Returned: 1, Reviewed: 7, Approved: 7}},
		"back in production":        {[]step{submit, approve, lock, arrive, {ActLeaveReturn, Returned}, {ActUndoLeave, InProduction}}, Course{Came: 1, Reviewed: 2, Approved: 2, Locked: 3}},
		"to be made anew":           {[]step{submit, approve, lock, arrive, {ActLeaveApprove, Approved}, lock}, Course{Came: 1, Reviewed: 2, Approved: 5, Locked: 6}},
		"a return that was undone":  {[]step{submit, back, {ActTakeBack, Pending}, approve}, Course{Came: 1, Reviewed: 4, Approved: 4}},
		"another one undone":        {[]step{submit, back, {ActSave, Pending}, approve, {ActTakeBack, Pending}}, Course{Came: 3, Returned: 1}},
		"collected":                 {[]step{submit, approve, lock, arrive, {ActHandOut, HandedOut}}, Course{Came: 1, Reviewed: 2, Approved: 2, Locked: 3, Arrived: 4, Left: 5}},
		"collected, and corrected":  {[]step{submit, approve, lock, arrive, {ActHandOut, HandedOut}, {ActCorrectHandOut, Ready}}, Course{Came: 1, Reviewed: 2, Approved: 2, Locked: 3, Arrived: 4}},
		"mailed after a correction": {[]step{submit, approve, lock, arrive, {ActHandOut, HandedOut}, {ActCorrectHandOut, Ready}, {ActMail, Mailed}}, Course{Came: 1, Reviewed: 2, Approved: 2, Locked: 3, Arrived: 4, Left: 7}},
		"arrived a second time":     {[]step{submit, approve, lock, arrive, {ActUndoArrival, InProduction}, arrive}, Course{Came: 1, Reviewed: 2, Approved: 2, Locked: 3, Arrived: 6}},
		"locked a second time":      {[]step{submit, approve, lock, {ActUnlock, Approved}, lock}, Course{Came: 1, Reviewed: 2, Approved: 2, Locked: 5}},
		"unlocked":                  {[]step{submit, approve, lock, {ActUnlock, Approved}}, Course{Came: 1, Reviewed: 2, Approved: 2}},
	} {
		var a Application
		for i, s := range c.steps {
			a.History = append(a.History, Event{At: Moment(i + 1), Act: s.act, Status: s.to})
		}
		if got := a.Course(); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}
