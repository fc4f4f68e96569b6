package office

import (
	"maps"
	"net/url"
	"slices"

	"certreissue/handlers/visit"
	"certreissue/reissue"
	"certreissue/templates"
)

// A trail is the list that a clerk works through: the filters of the queue's
// address, carried along from screen to screen, so that "next" knows what it
// means and the way back leads to where one was.

// trailNames are the parts of the queue's address that make a trail.
var trailNames = slices.Concat([]string{"status", "city", "exam", "year", "q", "search", "sort"}, moreFilters)

// The orders of the queue.
const (
	sortOldest = "oldest"
	sortNewest = "newest"
)

// trailOf is the request's trail, empty where the clerk comes from no list: from
// the address, or, since the addresses of decisions carry nothing, as posted.
func trailOf(v *visit.Visit) url.Values {
	query := v.R.URL.Query()
	if v.Posted != nil {
		query, _ = url.ParseQuery(v.Posted.Get("queue"))
	}
	trail := url.Values{}
	for _, name := range trailNames {
		if value := query.Get(name); value != "" {
			trail.Set(name, value)
		}
	}
	return trail
}

// pendingTrail is the trail of somebody who comes from no list.
func pendingTrail() url.Values {
	return url.Values{"status": {reissue.Pending.Word()}, "sort": {sortOldest}}
}

// listURL is a page of the trail's list.
func listURL(trail url.Values, cursor string) string {
	query := maps.Clone(trail)
	if cursor != "" {
		query.Set("page", cursor)
	}
	return address("/office/applications", query)
}

// address is a path with the trail behind it.
func address(path string, trail url.Values) string {
	if len(trail) == 0 {
		return path
	}
	return path + "?" + trail.Encode()
}

// trailRow is an application in a list that can be worked through.
func (p *Pages) trailRow(a *reissue.Application, trail url.Values) templates.QueueRow {
	row := p.queueRow(a)
	row.URL = address(row.URL, trail)
	return row
}

// beside is the address that leads on from an application: to the next one of
// the trail or the previous one, whichever it is when the clerk goes there.
func beside(which string, id uint64, trail url.Values) string {
	query := url.Values{"from": {visit.Number(id)}}
	for name, values := range trail {
		query[name] = values
	}
	return "/office/applications/" + which + "?" + query.Encode()
}

// goNext leads to the next application of the trail: it passes over what a
// colleague has just opened, and takes what it leads to.
func (p *Pages) goNext(v *visit.Visit) error { return p.lead(v, false) }

func (p *Pages) goPrevious(v *visit.Visit) error { return p.lead(v, true) }

// lead answers with the way to the application beside the one in the address.
func (p *Pages) lead(v *visit.Visit, backwards bool) error {
	trail := trailOf(v)
	if len(trail) == 0 {
		trail = pendingTrail()
	}
	var from uint64
	if text := v.R.URL.Query().Get("from"); text != "" {
		number, ok := reissue.ParseNumber(text)
		if !ok {
			return reissue.ErrNotFound
		}
		from = number
	}
	found, on, err := p.follow(v, trail, from, backwards)
	if err != nil {
		return err
	}
	if found != 0 {
		on = address(applicationURL(found), trail)
	}
	if on == "" {
		v.Flash(flashEnd)
		on = listURL(trail, "")
	}
	return v.Redirect(on)
}

// follow finds the application beside another one, 0 at the list's end. Where too many
// have to be passed over for one request, on is the address that goes on. Forwards, a
// reviewer passes over what colleagues have open, and holds what is found in the same
// step.
func (p *Pages) follow(v *visit.Visit, trail url.Values, from uint64, backwards bool) (found uint64, on string, err error) {
	filter, err := p.filter(v, trail)
	if err != nil {
		return 0, "", err
	}
	found, from, err = p.Store.Beside(v.Staff, filter, from, backwards, func(id uint64) bool {
		if backwards || !v.RoleIs(reissue.RoleReviewer) {
			return false
		}
		colleague, _ := p.presence.open(id, v.Staff.ID)
		return colleague != 0
	})
	if from != 0 {
		which := "next"
		if backwards {
			which = "previous"
		}
		on = beside(which, from, trail)
	}
	return found, on, err
}
