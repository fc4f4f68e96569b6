package store

import (
	"bytes"
	"crypto/sha256"
	"slices"

	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

// settle brings a new file, in which everything is that could be had, into step with
// itself. What an act would write is not written: nothing has been done to anybody.
func (r *repair) settle(s *Store, was *identity) error {
	return r.db.Update(func(in *bolt.Tx) error {
		tx := s.transaction(in, reissue.System())
		for _, step := range []func(*txn) error{r.rebuildExams, r.rebuildImports, r.settleApplications, r.settleBatches, r.settleProofs, r.settleLists, r.dropStrays,
			r.settleLog, r.settleSettings, r.settleNumbers, r.rebuildCorrections, recount, settleDigestCost} {
			if err := step(tx); err != nil {
				return err
			}
		}
		return setIdentity(tx.Tx, func(i *identity) {
			i.Created, i.Demo, i.Served, i.Secret = was.Created, was.Demo, was.Served, was.Secret
			i.MailHeld, i.FirstNight, i.LastNight = was.MailHeld || r.mailTaken, was.FirstNight, was.LastNight
		})
	})
}

// rebuildExams makes exams anew that lines and applications name.
func (r *repair) rebuildExams(tx *txn) error {
	lost := map[uint64]*reissue.Exam{}
	for c, err := range certificates.all(tx.Tx) {
		if err != nil {
			return err
		}
		if !exams.has(tx.Tx, key(c.Exam)) {
			lost[c.Exam] = &reissue.Exam{ID: c.Exam, Year: c.ExamYear, Name: c.ExamName}
		}
	}
	for a, err := range applications.all(tx.Tx) {
		if err != nil {
			return err
		}
		if a.Exam != 0 && !exams.has(tx.Tx, key(a.Exam)) {
			lost[a.Exam] = &reissue.Exam{ID: a.Exam, Year: a.Fields.ExamYear, Name: a.Fields.ExamName}
		}
	}
	for _, exam := range lost {
		r.say(findRebuilt(exams.name, key(exam.ID)))
		if err := exams.put(tx.Tx, exam); err != nil {
			return err
		}
	}
	return nil
}

// rebuildImports makes imports anew that lines name.
func (r *repair) rebuildImports(tx *txn) error {
	lost := map[uint64]int{}
	for c, err := range certificates.all(tx.Tx) {
		if err != nil {
			return err
		}
		if !imports.has(tx.Tx, key(c.Import)) {
			lost[c.Import]++
		}
	}
	for number, lines := range lost {
		r.say(findRebuilt(imports.name, key(number)))
		err := imports.put(tx.Tx, &Import{ID: number, Kind: importedCertificates, Started: tx.moment, Finished: tx.moment, Total: lines, Counts: Counts{Added: lines}})
		if err != nil {
			return err
		}
	}
	return nil
}

// settleApplications lets every application name only what is there.
func (r *repair) settleApplications(tx *txn) error {
	changed := func(a *reissue.Application) (change bool, err error) {
		if !accounts.has(tx.Tx, key(a.Owner)) {
			if err := r.rebuildAccount(tx, a); err != nil {
				return false, err
			}
		}
		if a.Certificate != 0 {
			line, err := certificates.get(tx.Tx, key(a.Certificate))
			switch {
			case isNotFound(err):
				a.Certificate, a.Moved, change = 0, 0, true
			case err != nil:
				return false, err
			case a.Follow(line, tx.moment):
				change = true
			}
		}
		for i := range a.History {
			event := &a.History[i]
			if event.Left != 0 && !batchTells(tx.Tx, a, event) {
				event.Left, change = 0, true
			}
		}
		for mail := range mailsOf(a) {
			if !mails.has(tx.Tx, key(*mail)) {
				*mail, change = 0, true
			}
		}
		if a.Photo.Given() {
			there, err := r.havePhoto(tx, a)
			if err != nil {
				return false, err
			}
			if !there {
				a.Photo, change = reissue.Photo{}, true
				r.lose(findApplication(a.ID, sayPhotoLost))
			}
		}
		return change, nil
	}
	var list []*reissue.Application
	for a, err := range applications.all(tx.Tx) {
		if err != nil {
			return err
		}
		change, err := changed(a)
		if err != nil {
			return err
		}
		if change {
			list = append(list, a)
		}
	}
	for _, a := range list {
		if err := applications.put(tx.Tx, a); err != nil {
			return err
		}
	}
	return nil
}

// rebuildAccount makes the account of an application anew, without a password: the
// counter sets one.
func (r *repair) rebuildAccount(tx *txn, a *reissue.Application) error {
	account := &reissue.Account{ID: a.Owner, Person: a.Person, Name: a.Fields.Name, Origin: reissue.OriginOffice, Created: a.Submitted}
	if _, err := accounts.unique(tx.Tx, "person", key(a.Person.Key())); err == nil {
		account.Closed = tx.moment // the person has another one by now
	}
	r.say(findRebuilt(accounts.name, key(account.ID)))
	return accounts.put(tx.Tx, account)
}

// havePhoto tells whether the photo of an application is there, and takes it from a
// copy where it is not.
func (r *repair) havePhoto(tx *txn, a *reissue.Application) (bool, error) {
	fits := func(jpeg []byte) bool {
		sum := sha256.Sum256(jpeg)
		return bytes.Equal(sum[:], a.Photo.Sum)
	}
	if jpeg, err := photos.get(tx.Tx, a.ID); err == nil && fits(jpeg) {
		return true, nil
	}
	for _, s := range r.copies {
		if jpeg, err := s.photo(a.ID, nil); err == nil && fits(jpeg) {
			r.done.Taken++
			r.say(findTaken(photos.name, key(a.ID), s.origin))
			return true, photos.put(tx.Tx, a.ID, jpeg)
		}
	}
	return false, nil
}

// settleBatches lets every batch have the members that say they are in it, and makes
// those anew that members name.
func (r *repair) settleBatches(tx *txn) error {
	members := map[uint64][]*reissue.Application{}
	for b, err := range batches.all(tx.Tx) {
		if err != nil {
			return err
		}
		members[b.ID] = nil
	}
	for a, err := range applications.all(tx.Tx) {
		if err != nil {
			return err
		}
		if a.Batch != 0 {
			members[a.Batch] = append(members[a.Batch], a)
		}
	}
	for number, list := range members {
		b, err := batches.get(tx.Tx, key(number))
		if isNotFound(err) {
			r.say(findRebuilt(batches.name, key(number)))
			b, err = &reissue.Batch{ID: number, Name: sayBatchRebuilt(number), Status: reissue.BatchOpen, Created: tx.moment, Revision: 1}, nil
		}
		if err != nil {
			return err
		}
		if slices.ContainsFunc(list, inProduction) && !b.Status.InProduction() { // the batch is from an older copy
			b.Status, b.Locked = reissue.BatchLocked, tx.moment
		}
		var kept []*reissue.Application
		for _, a := range list {
			if inProduction(a) || b.Status == reissue.BatchOpen {
				kept = append(kept, a)
				continue
			}
			a.Batch = 0
			if err := applications.put(tx.Tx, a); err != nil {
				return err
			}
		}
		b.Tally(kept)
		if err := batches.put(tx.Tx, b); err != nil {
			return err
		}
	}
	return nil
}

// settleLog puts a row that says so in the place of each that is lost, and has the log
// tell how far an application goes that it does not fit.
func (r *repair) settleLog(tx *txn) error {
	head, err := savedSingle(r.salvage, chainHeads)
	if err != nil {
		return err
	}
	last := lastRowOf(tx.Tx, head)
	before := &Audit{Kind: "system"}
	for number := uint64(1); number <= last; number++ {
		row, err := audits.get(tx.Tx, key(number))
		if isNotFound(err) {
			row, err = &Audit{ID: number, At: before.At, Kind: "system", Act: actLost, Object: "audit"}, nil
			if head != nil && head.Row == number {
				row.Hash = head.Hash
			}
			err = audits.put(tx.Tx, row)
		}
		if err != nil {
			return err
		}
		before = row
	}
	if err := chainHeads.put(tx.Tx, &chainHead{Row: last, Hash: before.Hash}); err != nil {
		return err
	}
	if err := tx.audit(Audit{Act: actRepair, Object: objectFile}); err != nil {
		return err
	}
	for a, err := range applications.all(tx.Tx) {
		if err != nil {
			return err
		}
		log, err := logOf(tx.Tx, a)
		if log.further {
			r.lose(findApplication(a.ID, sayChangesLost))
		}
		if err == nil && (!log.fits || log.differs) {
			err = tx.audit(Audit{Act: actRepair, Object: objectApplication, ObjectID: a.ID, Revision: a.Revision})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// settleSettings takes the settings over.
func (r *repair) settleSettings(tx *txn) error {
	stored := r.singles[settingsRecord.name]
	if stored != nil {
		return putStored(tx.Tx, settingsRecord.name, stored)
	}
	for _, s := range r.copies {
		if stored = storedIn(s.Store, singles, []byte(settingsRecord.name)); stored != nil {
			r.done.Taken++
			r.say(findTaken(singles, []byte(settingsRecord.name), s.origin))
			return putStored(tx.Tx, settingsRecord.name, stored)
		}
	}
	if r.unread[singles][settingsRecord.name] || !r.met[singles] && len(r.copies) == 0 {
		r.lose(findLost(singles, []byte(settingsRecord.name)))
	}
	return nil
}

// settleNumbers lets no number be given a second time.
func (r *repair) settleNumbers(tx *txn) error {
	err := settleSequence(tx, r.salvage, sequences, &applications, func(a *reissue.Application) (int, uint64) { return reissue.SplitNumber(a.ID) })
	if err == nil {
		err = settleSequence(tx, r.salvage, proofSequences, &proofs, func(p *reissue.Proof) (int, uint64) { return reissue.SplitProofNumber(p.Number) })
	}
	if err != nil {
		return err
	}
	for _, t := range tables {
		if err := t.renumber(tx.Tx, r.sequences[t.label()]); err != nil {
			return err
		}
	}
	return nil
}

// settleSequence lets a sequence go on behind all numbers that there are. Where it is
// lost it leaves out as many as may have been given since.
func settleSequence[T any](tx *txn, s *salvage, of single[sequence], table *Table[T], split func(*T) (year int, place uint64)) error {
	count, err := savedSingle(s, of)
	if err != nil {
		return err
	}
	skip := uint64(0)
	if count == nil {
		count, skip = &sequence{Last: map[int]uint64{}}, numbersSkipped
	}
	for record, err := range table.all(tx.Tx) {
		if err != nil {
			return err
		}
		year, place := split(record)
		count.Last[year] = max(count.Last[year], place+skip)
	}
	if len(count.Last) == 0 {
		return nil // nothing was ever given a number
	}
	return of.put(tx.Tx, count)
}

// settleDigestCost finds out anew what the dearest password takes.
func settleDigestCost(tx *txn) (err error) {
	for last := []byte{}; last != nil && err == nil; {
		last, err = noteDigests(tx.Tx, last)
	}
	return err
}

// recount makes the counts anew.
func recount(tx *txn) error {
	tally, ok, err := recountDays(tx.Tx)
	if err != nil {
		return err
	}
	if !ok {
		return &FileError{Path: tx.store.path, Fault: Damaged}
	}
	return tallies.put(tx.Tx, &tally)
}
