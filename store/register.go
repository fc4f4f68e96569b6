package store

import (
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
	Query  string        // a whole certificate number, or the beginning of a name
	Number idcard.Number // of a person, whatever the paper
	Import uint64        // that last made or changed the line
}

// Certificates is one page of the certificates of a staff member's cities that pass
// the filter, the latest import first.
func (s *Store) Certificates(staff *reissue.Staff, filter RegisterFilter, cursor string, size int) (page Page[reissue.Certificate], err error) {
	err = s.view(func(tx *txn) (err error) {
		page, err = certificates.page(tx, filter.span(), cursor, size, filter.passes(staff))
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

// CertificateDetails is one certificate with everything that happened to it.
type CertificateDetails struct {
	*reissue.Certificate
	Versions     []CertificateVersion   // the newest first
	Deeds        []Deed                 // of staff, the newest first
	Applications []*reissue.Application // made from it, or by hand for the same exam; the newest first
}

// CertificateVersion is what one import did to a line. Changed names fields of
// reissue and FieldCollected; it is empty for the import that added the line.
type CertificateVersion struct {
	Import  KeptImport
	Changed []string
	Before  *reissue.Certificate // nil for the import that added the line
	After   *reissue.Certificate
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
		if err := d.loadVersions(tx); err != nil {
			return err
		}
		visible, err := personVisible(tx, staff, c.Person, func(a *reissue.Application) bool {
			return a.Certificate == c.ID || a.Certificate == 0 && a.Exam == c.Exam
		})
		d.Applications = visible.List
		return err
	})
	return d, err
}

// loadVersions goes back from the line of today, import by import.
func (d *CertificateDetails) loadVersions(tx *txn) error {
	after := d.Certificate
	for {
		record, err := imports.get(tx.Tx, key(after.Import))
		if err != nil {
			return err
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
