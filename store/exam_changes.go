package store

import (
	"errors"
	"maps"

	"certreissue/reissue"
)

const objectExam = "exam"

// ErrExamInUse keeps an exam that certificates or applications are of.
var ErrExamInUse = errors.New("the exam is in use")

// AddExam makes an exam of what the office typed. One of the same year and name
// is a problem of the form.
func (s *Store) AddExam(by reissue.Actor, form reissue.ExamForm) (exam *reissue.Exam, err error) {
	err = s.update(by, func(tx *txn) error {
		exam = &reissue.Exam{}
		if err := form.Fill(exam); err != nil {
			return err
		}
		if exam.ID, err = exams.next(tx.Tx); err != nil {
			return err
		}
		return tx.recordExam(exam, Audit{Act: "add"})
	})
	return exam, err
}

// ChangeExam takes over what the office typed, and logs the old and the new
// value of each field; one that the form does not have stays. A revision that is
// not the one the form showed is reissue.ErrStale, and stands is the exam that it
// met. An exam that is in use keeps its year and name, which certificates and
// applications repeat.
func (s *Store) ChangeExam(by reissue.Actor, number, revision uint64, form reissue.ExamForm) (stands *reissue.Exam, err error) {
	err = s.update(by, func(tx *txn) error {
		exam, err := exams.get(tx.Tx, key(number))
		if err != nil {
			return err
		}
		stands = exam
		if exam.Revision != revision {
			return reissue.ErrStale
		}
		return tx.changeExam(exam, form)
	})
	return stands, err
}

// actChangeExam is the act of a row of the log about one field of an exam.
const actChangeExam = "change"

// changeExam fills a form into an exam; a field that the form does not have stays.
func (tx *txn) changeExam(exam *reissue.Exam, form reissue.ExamForm) error {
	whole := exam.Form()
	maps.Copy(whole, form)
	next := *exam
	if err := whole.Fill(&next); err != nil {
		return err
	}
	changed := exam.Changes(&next)
	if len(changed) == 0 {
		return nil
	}
	if next.Year != exam.Year || reissue.Key(next.Name) != reissue.Key(exam.Name) {
		if examUsed(tx, exam.ID) {
			return reissue.Problems{{Field: reissue.ExamName, Message: sayExamInUse}}
		}
	}
	was, now := exam.Form(), next.Form()
	rows := make([]Audit, len(changed))
	for i, field := range changed {
		rows[i] = Audit{Act: actChangeExam, Fields: []string{field}, Old: bounded(was[field]), New: bounded(now[field])}
	}
	return tx.recordExam(&next, rows...)
}

// recordExam writes an exam with its audit rows.
func (tx *txn) recordExam(exam *reissue.Exam, rows ...Audit) error {
	exam.Revision++
	err := exams.put(tx.Tx, exam)
	var taken *DuplicateError
	if errors.As(err, &taken) {
		return reissue.Problems{{Field: reissue.ExamName, Message: sayExamTaken}}
	}
	if err != nil {
		return err
	}
	for _, row := range rows {
		row.Object, row.ObjectID = objectExam, exam.ID
		if err := tx.audit(row); err != nil {
			return err
		}
	}
	return nil
}

// DeleteExam removes an exam that nothing uses; ErrExamInUse otherwise.
func (s *Store) DeleteExam(by reissue.Actor, number, revision uint64) error {
	return s.update(by, func(tx *txn) error {
		exam, err := exams.get(tx.Tx, key(number))
		if err != nil {
			return err
		}
		if examUsed(tx, number) {
			return ErrExamInUse
		}
		if exam.Revision != revision {
			return reissue.ErrStale
		}
		if err := exams.delete(tx.Tx, key(number)); err != nil {
			return err
		}
		return tx.audit(Audit{Act: "delete", Object: objectExam, ObjectID: number})
	})
}

// ExamUsed tells whether a certificate or an application is of the exam.
func (s *Store) ExamUsed(number uint64) (used bool, err error) {
	err = s.view(func(tx *txn) error {
		used = examUsed(tx, number)
		return nil
	})
	return used, err
}

func examUsed(tx *txn, number uint64) bool {
	for range certificates.entries(tx.Tx, "exam", key(number), nil, false) {
		return true
	}
	for range applications.entries(tx.Tx, "queue", facet("", "", 0, number), nil, false) {
		return true
	}
	return false
}

// ExamHistory is what the office did to an exam, the newest first.
func (s *Store) ExamHistory(number uint64) (deeds []Deed, err error) {
	err = s.view(func(tx *txn) error {
		deeds, err = deedsOf(tx, objectExam, number)
		return err
	})
	return deeds, err
}
