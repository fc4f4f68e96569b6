package store

import (
	"slices"
	"strings"

	"certreissue/idcard"
	"certreissue/reissue"
)

// objectCertificate is the Object of log rows about one certificate.
const objectCertificate = "certificate"

// RegisterFilter says which certificates a list shows; zero fields do not
// filter.
type RegisterFilter struct {
	Exam   uint64
	City   string
	Query  string        // a whole certificate number, the old or the new one, or the beginning of a name
	Number idcard.Number // of a person, whatever the paper
	Import uint64        // that last made or changed the line
}

// Certificates is one page of the certificates of a staff member's cities that pass
// the filter, the latest import first.
func (s *Store) Certificates(staff *reissue.Staff, filter RegisterFilter, cursor string, size int) (page Page[reissue.Certificate], err error) {
	in, passes := filter.span(), filter.passes(staff)
	err = s.view(func(tx *txn) (err error) {
		if page, err = certificates.page(tx, in, cursor, size, passes); err != nil || cursor != "" || in.index != "number" {
			return err
		}
		renewed, err := reissuedUnder(tx, in.prefix, passes)
		page.Rows = append(renewed, page.Rows...)
		return err
	})
	return page, err
}

// EachCertificate gives every certificate of a staff member's cities that passes
// the filter, in the order of the list.
func (s *Store) EachCertificate(staff *reissue.Staff, filter RegisterFilter, do func(*reissue.Certificate) error) error {
	return each(func(cursor string) (Page[reissue.Certificate], error) {
		return s.Certificates(staff, filter, cursor, eachRows)
	}, do)
}

// span is the part of an index that leaves the fewest records to look at.
func (f *RegisterFilter) span() span {
	number, ok := reissue.ParseCertificateNumber(f.Query)
	switch {
	case f.Number != "":
		return span{index: "person", prefix: key(f.Number.Full())}
	case ok && strings.ContainsAny(number, "0123456789"):
		return span{index: "number", prefix: key(number)}
	case f.Query != "":
		return span{index: "name", prefix: []byte(reissue.CleanName(f.Query))}
	case f.Import != 0:
		return span{index: "import", prefix: key(f.Import)}
	case f.Exam != 0:
		return span{index: "exam", prefix: key(f.Exam), backwards: true}
	}
	return span{index: "import", backwards: true}
}

func (f *RegisterFilter) passes(staff *reissue.Staff) func(*reissue.Certificate) bool {
	return func(c *reissue.Certificate) bool {
		return (f.Exam == 0 || c.Exam == f.Exam) &&
			(f.City == "" || reissue.CityKey(c.City) == reissue.CityKey(f.City)) &&
			(f.Import == 0 || c.Import == f.Import) &&
			staff.Covers(c.City)
	}
}

// reissuedUnder are the certificates that pass and were reissued under a new number
// that is not their own.
func reissuedUnder(tx *txn, number []byte, passes func(*reissue.Certificate) bool) (list []*reissue.Certificate, err error) {
	for _, k := range applications.entries(tx.Tx, "new_number", number, nil, true) {
		a, err := applications.get(tx.Tx, k)
		if tx.leftOut(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		lines, err := linesOf(tx, a.Person)
		if err != nil {
			return nil, err
		}
		for _, c := range lines {
			has := func(other *reissue.Certificate) bool { return other.ID == c.ID }
			if about(a, c) && c.Number != a.NewNumber() && passes(c) && !slices.ContainsFunc(list, has) {
				list = append(list, c)
			}
		}
	}
	return list, nil
}

// about tells whether an application was made from a certificate, or by hand for the
// same exam of its person.
func about(a *reissue.Application, c *reissue.Certificate) bool {
	return a.Certificate == c.ID || a.Certificate == 0 && a.Exam == c.Exam
}

// CertificateDetails is one certificate with everything that happened to it.
type CertificateDetails struct {
	*reissue.Certificate
	Versions []CertificateVersion   // the newest first
	Undone   []UndoneCorrection     // in order
	Deeds    []Deed                 // of staff who marked it as collected or not, the newest first
	Standing []*reissue.Application // made from it, whoever's it is now; the newest first
	ByHand   []*reissue.Application // of its person, filled in by hand for the same exam; likewise
	Seen     string                 // stands for the line as it is
}

// CertificateVersion is what one import, or somebody of the staff, did to a line.
// Changed names fields of reissue and FieldCollected; it is empty for the import that
// added the line.
type CertificateVersion struct {
	Import     KeptImport
	Correction *reissue.Correction // by hand; nil for an import
	Name       string              // of who corrected
	Changed    []string
	Before     *reissue.Certificate // nil for the import that added the line
	After      *reissue.Certificate
}

// UndoneCorrection is what an import corrected before it was taken back.
type UndoneCorrection struct {
	*reissue.Correction
	Name, UndoneName string // of who did
}

// CertificateDetails loads a certificate as staff may see it;
// reissue.ErrNotFound outside the staff member's cities.
func (s *Store) CertificateDetails(staff *reissue.Staff, number uint64) (d *CertificateDetails, err error) {
	err = s.view(func(tx *txn) error {
		c, err := certificates.get(tx.Tx, key(number))
		if err != nil {
			return err
		}
		if !staff.Covers(c.City) {
			return reissue.ErrNotFound
		}
		d = &CertificateDetails{Certificate: c}
		if d.Deeds, err = deedsOf(tx, objectCertificate, number); err != nil {
			return err
		}
		d.Deeds = slices.DeleteFunc(d.Deeds, func(deed Deed) bool { return !slices.Contains(deed.Fields, FieldCollected) })
		if err := d.loadVersions(tx); err != nil {
			return err
		}
		if d.Standing, err = standingOn(tx, staff, number); err != nil {
			return err
		}
		visible, err := personVisible(tx, staff, c.Person, func(a *reissue.Application) bool { return a.Certificate == 0 && a.Exam == c.Exam })
		if err != nil {
			return err
		}
		d.ByHand = visible.List
		d.Seen, err = certificateSeen(tx, c)
		return err
	})
	return d, err
}

// standingOn are the applications that were made from a line, as staff may see them.
func standingOn(tx *txn, staff *reissue.Staff, certificate uint64) (list []*reissue.Application, err error) {
	for _, k := range applications.entries(tx.Tx, "certificate", key(certificate), nil, true) {
		a, err := applications.get(tx.Tx, k)
		if tx.leftOut(err) {
			continue
		}
		if err != nil {
			return nil, err
		}
		if staff.Covers(a.Fields.City) {
			list = append(list, a)
		}
	}
	return list, nil
}

// loadVersions goes back from the line of today, import by import, and by what was done
// by hand between them.
func (d *CertificateDetails) loadVersions(tx *txn) error {
	list, err := corrections.having(tx.Tx, "certificate", key(d.ID))
	if err != nil {
		return err
	}
	var byHand []*reissue.Correction
	for _, c := range list {
		if c.Undone == 0 {
			byHand = append(byHand, c)
			continue
		}
		undone := UndoneCorrection{Correction: c}
		if undone.Name, err = memberName(tx, c.By); err != nil {
			return err
		}
		if undone.UndoneName, err = memberName(tx, c.UndoneBy); err != nil {
			return err
		}
		d.Undone = append(d.Undone, undone)
	}
	after := d.Certificate
	for {
		record, err := imports.get(tx.Tx, key(after.Import))
		if err != nil {
			return err
		}
		if n := len(byHand) - 1; n >= 0 && byHand[n].At >= record.Started {
			c := byHand[n]
			name, err := memberName(tx, c.By)
			if err != nil {
				return err
			}
			d.Versions = append(d.Versions, CertificateVersion{Correction: c, Name: name, Changed: c.Fields, Before: &c.Before, After: &c.After})
			byHand, after = byHand[:n], &c.Before
			continue
		}
		version := CertificateVersion{After: after}
		if version.Import, err = keptImport(tx, record); err != nil {
			return err
		}
		before, err := certificateVersions.get(tx.Tx, key(after.Import, after.ID))
		if ignoreNotFound(err) != nil {
			return err
		}
		if before != nil {
			version.Before, version.Changed = &before.Before, changes(&before.Before, after)
		}
		d.Versions = append(d.Versions, version)
		if before == nil {
			return nil
		}
		after = version.Before
	}
}

// MarkCollected notes by hand whether certificates have been collected, and
// answers how many that changed. A line whose import is being taken back is
// ErrBeingUndone, and nothing is marked.
func (s *Store) MarkCollected(staff *reissue.Staff, list []uint64, collected bool) (marked int, err error) {
	act := "uncollect"
	if collected {
		act = "collect"
	}
	err = s.update(staff.Actor(), func(tx *txn) error {
		marked = 0
		for _, number := range list {
			c, err := certificates.get(tx.Tx, key(number))
			if err != nil {
				return err
			}
			if !staff.Covers(c.City) {
				return reissue.ErrNotFound
			}
			if undone, err := beingUndone(tx, c); err != nil {
				return err
			} else if undone {
				return ErrBeingUndone
			}
			if !c.MarkCollected(collected, tx.moment) {
				continue
			}
			marked++
			if err := certificates.put(tx.Tx, c); err != nil {
				return err
			}
			if err := tx.audit(Audit{Act: act, Object: objectCertificate, ObjectID: c.ID, Fields: []string{FieldCollected}}); err != nil {
				return err
			}
		}
		return nil
	})
	return marked, err
}

// ViewedCertificate is Viewed for the page of a line with the whole ID number.
func (s *Store) ViewedCertificate(by reissue.Actor, certificate uint64) error {
	return s.viewed(by, objectCertificate, certificate)
}

// KeptImport is an import with the name of whoever made it, "" for a command.
type KeptImport struct {
	*Import
	Name       string
	UndoneName string
}

// CertificateImports is one page of the register's imports, the newest first.
func (s *Store) CertificateImports(cursor string, size int) (page Page[KeptImport], err error) {
	in := span{index: "kind", prefix: key(importedCertificates), backwards: true}
	err = s.view(func(tx *txn) error {
		found, err := imports.page(tx, in, cursor, size, nil)
		if err != nil {
			return err
		}
		page.Next, page.More = found.Next, found.More
		for _, record := range found.Rows {
			kept, err := keptImport(tx, record)
			if err != nil {
				return err
			}
			page.Rows = append(page.Rows, &kept)
		}
		return nil
	})
	return page, err
}

// CertificateImport is one import of the register.
func (s *Store) CertificateImport(number uint64) (kept KeptImport, err error) {
	err = s.view(func(tx *txn) error {
		record, err := imports.get(tx.Tx, key(number))
		if err == nil && record.Kind != importedCertificates {
			return reissue.ErrNotFound
		}
		if err != nil {
			return err
		}
		kept, err = keptImport(tx, record)
		return err
	})
	return kept, err
}

func keptImport(tx *txn, record *Import) (kept KeptImport, err error) {
	kept.Import = record
	if kept.Name, err = memberName(tx, record.By); err != nil {
		return kept, err
	}
	kept.UndoneName, err = memberName(tx, record.UndoneBy)
	return kept, err
}

// HasRegister tells whether there is any certificate.
func (s *Store) HasRegister() (has bool, err error) {
	err = s.view(func(tx *txn) error {
		for range certificates.entries(tx.Tx, "", nil, nil, false) {
			has = true
			break
		}
		return nil
	})
	return has, err
}
