package service

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

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

// TestKeeperChecks: what has become damaged while it was served is known after the
// next night.
func TestKeeperChecks(t *testing.T) {
	now := time.Date(2026, 1, 15, 20, 0, 0, 0, time.UTC)
	st := clocked(t, &now)
	person, err := reissue.ParsePerson("", "110101199003071233", reissue.Today(now))
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
	k := keeper{st: st, log: slog.New(slog.DiscardHandler)}
	if err := k.copyWhenDue(t.Context()); err != nil {
		t.Logf("the copy: %v", err) // of damage none may be made
	}
	if known := st.KnownDamage(); len(known) == 0 || known[0] != "考生账号 1 的记录已损坏" {
		t.Errorf("known: %v", known)
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
