package office

import (
	"certreissue/exchange"
	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/sheet"
)

// exportCertificates sends the filtered register as a spreadsheet.
func (p *Pages) exportCertificates(f format) func(*visit.Visit) error {
	return func(v *visit.Visit) error {
		filter, err := p.registerFilter(v, v.R.URL.Query())
		if err != nil {
			return err
		}
		return sendTable(v, f, exchange.RegisterSheet+"-"+reissue.Today(p.Store.Now()), exchange.RegisterSheet, func(table sheet.Writer) error {
			return exchange.WriteCertificates(p.Store, v.Staff, filter, table)
		}, exchange.RegisterKinds)
	}
}
