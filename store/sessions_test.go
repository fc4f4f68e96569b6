package store

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"certreissue/reissue"
)

func TestSessionLife(t *testing.T) {
	// look says how long after the one before somebody looks; the last look tells.
	const day, hour, minute = 24 * time.Hour, time.Hour, time.Minute
	for _, c := range []struct {
		reason string
		kind   SessionKind
		looks  []time.Duration
		want   SessionState
	}{
		{"at once", SessionCandidate, []time.Duration{0}, SessionLive},
		{"a candidate idle for less than two hours", SessionCandidate, []time.Duration{2*hour - time.Second}, SessionLive},
		{"a candidate idle for two hours", SessionCandidate, []time.Duration{2 * hour}, SessionTimedOut},
		{"a candidate who looks now and then", SessionCandidate, []time.Duration{90 * minute, 90 * minute, 90 * minute}, SessionLive},
		{"staff idle for less than half an hour", SessionStaff, []time.Duration{29 * minute}, SessionLive},
		{"staff idle for half an hour", SessionStaff, []time.Duration{30 * minute}, SessionTimedOut},
		{"staff who look now and then", SessionStaff, []time.Duration{20 * minute, 20 * minute}, SessionLive},
		{"an idle one does not come alive again", SessionStaff, []time.Duration{31 * minute, 0}, SessionTimedOut},
		{"twelve hours are the end", SessionCandidate, []time.Duration{110 * minute, 110 * minute, 110 * minute, 110 * minute, 110 * minute, 110 * minute, 60 * minute}, SessionTimedOut},
		{"the clock went back a little", SessionCandidate, []time.Duration{-30 * minute}, SessionLive},
		{"the clock went back far", SessionCandidate, []time.Duration{-2 * hour}, SessionTimedOut},
		{"less than a day after it timed out", SessionCandidate, []time.Duration{26*hour - time.Second}, SessionTimedOut},
		{"a day after it timed out", SessionCandidate, []time.Duration{26 * hour}, SessionEnded},
		{"staff, a day after it timed out", SessionStaff, []time.Duration{day + 30*minute}, SessionEnded},
		{"a day after the twelve hours", SessionCandidate, []time.Duration{110 * minute, 110 * minute, 110 * minute, 110 * minute, 110 * minute, 110 * minute, 25 * hour}, SessionEnded},
	} {
		o := open(t)
		o.signIn(c.kind, 5, "token")
		var state SessionState
		for _, look := range c.looks {
			o.forward(look)
			found, is, err := o.Session(c.kind, "token")
			if err != nil || found.Subject != 5 {
				t.Fatalf("%s: %+v, %v", c.reason, found, err)
			}
			state = is
		}
		if state != c.want {
			t.Errorf("%s: %d, want %d", c.reason, state, c.want)
		}
	}
}

func TestSessionEnds(t *testing.T) {
	o := open(t)
	o.signIn(SessionCandidate, 5, "a")
	if _, _, err := o.Session(SessionStaff, "a"); !isNotFound(err) {
		t.Errorf("a candidate's token at the office: %v", err)
	}
	for _, token := range []string{"", "b"} {
		if _, _, err := o.Session(SessionCandidate, token); !isNotFound(err) {
			t.Errorf("token %q: %v", token, err)
		}
		o.must(o.EndSession(token))
	}
	for range 2 {
		o.must(o.EndSession("a"))
	}
	if _, state, err := o.Session(SessionCandidate, "a"); err != nil || state != SessionEnded {
		t.Errorf("an ended session: %d, %v", state, err)
	}
	o.must(o.view(func(tx *txn) error {
		if key, _ := bucket(tx.Tx, "sessions").Cursor().First(); string(key) == "a" || len(key) != 32 {
			t.Errorf("the token lies in the file: %q", key)
		}
		return nil
	}))
}

func TestSignInTooLate(t *testing.T) {
	o := open(t)
	account := o.register(1)
	if err := o.StartSession("late", SignIn{Kind: SessionCandidate, Subject: account.ID, Proven: "another hash"}); !errors.Is(err, reissue.ErrStale) {
		t.Errorf("a password that was changed while it was being proven: %v", err)
	}
	if _, _, err := o.Session(SessionCandidate, "late"); !isNotFound(err) {
		t.Errorf("it has a session all the same: %v", err)
	}
	if err := o.StartSession("nobody", SignIn{Kind: SessionCandidate, Subject: 99}); !isNotFound(err) {
		t.Errorf("an account that is not there: %v", err)
	}
}

func TestSessionsAreCleared(t *testing.T) {
	o := open(t)
	for n := range 8 {
		o.signIn(SessionCandidate, 5, fmt.Sprint(n))
	}
	o.forward(sessionLife + keepOver)
	o.signIn(SessionCandidate, 5, "x")
	if n := count(o, &sessions); n != 9 {
		t.Errorf("%d sessions while the old ones may still be asked for", n)
	}
	o.forward(time.Second)
	o.signIn(SessionCandidate, 5, "y")
	if n := count(o, &sessions); n != 2 {
		t.Errorf("%d sessions, the old ones are over", n)
	}
}

// attempts tries so often at once, and gives how many were let through and what
// the next has to wait.
func (o *office) attempts(t Try, n int) (passed int, wait time.Duration) {
	o.t.Helper()
	var through atomic.Int32
	var group sync.WaitGroup
	for range n {
		group.Go(func() {
			wait, err := o.ReserveTry(t)
			if err != nil {
				o.t.Error(err)
			}
			if wait == 0 {
				through.Add(1)
			}
		})
	}
	group.Wait()
	wait, err := o.ReserveTry(t)
	o.must(err)
	return int(through.Load()), wait
}

func TestTries(t *testing.T) {
	for _, number := range []string{"110101199003071233", "a number that nobody has"} {
		o := open(t)
		for round, lock := range []time.Duration{15 * time.Minute, 30 * time.Minute, time.Hour, time.Hour} {
			n := 7
			if round == 0 {
				n = 100
			}
			if passed, wait := o.attempts(CandidateTry(TrySignIn, number), n); passed != maxTries || wait != lock {
				t.Errorf("%s, round %d: %d passed, then a wait of %v, want %v", number, round, passed, wait, lock)
			}
			o.forward(lock - time.Second)
			if wait, err := o.ReserveTry(CandidateTry(TrySignIn, number)); wait != time.Second || err != nil {
				t.Errorf("%s, round %d: a second before the end a wait of %v, %v", number, round, wait, err)
			}
			o.forward(time.Second)
		}
		if passed, wait := o.attempts(CandidateTry(TrySignIn, number), maxTries-1); passed != maxTries-1 || wait != 0 {
			t.Errorf("%s: %d passed", number, passed)
		}
		o.forward(forgetAfter + time.Second)
		if passed, wait := o.attempts(CandidateTry(TrySignIn, number), maxTries); passed != maxTries || wait != firstLock {
			t.Errorf("%s: a day later %d passed, then a wait of %v", number, passed, wait)
		}
	}
}

// TestTriesOfTheDead: attempts that had not ended when the process did are given back,
// with the lock that they brought; those that had failed stand.
func TestTriesOfTheDead(t *testing.T) {
	const a, b = "a", "b"
	for left := range maxTries + 1 {
		o := open(t)
		for n := range maxTries {
			for _, number := range []string{a, b} {
				_, err := o.ReserveTry(CandidateTry(TrySignIn, number))
				o.must(err)
				if n >= left || number == b {
					o.must(o.FailTry(CandidateTry(TrySignIn, number)))
				}
			}
		}
		if wait, err := o.ReserveTry(CandidateTry(TrySignIn, a)); wait != firstLock || err != nil {
			t.Fatalf("%d open: before a wait of %v, %v", left, wait, err)
		}
		o.must(o.DropOpenTries())
		if left > 0 {
			if passed, wait := o.attempts(CandidateTry(TrySignIn, a), maxTries); passed != left || wait != firstLock {
				t.Errorf("%d open: %d passed, then a wait of %v", left, passed, wait)
			}
		}
		if wait, err := o.ReserveTry(CandidateTry(TrySignIn, b)); wait != firstLock || err != nil {
			t.Errorf("%d open: who failed waits %v, %v", left, wait, err)
		}
	}
}

// TestDropTry: an attempt that was not made does not count.
func TestDropTry(t *testing.T) {
	o := open(t)
	for range 2 * maxTries {
		if wait, err := o.ReserveTry(CandidateTry(TrySignIn, "a")); wait != 0 || err != nil {
			t.Fatalf("a wait of %v, %v", wait, err)
		}
		o.must(o.DropTry(CandidateTry(TrySignIn, "a")))
	}
}

func TestTriesCountApart(t *testing.T) {
	o := open(t)
	o.attempts(CandidateTry(TrySignIn, "a"), maxTries)
	for _, c := range []struct {
		reason string
		kind   TryKind
		number string
	}{
		{"another number", TrySignIn, "b"},
		{"another kind", TryPassword, "a"},
	} {
		if wait, err := o.ReserveTry(CandidateTry(c.kind, c.number)); wait != 0 || err != nil {
			t.Errorf("%s waits %v, %v", c.reason, wait, err)
		}
	}
	o.must(o.SucceedTry(CandidateTry(TrySignIn, "a")))
	if passed, _ := o.attempts(CandidateTry(TrySignIn, "a"), 9); passed != maxTries {
		t.Errorf("after a success %d pass", passed)
	}
	o.forward(-3 * time.Hour)
	if wait, err := o.ReserveTry(CandidateTry(TrySignIn, "a")); wait != 0 || err != nil {
		t.Errorf("with the clock set back the number waits %v, %v", wait, err)
	}
	for _, record := range rows(o, &tries) {
		if string(record.Hash) == "a" || len(record.Hash) != 32 {
			t.Errorf("the number lies in the file: %q", record.Hash)
		}
	}
}

func TestTriesAreForgotten(t *testing.T) {
	o := open(t)
	for n := range 5 {
		_, err := o.ReserveTry(CandidateTry(TrySignIn, fmt.Sprint(n)))
		o.must(err)
	}
	o.forward(forgetAfter + time.Minute)
	_, err := o.ReserveTry(CandidateTry(TrySignIn, "new"))
	o.must(err)
	if n := count(o, &tries); n != 1 {
		t.Errorf("%d numbers are remembered", n)
	}
}

func TestTriesSurviveARestart(t *testing.T) {
	o := open(t)
	o.attempts(CandidateTry(TrySignIn, "a"), maxTries)
	o.must(o.Close())
	s, err := Open(o.Path(), Options{Now: o.now})
	o.must(err)
	o.Store = s
	if wait, err := o.ReserveTry(CandidateTry(TrySignIn, "a")); wait != firstLock || err != nil {
		t.Errorf("a wait of %v, %v", wait, err)
	}
}

func TestViewedOnceADay(t *testing.T) {
	o := open(t)
	by := func(n uint64) reissue.Actor { return reissue.Actor{ID: n, Roles: []reissue.Role{reissue.RoleReviewer}} }
	for _, c := range []struct {
		reason string
		wait   time.Duration
		look   func() error
		want   int // rows so far
	}{
		{"the first look", 0, func() error { return o.Viewed(by(1), 9) }, 1},
		{"the second of the day", 14*time.Hour + 29*time.Minute, func() error { return o.Viewed(by(1), 9) }, 1},
		{"another clerk", 0, func() error { return o.Viewed(by(2), 9) }, 2},
		{"another application", 0, func() error { return o.Viewed(by(1), 8) }, 3},
		{"an account of the same number", 0, func() error { return o.ViewedAccount(by(1), 9) }, 4},
		{"after midnight here", time.Minute, func() error { return o.Viewed(by(1), 9) }, 5},
	} {
		o.forward(c.wait)
		o.must(c.look())
		if got := count(o, &audits); got != c.want {
			t.Errorf("%s: %d rows, want %d", c.reason, got, c.want)
		}
	}
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			if err := o.Viewed(by(3), 9); err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	if got := count(o, &audits); got != 6 {
		t.Errorf("twenty looks at once made it %d rows, want 6", got)
	}
}
