package store

import (
	"hash/maphash"
	"slices"

	"certreissue/reissue"
)

// fileNumbers tell which 证书管理号 of a file stand under several people. They take
// eight bytes a line, and more only for numbers that do.
type fileNumbers struct {
	seed maphash.Seed
	// noted has for each line a hash of its number, and in the bits of ofPerson one
	// of its person; sorted once all are noted.
	noted  []uint64
	shared bool // some number is noted under several people
	// first is the line that comes first of those with a shared number.
	first map[string]numberedLine
	// was are stored lines as they were before the import changed them, by number,
	// where the file has that under somebody else too: of two people, which are
	// enough to know another one than oneself.
	was map[string][]reissue.Certificate
}

type numberedLine struct {
	line   int
	person reissue.Person
}

// ofPerson are the bits of a note that tell people apart.
const ofPerson = 1<<24 - 1

func newFileNumbers() *fileNumbers {
	return &fileNumbers{seed: maphash.MakeSeed(), first: map[string]numberedLine{}, was: map[string][]reissue.Certificate{}}
}

// note takes up one line of the file.
func (n *fileNumbers) note(c *reissue.Certificate) {
	if hasNumber(c) {
		n.noted = append(n.noted, n.noteOf(c))
	}
}

func (n *fileNumbers) noteOf(c *reissue.Certificate) uint64 {
	return maphash.String(n.seed, c.Number)&^ofPerson | maphash.Comparable(n.seed, c.Person)&ofPerson
}

// settle follows the last note.
func (n *fileNumbers) settle() {
	slices.Sort(n.noted)
	n.noted = slices.Compact(n.noted)
	for at := 1; at < len(n.noted); at++ {
		n.shared = n.shared || n.noted[at]&^ofPerson == n.noted[at-1]&^ofPerson
	}
}

// others tells whether the file has the line's number under somebody else. A wrong
// yes is possible, and costs a little memory; a wrong no is one in sixteen millions.
func (n *fileNumbers) others(c *reissue.Certificate) bool {
	own := n.noteOf(c)
	at, _ := slices.BinarySearch(n.noted, own&^ofPerson)
	for ; at < len(n.noted) && n.noted[at]&^ofPerson == own&^ofPerson; at++ {
		if n.noted[at] != own {
			return true
		}
	}
	return false
}

// twice is the line of somebody else that had the number of this one first, 0 where
// there is none.
func (n *fileNumbers) twice(line int, c *reissue.Certificate) int {
	if !n.shared || !n.others(c) {
		return 0
	}
	first, seen := n.first[c.Number]
	if !seen {
		n.first[c.Number] = numberedLine{line, c.Person}
	}
	if first.person == c.Person {
		return 0
	}
	return first.line
}

// changed remembers what a stored line was, for those who come later.
func (n *fileNumbers) changed(before *reissue.Certificate) {
	was := n.was[before.Number]
	if !hasNumber(before) || len(was) > 1 || len(was) == 1 && was[0].Person == before.Person || !n.others(before) {
		return
	}
	n.was[before.Number] = append(was, *before)
}

// doubtNumber points out a line whose 证书管理号 somebody else has: in the file, else
// in the register as it was before the import. A dry run, of which nothing stays
// beyond a transaction, tells the same.
func (i *importer) doubtNumber(tx *txn, line int, c *reissue.Certificate, known []*reissue.Certificate) error {
	if !hasNumber(c) {
		return nil
	}
	if first := i.numbers.twice(line, c); first != 0 {
		i.doubt(line, reissue.ColumnNumber, sayNumberTwiceInFile(first))
		return nil
	}
	if i.first {
		return nil
	}
	other, err := i.otherHolder(tx, c, known)
	if err != nil || other == nil {
		return err
	}
	merged := *other
	if merged.Merge(c); merged == *other && other.Exam == c.Exam {
		i.doubt(line, reissue.ColumnIDNumber, sayOnlyPersonDiffers(other))
	} else {
		i.doubt(line, reissue.ColumnNumber, sayNumberOfOther(other))
	}
	return nil
}

// otherHolder is a line of somebody else that had the number before the import, nil
// where there is none. known are lines of the same person.
func (i *importer) otherHolder(tx *txn, c *reissue.Certificate, known []*reissue.Certificate) (other *reissue.Certificate, err error) {
	for _, was := range i.numbers.was[c.Number] {
		if was.Person != c.Person && (other == nil || was.ID < other.ID) {
			other = &was
		}
	}
	for _, k := range certificates.entries(tx.Tx, "number", key(c.Number), nil, false) {
		if other != nil && other.ID < id(k) {
			break
		}
		if slices.ContainsFunc(known, func(own *reissue.Certificate) bool { return own.ID == id(k) }) {
			continue
		}
		line, err := certificates.get(tx.Tx, k)
		if err != nil {
			return nil, err
		}
		if line.Person != c.Person && line.Import != i.record.ID {
			return line, nil
		}
	}
	return other, nil
}

// doubtName points out a line that changes nothing but the name of a stored one into
// another, who may be somebody else under a wrong number.
func (i *importer) doubtName(line int, changed []string, before, after *reissue.Certificate) {
	if slices.Equal(changed, []string{reissue.FieldName}) && reissue.MatchNames(before.Name, after.Name) == reissue.NamesDiffer {
		i.doubt(line, reissue.ColumnName, sayOnlyNameDiffers(before.Name, after.Name))
	}
}
