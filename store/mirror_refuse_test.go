package store

import (
	"bytes"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"certreissue/reissue"
)

// refused wants a turn to have one of the faults, said in words, and to leave the
// files as they are.
func (l *lab) refused(want MirrorFault) *MirrorError {
	l.t.Helper()
	before := l.contents()
	err := l.turn()
	fault, ok := errors.AsType[*MirrorError](err)
	if !ok || fault.Fault != want {
		l.t.Fatalf("%v, want fault %d", err, want)
	}
	if said := fault.Sentence(); !strings.Contains(said, l.folder) || strings.Contains(said, "%!") {
		l.t.Errorf("says %q", said)
	}
	if after := l.contents(); !bytes.Equal(before, after) {
		l.t.Errorf("after fault %d the files are not what they were", want)
	}
	return fault
}

func (l *lab) contents() (both []byte) {
	for _, name := range mirrorNames {
		content, _ := os.ReadFile(filepath.Join(l.folder, name))
		both = append(both, content...)
	}
	return both
}

// TestMirrorOfAnother: what another history has left is not written over, unless
// that was asked for, and then both files are ours at once.
func TestMirrorOfAnother(t *testing.T) {
	t.Parallel()
	l, other := newLab(t, smallFile(t, 3)), newLab(t, smallFile(t, 1))
	other.must(other.turn())
	l.folder = other.folder
	l.restart()
	l.refused(MirrorForeign)
	// One of them alone, and not even whole, is another's all the same.
	l.must(os.Remove(filepath.Join(l.folder, mirrorNames[0])))
	l.refused(MirrorForeign)
	l.must(os.WriteFile(filepath.Join(l.folder, mirrorNames[0]), nil, 0o600))
	l.refused(MirrorForeign)

	l.mirror = NewMirror(l.Store, l.folder, true)
	l.must(l.turn())
	if a, b := l.stateOf(mirrorNames[0]), l.stateOf(mirrorNames[1]); a != l.last || b != l.last {
		t.Errorf("the files hold %d and %d", a, b)
	}
	other.mirror = NewMirror(other.Store, l.folder, false)
	other.refused(MirrorForeign)

	// A restored file is another's, too.
	l.must(l.AfterRestore())
	l.note()
	l.refused(MirrorForeign)
}

// TestMirrorAhead: a data file that is older than its mirror does not take its
// place, but for the one commit that a power cut may have taken.
func TestMirrorAhead(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		behind  int // commits
		unclean bool
		fault   MirrorFault
	}{{0, false, -1}, {1, true, -1}, {1, false, MirrorAhead}, {2, true, MirrorAhead}} {
		l := newLab(t, smallFile(t, 1))
		l.must(l.turn())
		old, err := l.position()
		l.must(err)
		for range test.behind {
			l.commit()
		}
		l.must(l.turn())
		l.restart()
		l.mirrored = Position{} // another process
		l.found = Standing{Position: old, Unclean: test.unclean}
		if err := l.found.olderThan(l.folder); (err != nil) != (test.fault == MirrorAhead) {
			t.Errorf("%+v: before it is opened: %v", test, err)
		}
		if test.fault < 0 {
			l.must(l.turn())
			continue
		}
		fault := l.refused(test.fault)
		for _, way := range []string{"restore " + l.folder, "-mirror-replace", "回退"} {
			if !strings.Contains(fault.Sentence(), way) {
				t.Errorf("%s does not say %q", fault.Sentence(), way)
			}
		}
		l.mirror = NewMirror(l.Store, l.folder, true)
		l.must(l.turn())
	}
}

// TestMirrorBack: a folder that is not there is not made, an empty one in its place
// is not filled, and when it is back the mirror goes on.
func TestMirrorBack(t *testing.T) {
	t.Parallel()
	l := newLab(t, smallFile(t, 3))
	l.must(l.turn())
	away := l.folder + " away"
	l.must(os.Rename(l.folder, away))
	l.commit()
	l.refused(MirrorAway)
	if _, err := os.Stat(l.folder); err == nil {
		t.Error("the folder was made")
	}
	l.must(os.Mkdir(l.folder, 0o700))
	l.refused(MirrorGone)
	if left, _ := os.ReadDir(l.folder); len(left) > 0 {
		t.Errorf("an empty folder holds %v", left)
	}
	l.must(os.Remove(l.folder))
	l.must(os.Rename(away, l.folder))
	l.failing(point{}, false)
	l.must(l.turn())
	if l.called() > 20 {
		t.Errorf("%d calls for one commit", l.called())
	}
	if state := l.newestLeft(nil); state != l.last {
		t.Errorf("state %d of %d", state, l.last)
	}
	// Another disk with an older mirror comes back in its place.
	l.must(os.CopyFS(away, os.DirFS(l.folder)))
	for range 3 {
		l.commit()
		l.must(l.turn())
	}
	l.must(os.RemoveAll(l.folder))
	l.must(os.Rename(away, l.folder))
	l.must(l.turn())
	for range 2 {
		l.commit()
		l.must(l.turn())
		if state := l.newestLeft(nil); state != l.last {
			t.Errorf("on another disk: state %d of %d", state, l.last)
		}
	}
	// Somebody has put a text there.
	l.must(os.WriteFile(filepath.Join(l.folder, mirrorNames[0]), []byte("no mirror"), 0o600))
	l.must(l.turn())
	if state := l.stateOf(mirrorNames[0]); state != l.last {
		t.Errorf("a text became state %d", state)
	}
}

// TestMirrorInUse: whoever reads a file of the mirror reads one state of it.
func TestMirrorInUse(t *testing.T) {
	t.Parallel()
	l := newLab(t, smallFile(t, 12))
	l.must(l.turn())
	l.commit()
	reader, err := Open(l.mirror.newest().path, Options{ReadOnly: true})
	l.must(err)
	l.must(l.turn())
	l.commit()
	l.refused(MirrorInUse)
	l.must(reader.Abandon())
	l.wrote = 0
	l.must(l.turn())
	if info, err := os.Stat(l.mirror.Newest()); err != nil || int64(l.wrote) >= info.Size()*3/4 {
		t.Errorf("%d bytes written of %v, %v: a reader spoils nothing", l.wrote, info, err)
	}
}

// TestMirrorForgets: after the compaction that follows a deletion no byte of it is
// left in either file.
func TestMirrorForgets(t *testing.T) {
	t.Parallel()
	l := newLab(t, smallFile(t, 3))
	canary := "canary-" + strings.Repeat("bird", 20)
	account, err := l.Register(reissue.Account{Person: human(9), Name: name(9), Email: canary, Password: "hash"})
	l.must(err)
	l.note()
	l.must(l.turn())
	l.must(l.Leave(account.ID))
	l.note()
	l.must(l.turn())
	if !bytes.Contains(l.contents(), []byte(canary)) {
		t.Error("this test cannot see what it looks for")
	}
	if purged, err := l.Purged(); err != nil || !purged {
		t.Fatalf("nothing to compact for: %v", err)
	}
	_, _, err = l.Compact(t.Context())
	l.must(err)
	l.note()
	l.must(l.turn())
	if bytes.Contains(l.contents(), []byte(canary)) {
		t.Error("the mirror holds what was deleted")
	}
}

// TestMirrorDistrusts: a file whose content was found damaged is written anew, and
// the other one stays until that is done.
func TestMirrorDistrusts(t *testing.T) {
	t.Parallel()
	l := newLab(t, smallFile(t, 3))
	l.must(l.turn())
	l.commit()
	l.must(l.turn())
	path := l.mirror.Newest()
	content, err := os.ReadFile(path)
	l.must(err)
	info, err := os.Stat(path)
	l.must(err)
	clear(content[3*os.Getpagesize() : 4*os.Getpagesize()])
	l.must(os.WriteFile(path, content, 0o600))
	l.must(os.Chtimes(path, info.ModTime(), info.ModTime())) // as a failing disk does
	l.must(l.turn())
	l.mirror.Distrust(path)
	if other := l.mirror.Newest(); other == path || other == "" {
		t.Errorf("the file to go by is %q", other)
	}
	l.must(l.turn())
	if state := l.stateOf(filepath.Base(path)); state != l.last {
		t.Errorf("the damaged file holds state %d of %d", state, l.last)
	}
}
