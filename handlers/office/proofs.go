package office

import (
	"net/http"
	"net/url"
	"strconv"

	"certreissue/exchange"
	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/sheet"
	"certreissue/store"
	"certreissue/templates"
)

// stubRows is the length of a page of stubs.
const stubRows = 50

func stubURL(number string) string {
	return "/office/proofs?" + url.Values{"number": {number}}.Encode()
}

// stubFilter reads the filter of the list; what is no year or number is a problem of
// its field.
func stubFilter(query url.Values) (filter store.StubFilter, problems reissue.Problems) {
	if text := reissue.Clean(query.Get("year")); text != "" {
		year, err := strconv.Atoi(text)
		if err != nil || year < 1000 || year > 9999 {
			problems.Add("year", sayBadStubYear)
		}
		filter.Year = year
	}
	if text := reissue.Clean(query.Get("number")); text != "" {
		number, ok := reissue.ParseProofNumber(text)
		if !ok {
			problems.Add("number", sayBadProofNumber)
		}
		filter.Number = number
	}
	return filter, problems
}

// showProofs is the list of stubs, the newest first.
func (p *Pages) showProofs(v *visit.Visit) error {
	query := v.R.URL.Query()
	data := templates.OfficeProofs{Page: v.Page(), Filtered: query.Get("year") != "" || query.Get("number") != ""}
	chosen := url.Values{}
	for _, field := range []string{"year", "number"} {
		data.Form.Values.Set(field, query.Get(field))
		if query.Get(field) != "" {
			chosen.Set(field, query.Get(field))
		}
	}
	var err error
	if data.Waiting, err = p.Store.ProofsToPrint(v.Staff); err != nil {
		return err
	}
	filter, problems := stubFilter(query)
	if len(problems) > 0 {
		v.Status = http.StatusUnprocessableEntity
		for _, problem := range problems {
			data.Form.Problems = append(data.Form.Problems, templates.Problem{Field: problem.Field, Message: problem.Message})
		}
		return v.Render(data)
	}
	page, err := p.Store.Stubs(v.Staff, filter, query.Get("page"), stubRows)
	if err != nil {
		return err
	}
	names, err := p.staffNames()
	if err != nil {
		return err
	}
	for _, stub := range page.Rows {
		row := templates.StubRow{Number: reissue.ShowProofNumber(stub.Number), Issued: stub.Issued.String(), Exam: stub.Exam, City: stub.City, By: names[stub.By],
			State: exchange.StubState(stub), Reprints: stub.Reprints}
		if stub.Application != nil {
			of := p.queueRow(stub.Application)
			row.Name, row.IDNumber, row.BirthYear, row.URL = of.Name, of.IDNumber, of.BirthYear, of.URL
		}
		data.Rows = append(data.Rows, row)
	}
	if len(data.Rows) > 0 {
		data.ExportURL, data.CSVURL = address("/office/proofs.xlsx", chosen), address("/office/proofs.csv", chosen)
	}
	if query.Get("page") != "" {
		data.FirstURL = address("/office/proofs", chosen)
	}
	if page.Next != "" {
		chosen.Set("page", page.Next)
		data.NextURL, data.Continue = address("/office/proofs", chosen), page.More
	}
	return v.Render(data)
}

// exportProofs sends the filtered list of stubs as a spreadsheet.
func (p *Pages) exportProofs(f format) func(*visit.Visit) error {
	return func(v *visit.Visit) error {
		filter, problems := stubFilter(v.R.URL.Query())
		if err := problems.Err(); err != nil {
			return err
		}
		names, err := p.staffNames()
		if err != nil {
			return err
		}
		return sendTable(v, f, sayStubsName+"-"+reissue.Today(p.Store.Now()), exchange.ProofsSheet, func(table sheet.Writer) error {
			return exchange.WriteProofs(p.Store, v.Staff, filter, names, table)
		}, exchange.ProofKinds)
	}
}
