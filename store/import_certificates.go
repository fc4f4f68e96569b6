package store

import (
	"cmp"
	"context"
	"errors"
	"io"
	"iter"

	"certreissue/reissue"
)

// ImportCertificates takes in the good lines of a register: exams and cities
// first, then the lines, sitting by sitting, in many transactions. While another import
// or a taking back is under way it is a *RegisterBusyError.
func (s *Store) ImportCertificates(ctx context.Context, rows *CertificateRows, load Load) (Counts, error) {
	if !load.Dry {
		free, err := s.holdRegister(0)
		if err != nil {
			return Counts{}, err
		}
		defer free()
		if err := s.enterRemaining(ctx, load.By, load.Alone); err != nil {
			return Counts{}, err
		}
	}
	i, err := s.beginImport(importedCertificates, rows.sorter.Len, load)
	if err != nil {
		return Counts{}, err
	}
	i.numbers = rows.numbers
	i.numbers.settle()
	towns := make(map[string]string, len(rows.towns))
	if err := i.act(func(tx *txn) error {
		i.first, i.byHand = certificates.none(tx.Tx), !corrections.none(tx.Tx)
		if i.rows >= deferredFrom {
			i.record.Deferred = certificates.upcoming(tx.Tx)
		}
		return i.enter(tx, rows, towns)
	}); err != nil {
		return Counts{}, err
	}
	in := certificates.every
	if i.record.Deferred != 0 {
		in = certificates.inTime
	}
	next, stop := iter.Pull2(rows.sittings())
	defer stop()
	counts, err := i.run(ctx, unprepared, func(tx *txn, from, to int) (int, error) {
		var fresh []*reissue.Certificate
		for from < to {
			one, err, more := next()
			if err != nil || !more {
				return from, cmp.Or(err, io.ErrUnexpectedEOF)
			}
			added, err := i.takeSitting(tx, one, towns)
			if err != nil {
				return from, err
			}
			fresh, from = append(fresh, added...), from+len(one.rows)
		}
		return from, certificates.load(tx.Tx, fresh, in)
	})
	if err == nil && i.record.Deferred != 0 && !i.Dry {
		err = i.enterDeferred(ctx)
	}
	return counts, err
}

// enter makes known what the file names, notes what of it is new, and tells of each town
// how the office writes it. Where the file has several ways the first one stands.
func (i *importer) enter(tx *txn, rows *CertificateRows, towns map[string]string) error {
	var titles, names []string
	for _, exam := range rows.exams {
		exam.LastDay = mostFrequent(exam.days)
		entered, fresh, err := learnExam(tx, exam.Exam)
		if err != nil {
			return err
		}
		if exam.Exam = entered; fresh {
			i.record.Exams, titles = append(i.record.Exams, entered.ID), append(titles, entered.Title())
		}
	}
	for _, town := range rows.towns {
		city, err := learnCity(tx, town)
		if err != nil {
			return err
		}
		if city != nil {
			i.record.Cities, names = append(i.record.Cities, *city), append(names, city.Name)
		}
	}
	if i.Learned != nil && len(titles)+len(names) > 0 {
		i.Learned(titles, names)
	}
	known, err := cityNames(tx)
	for _, town := range rows.towns {
		towns[town] = town
		if name, ok := reissue.FindCity(known, town); ok {
			towns[town] = name
		}
	}
	return errors.Join(err, imports.put(tx.Tx, i.record))
}

// takeSitting takes the rows of one person and exam, and answers the lines that
// are to be added. Only level and specialty tell certificates of one sitting
// apart.
func (i *importer) takeSitting(tx *txn, s sitting, towns map[string]string) (fresh []*reissue.Certificate, err error) {
	exam := s.exam
	var known []*reissue.Certificate
	if !i.first { // else there is nothing to be found, however often one looks
		if known, err = certificates.having(tx.Tx, "person", append([]byte(s.who), key(exam.Year, exam.ID)...)); err != nil {
			return nil, err
		}
	}
	takenFrom := map[uint64]int{} // certificate → the line of this file that it came from
	for _, row := range s.rows {
		c := row.Certificate
		c.Exam, c.ExamName, c.City = exam.ID, exam.Name, towns[c.City]
		line, rivals := find(known, c)
		if line == nil && len(rivals) > 0 {
			i.refuse(row.line, reissue.ColumnLevel, saySeveralFit(rivals))
			continue
		}
		var before, next reissue.Certificate
		earlier, seen := 0, false
		if line != nil {
			before, next = *line, *line
			next.Merge(c)
			if earlier, seen = takenFrom[line.ID]; seen && next != before {
				i.refuse(row.line, reissue.ColumnIDNumber, sayTwiceInFile(earlier))
				continue
			}
		}
		if line != nil && line.Withdrawn != 0 {
			i.doubt(row.line, reissue.ColumnIDNumber, sayWithdrawnLine(line))
			i.record.Counts.Unchanged++
			continue
		}
		// From here on the line is taken: only now is it worth a look.
		for _, doubt := range c.Doubts() {
			i.doubt(row.line, doubt.Field, doubt.Message)
		}
		wrong, err := i.doubtNumber(tx, row.line, c, known, line == nil)
		if err != nil {
			return nil, err
		}
		corrects := wrong != nil || line != nil && i.corrects(row.line) && correctableName(c, &before, &next)
		if !corrects && i.corrects(row.line) {
			i.refuse(row.line, reissue.ColumnIDNumber, sayNotCorrectable)
			continue
		}
		switch {
		case wrong != nil:
			next = *wrong
			next.Merge(c)
			next.MoveTo(c.Person)
			if err := i.rewrite(tx, row.line, wrong, &next, true); err != nil {
				return nil, err
			}
			known, line = append(known, &next), &next
		case line == nil:
			if err := i.doubtFresh(tx, row.line, c); err != nil {
				return nil, err
			}
			if c.ID, err = certificates.draw(tx.Tx); err != nil {
				return nil, err
			}
			c.Import = i.record.ID
			known, fresh = append(known, c), append(fresh, c)
			takenFrom[c.ID] = row.line
			i.record.Counts.Added++
			continue
		case next == before:
			if seen {
				i.doubt(row.line, reissue.ColumnIDNumber, saySameInFile(earlier))
			}
			i.record.Counts.Unchanged++
		default:
			if !corrects {
				if err := i.doubtChange(tx, row.line, c, &before, &next); err != nil {
					return nil, err
				}
			}
			if err := i.rewrite(tx, row.line, &before, &next, corrects); err != nil {
				return nil, err
			}
			*line = next
		}
		if !seen {
			takenFrom[line.ID] = row.line
		}
	}
	return fresh, nil
}

// rewrite puts what a line of the file makes of a stored one, and keeps what that was: as
// a correction, too, where it shall be one.
func (i *importer) rewrite(tx *txn, line int, before, next *reissue.Certificate, corrects bool) error {
	next.Import, next.Marked, next.Corrected = i.record.ID, 0, 0
	if i.Changed != nil {
		i.Changed(line, changes(before, next))
	}
	i.numbers.changed(before)
	i.record.Counts.Changed++
	err := errors.Join(certificateVersions.put(tx.Tx, &certificateVersion{Import: i.record.ID, Before: *before}), certificates.put(tx.Tx, next))
	if err != nil || !corrects {
		return err
	}
	return tx.keepCorrection(before, next, reissue.CorrectLine, sayImportCorrects(i.File))
}

// changes names the fields in which two states of a line differ.
func changes(before, after *reissue.Certificate) []string {
	was := before.Fields()
	fields := was.Diff(after.Fields())
	if before.Person != after.Person {
		fields = append(fields, reissue.FieldIDNumber)
	}
	if before.Collected != after.Collected {
		fields = append(fields, FieldCollected)
	}
	return fields
}

// FieldCollected names 领取状态, which no application has, beside reissue's
// fields.
const FieldCollected = "collected"

// find picks the line that a row is about: the same one, else the only one that
// it fits. Where several fit they are the rivals. One that was withdrawn is picked where
// no other is meant.
func find(known []*reissue.Certificate, row *reissue.Certificate) (line *reissue.Certificate, rivals []*reissue.Certificate) {
	for _, withdrawn := range []bool{false, true} {
		for _, c := range known {
			if (c.Withdrawn != 0) == withdrawn && c.Same(row) {
				return c, nil
			}
		}
		for _, c := range known {
			if (c.Withdrawn != 0) == withdrawn && c.Fits(row) {
				rivals = append(rivals, c)
			}
		}
		switch len(rivals) {
		case 0:
		case 1:
			return rivals[0], nil
		default:
			return nil, rivals
		}
	}
	return nil, nil
}
