package store

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"time"

	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

// Backup writes one state of the file to w, while others go on writing. Nothing
// slow may stand behind w: an open read transaction keeps old pages.
func (s *Store) Backup(w io.Writer) error {
	return s.db.View(func(tx *bolt.Tx) error {
		_, err := tx.WriteTo(w)
		return err
	})
}

// snapshot writes a backup to a path, whole or not at all.
func (s *Store) snapshot(path string) error {
	return WriteWhole(path, s.Backup)
}

// WriteWhole makes a file whole or not at all, readable by its owner only:
// write fills it beside its place, finish may work on it there or refuse it,
// and then it is moved to path. Errors of write and finish come back as they
// are, those of the file are *FileError.
func WriteWhole(path string, write func(io.Writer) error, finish ...func(part string) error) error {
	part, err := writePart(path, write, finish...)
	if err != nil {
		return err
	}
	if err := os.Rename(part, path); err != nil {
		os.Remove(part)
		return WriteError(path, err)
	}
	return syncDirectory(filepath.Dir(path))
}

// writePart does all of WriteWhole but the move: whoever calls it gives the part
// its name, or deletes it.
func writePart(path string, write func(io.Writer) error, finish ...func(part string) error) (part string, err error) {
	file, err := newPart(path)
	if err != nil {
		return "", WriteError(path, err)
	}
	part = file.Name()
	if err = write(partWriter{file, path}); err == nil {
		err = WriteError(path, file.Sync())
	}
	err = errors.Join(err, WriteError(path, file.Close()))
	for _, step := range finish {
		if err == nil {
			err = step(part)
		}
	}
	if err != nil {
		os.Remove(part)
	}
	return part, err
}

// newPart makes an empty file beside path that nobody else works on, and only its
// owner reads. What an attempt that was cut off has left there goes.
func newPart(path string) (*os.File, error) {
	directory, name := filepath.Split(path)
	directory = cmp.Or(directory, ".")
	entries, _ := os.ReadDir(directory)
	for _, entry := range entries {
		if number, ours := strings.CutPrefix(entry.Name(), name+"."); ours && partNumber.MatchString(number) {
			dropAbandoned(filepath.Join(directory, entry.Name()))
		}
	}
	file, err := os.CreateTemp(directory, name+".*"+partSuffix)
	if err != nil {
		return nil, err
	}
	_, err = lock(file)
	return file, err
}

// partNumber is what os.CreateTemp puts into the name of a part.
var partNumber = regexp.MustCompile(`^\d+\.part$`)

// betweenHands is longer than a part lies without its lock while its maker closes
// it and opens it as a database.
const betweenHands = time.Minute

// dropAbandoned deletes a part whose maker is gone: nobody holds its lock.
func dropAbandoned(part string) {
	file, err := os.OpenFile(part, os.O_RDWR, 0)
	if err != nil {
		return
	}
	taken, _ := lock(file)
	info, err := file.Stat()
	file.Close()
	if taken && err == nil && time.Since(info.ModTime()) > betweenHands {
		os.Remove(part)
	}
}

// NameNew gives a whole file its name, for good, unless something has it:
// fs.ErrExist.
func NameNew(part, path string) error {
	err := os.Link(part, path)
	switch {
	case err == nil:
		err = os.Remove(part)
	case errors.Is(err, fs.ErrExist):
		return err
	default: // a disk that knows no second names
		if _, err := os.Lstat(path); err == nil {
			return fs.ErrExist
		}
		err = os.Rename(part, path)
	}
	if err != nil {
		return WriteError(path, err)
	}
	return syncDirectory(filepath.Dir(path))
}

// partWriter gives a full disk its fault.
type partWriter struct {
	to   io.Writer
	path string
}

func (w partWriter) Write(b []byte) (int, error) {
	n, err := w.to.Write(b)
	return n, WriteError(w.path, err)
}

// Finish makes a backup that was just written complete: its structure is
// checked, and the mark of the running service that it was copied from is taken
// off. A backup that fails the check is an error of *FileError.
func Finish(path string) error {
	s, err := Open(path, Options{})
	if err != nil {
		return err
	}
	if err := s.mustBeSound(); err != nil {
		return errors.Join(err, s.Abandon())
	}
	return s.Close()
}

// mustBeSound refuses a file whose structure is broken, as a *FileError.
func (s *Store) mustBeSound() error {
	return s.db.View(func(tx *bolt.Tx) error {
		if s.checkStructure(tx, 1, func(error) {}) > 0 {
			return &FileError{Path: s.path, Fault: Damaged}
		}
		return nil
	})
}

// Resolve follows links to a file: what is to take its place must not take the
// place of a link. A path that leads nowhere comes back as it is.
func Resolve(path string) string {
	if file, err := filepath.EvalSymlinks(path); err == nil {
		return file
	}
	return path
}

// Compact puts a copy of the file without its free pages in its place, unless ctx
// ends before, and goes on with that. Nobody may be using the store meanwhile. At
// no moment could another process open a file that is on its way out: both stay
// locked until the new one has the name. It answers both sizes in bytes.
func (s *Store) Compact(ctx context.Context) (before, after int64, err error) {
	path := Resolve(s.path)
	file, err := newPart(path)
	if err != nil {
		return 0, 0, WriteError(path, err)
	}
	part := file.Name()
	if err := file.Close(); err != nil { // bbolt takes the lock itself
		return 0, 0, WriteError(path, err)
	}
	target, err := openBolt(part, false)
	if err != nil {
		os.Remove(part)
		return 0, 0, err
	}
	compact := &Store{db: target, path: part}
	if err = WriteError(path, s.copyInto(compact)); err == nil {
		before, err = size(path)
	}
	if err == nil {
		after, err = size(part)
	}
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		err = errors.Join(err, compact.Abandon())
		os.Remove(part)
		return 0, 0, err
	}
	if err := s.goOnWith(target, part, path); err != nil {
		return 0, 0, err
	}
	return before, after, syncDirectory(filepath.Dir(path))
}

// copyInto fills an empty file with everything but the free pages, and checks its
// structure.
func (s *Store) copyInto(compact *Store) error {
	if err := bolt.Compact(compact.db, s.db, 1<<20); err != nil {
		return err
	}
	err := compact.db.Update(func(tx *bolt.Tx) error { return setIdentity(tx, func(i *identity) { i.Purged = false }) })
	if err != nil {
		return err
	}
	return compact.mustBeSound()
}

// goOnWith moves a part that is open to path, in the place of the file that the
// store has open.
func (s *Store) goOnWith(target *bolt.DB, part, path string) error {
	if runtime.GOOS != "windows" {
		if err := os.Rename(part, path); err != nil {
			os.Remove(part)
			return errors.Join(fileError(path, err), target.Close())
		}
		old := s.db
		s.db, s.doubtful, s.metas = target, false, nil
		return old.Close()
	}
	// Nothing that is open there can be moved or replaced. Whoever opens the file
	// just now keeps it from being replaced.
	err := errors.Join(target.Close(), s.db.Close())
	if err == nil {
		err = os.Rename(part, path)
	}
	if err != nil {
		os.Remove(part)
	}
	var opened error
	if s.db, opened = openBolt(path, false); opened != nil {
		return errors.Join(err, opened)
	}
	return WriteError(path, err)
}

func size(path string) (int64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, fileError(path, err)
	}
	return info.Size(), nil
}

// numbersSkipped keeps numbers that were issued after a backup from being
// issued again once it is restored.
const numbersSkipped = 1000

// AfterRestore makes a file that was a backup fit to serve: sessions, reset
// links and captured drafts end, waiting mail stays unsent until somebody
// looks, and the application numbers jump. The secret is a new one: whoever has
// the backup has the old one. The failed attempts, which are counted under it,
// begin anew.
func (s *Store) AfterRestore() error {
	return s.update(reissue.System(), func(tx *txn) error {
		for _, t := range []interface {
			empty(*bolt.Tx) error
		}{&sessions, &resets, &drafts, &tries} {
			if err := t.empty(tx.Tx); err != nil {
				return err
			}
		}
		count, err := numbersIssued(tx)
		if err != nil {
			return err
		}
		// The year may have turned since the backup.
		count.Last[tx.year()] += 0
		for year := range count.Last {
			count.Last[year] += numbersSkipped
		}
		if err := sequences.put(tx.Tx, count); err != nil {
			return err
		}
		if err := setIdentity(tx.Tx, func(i *identity) { i.MailHeld, i.Secret = true, newSecret() }); err != nil {
			return err
		}
		return tx.audit(Audit{Act: "restore", Object: "file"})
	})
}
