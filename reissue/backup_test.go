package reissue

import (
	"testing"
	"time"
)

func TestBackupDue(t *testing.T) {
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 11, day, hour, minute, 0, 0, cst) }
	for _, c := range []struct {
		why       string
		hour      int
		last, now time.Time
		want      bool
	}{
		{"never yet", 3, time.UnixMilli(0), at(24, 12, 0), true},
		{"just made", 3, at(24, 3, 0), at(24, 3, 1), false},
		{"the hour has not come", 3, at(23, 3, 0), at(24, 2, 59), false},
		{"the hour has come", 3, at(23, 3, 0), at(24, 3, 0), true},
		{"one by hand in the evening does not stand for the night's", 3, at(23, 20, 0), at(24, 3, 0), true},
		{"the machine was off at night", 3, at(22, 3, 0), at(24, 8, 30), true},
		{"made up for in the morning", 3, at(24, 8, 30), at(24, 9, 0), false},
		{"at midnight", 0, at(23, 23, 59), at(24, 0, 0), true},
		{"the clock was a year ahead", 3, at(24, 3, 0).AddDate(1, 0, 0), at(24, 12, 0), true},
		{"before a late hour yesterday's counts", 23, at(23, 23, 0), at(24, 12, 0), false},
	} {
		if got := (BackupPlan{Hour: c.hour, Keep: 14}).Due(At(c.last), c.now); got != c.want {
			t.Errorf("%s: %v", c.why, got)
		}
	}
}

func TestBackupTooOld(t *testing.T) {
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, cst)
	for age, want := range map[time.Duration]bool{0: false, 48 * time.Hour: false, 49 * time.Hour: true, -time.Minute: true} {
		if got := BackupTooOld(At(now.Add(-age)), now); got != want {
			t.Errorf("made %v ago: %v", age, got)
		}
	}
}
