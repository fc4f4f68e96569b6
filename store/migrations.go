package store

import (
	"slices"

	bolt "go.etcd.io/bbolt"
)

// table is what every Table can do, whatever it holds.
type table interface {
	label() string
	buckets() []string
	keyLength() int
	create(*bolt.Tx) error
	missing(*bolt.Tx) []string
	check(*bolt.Tx, *examination)
	keep(tx *bolt.Tx, k, stored []byte) (kept bool, err error)
	renumber(tx *bolt.Tx, at uint64) error
	reindex(tx *bolt.Tx, after []byte) (last []byte, err error)
}

// tables are all the tables of the file, in the order in which they are
// checked.
var tables = []table{
	&accounts, &staffs, &exams, &cities, &certificates, &certificateVersions, &corrections, &imports, &applications, &batches, &proofs, &days, &forgottenDays,
	&drafts, &lists, &rowsOfLists,
	&audits, &mails, &sessions, &tries, &resets, &devices,
}

// A migration leads from one schema to the next, in as many transactions as it
// takes: each call does a part, from the place on that the last one has left in the
// identity, and leaves its own; nil is the end. Until the first release migrations
// may change freely; from then on they are only ever added to.
type migration func(tx *bolt.Tx, place []byte) (next []byte, err error)

// migrations are all there are: the schema's number is how many have begun.
var migrations = [...]migration{
	createTables,
	createTables, // forgottenDays
	createTables, // FirstNight and LastNight of the identity, and tables, that came without a number of their own
	sealRecords,  // and Lineage and Generation of the identity
	keepDigestCost,
	enterOffice,  // and tables
	createTables, // the index of what is held
}

// firstWithSums is the schema from which on stored values have checksums.
const firstWithSums = 4

func createTables(tx *bolt.Tx, _ []byte) (next []byte, err error) {
	for _, t := range tables {
		if err := t.create(tx); err != nil {
			return nil, err
		}
	}
	return nil, photos.create(tx)
}

// sealRecords gives every value its checksum, bucket by bucket.
func sealRecords(tx *bolt.Tx, place []byte) (next []byte, err error) {
	names := []string{photos.name}
	for _, t := range tables {
		names = append(names, t.label())
	}
	if place == nil {
		if _, err := createTables(tx, nil); err != nil {
			return nil, err
		}
		if err := sealSingles(tx); err != nil {
			return nil, err
		}
		place = key(names[0])
	}
	name, last := splitPlace(place)
	last, err = sealPart(tx, name, last)
	if err != nil {
		return nil, err
	}
	if last != nil {
		return key(name, last), nil
	}
	if at := slices.Index(names, name) + 1; at < len(names) {
		return key(names[at]), nil
	}
	return nil, nil
}

// keepDigestCost finds out what the dearest password takes.
func keepDigestCost(tx *bolt.Tx, place []byte) (next []byte, err error) {
	if place == nil {
		if _, err := createTables(tx, nil); err != nil {
			return nil, err
		}
	}
	return noteDigests(tx, place)
}

// enterOffice enters the office's records into the indexes that they have been given,
// table by table, and counts the days anew: they had what was taken back, too. That
// reads much, but writes no more than a record a day.
func enterOffice(tx *bolt.Tx, place []byte) (next []byte, err error) {
	indexed := []table{&accounts, &applications, &batches, &mails}
	if place == nil {
		if _, err := createTables(tx, nil); err != nil {
			return nil, err
		}
		place = key(indexed[0].label())
	}
	name, last := splitPlace(place)
	at := slices.IndexFunc(indexed, func(t table) bool { return t.label() == name })
	switch last, err = indexed[at].reindex(tx, last); {
	case err != nil:
		return nil, err
	case last != nil:
		return key(name, last), nil
	case at+1 < len(indexed):
		return key(indexed[at+1].label()), nil
	}
	_, _, err = recountDays(tx)
	return nil, err
}

// unfinished tells whether the file is of an older schema, or half way to today's.
func (i *identity) unfinished() bool { return i.Schema < len(migrations) || i.Place != nil }

// migrate brings the file to today's schema, one part in each transaction of
// update: whatever stops it, the next one goes on from there. The last part of a
// migration shares its transaction with the first one of the next: so a file without a
// Place is as some version of the program left it, and never half way.
func migrate(update func(func(*bolt.Tx) error) error) error {
	for done := false; !done; {
		err := update(func(tx *bolt.Tx) error {
			i, err := identities.get(tx)
			if err != nil {
				return err
			}
			for i.unfinished() {
				if err := i.advance(tx); err != nil {
					return err
				}
				if i.Place != nil {
					break
				}
			}
			done = !i.unfinished()
			return identities.put(tx, i)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// advance does the next part of the migrations. A schema counts from its first part
// on: an older program must not touch what is half done.
func (i *identity) advance(tx *bolt.Tx) (err error) {
	if i.Place == nil {
		i.Schema++
	}
	if i.Lineage == nil {
		i.Lineage = newLineage()
	}
	i.Place, err = migrations[i.Schema-1](tx, i.Place)
	return err
}
