package store

import (
	"cmp"
	"errors"
	"slices"

	"certreissue/reissue"
)

var exams = Table[reissue.Exam]{
	numbered: true,
	name:     "exams",
	key:      func(e *reissue.Exam) []byte { return key(e.ID) },
	indexes: []Index[reissue.Exam]{
		// The exam that a certificate or a form names; years in order for lists.
		{name: "title", unique: true, keys: func(e *reissue.Exam) [][]byte { return [][]byte{examKey(e.Year, e.Name)} }},
	},
}

func examKey(year int, name string) []byte { return key(year, reissue.Key(name)) }

var cities = Table[reissue.City]{
	numbered: true,
	name:     "cities",
	key:      func(c *reissue.City) []byte { return key(c.ID) },
	indexes: []Index[reissue.City]{
		// 石家庄 and 石家庄市 are one.
		{name: "name", unique: true, keys: func(c *reissue.City) [][]byte { return [][]byte{key(reissue.CityKey(c.Name))} }},
	},
}

// Exams are all exams, the newest year first.
func (s *Store) Exams() (list []*reissue.Exam, err error) {
	err = s.view(func(tx *txn) error {
		for exam, err := range exams.all(tx.Tx) {
			if tx.leftOut(err) {
				continue
			}
			if err != nil {
				return err
			}
			list = append(list, exam)
		}
		return nil
	})
	slices.SortStableFunc(list, func(a, b *reissue.Exam) int {
		return cmp.Or(b.Year-a.Year, cmp.Compare(a.Name, b.Name))
	})
	return list, err
}

// Exam is the exam with the number.
func (s *Store) Exam(number uint64) (exam *reissue.Exam, err error) {
	err = s.view(func(tx *txn) error {
		exam, err = exams.get(tx.Tx, key(number))
		return err
	})
	return exam, err
}

// examNamed is the office's entry for an exam, nil where there is none.
func examNamed(tx *txn, year int, name string) (*reissue.Exam, error) {
	exam, err := exams.unique(tx.Tx, "title", examKey(year, name))
	return exam, ignoreNotFound(err)
}

// ExamOf is the exam that an application is about, nil where the office does not know
// it.
func (s *Store) ExamOf(a *reissue.Application) (exam *reissue.Exam, err error) {
	err = s.view(func(tx *txn) error {
		exam, err = examNamed(tx, a.Fields.ExamYear, a.Fields.ExamName)
		return err
	})
	return exam, err
}

// Cities are the places where candidates signed up, by name.
func (s *Store) Cities() (names []string, err error) {
	err = s.view(func(tx *txn) error {
		names, err = cityNames(tx)
		return err
	})
	return names, err
}

func cityNames(tx *txn) (names []string, err error) {
	for city, err := range cities.all(tx.Tx) {
		if tx.leftOut(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		names = append(names, city.Name)
	}
	slices.Sort(names)
	return names, nil
}

// learnCity adds a city that the office did not know; nil for one that it did.
func learnCity(tx *txn, name string) (*reissue.City, error) {
	if reissue.CityKey(name) == "" {
		return nil, nil
	}
	number, err := cities.next(tx.Tx)
	if err != nil {
		return nil, err
	}
	city := &reissue.City{ID: number, Name: name}
	err = cities.put(tx.Tx, city)
	var known *DuplicateError
	if errors.As(err, &known) {
		return nil, nil
	}
	return city, err
}

// learnExam adds what an import says of an exam to what is known: levels and
// specialties that occur, and the last day where none is set. fresh tells that
// the office did not know it.
func learnExam(tx *txn, learned *reissue.Exam) (exam *reissue.Exam, fresh bool, err error) {
	if exam, err = examNamed(tx, learned.Year, learned.Name); err != nil {
		return nil, false, err
	}
	if fresh = exam == nil; fresh {
		exam = &reissue.Exam{Year: learned.Year, Name: learned.Name}
		if exam.ID, err = exams.next(tx.Tx); err != nil {
			return nil, false, err
		}
	}
	before := *exam
	if exam.LastDay == "" {
		exam.LastDay = learned.LastDay
	}
	exam.Levels = union(exam.Levels, learned.Levels, reissue.MaxLevels)
	exam.Specialties = union(exam.Specialties, learned.Specialties, reissue.MaxSpecialties)
	if exam.Revision > 0 && len(before.Changes(exam)) == 0 {
		return exam, false, nil
	}
	exam.Revision++
	return exam, fresh, exams.put(tx.Tx, exam)
}

// union adds what is new, up to a limit, in order of appearance.
func union(known, more []string, limit int) []string {
	for _, s := range more {
		if len(known) < limit && !slices.Contains(known, s) {
			known = append(known, s)
		}
	}
	return known
}
