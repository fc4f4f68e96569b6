package store

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"slices"

	bolt "go.etcd.io/bbolt"
)

// mostStructural ends the check of a broken structure: one wrong reference can
// make bbolt find a fault for every page behind it.
const mostStructural = 100

// Check compares everything in the file with everything else: bbolt's own
// structure, every index with its records, every application with its history,
// photo, audit rows and mail, and the audit chain. Nobody may write meanwhile:
// bbolt's own check looks at the free pages of now. report gets each finding
// once; the error is only about not being able to go on.
func (s *Store) Check(ctx context.Context, report func(Finding)) error {
	return s.db.View(func(tx *bolt.Tx) error {
		// What is wrong with the structure may lead a walk through the records in circles.
		if s.checkStructure(tx, mostStructural, report) > 0 {
			return nil
		}
		var err error
		onDamage(func() { err = checkContents(ctx, tx, report) }, func(damage error) { report(findStructure(damage)) })
		return err
	})
}

// checkContents is the part of Check behind the structure, which is sound.
func checkContents(ctx context.Context, tx *bolt.Tx, report func(Finding)) error {
	if !checkTables(tx, report) {
		return nil
	}
	for _, t := range tables {
		if err := ctx.Err(); err != nil {
			return err
		}
		t.check(tx, report)
	}
	checkApplications(tx, report)
	checkStatistics(tx, report)
	checkBatches(tx, report)
	checkRegister(tx, report)
	checkPhotos(tx, report)
	checkMails(tx, report)
	checkAudit(tx, report)
	return ctx.Err()
}

// checkStructure is bbolt's own check and what that leaves out, ended after most
// faults; it answers how many there are.
func (s *Store) checkStructure(tx *bolt.Tx, most int, report func(Finding)) (faults int) {
	said := map[Finding]bool{}
	say := func(finding Finding) {
		faults++
		if !said[finding] {
			said[finding] = true
			report(finding)
		}
	}
	onDamage(func() {
		if err := checkPages(tx); err != nil {
			say(findStructure(err))
			return
		}
		for err := range tx.Check() {
			if say(findStructure(err)); faults == most {
				// bbolt goes on reading until it finds the next fault.
				s.stillRead = true
				return
			}
		}
		if faults == 0 {
			checkInline(tx, say)
		}
	}, func(damage error) { say(findStructure(damage)) })
	return faults
}

// checkPages wants every page to end within the file, and every branch to have
// children. bbolt believes a page's length, and goes down what an empty branch has
// where its children would be, in circles: either costs it all the memory of the
// machine.
func checkPages(tx *bolt.Tx) error {
	for number := 0; ; {
		page, err := tx.Page(number)
		if page == nil || err != nil {
			return err
		}
		if page.Type == "branch" && page.Count == 0 {
			return fmt.Errorf("page %d: a branch without children", page.ID)
		}
		if number++; page.Type != "free" {
			number += page.OverflowCount
		}
		if int64(number)*int64(tx.DB().Info().PageSize) > tx.Size() {
			return fmt.Errorf("page %d: ends behind the file", page.ID)
		}
	}
}

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
func checkApplications(tx *bolt.Tx, report func(Finding)) {
	for a, err := range applications.all(tx) {
		if err != nil {
			return // reported with the table
		}
		say := func(what string) { report(findApplication(a.ID, what)) }
		if len(a.History) == 0 || a.History[len(a.History)-1].Status != a.Status || uint64(len(a.History)) != a.Revision {
			say(sayHistoryBroken)
		}
		if _, err := accounts.get(tx, key(a.Owner)); err != nil {
			say(sayOwnerMissing)
		}
		if a.Photo.Given() {
			jpeg, err := photos.get(tx, a.ID)
			sum := sha256.Sum256(jpeg)
			switch {
			case err != nil:
				say(sayPhotoMissing)
			case !slices.Equal(sum[:], a.Photo.Sum):
				say(sayPhotoChanged)
			}
		}
		var last uint64
		rows, err := audits.having(tx, "object", key(objectApplication, a.ID))
		changes := 0
		for _, row := range rows {
			if row.Revision != 0 {
				last = row.Revision
				changes++
			}
		}
		if err != nil || last != a.Revision || uint64(changes) != a.Revision {
			say(sayAuditMissing)
		}
		for _, event := range a.History {
			if event.Mail == 0 {
				continue
			}
			if m, err := mails.get(tx, key(event.Mail)); err != nil || m.Application != a.ID {
				say(sayMailMissing)
			}
		}
	}
}

// checkRegister holds each line, and what lines were before, against the imports
// and exams that they name, and applications against the lines they name.
func checkRegister(tx *bolt.Tx, report func(Finding)) {
	known, named := map[uint64]bool{}, map[uint64]bool{} // imports and exams
	for record, err := range imports.all(tx) {
		if err != nil {
			return
		}
		known[record.ID] = true
	}
	for exam, err := range exams.all(tx) {
		if err != nil {
			return
		}
		named[exam.ID] = true
	}
	for c, err := range certificates.all(tx) {
		if err != nil {
			return
		}
		if !known[c.Import] {
			report(findCertificate(c.ID, sayImportMissing))
		}
		if !named[c.Exam] {
			report(findCertificate(c.ID, sayExamMissing))
		}
	}
	for v, err := range certificateVersions.all(tx) {
		if err != nil {
			return
		}
		if !certificates.has(tx, key(v.Before.ID)) {
			report(findCertificate(v.Before.ID, sayVersionStray))
		}
	}
	for a, err := range applications.all(tx) {
		if err != nil {
			return
		}
		if a.Certificate != 0 && !certificates.has(tx, key(a.Certificate)) {
			report(findApplication(a.ID, sayCertificateMissing))
		}
	}
}

// checkPhotos finds photos without their application.
func checkPhotos(tx *bolt.Tx, report func(Finding)) {
	for k := range photos.keys(tx) {
		if a, err := applications.get(tx, k); err != nil || !a.Photo.Given() {
			report(findApplication(id(k), sayPhotoStray))
		}
	}
}

// checkMails finds mails about applications that are not there.
func checkMails(tx *bolt.Tx, report func(Finding)) {
	for m, err := range mails.all(tx) {
		if err != nil {
			return
		}
		if m.Application != 0 {
			if _, err := applications.get(tx, key(m.Application)); err != nil {
				report(findMail(m.ID, sayMailStray))
			}
		}
	}
}

// checkAudit verifies the chain from its first row to the head.
func checkAudit(tx *bolt.Tx, report func(Finding)) {
	var previous []byte
	var last uint64
	for row, err := range audits.all(tx) {
		if err != nil {
			return
		}
		if row.ID != last+1 {
			report(findAudit(row.ID, sayChainBroken))
		}
		hash, err := rowHash(previous, *row)
		if err != nil || !bytes.Equal(hash, row.Hash) {
			report(findAudit(row.ID, sayRowChanged))
		}
		previous, last = row.Hash, row.ID
	}
	head, err := chainHeads.get(tx)
	if err != nil && !isNotFound(err) {
		report(findAudit(last, fmt.Sprint(err)))
	}
	if head == nil {
		head = &chainHead{}
	}
	if head.Row != last || !bytes.Equal(head.Hash, previous) {
		report(findAudit(last, sayChainShortened))
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
