package doctor

import (
	"errors"
	"time"

	"certreissue/reissue"
	"certreissue/store"
)

func (d *doctor) copies() error {
	list, err := d.Store.Copies()
	switch now := d.Store.Now(); {
	case err != nil:
		d.say(Mend, lookCopies, sayCopiesUnread(err))
	case d.Store.IsDemo():
	case d.Store.CopyFailure() != nil:
		d.say(Mend, lookCopies, sayCopyFailed(d.Store.CopyFailure()))
	case len(list) == 0 && d.Store.WasServed():
		d.say(Mend, lookCopies, sayNoCopy)
	case len(list) == 0:
		d.say(Hint, lookCopies, sayNoCopyYet)
	case list[0].Made > reissue.At(now):
		d.say(Mend, lookCopies, sayCopyAhead(list[0].Made.Time()))
	case reissue.BackupTooOld(list[0].Made, now):
		d.say(Mend, lookCopies, sayOldCopy(list[0].Made.Time()))
	default:
		d.say(Good, lookCopies, sayCopy(list[0].Made.Time()))
	}
	return nil
}

// newest opens and verifies the newest copy, whatever asked for it: a copy that nobody
// could restore is worse than none.
func (d *doctor) newest() error {
	list, err := d.Store.Copies()
	if err != nil || len(list) == 0 || d.Store.IsDemo() {
		return nil // which copies says
	}
	newest := list[0]
	err = d.Check(newest.Path)
	why, speaks := reissue.Sentence(err)
	file, _ := errors.AsType[*store.FileError](err)
	switch {
	case err == nil:
		d.say(Good, lookNewest, sayNewestGood(newest))
	case file != nil && file.Fault == store.Damaged:
		d.say(Mend, lookNewest, sayNewestDamaged(newest))
	case speaks:
		d.say(Mend, lookNewest, sayNewestUnread(newest, why))
	default: // somebody has ended it, which says nothing of the copy
		d.say(Hint, lookNewest, sayNewestUnchecked(newest))
	}
	return nil
}

// data tells what is known to be wrong with the file: the service has looked through
// it at its start or since.
func (d *doctor) data() error {
	known := d.Store.KnownDamage()
	for _, finding := range known {
		d.say(Mend, lookData, string(finding)+sayMendData(store.NewestCopy(d.Store.CopiesFolder(), d.mirrorFolder())))
	}
	if len(known) == 0 {
		d.say(Good, lookData, sayDataGood)
	}
	return nil
}

// mirrorFolder is where the second copy lies, "" for nowhere.
func (d *doctor) mirrorFolder() string {
	if d.Service == nil {
		return ""
	}
	return d.Service.Mirror.Folder
}

// mirror looks at the second copy, which only a running service keeps.
func (d *doctor) mirror() error {
	now := time.Now()
	switch {
	case d.Store.IsDemo():
	case d.Service == nil && d.Store.Settings().Mirror.Folder != "":
		d.say(Hint, lookMirror, sayNotRunning)
	case d.Service == nil || d.Service.Mirror.Folder == "":
		d.say(Hint, lookMirror, sayNoMirror)
	case d.Service.Mirror.Wrong(now):
		d.say(Mend, lookMirror, d.Service.Mirror.Sentence(now))
	case sameDisk(d.Service.Mirror.Folder, d.Store.Path()):
		d.say(Hint, lookMirror, saySameDisk(d.Service.Mirror.Folder))
	default:
		d.say(Good, lookMirror, d.Service.Mirror.Sentence(now))
	}
	return nil
}

// others looks for data files of ours near this one: one of them may be meant, and all
// of them hold what this one does.
func (d *doctor) others() error {
	var kept, beside []string
	for _, near := range store.Others(d.Store.Path(), d.Places) {
		switch {
		case near.Kept:
			kept = append(kept, near.Path)
		case !near.Demo:
			beside = append(beside, near.Path)
		}
	}
	if len(beside) > 0 {
		d.say(Hint, lookOthers, sayOthers(store.FullPath(d.Store.Path()), beside))
	}
	if len(kept) > 0 {
		d.say(Hint, lookOthers, sayKept(kept))
	}
	if len(beside) == 0 && len(kept) == 0 {
		d.say(Good, lookOthers, sayNoOthers)
	}
	return nil
}
