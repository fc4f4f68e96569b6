package office

import (
	"certreissue/handlers/visit"
	"certreissue/store"
	"certreissue/templates"
)

// listsRows is the length of a page of lists.
const listsRows = 50

// showLists is where the outcome of what was done to many is found again.
func (p *Pages) showLists(v *visit.Visit) error {
	cursor := v.R.URL.Query().Get("page")
	page, err := p.Store.Lists(v.Staff, cursor, listsRows)
	if err != nil {
		return err
	}
	data := templates.OfficeLists{Page: v.Page()}
	for _, l := range page.Rows {
		row := templates.ListLine{Made: l.Made.String(), By: l.MadeName, File: l.File, State: sayListState(l.List), Counts: sayListCounts(l.List)}
		switch l.Kind {
		case store.ListDecisions:
			row.Kind, row.URL = sayDecisions(l.Act), manyURL(visit.Number(l.ID), "")
		case store.ListMailings:
			row.Kind, row.URL = mailingWords.heading, mailingList.url(l.List)
		case store.ListNumbers:
			row.Kind, row.URL = numberWords.heading, numberList.url(l.List)
		}
		data.Rows = append(data.Rows, row)
	}
	if cursor != "" {
		data.FirstURL = "/office/lists"
	}
	if page.Next != "" {
		data.NextURL = "/office/lists?page=" + page.Next
	}
	return v.Render(data)
}
