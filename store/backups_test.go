package store

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"certreissue/reissue"
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
		if err := s.MakeCopy(reissue.System()); err != nil {
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
