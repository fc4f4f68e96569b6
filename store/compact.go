package store

import (
	"context"
	"errors"
	"os"
	"runtime"

	bolt "go.etcd.io/bbolt"
)

// Compact puts a copy of the file without its free pages in its place, unless ctx
// ends before, and goes on with that. Nobody may be using the store meanwhile. At
// no moment could another process open a file that is on its way out: both stay
// locked until the new one has the name. It answers both sizes in bytes. A copy
// that would be larger is dropped, and the sizes are equal, unless deleted records
// lie in the free pages.
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
	purged := false
	if err == nil {
		purged, err = s.Purged()
	}
	if err == nil {
		err = ctx.Err()
	}
	if larger := after > before && !purged; err != nil || larger {
		err = errors.Join(err, compact.Abandon())
		os.Remove(part)
		return before, before, err
	}
	if err := likeOld(part, path); err != nil {
		os.Remove(part)
		return 0, 0, errors.Join(err, compact.Abandon())
	}
	if err := s.goOnWith(target, part, path); err != nil {
		return 0, 0, err
	}
	if err := keepName(path); err != nil {
		s.renamed = true
		return before, after, err
	}
	return before, after, nil
}

// copyInto fills an empty file with everything but the free pages, and checks its
// structure.
func (s *Store) copyInto(compact *Store) error {
	if err := bolt.Compact(compact.db, s.db, 1<<20); err != nil {
		return err
	}
	err := compact.db.Update(func(tx *bolt.Tx) error {
		return setIdentity(tx, func(i *identity) { i.Purged, i.Generation = false, i.Generation+1 })
	})
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
