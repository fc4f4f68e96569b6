package store

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"time"

	"certreissue/reissue"
)

// ErrBeingUndone refuses to build on a line of the register whose import is
// being taken back.
var ErrBeingUndone = errors.New("the certificate's import is being taken back")

// Dependents is what stands on the lines of an import, so that it cannot be
// taken back.
type Dependents struct {
	Imports      []uint64 // later ones that changed its lines
	Applications []uint64 // made from its lines
	Marked       int      // lines whose 领取状态 was marked by hand since
	Corrected    int      // lines that were corrected or withdrawn by hand since
}

func (d *Dependents) Error() string { return "something newer depends on the import" }

func (d *Dependents) any() bool {
	return len(d.Imports) > 0 || len(d.Applications) > 0 || d.Marked+d.Corrected > 0
}

// holdRegister keeps other changes of the register away until free is called.
// One whose taking back was broken off is only let through to itself: undoing
// is its number.
func (s *Store) holdRegister(undoing uint64) (free func(), err error) {
	if !s.register.TryLock() {
		return nil, &RegisterBusyError{}
	}
	err = s.view(func(tx *txn) error {
		for record, err := range imports.all(tx.Tx) {
			if err != nil {
				return err
			}
			if record.BeingUndone() && record.ID != undoing {
				return &RegisterBusyError{Undoing: record.ID}
			}
		}
		return nil
	})
	free = func() {
		s.changing.Store(0)
		s.register.Unlock()
	}
	if err != nil {
		free()
		return nil, err
	}
	s.changing.Store(undoing)
	return free, nil
}

// Changing is the number of the import that is being carried out or taken back
// now, 0 for none: one that is not, and has no end, was broken off.
func (s *Store) Changing() uint64 { return s.changing.Load() }

// beingUndone tells whether a line is about to become what it was before its
// import.
func beingUndone(tx *txn, c *reissue.Certificate) (bool, error) {
	record, err := imports.get(tx.Tx, key(c.Import))
	if err != nil {
		return false, ignoreNotFound(err)
	}
	return record.BeingUndone(), nil
}

// TakeBack undoes an import of certificates: lines that it added go, lines that
// it changed become what they were. It takes many transactions, as the import
// did, and can be called again after it was broken off. Where something newer
// depends on the import, that is a *Dependents, and nothing is changed; an
// import that is no register's or was taken back before is reissue.ErrState.
// Exams and cities that it made known go too, where nothing else needs them.
func (s *Store) TakeBack(ctx context.Context, by reissue.Actor, number uint64) error {
	free, err := s.holdRegister(number)
	if err != nil {
		return err
	}
	defer free()
	record, err := s.beginUndoing(by, number)
	if err != nil {
		return err
	}
	for more := true; more; {
		if err := ctx.Err(); err != nil {
			return err
		}
		err := s.update(by, func(tx *txn) (err error) {
			more, err = undo(tx, record)
			return err
		})
		if err != nil {
			return err
		}
	}
	return s.endUndoing(by, record)
}

// beginUndoing marks the import first, so that nothing new can come to depend
// on its lines, and then looks whether something does.
func (s *Store) beginUndoing(by reissue.Actor, number uint64) (record *Import, err error) {
	resumed := false
	mark := func(undoing bool) error {
		return s.update(by, func(tx *txn) (err error) {
			if record, err = imports.get(tx.Tx, key(number)); err != nil {
				return err
			}
			if record.Kind != importedCertificates || record.Undone != 0 {
				return reissue.ErrState
			}
			// One that was broken off after its log row has passed the check.
			if resumed = record.UndoChecked; resumed {
				return nil
			}
			if record.Undoing = 0; undoing {
				record.Undoing = tx.moment
			}
			return imports.put(tx.Tx, record)
		})
	}
	if err := mark(true); err != nil || resumed {
		return record, err
	}
	found, err := s.dependents(record)
	if err != nil {
		return nil, err
	}
	if found.any() {
		return nil, errors.Join(found, mark(false))
	}
	return record, s.update(by, func(tx *txn) error {
		record.UndoChecked, record.UndoneBy = true, by.ID
		return errors.Join(imports.put(tx.Tx, record), tx.audit(Audit{Act: "take_back", Object: record.Kind, ObjectID: number}))
	})
}

// dependents looks through all lines of an import, some thousand in each
// transaction.
func (s *Store) dependents(record *Import) (*Dependents, error) {
	const step = 2000
	found := &Dependents{}
	err := s.view(func(tx *txn) error {
		versions, err := certificateVersions.having(tx.Tx, "from", key(record.ID))
		for _, v := range versions {
			if !slices.Contains(found.Imports, v.Import) {
				found.Imports = append(found.Imports, v.Import)
			}
		}
		return err
	})
	var after []byte
	for more := true; more && err == nil; {
		more = false
		err = s.view(func(tx *txn) error {
			n := 0
			for entry, k := range certificates.entries(tx.Tx, "import", key(record.ID), after, false) {
				if n++; n > step {
					more = true
					return nil
				}
				if err := found.look(tx, record, k); err != nil {
					return err
				}
				after = bytes.Clone(entry)
			}
			return nil
		})
	}
	return found, err
}

// look notes what depends on one line.
func (d *Dependents) look(tx *txn, record *Import, k []byte) error {
	c, err := certificates.get(tx.Tx, k)
	if err != nil {
		return err
	}
	if c.Marked != 0 {
		d.Marked++
	}
	if c.Corrected != 0 || c.Withdrawn != 0 {
		d.Corrected++
	}
	made, err := applications.having(tx.Tx, "certificate", key(c.ID))
	if err != nil || len(made) == 0 {
		return err
	}
	_, err = certificateVersions.get(tx.Tx, key(record.ID, c.ID))
	added := isNotFound(err)
	for _, a := range made {
		if added || a.Submitted >= record.Started {
			d.Applications = append(d.Applications, a.ID)
		}
	}
	return ignoreNotFound(err)
}

// undo takes back the next lines, and tells whether there are more. Each leaves
// the index by import, so that the first one there is always the next.
func undo(tx *txn, record *Import) (more bool, err error) {
	const most = 500
	var lines [][]byte
	for _, k := range certificates.entries(tx.Tx, "import", key(record.ID), nil, false) {
		if len(lines) == most {
			break
		}
		lines = append(lines, bytes.Clone(k))
	}
	start := time.Now()
	for n, k := range lines {
		if n > 0 && time.Since(start) >= commitEvery/2 { // the sync takes the other half
			return true, imports.put(tx.Tx, record)
		}
		version, err := certificateVersions.get(tx.Tx, append(key(record.ID), k...))
		switch {
		case isNotFound(err):
			err = errors.Join(certificates.delete(tx.Tx, k), dropCorrections(tx, id(k)))
		case err == nil:
			err = errors.Join(certificates.put(tx.Tx, &version.Before), certificateVersions.delete(tx.Tx, certificateVersions.key(version)),
				undoCorrections(tx, id(k), record.Started), tx.follow(&version.Before))
		}
		if err != nil {
			return false, err
		}
		record.Restored++
	}
	return len(lines) == most, imports.put(tx.Tx, record)
}
