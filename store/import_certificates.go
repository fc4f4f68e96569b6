package store

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"certreissue/reissue"
)

// CertificateRow is one good line of a register's spreadsheet.
type CertificateRow struct {
	Line        int
	Certificate reissue.Certificate
}

// ImportCertificates takes in the good lines of a register: exams and cities
// first, then the lines, sorted by their place in the file, in many
// transactions. It changes and reorders rows. While another import or a taking
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
	if err := i.learn(rows); err != nil {
		return Counts{}, err
	}
	slices.SortStableFunc(rows, func(a, b CertificateRow) int {
		x, y := &a.Certificate, &b.Certificate
		return cmp.Or(strings.Compare(x.Person.Number.Full(), y.Person.Number.Full()), strings.Compare(string(x.Person.Paper), string(y.Person.Paper)),
			x.ExamYear-y.ExamYear, cmp.Compare(x.Exam, y.Exam), a.Line-b.Line)
	})
	nothing := func(int) int { return len(rows) }
	return i.run(ctx, nothing, func(tx *txn, from int) (int, error) {
		first := &rows[from].Certificate
		to := from + 1
		for to < len(rows) && rows[to].Certificate.Exam == first.Exam && rows[to].Certificate.Person == first.Person {
			to++
		}
		return to, i.takeSitting(tx, rows[from:to])
	})
}

// learn makes the exams and cities that the rows name, and writes each row's
// exam and city the office's way. Where the file has several ways, the first
// one stands.
func (i *importer) learn(rows []CertificateRow) error {
	type title struct {
		year int
		name string
	}
	type learning struct {
		*reissue.Exam
		days map[string]int // how many lines have each 批准日期
	}
	written, meant := map[title]*learning{}, map[title]*learning{}
	var found []*learning
	towns := map[string]string{}
	var order []string
	for n := range rows {
		c := &rows[n].Certificate
		t := title{c.ExamYear, c.ExamName}
		exam := written[t]
		if exam == nil {
			same := title{c.ExamYear, reissue.Key(c.ExamName)}
			if exam = meant[same]; exam == nil {
				exam = &learning{&reissue.Exam{Year: c.ExamYear, Name: c.ExamName}, map[string]int{}}
				meant[same], found = exam, append(found, exam)
			}
			written[t] = exam
		}
		if reissue.Key(c.Level) != "" {
			exam.Levels = union(exam.Levels, []string{c.Level}, reissue.MaxLevels)
		}
		if reissue.Key(c.Specialty) != "" {
			exam.Specialties = union(exam.Specialties, []string{c.Specialty}, reissue.MaxSpecialties)
		}
		if c.ApprovalDate != "" {
			exam.days[c.ApprovalDate]++
		}
		if _, seen := towns[c.City]; !seen {
			towns[c.City], order = c.City, append(order, c.City)
		}
	}
	err := i.act(func(tx *txn) (err error) {
		for _, exam := range found {
			exam.LastDay = mostFrequent(exam.days)
			if exam.Exam, err = learnExam(tx, exam.Exam); err != nil {
				return err
			}
		}
		for _, town := range order {
			if err := learnCity(tx, town); err != nil {
				return err
			}
		}
		known, err := cityNames(tx)
		for town := range towns {
			if name, ok := reissue.FindCity(known, town); ok {
				towns[town] = name
			}
		}
		return err
	})
	if err != nil {
		return err
	}
	for n := range rows {
		c := &rows[n].Certificate
		exam := written[title{c.ExamYear, c.ExamName}]
		c.Exam, c.ExamName, c.City = exam.ID, exam.Name, towns[c.City]
	}
	return nil
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

// takeSitting takes the rows of one person and exam. Only level and specialty
// tell certificates of one sitting apart.
func (i *importer) takeSitting(tx *txn, rows []CertificateRow) error {
	first := &rows[0].Certificate
	known, err := certificates.having(tx.Tx, "person", key(first.Person.Key(), first.ExamYear, first.Exam))
	if err != nil {
		return err
	}
	takenFrom := map[uint64]int{} // certificate → the line of this file that it came from
	for n := range rows {
		row := &rows[n]
		line, rivals := find(known, &row.Certificate)
		switch {
		case line == nil && len(rivals) > 0:
			i.refuse(row.Line, reissue.ColumnLevel, saySeveralFit(rivals))
			continue
		case line == nil:
			line = &row.Certificate
			if line.ID, err = certificates.next(tx.Tx); err != nil {
				return err
			}
			line.Import = i.record.ID
			known = append(known, line)
			takenFrom[line.ID] = row.Line
			i.record.Counts.Added++
			if err := certificates.put(tx.Tx, line); err != nil {
				return err
			}
			continue
		}
		before := *line
		next := *line
		next.Merge(&row.Certificate)
		earlier, seen := takenFrom[line.ID]
		switch {
		case next == before:
			i.record.Counts.Unchanged++
		case seen:
			i.refuse(row.Line, reissue.ColumnIDNumber, sayTwiceInFile(earlier))
			continue
		default:
			next.Import, next.Marked = i.record.ID, 0
			if i.Changed != nil {
				i.Changed(row.Line, changes(&before, &next))
			}
			*line = next
			i.record.Counts.Changed++
			if err := certificateVersions.put(tx.Tx, &certificateVersion{Import: i.record.ID, Before: before}); err != nil {
				return err
			}
			if err := certificates.put(tx.Tx, line); err != nil {
				return err
			}
		}
		if !seen {
			takenFrom[line.ID] = row.Line
		}
	}
	return nil
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
