package store

import (
	bolt "go.etcd.io/bbolt"
)

// table is what every Table can do, whatever it holds.
type table interface {
	create(*bolt.Tx) error
	missing(*bolt.Tx) []string
	check(*bolt.Tx, *examination)
}

// tables are all the tables of the file, in the order in which they are
// checked.
var tables = []table{
	&accounts, &staffs, &exams, &cities, &certificates, &certificateVersions, &imports, &applications, &batches, &days, &forgottenDays,
	&drafts,
	&audits, &mails, &sessions, &tries, &resets,
}

// migrations lead from one schema to the next; the schema's number is how many
// have run. Until the first release they may change freely; from then on they
// are only ever added to.
var migrations = [...]func(*bolt.Tx) error{
	createTables,
	createTables, // forgottenDays
	createTables, // FirstNight and LastNight of the identity, and tables, that came without a number of their own
}

func createTables(tx *bolt.Tx) error {
	for _, t := range tables {
		if err := t.create(tx); err != nil {
			return err
		}
	}
	return photos.create(tx)
}

// migrate brings the file to today's schema.
func migrate(tx *bolt.Tx) error {
	i, err := identities.get(tx)
	if err != nil {
		return err
	}
	for ; i.Schema < len(migrations); i.Schema++ {
		if err := migrations[i.Schema](tx); err != nil {
			return err
		}
	}
	return identities.put(tx, i)
}
