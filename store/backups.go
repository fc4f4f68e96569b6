package store

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"certreissue/reissue"
)

// Copy is a checked backup in the folder beside the data file.
type Copy struct {
	Name string // of the file
	Path string
	Size int64 // bytes
	Made reissue.Moment
}

const objectBackup = "backup"

// copyTime is how a copy is named, on the office's clock; partSuffix ends the
// name of one that does not count yet.
const (
	copyTime   = "20060102-150405"
	partSuffix = ".part"
)

// copyName is what the name of a copy looks like. Nothing else in the folder is
// ours.
var copyName = regexp.MustCompile(`^\d{8}-\d{6}\.db$`)

// CopiesFolder is the folder of the backups of a data file, beside it.
func CopiesFolder(path string) string { return path + ".backups" }

// CopiesFolder is where this file's backups are.
func (s *Store) CopiesFolder() string { return CopiesFolder(s.path) }

// Copies are the backups in the folder beside the data file, the newest first. A
// backup that is being written is not among them. Those named with a time that
// is still to come were made while the clock was wrong: they stand last, so that
// they neither pass for the newest nor outlive the true ones.
func (s *Store) Copies() (list []Copy, err error) {
	entries, err := os.ReadDir(s.CopiesFolder())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fileError(s.CopiesFolder(), err)
	}
	for _, entry := range entries {
		if !copyName.MatchString(entry.Name()) {
			continue
		}
		made, err := time.ParseInLocation(copyTime, strings.TrimSuffix(entry.Name(), ".db"), reissue.Moment(0).Time().Location())
		if err != nil {
			continue
		}
		info, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue // it has just made room for a newer one
		}
		if err != nil {
			return nil, fileError(s.CopiesFolder(), err)
		}
		list = append(list, Copy{Name: entry.Name(), Path: filepath.Join(s.CopiesFolder(), entry.Name()), Size: info.Size(), Made: reissue.At(made)})
	}
	now := reissue.At(s.Now())
	slices.SortFunc(list, func(a, b Copy) int {
		if ahead := a.Made > now; ahead != (b.Made > now) {
			if ahead {
				return 1
			}
			return -1
		}
		return cmp.Compare(b.Made, a.Made)
	})
	return list, nil
}

// MakeCopy makes a backup in the folder, and lets the oldest make room. It counts
// only once its structure has been checked: until then it has another name.
func (s *Store) MakeCopy(by reissue.Actor) error {
	part, err := s.CheckedCopy()
	if err != nil {
		return err
	}
	path := filepath.Join(s.CopiesFolder(), reissue.At(s.Now()).Time().Format(copyTime)+".db")
	if err := os.Rename(part, path); err != nil {
		os.Remove(part)
		return fileError(path, err)
	}
	if err := syncDirectory(s.CopiesFolder()); err != nil {
		return err
	}
	if err := s.update(by, func(tx *txn) error { return tx.audit(Audit{Act: "backup", Object: objectBackup}) }); err != nil {
		return err
	}
	return s.dropCopies(s.Settings().Backup.Keep)
}

// dropCopies deletes the oldest copies beyond a number.
func (s *Store) dropCopies(keep int) error {
	list, err := s.Copies()
	for i, old := range list {
		if i >= keep {
			err = errors.Join(err, os.Remove(old.Path))
		}
	}
	return err
}

// NewPart makes a file in the folder for a copy that counts for nothing. Whoever
// takes it deletes it; what is left of it all the same goes at the next start.
func (s *Store) NewPart() (*os.File, error) {
	if err := os.MkdirAll(s.CopiesFolder(), 0o700); err != nil {
		return nil, fileError(s.CopiesFolder(), err)
	}
	file, err := os.CreateTemp(s.CopiesFolder(), "*"+partSuffix)
	if err != nil {
		return nil, fileError(s.CopiesFolder(), err)
	}
	return file, nil
}

// CheckedCopy writes a backup into a file of the folder and checks its structure,
// for whoever takes it and deletes it. Only this disk stands behind the read
// transaction.
func (s *Store) CheckedCopy() (path string, err error) {
	file, err := s.NewPart()
	if err != nil {
		return "", err
	}
	path = file.Name()
	err = WriteError(path, errors.Join(s.Backup(file), file.Sync(), file.Close()))
	if err == nil {
		err = Finish(path)
	}
	if err != nil {
		os.Remove(path)
		return "", fileError(path, err)
	}
	return path, nil
}

// ClearCopies deletes what an interrupted backup left in the folder. Nobody may
// be writing one.
func (s *Store) ClearCopies() error {
	entries, err := os.ReadDir(s.CopiesFolder())
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, entry := range entries {
		if strings.HasSuffix(entry.Name(), partSuffix) {
			err = errors.Join(err, os.Remove(filepath.Join(s.CopiesFolder(), entry.Name())))
		}
	}
	return err
}

// Downloaded notes that somebody takes a backup out of the house.
func (s *Store) Downloaded(by reissue.Actor) error {
	return s.update(by, func(tx *txn) error { return tx.audit(Audit{Act: "download", Object: objectBackup}) })
}

// NewestCopy is the path of the newest backup beside a data file that nobody has
// open, "" where there is none.
func NewestCopy(data string) string {
	list, _ := (&Store{path: data, options: Options{Now: time.Now}}).Copies()
	if len(list) == 0 {
		return ""
	}
	return list[0].Path
}
