package store

import (
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
	return writeWhole(path, s.Backup)
}

// writeWhole writes a file beside its place and moves it there when it is on
// disk, so that what is at path is always whole.
func writeWhole(path string, write func(io.Writer) error) error {
	part := path + ".part"
	file, err := os.OpenFile(part, os.O_CREATE|os.O_WRONLY|os.O_TRUNC, 0o600)
	if err != nil {
		return fileError(path, err)
	}
	err = errors.Join(write(file), file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(part, path)
	}
	if err != nil {
		os.Remove(part)
		return fileError(path, err)
	}
	return syncDirectory(filepath.Dir(path))
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
		for range tx.Check() {
			damaged = true
			break
		}
		return nil
	})
	if damaged {
		return errors.Join(&FileError{Path: path, Fault: Damaged}, s.Abandon())
	}
	return errors.Join(err, s.Close())
}

// Compact writes a copy of the file without its free pages and puts it in the
// file's place. Nobody else may have the file open. It answers both sizes in
// bytes.
func Compact(path string) (before, after int64, err error) {
	s, err := Open(path, Options{})
	if err != nil {
		return 0, 0, err
	}
	unclean := s.Unclean()
	part := path + ".part"
	os.Remove(part)
	target, err := openBolt(part, false)
	if err == nil {
		err = errors.Join(bolt.Compact(target, s.db, 1<<20), target.Close())
	}
	if err == nil && unclean {
		// The copy carries the mark of being in use; only a full check may take it off.
		err = s.Abandon()
	} else {
		err = errors.Join(err, s.Close())
	}
	if err == nil && !unclean {
		err = Finish(part)
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
