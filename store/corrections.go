package store

import (
	"errors"
	"slices"

	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

// corrections keep what staff did to lines of the register, as they were before and
// after, since an import keeps no more than what it changed itself.
var corrections = Table[reissue.Correction]{
	numbered: true,
	name:     "corrections",
	key:      func(c *reissue.Correction) []byte { return key(c.ID) },
	indexes: []Index[reissue.Correction]{
		// What was done to one line.
		{name: "certificate", keys: func(c *reissue.Correction) [][]byte { return [][]byte{key(c.Certificate)} }},
		// Whether somebody's certificate was corrected to be another one, which an older
		// list would bring in again.
		{name: "was", keys: func(c *reissue.Correction) [][]byte {
			if c.Undone != 0 || c.Before.SameSitting(&c.After) && c.Before.Same(&c.After) {
				return nil
			}
			return [][]byte{key(c.Before.Person.Key())}
		}},
	},
}

// ErrLine refuses what cannot be done to a line of the register as it is: to correct
// one that was withdrawn, or to restore one that was not.
var ErrLine = errors.New("the line's state does not allow this")

// PersonsError asks for a second look before a line gets another ID number or name, as
// Next has them: the lines of who had it, and of whose it would be.
type PersonsError struct {
	Next          reissue.Certificate
	Before, After []*reissue.Certificate
}

func (e *PersonsError) Error() string { return "the line would be another person's" }

// SameLineError says that the register has the certificate that a line would become.
// Field is what makes it so.
type SameLineError struct {
	Certificate uint64
	Field       string
}

func (e *SameLineError) Error() string { return "the register has this certificate" }

// certificateSeen stands for a line as pages show it.
func certificateSeen(tx *txn, c *reissue.Certificate) (string, error) {
	return tx.seenNow(objectCertificate, c.ID, c.Person.Key(), *c)
}

// CorrectCertificate makes a line of the register what the form says.
// Problems are of its fields; the other errors are a *StaleError where seen does not
// stand for the line any more, ErrLine for one that was withdrawn, a *SameLineError, a
// *RegisterBusyError, and a *PersonsError unless confirmed. One that changes nothing is
// none.
func (s *Store) CorrectCertificate(staff *reissue.Staff, number uint64, seen string, form reissue.CorrectionForm, confirmed bool) error {
	return s.changeLine(staff, number, seen, form[reissue.FieldReason], reissue.CorrectLine, func(tx *txn, c *reissue.Certificate) error {
		if c.Withdrawn != 0 {
			return ErrLine
		}
		next, err := form.Read(c, tx.today())
		if err != nil {
			return err
		}
		if err := tx.name(&next, c); err != nil {
			return err
		}
		if len(changes(c, &next)) == 0 {
			return nil
		}
		if err := tx.refuseSame(&next, c); err != nil {
			return err
		}
		if !confirmed && (next.Person != c.Person || next.Name != c.Name) {
			return tx.persons(c, &next)
		}
		*c = next
		return nil
	})
}

// WithdrawCertificate takes a line out of the register, where it stays to be seen and
// restored. The errors are those of CorrectCertificate.
func (s *Store) WithdrawCertificate(staff *reissue.Staff, number uint64, seen, reason string) error {
	return s.changeLine(staff, number, seen, reason, reissue.WithdrawLine, func(tx *txn, c *reissue.Certificate) error {
		if c.Withdrawn != 0 {
			return ErrLine
		}
		c.Withdrawn = tx.moment
		return reissue.CheckReason(reason)
	})
}

// RestoreCertificate puts a line back that was withdrawn. The errors are those of
// CorrectCertificate.
func (s *Store) RestoreCertificate(staff *reissue.Staff, number uint64, seen, reason string) error {
	return s.changeLine(staff, number, seen, reason, reissue.RestoreLine, func(tx *txn, c *reissue.Certificate) error {
		if c.Withdrawn == 0 {
			return ErrLine
		}
		before := *c
		c.Withdrawn = 0
		return errors.Join(reissue.CheckReason(reason), tx.refuseSame(c, &before))
	})
}

// changeLine does something to one line by hand, while no import goes on.
func (s *Store) changeLine(staff *reissue.Staff, number uint64, seen, reason string, act reissue.CorrectionAct, change func(*txn, *reissue.Certificate) error) error {
	free, err := s.holdRegister(0)
	if err != nil {
		return err
	}
	defer free()
	return s.update(staff.Actor(), func(tx *txn) error {
		if !tx.by.Is(reissue.RoleAdmin) {
			return reissue.ErrRole
		}
		c, err := certificates.get(tx.Tx, key(number))
		if err != nil {
			return err
		}
		now, err := certificateSeen(tx, c)
		if err != nil {
			return err
		}
		before := *c
		err = change(tx, c)
		if err == nil && *c == before {
			return nil
		}
		if met := tx.meet(seen, now, objectCertificate, number); met != nil {
			return met
		}
		if err != nil {
			return err
		}
		return tx.correct(&before, c, act, reason)
	})
}

// correct writes a line that was changed by hand, with what it was.
func (tx *txn) correct(before, after *reissue.Certificate, act reissue.CorrectionAct, reason string) error {
	if act == reissue.CorrectLine {
		word, err := importsWord(tx, before)
		if err != nil {
			return err
		}
		if after.Corrected = before.Corrected; before.Corrected == 0 {
			after.Corrected = tx.moment
		}
		if len(changes(word, after)) == 0 { // as if nothing had been corrected
			after.Corrected = 0
		}
	}
	return errors.Join(certificates.put(tx.Tx, after), tx.keepCorrection(before, after, act, reason))
}

// keepCorrection keeps what somebody did to a line, which is written.
func (tx *txn) keepCorrection(before, after *reissue.Certificate, act reissue.CorrectionAct, reason string) error {
	correction := &reissue.Correction{Certificate: after.ID, At: tx.moment, By: tx.by.ID, Act: act, Reason: reason, Fields: changes(before, after), Before: *before, After: *after}
	var err error
	if correction.ID, err = corrections.next(tx.Tx); err != nil {
		return err
	}
	return errors.Join(corrections.put(tx.Tx, correction), tx.follow(after),
		tx.audit(Audit{Act: string(act), Object: objectCertificate, ObjectID: after.ID, Fields: correction.Fields}))
}

// follow lets the applications that were made from a line know whose it is now. Those
// that it leaves come first, since they keep nobody out any more.
func (tx *txn) follow(line *reissue.Certificate) error {
	list, err := applications.having(tx.Tx, "certificate", key(line.ID))
	if err != nil {
		return err
	}
	for _, own := range []bool{false, true} {
		for _, a := range list {
			if (a.Person == line.Person) == own && a.Follow(line, tx.moment) {
				err = errors.Join(err, applications.put(tx.Tx, a))
			}
		}
	}
	return err
}

// importsWord is a line as its last import had it, but for 领取状态.
func importsWord(tx *txn, c *reissue.Certificate) (*reissue.Certificate, error) {
	if c.Corrected == 0 {
		return c, nil
	}
	list, err := correctionsOf(tx.Tx, c.ID)
	if err != nil {
		return nil, err
	}
	for _, correction := range list {
		if correction.At >= c.Corrected {
			word := correction.Before
			word.Collected = c.Collected
			return &word, nil
		}
	}
	return c, nil
}

// name gives a corrected line the exam and the city that it names, as an import does:
// the office knows them from then on.
func (tx *txn) name(next, before *reissue.Certificate) error {
	if next.ExamYear != before.ExamYear || next.ExamName != before.ExamName || next.Level != before.Level || next.Specialty != before.Specialty {
		exam := learnedExam{&reissue.Exam{Year: next.ExamYear, Name: next.ExamName}, map[string]int{}}
		exam.learn(next)
		known, _, err := learnExam(tx, exam.Exam)
		if err != nil {
			return err
		}
		next.Exam, next.ExamName = known.ID, known.Name
	}
	if next.City == before.City {
		return nil
	}
	known, err := cityNames(tx)
	if err != nil {
		return err
	}
	if name, ok := reissue.FindCity(known, next.City); ok {
		next.City = name
		return nil
	}
	_, err = learnCity(tx, next.City)
	return err
}

// refuseSame is a *SameLineError where another line of the register is the certificate
// already that one is about to become.
func (tx *txn) refuseSame(next, before *reissue.Certificate) error {
	lines, err := certificates.having(tx.Tx, "person", key(next.Person.Key(), next.ExamYear, next.Exam))
	for _, line := range lines {
		if line.ID == next.ID || line.Withdrawn != 0 || !line.Same(next) {
			continue
		}
		same := &SameLineError{Certificate: line.ID}
		switch {
		case next.Person != before.Person:
			same.Field = reissue.FieldIDNumber
		case next.Exam != before.Exam:
			same.Field = reissue.FieldExamName
		case next.Withdrawn == before.Withdrawn:
			same.Field = reissue.FieldLevel
		}
		return same
	}
	return err
}

// mostNamesakes bounds how many lines of other people a second look shows.
const mostNamesakes = 20

// persons are the lines of the two whom a correction is about.
func (tx *txn) persons(before, after *reissue.Certificate) error {
	found := PersonsError{Next: *after}
	var err error
	if found.Before, err = linesOfAny(tx, before.Person); err != nil {
		return err
	}
	if after.Person != before.Person {
		found.After, err = linesOfAny(tx, after.Person)
	} else {
		for _, k := range certificates.entries(tx.Tx, "name", key(after.Name), nil, false) {
			line, err := certificates.get(tx.Tx, k)
			if err != nil {
				return err
			}
			if found.After = append(found.After, line); len(found.After) == mostNamesakes {
				break
			}
		}
	}
	return errors.Join(err, &found)
}

// correctionsOf are what staff did to a line, in order, but for what was undone.
func correctionsOf(tx *bolt.Tx, certificate uint64) ([]*reissue.Correction, error) {
	list, err := corrections.having(tx, "certificate", key(certificate))
	return slices.DeleteFunc(list, func(c *reissue.Correction) bool { return c.Undone != 0 }), err
}

// dropCorrections forgets what was done to a line that goes.
func dropCorrections(tx *txn, certificate uint64) error {
	list, err := corrections.having(tx.Tx, "certificate", key(certificate))
	for _, c := range list {
		err = errors.Join(err, corrections.delete(tx.Tx, key(c.ID)))
	}
	return err
}

// undoCorrections notes that what was done to a line since the import that is taken back
// changed it is undone.
func undoCorrections(tx *txn, certificate uint64, since reissue.Moment) error {
	list, err := correctionsOf(tx.Tx, certificate)
	for _, c := range list {
		if c.At >= since {
			c.Undone, c.UndoneBy = tx.moment, tx.by.ID
			err = errors.Join(err, corrections.put(tx.Tx, c))
		}
	}
	return err
}

// lineState is what was done by hand to the line that an application stands on.
func lineState(tx *txn, a *reissue.Application, line *reissue.Certificate) (s reissue.LineState, err error) {
	if a.Certificate == 0 || line == nil {
		return s, nil
	}
	list, err := correctionsOf(tx.Tx, line.ID)
	return a.StateOf(line, list), err
}
