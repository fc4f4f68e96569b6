package reissue

import (
	"cmp"
	"time"
)

// BackupPlan says when the office's data is copied by itself.
type BackupPlan struct {
	Hour int `cbor:"1,keyasint"` // of the day, from 0 to 23
	Keep int `cbor:"2,keyasint"` // how many copies; the oldest make room
}

// Due tells whether a copy is wanted now: the last one is older than the hour
// that has passed most recently. A machine that is off at night makes its copy
// when it is started. One of a time to come, from when the clock was wrong, is
// as good as none: else there would be no other until then.
func (p BackupPlan) Due(last Moment, now time.Time) bool {
	wanted := StartOf(Today(now), 0) + Moment(time.Duration(p.Hour)*time.Hour/time.Millisecond)
	if wanted > At(now) {
		wanted = StartOf(Today(now), -1) + Moment(time.Duration(p.Hour)*time.Hour/time.Millisecond)
	}
	return last < wanted || last > At(now)
}

// backupTooOld is how old the last good copy may become before the office is
// warned.
const backupTooOld = 48 * time.Hour

// BackupTooOld tells whether the office is warned of its last copy. Of one of a
// time to come nobody knows how old it is.
func BackupTooOld(last Moment, now time.Time) bool {
	return last > At(now) || now.Sub(last.Time()) > backupTooOld
}

// MirrorPlan says where a second copy of the data is kept, seconds old.
type MirrorPlan struct {
	Folder  string `cbor:"1,keyasint,omitempty"` // on another disk; "" is none
	Seconds int    `cbor:"2,keyasint,omitempty"` // from one turn to the next; 0 is usualMirror
}

// The bounds of Seconds.
const (
	leastMirror = 5
	mostMirror  = 3600
	usualMirror = 15
)

// Every is the time from one turn to the next.
func (p MirrorPlan) Every() time.Duration {
	return time.Duration(cmp.Or(p.Seconds, usualMirror)) * time.Second
}

// ValidMirrorEvery tells whether a mirror may take turns of whole seconds so often.
func ValidMirrorEvery(every time.Duration) bool {
	return every%time.Second == 0 && every >= leastMirror*time.Second && every <= mostMirror*time.Second
}
