package service

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"certreissue/idcard"
	"certreissue/reissue"
	"certreissue/store"
)

// clocked is a new file under a clock that the test sets.
func clocked(t *testing.T, now *time.Time) *store.Store {
	t.Helper()
	st, err := store.Open(filepath.Join(t.TempDir(), "data.db"), store.Options{Create: true, Now: func() time.Time { return *now }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { st.Close() })
	return st
}

// TestKeeperForgetsAgain: what could not be deleted after a copy goes without
// waiting for the next one.
func TestKeeperForgetsAgain(t *testing.T) {
	now := time.Date(2026, 1, 15, 20, 0, 0, 0, time.UTC)
	st := clocked(t, &now)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	person, err := reissue.ParsePerson("", "110101199003071233", reissue.Today(now))
	must(err)
	account, err := st.Register(reissue.Account{Person: person, Name: "测试", Password: "hash"})
	must(err)
	must(st.ChangeSettings(reissue.System(), func(s *reissue.Settings) error { s.Retention.AccountMonths = 12; return nil }))

	k := keeper{st: st, log: slog.New(slog.DiscardHandler)}
	night := func(ctx context.Context, after time.Duration) error {
		now = now.Add(after)
		must(k.copyWhenDue(t.Context()))
		return k.forgetAfterCopy(ctx)
	}
	const day = 24 * time.Hour
	must(night(t.Context(), 0))
	must(night(t.Context(), 400*day))
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if err := night(ended, day); !errors.Is(err, context.Canceled) {
		t.Errorf("forgetting is broken off with %v", err)
	}
	if _, err := st.Account(account.ID); err != nil {
		t.Errorf("before: %v", err)
	}
	must(night(t.Context(), time.Hour)) // without a copy of its own
	if _, err := st.Account(account.ID); !errors.Is(err, reissue.ErrNotFound) {
		t.Errorf("the account is still there: %v", err)
	}
}

// TestKeeperAfterAWrongClock: copies of a time to come stop neither the daily
// ones nor, however many they are, make them go at once.
func TestKeeperAfterAWrongClock(t *testing.T) {
	now := time.Date(2027, 3, 1, 20, 0, 0, 0, time.UTC)
	st := clocked(t, &now)
	if err := st.ChangeSettings(reissue.System(), func(s *reissue.Settings) error { s.Backup.Keep = 2; return nil }); err != nil {
		t.Fatal(err)
	}
	k := keeper{st: st, log: slog.New(slog.DiscardHandler)}
	for _, step := range []struct {
		why     string
		forward time.Duration
		newest  string
	}{
		{"a year ahead", 0, "20270302-040000.db"},
		{"the next night", 24 * time.Hour, "20270303-040000.db"},
		{"put right", -365 * 24 * time.Hour, "20260303-040000.db"},
		{"a minute later", time.Minute, "20260303-040000.db"},
		{"before the hour", 22 * time.Hour, "20260303-040000.db"},
		{"the next night", time.Hour, "20260304-030100.db"},
		{"and the one after", 24 * time.Hour, "20260305-030100.db"},
	} {
		now = now.Add(step.forward)
		if err := k.copyWhenDue(t.Context()); err != nil {
			t.Fatal(err)
		}
		if list, err := st.Copies(); err != nil || list[0].Name != step.newest || len(list) > 2 {
			t.Errorf("%s: %+v, %v; want %s first", step.why, list, err, step.newest)
		}
	}
	if list, _ := st.Copies(); list[1].Name != "20260304-030100.db" {
		t.Errorf("a copy of the wrong clock outlives a true one: %+v", list)
	}
}

// spoilt turns a letter of an account that the file holds into another one.
func spoilt(t *testing.T, st *store.Store) {
	t.Helper()
	person, err := reissue.ParsePerson("", "110101199003071233", reissue.Today(st.Now()))
	if err != nil {
		t.Fatal(err)
	}
	const email = "somebody@example.com"
	if _, err := st.Register(reissue.Account{Person: person, Name: "测试", Password: "hash", Email: email}); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(st.Path())
	if err != nil {
		t.Fatal(err)
	}
	file, err := os.OpenFile(st.Path(), os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.WriteAt([]byte("S"), int64(bytes.LastIndex(content, []byte(email)))); err != nil {
		t.Fatal(err)
	}
}

// TestKeeperChecks: what has become damaged while it was served is known after the
// next night, by the copy that is checked or, where none can be made, by a check of the
// file itself, of which there is one a night.
func TestKeeperChecks(t *testing.T) {
	for _, room := range []bool{true, false} {
		now := time.Date(2026, 1, 15, 20, 0, 0, 0, time.UTC)
		st := clocked(t, &now)
		spoilt(t, st)
		if !room {
			if err := os.WriteFile(st.CopiesFolder(), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		var log bytes.Buffer
		k := keeper{st: st, log: newLog(&log)}
		for range 3 {
			if err := k.copyWhenDue(t.Context()); err == nil {
				t.Errorf("with room %t: of damage a copy was made", room)
			}
			now = now.Add(time.Hour)
		}
		if known := st.KnownDamage(); len(known) == 0 || known[0] != "考生账号 1 的记录已损坏" {
			t.Errorf("with room %t: known: %v", room, known)
		}
		if n := strings.Count(log.String(), "检查了数据文件"); n != 1 || !k.checked.Load() {
			t.Errorf("with room %t: the file was checked %d times", room, n)
		}
	}
}

// TestKeeperChecksToTheEnd: a check that cannot be carried out is none.
func TestKeeperChecksToTheEnd(t *testing.T) {
	now := time.Date(2026, 1, 15, 20, 0, 0, 0, time.UTC)
	st := clocked(t, &now)
	k := keeper{st: st, log: slog.New(slog.DiscardHandler)}
	away := st.Path() + ".away"
	if err := os.Rename(st.Path(), away); err != nil {
		t.Skipf("an open file cannot be renamed here: %v", err)
	}
	if err := k.check(t.Context()); err == nil || k.checked.Load() || k.looked != 0 {
		t.Errorf("a file that is not there was checked at %v: %v", k.looked, err)
	}
	if err := os.Rename(away, st.Path()); err != nil {
		t.Fatal(err)
	}
	stopped, stop := context.WithCancel(t.Context())
	stop()
	if err := k.check(stopped); err == nil || k.checked.Load() {
		t.Errorf("a check that was stopped came to its end: %v", err)
	}
	if err := k.check(t.Context()); err != nil || !k.checked.Load() {
		t.Errorf("checked %t: %v", k.checked.Load(), err)
	}
}

// TestKeeperHoldsCopiesAgainstTheLog: a file whose log lacks what a copy has is known
// to be damaged after a night, though all in it agrees.
func TestKeeperHoldsCopiesAgainstTheLog(t *testing.T) {
	now := time.Date(2026, 1, 15, 20, 0, 0, 0, time.UTC)
	st := clocked(t, &now)
	before, err := os.ReadFile(st.Path())
	if err != nil {
		t.Fatal(err)
	}
	k := keeper{st: st, log: slog.New(slog.DiscardHandler)}
	for range 3 {
		now = now.Add(24 * time.Hour)
		if err := k.copyWhenDue(t.Context()); err != nil || len(st.KnownDamage()) > 0 {
			t.Fatalf("%v: %v", err, st.KnownDamage())
		}
	}
	path := st.Path()
	if err := errors.Join(st.Close(), os.WriteFile(path, before, 0o600)); err != nil {
		t.Fatal(err)
	}
	st, err = store.Open(path, store.Options{Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	k.st, now = st, now.Add(24*time.Hour)
	if err := k.copyWhenDue(t.Context()); err != nil || len(st.KnownDamage()) == 0 {
		t.Errorf("a log without what its copies have passes the night: %v", err)
	}
}

// TestKeeperCountsNights: a copy that somebody asks for is not the night's one.
func TestKeeperCountsNights(t *testing.T) {
	now := time.Date(2026, 1, 15, 20, 0, 0, 0, time.UTC)
	st := clocked(t, &now)
	k := keeper{st: st, log: slog.New(slog.DiscardHandler)}
	if err := st.MakeCopy(t.Context(), reissue.System(), store.ByHand, nil); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time there is nothing to do
		if err := k.copyWhenDue(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if list, err := st.Copies(); err != nil || len(list) != 2 || list[0].Kind == list[1].Kind {
		t.Errorf("%+v, %v; want the night's copy beside the other", list, err)
	}
}

// TestKeeperEntersDeferred: what a large import was stopped before is done as soon as a
// service runs, and lines are found by name.
func TestKeeperEntersDeferred(t *testing.T) {
	now := time.Date(2026, 1, 15, 2, 0, 0, 0, time.UTC)
	st := clocked(t, &now)
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	rows, err := st.CertificateRows()
	must(err)
	defer rows.Close()
	const lines = 10_000
	for n := range lines {
		person := reissue.Person{Paper: "护照", Number: idcard.Number(fmt.Sprintf("E%08d", n))}
		must(rows.Add(n+2, &reissue.Certificate{Person: person, Name: "测试", ExamYear: 2016, ExamName: "二级建造师", Number: fmt.Sprint("A", n)}))
	}
	ctx, stop := context.WithCancel(t.Context())
	_, err = st.ImportCertificates(ctx, rows, store.Load{Alone: true, Reject: func(store.Reject) {}, Progress: func(int, int) { stop() }})
	if deferred, fault := st.DeferredImport(); deferred == 0 || fault != nil || !errors.Is(err, context.Canceled) {
		t.Fatalf("import %d is deferred, %v; it ends with %v", deferred, fault, err)
	}
	ctx, stop = context.WithCancel(t.Context())
	k, ended := keeper{st: st, log: slog.New(slog.DiscardHandler)}, make(chan struct{})
	go func() { defer close(ended); k.run(ctx) }()
	for deferred, looks := uint64(1), 0; deferred != 0; looks++ {
		if looks == 30_000 {
			t.Fatalf("import %d is still deferred", deferred)
		}
		time.Sleep(time.Millisecond)
		deferred, err = st.DeferredImport()
		must(err)
	}
	stop()
	<-ended
	page, err := st.Certificates(&reissue.Staff{Roles: []reissue.Role{reissue.RoleAdmin}}, store.RegisterFilter{Query: "测试"}, "", 1)
	if err != nil || len(page.Rows) != 1 {
		t.Errorf("%d lines are found, %v", len(page.Rows), err)
	}
}
