package store

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	bolt "go.etcd.io/bbolt"
)

// CheckFile is Check of a file on which nobody works, which stays as it is. One of
// an older schema is checked as the next start would find it: it is copied into a
// folder, and the copy brought to today's schema, and deleted afterwards. copies are
// those whose heads the log is held against (see CheckHeads). The error, a *FileError
// or that of the context, is about not being able to go on.
func CheckFile(ctx context.Context, path, folder string, copies []string, now func() time.Time, report func(Finding), progress func(done, total int64)) error {
	s, err := Open(path, Options{Now: now, ReadOnly: true})
	if err != nil {
		return err
	}
	defer s.Abandon()
	if !s.identity.unfinished() {
		return s.checkAll(ctx, copies, report, progress)
	}
	copied, err := s.upgraded(ctx, folder, report, progress)
	if copied == nil || err != nil {
		return err
	}
	defer copied.drop()
	return copied.checkAll(ctx, copies, report, progress)
}

// checkAll is Check, and where that finds nothing CheckHeads of the copies and the
// mirror that the settings name.
func (s *Store) checkAll(ctx context.Context, copies []string, report func(Finding), progress func(done, total int64)) error {
	sound := true
	err := s.Check(ctx, func(finding Finding) { sound = false; report(finding) }, progress)
	if err != nil || !sound {
		return err
	}
	if mirror := s.Settings().Mirror.Folder; mirror != "" {
		copies = append(copies, mirror)
	}
	return s.CheckHeads(copies, report)
}

// upgraded is a copy of an older file in a folder, brought to today's schema, to be
// dropped; nil where the structure is not sound, which was reported.
func (s *Store) upgraded(ctx context.Context, folder string, report func(Finding), progress func(done, total int64)) (*Store, error) {
	x := &examination{ctx: ctx, path: s.path, report: report, progress: progress}
	sound := false
	err := s.db.View(func(tx *bolt.Tx) (err error) {
		sound, err = x.structure(tx, mostStructural)
		return err
	})
	if !sound || err != nil {
		return nil, err
	}
	part, err := writePart(filepath.Join(folder, filepath.Base(s.path)), s.copyTo)
	if err != nil {
		return nil, err
	}
	db, err := openBolt(part, false)
	if err != nil {
		os.Remove(part)
		return nil, err
	}
	copied := &Store{db: db, path: part, options: s.options, identity: s.identity}
	copied.settings.Store(s.Settings())
	if err := migrate(db.Update); err != nil {
		return nil, errors.Join(fileError(part, err), copied.drop())
	}
	return copied, nil
}

// drop closes a copy and deletes it.
func (s *Store) drop() error { return errors.Join(s.Abandon(), os.Remove(s.path)) }
