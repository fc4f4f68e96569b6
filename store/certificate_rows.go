package store

import (
	"cmp"
	"slices"
	"strings"
	"unique"

	"certreissue/reissue"
)

// CertificateRow is one good line of a register's spreadsheet. A million of
// them wait until the last line has been read, so the texts of each lie packed
// in one, and those that many lines have in one for all of these.
type CertificateRow struct {
	packed    string
	shared    unique.Handle[string]
	exam      *learnedExam // once learn has found it
	line      int32
	year      int16
	personEnd uint16 // of the part of packed that tells who it is
	collected bool
}

// Line is where the spreadsheet shows the row.
func (r *CertificateRow) Line() int { return int(r.line) }

func (r *CertificateRow) person() string { return r.packed[:r.personEnd] }

// packedEnd ends each text of a packed row. reissue.Clean leaves it in none.
const packedEnd = "\x00"

// ownTexts are the texts of a line that few others have, in the order in which they
// are packed: who it is first, by number, for the order of the rows.
func ownTexts(c *reissue.Certificate) [6]*string {
	return [...]*string{(*string)(&c.Person.Number), (*string)(&c.Person.Paper), &c.Name, &c.Number, &c.BirthMonth, &c.Sex}
}

// sharedTexts are those that many lines have.
func sharedTexts(c *reissue.Certificate) [5]*string {
	return [...]*string{&c.ExamName, &c.Level, &c.Specialty, &c.ApprovalDate, &c.City}
}

// NewCertificateRow packs a line that reissue.ParseCertificate has read.
func NewCertificateRow(line int, c *reissue.Certificate) CertificateRow {
	own, shared := ownTexts(c), sharedTexts(c)
	return CertificateRow{line: int32(line), year: int16(c.ExamYear), collected: c.Collected, packed: pack(own[:]), shared: unique.Make(pack(shared[:])),
		personEnd: uint16(len(c.Person.Number) + len(c.Person.Paper) + 2*len(packedEnd))}
}

func pack(texts []*string) string {
	packed := make([]byte, 0, 256)
	for _, text := range texts {
		packed = append(append(packed, *text...), packedEnd...)
	}
	return string(packed)
}

// unpack is the line that was packed.
func (r *CertificateRow) unpack(c *reissue.Certificate) {
	c.ExamYear, c.Collected = int(r.year), r.collected
	own, shared := ownTexts(c), sharedTexts(c)
	unpack(r.packed, own[:])
	unpack(r.shared.Value(), shared[:])
}

func unpack(packed string, texts []*string) {
	for _, text := range texts {
		*text, packed, _ = strings.Cut(packed, packedEnd)
	}
}

// sameSitting tells whether two rows are of one person and exam.
func (r *CertificateRow) sameSitting(other *CertificateRow) bool {
	return r.exam == other.exam && r.person() == other.person()
}

// sortRows puts rows into the order in which the lines of a sitting lie
// together and the index by person grows at its end.
func sortRows(rows []CertificateRow) {
	slices.SortFunc(rows, func(a, b CertificateRow) int {
		if order := strings.Compare(a.person(), b.person()); order != 0 {
			return order
		}
		return cmp.Or(a.exam.Year-b.exam.Year, cmp.Compare(a.exam.ID, b.exam.ID), a.Line()-b.Line())
	})
}
