package service

import (
	"context"
	"log/slog"
	"slices"
	"sync/atomic"
	"time"

	"certreissue/reissue"
	"certreissue/store"
)

// keeper checks the data once a day, at the office's hour, copies it into a folder
// beside the data file, and then deletes what the office keeps no longer.
type keeper struct {
	st      *store.Store
	log     *slog.Logger
	checked atomic.Bool // before it was opened, or since
	copied  bool        // and what the office keeps no longer has not gone yet
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
		if !k.checked.Load() {
			k.check(ctx)
		}
		if err := k.copyWhenDue(ctx); err != nil && ctx.Err() == nil {
			k.log.Error("backup", "error", err, "say", Sentence(err))
			wait = keeperPause
		} else if err := k.forgetAfterCopy(ctx); err != nil && ctx.Err() == nil {
			k.log.Error("forgetting what is kept no longer", "error", err)
			wait = keeperPause
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
	}
}

// copyWhenDue makes the night's copy. One that somebody asked for does not count as it.
func (k *keeper) copyWhenDue(ctx context.Context) error {
	list, err := k.st.Copies()
	if err != nil {
		return err
	}
	last := reissue.Moment(0)
	if i := slices.IndexFunc(list, func(c store.Copy) bool { return c.Kind == store.Nightly }); i >= 0 {
		last = list[i].Made
	}
	if !k.st.Settings().Backup.Due(last, k.st.Now()) {
		return nil
	}
	k.check(ctx)
	if err := k.st.MakeCopy(ctx, reissue.System(), store.Nightly, unhurried()); err != nil {
		return err
	}
	k.copied = true
	return nil
}

// check looks through the file while it is served, slowly enough that pages do not
// feel it. The store knows what was found, and so does the log.
func (k *keeper) check(ctx context.Context) {
	found := 0
	report := func(finding store.Finding) {
		k.st.NoteDamage(finding)
		if found++; found <= mostFindings {
			k.log.Error("damaged", "finding", string(finding))
		}
	}
	err := k.st.Check(ctx, report, unhurried())
	if err == nil && found == 0 {
		err = k.st.CheckHeads([]string{k.st.CopiesFolder()}, report)
	}
	switch {
	case ctx.Err() != nil:
		return
	case err != nil:
		k.log.Error("check", "error", err)
	default:
		k.log.Info("checked", "findings", found)
	}
	k.checked.Store(true)
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
		k.log.Warn("forgetting waits for another night: the clock has leapt, or the service was off for long")
	case gone != store.Forgotten{}:
		k.log.Info("forgotten", "photos", gone.Photos, "applications", gone.Applications, "accounts", gone.Accounts)
	}
	k.copied = err != nil
	return err
}
