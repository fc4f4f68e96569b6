package store

import (
	"certreissue/reissue"
)

// Review is an application as the review screen shows it.
type Review struct {
	Application   *reissue.Application
	Account       *reissue.Account
	Line          *reissue.Certificate // the register's line beside it, nil where none is like it
	LineElsewhere Elsewhere            // who handles that line, where the staff member does not
	Exam          *reissue.Exam
	Others        Visible // of the same person, the newest first
	SamePhoto     Visible // other people's with the very same photo, at most mostAlike
	SamePhone     Visible // other people's with the same telephone number, likewise
	State         reissue.LineState
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
		if r, err = beside(tx, staff, a); err != nil {
			return err
		}
		r.Others, err = personVisible(tx, staff, a.Person, func(other *reissue.Application) bool { return other.ID != a.ID })
		return err
	})
	return r, err
}

// Marks are what to look at in each application of a list that waits for a
// decision; in the others nothing but what became of their line of the register.
func (s *Store) Marks(staff *reissue.Staff, list []*reissue.Application) (marks map[uint64][]reissue.Mark, err error) {
	marks = map[uint64][]reissue.Mark{}
	err = s.view(func(tx *txn) error {
		for _, a := range list {
			if a.Status != reissue.Pending {
				state, err := standsOn(tx, a)
				if err != nil {
					return err
				}
				if list := state.Marks(); len(list) > 0 {
					marks[a.ID] = list
				}
				continue
			}
			r, err := beside(tx, staff, a)
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
	return r.Application.Marks(reissue.Beside{Line: r.Line, LineElsewhere: len(r.LineElsewhere) > 0, Exam: r.Exam, Account: r.Account,
		SamePhoto: r.SamePhoto.Any(), SamePhone: r.SamePhone.Any(), State: r.State})
}

// standsOn is what was done by hand to the line that an application stands on.
func standsOn(tx *txn, a *reissue.Application) (s reissue.LineState, err error) {
	if a.Certificate == 0 {
		return s, nil
	}
	line, err := certificates.get(tx.Tx, key(a.Certificate))
	if err != nil {
		return s, ignoreNotFound(err)
	}
	return lineState(tx, a, line)
}

// beside looks up what stands beside an application, but for its person's
// others.
func beside(tx *txn, staff *reissue.Staff, a *reissue.Application) (r *Review, err error) {
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
	if r.State, err = lineState(tx, a, r.Line); err != nil {
		return nil, err
	}
	if r.Line != nil && !staff.Covers(r.Line.City) {
		if r.LineElsewhere = addCity(nil, r.Line.City); len(r.LineElsewhere) > 0 {
			r.Line = nil
		}
	}
	if len(a.Photo.Digest) > 0 {
		if r.SamePhoto, err = alike(tx, staff, "digest", key(a.Photo.Digest), a.Person); err != nil {
			return nil, err
		}
	}
	if phone := reissue.PhoneKey(a.Fields.Phone); phone != "" {
		r.SamePhone, err = alike(tx, staff, "phone", key(phone), a.Person)
	}
	return r, err
}

// mostCompared bounds the search for what the staff member may see among many that
// are alike.
const mostCompared = 100

// alike are the newest applications of other people under the same key. Those of
// other cities are told by their cities alone: a swindler does not keep to one.
func alike(tx *txn, staff *reissue.Staff, index string, k []byte, person reissue.Person) (visible Visible, err error) {
	compared := 0
	for _, found := range applications.entries(tx.Tx, index, k, nil, true) {
		a, err := applications.get(tx.Tx, found)
		if tx.leftOut(err) {
			continue
		}
		if err != nil {
			return visible, err
		}
		if a.Person != person {
			visible.add(staff, a)
		}
		if compared++; len(visible.List) == mostAlike || compared == mostCompared {
			break
		}
	}
	return visible, nil
}
