package service

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync/atomic"
	"time"

	"certreissue/reissue"
	"certreissue/store"
)

// keeper ends what a large import was stopped before, checks the data once a day, at the
// office's hour, copies it into a folder beside the data file, and then deletes what the
// office keeps no longer.
type keeper struct {
	st      *store.Store
	log     *slog.Logger
	checked atomic.Bool    // to the end: before the file was opened, or since
	passed  atomic.Bool    // the first copy that was due is made, or could not be
	looked  reissue.Moment // when the file was last checked, or a copy of it
	copied  bool           // and what the office keeps no longer has not gone yet
}

// How often the keeper looks at the clock, and how long it waits after something
// failed: a full disk is not mended within a minute.
const (
	keeperEvery = time.Minute
	keeperPause = time.Hour
)

// run copies until ctx ends. A copy under way is written to its end first: the file
// must not be closed beneath it.
func (k *keeper) run(ctx context.Context) {
	for {
		wait := keeperEvery
		if err := k.st.EnterDeferred(ctx, reissue.System()); err != nil && ctx.Err() == nil {
			k.log.Error(logNotEntered, logWhy, Sentence(err))
			wait = keeperPause
		}
		if !k.checked.Load() {
			if err := k.check(ctx); err != nil && ctx.Err() == nil {
				k.log.Error(logNotChecked, logWhy, Sentence(err))
				wait = keeperPause
			}
		}
		if err := k.copyWhenDue(ctx); err != nil && ctx.Err() == nil {
			k.log.Error(logNotCopied, logWhy, Sentence(err))
			wait = keeperPause
		} else if err := k.forgetAfterCopy(ctx); err != nil && ctx.Err() == nil {
			k.log.Error(logNotForgotten, logWhy, Sentence(err))
			wait = keeperPause
		}
		k.passed.Store(true)
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
	}
}

// copyWhenDue makes the night's copy. One that counts is, byte for byte, the file, and
// was checked. Without one, for want of room say, the file itself is looked at, once a
// night.
func (k *keeper) copyWhenDue(ctx context.Context) error {
	due := k.st.Settings().Backup.Due
	last, err := k.lastCopy()
	if err == nil && !due(last, k.st.Now()) {
		return nil
	}
	if err == nil {
		err = k.st.MakeCopy(ctx, reissue.System(), store.Nightly, unhurried())
	}
	switch {
	case err == nil:
		k.copied = true
		k.found()
		err = k.st.CheckHeads([]string{k.st.CopiesFolder()}, k.report())
	case ctx.Err() == nil && due(k.looked, k.st.Now()):
		err = errors.Join(err, k.check(ctx))
	}
	return err
}

// lastCopy is when the last nightly copy was made. One that somebody asked for does
// not count as it.
func (k *keeper) lastCopy() (reissue.Moment, error) {
	list, err := k.st.Copies()
	i := slices.IndexFunc(list, func(c store.Copy) bool { return c.Kind == store.Nightly })
	if i < 0 {
		return 0, err
	}
	return list[i].Made, err
}

// check looks through the file while it is served, slowly enough that pages do not
// feel it. The error is of a check that did not come to its end.
func (k *keeper) check(ctx context.Context) error {
	report := k.report()
	err := k.st.Check(ctx, report, unhurried())
	if err == nil && len(k.st.KnownDamage()) == 0 {
		err = k.st.CheckHeads([]string{k.st.CopiesFolder()}, report)
	}
	if err != nil {
		return err
	}
	k.found()
	return nil
}

// found notes that a check came to its end, whatever it was of.
func (k *keeper) found() {
	k.log.Info(logChecked, logFindings, len(k.st.KnownDamage()))
	k.checked.Store(true)
	k.looked = reissue.At(k.st.Now())
}

// report tells the store of each finding, and the log of the first few.
func (k *keeper) report() func(store.Finding) {
	told := 0
	return func(finding store.Finding) {
		k.st.NoteDamage(finding)
		if told++; told <= mostFindings {
			k.log.Error(logDamaged, logFinding, string(finding))
		}
	}
}

// unhurried slows a check down, which calls it at every step: of its time it works a
// tenth.
func unhurried() func(done, total int64) {
	const worked, rests = 2 * time.Millisecond, 9
	began := time.Now()
	return func(int64, int64) {
		if spent := time.Since(began); spent > worked {
			time.Sleep(rests * spent)
			began = time.Now()
		}
	}
}

// forgetAfterCopy deletes what the office keeps no longer, when a copy still has
// it for a while. What fails is tried again without another copy.
func (k *keeper) forgetAfterCopy(ctx context.Context) error {
	if !k.copied {
		return nil
	}
	gone, err := k.st.Forget(ctx)
	switch {
	case gone.Waits:
		k.log.Warn(logForgetWaits)
	case gone != store.Forgotten{}:
		k.log.Info(logForgotten, logPhotos, gone.Photos, logApplications, gone.Applications, logAccounts, gone.Accounts)
	}
	k.copied = err != nil
	return err
}
