package store

import (
	"context"
	"crypto/sha256"
	"errors"
	"slices"

	"certreissue/reissue"

	bolt "go.etcd.io/bbolt"
)

// mostStructural ends the check of a broken structure: one wrong reference can
// make a fault of every page behind it.
const mostStructural = 100

// Check compares everything in the file with everything else: the structure of its
// pages, every value with its checksum, every index with its records, every
// application with its history, photo, audit rows and mail, and the audit chain.
// Others may go on writing: it looks at one state, which a transaction keeps. report
// gets each finding once, and progress how far the check is (nil: nobody looks); the
// error is only about not being able to go on.
func (s *Store) Check(ctx context.Context, report func(Finding), progress func(done, total int64)) (err error) {
	x := &examination{ctx: ctx, path: s.path, report: report, progress: progress}
	for range mostOvertaken {
		err = s.db.View(func(tx *bolt.Tx) error {
			// What is wrong with the structure may lead a walk through the records in circles.
			if sound, err := x.structure(tx, mostStructural); !sound || err != nil {
				return err
			}
			var err error
			onDamage(func() { err = x.contents(tx) }, func(error) { x.report(findUnreadable()) })
			return err
		})
		if !errors.Is(err, errOvertaken) {
			break
		}
	}
	return err
}

// errOvertaken says that no meta page is of the state any more: the second commit
// after it has written over it. That is no matter once it was read.
var errOvertaken = errors.New("two commits have followed")

const mostOvertaken = 100

// checkTables wants every table to be there.
func checkTables(tx *bolt.Tx, report func(Finding)) (all bool) {
	missing := photos.missing(tx)
	for _, t := range tables {
		missing = append(missing, t.missing(tx)...)
	}
	for _, name := range missing {
		report(findTableMissing(name))
	}
	return len(missing) == 0
}

// checkApplications holds each application against what must have been written
// in the same transactions.
func checkApplications(tx *bolt.Tx, x *examination) {
	for a, err := range applications.all(tx) {
		if !x.step(applications.name, photos.name) {
			return
		}
		if err != nil {
			continue // reported with the table
		}
		say := func(what string) { x.report(findApplication(a.ID, what)) }
		if len(a.History) == 0 || a.History[len(a.History)-1].Status != a.Status || uint64(len(a.History)) != a.Revision {
			say(sayHistoryBroken)
		}
		if a.Held() && (a.Status != reissue.Pending || a.HeldLast() != a.HeldUntil) {
			say(sayHoldBroken)
		}
		if _, err := accounts.get(tx, key(a.Owner)); err != nil {
			say(sayOwnerMissing)
		}
		if a.Photo.Given() {
			jpeg, err := photos.get(tx, a.ID)
			sum := sha256.Sum256(jpeg)
			switch {
			case damaged(err) != nil:
				say(sayPhotoDamaged)
			case err != nil:
				say(sayPhotoMissing)
			case !slices.Equal(sum[:], a.Photo.Sum):
				say(sayPhotoChanged)
			}
		}
		log, err := logOf(tx, a)
		if err != nil || !log.fits {
			say(sayAuditMissing)
		}
		if log.differs {
			say(sayAuditDiffers)
		}
		for mail := range mailsOf(a) {
			if m, err := mails.get(tx, key(*mail)); err != nil || m.Application != a.ID {
				say(sayMailMissing)
			}
		}
	}
}

// checkRegister holds each line, and what lines were before, against the imports
// and exams that they name, and applications against the lines they name.
func checkRegister(tx *bolt.Tx, x *examination) {
	known, named := map[uint64]bool{}, map[uint64]bool{} // imports and exams
	for record, err := range imports.all(tx) {
		if err != nil || !x.step(imports.name) {
			return
		}
		known[record.ID] = true
	}
	for exam, err := range exams.all(tx) {
		if err != nil || !x.step(exams.name) {
			return
		}
		named[exam.ID] = true
	}
	for c, err := range certificates.all(tx) {
		if err != nil || !x.step(certificates.name) {
			return
		}
		if !known[c.Import] {
			x.report(findCertificate(c.ID, sayImportMissing))
		}
		if !named[c.Exam] {
			x.report(findCertificate(c.ID, sayExamMissing))
		}
		if c.Corrected != 0 || c.Withdrawn != 0 {
			if list, err := correctionsOf(tx, c.ID); err == nil && len(list) == 0 {
				x.report(findCertificate(c.ID, sayCorrectionMissing))
			}
		}
	}
	for v, err := range certificateVersions.all(tx) {
		if err != nil || !x.step(certificateVersions.name) {
			return
		}
		if !certificates.has(tx, key(v.Before.ID)) {
			x.report(findCertificate(v.Before.ID, sayVersionStray))
		}
	}
	for c, err := range corrections.all(tx) {
		if err != nil || !x.step(corrections.name) {
			return
		}
		if !certificates.has(tx, key(c.Certificate)) {
			x.report(findCertificate(c.Certificate, sayCorrectionStray))
		}
	}
	for a, err := range applications.all(tx) {
		if err != nil || !x.step(applications.name) {
			return
		}
		if a.Certificate == 0 {
			continue
		}
		line, err := certificates.get(tx, key(a.Certificate))
		switch {
		case isNotFound(err):
			x.report(findApplication(a.ID, sayCertificateMissing))
		case err == nil && (line.Person != a.Person) != (a.Moved != 0):
			x.report(findApplication(a.ID, sayMovedUnfit))
		}
	}
}

// checkPhotos finds photos without their application.
func checkPhotos(tx *bolt.Tx, x *examination) {
	for k := range photos.keys(tx) {
		if !x.step(applications.name) {
			return
		}
		if a, err := applications.get(tx, k); err != nil || !a.Photo.Given() {
			x.report(findApplication(id(k), sayPhotoStray))
		}
	}
}

// checkMails finds mails about applications that are not there.
func checkMails(tx *bolt.Tx, x *examination) {
	for m, err := range mails.all(tx) {
		if err != nil || !x.step(mails.name) {
			return
		}
		if m.Application != 0 {
			if _, err := applications.get(tx, key(m.Application)); err != nil {
				x.report(findMail(m.ID, sayMailStray))
			}
		}
	}
}

// ChainHead is the number and hash of the last audit row, for paper.
func (s *Store) ChainHead() (row uint64, hash []byte, err error) {
	err = s.view(func(tx *txn) error {
		head, err := chainHeads.get(tx.Tx)
		if err == nil {
			row, hash = head.Row, head.Hash
		}
		return ignoreNotFound(err)
	})
	return row, hash, err
}
