package store

import (
	"certreissue/reissue"
)

// Review is an application as the review screen shows it.
type Review struct {
	Application *reissue.Application
	Account     *reissue.Account
	Line        *reissue.Certificate // the register's line beside it, nil where none is like it
	Exam        *reissue.Exam
	Others      []*reissue.Application // of the same person, the newest first
	SamePhoto   []*reissue.Application // other people's with the very same photo, at most mostAlike
	SamePhone   []*reissue.Application // other people's with the same telephone number, likewise
}

// mostAlike bounds what the review shows of other people's applications: one is
// enough to make a clerk look.
const mostAlike = 5

// Review loads all that a decision needs in one look.
func (s *Store) Review(staff *reissue.Staff, number uint64) (r *Review, err error) {
	err = s.view(func(tx *txn) error {
		a, err := applicationFor(tx, staff, number)
		if err != nil {
			return err
		}
		if r, err = beside(tx, a); err != nil {
			return err
		}
		for _, k := range applications.entries(tx.Tx, "person", key(a.Person.Key()), nil, true) {
			other, err := applications.get(tx.Tx, k)
			if tx.leftOut(err) {
				continue
			}
			if err != nil {
				return err
			}
			if other.ID != a.ID {
				r.Others = append(r.Others, other)
			}
		}
		return nil
	})
	return r, err
}

// Marks are what to look at in each application of a list that waits for a
// decision; the others have none any more.
func (s *Store) Marks(list []*reissue.Application) (marks map[uint64][]reissue.Mark, err error) {
	marks = map[uint64][]reissue.Mark{}
	err = s.view(func(tx *txn) error {
		for _, a := range list {
			if a.Status != reissue.Pending {
				continue
			}
			r, err := beside(tx, a)
			if err != nil {
				return err
			}
			marks[a.ID] = r.Marks()
		}
		return nil
	})
	return marks, err
}

// Marks are what to look at before the decision.
func (r *Review) Marks() []reissue.Mark {
	return r.Application.Marks(reissue.Beside{Line: r.Line, Exam: r.Exam, Account: r.Account,
		SamePhoto: len(r.SamePhoto) > 0, SamePhone: len(r.SamePhone) > 0})
}

// beside looks up what stands beside an application, but for its person's
// others.
func beside(tx *txn, a *reissue.Application) (r *Review, err error) {
	r = &Review{Application: a}
	if r.Account, err = accounts.get(tx.Tx, key(a.Owner)); err != nil {
		return nil, err
	}
	if r.Exam, err = examNamed(tx, a.Fields.ExamYear, a.Fields.ExamName); err != nil {
		return nil, err
	}
	if a.Certificate != 0 {
		if r.Line, err = certificates.get(tx.Tx, key(a.Certificate)); ignoreNotFound(err) != nil {
			return nil, err
		}
	} else {
		lines, err := linesOf(tx, a.Person)
		if err != nil {
			return nil, err
		}
		r.Line = reissue.Likeliest(a, lines)
	}
	if len(a.Photo.Digest) > 0 {
		if r.SamePhoto, err = alike(tx, "digest", key(a.Photo.Digest), a.Person); err != nil {
			return nil, err
		}
	}
	if phone := reissue.PhoneKey(a.Fields.Phone); phone != "" {
		r.SamePhone, err = alike(tx, "phone", key(phone), a.Person)
	}
	return r, err
}

// alike are the newest applications of other people under the same key.
func alike(tx *txn, index string, k []byte, person reissue.Person) (list []*reissue.Application, err error) {
	for _, found := range applications.entries(tx.Tx, index, k, nil, true) {
		a, err := applications.get(tx.Tx, found)
		if tx.leftOut(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if a.Person != person {
			list = append(list, a)
		}
		if len(list) == mostAlike {
			break
		}
	}
	return list, nil
}
