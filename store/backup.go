package store

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"

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
	part := path + ".part"
	// What an earlier attempt left may be readable by others.
	os.Remove(part)
	file, err := os.OpenFile(part, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return WriteError(path, err)
	}
	if err = write(partWriter{file, path}); err == nil {
		err = WriteError(path, file.Sync())
	}
	err = errors.Join(err, WriteError(path, file.Close()))
	for _, step := range finish {
		if err == nil {
			err = step(part)
		}
	}
	if err == nil {
		err = WriteError(path, os.Rename(part, path))
	}
	if err != nil {
		os.Remove(part)
		return err
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
	damaged := false
	err = s.db.View(func(tx *bolt.Tx) error {
		damaged = s.checkStructure(tx, 1, func(error) {}) > 0
		return nil
	})
	if damaged {
		return errors.Join(&FileError{Path: path, Fault: Damaged}, s.Abandon())
	}
	return errors.Join(err, s.Close())
}

// Resolve follows links to a file: what is to take its place must not take the
// place of a link. A path that leads nowhere comes back as it is.
func Resolve(path string) string {
	if file, err := filepath.EvalSymlinks(path); err == nil {
		return file
	}
	return path
}

// Compact writes a copy of the file without its free pages and puts it in the
// file's place, unless ctx ends before. Nobody else may have the file open. It
// answers both sizes in bytes.
func Compact(ctx context.Context, path string) (before, after int64, err error) {
	path = Resolve(path)
	s, err := Open(path, Options{})
	if err != nil {
		return 0, 0, err
	}
	unclean := s.Unclean()
	part := path + ".part"
	os.Remove(part)
	target, err := openBolt(part, false)
	if err == nil {
		if err = bolt.Compact(target, s.db, 1<<20); err == nil {
			err = target.Update(func(tx *bolt.Tx) error { return setIdentity(tx, func(i *identity) { i.Purged = false }) })
		}
		err = errors.Join(err, target.Close())
	}
	if err == nil && unclean {
		// The copy carries the mark of being in use; only a full check may take it off.
		err = s.Abandon()
	} else {
		err = errors.Join(err, s.Close())
	}
	if err == nil {
		err = ctx.Err()
	}
	if err == nil && !unclean {
		err = Finish(part)
	}
	if err == nil {
		err = ctx.Err()
	}
	if err != nil {
		os.Remove(part)
		return 0, 0, err
	}
	if before, err = size(path); err == nil {
		after, err = size(part)
	}
	if err != nil {
		return 0, 0, err
	}
	if err := os.Rename(part, path); err != nil {
		return 0, 0, fileError(path, err)
	}
	return before, after, syncDirectory(filepath.Dir(path))
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
// looks, and the application numbers jump.
func (s *Store) AfterRestore() error {
	return s.update(reissue.System(), func(tx *txn) error {
		for _, t := range []interface {
			empty(*bolt.Tx) error
		}{&sessions, &resets, &drafts} {
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
		if err := setIdentity(tx.Tx, func(i *identity) { i.MailHeld = true }); err != nil {
			return err
		}
		return tx.audit(Audit{Act: "restore", Object: "file"})
	})
}
