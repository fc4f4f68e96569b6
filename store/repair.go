package store

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

// Repaired counts records and photos by what became of them: kept from the file
// itself, taken from copies, or lost.
type Repaired struct{ Kept, Taken, Lost int }

// Repair writes a new file from a damaged one, which stays as it is and on which
// nobody works: with all in it that verifies, what is missing record by record from
// copies (files, or folders of them; the newest that has it), and indexes and counts
// made anew. say gets a sentence for each record that was taken or lost, and each copy
// that is of no use. The new file passes Check unless say told otherwise; Lost counts
// what it could not be given, and parts of which nobody knows what was in them. The
// error is a *FileError, BeyondRepair where there is nothing to go by, or that of the
// context.
func Repair(ctx context.Context, path, out string, copies []string, now func() time.Time, say func(Finding)) (Repaired, error) {
	// Of one that is cut off the beginning may be good.
	if err := inspect(path); err != nil && !isFault(err, CutFile) {
		return Repaired{}, err
	}
	if _, err := os.Lstat(out); err == nil {
		return Repaired{}, &FileError{Path: out, Fault: Unwritable, Err: fs.ErrExist}
	}
	hold, err := HoldFile(path)
	switch {
	case err == nil:
		defer hold.Release()
	case isFault(err, Busy):
		return Repaired{}, err
	}
	r := &repair{ctx: ctx, now: now, say: say}
	err = build(out, func(db *bolt.DB) error {
		defer r.closeCopies()
		return r.fill(db, path, filepath.Dir(out), copies)
	})
	return r.done, err
}

// repair is one under way.
type repair struct {
	ctx    context.Context
	now    func() time.Time
	say    func(Finding)
	done   Repaired
	copies []*copied // the newest first
	*salvage
	mailTaken bool // from a copy: it may have left since
}

// copied is an open copy, which itself may be a copy that was brought to today's
// schema, of the file that people know as origin.
type copied struct {
	*Store
	origin string
}

// fill makes the new file.
func (r *repair) fill(db *bolt.DB, path, folder string, copies []string) error {
	db.NoSync = true // until all is there: a half one has no name
	if err := begun(db, &identity{}); err != nil {
		return err
	}
	r.salvage = newSalvage(db)
	if err := r.read(path); err != nil {
		return err
	}
	was, err := savedSingle(r.salvage, identities)
	if err != nil {
		return err
	}
	if was != nil && was.unfinished() {
		return &FileError{Path: path, Fault: BeyondRepair, Err: errors.New("an older file has no checksums to go by")}
	}
	for _, name := range copies {
		files := CopiesAt(name)
		if len(files) == 0 {
			r.say(findCopyUseless(name))
		}
		for _, file := range files {
			r.open(file, folder, was)
		}
	}
	slices.SortStableFunc(r.copies, func(a, b *copied) int { return cmp.Compare(b.lastRow(), a.lastRow()) })
	if was == nil && len(r.copies) > 0 {
		was = &r.copies[0].identity
	}
	if was == nil {
		was = &identity{Created: reissue.At(r.now()), Secret: newSecret()}
	}
	if err := r.takeMissing(); err != nil {
		return err
	}
	if r.kept+r.done.Taken == 0 {
		return &FileError{Path: path, Fault: BeyondRepair}
	}
	s := &Store{db: db, path: db.Path(), options: Options{Now: r.now}}
	if err := r.settle(s, was); err != nil {
		return err
	}
	r.done.Kept = r.kept
	err = db.Update(func(*bolt.Tx) error { return nil }) // as at a clean stop
	if err == nil {
		err = db.Sync()
	}
	if err != nil {
		return WriteError(s.path, err)
	}
	return s.Check(r.ctx, func(finding Finding) { r.lose(findStill(finding)) }, nil)
}

// read walks through the damaged file.
func (r *repair) read(path string) error {
	file, err := os.Open(path)
	if err != nil {
		return fileError(path, err)
	}
	defer file.Close()
	state, found := readState(file)
	if !found {
		return &FileError{Path: path, Fault: BeyondRepair}
	}
	salvagePages(file, state, r.salvage)
	return cmp.Or(r.salvage.end(), r.ctx.Err())
}

// open opens a copy to take records from. One of another file is none.
func (r *repair) open(name, folder string, was *identity) {
	s, err := openCopy(r.ctx, name, folder, r.now)
	switch {
	case err != nil || s == nil:
		r.say(findCopyUseless(name))
	case was != nil && s.identity.Created != was.Created:
		r.say(findCopyForeign(name))
		s.close()
	default:
		r.copies = append(r.copies, s)
	}
}

// openCopy opens a copy read-only whose structure is sound; one of an older schema is
// copied into a folder first. nil is one that is not sound.
func openCopy(ctx context.Context, name, folder string, now func() time.Time) (*copied, error) {
	s, err := Open(name, Options{Now: now, ReadOnly: true})
	if err != nil {
		return nil, err
	}
	if s.identity.unfinished() {
		defer s.Abandon()
		today, err := s.upgraded(ctx, folder, func(Finding) {}, nil)
		if today == nil {
			return nil, err
		}
		return &copied{today, name}, nil
	}
	if s.mustBeSound() != nil {
		return nil, s.Abandon()
	}
	return &copied{s, name}, nil
}

func (c *copied) close() {
	if c.path == c.origin {
		c.Abandon()
	} else {
		c.drop()
	}
}

func (r *repair) closeCopies() {
	for _, c := range r.copies {
		c.close()
	}
}

// lastRow is the number of the last row of the log, 0 where that cannot be read.
func (s *Store) lastRow() (row uint64) {
	row, _, _ = s.ChainHead()
	return row
}

// transient are the tables of which nothing is taken from a copy: a session that has
// ended must not come back.
var transient = []table{&drafts, &sessions, &tries, &resets, &devices}

// takeMissing takes what is missing from the copies.
func (r *repair) takeMissing() error {
	for _, t := range tables {
		if slices.Contains(transient, t) || t == table(&days) { // made anew from the applications
			continue
		}
		var keys [][]byte
		err := r.db.View(func(tx *bolt.Tx) error {
			keys = r.wanted(tx, t, r.copies)
			if t == table(&audits) {
				keys = r.missingRows(tx)
			}
			return nil
		})
		if err != nil {
			return err
		}
		for _, k := range keys {
			if err := r.take(t.label(), k); err != nil {
				return err
			}
		}
		if r.unsure(t) {
			r.lose(findGap(t.label()))
		}
	}
	return r.ctx.Err()
}

// missingRows are the rows of the log that are not there: it has no gaps.
func (r *repair) missingRows(tx *bolt.Tx) (keys [][]byte) {
	head, _ := savedSingle(r.salvage, chainHeads)
	last := lastRowOf(tx, head)
	if head == nil && len(r.copies) > 0 {
		last = max(last, r.copies[0].lastRow())
	}
	for number := uint64(1); number <= last; number++ {
		if !audits.has(tx, key(number)) {
			keys = append(keys, key(number))
		}
	}
	return keys
}

// lastRowOf is the number of the last row of the log: the head knows it too.
func lastRowOf(tx *bolt.Tx, head *chainHead) (last uint64) {
	if head != nil {
		last = head.Row
	}
	for _, k := range audits.entries(tx, "", nil, nil, true) {
		return max(last, id(k))
	}
	return last
}

// take puts one record in from the newest copy that has it, or tells that it is lost.
func (r *repair) take(bucket string, k []byte) error {
	for _, s := range r.copies {
		stored := storedIn(s.Store, bucket, k)
		if stored == nil {
			continue
		}
		kept := false
		err := r.db.Update(func(tx *bolt.Tx) (err error) {
			kept, err = r.put(tx, bucket, pair{k, stored})
			return err
		})
		if err != nil {
			return err
		}
		if kept {
			r.done.Taken++
			r.say(findTaken(bucket, k, s.origin))
			r.mailTaken = r.mailTaken || bucket == mails.name
			return nil
		}
	}
	r.lose(findLost(bucket, k))
	return nil
}

func (r *repair) lose(finding Finding) {
	r.done.Lost++
	r.say(finding)
}
