package office

import (
	"fmt"
	"strings"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// batchRows is the length of a page of batches.
const batchRows = 30

// showBatches lists the batches and says how much waits to be put into one.
func (p *Pages) showBatches(v *visit.Visit) error {
	list, path := p.Store.Batches, "/office/batches"
	late := v.R.URL.Query().Get("late") != ""
	if late {
		list, path = p.Store.LateBatches, lateBatchesURL
	}
	page, err := list(v.Staff, v.R.URL.Query().Get("page"), batchRows)
	if err != nil {
		return err
	}
	groups, err := p.Store.Collectable(v.Staff, store.Collect{})
	if err != nil {
		return err
	}
	data := templates.OfficeBatches{Page: v.Page(), Late: late, Use: v.RoleIs(reissue.RoleReviewer), Admin: v.RoleIs(reissue.RoleAdmin)}
	for _, g := range groups {
		data.Waiting += g.Count
	}
	for _, b := range page.Rows {
		data.Rows = append(data.Rows, templates.BatchRow{Name: b.Name, URL: batchURL(b.ID), State: b.Status.Word(), Count: b.Members,
			Cities: sayCities(b.Cities), Created: b.Created.String(), Expected: expected(b)})
	}
	if v.R.URL.Query().Get("page") != "" {
		data.FirstURL = path
	}
	if page.Next != "" {
		data.NextURL = pageURL(path, page.Next)
	}
	return v.Render(data)
}

// lateBatchesURL are those that should have come and have not.
const lateBatchesURL = "/office/batches?late=1"

// pageURL is a page of a list, whose address may have a filter.
func pageURL(list, cursor string) string {
	if strings.Contains(list, "?") {
		return list + "&page=" + cursor
	}
	return list + "?page=" + cursor
}

func batchURL(id uint64) string { return fmt.Sprintf("/office/batches/%d", id) }
