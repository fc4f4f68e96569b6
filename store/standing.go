package store

import (
	"errors"

	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

// Position is where a file stands among the states of its lineage: each commit
// raises the transaction, each compaction the generation, and begins to count the
// transactions anew. After a power cut a number may come a second time.
type Position struct {
	lineage                 string // "" in files of older schemas
	generation, transaction uint64
}

// kin tells whether two files come from the same one by commits alone, without a
// restore between them.
func (p Position) kin(other Position) bool { return p.lineage != "" && p.lineage == other.lineage }

// before tells whether a position is older than another one of its lineage.
func (p Position) before(other Position) bool {
	return p.generation < other.generation || p.generation == other.generation && p.transaction < other.transaction
}

// positionOf is where a transaction that reads stands.
func positionOf(tx *bolt.Tx, i *identity) Position {
	return Position{lineage: string(i.Lineage), generation: i.Generation, transaction: uint64(tx.ID())}
}

// position is where the file stands now.
func (s *Store) position() (p Position, err error) {
	err = s.db.View(func(tx *bolt.Tx) error {
		i, err := identities.get(tx)
		if err == nil {
			p = positionOf(tx, i)
		}
		return err
	})
	return p, err
}

// Standing is what a file says of where it stands.
type Standing struct {
	Position
	Unclean bool           // its last user did not close it
	Last    reissue.Moment // when the last row of its log was written, 0 for none
}

func standing(tx *bolt.Tx, i *identity) Standing {
	found := Standing{Position: positionOf(tx, i), Unclean: i.InUse}
	if head, err := chainHeads.get(tx); err == nil {
		if row, err := audits.get(tx, key(head.Row)); err == nil {
			found.Last = row.At
		}
	}
	return found
}

// behind tells whether a file that nobody has worked on since is older than a
// mirror of it: more than by the one commit that a mirror may have read before it
// was on the disk, and that a power cut has taken.
func (s Standing) behind(mirror Standing) bool {
	if s.Unclean {
		s.transaction++
	}
	return s.kin(mirror.Position) && s.before(mirror.Position)
}

// StandingOf reads where a file stands that nobody works on, and leaves it as it
// is. Its errors are *FileError.
func StandingOf(path string) (Standing, error) {
	s, err := Open(path, Options{ReadOnly: true})
	if err != nil {
		return Standing{}, err
	}
	return s.found, s.db.Close()
}

// isFault tells whether an error is one of these faults of a file.
func isFault(err error, faults ...Fault) bool {
	file, ok := errors.AsType[*FileError](err)
	if !ok {
		return false
	}
	for _, fault := range faults {
		if file.Fault == fault {
			return true
		}
	}
	return false
}
