package handlers

import (
	"certreissue/exchange"
	"certreissue/reissue"
	"certreissue/sheet"
)

// exportQueue sends the filtered list of the queue as a spreadsheet.
func exportQueue(f format) func(*Server, *visit) error {
	return func(s *Server, v *visit) error {
		filter, err := s.filter(v, v.trail())
		if err != nil {
			return err
		}
		return v.sendTable(f, sayExportName+"-"+reissue.Today(s.store.Now()), exchange.ApplicationsSheet, func(table sheet.Writer) error {
			return exchange.WriteApplications(s.store, v.staff.Actor(), filter, table)
		})
	}
}
