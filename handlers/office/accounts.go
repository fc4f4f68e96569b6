package office

import (
	"cmp"
	"fmt"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

// postAccounts searches by a posted query: an ID number must not stand in an
// address, so the answer leads to one with an opaque id.
func (p *Pages) postAccounts(v *visit.Visit) error {
	query := reissue.Clean(v.Value("q"))
	if query == "" {
		return reissue.Problems{{Field: "q", Message: sayQueryMissing}}
	}
	return v.Redirect("/office/accounts?search=" + p.searches.Keep(query, v.Staff.ID))
}

// showAccounts is where the counter finds an account.
func (p *Pages) showAccounts(v *visit.Visit) error {
	query, searched := p.searches.Find(v.R.URL.Query().Get("search"), v.Staff.ID)
	data := templates.OfficeAccounts{Page: v.Page(), Searched: searched}
	if !searched {
		return v.Render(data)
	}
	data.Form.Values.Set("q", query)
	found, err := p.Store.SearchAccounts(v.Staff, query)
	if err != nil {
		return err
	}
	data.More = found.More
	switch {
	case len(found.Elsewhere) == 0:
	case len(found.List) == 0:
		data.Elsewhere = found.Elsewhere.Sentence()
	default:
		data.Elsewhere = sayOthersElsewhere(found.Elsewhere)
	}
	for _, a := range found.List {
		row := templates.AccountRow{URL: accountURL(a.ID), Name: a.Name, IDNumber: a.Person.Number.String(), Email: reissue.MaskEmail(a.Email),
			State: accountState(a.Account, a.LockedUntil), LastLogin: cmp.Or(a.LastLogin.String(), sayNotLately)}
		if birth := a.Birth(); len(birth) >= 4 {
			row.BirthYear = birth[:4]
		}
		data.Rows = append(data.Rows, row)
	}
	return v.Render(data)
}

func accountURL(id uint64) string { return fmt.Sprintf("/office/accounts/%d", id) }

func accountState(a *reissue.Account, lockedUntil reissue.Moment) string {
	switch {
	case a.Closed != 0:
		return sayClosed
	case lockedUntil != 0:
		return sayLocked
	case a.MustChange:
		return sayOneTime
	}
	return sayInUse
}
