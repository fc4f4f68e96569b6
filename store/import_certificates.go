package store

import (
	"context"
	"errors"
	"slices"

	"certreissue/reissue"
)

// ImportCertificates takes in the good lines of a register: exams and cities
// first, then the lines, sorted by their place in the file, in many
// transactions. It reorders and clears rows. While another import or a taking
// back is under way it is a *RegisterBusyError.
func (s *Store) ImportCertificates(ctx context.Context, rows []CertificateRow, load Load) (Counts, error) {
	if !load.Dry {
		free, err := s.holdRegister(0)
		if err != nil {
			return Counts{}, err
		}
		defer free()
	}
	i, err := s.beginImport(importedCertificates, len(rows), load)
	if err != nil {
		return Counts{}, err
	}
	towns, err := i.learn(rows)
	if err != nil {
		return Counts{}, err
	}
	sortRows(rows)
	nothing := func(int) int { return len(rows) }
	return i.run(ctx, nothing, func(tx *txn, from, to int) (int, error) {
		var fresh []*reissue.Certificate
		for from < to {
			next := from + 1
			for next < len(rows) && rows[next].sameSitting(&rows[from]) {
				next++
			}
			added, err := i.takeSitting(tx, rows[from:next], towns)
			if err != nil {
				return from, err
			}
			clear(rows[from:next]) // what has been taken needs no room any more
			fresh, from = append(fresh, added...), next
		}
		return from, certificates.load(tx.Tx, fresh)
	})
}

// learnedExam is an exam with how many lines have each 批准日期.
type learnedExam struct {
	*reissue.Exam
	days map[string]int
}

// learn makes the exams and cities that the rows name, gives each row its exam,
// and answers how the office writes each city. Where the file has several ways
// to write one, the first one stands.
func (i *importer) learn(rows []CertificateRow) (towns map[string]string, err error) {
	type title struct {
		year int
		name string
	}
	written, meant := map[title]*learnedExam{}, map[title]*learnedExam{}
	var found []*learnedExam
	towns = map[string]string{}
	var order []string
	var c reissue.Certificate
	for n := range rows {
		rows[n].unpack(&c)
		t := title{c.ExamYear, c.ExamName}
		exam := written[t]
		if exam == nil {
			same := title{c.ExamYear, reissue.Key(c.ExamName)}
			if exam = meant[same]; exam == nil {
				exam = &learnedExam{&reissue.Exam{Year: c.ExamYear, Name: c.ExamName}, map[string]int{}}
				meant[same], found = exam, append(found, exam)
			}
			written[t] = exam
		}
		rows[n].exam = exam
		exam.Levels = learnWord(exam.Levels, c.Level, reissue.MaxLevels)
		exam.Specialties = learnWord(exam.Specialties, c.Specialty, reissue.MaxSpecialties)
		if c.ApprovalDate != "" {
			exam.days[c.ApprovalDate]++
		}
		if _, seen := towns[c.City]; !seen {
			towns[c.City], order = c.City, append(order, c.City)
		}
	}
	return towns, i.act(func(tx *txn) error { return i.enter(tx, found, order, towns) })
}

// enter makes known what the file names, notes what of it is new, and gives
// each town the way in which the office writes it.
func (i *importer) enter(tx *txn, found []*learnedExam, order []string, towns map[string]string) error {
	var titles, names []string
	for _, exam := range found {
		exam.LastDay = mostFrequent(exam.days)
		entered, fresh, err := learnExam(tx, exam.Exam)
		if err != nil {
			return err
		}
		if exam.Exam = entered; fresh {
			i.record.Exams, titles = append(i.record.Exams, entered.ID), append(titles, entered.Title())
		}
	}
	for _, town := range order {
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
	for town := range towns {
		if name, ok := reissue.FindCity(known, town); ok {
			towns[town] = name
		}
	}
	return errors.Join(err, imports.put(tx.Tx, i.record))
}

// learnWord adds a level or specialty to those of an exam.
func learnWord(known []string, word string, limit int) []string {
	if slices.Contains(known, word) || reissue.Key(word) == "" {
		return known
	}
	return union(known, []string{word}, limit)
}

// mostFrequent is the date that most lines have, the earlier one of two.
func mostFrequent(days map[string]int) (day string) {
	for d, n := range days {
		if n > days[day] || n == days[day] && d < day {
			day = d
		}
	}
	return day
}

// takeSitting takes the rows of one person and exam, and answers the lines that
// are to be added. Only level and specialty tell certificates of one sitting
// apart.
func (i *importer) takeSitting(tx *txn, rows []CertificateRow, towns map[string]string) (fresh []*reissue.Certificate, err error) {
	exam := rows[0].exam
	known, err := certificates.having(tx.Tx, "person", append([]byte(rows[0].person()), key(exam.Year, exam.ID)...))
	if err != nil {
		return nil, err
	}
	takenFrom := map[uint64]int{} // certificate → the line of this file that it came from
	for n := range rows {
		row, c := &rows[n], new(reissue.Certificate)
		row.unpack(c)
		for _, doubt := range c.Contradictions() {
			i.doubt(row.Line(), doubt.Field, doubt.Message)
		}
		c.Exam, c.ExamName, c.City = exam.ID, exam.Name, towns[c.City]
		line, rivals := find(known, c)
		switch {
		case line == nil && len(rivals) > 0:
			i.refuse(row.Line(), reissue.ColumnLevel, saySeveralFit(rivals))
			continue
		case line == nil:
			if c.ID, err = certificates.draw(tx.Tx); err != nil {
				return nil, err
			}
			c.Import = i.record.ID
			known, fresh = append(known, c), append(fresh, c)
			takenFrom[c.ID] = row.Line()
			i.record.Counts.Added++
			continue
		}
		before := *line
		next := *line
		next.Merge(c)
		earlier, seen := takenFrom[line.ID]
		switch {
		case next == before:
			if seen {
				i.doubt(row.Line(), reissue.ColumnIDNumber, saySameInFile(earlier))
			}
			i.record.Counts.Unchanged++
		case seen:
			i.refuse(row.Line(), reissue.ColumnIDNumber, sayTwiceInFile(earlier))
			continue
		default:
			next.Import, next.Marked = i.record.ID, 0
			if i.Changed != nil {
				i.Changed(row.Line(), changes(&before, &next))
			}
			*line = next
			i.record.Counts.Changed++
			if err := certificateVersions.put(tx.Tx, &certificateVersion{Import: i.record.ID, Before: before}); err != nil {
				return nil, err
			}
			if err := certificates.put(tx.Tx, line); err != nil {
				return nil, err
			}
		}
		if !seen {
			takenFrom[line.ID] = row.Line()
		}
	}
	return fresh, nil
}

// changes names the fields in which two states of a line differ.
func changes(before, after *reissue.Certificate) []string {
	was := before.Fields()
	fields := was.Diff(after.Fields())
	if before.Collected != after.Collected {
		fields = append(fields, FieldCollected)
	}
	return fields
}

// FieldCollected names 领取状态, which no application has, beside reissue's
// fields.
const FieldCollected = "collected"

// find picks the line that a row is about: the same one, else the only one that
// it fits. Where several fit they are the rivals.
func find(known []*reissue.Certificate, row *reissue.Certificate) (line *reissue.Certificate, rivals []*reissue.Certificate) {
	for _, c := range known {
		if c.Same(row) {
			return c, nil
		}
	}
	for _, c := range known {
		if c.Fits(row) {
			rivals = append(rivals, c)
		}
	}
	if len(rivals) == 1 {
		return rivals[0], nil
	}
	return nil, rivals
}
