package store

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestMirrorStopped lets each call of a turn fail, or be the last one of its
// process, and cuts the power then. One of the files must always be whole, and hold
// the state of the turn before.
func TestMirrorStopped(t *testing.T) {
	t.Parallel()
	data := smallFile(t, 3)
	reached := 0
	for i, at := range points {
		for _, stop := range []bool{false, true} {
			l := newLab(t, data)
			r := rand.New(rand.NewPCG(5, uint64(i)))
			l.must(l.turn())
			for range 3 {
				l.commit()
				l.must(l.turn())
			}
			before := l.last
			l.commit()
			l.failing(at, stop)
			err := l.turn()
			if err == nil {
				continue // this turn has fewer calls
			}
			reached++
			what := fmt.Sprintf("%+v (the last one: %t): %v", at, stop, err)
			l.left(what, before, 12, r)
			// It goes on, in the same process or another one, and the power fails then.
			l.failing(point{}, false)
			if stop {
				l.restart()
			}
			for range 3 {
				l.must(l.turn())
				l.left(what+", and a turn", l.last, 4, r)
				l.commit()
			}
		}
	}
	if reached < 14 {
		t.Errorf("only %d of the calls were made", reached)
	}
}

// TestMirrorStoppedTwice stops a process at a call that fails, and the next one at
// any of its own: what the system shows of the files has not reached the disk.
func TestMirrorStoppedTwice(t *testing.T) {
	t.Parallel()
	if testing.Short() {
		t.Skip("takes some seconds")
	}
	data := smallFile(t, 3)
	reached := 0
	for i, at := range points {
		for _, then := range points {
			l := newLab(t, data)
			r := rand.New(rand.NewPCG(6, uint64(i)))
			l.must(l.turn())
			l.commit()
			l.must(l.turn())
			before := l.last
			l.commit()
			l.failing(at, false)
			if l.turn() == nil {
				break
			}
			l.restart()
			l.failing(then, true)
			if err := l.turn(); err != nil {
				reached++
				l.left(fmt.Sprintf("%+v, and then %+v: %v", at, then, err), before, 4, r)
			}
		}
	}
	if reached < 60 {
		t.Errorf("only %d pairs of calls were made", reached)
	}
}

// TestMirrorMoments looks at the files between any two calls of many turns, as the
// system shows them and as a power cut leaves them: one is whole, and no older than
// the turn before.
func TestMirrorMoments(t *testing.T) {
	t.Parallel()
	l := newLab(t, smallFile(t, 3))
	r := rand.New(rand.NewPCG(7, 7))
	l.must(l.turn())
	moments, before := 0, 0
	l.look = func() {
		moments++
		l.left(fmt.Sprintf("moment %d", moments), before, 1, r)
	}
	for moments < 200 {
		before = l.last
		l.commit()
		l.must(l.turn())
	}
	t.Logf("%d moments, as many cuts", moments)
}

// TestMirrorVoid: after a failed sync, whichever, nothing of the file is believed,
// and all of it is written.
func TestMirrorVoid(t *testing.T) {
	t.Parallel()
	for nth := 1; nth <= 3; nth++ {
		l := newLab(t, smallFile(t, 3))
		l.must(l.turn())
		l.commit()
		l.must(l.turn())
		spoilt := mirrorNames[0]
		if filepath.Base(l.mirror.Newest()) == spoilt {
			spoilt = mirrorNames[1]
		}
		l.commit()
		l.failing(point{"sync", nth}, false)
		if l.turn() == nil {
			t.Fatalf("sync %d has not failed", nth)
		}
		l.failing(point{}, false)
		l.wrote = 0
		l.must(l.turn())
		info, err := os.Stat(filepath.Join(l.folder, spoilt))
		if err != nil || l.stateOf(spoilt) != l.last || int64(l.wrote) < info.Size() {
			t.Errorf("sync %d: %d bytes written of %v, %v", nth, l.wrote, info, err)
		}
	}
}

// TestMirrorSpares: while nobody knows whether the data file is sound, the file that
// an earlier process has left last stays as it is, and the other one follows.
func TestMirrorSpares(t *testing.T) {
	t.Parallel()
	l := newLab(t, smallFile(t, 3))
	for range 3 {
		l.must(l.turn())
		l.commit()
	}
	spared := filepath.Base(l.mirror.Newest())
	before := l.stateOf(spared)
	l.restart()
	for range 4 {
		l.mirror.Spare(true)
		l.commit()
		l.must(l.turn())
		if l.stateOf(spared) != before {
			t.Fatal("the file that was to be spared is written")
		}
	}
	l.mirror.Spare(false)
	l.commit()
	l.must(l.turn())
	if l.stateOf(spared) != l.last {
		t.Error("the file is spared for ever")
	}
}

// TestMirrorIdle: where nothing has changed no file is opened, read or written; and
// a turn after few commits writes few pages.
func TestMirrorIdle(t *testing.T) {
	t.Parallel()
	l := newLab(t, smallFile(t, 3))
	l.must(l.turn())
	l.failing(point{}, false)
	l.reads = 0
	for range 5 {
		if work, err := l.mirror.Turn(t.Context()); err != nil || work != 0 {
			t.Errorf("an idle turn: %v, %v", work, err)
		}
	}
	if l.called() != 0 || l.reads != 0 {
		t.Errorf("idle: %d calls, %d readings", l.called(), l.reads)
	}
	for range 2 { // each file has learnt of it
		l.commit()
		l.must(l.turn())
	}
	l.commit()
	l.failing(point{}, false)
	l.reads = 0
	l.must(l.turn())
	if l.reads > 1 || l.called() > 20 {
		t.Errorf("after one commit: %d calls, %d readings", l.called(), l.reads)
	}
	for _, name := range mirrorNames {
		info, err := os.Stat(filepath.Join(l.folder, name))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", name, info, err)
		}
	}
}

// TestMirrorTurns: the files are written by turns, each holds what the data file
// held then, and they shrink with it.
func TestMirrorTurns(t *testing.T) {
	t.Parallel()
	l := newLab(t, smallFile(t, 3))
	l.must(l.turn())
	var states []int
	for range 4 {
		l.commit()
		l.must(l.turn())
		states = append(states, l.stateOf(mirrorNames[0]), l.stateOf(mirrorNames[1]))
	}
	if l.mirror.Newest() == "" || !slices.Equal(states, []int{2, 1, 2, 3, 4, 3, 4, 5}) && !slices.Equal(states, []int{1, 2, 3, 2, 3, 4, 5, 4}) {
		t.Errorf("the files hold %v", states)
	}
	l.change(func(tx *txn) { l.must(setIdentity(tx.Tx, func(i *identity) { i.Purged = true })) })
	l.must(l.turn())
	l.must(func() error { _, _, err := l.Compact(t.Context()); return err }())
	l.note()
	l.must(l.turn())
	data, err := os.ReadFile(l.Path())
	l.must(err)
	for _, name := range mirrorNames {
		if l.stateOf(name) != l.last {
			t.Errorf("%s has not learnt of the compaction", name)
		}
		info, err := os.Stat(filepath.Join(l.folder, name))
		if err != nil || info.Size() > int64(len(data)) {
			t.Errorf("%s: %v, the data file has %d bytes", name, info, len(data))
		}
	}
}
