package handlers

import (
	"encoding/hex"
	"fmt"
	"io"
	"net/http"

	"certreissue/reissue"
	"certreissue/sheet"
	"certreissue/store"
)

func (s *Server) exportAuditXLSX(v *visit) error {
	return s.exportAudit(v, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
		func(w io.Writer) (sheet.Writer, error) { return sheet.NewXLSX(w, sayAuditBook) })
}

func (s *Server) exportAuditCSV(v *visit) error {
	return s.exportAudit(v, "csv", "text/csv; charset=utf-8", func(w io.Writer) (sheet.Writer, error) { return sheet.NewCSV(w), nil })
}

// exportAudit sends the rows that the page shows as a spreadsheet, read page by
// page. The export is a row of its own, and the first one in it.
func (s *Server) exportAudit(v *visit, ending, kind string, open func(io.Writer) (sheet.Writer, error)) error {
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
	v.attachment(fmt.Sprintf("audit-%s.%s", reissue.Today(s.store.Now()), ending), kind)
	w, err := open(v.w)
	if err == nil {
		err = w.WriteRow(auditColumns)
	}
	if err == nil {
		err = s.store.EachAudit(filter, func(row *store.Audit) error { return w.WriteRow(auditCells(row, names)) })
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		// Half of it may be on its way: only breaking off tells that it is not whole.
		s.Log.Error("export of the log", "request", v.number(), "error", err)
		panic(http.ErrAbortHandler)
	}
	return nil
}

func auditCells(row *store.Audit, names map[uint64]string) []string {
	object := ""
	if row.ObjectID != 0 {
		object = number(row.ObjectID)
	}
	return []string{number(row.ID), row.At.Time().Format("2006-01-02 15:04:05"), auditWho(row, names), auditWhat(row),
		orElse(objectWords[row.Object], row.Object), object, auditValue(row, row.Old), auditValue(row, row.New), hex.EncodeToString(row.Hash)}
}

// attachment tells the browser to keep the answer as a file. Names are of ASCII
// letters, and nothing of a person stands in them.
func (v *visit) attachment(name, kind string) {
	v.w.Header().Set("Content-Type", kind)
	v.w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	v.w.WriteHeader(v.status)
}
