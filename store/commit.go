package store

import (
	"bytes"
	"os"
	"path/filepath"

	bolt "go.etcd.io/bbolt"
)

// write runs one transaction that changes the file. An error of do comes back
// as it is and nothing has happened; a *FileError says that the disk did not
// take it. Then nothing has happened either, unless its fault is Unsure: the last of
// the commit's writes is there, and was not synced. Whoever tries again meets the
// rules, which take nothing twice.
func (s *Store) write(do func(*bolt.Tx) error) error {
	// bbolt lets one write after the other too, but the next one must know how
	// this one ended.
	s.writing.Lock()
	defer s.writing.Unlock()
	if err := s.settle(); err != nil {
		return err
	}
	ran, number := false, uint64(0)
	err := s.db.Update(func(tx *bolt.Tx) error {
		err := do(tx)
		if err == nil && s.unmarked {
			err = setIdentity(tx, func(i *identity) { i.InUse = true })
		}
		ran, number = err == nil, uint64(tx.ID())
		return err
	})
	if err == nil {
		s.unmarked = false
	}
	if err == nil || ran {
		s.full.Store(isFull(err))
	}
	if err == nil || !ran {
		return err
	}
	s.doubt()
	if !s.seen(number) {
		return WriteError(s.path, err)
	}
	// Whoever looks sees it from now on: it should not wait for the next write to be
	// true. Where that fails, too, it is tried again then.
	_ = s.settle()
	return &FileError{Path: s.path, Fault: Unsure, Err: err}
}

// seen tells whether a meta page of a transaction was there when the file was
// doubted, or may have been.
func (s *Store) seen(transaction uint64) bool {
	if s.metas == nil {
		return true
	}
	pages := bytes.NewReader(s.metas)
	for _, offset := range []int64{0, int64(len(s.metas) / 2)} {
		if m, ok := readMeta(pages, offset); ok && m.transaction == transaction {
			return true
		}
	}
	return false
}

// doubt notes that the file's newest meta page may be there for every reader, but
// not on the disk: systems drop a page that they could not write, and never say so
// again. Both meta pages are kept as they are seen now, before the system forgets
// them too.
func (s *Store) doubt() {
	s.doubtful, s.metas = true, nil
	if file, err := os.Open(s.path); err == nil {
		defer file.Close()
		metas := make([]byte, 2*s.db.Info().PageSize)
		if _, err := file.ReadAt(metas, 0); err == nil {
			s.metas = metas
		}
	}
}

// settle makes the file certain again after a doubt. To build on a meta page
// that is not on the disk would overwrite pages that the disk's own one still
// needs. So both are written once more, and this time they must get through.
func (s *Store) settle() error {
	if s.renamed {
		if err := syncDirectory(filepath.Dir(Resolve(s.path))); err != nil {
			return err
		}
		s.renamed = false
	}
	if !s.doubtful {
		return nil
	}
	if s.metas == nil {
		if s.doubt(); s.metas == nil {
			return &FileError{Path: s.path, Fault: Unreadable}
		}
	}
	file, err := os.OpenFile(s.path, os.O_RDWR, 0)
	if err != nil {
		return WriteError(s.path, err)
	}
	defer file.Close()
	if _, err := file.WriteAt(s.metas, 0); err != nil {
		return WriteError(s.path, err)
	}
	if err := file.Sync(); err != nil {
		return WriteError(s.path, err)
	}
	if err := s.db.View(s.loadSettings); err != nil { // no commit has told of them
		return err
	}
	s.doubtful, s.metas = false, nil
	return nil
}
