package store

import (
	"errors"

	"certreissue/reissue"
)

// endUndoing ends the taking back of an import: the exams and cities that it
// alone made known go. The register is held, so that no line can come to name
// one of them between the look and the end.
func (s *Store) endUndoing(by reissue.Actor, record *Import) error {
	named := map[string]bool{}
	if len(record.Cities) > 0 {
		var err error
		if named, err = s.registerCities(); err != nil {
			return err
		}
	}
	return s.update(by, func(tx *txn) error {
		for _, number := range record.Exams {
			if err := unlearnExam(tx, number); err != nil {
				return err
			}
		}
		for _, learned := range record.Cities {
			if named[reissue.CityKey(learned.Name)] {
				continue
			}
			if err := unlearnCity(tx, learned); err != nil {
				return err
			}
		}
		record.Undone, record.Deferred = tx.moment, 0
		return imports.put(tx.Tx, record)
	})
}

// registerCities are the cities that lines of the register name, as
// reissue.CityKey has them.
func (s *Store) registerCities() (named map[string]bool, err error) {
	named = map[string]bool{}
	err = s.view(func(tx *txn) error {
		for c, err := range certificates.all(tx.Tx) {
			if err != nil {
				return err
			}
			named[reissue.CityKey(c.City)] = true
		}
		return nil
	})
	return named, err
}

// unlearnExam removes an exam that is as its import made it, and that nothing is
// of.
func unlearnExam(tx *txn, number uint64) error {
	exam, err := exams.get(tx.Tx, key(number))
	if err != nil {
		return ignoreNotFound(err)
	}
	if exam.Revision != 1 || examUsed(tx, number) {
		return nil
	}
	return errors.Join(exams.delete(tx.Tx, key(number)), tx.audit(Audit{Act: "delete", Object: objectExam, ObjectID: number}))
}

// unlearnCity removes a city that is written as its import wrote it, and that no
// application and no staff member is of.
func unlearnCity(tx *txn, learned reissue.City) error {
	city, err := cities.get(tx.Tx, key(learned.ID))
	if err != nil || city.Name != learned.Name || applied(tx, city.Name) {
		return ignoreNotFound(err)
	}
	staffed, err := hasStaff(tx, city.Name)
	if err != nil || staffed {
		return err
	}
	return removeCity(tx, city)
}
