package store

import (
	"cmp"
	"context"
	"io"

	"certreissue/owner"
	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

// copyTo writes one state of the file to w, for a copy that nobody relies on. Nothing
// slow may stand behind w: an open read transaction keeps old pages.
func (s *Store) copyTo(w io.Writer) error {
	return s.db.View(func(tx *bolt.Tx) error {
		_, err := tx.WriteTo(w)
		return err
	})
}

// snapshot writes the file as it is to a path, whole or not at all.
func (s *Store) snapshot(path string) error {
	return WriteWhole(path, s.copyTo, func(part string) error { return WriteError(part, owner.Like(part, s.path)) })
}

// mustBeSound refuses a file whose structure is broken, as a *FileError.
func (s *Store) mustBeSound() error {
	return s.db.View(func(tx *bolt.Tx) error {
		x := &examination{ctx: context.Background(), path: s.path, report: func(Finding) {}}
		if sound, err := x.structure(tx, 1); err != nil || !sound {
			return cmp.Or(err, error(&FileError{Path: s.path, Fault: Damaged}))
		}
		return nil
	})
}

// numbersSkipped keeps numbers that were issued after a backup from being
// issued again once it is restored.
const numbersSkipped = 1000

// AfterRestore makes a file that was a backup fit to serve: sessions, reset
// links, known devices and captured drafts end, waiting mail stays unsent until somebody
// looks, and the numbers of applications and of 合格证明 jump. The secret is a new one: whoever has
// the backup has the old one. So is the lineage: the file is no later state of its
// other copies. The failed attempts, which are counted under it,
// begin anew.
func (s *Store) AfterRestore() error {
	return s.update(reissue.System(), func(tx *txn) error {
		for _, t := range []interface {
			empty(*bolt.Tx) error
		}{&sessions, &resets, &drafts, &tries, &devices} {
			if err := t.empty(tx.Tx); err != nil {
				return err
			}
		}
		for _, of := range []single[sequence]{sequences, proofSequences} {
			count, err := issued(tx.Tx, of)
			if err != nil {
				return err
			}
			// The year may have turned since the backup.
			count.Last[tx.year()] += 0
			for year := range count.Last {
				count.Last[year] += numbersSkipped
			}
			if err := of.put(tx.Tx, count); err != nil {
				return err
			}
		}
		if err := setIdentity(tx.Tx, func(i *identity) { i.MailHeld, i.Secret, i.Lineage, i.Generation = true, newSecret(), newLineage(), 0 }); err != nil {
			return err
		}
		return tx.audit(Audit{Act: actRestore, Object: objectFile})
	})
}
