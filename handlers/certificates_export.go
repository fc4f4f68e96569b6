package handlers

import (
	"certreissue/exchange"
	"certreissue/reissue"
	"certreissue/sheet"
)

// exportCertificates sends the filtered register as a spreadsheet.
func exportCertificates(f format) func(*Server, *visit) error {
	return func(s *Server, v *visit) error {
		filter, err := s.registerFilter(v, v.r.URL.Query())
		if err != nil {
			return err
		}
		return v.sendTable(f, exchange.RegisterSheet+"-"+reissue.Today(s.store.Now()), exchange.RegisterSheet, func(table sheet.Writer) error {
			return exchange.WriteCertificates(s.store, v.staff.Actor(), filter, table)
		})
	}
}
