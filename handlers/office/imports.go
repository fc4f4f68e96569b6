package office

import (
	"fmt"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

func importURL(number uint64) string { return fmt.Sprintf("/office/certificates/imports/%d", number) }

// importsRows is the length of a page of the imports.
const importsRows = 50

// showImports lists the register's imports, the newest first.
func (p *Pages) showImports(v *visit.Visit) error {
	page, err := p.Store.CertificateImports(v.R.URL.Query().Get("page"), importsRows)
	if err != nil {
		return err
	}
	data := templates.OfficeImports{Page: v.Page(), Use: v.RoleIs(reissue.RoleAdmin)}
	for _, kept := range page.Rows {
		c := kept.Counts
		data.Rows = append(data.Rows, templates.ImportRow{Number: kept.ID, URL: importURL(kept.ID), File: kept.File, Who: orCommand(kept.Name),
			When: kept.Started.String(), State: p.importState(kept.Import).Word(), Added: c.Added, Changed: c.Changed, Unchanged: c.Unchanged, Rejected: c.Rejected})
	}
	if page.Next != "" {
		data.NextURL = "/office/certificates/imports?page=" + page.Next
	}
	return v.Render(data)
}

// importState is how an import stands.
func (p *Pages) importState(record *store.Import) store.ImportState {
	return record.State(p.Store.Changing() == record.ID)
}
