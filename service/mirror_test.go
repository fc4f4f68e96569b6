package service

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"testing"
	"time"

	"certreissue/reissue"
	"certreissue/store"
)

// mirrorOf is a mirror in a folder of its own, whose checks a test answers.
func mirrorOf(t *testing.T, st *store.Store, check func(path string) error) (m *mirror, plan reissue.MirrorPlan) {
	t.Helper()
	plan = reissue.MirrorPlan{Folder: t.TempDir(), Seconds: 5}
	m = &mirror{st: st, log: slog.New(slog.DiscardHandler), sound: func() bool { return true }, plan: func() reissue.MirrorPlan { return plan }}
	m.check = func(_ context.Context, path string) error { return check(path) }
	return m, plan
}

func contents(t *testing.T, folder string) (both []byte) {
	t.Helper()
	for _, name := range []string{"mirror-a.db", "mirror-b.db"} {
		content, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		both = append(both, content...)
	}
	return both
}

// change makes the data file another one.
func change(t *testing.T, st *store.Store, notice string) {
	t.Helper()
	if err := st.ChangeSettings(reissue.System(), func(s *reissue.Settings) error { s.Notice = notice; return nil }); err != nil {
		t.Fatal(err)
	}
}

func good(string) error { return nil }

// TestMirrorPause: a turn that is dear, or slow, makes the interval longer.
func TestMirrorPause(t *testing.T) {
	const s = time.Second
	for _, c := range []struct{ asked, work, took, want time.Duration }{
		{15 * s, s / 4, s, 15 * s}, {5 * s, s / 2, s, 10 * s}, {5 * s, s / 10, 40 * s, 40 * s}, {5 * s, 0, 0, 5 * s},
	} {
		if got := mirrorPause(c.asked, c.work, c.took); got != c.want {
			t.Errorf("%+v: %v", c, got)
		}
	}
}

// TestMirrorLastTurn: what was done after the last turn is in the mirror when the
// service has ended.
func TestMirrorLastTurn(t *testing.T) {
	now := time.Date(2026, 1, 15, 20, 0, 0, 0, time.UTC)
	st := clocked(t, &now)
	m, plan := mirrorOf(t, st, good)
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() { defer close(ended); m.run(ctx) }()
	for m.status().Last.IsZero() {
		time.Sleep(5 * time.Millisecond)
	}
	change(t, st, "the last words")
	cancel()
	<-ended
	if !bytes.Contains(contents(t, plan.Folder), []byte("the last words")) {
		t.Error("they are not in the mirror")
	}
}

// TestMirrorOfDamage: while damage is known nothing of it gets into the mirror.
func TestMirrorOfDamage(t *testing.T) {
	now := time.Date(2026, 1, 15, 20, 0, 0, 0, time.UTC)
	st := clocked(t, &now)
	m, plan := mirrorOf(t, st, good)
	m.turn(t.Context(), plan)
	before := contents(t, plan.Folder)
	st.NoteDamage("a finding")
	change(t, st, "after the damage")
	m.turn(t.Context(), plan)
	if fault, ok := errors.AsType[*store.MirrorError](m.status().Err); !ok || fault.Fault != store.MirrorDamage {
		t.Errorf("says %v", m.status().Err)
	}
	if !bytes.Equal(before, contents(t, plan.Folder)) {
		t.Error("the mirror has changed")
	}
}

// TestMirrorCheck: the newest file is checked every night. One that is damaged is
// written anew, and where that does not help the mirror stops, with the other file
// as it was.
func TestMirrorCheck(t *testing.T) {
	now := time.Date(2026, 1, 15, 20, 0, 0, 0, time.UTC)
	st := clocked(t, &now)
	var looked []string
	var found error
	m, plan := mirrorOf(t, st, func(path string) error { looked = append(looked, path); return found })
	turn := func() {
		t.Helper()
		m.turn(t.Context(), plan)
		if c := m.checking; c != nil { // let it end
			err := <-c.done
			c.done <- err
		}
	}
	turn()
	turn()
	if len(looked) != 1 {
		t.Fatalf("looked at %v", looked)
	}
	now = now.Add(24 * time.Hour)
	found = ErrStopped
	turn()
	turn()
	if len(looked) != 2 {
		t.Errorf("looked at %v", looked)
	}
	now = now.Add(checkPause)
	found = &store.FileError{Path: "mirror", Fault: store.Damaged}
	turn()
	bad := looked[len(looked)-1]
	before, err := os.Stat(bad)
	if err != nil {
		t.Fatal(err)
	}
	found = nil
	turn()
	if after, err := os.Stat(bad); err != nil || after.ModTime().Equal(before.ModTime()) {
		t.Error("the damaged file was not written anew")
	}
	turn()
	if m.status().Err != nil || looked[len(looked)-1] != bad || m.spoilt != 0 {
		t.Errorf("looked at %v; %v", looked, m.status().Err)
	}
	// It stays damaged.
	now = now.Add(24 * time.Hour)
	found = &store.FileError{Path: "mirror", Fault: store.Damaged}
	for range 3 {
		turn()
	}
	kept := contents(t, plan.Folder)
	change(t, st, "another")
	turn()
	if fault, ok := errors.AsType[*store.MirrorError](m.status().Err); !ok || fault.Fault != store.MirrorSpoilt {
		t.Errorf("says %v", m.status().Err)
	}
	if !bytes.Equal(kept, contents(t, plan.Folder)) {
		t.Error("the mirror goes on")
	}
}

// TestCheckLog: what a check finds is kept, and how far it is is not.
func TestCheckLog(t *testing.T) {
	var found findingLog
	s := &Service{Out: &found}
	s.hearChild(bytes.NewBufferString("申请 5：缺少照片\n\t1\t2\n申请 5：缺少照片\n"))
	found.Write([]byte(sayProgress(5, 0) + "\n"))
	if len(found) != 1 || found[0] != "申请 5：缺少照片" {
		t.Errorf("%q", found)
	}
}

// TestMirrorSparesUntilChecked: before the data file has been checked one of the
// mirror's files stays as it is, and then follows.
func TestMirrorSparesUntilChecked(t *testing.T) {
	now := time.Date(2026, 1, 15, 20, 0, 0, 0, time.UTC)
	st := clocked(t, &now)
	m, plan := mirrorOf(t, st, good)
	both := func() (sums [2][32]byte) {
		for i, name := range []string{"mirror-a.db", "mirror-b.db"} {
			content, err := os.ReadFile(filepath.Join(plan.Folder, name))
			if err != nil {
				t.Fatal(err)
			}
			sums[i] = sha256.Sum256(content)
		}
		return sums
	}
	for _, notice := range []string{"一", "二"} {
		change(t, st, notice)
		m.turn(t.Context(), plan)
	}
	before := both()
	checked := false
	again, _ := mirrorOf(t, st, good)
	again.sound = func() bool { return checked }
	for _, c := range []struct {
		notice  string
		checked bool
		stay    int
	}{{"三", false, 1}, {"四", false, 1}, {"五", false, 1}, {"六", true, 0}} {
		checked = c.checked
		change(t, st, c.notice)
		again.turn(t.Context(), plan)
		stay := 0
		for i, sum := range both() {
			if sum == before[i] {
				stay++
			}
		}
		if stay != c.stay {
			t.Errorf("%s: %d files are as they were, want %d", c.notice, stay, c.stay)
		}
	}
}
