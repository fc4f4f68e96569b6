package store

import (
	"errors"

	bolt "go.etcd.io/bbolt"
)

// checkLists holds lists against their rows, both ways.
func checkLists(tx *bolt.Tx, x *examination) {
	for l, err := range lists.all(tx) {
		if err != nil || !x.step(lists.name) {
			return
		}
		rows, err := rowsOfLists.get(tx, key(l.ID))
		switch {
		case isNotFound(err):
			x.report(findList(l.ID, sayRowsMissing))
		case err == nil && rows.count() != l.Counts:
			x.report(findList(l.ID, sayRowsUnfit))
		}
	}
	for rows, err := range rowsOfLists.all(tx) {
		if err != nil || !x.step(rowsOfLists.name) {
			return
		}
		if !lists.has(tx, key(rows.List)) {
			x.report(findList(rows.List, sayRowsStray))
		}
	}
}

// settleLists drops lists without rows and rows without a list, and counts the others
// anew.
func (r *repair) settleLists(tx *txn) error {
	var kept []*List
	var strays []uint64
	for l, err := range lists.all(tx.Tx) {
		if err != nil {
			return err
		}
		rows, err := rowsOfLists.get(tx.Tx, key(l.ID))
		switch {
		case isNotFound(err):
			strays = append(strays, l.ID)
			r.lose(findLost(lists.name, key(l.ID)))
			continue
		case err != nil:
			return err
		}
		l.Counts = rows.count()
		kept = append(kept, l)
	}
	for rows, err := range rowsOfLists.all(tx.Tx) {
		if err != nil {
			return err
		}
		if !lists.has(tx.Tx, key(rows.List)) {
			strays = append(strays, rows.List)
			r.lose(findLost(rowsOfLists.name, key(rows.List)))
		}
	}
	for _, l := range kept {
		if err := lists.put(tx.Tx, l); err != nil {
			return err
		}
	}
	for _, number := range strays {
		if err := errors.Join(lists.delete(tx.Tx, key(number)), rowsOfLists.delete(tx.Tx, key(number))); err != nil {
			return err
		}
	}
	r.kept -= len(strays)
	return nil
}
