package store

import (
	"errors"
	"reflect"
	"slices"

	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

var settingsRecord = single[reissue.Settings]{"settings"}

// Settings are the office's settings now. The copy is shared: read it only.
func (s *Store) Settings() *reissue.Settings { return s.settings.Load() }

// loadSettings reads the record, or the defaults where the office has not
// decided anything yet. A new field whose default is not its zero value needs a
// migration of the record.
func (s *Store) loadSettings(tx *bolt.Tx) error {
	stored, err := settingsRecord.get(tx)
	switch {
	case errors.Is(err, reissue.ErrNotFound):
		defaults := reissue.DefaultSettings()
		stored = &defaults
	case err != nil:
		return fileError(s.path, err)
	}
	s.settings.Store(stored)
	return nil
}

// ChangeSettings changes the office's settings. Names of changed fields go into
// the audit log with old and new value, secrets as "changed".
func (s *Store) ChangeSettings(by reissue.Actor, change func(*reissue.Settings)) error {
	// The shared copy is exchanged after the commit, when the next transaction
	// may have begun already: it must not start from the old one.
	s.settingsChange.Lock()
	defer s.settingsChange.Unlock()
	return s.update(by, func(tx *txn) error {
		next := *tx.settings
		next.Reasons = slices.Clone(next.Reasons)
		change(&next)
		old, now := reflect.ValueOf(*tx.settings), reflect.ValueOf(next)
		for i := range now.NumField() {
			if reflect.DeepEqual(old.Field(i).Interface(), now.Field(i).Interface()) {
				continue
			}
			row := Audit{Act: "change", Object: "settings", Fields: []string{now.Type().Field(i).Name}}
			if row.Fields[0] != "SMTP" {
				row.Old, row.New = show(old.Field(i)), show(now.Field(i))
			}
			if err := tx.audit(row); err != nil {
				return err
			}
		}
		if err := settingsRecord.put(tx.Tx, &next); err != nil {
			return err
		}
		tx.OnCommit(func() { s.settings.Store(&next) })
		return nil
	})
}
