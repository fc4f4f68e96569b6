package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

// lab is a mirror on disks of which a test decides what becomes of each call. The
// files themselves are what the system shows, whatever has reached the disk.
type lab struct {
	*office
	folder string
	mirror *Mirror
	disks  map[string]*disk
	calls  map[string]int // that change something, by kind
	failAt point          // the call that fails
	stop   bool           // it is the last one of its process
	failed bool
	look   func()         // between any two calls; nil for nobody
	reads  int            // of files, and openings
	wrote  int            // bytes
	states map[string]int // digest of what was acknowledged → how many commits were
	last   int
}

// point is the nth call of a kind.
type point struct {
	kind string
	nth  int
}

// points are the calls of a turn: marks and pages are written, the file is cut or
// grown, the disk is waited for.
var points = []point{{"marks", 1}, {"marks", 2}, {"marks", 3}, {"pages", 1}, {"pages", 2}, {"pages", 5}, {"cut", 1}, {"cut", 2}, {"sync", 1}, {"sync", 2}, {"sync", 3}, {"sync", 4}}

func (c call) kind() string {
	switch {
	case c.sync:
		return "sync"
	case c.size >= 0:
		return "cut"
	case c.offset == 0:
		return "marks"
	}
	return "pages"
}

func (l *lab) failing(at point, stop bool) {
	l.calls, l.failAt, l.stop, l.failed = map[string]int{}, at, stop, false
}

// called is how many calls there were since failing.
func (l *lab) called() (n int) {
	for _, some := range l.calls {
		n += some
	}
	return n
}

func newLab(t *testing.T, data []byte) *lab {
	t.Helper()
	l := &lab{office: openWith(t, write(t, data), Options{}), folder: t.TempDir(), disks: map[string]*disk{}, calls: map[string]int{}, states: map[string]int{}}
	l.restart()
	l.note()
	return l
}

// restart is another process, which knows nothing of the files.
func (l *lab) restart() {
	at, err := l.position()
	l.must(err)
	l.found.Position = at
	l.mirror = NewMirror(l.Store, l.folder, false)
	l.mirror.open = l.open
}

// commit changes the data file, by some pages more each time.
func (l *lab) commit() {
	l.t.Helper()
	l.must(l.ChangeSettings(reissue.System(), func(s *reissue.Settings) error {
		s.Notice = fmt.Sprint(len(l.states), bytes.Repeat([]byte("通知"), 300))
		return nil
	}))
	l.note()
}

func (l *lab) note() {
	l.t.Helper()
	l.last++
	l.states[digestOf(l.t, l.db)] = l.last
}

func (l *lab) turn() error {
	_, err := l.mirror.Turn(context.Background())
	return err
}

// labFile is a file of the mirror between the program and its disk.
type labFile struct {
	*os.File
	lab  *lab
	disk *disk
}

func (l *lab) open(path string) (mirrorFile, error) {
	l.reads++
	if l.stop && l.failed {
		return nil, syscall.EIO
	}
	if l.disks[path] == nil {
		l.disks[path] = &disk{}
	}
	file, err := openMirrorFile(path)
	if err != nil {
		return nil, err
	}
	return &labFile{file.(*os.File), l, l.disks[path]}, nil
}

// do is one call, and whether it is the one that fails.
func (f *labFile) do(c call) error {
	l, kind := f.lab, c.kind()
	if l.look != nil {
		l.look()
	}
	l.calls[kind]++
	if at := (point{kind, l.calls[kind]}); at == l.failAt || l.stop && l.failed {
		l.failed = true
		c.failed = c.sync // what a failing write has written may get there all the same
		c.write = c.write[:len(c.write)/2]
		if !c.sync || !l.stop {
			f.disk.do(c)
		}
		if len(c.write) > 0 {
			f.File.WriteAt(c.write, c.offset)
		}
		return syscall.EIO
	}
	f.disk.do(c)
	return nil
}

func (f *labFile) ReadAt(b []byte, at int64) (int, error) {
	f.lab.reads++
	return f.File.ReadAt(b, at)
}

func (f *labFile) WriteAt(b []byte, at int64) (int, error) {
	f.lab.wrote += len(b)
	if err := f.do(call{write: bytes.Clone(b), offset: at, size: -1}); err != nil {
		return 0, err
	}
	return f.File.WriteAt(b, at)
}

func (f *labFile) Truncate(size int64) error {
	if err := f.do(call{size: size}); err != nil {
		return err
	}
	return f.File.Truncate(size)
}

func (f *labFile) Sync() error { return f.do(call{size: -1, sync: true}) }

// digestOf is the sum of everything in a database.
func digestOf(t *testing.T, db *bolt.DB) string {
	t.Helper()
	sum := sha256.New()
	err := db.View(func(tx *bolt.Tx) error {
		return tx.ForEach(func(name []byte, bucket *bolt.Bucket) error {
			fmt.Fprintf(sum, "%q %d\n", name, bucket.Sequence())
			return bucket.ForEach(func(k, v []byte) error { fmt.Fprintf(sum, "%d %d %s%s", len(k), len(v), k, v); return nil })
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	return string(sum.Sum(nil))
}

// stateIn is which of the acknowledged states a file holds, 0 for none: it is not
// whole. It is read by bbolt alone, and everything in it is checked.
func (l *lab) stateIn(content []byte) int {
	l.t.Helper()
	if len(content) == 0 {
		return 0
	}
	path := filepath.Join(filepath.Dir(l.Path()), "left.db")
	if err := os.WriteFile(path, content, 0o600); err != nil {
		l.t.Fatal(err)
	}
	defer os.Remove(path)
	for page := range 2 {
		if _, ok := readMeta(bytes.NewReader(content), int64(page*os.Getpagesize())); !ok {
			return 0
		}
	}
	meta, _ := readState(bytes.NewReader(content))
	if faults, _ := checkPages(bytes.NewReader(content), meta, 1, func(uint64) {}, nil); faults > 0 {
		l.t.Error("a file with both its marks is broken")
		return 0
	}
	s, err := Open(path, Options{ReadOnly: true})
	if err != nil {
		l.t.Errorf("a file with both its marks: %v", err)
		return 0
	}
	defer s.Abandon()
	if err := s.Check(context.Background(), func(f Finding) { l.t.Errorf("a file with both its marks: %s", f) }, nil); err != nil {
		l.t.Error(err)
	}
	state := l.states[digestOf(l.t, s.db)]
	if state == 0 {
		l.t.Error("a whole file holds what nobody was told")
	}
	return state
}

// newestLeft is the newest state of any of the files that a power cut leaves, or,
// without one, that the system shows.
func (l *lab) newestLeft(r *rand.Rand) (newest int) {
	l.t.Helper()
	for path, d := range l.disks {
		content, err := os.ReadFile(path)
		if r != nil {
			content, err = d.cut(r), nil
		}
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			l.t.Fatal(err)
		}
		newest = max(newest, l.stateIn(content))
	}
	return newest
}

// left wants a state that is not older than one, in what the system shows and
// after cuts of the power.
func (l *lab) left(what string, least int, cuts int, r *rand.Rand) {
	l.t.Helper()
	if state := l.newestLeft(nil); state < least {
		l.t.Fatalf("%s: state %d of %d is left, want %d", what, state, l.last, least)
	}
	for range cuts {
		if state := l.newestLeft(r); state < least {
			l.t.Fatalf("%s, then a power cut: state %d of %d is left, want %d", what, state, l.last, least)
		}
	}
}

func (l *lab) stateOf(name string) int {
	l.t.Helper()
	content, err := os.ReadFile(filepath.Join(l.folder, name))
	l.must(err)
	return l.stateIn(content)
}
