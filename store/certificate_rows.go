package store

import (
	"encoding/binary"
	"iter"
	"slices"
	"strings"

	"certreissue/reissue"
	"certreissue/spool"
)

// CertificateRows are the good lines of a register's spreadsheet, of which there may be a
// million. Until the last has been read they wait in the order in which those of a sitting
// lie together and the index by person grows at its end; what they have in common is
// learnt on the way.
type CertificateRows struct {
	sorter *spool.Sorter
	packed []byte
	exams  []*learnedExam
	// written and meant find an exam by its name as a line writes it, and by what is
	// the same in all ways to write it.
	written, meant map[examTitle]int
	towns          []string // as they are written, in the order of the lines
	seen           map[string]bool
	numbers        *fileNumbers
}

type examTitle struct {
	year int
	name string
}

// learnedExam is an exam with how many lines have each 批准日期.
type learnedExam struct {
	*reissue.Exam
	days map[string]int
}

// CertificateRows waits for the lines of a register. Whoever takes it closes it.
func (s *Store) CertificateRows() (*CertificateRows, error) {
	sorter, err := s.Spool().Sorter()
	if err != nil {
		return nil, err
	}
	return &CertificateRows{sorter: sorter, written: map[examTitle]int{}, meant: map[examTitle]int{}, seen: map[string]bool{}, numbers: newFileNumbers()}, nil
}

// Close forgets the lines.
func (r *CertificateRows) Close() error { return r.sorter.Close() }

// Add puts one more line to the others, that reissue.ParseCertificate has read. line is
// where the spreadsheet shows it.
func (r *CertificateRows) Add(line int, c *reissue.Certificate) error {
	exam := r.exam(c)
	r.exams[exam].learn(c)
	r.numbers.note(c)
	if !r.seen[c.City] {
		r.seen[c.City], r.towns = true, append(r.towns, c.City)
	}
	collected := byte(0)
	if c.Collected {
		collected = 1
	}
	// Who it is comes first, then the exam: that is the order.
	r.packed = pack(r.packed[:0], (*string)(&c.Person.Number), (*string)(&c.Person.Paper))
	r.packed = binary.BigEndian.AppendUint16(r.packed, uint16(c.ExamYear))
	r.packed = binary.BigEndian.AppendUint32(r.packed, uint32(exam))
	r.packed = binary.BigEndian.AppendUint32(r.packed, uint32(line))
	r.packed = pack(append(r.packed, collected), texts(c)...)
	return r.sorter.Add(string(r.packed))
}

// exam is the place of a line's exam. Where the file has several ways to write one, the
// first one stands.
func (r *CertificateRows) exam(c *reissue.Certificate) int {
	title := examTitle{c.ExamYear, c.ExamName}
	if n, ok := r.written[title]; ok {
		return n
	}
	same := examTitle{c.ExamYear, reissue.Key(c.ExamName)}
	n, ok := r.meant[same]
	if !ok {
		n = len(r.exams)
		r.meant[same], r.exams = n, append(r.exams, &learnedExam{&reissue.Exam{Year: c.ExamYear, Name: c.ExamName}, map[string]int{}})
	}
	r.written[title] = n
	return n
}

func (e *learnedExam) learn(c *reissue.Certificate) {
	e.Levels = learnWord(e.Levels, c.Level, reissue.MaxLevels)
	e.Specialties = learnWord(e.Specialties, c.Specialty, reissue.MaxSpecialties)
	if c.ApprovalDate != "" {
		e.days[c.ApprovalDate]++
	}
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

// certificateRow is a line with where the spreadsheet shows it. Its exam is that of its
// sitting.
type certificateRow struct {
	line int
	*reissue.Certificate
}

// sittings are the lines of one person and exam at a time.
func (r *CertificateRows) sittings() iter.Seq2[sitting, error] {
	return func(yield func(sitting, error) bool) {
		var present sitting
		for packed, err := range r.sorter.Sorted() {
			if err != nil {
				yield(sitting{}, err)
				return
			}
			who, exam, row := r.unpack(packed)
			if len(present.rows) > 0 && (who != present.who || exam != present.exam) {
				if !yield(present, nil) {
					return
				}
				present.rows = present.rows[:0]
			}
			present.who, present.exam, present.rows = who, exam, append(present.rows, row)
		}
		if len(present.rows) > 0 {
			yield(present, nil)
		}
	}
}

// sitting is what one person has of one exam.
type sitting struct {
	who  string
	exam *learnedExam
	rows []certificateRow // used again for the next one
}

// packedEnd ends each text of a packed row. reissue.Clean leaves it in none.
const packedEnd = "\x00"

// texts are those of a line that are not of its order.
func texts(c *reissue.Certificate) []*string {
	return []*string{&c.Name, &c.Number, &c.BirthMonth, &c.Sex, &c.Level, &c.Specialty, &c.ApprovalDate, &c.City}
}

func pack(packed []byte, texts ...*string) []byte {
	for _, text := range texts {
		packed = append(append(packed, *text...), packedEnd...)
	}
	return packed
}

func unpack(packed string, texts ...*string) (rest string) {
	for _, text := range texts {
		*text, packed, _ = strings.Cut(packed, packedEnd)
	}
	return packed
}

// unpack is a line that was packed, who it is, and its exam.
func (r *CertificateRows) unpack(packed string) (who string, exam *learnedExam, row certificateRow) {
	c := new(reissue.Certificate)
	rest := unpack(packed, (*string)(&c.Person.Number), (*string)(&c.Person.Paper))
	who = packed[:len(packed)-len(rest)]
	order := []byte(rest[:11])
	exam = r.exams[binary.BigEndian.Uint32(order[2:])]
	c.ExamYear, c.Collected = exam.Year, order[10] != 0
	unpack(rest[11:], texts(c)...)
	return who, exam, certificateRow{int(binary.BigEndian.Uint32(order[6:])), c}
}
