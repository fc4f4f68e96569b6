package store

import (
	"errors"
	"slices"
)

// NoteDamage keeps a finding about the open file, until it is closed: whoever works
// with the store is told, and copies that may be of damage push out no older one.
func (s *Store) NoteDamage(finding Finding) {
	s.known.Lock()
	defer s.known.Unlock()
	if !slices.Contains(s.damage, finding) && len(s.damage) < mostKnown {
		s.damage = append(s.damage, finding)
	}
}

// mostKnown bounds what is kept of a thoroughly damaged file.
const mostKnown = 1000

// KnownDamage are the findings about the open file so far, the oldest first.
func (s *Store) KnownDamage() []Finding {
	s.known.Lock()
	defer s.known.Unlock()
	return slices.Clone(s.damage)
}

// noteRecord keeps what an error says of a damaged record, and tells whether it is
// of one.
func (s *Store) noteRecord(err error) bool {
	record := damaged(err)
	if record != nil {
		s.NoteDamage(findRecord(record.Table, record.Key))
	}
	return record != nil
}

// damaged is the damaged record that an error is of, nil where it is of none.
func damaged(err error) *RecordError {
	record, _ := errors.AsType[*RecordError](err)
	return record
}

// readable is having without what cannot be read: such a record opens no door, and closes
// none to others.
func (t *Table[T]) readable(tx *txn, index string, prefix []byte) (list []*T, err error) {
	for _, k := range t.entries(tx.Tx, index, prefix, nil, false) {
		record, err := t.get(tx.Tx, k)
		if tx.leftOut(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		list = append(list, record)
	}
	return list, nil
}

// leftOut tells whether a list goes on without a record that could not be read: one
// that is damaged is known from now on, and hides no other.
func (tx *txn) leftOut(err error) bool { return err != nil && tx.store.noteRecord(err) }
