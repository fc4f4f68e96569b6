package store

import (
	"context"
	"os"
	"path/filepath"
	"time"

	bolt "go.etcd.io/bbolt"
)

// CheckFile is Check of a file on which nobody works, which stays as it is. One of
// an older schema is checked as the next start would find it: it is copied into a
// folder, and the copy brought to today's schema, and deleted afterwards. The
// error, a *FileError or that of the context, is about not being able to go on.
func CheckFile(ctx context.Context, path, folder string, now func() time.Time, report func(Finding), progress func(done, total int64)) error {
	s, err := Open(path, Options{Now: now, ReadOnly: true})
	if err != nil {
		return err
	}
	defer s.Abandon()
	if !s.identity.unfinished() {
		return s.Check(ctx, report, progress)
	}
	x := &examination{ctx: ctx, path: path, report: report, progress: progress}
	sound := false
	err = s.db.View(func(tx *bolt.Tx) (err error) {
		sound, err = x.structure(tx, mostStructural)
		return err
	})
	if !sound || err != nil {
		return err
	}
	part, err := writePart(filepath.Join(folder, filepath.Base(path)), s.Backup)
	if err != nil {
		return err
	}
	defer os.Remove(part)
	db, err := openBolt(part, false)
	if err != nil {
		return err
	}
	copied := &Store{db: db, path: part, options: s.options}
	defer copied.Abandon()
	if err := migrate(db.Update); err != nil {
		return fileError(part, err)
	}
	return copied.Check(ctx, report, progress)
}
