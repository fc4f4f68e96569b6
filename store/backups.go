package store

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"certreissue/owner"
	"certreissue/reissue"
)

// Copy is a checked backup in the folder beside the data file.
type Copy struct {
	Name string // of the file
	Path string
	Size int64 // bytes
	Made reissue.Moment
	Kind CopyKind
}

// CopyKind is why a copy was made, and ends its name. Copies make room only for
// others of their kind.
type CopyKind string

// The kinds of copies: by the clock, and because somebody asked for one.
const (
	Nightly CopyKind = ""
	ByHand  CopyKind = "-manual"
)

// KeptByHand is how many copies are kept that somebody asked for.
const KeptByHand = 5

const objectBackup = "backup"

// copyTime is how a copy is named, on the office's clock; partSuffix ends the
// name of one that does not count yet.
const (
	copyTime   = "20060102-150405"
	partSuffix = ".part"
)

// copyName is what the name of a copy looks like: its time and its kind. Nothing else
// in the folder is ours.
var copyName = regexp.MustCompile(`^(\d{8}-\d{6})(-manual)?\.db$`)

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
		return nil, &FileError{Path: s.CopiesFolder(), Fault: FolderUnreadable, Err: err}
	}
	for _, entry := range entries {
		parts := copyName.FindStringSubmatch(entry.Name())
		if parts == nil {
			continue
		}
		made, err := time.ParseInLocation(copyTime, parts[1], reissue.Moment(0).Time().Location())
		if err != nil {
			continue
		}
		info, err := entry.Info()
		if errors.Is(err, fs.ErrNotExist) {
			continue // it has just made room for a newer one
		}
		if err != nil {
			return nil, &FileError{Path: s.CopiesFolder(), Fault: FolderUnreadable, Err: err}
		}
		list = append(list, Copy{Name: entry.Name(), Path: filepath.Join(s.CopiesFolder(), entry.Name()), Size: info.Size(), Made: reissue.At(made), Kind: CopyKind(parts[2])})
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

// MakeCopy makes a backup in the folder, and lets the oldest of its kind make room.
// It counts only once it is verified: until then it has another name. While damage of
// the file is known, none makes room. What has gone wrong is kept in mind
// (CopyFailure), unless ctx ended it. progress hears how far the check is; nil: nobody
// looks.
func (s *Store) MakeCopy(ctx context.Context, by reissue.Actor, kind CopyKind, progress func(done, total int64)) error {
	err := s.makeCopy(ctx, by, kind, progress)
	switch {
	case err == nil:
		s.copyFailure.Store(nil)
		s.options.Log.Info(logCopied, logFolder, s.CopiesFolder())
	case ctx.Err() == nil:
		s.copyFailure.Store(&CopyFailure{At: reissue.At(s.Now()), Err: err})
	}
	return err
}

func (s *Store) makeCopy(ctx context.Context, by reissue.Actor, kind CopyKind, progress func(done, total int64)) error {
	part, err := s.CheckedCopy(ctx, progress)
	if err != nil {
		return err
	}
	if err := s.nameCopy(part, kind); err != nil {
		os.Remove(part)
		return err
	}
	if err := s.update(by, func(tx *txn) error { return tx.audit(Audit{Act: "backup", Object: objectBackup}) }); err != nil {
		return err
	}
	keep := KeptByHand
	if kind == Nightly {
		keep = s.Settings().Backup.Keep
	}
	return s.dropCopies(kind, keep)
}

// nameCopy names a copy by the time. Where another one has the name, since the clock
// was set back, it is that of a second before: none is of a time to come.
func (s *Store) nameCopy(part string, kind CopyKind) error {
	for at := reissue.At(s.Now()).Time(); ; at = at.Add(-time.Second) {
		err := NameNew(part, filepath.Join(s.CopiesFolder(), at.Format(copyTime)+string(kind)+".db"))
		if !errors.Is(err, fs.ErrExist) {
			return err
		}
	}
}

// dropCopies deletes the oldest copies of a kind beyond a number.
func (s *Store) dropCopies(kind CopyKind, keep int) error {
	if len(s.KnownDamage()) > 0 {
		return nil
	}
	list, err := s.Copies()
	list = slices.DeleteFunc(list, func(c Copy) bool { return c.Kind != kind })
	for i, old := range list {
		if i >= keep {
			err = errors.Join(err, os.Remove(old.Path))
		}
	}
	return err
}

// CopyFailure is why an attempt at a copy came to nothing.
type CopyFailure struct {
	At  reissue.Moment
	Err error
}

// CopyFailure is why the last copy in the folder was not made, nil where it was, or
// none was tried since the file was opened.
func (s *Store) CopyFailure() *CopyFailure { return s.copyFailure.Load() }

// CheckedCopy writes a backup into a file of the folder and verifies it, for whoever
// takes it and deletes it. Only this disk stands behind the read transaction.
func (s *Store) CheckedCopy(ctx context.Context, progress func(done, total int64)) (path string, err error) {
	file, err := s.newCopy()
	if err != nil {
		return "", WriteError(s.CopiesFolder(), err)
	}
	path = file.Name()
	of, err := s.Backup(file)
	err = WriteError(path, errors.Join(err, file.Sync(), file.Close()))
	if err == nil {
		err = Finish(ctx, path, of, progress)
	}
	if err == nil {
		return path, nil
	}
	err = dropPart(path, err)
	if fault, ok := errors.AsType[*FileError](err); ok && fault.Fault == Damaged {
		s.NoteDamage(findUnreadable())
	}
	found, _ := errors.AsType[findings](err)
	for _, finding := range found {
		s.NoteDamage(finding) // the copy is as wrong as the file
	}
	return "", err
}

// newCopy makes a file in the folder for a copy that counts for nothing yet. What is
// left of it after a kill goes at the next start.
func (s *Store) newCopy() (*os.File, error) {
	if err := makeDirectory(s.CopiesFolder()); err != nil {
		return nil, err
	}
	if err := owner.Like(s.CopiesFolder(), s.path); err != nil {
		return nil, err
	}
	file, err := os.CreateTemp(s.CopiesFolder(), "*"+partSuffix)
	if err != nil {
		return nil, err
	}
	if err := owner.Like(file.Name(), s.path); err != nil {
		os.Remove(file.Name())
		return nil, errors.Join(err, file.Close())
	}
	return file, nil
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
