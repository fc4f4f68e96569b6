package reissue

import "time"

// Retention is how many months the office keeps what it needs no more. Zero
// keeps it.
type Retention struct {
	PhotoMonths       int `cbor:"1,keyasint,omitempty"` // photos of applications that are over
	ApplicationMonths int `cbor:"2,keyasint,omitempty"` // applications that are over
	AccountMonths     int `cbor:"3,keyasint,omitempty"` // accounts without an application, since they were last used
}

// Shortens tells whether something is kept less long than it was before.
func (r Retention) Shortens(before Retention) bool {
	shorter := func(now, before int) bool { return now != 0 && (before == 0 || now < before) }
	return shorter(r.PhotoMonths, before.PhotoMonths) || shorter(r.ApplicationMonths, before.ApplicationMonths) ||
		shorter(r.AccountMonths, before.AccountMonths)
}

// LeastMonths is the shortest that records may be kept, where they are not kept
// for ever: a slip of the pen must not empty the office's files overnight.
const LeastMonths = 12

// PhotosBefore is the moment before which an application must have ended for
// its photo to go; 0 when photos are kept.
func (r Retention) PhotosBefore(now time.Time) Moment { return monthsBefore(r.PhotoMonths, now) }

// ApplicationsBefore is the moment before which an application must have ended
// to go itself; 0 when they are kept.
func (r Retention) ApplicationsBefore(now time.Time) Moment {
	return monthsBefore(r.ApplicationMonths, now)
}

// AccountsBefore is the moment before which an account must have been used for
// the last time to go; 0 when they are kept.
func (r Retention) AccountsBefore(now time.Time) Moment { return monthsBefore(r.AccountMonths, now) }

func monthsBefore(months int, now time.Time) Moment {
	if months == 0 {
		return 0
	}
	return At(At(now).Time().AddDate(0, -months, 0))
}

// EndedBefore tells whether an application came to its end before a moment. The
// loss of its photo is none of its life.
func (a *Application) EndedBefore(before Moment) bool {
	ended := a.Updated
	for _, event := range a.History {
		if event.Act != ActForgetPhoto {
			ended = event.At
		}
	}
	return !a.Status.Open() && ended < before
}

// ActForgetPhoto removes the photo of an application that is over. It is none of
// the moves of acts.go: the state stays.
const ActForgetPhoto Act = "forget_photo"

// ForgetPhoto takes the photo out of an application that ended before a moment.
// It tells whether there was one to take.
func (a *Application) ForgetPhoto(by Actor, now time.Time, before Moment) bool {
	if !a.Photo.Given() || !a.EndedBefore(before) {
		return false
	}
	a.Photo = Photo{}
	a.Revision++
	a.Updated = At(now)
	a.History = append(a.History, Event{At: a.Updated, Act: ActForgetPhoto, Status: a.Status, Role: RoleSystem, By: by.ID})
	return true
}

// photoForgotten tells whether a decision can no longer be looked at anew.
func (a *Application) photoForgotten() bool {
	return len(a.History) > 0 && a.History[len(a.History)-1].Act == ActForgetPhoto
}
