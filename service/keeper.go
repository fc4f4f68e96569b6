package service

import (
	"context"
	"log/slog"
	"time"

	"certreissue/reissue"
	"certreissue/store"
)

// keeper copies the data once a day, at the office's hour, into a folder beside
// the data file, and then deletes what the office keeps no longer.
type keeper struct {
	st     *store.Store
	log    *slog.Logger
	copied bool // and what the office keeps no longer has not gone yet
}

// How often the keeper looks at the clock, and how long it waits after something
// failed: a full disk is not mended within a minute.
const (
	keeperEvery = time.Minute
	keeperPause = time.Hour
)

// run copies until ctx ends. A copy under way is finished: it takes seconds, and
// the file must not be closed beneath it.
func (k *keeper) run(ctx context.Context) {
	for {
		wait := keeperEvery
		if err := k.copyWhenDue(); err != nil {
			k.log.Error("backup", "error", err)
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

func (k *keeper) copyWhenDue() error {
	list, err := k.st.Copies()
	if err != nil {
		return err
	}
	last := reissue.Moment(0)
	if len(list) > 0 {
		last = list[0].Made
	}
	if !k.st.Settings().Backup.Due(last, k.st.Now()) {
		return nil
	}
	if err := k.st.MakeCopy(reissue.System()); err != nil {
		return err
	}
	k.copied = true
	return nil
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
