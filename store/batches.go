package store

import (
	"slices"

	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

const objectBatch = "batch"

var batches = Table[reissue.Batch]{
	numbered: true,
	name:     "batches",
	key:      func(b *reissue.Batch) []byte { return key(b.ID) },
	indexes: []Index[reissue.Batch]{
		// The list of batches, the newest first.
		{name: "made", keys: func(b *reissue.Batch) [][]byte { return [][]byte{key(b.Created)} }},
		// What should have come by a day and has not.
		{name: "expected", keys: func(b *reissue.Batch) [][]byte {
			if b.Expected == "" || b.Status == reissue.BatchArrived || b.Status == reissue.BatchDissolved {
				return nil
			}
			return [][]byte{key(b.Expected)}
		}},
	},
}

func batchFor(tx *txn, staff *reissue.Staff, number uint64) (*reissue.Batch, error) {
	b, err := batches.get(tx.Tx, key(number))
	if err == nil && !coversBatch(staff, b) {
		return nil, reissue.ErrNotFound
	}
	return b, err
}

// coversBatch tells whether all of a batch is a staff member's work. One of which
// nobody knows whose it was is for those who see all.
func coversBatch(staff *reissue.Staff, b *reissue.Batch) bool {
	if len(b.Cities) == 0 {
		return !staff.Limited()
	}
	return !slices.ContainsFunc(b.Cities, func(city string) bool { return !staff.Covers(city) })
}

// Batch is one batch as staff may see it; reissue.ErrNotFound where it holds
// other cities than the staff member's.
func (s *Store) Batch(staff *reissue.Staff, number uint64) (b *reissue.Batch, err error) {
	err = s.view(func(tx *txn) error {
		b, err = batchFor(tx, staff, number)
		return err
	})
	return b, err
}

// BatchName is what a batch is called, to whoever sees one of its applications.
func (s *Store) BatchName(number uint64) (name string, err error) {
	err = s.view(func(tx *txn) error {
		b, err := batches.get(tx.Tx, key(number))
		if err == nil {
			name = b.Name
		}
		return err
	})
	return name, err
}

// BatchOf is the batch of an account's application, nil where it is in none
// that has been locked: until then nothing is settled.
func (s *Store) BatchOf(a *reissue.Application) (b *reissue.Batch, err error) {
	if a.Batch == 0 || a.Status == reissue.Approved {
		return nil, nil
	}
	err = s.view(func(tx *txn) error {
		b, err = batches.get(tx.Tx, key(a.Batch))
		return ignoreNotFound(err)
	})
	return b, err
}

// LeftBatch is the batch that an application has left by leaving production and can
// come back to; reissue.ErrNotFound where there is none.
func (s *Store) LeftBatch(a *reissue.Application) (b *reissue.Batch, err error) {
	left := a.Left()
	if left == nil || left.Left == 0 {
		return nil, reissue.ErrNotFound
	}
	err = s.view(func(tx *txn) error {
		if b, err = batches.get(tx.Tx, key(left.Left)); err == nil && !b.TakesBack(a) {
			return reissue.ErrNotFound
		}
		return err
	})
	return b, err
}

// Batches is one page of the batches that are all a staff member's work, the
// newest first.
func (s *Store) Batches(staff *reissue.Staff, cursor string, size int) (page Page[reissue.Batch], err error) {
	covered := func(b *reissue.Batch) bool { return coversBatch(staff, b) }
	err = s.view(func(tx *txn) (err error) {
		page, err = batches.page(tx, span{index: "made", backwards: true}, cursor, size, covered)
		return err
	})
	return page, err
}

// ExportBatch are all applications of a batch, in the order of its roster, to be taken
// out of the system, which is noted: with their photos, or with ID numbers in the
// photos' names, as fields say. ErrBatch where the batch could still change.
func (s *Store) ExportBatch(staff *reissue.Staff, number uint64, fields ...string) (b *reissue.Batch, members []*reissue.Application, err error) {
	err = s.update(staff.Actor(), func(tx *txn) error {
		if b, err = batchFor(tx, staff, number); err != nil {
			return err
		}
		if !b.Status.InProduction() {
			return ErrBatch
		}
		if members, err = membersOf(tx.Tx, number); err != nil {
			return err
		}
		return tx.audit(Audit{Act: actExport, Object: objectBatch, ObjectID: number, Fields: fields, New: sayExported([]string{b.Name}, len(members))})
	})
	return b, members, err
}

// BatchPage is a batch with one page of its applications, in the order of its
// roster.
func (s *Store) BatchPage(staff *reissue.Staff, number uint64, cursor string, size int) (b *reissue.Batch, page Page[reissue.Application], err error) {
	err = s.view(func(tx *txn) (err error) {
		if b, err = batchFor(tx, staff, number); err != nil {
			return err
		}
		page, err = applications.page(tx, span{index: "batch", prefix: key(number)}, cursor, size, nil)
		return err
	})
	return b, page, err
}

// BatchCounts is how many applications of a batch are in each state: they are
// reissue.MaxBatch at most.
func (s *Store) BatchCounts(staff *reissue.Staff, number uint64) (counts map[reissue.Status]int, err error) {
	counts = map[reissue.Status]int{}
	err = s.view(func(tx *txn) error {
		if _, err := batchFor(tx, staff, number); err != nil {
			return err
		}
		for _, k := range applications.entries(tx.Tx, "batch", key(number), nil, false) {
			a, err := applications.get(tx.Tx, k)
			if tx.leftOut(err) {
				continue
			}
			if err != nil {
				return err
			}
			counts[a.Status]++
		}
		return nil
	})
	return counts, err
}

// lateBatches are the batches whose day has passed for longer than the office waits, that
// of the first day first.
func lateBatches(tx *txn) (in span) {
	return span{index: "expected", to: []byte(tx.settings.BatchLateBefore(tx.now))}
}

// LateBatches is one page of the batches that should have come and have not, those of
// the first day first, all of them a staff member's work.
func (s *Store) LateBatches(staff *reissue.Staff, cursor string, size int) (page Page[reissue.Batch], err error) {
	covered := func(b *reissue.Batch) bool { return coversBatch(staff, b) }
	err = s.view(func(tx *txn) (err error) {
		page, err = batches.page(tx, lateBatches(tx), cursor, size, covered)
		return err
	})
	return page, err
}

func membersOf(tx *bolt.Tx, number uint64) ([]*reissue.Application, error) {
	return applications.having(tx, "batch", key(number))
}

// inProduction tells whether an application is in a batch that was locked.
func inProduction(a *reissue.Application) bool {
	return !a.ByProof() && slices.Contains([]reissue.Status{reissue.InProduction, reissue.Ready, reissue.HandedOut, reissue.Mailed}, a.Status)
}

// batchTells tells whether the batch that an application has left in an event knows of
// it.
func batchTells(tx *bolt.Tx, a *reissue.Application, left *reissue.Event) bool {
	b, err := batches.get(tx, key(left.Left))
	return err == nil && b.Tells(a, left)
}

// checkBatches holds each batch against the applications that say they are in
// it.
func checkBatches(tx *bolt.Tx, x *examination) {
	counts := map[uint64]int{}
	for a, err := range applications.all(tx) {
		if err != nil || !x.step(applications.name) {
			return
		}
		for i := range a.History {
			if event := &a.History[i]; event.Left != 0 && !batchTells(tx, a, event) {
				x.report(findApplication(a.ID, sayBatchLeft))
			}
		}
		produced := inProduction(a)
		if a.Batch == 0 {
			if produced {
				x.report(findApplication(a.ID, sayBatchUnfit))
			}
			continue
		}
		counts[a.Batch]++
		b, err := batches.get(tx, key(a.Batch))
		fits := err == nil && (produced && b.Status.InProduction() || a.Status == reissue.Approved && b.Status == reissue.BatchOpen)
		if !fits {
			x.report(findApplication(a.ID, sayBatchUnfit))
		}
	}
	for b, err := range batches.all(tx) {
		if err != nil || !x.step(batches.name) {
			return
		}
		if b.Members != counts[b.ID]+b.Forgotten {
			x.report(findBatch(b.ID, sayBatchCount))
		}
		checkBatchLog(tx, b, x.report)
	}
}
