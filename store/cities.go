package store

import (
	"cmp"
	"errors"
	"slices"
	"unicode/utf8"

	"certreissue/reissue"
)

const objectCity = "city"

// longestCity bounds a city's name, in characters.
const longestCity = 20

// CityList are the places where candidates sign up, by name.
func (s *Store) CityList() (list []*reissue.City, err error) {
	err = s.view(func(tx *txn) error {
		for city, err := range cities.all(tx.Tx) {
			if tx.leftOut(err) {
				continue
			}
			if err != nil {
				return err
			}
			list = append(list, city)
		}
		return nil
	})
	slices.SortFunc(list, func(a, b *reissue.City) int { return cmp.Compare(a.Name, b.Name) })
	return list, err
}

// City is a place by its number.
func (s *Store) City(number uint64) (city *reissue.City, err error) {
	err = s.view(func(tx *txn) error {
		city, err = cities.get(tx.Tx, key(number))
		return err
	})
	return city, err
}

// AddCity adds a place. A name that is none, or is there, is a Problem of name.
func (s *Store) AddCity(by reissue.Actor, name string) error {
	return s.update(by, func(tx *txn) error {
		number, err := cities.next(tx.Tx)
		if err != nil {
			return err
		}
		return tx.putCity(&reissue.City{ID: number}, name, "add")
	})
}

// RenameCity writes a place in another way. One that certificates or
// applications name can only be spelt anew (石家庄 as 石家庄市), since they keep
// the name as it was.
func (s *Store) RenameCity(by reissue.Actor, number uint64, name string) error {
	used, err := s.cityUsed(number, name)
	if err != nil {
		return err
	}
	return s.changeSettings(by, func(tx *txn, settings *reissue.Settings) error {
		city, err := cities.get(tx.Tx, key(number))
		if err != nil || city.Name == reissue.Clean(name) {
			return err
		}
		if used {
			return reissue.Problems{{Field: "name", Message: sayCityUsedName}}
		}
		old := city.Name
		if err := tx.putCity(city, name, "rename"); err != nil {
			return err
		}
		settings.MovePlace(old, city.Name)
		return limitTo(tx, old, city.Name)
	})
}

// RemoveCity takes a place off the list while nothing names it.
func (s *Store) RemoveCity(by reissue.Actor, number uint64) error {
	used, err := s.cityUsed(number, "")
	if err != nil {
		return err
	}
	return s.changeSettings(by, func(tx *txn, settings *reissue.Settings) error {
		city, err := cities.get(tx.Tx, key(number))
		if err != nil {
			return err
		}
		staffed, err := hasStaff(tx, city.Name)
		if err != nil {
			return err
		}
		if used || staffed {
			return reissue.Problems{{Field: "name", Message: sayCityUsed}}
		}
		settings.MovePlace(city.Name, "")
		return removeCity(tx, city)
	})
}

func removeCity(tx *txn, city *reissue.City) error {
	return errors.Join(cities.delete(tx.Tx, key(city.ID)),
		tx.audit(Audit{Act: "remove", Object: objectCity, ObjectID: city.ID, Old: city.Name}))
}

// hasStaff tells whether somebody of the staff is limited to the place.
func hasStaff(tx *txn, city string) (bool, error) {
	for staff, err := range staffs.all(tx.Tx) {
		if err != nil || slices.Contains(staff.Cities, city) {
			return err == nil, err
		}
	}
	return false, nil
}

// applied tells whether an application is of the place.
func applied(tx *txn, city string) bool {
	for range applications.entries(tx.Tx, "queue", facet("", reissue.CityKey(city), 0, 0), nil, false) {
		return true
	}
	return false
}

// putCity writes a place under a name.
func (tx *txn) putCity(city *reissue.City, name, act string) error {
	row := Audit{Act: act, Object: objectCity, ObjectID: city.ID, Old: city.Name}
	city.Name = reissue.Clean(name)
	row.New = city.Name
	if reissue.CityKey(city.Name) == "" || utf8.RuneCountInString(city.Name) > longestCity {
		return reissue.Problems{{Field: "name", Message: sayCityName}}
	}
	err := cities.put(tx.Tx, city)
	var taken *DuplicateError
	if errors.As(err, &taken) {
		return reissue.Problems{{Field: "name", Message: sayCityTaken}}
	}
	if err != nil {
		return err
	}
	return tx.audit(row)
}

// limitTo lets the staff who are limited to a city follow its new name.
func limitTo(tx *txn, old, name string) error {
	for staff, err := range staffs.all(tx.Tx) {
		if err != nil {
			return err
		}
		if i := slices.Index(staff.Cities, old); i >= 0 {
			staff.Cities[i] = name
			if err := staffs.put(tx.Tx, staff); err != nil {
				return err
			}
		}
	}
	return nil
}

// cityUsed tells whether a certificate or an application names the place, unless
// it is only spelt anew. The register has no index by city: it is read through
// beforehand beside the one writer, which it would stop.
func (s *Store) cityUsed(number uint64, name string) (used bool, err error) {
	var wanted string
	err = s.view(func(tx *txn) error {
		city, err := cities.get(tx.Tx, key(number))
		if err != nil {
			return err
		}
		wanted = reissue.CityKey(city.Name)
		if used = applied(tx, city.Name); used || wanted == reissue.CityKey(name) {
			return nil
		}
		for certificate, err := range certificates.all(tx.Tx) {
			if err != nil {
				return err
			}
			if used = reissue.CityKey(certificate.City) == wanted; used {
				break
			}
		}
		return nil
	})
	return used && wanted != reissue.CityKey(name), err
}
