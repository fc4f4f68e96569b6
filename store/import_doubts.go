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
// in the register as it was before the import, else as the new number of an application.
// A dry run, of which nothing stays beyond a transaction, tells the same. Where the line is fresh, a new one, and shall
// be carried out as a correction, it answers the one to correct.
func (i *importer) doubtNumber(tx *txn, line int, c *reissue.Certificate, known []*reissue.Certificate, fresh bool) (wrong *reissue.Certificate, err error) {
	if !hasNumber(c) {
		return nil, nil
	}
	if first := i.numbers.twice(line, c); first != 0 {
		i.doubt(line, reissue.ColumnNumber, sayNumberTwiceInFile(first))
		return nil, nil
	}
	other, err := i.otherHolder(tx, c, known)
	if err != nil {
		return nil, err
	}
	if other == nil {
		return nil, i.doubtReissued(tx, line, c)
	}
	merged := *other
	merged.Merge(c)
	// What the file changes elsewhere, or has under other people, is no slip of one number.
	stored, err := certificates.get(tx.Tx, key(other.ID))
	if err != nil {
		return nil, err
	}
	correctable := fresh && *stored == *other && !i.numbers.others(c)
	switch {
	case merged != *other || other.Exam != c.Exam:
		i.doubt(line, reissue.ColumnNumber, sayNumberOfOther(other))
	case correctable && i.corrects(line):
		return other, nil
	default:
		i.point(Reject{Line: line, Column: reissue.ColumnIDNumber, Reason: sayOnlyPersonDiffers(other), Correctable: correctable})
	}
	return nil, nil
}

// doubtReissued points out a line whose 证书管理号 somebody else's certificate was reissued
// under.
func (i *importer) doubtReissued(tx *txn, line int, c *reissue.Certificate) error {
	given, err := applications.readable(tx, "new_number", key(c.Number))
	if err != nil {
		return err
	}
	for _, a := range given {
		if a.Person != c.Person {
			i.doubt(line, reissue.ColumnNumber, sayNumberReissued(a))
			break
		}
	}
	return nil
}

// corrects tells whether a line shall be carried out as a correction.
func (i *importer) corrects(line int) bool { return slices.Contains(i.Correct, line) }

// otherHolder is a line of somebody else that had the number before the import, nil
// where there is none. known are lines of the same person.
func (i *importer) otherHolder(tx *txn, c *reissue.Certificate, known []*reissue.Certificate) (other *reissue.Certificate, err error) {
	if i.first {
		return nil, nil
	}
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
		if line.Person != c.Person && line.Import != i.record.ID && line.Withdrawn == 0 {
			return line, nil
		}
	}
	return other, nil
}

// onlyName tells whether a line changes nothing but the name of a stored one into another,
// who may be somebody else under a wrong number.
func onlyName(changed []string, before, after *reissue.Certificate) bool {
	return slices.Equal(changed, []string{reissue.FieldName}) && reissue.MatchNames(before.Name, after.Name) == reissue.NamesDiffer
}

// correctableName tells whether a line that does, and has the stored one's number, may be
// a correction of it.
func correctableName(c, before, after *reissue.Certificate) bool {
	return hasNumber(c) && c.Number == before.Number && onlyName(changes(before, after), before, after)
}

// doubtChange points out what a line changes that should be looked at: the name alone,
// and what was corrected by hand.
func (i *importer) doubtChange(tx *txn, line int, c, before, after *reissue.Certificate) error {
	changed := changes(before, after)
	if onlyName(changed, before, after) {
		i.point(Reject{Line: line, Column: reissue.ColumnName, Reason: sayOnlyNameDiffers(before.Name, after.Name), Correctable: correctableName(c, before, after)})
	}
	if before.Corrected == 0 {
		return nil
	}
	list, err := correctionsOf(tx.Tx, before.ID)
	for _, correction := range slices.Backward(list) {
		undone := slices.DeleteFunc(slices.Clone(correction.Fields), func(field string) bool { return !slices.Contains(changed, field) })
		if correction.At >= before.Corrected && len(undone) > 0 {
			i.doubt(line, reissue.Label(undone[0]), sayChangesCorrected(correction, undone))
			break
		}
	}
	return err
}

// doubtFresh points out a new line that was corrected by hand to be another certificate:
// an older list brings it in again.
func (i *importer) doubtFresh(tx *txn, line int, c *reissue.Certificate) error {
	if !i.byHand {
		return nil
	}
	list, err := corrections.having(tx.Tx, "was", key(c.Person.Key()))
	for _, correction := range slices.Backward(list) {
		if correction.Before.SameSitting(c) && correction.Before.Fits(c) {
			i.doubt(line, reissue.Label(correction.Fields[0]), sayCorrectedAway(correction))
			break
		}
	}
	return err
}
