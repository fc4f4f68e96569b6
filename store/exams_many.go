package store

import (
	"errors"

	"certreissue/reissue"
)

// PickedExam is an exam as a list showed it; Revision 0 is whichever it has.
type PickedExam struct{ ID, Revision uint64 }

// ExamRows are the rows of the log in which many exams were changed at once: the numbers
// of the first and the last. First is 0 where nothing was changed.
type ExamRows struct{ First, Last uint64 }

// ExamChange is one of them.
type ExamChange struct {
	*Audit
	Exam *reissue.Exam // as it is now
}

// ChangeExams fills one form into many exams, all of them or none: Problems name the exam
// that stands against it. A field that the form does not have stays.
func (s *Store) ChangeExams(by reissue.Actor, picked []PickedExam, form reissue.ExamForm) (rows ExamRows, err error) {
	err = s.update(by, func(tx *txn) error {
		return tx.rowsOf(&rows, func() error {
			for _, pick := range picked {
				exam, err := exams.get(tx.Tx, key(pick.ID))
				if err != nil {
					return err
				}
				if pick.Revision != 0 && pick.Revision != exam.Revision {
					return reissue.Problems{{Message: sayExamMoved(exam)}}
				}
				if err := tx.changeExam(exam, form); err != nil {
					return ofExam(exam, err)
				}
			}
			return nil
		})
	})
	return rows, err
}

// rowsOf notes which rows an act writes.
func (tx *txn) rowsOf(rows *ExamRows, do func() error) error {
	before, err := chainHeads.get(tx.Tx)
	if ignoreNotFound(err) != nil {
		return err
	}
	if err := do(); err != nil {
		return err
	}
	after, err := chainHeads.get(tx.Tx)
	if err != nil || before != nil && before.Row == after.Row {
		return ignoreNotFound(err)
	}
	rows.First, rows.Last = 1, after.Row
	if before != nil {
		rows.First += before.Row
	}
	return nil
}

// ofExam has each problem name its exam.
func ofExam(exam *reissue.Exam, err error) error {
	problems, is := errors.AsType[reissue.Problems](err)
	if !is {
		return err
	}
	for i := range problems {
		problems[i].Message = sayOfExam(exam, problems[i].Message)
	}
	return problems
}

// ExamChanges are the rows, and whose they are; reissue.ErrNotFound where they are not all
// changes of exams by one act.
func (s *Store) ExamChanges(rows ExamRows) (list []ExamChange, name string, err error) {
	err = s.view(func(tx *txn) error {
		if list, err = tx.examChanges(rows); err == nil {
			name, err = staffName(tx, list[0].Audit)
		}
		return err
	})
	return list, name, err
}

func (tx *txn) examChanges(rows ExamRows) (list []ExamChange, err error) {
	if rows.First == 0 || rows.Last < rows.First {
		return nil, reissue.ErrNotFound
	}
	for number := rows.First; number <= rows.Last; number++ {
		row, err := audits.get(tx.Tx, key(number))
		if err != nil {
			return nil, err
		}
		if row.Object != objectExam || row.Act != actChangeExam || len(list) > 0 && row.At != list[0].At {
			return nil, reissue.ErrNotFound
		}
		exam, err := exams.get(tx.Tx, key(row.ObjectID))
		if err != nil {
			return nil, err
		}
		list = append(list, ExamChange{row, exam})
	}
	return list, nil
}

// Stands tells whether the change is still what the exam has.
func (c *ExamChange) Stands() bool { return bounded(c.Exam.Form()[c.Fields[0]]) == c.New }

// UndoExams brings back what many exams had before, all of it or nothing: a field that has
// another value by now is a Problem. undone are the rows of that.
func (s *Store) UndoExams(by reissue.Actor, rows ExamRows) (undone ExamRows, err error) {
	err = s.update(by, func(tx *txn) error {
		list, err := tx.examChanges(rows)
		if err != nil {
			return err
		}
		return tx.rowsOf(&undone, func() error {
			for len(list) > 0 {
				exam, form := list[0].Exam, reissue.ExamForm{}
				for ; len(list) > 0 && list[0].Exam.ID == exam.ID; list = list[1:] {
					if !list[0].Stands() {
						return reissue.Problems{{Message: sayExamMoved(exam)}}
					}
					form[list[0].Fields[0]] = list[0].Old
				}
				if err := tx.changeExam(exam, form); err != nil {
					return ofExam(exam, err)
				}
			}
			return nil
		})
	})
	return undone, err
}
