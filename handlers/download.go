package handlers

import (
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"time"

	"certreissue/exchange"
	"certreissue/reissue"
	"certreissue/sheet"
)

// exportWorkbook and exportText are the filtered list of the queue as a file.
func (s *Server) exportWorkbook(v *visit) error {
	return s.export(v, "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", func(w io.Writer) (sheet.Writer, error) {
		return sheet.NewXLSX(w, exchange.ApplicationsSheet)
	})
}

func (s *Server) exportText(v *visit) error {
	return s.export(v, "csv", "text/csv; charset=utf-8", func(w io.Writer) (sheet.Writer, error) { return sheet.NewCSV(w), nil })
}

func (s *Server) export(v *visit, ending, kind string, open func(io.Writer) (sheet.Writer, error)) error {
	filter, err := s.filter(v, v.trail())
	if err != nil {
		return err
	}
	name := sayExportName + "-" + reissue.Today(s.store.Now()) + "." + ending
	return v.download(name, kind, func(w io.Writer) error {
		table, err := open(w)
		if err != nil {
			return err
		}
		return exchange.WriteApplications(s.store, v.staff.Actor(), filter, table)
	})
}

// download sends a file that write makes. It lies on disk first, readable by
// nobody else and removed when it was sent: a slow reader holds up no
// transaction, and a failure is a page rather than half a file.
func (v *visit) download(name, kind string, write func(io.Writer) error) error {
	file, err := os.CreateTemp("", "certreissue-*")
	if err != nil {
		return err
	}
	defer os.Remove(file.Name())
	defer file.Close()
	if err := write(file); err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", fmt.Sprintf("attachment; filename*=UTF-8''%s", url.PathEscape(name)))
	http.ServeContent(v.w, v.r, "", time.Time{}, file)
	return nil
}
