package store

import (
	"os"

	bolt "go.etcd.io/bbolt"
)

// write runs one transaction that changes the file. An error of do comes back
// as it is and nothing has happened; a *FileError says that the disk did not
// take it. Then the change may stand in the file all the same, where only the
// last of the commit's writes failed: whoever tries again meets the rules, which
// take nothing twice.
func (s *Store) write(do func(*bolt.Tx) error) error {
	ran := false
	err := s.db.Update(func(tx *bolt.Tx) error {
		err := s.settle(tx)
		if err == nil {
			err = do(tx)
		}
		ran = err == nil
		return err
	})
	if err == nil || !ran {
		return err
	}
	s.doubtful.Store(true)
	return writeError(s.path, err)
}

// settle makes the file's state certain after a commit that failed. Its meta page
// may be there for every reader, but not on the disk: systems drop a page that
// they could not write and never say so again. Building on it would overwrite the
// pages that the disk's own meta page still needs. So both meta pages are written
// once more, and this time they must get through.
func (s *Store) settle(tx *bolt.Tx) error {
	if !s.doubtful.Load() {
		return nil
	}
	file, err := os.OpenFile(s.path, os.O_RDWR, 0)
	if err != nil {
		return writeError(s.path, err)
	}
	defer file.Close()
	metas := make([]byte, 2*s.db.Info().PageSize)
	if _, err := file.ReadAt(metas, 0); err != nil {
		return fileError(s.path, err)
	}
	if _, err := file.WriteAt(metas, 0); err != nil {
		return writeError(s.path, err)
	}
	if err := file.Sync(); err != nil {
		return writeError(s.path, err)
	}
	if err := s.loadSettings(tx); err != nil { // no commit has told of them
		return err
	}
	s.doubtful.Store(false)
	return nil
}
