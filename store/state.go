package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"strings"

	bolt "go.etcd.io/bbolt"
)

// State tells one state of a file from every other, so that a copy can be held
// against what it was copied from.
type State struct {
	Transaction int    // bbolt's number of the one that wrote it
	Row         uint64 // the last row of the log
	Hash        []byte // of that row
	Sum         []byte // SHA-256 of all bytes that were written of it
}

// standOf is the state that a transaction sees, without the sum.
func standOf(tx *bolt.Tx) (of State, err error) {
	of.Transaction = tx.ID()
	head, err := chainHeads.get(tx)
	if err == nil {
		of.Row, of.Hash = head.Row, head.Hash
	}
	return of, ignoreNotFound(err)
}

// Backup writes one state of the file to w, while others go on writing, and tells
// which. The read transaction behind it keeps old pages: w must not wait for ever.
func (s *Store) Backup(w io.Writer) (of State, err error) {
	sum := sha256.New()
	onDamage(func() {
		err = s.db.View(func(tx *bolt.Tx) error {
			if of, err = standOf(tx); err != nil {
				return err
			}
			_, err := tx.WriteTo(io.MultiWriter(w, sum))
			return err
		})
	}, func(damage error) { err = &FileError{Path: s.path, Fault: Damaged, Err: damage} })
	of.Sum = sum.Sum(nil)
	return of, err
}

// Finish makes a backup that was just written complete: it must be the state that
// Backup told, byte for byte, and everything in it is checked. Then the mark of the
// running service that it was copied from is taken off. One that does not verify is a
// *FileError of BadCopy. progress hears how far the check is; nil: nobody looks.
func Finish(ctx context.Context, path string, of State, progress func(done, total int64)) error {
	err := verify(ctx, path, of, progress)
	if file, ok := errors.AsType[*FileError](err); ok && file.Fault.damage() {
		err = &FileError{Path: path, Fault: BadCopy, Err: err}
	}
	if err != nil {
		return err
	}
	s, err := Open(path, Options{})
	if err != nil {
		return err
	}
	return s.Close()
}

// errOtherState is a copy that is not what it was copied from.
var errOtherState = errors.New("the copy holds another state")

// verify holds a copy against the state that it must have, and everything in it
// against everything else.
func verify(ctx context.Context, path string, of State, progress func(done, total int64)) error {
	sum, err := sumOfFile(path)
	if err != nil {
		return fileError(path, err)
	}
	s, err := Open(path, Options{ReadOnly: true})
	if err != nil {
		return err
	}
	defer s.Abandon()
	var is State
	onDamage(func() {
		err = s.db.View(func(tx *bolt.Tx) error { is, err = standOf(tx); return err })
	}, func(damage error) { err = damage })
	if err != nil || !bytes.Equal(sum, of.Sum) || is.Transaction != of.Transaction || is.Row != of.Row || !bytes.Equal(is.Hash, of.Hash) {
		return &FileError{Path: path, Fault: BadCopy, Err: errors.Join(errOtherState, err)}
	}
	var found findings
	if err := s.Check(ctx, func(f Finding) { found = append(found, f) }, progress); err != nil {
		return err
	}
	if len(found) > 0 {
		return &FileError{Path: path, Fault: BadCopy, Err: found}
	}
	return nil
}

func sumOfFile(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	sum := sha256.New()
	_, err = io.Copy(sum, file)
	return sum.Sum(nil), err
}

// findings are what is wrong with a copy that is byte for byte what it was copied
// from: so is that.
type findings []Finding

// Error tells the first few, for the log.
func (f findings) Error() string {
	var lines []string
	for _, finding := range f[:min(len(f), 5)] {
		lines = append(lines, string(finding))
	}
	return strings.Join(lines, "; ")
}
