package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"path/filepath"
	"testing"
	"time"

	"certreissue/reissue"
	"certreissue/store"
)

// TestKeeperForgetsAgain: what could not be deleted after a copy goes without
// waiting for the next one.
func TestKeeperForgetsAgain(t *testing.T) {
	now := time.Date(2026, 1, 15, 20, 0, 0, 0, time.UTC)
	st, err := store.Open(filepath.Join(t.TempDir(), "data.db"), store.Options{Create: true, Now: func() time.Time { return now }})
	if err != nil {
		t.Fatal(err)
	}
	defer st.Close()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	person, err := reissue.ParsePerson("", loopNumber, reissue.Today(now))
	must(err)
	account, err := st.Register(reissue.Account{Person: person, Name: "测试", Password: "hash"})
	must(err)
	must(st.ChangeSettings(reissue.System(), func(s *reissue.Settings) error { s.Retention.AccountMonths = 12; return nil }))

	k := keeper{st: st, log: slog.New(slog.NewTextHandler(io.Discard, nil))}
	night := func(ctx context.Context, after time.Duration) error {
		now = now.Add(after)
		must(k.copyWhenDue())
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
