package office

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/store"
	"certreissue/templates"
)

// paperProofs is how many 合格证明 can be printed in one go.
const paperProofs = 50

// showProofsWaiting lists what was approved and waits to be printed.
func (p *Pages) showProofsWaiting(v *visit.Visit) error {
	query := v.R.URL.Query()
	if v.Posted != nil {
		query = url.Values{}
	}
	page, err := p.Store.ProofsWaiting(v.Staff, query.Get("page"), paperProofs)
	if err != nil {
		return err
	}
	data := templates.OfficeProofsWaiting{Page: v.Page(), Many: v.RoleIs(reissue.RoleReviewer)}
	for _, a := range page.Rows {
		row := templates.PickRow{QueueRow: p.queueRow(a), Picked: v.Posted == nil}
		if data.Many {
			row.Pick = pick(a)
		}
		data.Rows = append(data.Rows, row)
	}
	if query.Get("page") != "" {
		data.FirstURL = "/office/proofs/waiting"
	}
	if page.Next != "" {
		data.NextURL = fmt.Sprintf("/office/proofs/waiting?page=%s", page.Next)
	}
	return v.Render(data)
}

// postProofs prints those that were picked in the list of what waits: all or none.
func (p *Pages) postProofs(v *visit.Visit) error {
	picked := v.Posted["application"]
	if len(picked) == 0 || len(picked) > paperProofs {
		return reissue.Problems{{Field: "pick-all", Message: sayPickProofs(paperProofs)}}
	}
	list, query := make([]store.Picked, len(picked)), url.Values{}
	for i, value := range picked {
		first, second, _ := strings.Cut(value, ".")
		id, ok := reissue.ParseNumber(first)
		revision, err := strconv.ParseUint(second, 10, 64)
		if !ok || err != nil {
			return reissue.ErrNotFound
		}
		list[i] = store.Picked{Application: id, Revision: revision}
		query.Add("application", first)
	}
	switch err := p.Store.PrintProofs(v.Staff, list...); {
	case errors.Is(err, reissue.ErrStale), errors.Is(err, reissue.ErrState): // what waits now is what to pick from
		v.Status, v.Problems = http.StatusConflict, reissue.Problems{{Field: "pick-all", Message: sayProofsMoved}}
		return p.showProofsWaiting(v)
	case err != nil:
		return err
	}
	p.MailWaits()
	return v.Redirect("/office/proofs/sheets?" + query.Encode())
}
