package service

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"certreissue/reissue"
	"certreissue/store"
)

// mirror keeps the second copy: a turn at every interval, in a goroutine for which
// no request waits.
type mirror struct {
	st      *store.Store
	log     *slog.Logger
	plan    func() reissue.MirrorPlan // as it is now
	replace bool
	// sound tells whether the data file has been checked.
	sound func() bool
	// check verifies a file by its content.
	check func(ctx context.Context, path string) error

	files    *store.Mirror // of folder
	folder   string
	checking *mirrorCheck // nil while there is none
	checked  reissue.Moment
	again    time.Time // before which no other check begins
	spoilt   int       // checks in a row that found damage

	mu  sync.Mutex
	now store.MirrorStatus
}

// mirrorCheck is the check of a file under way.
type mirrorCheck struct {
	path string
	stop context.CancelFunc
	done chan error
}

const (
	// mirrorLook is how often the clock and the settings are looked at.
	mirrorLook = time.Second
	// mirrorShare is the part of one processor that turns may take: 1 of so many.
	mirrorShare = 20
	// faultPause is how much longer than a turn that failed the wait for the next
	// one is.
	faultPause = 4
	// lastTurn is how long a turn may take after the service has stopped.
	lastTurn = 30 * time.Second
	// checkPause is how long a check that was broken off waits.
	checkPause = time.Minute
)

// run takes turns until ctx ends, and then one more.
func (m *mirror) run(ctx context.Context) {
	turning, cancel := context.WithCancel(context.WithoutCancel(ctx))
	defer cancel()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(lastTurn, cancel) })()
	for {
		begun := time.Now()
		plan := m.plan()
		every := m.turn(turning, plan)
		for time.Since(begun) < every && m.plan() == plan {
			select {
			case <-ctx.Done():
				m.endCheck(true)
				m.turn(turning, plan)
				return
			case <-time.After(mirrorLook):
			}
		}
	}
}

// turn brings the mirror up to date, and answers how long to wait from its
// beginning.
func (m *mirror) turn(ctx context.Context, plan reissue.MirrorPlan) time.Duration {
	if plan.Folder == "" {
		m.endCheck(true)
		m.files, m.folder = nil, ""
		m.set(store.MirrorStatus{})
		return plan.Every()
	}
	status := m.status()
	if m.files == nil || m.folder != plan.Folder {
		m.endCheck(true)
		m.files, m.folder = store.NewMirror(m.st, plan.Folder, m.replace), plan.Folder
		m.replace = false // asked for of what the service finds when it starts
		status = store.MirrorStatus{Folder: plan.Folder, Every: plan.Every(), Since: time.Now()}
		m.set(status)
	}
	m.endCheck(false)
	begun := time.Now()
	work, err := m.write(ctx)
	took := time.Since(begun)
	if err == nil {
		status.Last = begun
	}
	m.tell(status.Err, err)
	next := mirrorPause(plan.Every(), work, took)
	if err != nil {
		next = max(next, faultPause*took) // a full disk takes long to say so
	}
	status.Every, status.Slowed, status.Err = next, next > plan.Every(), err
	m.set(status)
	if err == nil {
		m.beginCheck(ctx)
	}
	return next
}

// mirrorPause is from the beginning of a turn to that of the next one: as asked for,
// unless the turns would take more than their share, or have no end.
func mirrorPause(asked, work, took time.Duration) time.Duration {
	return max(asked, mirrorShare*work, took)
}

// write is the turn itself. A check of the file that is to be written is broken off.
func (m *mirror) write(ctx context.Context) (work time.Duration, err error) {
	switch {
	case len(m.st.KnownDamage()) > 0:
		return 0, &store.MirrorError{Folder: m.folder, Fault: store.MirrorDamage}
	case m.spoilt > 1:
		return 0, &store.MirrorError{Folder: m.folder, Fault: store.MirrorSpoilt, Err: errors.New(m.files.Newest())}
	}
	m.files.Spare(!m.sound())
	work, err = m.files.Turn(ctx)
	if fault, ok := errors.AsType[*store.MirrorError](err); ok && fault.Fault == store.MirrorInUse && m.checking != nil {
		m.endCheck(true)
		work, err = m.files.Turn(ctx)
	}
	return work, err
}

// beginCheck looks through the newest file once a day, at the hour of the copies:
// the next turn writes the other one.
func (m *mirror) beginCheck(ctx context.Context) {
	now := m.st.Now()
	if m.checking != nil || now.Before(m.again) || m.spoilt == 0 && !m.st.Settings().Backup.Due(m.checked, now) {
		return
	}
	checking, stop := context.WithCancel(ctx)
	c := &mirrorCheck{path: m.files.Newest(), stop: stop, done: make(chan error, 1)}
	go func() { c.done <- m.check(checking, c.path) }()
	m.checking = c
}

// endCheck takes what came of a check, if it has ended or must.
func (m *mirror) endCheck(must bool) {
	c := m.checking
	if c == nil {
		return
	}
	if must {
		c.stop()
	} else if len(c.done) == 0 {
		return
	}
	err := <-c.done
	c.stop()
	m.checking = nil
	file, isFile := errors.AsType[*store.FileError](err)
	switch {
	case err == nil:
		m.checked, m.spoilt = reissue.At(m.st.Now()), 0
		m.log.Info(logMirrorChecked, logFile, c.path)
	case errors.Is(err, ErrStopped):
		m.again = m.st.Now().Add(checkPause)
	case isFile && file.Fault == store.Damaged:
		m.spoilt++
		m.log.Error(logMirrorDamaged, logFile, c.path)
		m.files.Distrust(c.path)
	default:
		m.again = m.st.Now().Add(keeperPause)
		m.log.Error(logMirrorNotChecked, logFile, c.path, logWhy, Sentence(err))
	}
}

// tell logs what has changed since the turn before.
func (m *mirror) tell(before, err error) {
	switch {
	case err == nil && before != nil:
		m.log.Info(logMirrorGoesOn, logFolder, m.folder)
	case err != nil && (before == nil || before.Error() != err.Error()):
		m.log.Error(logMirrorFailed, logWhy, Sentence(err))
	}
}

// status is how the mirror stands; of none, too.
func (m *mirror) status() store.MirrorStatus {
	if m == nil {
		return store.MirrorStatus{}
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.now
}

func (m *mirror) set(status store.MirrorStatus) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.now = status
}

// MirrorPlan is the flags' mirror before the settings'.
func (c *Config) MirrorPlan(settings *reissue.Settings) reissue.MirrorPlan {
	return reissue.MirrorPlan{Folder: cmp.Or(c.Mirror, settings.Mirror.Folder), Seconds: cmp.Or(int(c.MirrorEvery/time.Second), settings.Mirror.Seconds)}
}

// startMirror keeps a mirror of an open file until stop, which takes the last turn.
// It is false where a disk that does not answer still holds the file: then nobody
// can close it.
func (s *Service) startMirror(c *Config, k *keeper) (m *mirror, stop func() bool) {
	st, log := k.st, k.log
	m = &mirror{st: st, log: log, replace: c.MirrorReplace, sound: k.checked.Load, plan: func() reissue.MirrorPlan { return c.MirrorPlan(st.Settings()) }}
	m.check = func(ctx context.Context, path string) error {
		found, err := checkQuietly(ctx, path, filepath.Dir(store.Resolve(st.Path())))
		for _, finding := range found {
			log.Error(logMirrorDamaged, logFile, path, logFinding, finding)
		}
		return err
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); m.run(ctx) }()
	return m, func() bool {
		cancel()
		select {
		case <-ended:
			return true
		case <-time.After(lastTurn + drainTime):
			return false
		}
	}
}

// findingLog keeps the lines that a check says, but not how far it is.
type findingLog []string

func (f *findingLog) Write(b []byte) (int, error) {
	for line := range strings.Lines(string(b)) {
		if line = strings.TrimSpace(line); !strings.HasPrefix(line, sayProgressBegins) && len(*f) < mostFindings && !slices.Contains(*f, line) {
			*f = append(*f, line)
		}
	}
	return len(b), nil
}
