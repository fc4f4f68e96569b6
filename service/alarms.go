package service

import (
	"context"
	"log/slog"
	"maps"
	"sync/atomic"
	"time"

	"certreissue/doctor"
	"certreissue/mail"
	"certreissue/reissue"
	"certreissue/store"
)

// alarms looks now and then whether there is something that an administrator must see to:
// it is in the log, and goes by mail, once, and again when it is over. What is known lies
// in the file, so that a start says nothing a second time.
type alarms struct {
	st     *store.Store
	log    *slog.Logger
	look   func() ([]reissue.AlarmKind, []reissue.Alarm)
	keep   func(reissue.Alarms, []reissue.AlarmNews) error
	send   func(context.Context, mail.Message) error // past the outbox
	posted func()                                    // hears that the outbox has something
	known  reissue.Alarms
	kept   bool // in the file
	found  atomic.Pointer[[]reissue.Alarm]
}

const (
	alarmsEvery = 10 * time.Second
	// alarmMailTime is how long a mail may take that goes past the outbox.
	alarmMailTime = 20 * time.Second
)

// run looks until ctx ends.
func (a *alarms) run(ctx context.Context) {
	a.begin()
	ticker := time.NewTicker(alarmsEvery)
	defer ticker.Stop()
	for {
		a.turn(ctx)
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// begin starts from what the file knows.
func (a *alarms) begin() {
	known, err := a.st.Alarms()
	if err != nil {
		a.log.Error(logNoAlarms, logWhy, Sentence(err))
	}
	a.known, a.kept = known, err == nil
}

// turn looks once. A disk that takes nothing takes no mail into the outbox either: it is
// sent at once, since nobody will see to the disk else.
func (a *alarms) turn(ctx context.Context) {
	looked, found := a.look()
	a.found.Store(&found)
	settings := a.st.Settings()
	next, news := a.known.Next(looked, found, reissue.At(a.st.Now()), settings.AlarmTo != "" && settings.SMTP.Host != "")
	if a.kept && maps.Equal(next, a.known) {
		return
	}
	err := a.keep(next, news)
	switch {
	case err != nil:
		if a.kept {
			a.log.Error(logNoAlarms, logWhy, Sentence(err))
		}
		a.sendNow(ctx, settings.AlarmTo, news, next)
	case len(news) > 0:
		a.posted()
	}
	a.tell(next)
	a.known, a.kept = next, err == nil
}

// tell logs what has begun, and what is over.
func (a *alarms) tell(next reissue.Alarms) {
	for kind, now := range next {
		switch before := a.known[kind]; {
		case before.Since == 0 && now.Since != 0:
			a.log.Error(logAlarm, logFinding, kind.Word(), logWhy, now.Sentence)
		case before.Since != 0 && now.Since == 0:
			a.log.Info(logAlarmOver, logFinding, kind.Word())
		}
	}
}

// sendNow sends past the outbox. What does not leave is tried again as what comes and goes
// is: after a pause.
func (a *alarms) sendNow(ctx context.Context, to string, news []reissue.AlarmNews, next reissue.Alarms) {
	for _, one := range news {
		subject, body := a.st.AlarmMail(one)
		sending, cancel := context.WithTimeout(ctx, alarmMailTime)
		err := a.send(sending, mail.Message{To: to, Subject: subject, Body: body})
		cancel()
		if err != nil {
			a.log.Warn(logAlarmNotSent, logWhy, Sentence(err), logDetail, err)
			mark := next[one.Kind]
			mark.Mailed = false
			next[one.Kind] = mark
		}
	}
}

// Found is what the last look has found.
func (a *alarms) Found() []reissue.Alarm {
	if found := a.found.Load(); found != nil {
		return *found
	}
	return nil
}

// newAlarms watches over a file that is served.
func newAlarms(c *Config, keeper *keeper, posted func()) *alarms {
	st := keeper.st
	ready := func(kind reissue.AlarmKind) bool {
		switch kind {
		case reissue.AlarmData: // before the check nobody knows
			return keeper.checked.Load()
		case reissue.AlarmCopies: // the night's may just be made up for
			return keeper.passed.Load()
		case reissue.AlarmMirror: // of the first turn
			status := c.mirror.status()
			return status.Folder == "" || !status.Last.IsZero() || status.Wrong(time.Now())
		}
		return true
	}
	look := func() ([]reissue.AlarmKind, []reissue.Alarm) {
		return doctor.Watch(doctor.Patient{Store: st, Service: c.surroundings()}, ready)
	}
	return &alarms{st: st, log: keeper.log, look: look, keep: st.KeepAlarms, send: officeMail(st), posted: posted}
}
