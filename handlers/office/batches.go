package office

import (
	"fmt"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// batchRows is the length of a page of batches.
const batchRows = 30

// showBatches lists the batches and says how much waits to be put into one.
func (p *Pages) showBatches(v *visit.Visit) error {
	page, err := p.Store.Batches(v.Staff, v.R.URL.Query().Get("page"), batchRows)
	if err != nil {
		return err
	}
	groups, err := p.Store.Collectable(v.Staff, store.Collect{})
	if err != nil {
		return err
	}
	data := templates.OfficeBatches{Page: v.Page(), Use: v.RoleIs(reissue.RoleReviewer), Admin: v.RoleIs(reissue.RoleAdmin)}
	for _, g := range groups {
		data.Waiting += g.Count
	}
	for _, b := range page.Rows {
		data.Rows = append(data.Rows, templates.BatchRow{Name: b.Name, URL: batchURL(b.ID), State: b.Status.Word(), Count: b.Members,
			Cities: sayCities(b.Cities), Created: b.Created.String(), Expected: expected(b)})
	}
	if v.R.URL.Query().Get("page") != "" {
		data.FirstURL = "/office/batches"
	}
	if page.Next != "" {
		data.NextURL = "/office/batches?page=" + page.Next
	}
	return v.Render(data)
}

func batchURL(id uint64) string { return fmt.Sprintf("/office/batches/%d", id) }
