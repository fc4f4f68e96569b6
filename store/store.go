// Package store keeps everything in one bbolt file. One public method is one
// transaction with one fixed time; whoever acts is in its signature; rules are
// run from package reissue on every way in. Only table.go, and the files named
// after it, know how records lie in the file (docs/format.md).
package store

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"certreissue/reissue"
	"certreissue/spool"

	bolt "go.etcd.io/bbolt"
)

// Store is an open data file.
type Store struct {
	db       *bolt.DB
	path     string
	settings atomic.Pointer[reissue.Settings]
	options  Options
	// PublicURL begins the links of mails, before that of the settings. It is set before
	// anybody else has the store.
	PublicURL string
	// settingsChange lets one change of the settings follow the other.
	settingsChange sync.Mutex
	// register is held by whoever changes the register in many transactions.
	register sync.Mutex
	// changing is the import that holds it, 0 for none or one that has no number
	// yet.
	changing atomic.Uint64
	identity identity       // as it was when the file was opened
	newest   reissue.Moment // of what the file knew then
	found    Standing       // likewise
	mirrored Position       // the newest that a mirror may hold since
	// copyFailure is why the last copy in the folder was not made.
	copyFailure atomic.Pointer[CopyFailure]
	// writing is held by whoever changes the file. What a commit that failed has
	// left is doubtful, and metas are the pages that say so.
	writing  sync.Mutex
	doubtful bool
	metas    []byte
	// renamed is set while nobody knows whether the disk has the name that the file was
	// given: until it has, what is written into it may be lost with it.
	renamed bool
	// unmarked is a file whose full disk did not take the mark that it is in use: the
	// first write that gets through brings it along.
	unmarked bool
	full     atomic.Bool // the last write found no room
	// damage is what is known to be wrong with the file; known is held by whoever
	// looks.
	known  sync.Mutex
	damage []Finding
}

// Options say how to open a data file.
type Options struct {
	// Now is the clock; nil is the machine's.
	Now func() time.Time
	// Create makes a missing file, and Anew does so beside one that a restore has put aside.
	Create, Anew bool
	// ReadOnly shares the file with other readers and leaves its mark alone.
	ReadOnly bool
	// Copied is set where the file is a copy of one that stays: what it was before an
	// upgrade is not kept.
	Copied bool
	// Demo marks a file that is made now as sample data.
	Demo bool
	// MailAtOnce lets decision mails leave without the delay in which a decision
	// can be taken back unseen: a demo has nobody to wait for.
	MailAtOnce bool
	// Log hears of copies and imports; nil: nobody does.
	Log *slog.Logger
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
	Secret     []byte         `cbor:"7,keyasint"` // key of the HMACs and cursors: tokens of visitors, guessed numbers
	// Lineage is drawn for a new file and by each restore; Generation counts the
	// compactions, each of which begins the transaction numbers anew.
	Lineage    []byte `cbor:"12,keyasint,omitempty"`
	Generation uint64 `cbor:"13,keyasint,omitempty"`
	// Place is how far a migration has come that is not at its end.
	Place []byte `cbor:"14,keyasint,omitempty"`
}

const format = "certreissue"

// newLineage tells a file and its copies from all others.
func newLineage() []byte {
	lineage := make([]byte, 16)
	rand.Read(lineage)
	return lineage
}

var identities = single[identity]{"identity"}

func setIdentity(tx *bolt.Tx, change func(*identity)) error {
	i, err := identities.get(tx)
	if err != nil {
		return err
	}
	change(i)
	return identities.put(tx, i)
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

// Full tells whether the disk has no room: it did not take the last write.
func (s *Store) Full() bool { return s.full.Load() }

// Path is where the file lies.
func (s *Store) Path() string { return s.path }

// Spool is where lies what the file's users need on the disk for a while.
func (s *Store) Spool() spool.Folder { return spool.Of(s.path) }

// Now is the store's clock.
func (s *Store) Now() time.Time { return s.options.Now() }

// millis is a span as moments count it.
func millis(d time.Duration) reissue.Moment { return reissue.Moment(d.Milliseconds()) }

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
	err := s.db.View(func(tx *bolt.Tx) error { return do(s.transaction(tx, reissue.Actor{})) })
	s.noteRecord(err)
	return err
}

// update is one business act: all of it is in the file when it returns nil, and
// nothing of it otherwise, unless the disk failed (see write).
func (s *Store) update(by reissue.Actor, do func(*txn) error) error {
	err := s.write(func(tx *bolt.Tx) error { return do(s.transaction(tx, by)) })
	s.noteRecord(err)
	return err
}
