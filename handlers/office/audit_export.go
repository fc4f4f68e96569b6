package office

import (
	"cmp"
	"encoding/hex"
	"errors"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/sheet"
	"certreissue/store"
)

// exportAudit sends the rows that the page shows as a spreadsheet, read page by
// page. The export is a row of its own, written before the first byte is sent.
func (p *Pages) exportAudit(f format) func(*visit.Visit) error {
	return func(v *visit.Visit) error {
		filter, problems := auditFilter(v.Staff, false, v.R.URL.Query())
		if err := problems.Err(); err != nil {
			return err
		}
		names, err := p.staffNames()
		if err != nil {
			return err
		}
		return sendTable(v, f, "audit-"+reissue.Today(p.Store.Now()), sayAuditBook, func(w sheet.Writer) error {
			err, count := w.WriteRow(auditColumns), 0
			if err == nil {
				err = p.Store.EachAudit(filter, func(row *store.Audit) error {
					count++
					return w.WriteRow(auditCells(row, names))
				})
			}
			if err == nil {
				err = p.Store.Exported(v.Staff.Actor(), "audit", auditChosen(&filter, names), count)
			}
			return errors.Join(err, w.Close())
		})
	}
}

func auditCells(row *store.Audit, names map[uint64]string) []string {
	object := ""
	if row.ObjectID != 0 {
		object = visit.Number(row.ObjectID)
	}
	return []string{visit.Number(row.ID), row.At.Time().Format("2006-01-02 15:04:05"), auditWho(row, names), visit.AuditWhat(row),
		cmp.Or(objectWords[row.Object], row.Object), object, auditValue(row, row.Old), auditValue(row, row.New), hex.EncodeToString(row.Hash)}
}
