package store

import (
	"cmp"
	"crypto/rand"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"time"

	"certreissue/owner"
	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

// Open opens a data file, or makes one. It does no work that grows with the
// file. One of today's schema is opened on a full disk, too (see Full): what is in it
// can be read. Its errors are *FileError.
func Open(path string, options Options) (*Store, error) {
	if options.Now == nil {
		options.Now = time.Now
	}
	if options.Log == nil {
		options.Log = slog.New(slog.DiscardHandler)
	}
	err := inspect(path)
	var fault *FileError
	if errors.As(err, &fault) && fault.Fault == MissingFile && options.Create {
		err = create(path, options)
	}
	if err != nil {
		return nil, err
	}
	db, err := openBolt(path, options.ReadOnly)
	if err != nil {
		return nil, err
	}
	s := &Store{db: db, path: path, options: options}
	onDamage(func() { err = s.begin(options.ReadOnly) }, func(damage error) { err = &FileError{Path: path, Fault: Damaged, Err: damage} })
	if err != nil {
		db.Close()
		return nil, err
	}
	return s, nil
}

// create makes a new file. One that somebody else has made meanwhile stays.
func create(path string, options Options) error {
	if err := makeDirectory(filepath.Dir(path)); err != nil {
		return fileError(path, err)
	}
	if !options.Anew {
		if err := MayCreate(path); err != nil {
			return err
		}
	}
	err := build(path, func(db *bolt.DB) error {
		return begun(db, &identity{Created: reissue.At(options.Now()), Demo: options.Demo, Secret: newSecret()})
	})
	if errors.Is(err, fs.ErrExist) {
		return nil
	}
	return err
}

// build makes a file beside its place and gives it the name whole, so that there is
// never one that is half made. fs.ErrExist where something has the name.
func build(path string, fill func(*bolt.DB) error) error {
	file, err := newPart(path)
	if err != nil {
		return fileError(path, err)
	}
	draft := file.Name()
	defer os.Remove(draft) // where it has not become the file
	if err := errors.Join(file.Close(), owner.Like(draft, filepath.Dir(draft))); err != nil {
		return fileError(path, err)
	}
	db, err := openBolt(draft, false)
	if err != nil {
		return err
	}
	if err := errors.Join(fill(db), db.Close()); err != nil {
		return fileError(path, err)
	}
	return NameNew(draft, path)
}

// begun fills an empty file with its identity, of a new lineage, and empty tables.
func begun(db *bolt.DB, i *identity) error {
	i.Format, i.Schema, i.Lineage = format, 0, newLineage()
	err := db.Update(func(tx *bolt.Tx) error {
		if err := createSingles(tx); err != nil {
			return err
		}
		return identities.put(tx, i)
	})
	if err != nil {
		return err
	}
	return migrate(db.Update)
}

// newSecret is a key for HMACs.
func newSecret() []byte {
	secret := make([]byte, 32)
	rand.Read(secret)
	return secret
}

// MayCreate refuses a new file in a place beside which a restore has put one
// aside: it would hide that everything is still there. The error is a *FileError.
func MayCreate(path string) error {
	directory, name := filepath.Split(path)
	entries, _ := os.ReadDir(cmp.Or(directory, "."))
	kept := "" // the newest: they come in the order of their names
	for _, entry := range entries {
		// The number of a part may look like a year.
		if strings.HasPrefix(entry.Name(), name+keptMark) && !strings.HasSuffix(entry.Name(), partSuffix) {
			kept = directory + entry.Name()
		}
	}
	if kept != "" {
		return &FileError{Path: path, Fault: KeptBeside, Err: errors.New(kept)}
	}
	return nil
}

// openBolt opens a file that has its name; the error is a *FileError.
func openBolt(path string, readOnly bool) (db *bolt.DB, err error) {
	onDamage(func() { db, err = openNamed(path, readOnly) }, func(damage error) { err = &FileError{Path: path, Fault: Damaged, Err: damage} })
	return db, err
}

// The map of a file that is written to is at first this large, in bytes, or as large
// as the process may have, down to a size that spares nobody anything.
const (
	largestMap  = 4 << 30
	smallestMap = 16 << 20
)

func openNamed(path string, readOnly bool) (db *bolt.DB, err error) {
	var opened *os.File
	// Who only reads has no use for the free pages, whose list a damaged file may make
	// larger than memory.
	options := &bolt.Options{Timeout: lockPatience, FreelistType: bolt.FreelistMapType, ReadOnly: readOnly}
	// A large map from the start spares writers the remapping; on Windows it
	// would grow the file, and 32-bit address spaces are too small.
	if runtime.GOOS != "windows" && ^uint(0)>>32 != 0 && !readOnly {
		options.InitialMmapSize = largestMap
	}
	options.OpenFile = func(path string, flag int, mode os.FileMode) (file *os.File, err error) {
		// A file that has just lost its name is missing, and not to be made anew.
		opened, err = os.OpenFile(path, flag&^os.O_CREATE, mode)
		if !readOnly {
			err = openError(path, err)
		}
		return opened, err
	}
	for {
		db, err = bolt.Open(path, 0o600, options)
		if errors.Is(err, syscall.ENOMEM) && options.InitialMmapSize > smallestMap {
			options.InitialMmapSize /= 2 // the process may have no more, and the file needs less
			continue
		}
		if err != nil {
			return nil, fileError(path, err)
		}
		if stands(opened, path) {
			return db, nil
		}
		// The file was replaced while this waited for its lock.
		if err := db.Close(); err != nil {
			return nil, fileError(path, err)
		}
	}
}

// begin reads the file's identity, migrates it and sets the mark that it is in
// use.
func (s *Store) begin(readOnly bool) error {
	err := s.db.View(func(tx *bolt.Tx) error {
		found, err := identities.get(tx)
		switch {
		case errors.Is(err, reissue.ErrNotFound) || err == nil && found.Format != format:
			return &FileError{Path: s.path, Fault: Foreign}
		case err != nil:
			return fileError(s.path, err)
		case found.Schema > len(migrations):
			return &FileError{Path: s.path, Fault: Newer}
		}
		s.identity, s.found = *found, standing(tx, found)
		return nil
	})
	if err != nil {
		return err
	}
	if !readOnly {
		// One that is half way to today's schema has a Place, and was kept when that began.
		if s.identity.Schema < len(migrations) && s.identity.Place == nil && !s.options.Copied {
			if err := s.snapshot(s.path + ".before-upgrade"); err != nil {
				return err
			}
		}
		if s.identity.InUse { // and nobody knows how its last commit ended
			s.doubt()
		}
		err = migrate(func(part func(*bolt.Tx) error) error {
			return s.write(func(tx *bolt.Tx) error {
				if err := setIdentity(tx, func(i *identity) { i.InUse = true }); err != nil {
					return err
				}
				return part(tx)
			})
		})
		if s.unmarked = isFull(err) && !s.identity.unfinished(); err != nil && !s.unmarked {
			return fileError(s.path, err)
		}
	}
	return s.db.View(func(tx *bolt.Tx) error {
		s.noteNewest(tx)
		return s.loadSettings(tx)
	})
}

// Peek tells whether a file was not closed by its last user, without changing
// it.
func Peek(path string) (unclean bool, err error) {
	s, err := Open(path, Options{ReadOnly: true})
	if err != nil {
		return false, err
	}
	return s.Unclean(), s.db.Close()
}

// ReadOnly tells whether the file was opened to be read only.
func (s *Store) ReadOnly() bool { return s.db.IsReadOnly() }

// Close marks the file as cleanly stopped and closes it.
func (s *Store) Close() error {
	if s.db.IsReadOnly() || s.unmarked {
		return s.db.Close()
	}
	err := s.write(func(tx *bolt.Tx) error {
		return setIdentity(tx, func(i *identity) { i.InUse = false })
	})
	if err == nil {
		// A commit that changes nothing brings the other meta page to the same state:
		// the loss of either loses nothing.
		err = s.write(func(*bolt.Tx) error { return nil })
	}
	return errors.Join(err, s.db.Close())
}

// Abandon closes the file without the mark of a clean stop: it was found
// damaged, and the next start must check it again.
func (s *Store) Abandon() error { return s.db.Close() }
