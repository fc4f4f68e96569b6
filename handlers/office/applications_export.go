package office

import (
	"certreissue/exchange"
	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/sheet"
)

// exportQueue sends the filtered list of the queue as a spreadsheet.
func (p *Pages) exportQueue(f format) func(*visit.Visit) error {
	return func(v *visit.Visit) error {
		filter, err := p.filter(v, trailOf(v))
		if err != nil {
			return err
		}
		return sendTable(v, f, sayExportName+"-"+reissue.Today(p.Store.Now()), exchange.ApplicationsSheet, func(table sheet.Writer) error {
			return exchange.WriteApplications(p.Store, v.Staff, filter, table)
		}, exchange.ApplicationKinds)
	}
}
