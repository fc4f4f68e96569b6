package main

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
	st  *store.Store
	log *slog.Logger
}

// How often the keeper looks at the clock, and how long it waits after a copy
// that failed: a full disk is not mended within a minute.
const (
	keeperEvery = time.Minute
	keeperPause = time.Hour
)

// run copies until ctx ends. A copy under way is finished: it takes seconds, and
// the file must not be closed beneath it.
func (k *keeper) run(ctx context.Context) {
	for {
		wait := keeperEvery
		if err := k.copyWhenDue(ctx); err != nil {
			k.log.Error("backup", "error", err)
			wait = keeperPause
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
	}
}

func (k *keeper) copyWhenDue(ctx context.Context) error {
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
	// What the office keeps no longer goes when a copy still has it for a while.
	gone, err := k.st.Forget(ctx)
	switch {
	case gone.Waits:
		k.log.Warn("forgetting waits for another night: the clock has leapt, or the service was off for long")
	case gone != store.Forgotten{}:
		k.log.Info("forgotten", "photos", gone.Photos, "applications", gone.Applications, "accounts", gone.Accounts)
	}
	return err
}
