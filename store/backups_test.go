package store

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

func TestCopies(t *testing.T) {
	clock := time.Date(2026, 11, 24, 19, 0, 0, 0, time.UTC) // the 25th at the office
	s := opened(t, &clock)
	if list, err := s.Copies(); err != nil || len(list) != 0 {
		t.Errorf("before the first: %v, %v", list, err)
	}
	if err := s.ChangeSettings(staffActor(1), func(settings *reissue.Settings) error { settings.Backup.Keep = 2; return nil }); err != nil {
		t.Fatal(err)
	}
	for range 4 {
		clock = clock.Add(time.Hour)
		if err := s.MakeCopy(t.Context(), reissue.System(), Nightly, nil); err != nil {
			t.Fatal(err)
		}
	}
	// What is not ours stays, and a part of an interrupted copy is no copy.
	for _, name := range []string{"notes.txt", "20261301-000000.db", "123.part"} {
		if err := os.WriteFile(filepath.Join(s.CopiesFolder(), name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	list, err := s.Copies()
	if err != nil || len(list) != 2 || list[0].Name != "20261125-070000.db" || list[0].Made != reissue.At(clock) || list[1].Name != "20261125-060000.db" {
		t.Fatalf("%+v, %v; want the last two", list, err)
	}
	if err := s.ClearCopies(); err != nil {
		t.Error(err)
	}
	entries, err := os.ReadDir(s.CopiesFolder())
	if err != nil || len(entries) != 4 {
		t.Errorf("the folder holds %v, %v", entries, err)
	}
	if info, err := os.Stat(list[0].Path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the copy can be read by others: %v, %v", info.Mode(), err)
	}
	if unclean, err := Peek(list[0].Path); err != nil || unclean {
		t.Errorf("the copy carries the mark of being in use: %v, %v", unclean, err)
	}
}

// names are those of the copies of a kind, the newest first.
func names(t *testing.T, s *Store, kind CopyKind) (list []string) {
	t.Helper()
	copies, err := s.Copies()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range copies {
		if c.Kind == kind {
			list = append(list, c.Name)
		}
	}
	return list
}

// TestCopiesByHand: those that somebody asks for take no nightly one's place, nor the
// other way round, and none another one's name.
func TestCopiesByHand(t *testing.T) {
	clock := time.Date(2026, 11, 24, 19, 0, 0, 0, time.UTC)
	s := opened(t, &clock)
	if err := s.ChangeSettings(staffActor(1), func(settings *reissue.Settings) error { settings.Backup.Keep = 2; return nil }); err != nil {
		t.Fatal(err)
	}
	make := func(by reissue.Actor, kind CopyKind) {
		t.Helper()
		if err := s.MakeCopy(t.Context(), by, kind, nil); err != nil {
			t.Fatal(err)
		}
	}
	make(reissue.System(), Nightly)
	make(reissue.System(), Nightly) // in the same second: the clock was set back
	night := names(t, s, Nightly)
	if want := []string{"20261125-030000.db", "20261125-025959.db"}; !slices.Equal(night, want) {
		t.Fatalf("nightly %v, want %v", night, want)
	}
	for range KeptByHand + 2 {
		clock = clock.Add(time.Minute)
		make(staffActor(1), ByHand)
	}
	if is := names(t, s, Nightly); !slices.Equal(is, night) {
		t.Errorf("copies by hand leave %v of %v", is, night)
	}
	hand := names(t, s, ByHand)
	if len(hand) != KeptByHand || hand[0] != "20261125-030700-manual.db" {
		t.Errorf("by hand %v", hand)
	}
	clock = clock.Add(time.Minute)
	make(reissue.System(), Nightly)
	if is := names(t, s, ByHand); !slices.Equal(is, hand) {
		t.Errorf("a nightly copy leaves %v of %v", is, hand)
	}
}

// TestCopiesWhileDamaged: a copy with something wrong in it is none, and from then on
// none makes room for another.
func TestCopiesWhileDamaged(t *testing.T) {
	clock := time.Date(2026, 11, 24, 19, 0, 0, 0, time.UTC)
	path := write(t, smallFile(t, 3))
	s, err := Open(path, Options{Now: func() time.Time { return clock }})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	if err := s.ChangeSettings(staffActor(1), func(settings *reissue.Settings) error { settings.Backup.Keep = 2; return nil }); err != nil {
		t.Fatal(err)
	}
	next := func() error {
		clock = clock.Add(time.Hour)
		return s.MakeCopy(t.Context(), reissue.System(), Nightly, nil)
	}
	if err := errors.Join(next(), next()); err != nil {
		t.Fatal(err)
	}
	good := names(t, s, Nightly)
	var k []byte
	lose := func(tx *bolt.Tx) error {
		first, _ := bucket(tx, "accounts.person").Cursor().First()
		k = bytes.Clone(first)
		return bucket(tx, "accounts.person").Delete(k)
	}
	if err := s.db.Update(lose); err != nil {
		t.Fatal(err)
	}
	var fault *FileError
	if err := next(); !errors.As(err, &fault) || fault.Fault != BadCopy || !strings.Contains(err.Error(), "accounts.person") {
		t.Errorf("a copy of a damaged file: %v", err)
	}
	if failure := s.CopyFailure(); failure == nil || failure.At != reissue.At(clock) || len(s.KnownDamage()) == 0 {
		t.Errorf("nobody knows: %v, %v", failure, s.KnownDamage())
	}
	entries, err := os.ReadDir(s.CopiesFolder())
	if err != nil || len(entries) != 2 || !slices.Equal(names(t, s, Nightly), good) {
		t.Errorf("the folder holds %v, %v; want %v", entries, err, good)
	}
	// Whatever became of it: only a look at the whole file by the next start clears it.
	if err := s.db.Update(func(tx *bolt.Tx) error { return bucket(tx, "accounts.person").Put(k, nil) }); err != nil {
		t.Fatal(err)
	}
	if err := next(); err != nil {
		t.Fatal(err)
	}
	if is := names(t, s, Nightly); len(is) != 3 || !slices.Equal(is[1:], good) || s.CopyFailure() != nil {
		t.Errorf("while damage is known %v are left of %v, %v", is, good, s.CopyFailure())
	}
}

// TestCopyStopped: a service that stops while a copy is checked has not failed.
func TestCopyStopped(t *testing.T) {
	clock := time.Date(2026, 11, 24, 19, 0, 0, 0, time.UTC)
	s := opened(t, &clock)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := s.MakeCopy(ctx, reissue.System(), Nightly, nil); !errors.Is(err, context.Canceled) || s.CopyFailure() != nil || len(s.KnownDamage()) > 0 {
		t.Errorf("stopped: %v, %v", err, s.CopyFailure())
	}
	if entries, _ := os.ReadDir(s.CopiesFolder()); len(entries) != 0 {
		t.Errorf("left behind: %v", entries)
	}
}
