package store

import (
	"cmp"
	"errors"
	"maps"
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

// ChangeSettings changes the office's settings, unless change refuses. Names of
// changed fields go into the audit log with old and new value, secrets as
// "changed".
func (s *Store) ChangeSettings(by reissue.Actor, change func(*reissue.Settings) error) error {
	return s.changeSettings(by, func(_ *txn, next *reissue.Settings) error { return change(next) })
}

// changeSettings is ChangeSettings for an act that changes more than them.
func (s *Store) changeSettings(by reissue.Actor, change func(*txn, *reissue.Settings) error) error {
	// The shared copy is exchanged after the commit, when the next transaction
	// may have begun already: it must not start from the old one.
	s.settingsChange.Lock()
	defer s.settingsChange.Unlock()
	return s.update(by, func(tx *txn) error {
		next := *tx.settings
		next.Reasons, next.Notes, next.MailTexts = slices.Clone(next.Reasons), slices.Clone(next.Notes), maps.Clone(next.MailTexts)
		if err := change(tx, &next); err != nil {
			return err
		}
		rows := changedSettings(tx.settings, &next)
		if len(rows) == 0 {
			return nil
		}
		for _, row := range rows {
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

// publicURL is where the links of mails begin, "" where there is none.
func (s *Store) publicURL() string { return cmp.Or(s.PublicURL, s.Settings().PublicURL) }

// changedSettings are the rows of the log for what differs: one for each field, and for
// each mail's text and each city's place.
func changedSettings(before, after *reissue.Settings) (rows []Audit) {
	old, now := reflect.ValueOf(*before), reflect.ValueOf(*after)
	for i := range now.NumField() {
		name := now.Type().Field(i).Name
		add := func(field string, old, now reflect.Value) {
			row := Audit{Act: "change", Object: "settings", Fields: []string{field}}
			if field != "SMTP" {
				row.Old, row.New = show(old), show(now)
			}
			rows = append(rows, row)
		}
		if reflect.DeepEqual(old.Field(i).Interface(), now.Field(i).Interface()) {
			continue
		}
		switch name {
		case "MailTexts":
			for _, act := range reissue.MailActs {
				x, _ := before.MailText(act)
				if y, _ := after.MailText(act); x != y {
					add(name+"."+string(act), reflect.ValueOf(x), reflect.ValueOf(y))
				}
			}
		case "Places":
			names := slices.AppendSeq(slices.Collect(maps.Keys(before.Places)), maps.Keys(after.Places))
			slices.Sort(names)
			for _, city := range slices.Compact(names) {
				if x, y := before.Places[city], after.Places[city]; x != y {
					add(name+"."+city, reflect.ValueOf(x.Told()), reflect.ValueOf(y.Told()))
				}
			}
		default:
			add(name, old.Field(i), now.Field(i))
		}
	}
	return rows
}

// StoredSettings are the settings in a file that nobody serves; none where there are
// none, or the file cannot be read: opening it to serve says why.
func StoredSettings(path string) (stored reissue.Settings) {
	if inspect(path) != nil {
		return stored
	}
	db, err := openBolt(path, true)
	if err != nil {
		return stored
	}
	defer db.Close()
	onDamage(func() {
		db.View(func(tx *bolt.Tx) error {
			if settings, err := settingsRecord.get(tx); err == nil {
				stored = *settings
			}
			return nil
		})
	}, func(error) {})
	return stored
}
