package handlers

import (
	"cmp"
	"encoding/hex"
	"errors"

	"certreissue/reissue"
	"certreissue/sheet"
	"certreissue/store"
)

// exportAudit sends the rows that the page shows as a spreadsheet, read page by
// page. The export is a row of its own, and the first one in it.
func exportAudit(f format) func(*Server, *visit) error {
	return func(s *Server, v *visit) error {
		filter, problems := auditFilter(v.staff, false, v.r.URL.Query())
		if err := problems.Err(); err != nil {
			return err
		}
		names, err := s.staffNames()
		if err != nil {
			return err
		}
		if err := s.store.Exported(v.staff.Actor(), "audit"); err != nil {
			return err
		}
		return v.sendTable(f, "audit-"+reissue.Today(s.store.Now()), sayAuditBook, func(w sheet.Writer) error {
			err := w.WriteRow(auditColumns)
			if err == nil {
				err = s.store.EachAudit(filter, func(row *store.Audit) error { return w.WriteRow(auditCells(row, names)) })
			}
			return errors.Join(err, w.Close())
		})
	}
}

func auditCells(row *store.Audit, names map[uint64]string) []string {
	object := ""
	if row.ObjectID != 0 {
		object = number(row.ObjectID)
	}
	return []string{number(row.ID), row.At.Time().Format("2006-01-02 15:04:05"), auditWho(row, names), auditWhat(row),
		cmp.Or(objectWords[row.Object], row.Object), object, auditValue(row, row.Old), auditValue(row, row.New), hex.EncodeToString(row.Hash)}
}
