package store

import (
	"bytes"
	"context"
	"errors"
	"hash/maphash"
	"io/fs"
	"os"
	"path/filepath"
	"time"
)

// mirrorNames are the two files of a mirror.
var mirrorNames = [2]string{"mirror-a.db", "mirror-b.db"}

// Mirror keeps a second copy of the file in a folder that is there already: two
// data files, written by turns, so that one of them is whole at every moment. A
// file is whole that has both its meta pages: they are blanked, on the disk, before
// a page is written, and come back when all pages are on the disk. One goroutine
// uses it.
type Mirror struct {
	store   *Store
	folder  string
	replace bool // what lies there may be overwritten, whatever it is
	open    func(path string) (mirrorFile, error)
	copies  [2]*mirrorCopy
	seed    maphash.Seed
	written Position // of the last turn that wrote
	sparing bool     // one of the files stays as it is
}

// mirrorCopy is one of the two files, as far as it is known.
type mirrorCopy struct {
	path     string
	info     os.FileInfo // as it was when metas were read or written; nil where the file is not there
	metas    []byte      // both meta pages
	whole    bool
	standing Standing // zero where the file does not say
	kin      bool     // of the data file's lineage
	hashes   []uint64 // of its pages; nil where they are not known
	doubtful bool     // a turn has failed on it: nothing of it is believed, though it can be read
	ours     bool     // written by this Mirror
	sure     bool     // its metas are on the disk for certain
}

// NewMirror is the mirror of an open file in a folder. replace lets it overwrite
// what it finds there, until it has both files.
func NewMirror(s *Store, folder string, replace bool) *Mirror {
	m := &Mirror{store: s, folder: folder, replace: replace, open: openMirrorFile, seed: maphash.MakeSeed()}
	for i, name := range mirrorNames {
		m.copies[i] = &mirrorCopy{path: filepath.Join(folder, name)}
	}
	return m
}

// Spare says whether to leave one of the files as this process has found it, and write
// the other one each time: as long as nobody knows whether the data file is sound.
func (m *Mirror) Spare(sparing bool) { m.sparing = sparing }

// Turn brings the mirror to the state of the file, unless ctx ends before. Where
// nothing has changed it reads nothing but names. work is the time that it took to
// read and compare, not to write. The error is a *MirrorError, and the next turn
// begins with a look at what lies there.
func (m *Mirror) Turn(ctx context.Context) (work time.Duration, err error) {
	onDamage(func() { work, err = m.turn(ctx) }, func(damage error) { err = &MirrorError{Fault: MirrorDamage, Err: damage} })
	if err != nil {
		for _, c := range m.copies {
			c.info = nil
		}
		return work, m.fault(err)
	}
	return work, nil
}

func (m *Mirror) turn(ctx context.Context) (work time.Duration, err error) {
	now, err := m.store.position()
	if err != nil {
		return 0, err
	}
	if err := m.look(now); err != nil {
		return 0, err
	}
	if m.written == now && m.complete(now) {
		return 0, nil
	}
	work, err = m.write(ctx)
	// Of a file from before a compaction, a restore or a power cut nothing may stay.
	if err == nil && !m.sparing && !m.complete(m.written) {
		var more time.Duration
		more, err = m.write(ctx)
		work += more
	}
	m.replace = m.replace && err != nil
	return work, err
}

// complete tells whether both files are whole and no other history than that of
// the position, up to there.
func (m *Mirror) complete(now Position) bool {
	for _, c := range m.copies {
		if !c.good() || c.standing.generation != now.generation || !c.ours && !c.standing.before(now) {
			return false
		}
	}
	return true
}

// good tells whether the file is a whole copy of this data file.
func (c *mirrorCopy) good() bool { return c.whole && c.kin }

// look finds out what has become of the files, and refuses to go on where they are
// not this mirror's to write.
func (m *Mirror) look(now Position) error {
	if info, err := os.Stat(m.folder); err != nil || !info.IsDir() {
		return &MirrorError{Fault: MirrorAway, Err: err}
	}
	there := 0
	for _, c := range m.copies {
		if err := c.look(m.open); err != nil {
			return err
		}
		if c.info != nil {
			there++
		}
	}
	if there == 0 && m.written != (Position{}) {
		return &MirrorError{Fault: MirrorGone}
	}
	for _, c := range m.copies {
		c.kin = c.standing.kin(now)
		if m.replace || c.standing == (Standing{}) {
			continue
		}
		found := m.store.found
		fault := &MirrorError{Ours: found, Lies: c.standing, Err: errors.New(c.path)}
		switch {
		case !c.kin:
			fault.Fault = MirrorForeign
			return fault
		case !c.ours && found.behind(c.standing) && m.store.mirrored.before(c.standing.Position):
			fault.Fault = MirrorAhead
			return fault
		}
	}
	return nil
}

// look reads the marks of the file again, where it is not the one that it was.
func (c *mirrorCopy) look(open func(string) (mirrorFile, error)) error {
	info, err := os.Stat(c.path)
	if errors.Is(err, fs.ErrNotExist) {
		*c = mirrorCopy{path: c.path}
		return nil
	}
	if err != nil {
		return err
	}
	if c.info != nil && os.SameFile(info, c.info) && info.Size() == c.info.Size() && info.ModTime().Equal(c.info.ModTime()) {
		return nil
	}
	file, err := open(c.path)
	if err != nil {
		return err
	}
	metas, whole, err := readMetas(file)
	if err = errors.Join(err, file.Close()); err != nil {
		return err
	}
	if c.metas != nil && bytes.Equal(metas, c.metas) {
		c.info = info
		return nil
	}
	*c = mirrorCopy{path: c.path, metas: metas, whole: whole && !c.doubtful, doubtful: c.doubtful}
	c.standing, err = StandingOf(c.path)
	switch {
	case isFault(err, Damaged, CutFile, EmptyFile, NotADatabase), damaged(err) != nil:
		c.whole = false
	case isFault(err, Foreign, Newer):
		c.standing.lineage = err.Error() // of nobody here
	case err != nil:
		return err
	}
	c.info = info
	return nil
}

// outlives tells whether the other file is to be overwritten before this one.
func (c *mirrorCopy) outlives(other *mirrorCopy) bool {
	switch {
	case !c.good() || !other.good():
		return c.good()
	case c.standing.Position == other.standing.Position:
		return c.ours && !other.ours
	}
	return other.standing.before(c.standing.Position)
}

// newest is the file that the next turn does not write, unless it is not whole.
func (m *Mirror) newest() *mirrorCopy {
	for i, c := range m.copies {
		if other := m.copies[1-i]; m.sparing && c.ours && other.good() && !other.ours {
			return other
		}
	}
	if m.copies[1].outlives(m.copies[0]) {
		return m.copies[1]
	}
	return m.copies[0]
}

// Newest is the path of the newest whole file, which the next turn does not write;
// "" where there is none.
func (m *Mirror) Newest() string {
	if c := m.newest(); c.good() {
		return c.path
	}
	return ""
}

// Distrust has a file written anew by the next turn, since its content was found
// damaged. The other one stays until that is done.
func (m *Mirror) Distrust(path string) {
	for _, c := range m.copies {
		if c.path == path {
			c.hashes, c.whole, c.doubtful = nil, false, true
		}
	}
}

// OlderThanMirror refuses a data file that nobody works on and that is older than
// its mirror in a folder, with a *MirrorError. What cannot be read it leaves to
// whoever opens it.
func OlderThanMirror(data, folder string) error {
	found, err := StandingOf(data)
	if err != nil {
		return nil
	}
	return found.olderThan(folder)
}

func (s Standing) olderThan(folder string) error {
	for _, name := range mirrorNames {
		path := filepath.Join(folder, name)
		if lies, err := StandingOf(path); err == nil && s.behind(lies) {
			return &MirrorError{Folder: folder, Fault: MirrorAhead, Ours: s, Lies: lies, Err: errors.New(path)}
		}
	}
	return nil
}
