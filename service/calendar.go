package service

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"certreissue/store"
)

// calendar does what a day brings: it puts back into the queue what was put off until
// then, reminds candidates, and closes what was not corrected in time. It looks at the
// clock as often as the keeper, whose copies may take long.
type calendar struct {
	st  *store.Store
	log *slog.Logger
	// wake has the outbox look for mails.
	wake func()
	// demo is set for made-up data, whose people nobody reminds.
	demo bool
}

// run works until ctx ends.
func (c *calendar) run(ctx context.Context) {
	for {
		wait := keeperEvery
		if err := c.turn(ctx); err != nil && ctx.Err() == nil {
			c.log.Error(logDayNotDone, logWhy, Sentence(err))
			wait = keeperPause
		}
		select {
		case <-ctx.Done():
			return
		case <-time.After(wait):
		}
	}
}

// turn does what is due now.
func (c *calendar) turn(ctx context.Context) error {
	ended, err := c.st.EndHolds(ctx)
	if ended > 0 {
		c.log.Info(logHoldsEnded, logApplications, ended)
	}
	if c.demo {
		return err
	}
	done, failed := c.st.Remind(ctx) // whatever became of the holds
	if done != (store.Reminded{}) {
		c.log.Info(logReminded, logMails, done.Mails, logLapsed, done.Lapsed)
	}
	if done.Mails+done.Lapsed > 0 {
		c.wake()
	}
	return errors.Join(err, failed)
}
