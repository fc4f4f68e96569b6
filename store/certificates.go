package store

import (
	"slices"

	"certreissue/reissue"
)

var certificates = Table[reissue.Certificate]{
	numbered: true,
	name:     "certificates",
	key:      func(c *reissue.Certificate) []byte { return key(c.ID) },
	indexes: []Index[reissue.Certificate]{
		// Everything one person holds in one seek, exam by exam.
		{name: "person", keys: func(c *reissue.Certificate) [][]byte {
			return [][]byte{key(c.Person.Key(), c.ExamYear, c.Exam)}
		}},
		// The register's search by a whole certificate number.
		{name: "number", deferred: true, keys: func(c *reissue.Certificate) [][]byte {
			if !hasNumber(c) {
				return nil
			}
			return [][]byte{key(c.Number)}
		}},
		// The register's search by the beginning of a name.
		{name: "name", deferred: true, keys: func(c *reissue.Certificate) [][]byte { return [][]byte{key(c.Name)} }},
		// The register by exam, and whether an exam is in use.
		{name: "exam", keys: func(c *reissue.Certificate) [][]byte { return [][]byte{key(c.Exam)} }},
		// The register whole, the latest import first; the lines of one import, to
		// show them and to take it back.
		{name: "import", keys: func(c *reissue.Certificate) [][]byte { return [][]byte{key(c.Import)} }},
	},
}

// hasNumber tells whether a line has a 证书管理号 by which it can be found, or be another's.
func hasNumber(c *reissue.Certificate) bool { return c.Number != "" && c.Number != reissue.None }

// linesOf are the register's lines of a person, whatever name they carry.
func linesOf(tx *txn, person reissue.Person) ([]*reissue.Certificate, error) {
	lines, err := linesOfAny(tx, person)
	return slices.DeleteFunc(lines, func(c *reissue.Certificate) bool { return c.Withdrawn != 0 }), err
}

// linesOfAny are a person's lines with those that were withdrawn.
func linesOfAny(tx *txn, person reissue.Person) ([]*reissue.Certificate, error) {
	return certificates.having(tx.Tx, "person", key(person.Key()))
}

// matching keeps the lines whose name agrees with a name.
func matching(lines []*reissue.Certificate, name string) []*reissue.Certificate {
	var kept []*reissue.Certificate
	for _, line := range lines {
		if reissue.MatchNames(name, line.Name) != reissue.NamesDiffer {
			kept = append(kept, line)
		}
	}
	return kept
}

// certificateOf is one certificate that an account may see;
// reissue.ErrNotFound for anybody else's.
func certificateOf(tx *txn, owner *reissue.Account, number uint64) (*reissue.Certificate, error) {
	c, err := certificates.get(tx.Tx, key(number))
	if err != nil {
		return nil, err
	}
	if c.Withdrawn != 0 || c.Person != owner.Person || reissue.MatchNames(owner.Name, c.Name) == reissue.NamesDiffer {
		return nil, reissue.ErrNotFound
	}
	return c, nil
}

// openFor is the open application about the same certificate or hand-filled
// subject as a, nil where there is none.
func openFor(tx *txn, a *reissue.Application) (*reissue.Application, error) {
	found, err := applications.unique(tx.Tx, "open", key(a.SubjectKey()))
	return found, ignoreNotFound(err)
}
