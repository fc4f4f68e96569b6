package store

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"syscall"
	"time"
)

// MirrorFault is why a mirror cannot be written.
type MirrorFault int

// The faults of a mirror.
const (
	MirrorFailed   MirrorFault = iota
	MirrorAway                 // there is no such folder
	MirrorGone                 // the folder is there, and the files that were in it are not
	MirrorFull                 // its disk
	MirrorReadOnly             // or not this user's
	MirrorInUse                // somebody reads the file that is to be written
	MirrorForeign              // Lies is the standing of another history's mirror
	MirrorAhead                // Lies is newer than the data file, which was Ours when it was opened
	MirrorDamage               // of the data file: the mirror stays as it is
	MirrorSpoilt               // a file whose content is damaged even after it was written anew
)

// MirrorError says why a mirror was not written. Its Sentence is for people.
type MirrorError struct {
	Folder     string
	Fault      MirrorFault
	Ours, Lies Standing
	Err        error // what lies beneath, if anything
}

func (e *MirrorError) Error() string {
	return fmt.Sprintf("mirror in %s: fault %d: %v", e.Folder, e.Fault, e.Err)
}

func (e *MirrorError) Unwrap() error { return e.Err }

// fault gives an error of a turn its fault.
func (m *Mirror) fault(err error) error {
	fault, ok := errors.AsType[*MirrorError](err)
	if !ok {
		fault = &MirrorError{Err: err}
		switch {
		case isFull(err):
			fault.Fault = MirrorFull
		case damaged(err) != nil:
			fault.Fault = MirrorDamage
		case errors.Is(err, fs.ErrNotExist):
			fault.Fault = MirrorAway
		case errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS):
			fault.Fault = MirrorReadOnly
		}
	}
	fault.Folder = cmp.Or(fault.Folder, m.folder)
	return fault
}

// MirrorStatus is how a mirror stands.
type MirrorStatus struct {
	Folder string        // "" where none is kept
	Every  time.Duration // from one turn to the next
	Slowed bool          // Every is longer than what was asked for, since a turn takes long
	Since  time.Time     // when the service began to keep it
	Last   time.Time     // when the last good turn began: all that was acknowledged before is there
	Err    error         // why the last turn was none
}

// mirrorPatience is how much later than it should the last good turn may have
// begun before people are told: a disk may be slow for a while.
const mirrorPatience = time.Minute

// late tells whether turns do not end.
func (m *MirrorStatus) late(now time.Time) bool {
	last := m.Last
	if last.IsZero() {
		last = m.Since
	}
	return now.Sub(last) > 2*m.Every+mirrorPatience
}

// Wrong tells whether people must see to the mirror.
func (m *MirrorStatus) Wrong(now time.Time) bool { return m.Err != nil || m.late(now) }
