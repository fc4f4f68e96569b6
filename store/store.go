// Package store keeps everything in one bbolt file. One public method is one
// transaction with one fixed time; whoever acts is in its signature; rules are
// run from package reissue on every way in. table.go alone knows how records
// lie in the file.
package store

import (
	"cmp"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

// Store is an open data file.
type Store struct {
	db       *bolt.DB
	path     string
	settings atomic.Pointer[reissue.Settings]
	options  Options
	// settingsChange lets one change of the settings follow the other.
	settingsChange sync.Mutex
	// register is held by whoever changes the register in many transactions.
	register sync.Mutex
	// changing is the import that holds it, 0 for none or one that has no number
	// yet.
	changing atomic.Uint64
	identity identity // as it was when the file was opened
	// writing is held by whoever changes the file. What a commit that failed has
	// left is doubtful, and metas are the pages that say so.
	writing  sync.Mutex
	doubtful bool
	metas    []byte
	// stillRead tells that bbolt's check was left before its end and may still
	// read the file.
	stillRead bool
}

// Options say how to open a data file.
type Options struct {
	// Now is the clock; nil is the machine's.
	Now func() time.Time
	// Create makes a missing file.
	Create bool
	// ReadOnly shares the file with other readers and leaves its mark alone.
	ReadOnly bool
	// Demo marks a file that is made now as sample data.
	Demo bool
	// MailAtOnce lets decision mails leave without the delay in which a decision
	// can be taken back unseen: a demo has nobody to wait for.
	MailAtOnce bool
}

// identity is what a file knows of itself.
type identity struct {
	Format  string         `cbor:"1,keyasint"`
	Schema  int            `cbor:"2,keyasint"`
	Created reissue.Moment `cbor:"3,keyasint"`
	Demo    bool           `cbor:"4,keyasint,omitempty"` // made by demo: never serves in earnest
	Served  bool           `cbor:"5,keyasint,omitempty"` // has served in earnest: never a demo
	InUse   bool           `cbor:"6,keyasint,omitempty"` // opened and not yet closed: the clean-stop mark
	// MailHeld keeps the outbox shut after a restore, until staff release it.
	MailHeld bool `cbor:"8,keyasint,omitempty"`
	// Purged says that records were deleted whose bytes still lie in free pages.
	Purged bool `cbor:"9,keyasint,omitempty"`
	// FirstNight and LastNight are runs of Forget.
	FirstNight reissue.Moment `cbor:"10,keyasint,omitempty"`
	LastNight  reissue.Moment `cbor:"11,keyasint,omitempty"`
	Secret     []byte         `cbor:"7,keyasint"` // key of the HMACs: tokens of visitors, guessed numbers
}

const format = "certreissue"

var identities = single[identity]{"identity"}

// Open opens a data file, or makes one. It does no work that grows with the
// file. Its errors are *FileError.
func Open(path string, options Options) (*Store, error) {
	if options.Now == nil {
		options.Now = time.Now
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
	if err := s.begin(options.ReadOnly); err != nil {
		db.Close()
		return nil, err
	}
	return s, nil
}

// create makes a new file beside its place and gives it the name whole, so that
// there is never a file that is half made. One that somebody else has made
// meanwhile stays.
func create(path string, options Options) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return fileError(path, err)
	}
	if err := MayCreate(path); err != nil {
		return err
	}
	file, err := newPart(path)
	if err != nil {
		return fileError(path, err)
	}
	draft := file.Name()
	defer os.Remove(draft) // where it has not become the file
	if err := file.Close(); err != nil {
		return fileError(path, err)
	}
	db, err := openBolt(draft, false)
	if err != nil {
		return err
	}
	err = db.Update(func(tx *bolt.Tx) error {
		if _, err := tx.CreateBucketIfNotExists(singles); err != nil {
			return err
		}
		if err := identities.put(tx, &identity{Format: format, Created: reissue.At(options.Now()), Demo: options.Demo, Secret: newSecret()}); err != nil {
			return err
		}
		return migrate(tx)
	})
	if err := errors.Join(err, db.Close()); err != nil {
		return fileError(path, err)
	}
	if err := NameNew(draft, path); !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
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
		if strings.HasPrefix(entry.Name(), name+keptMark) {
			kept = directory + entry.Name()
		}
	}
	if kept != "" {
		return &FileError{Path: path, Fault: KeptBeside, Err: errors.New(kept)}
	}
	return nil
}

// syncDirectory makes a rename survive a power cut, where the system can.
func syncDirectory(directory string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(directory)
	if err != nil {
		return fileError(directory, err)
	}
	return errors.Join(d.Sync(), d.Close())
}

// openBolt turns the panics and memory faults with which bbolt meets a damaged
// file into errors.
func openBolt(path string, readOnly bool) (db *bolt.DB, err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if caught := recover(); caught != nil {
			err = &FileError{Path: path, Fault: Damaged, Err: fmt.Errorf("%v", caught)}
		}
	}()
	var opened *os.File
	options := &bolt.Options{Timeout: lockPatience, FreelistType: bolt.FreelistMapType, ReadOnly: readOnly, PreLoadFreelist: true}
	// A large map from the start spares writers the remapping; on Windows it
	// would grow the file, and 32-bit address spaces are too small.
	if runtime.GOOS != "windows" && ^uint(0)>>32 != 0 && !readOnly {
		options.InitialMmapSize = 4 << 30
	}
	options.OpenFile = func(path string, flag int, mode os.FileMode) (file *os.File, err error) {
		// A file that has just lost its name is missing, and not to be made anew.
		opened, err = os.OpenFile(path, flag&^os.O_CREATE, mode)
		return opened, err
	}
	for {
		if db, err = bolt.Open(path, 0o600, options); err != nil {
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
func (s *Store) begin(readOnly bool) (err error) {
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if caught := recover(); caught != nil {
			err = &FileError{Path: s.path, Fault: Damaged, Err: fmt.Errorf("%v", caught)}
		}
	}()
	err = s.db.View(func(tx *bolt.Tx) error {
		found, err := identities.get(tx)
		switch {
		case errors.Is(err, reissue.ErrNotFound) || err == nil && found.Format != format:
			return &FileError{Path: s.path, Fault: Foreign}
		case err != nil:
			return fileError(s.path, err)
		case found.Schema > len(migrations):
			return &FileError{Path: s.path, Fault: Newer}
		}
		s.identity = *found
		return nil
	})
	if err != nil {
		return err
	}
	if !readOnly {
		if s.identity.Schema < len(migrations) {
			if err := s.snapshot(s.path + ".before-upgrade"); err != nil {
				return err
			}
		}
		if s.identity.InUse { // and nobody knows how its last commit ended
			s.doubt()
		}
		err = s.write(func(tx *bolt.Tx) error {
			if err := migrate(tx); err != nil {
				return err
			}
			return setIdentity(tx, func(i *identity) { i.InUse = true })
		})
		if err != nil {
			return fileError(s.path, err)
		}
	}
	return s.db.View(s.loadSettings)
}

func setIdentity(tx *bolt.Tx, change func(*identity)) error {
	i, err := identities.get(tx)
	if err != nil {
		return err
	}
	change(i)
	return identities.put(tx, i)
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

// Close marks the file as cleanly stopped and closes it.
func (s *Store) Close() error {
	if s.db.IsReadOnly() {
		return s.db.Close()
	}
	err := s.write(func(tx *bolt.Tx) error {
		return setIdentity(tx, func(i *identity) { i.InUse = false })
	})
	return errors.Join(err, s.db.Close())
}

// Abandon closes the file without the mark of a clean stop: it was found
// damaged, and the next start must check it again. A file that bbolt's check
// still reads stays open until the process ends: a fault in its memory, once
// that is unmapped, would end the process.
func (s *Store) Abandon() error {
	if s.stillRead {
		return nil
	}
	return s.db.Close()
}

// Unclean tells whether the file's last user did not close it: it must be
// checked before it is served.
func (s *Store) Unclean() bool { return s.identity.InUse }

// IsDemo tells whether the file was made by demo.
func (s *Store) IsDemo() bool { return s.identity.Demo }

// WasServed tells whether the file has served in earnest.
func (s *Store) WasServed() bool { return s.identity.Served }

// MarkServed notes that the file serves in earnest.
func (s *Store) MarkServed() error {
	if s.identity.Served {
		return nil
	}
	return s.write(func(tx *bolt.Tx) error {
		return setIdentity(tx, func(i *identity) { i.Served = true })
	})
}

// Path is where the file lies.
func (s *Store) Path() string { return s.path }

// Now is the store's clock.
func (s *Store) Now() time.Time { return s.options.Now() }

// Sign is an HMAC-SHA-256 of the parts under the file's own secret, for what
// visitors hold and for numbers that must not lie in the file as they are.
func (s *Store) Sign(purpose string, parts ...string) []byte {
	mac := hmac.New(sha256.New, s.identity.Secret)
	mac.Write(key(purpose))
	for _, part := range parts {
		mac.Write(key(part))
	}
	return mac.Sum(nil)
}

// Ping answers nil while the database answers.
func (s *Store) Ping() error {
	return s.view(func(tx *txn) error {
		_, err := identities.get(tx.Tx)
		return err
	})
}

// txn is a transaction with its one fixed time and whoever acts in it.
type txn struct {
	*bolt.Tx
	now      time.Time
	moment   reissue.Moment
	by       reissue.Actor
	settings *reissue.Settings
	store    *Store
}

// today is the office's date in this transaction.
func (tx *txn) today() string { return reissue.Today(tx.now) }

// year is the year of today.
func (tx *txn) year() int { return tx.moment.Time().Year() }

func (s *Store) transaction(tx *bolt.Tx, by reissue.Actor) *txn {
	now := s.Now()
	return &txn{Tx: tx, now: now, moment: reissue.At(now), by: by, settings: s.settings.Load(), store: s}
}

// view reads. No slice of the file's bytes may leave do.
func (s *Store) view(do func(*txn) error) error {
	return s.db.View(func(tx *bolt.Tx) error { return do(s.transaction(tx, reissue.Actor{})) })
}

// update is one business act: all of it is in the file when it returns nil, and
// nothing of it otherwise, unless the disk failed (see write).
func (s *Store) update(by reissue.Actor, do func(*txn) error) error {
	return s.write(func(tx *bolt.Tx) error { return do(s.transaction(tx, by)) })
}
