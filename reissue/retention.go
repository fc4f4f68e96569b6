package reissue

import "time"

// Retention is how long the office keeps what an application that is over needs
// no more. Zero keeps it.
type Retention struct {
	PhotoMonths int `cbor:"1,keyasint,omitempty"`
}

// PhotosBefore is the moment before which an application must have ended for
// its photo to go; 0 when photos are kept.
func (r Retention) PhotosBefore(now time.Time) Moment {
	if r.PhotoMonths == 0 {
		return 0
	}
	return At(At(now).Time().AddDate(0, -r.PhotoMonths, 0))
}

// ActForgetPhoto removes the photo of an application that is over. It is none of
// the moves of acts.go: the state stays.
const ActForgetPhoto Act = "forget_photo"

// ForgetPhoto takes the photo out of an application that ended before a moment.
// It tells whether there was one to take.
func (a *Application) ForgetPhoto(by Actor, now time.Time, before Moment) bool {
	if a.Status.Open() || !a.Photo.Given() || a.Updated >= before {
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
