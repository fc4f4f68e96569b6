package store

import (
	"errors"

	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

// proofs are the stubs of the 合格证明, under their numbers. They outlive what they
// prove.
var proofs = Table[reissue.Proof]{
	name: "proofs",
	key:  func(p *reissue.Proof) []byte { return key(p.Number) },
	indexes: []Index[reissue.Proof]{
		// All that were ever printed of an application.
		{name: "application", keys: func(p *reissue.Proof) [][]byte { return [][]byte{key(p.Application)} }},
	},
}

// proofSequences counts the numbers of each year, apart from those of applications.
var proofSequences = single[sequence]{"proof sequence"}

// nextProofNumber is the next 证明编号 of this year.
func nextProofNumber(tx *txn) (uint64, error) {
	count, err := issued(tx.Tx, proofSequences)
	if err != nil {
		return 0, err
	}
	year := tx.year()
	count.Last[year]++
	number := reissue.NewProofNumber(year, count.Last[year])
	if proofs.has(tx.Tx, key(number)) {
		return 0, &RecordError{Table: proofs.name, Key: key(number), Err: errSequence}
	}
	return number, proofSequences.put(tx.Tx, count)
}

// Picked is an application as a list showed it.
type Picked struct{ Application, Revision uint64 }

// PrintProofs prints the 合格证明 of each of some applications for the first time, or
// once more where it is ready: all of them or none.
func (s *Store) PrintProofs(staff *reissue.Staff, picked ...Picked) error {
	return s.update(staff.Actor(), func(tx *txn) error {
		for _, one := range picked {
			if err := tx.act(staff, one.Application, one.Revision, tx.printProof); err != nil {
				return err
			}
		}
		return nil
	})
}

// printProof is the act of PrintProofs.
func (tx *txn) printProof(a *reissue.Application, on reissue.Grounds) error {
	if a.Proof != 0 {
		p, err := proofs.get(tx.Tx, key(a.Proof))
		if err != nil {
			return err
		}
		return errors.Join(a.ReprintProof(tx.by, tx.now, p), proofs.put(tx.Tx, p))
	}
	number, err := nextProofNumber(tx)
	if err != nil {
		return err
	}
	p, err := a.PrintProof(tx.by, tx.now, number, on.Settings)
	if err != nil {
		return err
	}
	return proofs.put(tx.Tx, p)
}

// UndoProof makes the printed 合格证明 of an application void: it waits to be printed
// under another number.
func (s *Store) UndoProof(staff *reissue.Staff, number, revision uint64, note string) error {
	return s.update(staff.Actor(), func(tx *txn) error {
		return tx.act(staff, number, revision, func(a *reissue.Application, _ reissue.Grounds) error {
			p := &reissue.Proof{}
			if a.Proof != 0 {
				var err error
				if p, err = proofs.get(tx.Tx, key(a.Proof)); err != nil {
					return err
				}
			}
			if err := a.UndoProof(tx.by, tx.now, note, p); err != nil {
				return err
			}
			return proofs.put(tx.Tx, p)
		})
	})
}

// forgetProofs keeps the stubs of an application that is deleted.
func forgetProofs(tx *txn, application uint64) error {
	list, err := proofs.having(tx.Tx, "application", key(application))
	for _, p := range list {
		p.Forgotten = true
		err = errors.Join(err, proofs.put(tx.Tx, p))
	}
	return err
}

// Stub is a proof in the list of stubs, with its application, nil where that is kept
// no longer, or has become the work of another city, which a staff member is not told of.
type Stub struct {
	*reissue.Proof
	Application *reissue.Application
}

func stubOf(tx *txn, staff *reissue.Staff, p *reissue.Proof) (*Stub, error) {
	a, err := applicationFor(tx, staff, p.Application)
	return &Stub{p, a}, ignoreNotFound(err)
}

// StubFilter says which stubs a list shows; zero fields do not filter.
type StubFilter struct {
	Year   int
	Number uint64
}

// span is the part of the table that the filter leaves, the newest first.
func (f *StubFilter) span() span {
	in := span{backwards: true}
	if f.Year != 0 {
		in.from, in.to = key(reissue.NewProofNumber(f.Year, 0)), key(reissue.NewProofNumber(f.Year+1, 0))
	}
	if f.Number != 0 {
		in.prefix, in.from, in.to = key(f.Number), nil, nil
	}
	return in
}

// Stubs is one page of the stubs of a staff member's cities, the newest first.
func (s *Store) Stubs(staff *reissue.Staff, filter StubFilter, cursor string, size int) (page Page[Stub], err error) {
	err = s.view(func(tx *txn) error {
		found, err := proofs.page(tx, filter.span(), cursor, size, func(p *reissue.Proof) bool {
			year, _ := reissue.SplitProofNumber(p.Number)
			return staff.Covers(p.City) && (filter.Year == 0 || filter.Year == year)
		})
		if err != nil {
			return err
		}
		page.Next, page.More, page.Damaged = found.Next, found.More, found.Damaged
		for _, p := range found.Rows {
			stub, err := stubOf(tx, staff, p)
			if tx.leftOut(err) {
				continue
			}
			if err != nil {
				return err
			}
			page.Rows = append(page.Rows, stub)
		}
		return nil
	})
	return page, err
}

// EachStub gives every stub of a staff member's cities that passes the filter.
func (s *Store) EachStub(staff *reissue.Staff, filter StubFilter, do func(*Stub) error) error {
	return each(func(cursor string) (Page[Stub], error) { return s.Stubs(staff, filter, cursor, eachRows) }, do)
}

// Proof is the stub of the 合格证明 of an application that is good, with it;
// reissue.ErrState where none is.
func (s *Store) Proof(staff *reissue.Staff, application uint64) (stub *Stub, err error) {
	err = s.view(func(tx *txn) error {
		a, err := applicationFor(tx, staff, application)
		if err != nil {
			return err
		}
		if a.Proof == 0 {
			return reissue.ErrState
		}
		p, err := proofs.get(tx.Tx, key(a.Proof))
		stub = &Stub{p, a}
		return err
	})
	return stub, err
}

// ProofsWaiting is one page of the approved applications of a staff member's cities
// whose 合格证明 is to be printed, those first that have waited longest.
func (s *Store) ProofsWaiting(staff *reissue.Staff, cursor string, size int) (page Page[reissue.Application], err error) {
	err = s.view(func(tx *txn) (err error) {
		page, err = applications.page(tx, span{index: "proof", prefix: key("")}, cursor, size, func(a *reissue.Application) bool { return staff.Covers(a.Fields.City) })
		return err
	})
	return page, err
}

// ProofsToPrint counts what ProofsWaiting lists.
func (s *Store) ProofsToPrint(staff *reissue.Staff) (n int, err error) {
	err = s.view(func(tx *txn) error {
		n = countProofsWaiting(tx.Tx, staff)
		return nil
	})
	return n, err
}

// countProofsWaiting counts them, without reading them.
func countProofsWaiting(tx *bolt.Tx, staff *reissue.Staff) (n int) {
	cities := []string{""}
	if staff.Limited() {
		cities = staff.Cities
	}
	for _, city := range cities {
		for range applications.entries(tx, "proof", key(reissue.CityKey(city)), nil, false) {
			n++
		}
	}
	return n
}
