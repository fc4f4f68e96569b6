package store

import (
	"cmp"
	"slices"
	"strings"

	"certreissue/reissue"
)

// CertificateRow is one good line of a register's spreadsheet. A million of
// them wait until the last line has been read, so the texts of each lie packed
// in one.
type CertificateRow struct {
	Line      int
	year      int
	collected bool
	packed    string
	person    string       // the part of packed that tells who it is
	exam      *learnedExam // once learn has found it
}

// packedEnd ends each text of a packed row. reissue.Clean leaves it in none.
const packedEnd = "\x00"

// packedTexts are the texts of a line in the order in which they are packed:
// who it is first, by number, for the order of the rows.
func packedTexts(c *reissue.Certificate) [11]*string {
	return [...]*string{(*string)(&c.Person.Number), (*string)(&c.Person.Paper), &c.ExamName, &c.Name, &c.Level, &c.Specialty, &c.Sex, &c.BirthMonth,
		&c.Number, &c.ApprovalDate, &c.City}
}

// NewCertificateRow packs a line that reissue.ParseCertificate has read.
func NewCertificateRow(line int, c *reissue.Certificate) CertificateRow {
	row := CertificateRow{Line: line, year: c.ExamYear, collected: c.Collected}
	packed := make([]byte, 0, 256)
	for _, text := range packedTexts(c) {
		packed = append(append(packed, *text...), packedEnd...)
	}
	row.packed = string(packed)
	row.person = row.packed[:len(c.Person.Number)+len(c.Person.Paper)+2*len(packedEnd)]
	return row
}

// unpack is the line that was packed.
func (r *CertificateRow) unpack(c *reissue.Certificate) {
	c.ExamYear, c.Collected = r.year, r.collected
	rest := r.packed
	for _, text := range packedTexts(c) {
		*text, rest, _ = strings.Cut(rest, packedEnd)
	}
}

// sameSitting tells whether two rows are of one person and exam.
func (r *CertificateRow) sameSitting(other *CertificateRow) bool {
	return r.exam == other.exam && r.person == other.person
}

// sortRows puts rows into the order in which the lines of a sitting lie
// together and the index by person grows at its end.
func sortRows(rows []CertificateRow) {
	slices.SortFunc(rows, func(a, b CertificateRow) int {
		if order := strings.Compare(a.person, b.person); order != 0 {
			return order
		}
		return cmp.Or(a.exam.Year-b.exam.Year, cmp.Compare(a.exam.ID, b.exam.ID), a.Line-b.Line)
	})
}
